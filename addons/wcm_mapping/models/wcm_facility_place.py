from odoo import api, fields, models

from ..place import km_from_postcode, place_issue
from ..postcode import district_position

POINT = ("latitude", "longitude")
# Written here, by what happens to a place, and nowhere else.
RECORDED = {
    "place_source", "place_found", "placed_by_id", "placed_on", "place_wanted_by_id", "place_trouble",
    "region_by_hand", "confirmed_place", "confirmed_by_id", "confirmed_on",
}  # fmt: skip
# How well each precision knows a place.
RANK = {"exact": 4, "manual": 4, "street": 3, "postcode_sector": 2, "town": 1, "unknown": 0}


class WcmFacility(models.Model):
    """Where a space is, how that is known, what looks wrong with it, and which region it follows."""

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
    place_hint = fields.Char("What Is Known", compute="_compute_place_hint")
    region_by_hand = fields.Boolean(
        "Region Chosen by Hand",
        readonly=True,
        copy=False,
        help="It belongs to this region although its place lies outside the region's outline.",
    )
    confirmed_place = fields.Char(readonly=True, copy=False, help="What looked wrong and is right all the same.")
    confirmed_by_id = fields.Many2one("res.users", "Said to Be Right By", readonly=True, copy=False)
    confirmed_on = fields.Datetime("Said to Be Right On", readonly=True, copy=False)

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
                facility._write_place({"region_by_hand": by_hand})

    def _follow_place(self):
        """The region is the one around the point, unless a person chose another or may not give it away."""
        free = self.filtered(lambda f: f._position() and not (f.region_by_hand and f.region_id))
        for facility, around in free._regions_around().items():
            if around and around != facility.region_id and facility._may_go_to(around):
                facility._write_place({"region_id": around.id, "region_by_hand": False})

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

    def _write_place(self, values):
        """What only this model and its repairs may say of a place; the region does not follow unasked."""
        super().write(values)

    @api.model
    def count_to_fix(self):
        """How many spaces the reader could put right; for the menu."""
        domain = [("location_issue", "!=", False), ("is_own_region", "=", True)]
        return self.search_count(domain) if self.has_access("write") else 0


def _without_recorded(vals):
    return {name: value for name, value in vals.items() if name not in RECORDED}
