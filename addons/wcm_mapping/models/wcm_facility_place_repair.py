from odoo import api, fields, models

# Nobody can say of these that they are right.
NEVER_RIGHT = ("missing", "null_island")


class WcmFacility(models.Model):
    """A place that looks wrong is put right with one click, said to be right, or put back as it was."""

    _inherit = "wcm.facility"

    place_repair_ids = fields.One2many("wcm.place.repair", "facility_id", string="Repairs")
    can_undo_place = fields.Boolean(compute="_compute_can_undo_place")

    @api.depends("place_repair_ids.undone_on")
    def _compute_can_undo_place(self):
        for facility in self:
            facility.can_undo_place = bool(facility._last_repair())

    def action_swap_place(self):
        """Latitude for longitude."""
        self.check_access("write")
        todo = self.filtered(lambda f: f.location_issue == "swapped")
        for facility in todo:
            facility._repair("swap", {"latitude": facility.longitude, "longitude": facility.latitude})
        return self._tell_repaired(todo)

    def action_take_region(self):
        """Give the space to the region around it."""
        self.check_access("write")
        around = self.filtered(lambda f: f._position())._regions_around()
        todo = self.filtered(lambda f: around.get(f) and around[f] != f.region_id)
        for facility in todo:
            facility._repair("region", {"region_id": around[facility].id, "region_by_hand": False})
        return self._tell_repaired(todo)

    def action_place_is_right(self):
        """It looks wrong and is right; remembered until something of it changes."""
        self.check_access("write")
        todo = self.filtered(lambda f: f.location_issue and f.location_issue not in NEVER_RIGHT)
        now = fields.Datetime.now()
        for facility in todo:
            mark = facility._place_mark(facility.location_issue)
            facility._repair("right", {"confirmed_place": mark, "confirmed_by_id": self.env.uid, "confirmed_on": now})
        return self._tell_repaired(todo)

    def action_undo_place(self):
        """Take back the last repair of each."""
        self.check_access("write")
        repairs = self.env["wcm.place.repair"].union(*(facility._last_repair() for facility in self))
        return repairs.action_undo()

    def _last_repair(self):
        """The newest that is not undone, while the place is as it left it."""
        repairs = self.place_repair_ids.sudo().filtered(lambda repair: not repair.undone_on).sorted("id")[-1:]
        return repairs.filtered(lambda repair: repair._stands()).sudo(self.env.su)

    def _repair(self, kind, values):
        """Write, and keep what was there before."""
        self.ensure_one()
        repair = self.env["wcm.place.repair"].sudo()._start(self, kind, self.env.user)
        by_machine = {"placed_by_id": False, "placed_on": False} if "place_source" in values else {}
        self._write_place({**values, **by_machine})
        if "latitude" in values:
            self._follow_place()
        repair._finish()

    def _tell_repaired(self, repaired, note=""):
        text = self.env._("%(count)s put right.", count=len(repaired))
        left = len(self) - len(repaired)
        if left:
            text += " " + self.env._("%(count)s stay as they are: nothing is known that would help.", count=left)
        if note:
            text += " " + note
        return self._tell(text, repaired)

    def _tell(self, text, repaired=()):
        reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        message = {"type": "success" if repaired else "info", "message": text, "next": reload}
        if repaired:
            link = {"label": self.env._("Undo"), "url": "/odoo/place-repairs"}
            message.update(message=f"{text} %s", links=[link], sticky=True)
        return {"type": "ir.actions.client", "tag": "display_notification", "params": message}
