from odoo import api, fields, models
from odoo.exceptions import UserError

from ..place import km_from_postcode, place_issue
from ..postcode import district_position, postcode_position, sector_of
from .base_geocoder import Busy

POINT = ("latitude", "longitude")
# Written here, by what happens to a place, and nowhere else.
RECORDED = {
    "place_source", "place_found", "placed_by_id", "placed_on", "place_wanted_by_id", "place_trouble",
    "region_by_hand", "confirmed_place", "confirmed_by_id", "confirmed_on",
}  # fmt: skip
# How well each precision knows a place.
RANK = {"exact": 4, "manual": 4, "street": 3, "postcode_sector": 2, "town": 1, "unknown": 0}
# Nobody can say of these that they are right.
NEVER_RIGHT = ("missing", "null_island")


class WcmFacility(models.Model):
    """Where a space is: how it was found, what looks wrong with it and how that is put right."""

    _inherit = "wcm.facility"

    place_source = fields.Selection(
        [
            ("hand", "Set by hand"),
            ("import", "As imported"),
            ("postcode", "Its postcode"),
            ("openstreetmap", "OpenStreetMap"),
        ],
        "Place Known From",
        readonly=True,
        copy=False,
    )
    place_found = fields.Char("Found As", readonly=True, copy=False, help="What the source calls the place.")
    placed_by_id = fields.Many2one("res.users", readonly=True, copy=False, help="Who put the pin there.")
    placed_on = fields.Datetime(readonly=True, copy=False)
    place_wanted_by_id = fields.Many2one(
        "res.users",
        "Being Looked Up For",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Its address is asked for in the background.",
    )
    place_trouble = fields.Char("Not Found Because", readonly=True, copy=False)
    place_hint = fields.Char("What Is Known", compute="_compute_place_hint")
    has_postcode_place = fields.Boolean(compute="_compute_has_postcode_place")
    region_by_hand = fields.Boolean(
        "Region Chosen by Hand",
        readonly=True,
        copy=False,
        help="It belongs to this region although its place lies outside the region's outline.",
    )
    confirmed_place = fields.Char(readonly=True, copy=False, help="What looked wrong and is right all the same.")
    confirmed_by_id = fields.Many2one("res.users", "Said to Be Right By", readonly=True, copy=False)
    confirmed_on = fields.Datetime("Said to Be Right On", readonly=True, copy=False)
    place_repair_ids = fields.One2many("wcm.place.repair", "facility_id", string="Repairs")
    can_undo_place = fields.Boolean(compute="_compute_can_undo_place")

    @api.depends(
        "latitude", "longitude", "location_precision", "country_id", "zip", "region_id.boundary", "region_by_hand",
        "confirmed_place",
    )  # fmt: skip
    def _compute_location_issue(self):
        for facility in self:
            issue = facility._find_issue()
            confirmed = issue and facility.confirmed_place == facility._place_mark(issue)
            facility.location_issue = issue if not confirmed else False

    def _find_issue(self):
        self.ensure_one()
        position = self._position()
        issue = place_issue(position, self.country_id.code, self.zip)
        if issue or self.region_by_hand or not self.region_id.boundary:
            return issue
        return None if self.region_id._holds(*position) else "outside_region"

    def _place_mark(self, issue):
        """What was said to be right: when any of it changes, it has to be said again."""
        place = (self.latitude, self.longitude, self.zip or "", self.country_id.code or "", self.region_id.id)
        return f"{issue} {place}"

    def _position(self):
        """Latitude and longitude; None when nobody has said where it is."""
        self.ensure_one()
        placed = self.latitude or self.longitude or self.location_precision != "unknown"
        return (self.latitude, self.longitude) if placed else None

    @api.depends("location_issue", "latitude", "longitude", "zip", "region_id")
    def _compute_place_hint(self):
        for facility in self:
            facility.place_hint = " ".join(filter(None, [facility._issue_hint(), facility._postcode_hint()]))

    def _issue_hint(self):
        """What helps to put it right."""
        if self.location_issue == "swapped":
            return self.env._("The other way round it lies at %(latitude).4f, %(longitude).4f.",
                              latitude=self.longitude, longitude=self.latitude)  # fmt: skip
        if self.location_issue == "far_from_postcode":
            km = km_from_postcode(self._position(), self.zip)
            return self.env._("It lies %(km).0f km from its postcode %(zip)s.", km=km, zip=self.zip)
        if self.location_issue == "outside_region":
            around = self._region_around()
            return self.env._("It lies in %(region)s.", region=around.name) if around else ""
        return ""

    def _postcode_hint(self):
        """Of some postcodes only the town is known here; that is no fault of theirs."""
        if district_position(self.zip):
            return self.env._(
                "Postcodes of Northern Ireland, the Channel Islands and the Isle of Man are not open data: "
                "offline only the town of %(zip)s is known.",
                zip=self.zip,
            )
        return ""

    @api.depends("zip")
    def _compute_has_postcode_place(self):
        for facility in self:
            facility.has_postcode_place = bool(postcode_position(facility.zip))

    @api.depends("place_repair_ids.undone_on")
    def _compute_can_undo_place(self):
        for facility in self:
            facility.can_undo_place = bool(facility._last_repair())

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [_without_recorded(vals) for vals in vals_list]
        facilities = super().create([{**vals, **self._placing(vals)} for vals in vals_list])
        chosen = facilities.browse(f.id for f, vals in zip(facilities, vals_list, strict=True) if vals.get("region_id"))
        chosen.filtered(lambda f: f.source == "manual")._note_region_choice()
        (facilities - chosen)._follow_place()
        return facilities

    def write(self, vals):
        if self.env.su and self.env.context.get("merging_facilities"):
            return super().write(vals)  # a merge says all of the place and of the region
        vals = self._still_by_hand(_without_recorded(vals))
        vals = {**vals, **self._placing(vals)}
        result = super().write(vals)
        if vals.get("region_id"):
            self._note_region_choice()
        elif vals.keys() & {*POINT, "region_id"}:
            self._follow_place()
        return result

    def _still_by_hand(self, vals):
        """Whoever moves a pin that was set by hand sets it by hand, whether or not that is said again."""
        moved = vals.keys() & {*POINT} and "location_precision" not in vals
        by_hand = moved and all(facility.location_precision == "manual" for facility in self)
        return {**vals, "location_precision": "manual"} if by_hand else vals

    @api.model
    def _placing(self, vals):
        """Where a point comes from that somebody writes, and who put it there."""
        if not vals.keys() & {*POINT}:
            return {}
        precision = vals.get("location_precision")
        by_hand, imported = precision == "manual", vals.get("source_date") or vals.get("source", "manual") != "manual"
        by_postcode = precision in ("postcode_sector", "town")
        return {
            "place_source": "hand" if by_hand else "postcode" if by_postcode else imported and "import",
            "placed_by_id": by_hand and self.env.uid,
            "placed_on": by_hand and fields.Datetime.now(),
            "place_found": False,
        }

    def _note_region_choice(self):
        """A person chose the region: against what the point says, that is to be remembered."""
        around = self.filtered(lambda f: f._position())._regions_around()
        for facility in self:
            by_hand = around.get(facility, facility.region_id) != facility.region_id
            if by_hand != facility.region_by_hand:
                super(WcmFacility, facility).write({"region_by_hand": by_hand})

    def _follow_place(self):
        """The region is the one around the point, unless a person chose another or may not give it away."""
        free = self.filtered(lambda f: f._position() and not (f.region_by_hand and f.region_id))
        for facility, around in free._regions_around().items():
            if around and around != facility.region_id and facility._may_go_to(around):
                super(WcmFacility, facility).write({"region_id": around.id, "region_by_hand": False})

    def _regions_around(self):
        """{space: the region whose outline holds its point}; the own one first, where outlines overlap."""
        own = self.filtered(lambda f: f.region_id.boundary and f.region_id._holds(f.latitude, f.longitude))
        others = self - own
        regions = self.env["wcm.region"].sudo()._outlined() if others else ()
        around = {facility: facility.region_id for facility in own}
        for facility in others:
            around[facility] = regions._around(facility.latitude, facility.longitude).sudo(self.env.su)
        return around

    def _region_around(self):
        self.ensure_one()
        return self._regions_around()[self]

    def _may_go_to(self, region):
        """A coordinator gives a space to another region only knowingly: by choosing the region."""
        manager = self.env.su or self.env.user.has_group("wcm_mapping.group_mapping_manager")
        return manager or not self.region_id or self.env.user in region.sudo().coordinator_ids

    @api.onchange("latitude", "longitude")
    def _onchange_position(self):
        """A point that a person typed or dragged is theirs; one that they put back is as it was."""
        origin = self._origin
        if origin and (origin.latitude, origin.longitude) == (self.latitude, self.longitude):
            self.location_precision, self.region_id = origin.location_precision, origin.region_id
            return
        if not (self.latitude or self.longitude):
            self.location_precision = "unknown"
            return
        self.location_precision = "manual"
        around = self._region_around()
        if around and not self.region_by_hand and self._may_go_to(around):
            self.region_id = around

    def action_find_place(self):
        """By the address, when looking it up is allowed; otherwise by the postcode."""
        self.check_access("write")
        kept = self.filtered(lambda f: f._is_pinned())
        todo = self - kept
        if len(self) == 1 and kept:
            raise UserError(self._pinned_text())
        if len(todo) > 1 and self.env["base.geocoder"]._may_look_up():
            return todo._look_up_later(kept)
        found = todo.filtered(lambda facility: facility._find_place())
        if len(self) == 1 and not found:
            raise UserError(self._nowhere_text())
        return self._tell_repaired(found, note=todo.place_trouble if len(todo) == 1 else "")

    def _is_pinned(self):
        """A pin that a person set is not for a machine to move."""
        return self.location_precision == "manual" and self.location_issue != "null_island"

    def _pinned_text(self):
        return self.env._(
            "%(name)s has a pin that was set by hand. Drag it, or empty latitude and longitude first.", name=self.name
        )

    def _nowhere_text(self):
        if self.place_trouble:
            return self.place_trouble
        return self.env._(
            "No place is known for the postcode “%(zip)s” of %(name)s. Correct the "
            "postcode, or type its latitude and longitude.",
            zip=self.zip or "",
            name=self.name,
        )

    def _find_place(self):
        """Take the best that is known; whether that is better than what was there."""
        self.ensure_one()
        values, trouble = self._address_values()
        values = values or self._postcode_values()
        super().write({"place_trouble": trouble, "place_wanted_by_id": False})
        better = values and (self.location_issue or RANK[values["location_precision"]] > RANK[self.location_precision])
        if better:
            self._repair("address" if values["place_source"] == "openstreetmap" else "postcode", values)
        elif values:
            super().write({"place_trouble": self.env._("What was found is no better than what is there.")})
        return bool(better)

    def _address_values(self):
        """(what the internet says of its address, why it does not)"""
        geocoder = self.env["base.geocoder"]
        if not (geocoder._may_look_up() and (self.street or self.city)):
            return None, False
        try:
            found = geocoder._look_up(self._address_text(), self.country_id.code)
        except Busy:
            raise
        except UserError as error:
            return None, str(error)
        if not found:
            return None, self.env._("OpenStreetMap does not know this address.")
        values = {"latitude": found.latitude, "longitude": found.longitude, "location_precision": found.precision}
        return {**values, "place_source": "openstreetmap", "place_found": found.name}, False

    def _address_text(self):
        facility = self.with_context(lang="en_US")
        return self.env["base.geocoder"]._geo_query_address_default(
            facility.street, facility.zip, facility.city, facility.county, facility.country_id.name
        )

    def _postcode_values(self):
        values = self._sector_values()
        return values and {**values, "place_source": "postcode", "place_found": sector_of(self.zip)}

    def _sector_values(self):
        """Where its postcode is: the middle of the sector, or the town."""
        found = postcode_position(self.zip)
        return found and dict(zip((*POINT, "location_precision"), found, strict=True))

    def _look_up_later(self, kept):
        super().write({"place_wanted_by_id": self.env.uid, "place_trouble": False})
        self.env.ref("wcm_mapping.cron_find_places").sudo()._trigger()
        text = self.env._(
            "%(count)s addresses are being looked up in the background, one a second.", count=len(self)
        )
        return self._tell(text + self._kept_text(kept))

    def _kept_text(self, kept):
        if not kept:
            return ""
        return " " + self.env._("%(count)s pins that were set by hand stay where they are.", count=len(kept))

    @api.model
    def _cron_find_places(self):
        """Addresses that were asked for, each with the rights of who asked."""
        waiting = self.search([("place_wanted_by_id", "!=", False)], limit=1000)
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for facility in waiting:
            facility._find_wanted_place()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _find_wanted_place(self):
        asked_by = self.place_wanted_by_id
        if self._is_pinned():  # by somebody who did not wait
            super().write({"place_wanted_by_id": False})
            return
        try:
            with self.env.cr.savepoint():
                facility = self.with_user(asked_by)
                facility.check_access("write")
                facility._find_place()
        except Busy:
            return
        except UserError as error:
            super().write({"place_wanted_by_id": False, "place_trouble": str(error)})

    def action_locate(self):
        """Put the space in the middle of its postcode sector, or in the town of its postcode."""
        self.check_access("write")
        if len(self) == 1 and self._is_pinned():
            raise UserError(self._pinned_text())
        todo = self.filtered(lambda f: f.has_postcode_place and not f._is_pinned())
        if len(self) == 1 and not todo:
            raise UserError(self._nowhere_text())
        for facility in todo:
            facility._repair("postcode", facility._postcode_values())
        return self._tell_repaired(todo)

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
        super().write({**values, **by_machine})
        if "latitude" in values:
            self._follow_place()
        repair._finish()

    def _restore_place(self, values):
        """What a repair kept."""
        super().write(values)

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

    @api.model
    def count_to_fix(self):
        """How many spaces the reader could put right; for the menu."""
        domain = [("location_issue", "!=", False), ("is_own_region", "=", True)]
        return self.search_count(domain) if self.has_access("write") else 0


def _without_recorded(vals):
    return {name: value for name, value in vals.items() if name not in RECORDED}
