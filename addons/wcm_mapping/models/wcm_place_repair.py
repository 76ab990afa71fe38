from odoo import api, fields, models
from odoo.exceptions import UserError

from ..geo import haversine_km

KEPT = (
    "latitude", "longitude", "location_precision", "place_source", "place_found", "placed_by_id", "placed_on",
    "region_id", "region_by_hand", "confirmed_place", "confirmed_by_id", "confirmed_on",
)  # fmt: skip


class WcmPlaceRepair(models.Model):
    """What was done to put a place right, by whom, and what was there before."""

    _name = "wcm.place.repair"
    _description = "Repair of a Place"
    _order = "id desc"
    _rec_name = "facility_id"

    facility_id = fields.Many2one("wcm.facility", "Space", required=True, index=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("swap", "Latitude and longitude swapped"),
            ("postcode", "Placed by its postcode"),
            ("address", "Placed by its address"),
            ("region", "Given to the region around it"),
            ("right", "Said to be right"),
        ],
        "What Was Done",
        required=True,
    )
    issue = fields.Selection(selection=lambda self: self._issues(), string="What Was Wrong")
    user_id = fields.Many2one("res.users", "By", required=True)
    before = fields.Json()
    after = fields.Json()
    moved_km = fields.Float("Moved (km)", digits=(10, 1), aggregator=None)
    undone_on = fields.Datetime()
    undone_by_id = fields.Many2one("res.users")

    @api.model
    def _issues(self):
        return self.env["wcm.facility"]._fields["location_issue"].selection

    @api.model
    def _start(self, facility, kind, user):
        values = {"facility_id": facility.id, "kind": kind, "issue": facility.location_issue, "user_id": user.id}
        return self.create({**values, "before": self._kept(facility)})

    def _finish(self):
        self.after = self._kept(self.facility_id)
        self.moved_km = self._moved_km()

    def _moved_km(self):
        there = [(kept["latitude"], kept["longitude"]) for kept in (self.before, self.after)]
        return haversine_km(*there[0], *there[1]) if any(there[0]) else 0.0

    @api.model
    def _kept(self, facility):
        """As JSON keeps it."""
        kept = facility.sudo().read(KEPT, load=None)[0]
        return {name: fields.Datetime.to_string(kept[name]) if name.endswith("_on") else kept[name] for name in KEPT}

    def action_undo(self):
        """Put back what was there, where nobody has changed it since."""
        todo = self.filtered(lambda repair: not repair.undone_on)
        todo.facility_id.check_access("write")
        done = todo.sorted("id", reverse=True).filtered(lambda repair: repair._undo())
        if len(self) == 1 and not done:
            raise UserError(self.env._("It was changed since, or undone already: there is nothing to take back."))
        return self.facility_id._tell(self.env._("%(count)s taken back.", count=len(done)))

    def _undo(self):
        """Whether it could be taken back."""
        self.ensure_one()
        if not self._stands():
            return False
        self.facility_id._write_place(self.before)
        self.sudo().write({"undone_on": fields.Datetime.now(), "undone_by_id": self.env.uid})
        return True

    def _stands(self):
        """Whether the place is as the repair left it."""
        return self._kept(self.facility_id) == self.after
