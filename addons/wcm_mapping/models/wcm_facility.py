from odoo import api, fields, models
from odoo.fields import Domain

from ..geo import haversine_km

# What an import sets on a new space only: afterwards these belong to the coordinators.
FIRST_TIME_ONLY = {"visibility", "region_id"}
IDENTITY = {"source", "source_host", "external_id"}
POSITION = {"latitude", "longitude", "location_precision"}
# Each source's own, and kept apart where two records were merged.
PROVENANCE = IDENTITY | {"source_extra", "licence", "attribution"}
# What only imports write: nobody is asked about it.
NOT_ASKED = FIRST_TIME_ONLY | PROVENANCE | {"equipment_ids"}


def point_of(values):
    """Latitude and longitude of an import's values."""
    return values.get("latitude"), values.get("longitude")


class WcmFacility(models.Model):
    """A production space, whether or not it is a member of anything.

    What Open Know-Where calls a manufacturing facility.
    """

    _name = "wcm.facility"
    _description = "Production Space"
    _inherit = ["mail.thread", "mail.activity.mixin", "image.mixin"]
    _order = "name, id"
    _rec_names_search = ["name", "city", "zip"]

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    operator_id = fields.Many2one(
        "res.partner",
        help="The organisation that runs the space.",
        index="btree_not_null",
        tracking=True,
    )
    organisation_type = fields.Selection(
        [
            ("community_business", "Community business"),
            ("social_enterprise", "Social enterprise"),
            ("sme", "Small or medium company"),
            ("charity", "Charity"),
            ("cooperative", "Co-operative"),
            ("education", "Education"),
            ("public_body", "Public body"),
            ("individual", "Individual"),
        ],
        tracking=True,
    )
    region_id = fields.Many2one(
        "wcm.region",
        index="btree_not_null",
        tracking=True,
        default=lambda self: self._default_region_id(),
    )
    is_own_region = fields.Boolean(
        compute="_compute_is_own_region",
        search="_search_is_own_region",
        help="Whether the reader may see rates and capacity of this space.",
    )

    street = fields.Char()
    street2 = fields.Char()
    city = fields.Char()
    county = fields.Char()
    zip = fields.Char("Postcode")
    country_id = fields.Many2one("res.country", default=lambda self: self.env.ref("base.uk", raise_if_not_found=False))
    latitude = fields.Float(digits=(10, 7), aggregator=None, help="Degrees north, WGS84.")
    longitude = fields.Float(digits=(10, 7), aggregator=None, help="Degrees east, WGS84.")
    location_precision = fields.Selection(
        [
            ("exact", "Exact"),
            ("manual", "Exact, set by hand"),
            ("street", "Street"),
            ("postcode_sector", "Postcode sector"),
            ("town", "Town"),
            ("unknown", "Unknown"),
        ],
        default="unknown",
        required=True,
        help="How well the point on the map is known. A postcode sector is right to a kilometre or two in a town, "
        "a town to some ten.",
    )
    location_issue = fields.Selection(
        [
            ("missing", "No place on the map"),
            ("null_island", "Latitude and longitude are both 0"),
            ("swapped", "Latitude and longitude look swapped"),
            ("outside_country", "Outside its country"),
            ("in_sea", "In the sea"),
            ("outside_region", "Outside its region"),
            ("unknown_postcode", "The postcode does not exist"),
            ("far_from_postcode", "Far from its postcode"),
        ],
        string="To Fix",
        compute="_compute_location_issue",
        store=True,
        help="Why the place on the map cannot be right.",
    )

    status = fields.Selection(
        [
            ("planned", "Planned"),
            ("active", "Active"),
            ("temporary_closure", "Temporarily closed"),
            ("closed", "Closed"),
        ],
        default="active",
        required=True,
        tracking=True,
    )
    access_type = fields.Selection(
        [
            ("restricted", "Restricted"),
            ("restricted_public_hours", "Restricted, with public hours"),
            ("shared_space", "Shared space"),
            ("public", "Public"),
            ("membership", "Membership"),
        ],
        string="Access",
    )
    opening_hours = fields.Char()
    visibility = fields.Selection(
        [("public", "Public"), ("network", "Network"), ("private", "Private")],
        default="private",
        required=True,
        tracking=True,
        help="Public: anybody, also as open data. Network: coordinators of every region. "
        "Private: only the coordinators of its own region.",
    )
    website = fields.Char()
    email = fields.Char()
    phone = fields.Char()
    description = fields.Text()

    source = fields.Selection(
        [
            ("manual", "Typed in"),
            ("okw", "Open Know-Where"),
            ("gogocarto", "GoGoCarto"),
            ("csv", "CSV or Excel"),
        ],
        default="manual",
        required=True,
        readonly=True,
    )
    source_host = fields.Char(readonly=True, help="Where the record came from.")
    external_id = fields.Char(
        "Id at the Source", readonly=True, copy=False, help="Identity of the record at its source."
    )
    licence = fields.Char(readonly=True)
    attribution = fields.Char(readonly=True)
    source_date = fields.Date("Imported On", readonly=True)
    source_extra = fields.Json(
        "Other Fields", readonly=True, copy=False, help="Fields of the source that have no place here, kept as read."
    )
    source_values = fields.Json(
        "Last Imported",
        readonly=True,
        copy=False,
        help="What the source said the last time: where the space differs from it, a person has been there.",
    )
    source_gone_on = fields.Date(
        "Gone at the Source Since",
        readonly=True,
        copy=False,
        help="The source no longer lists the space. It stays here until somebody knows better.",
    )
    source_extra_text = fields.Text("Other Fields Kept", compute="_compute_source_extra_text")
    verified_on = fields.Date(readonly=True, copy=False, tracking=True)
    verified_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_illustrative = fields.Boolean(
        "Holds Illustrative Figures",
        help="Kit, rates and hours are made up to show how the software works.",
    )

    equipment_ids = fields.One2many("maintenance.equipment", "facility_id", string="Kit")
    equipment_count = fields.Integer("Pieces of Kit", compute="_compute_equipment_count")
    capability_ids = fields.One2many("wcm.capability", "facility_id")
    process_ids = fields.Many2many(
        "wcm.process",
        string="Processes",
        compute="_compute_process_ids",
        store=True,
        help="From the kit and the capability.",
    )

    _source_uniq = models.UniqueIndex(
        "(source_host, external_id) WHERE external_id IS NOT NULL",
        "This record of that source is already here.",
    )
    # Wide enough to answer "who is near, and may I see it" without opening the records themselves.
    _position_idx = models.Index("(latitude, longitude) INCLUDE (id, active, status, visibility, region_id)")
    _latitude_range = models.Constraint(
        "CHECK(latitude BETWEEN -90 AND 90)", "A latitude lies between -90 and 90 degrees."
    )
    _longitude_range = models.Constraint(
        "CHECK(longitude BETWEEN -180 AND 180)", "A longitude lies between -180 and 180 degrees."
    )

    def _default_region_id(self):
        """Coordinators may only add to their own regions, so start in the first of them."""
        return self.env["wcm.region"].search([("coordinator_ids", "in", self.env.uid)], limit=1)

    @api.depends_context("uid")
    @api.depends("region_id.coordinator_ids")
    def _compute_is_own_region(self):
        everything = self.env.user.has_group("wcm_mapping.group_mapping_manager")
        for facility in self:
            coordinators = facility.sudo().region_id.coordinator_ids
            facility.is_own_region = everything or self.env.user in coordinators

    def _search_is_own_region(self, operator, value):
        if operator != "in":
            return NotImplemented
        own = Domain("region_id.coordinator_ids", "in", self.env.uid)
        if self.env.user.has_group("wcm_mapping.group_mapping_manager"):
            own = Domain.TRUE
        return own if True in value else ~own

    @api.depends("source_extra")
    def _compute_source_extra_text(self):
        for facility in self:
            lines = (f"{key}: {value}" for key, value in (facility.source_extra or {}).items())
            facility.source_extra_text = "\n".join(lines)

    @api.depends("equipment_ids.quantity")
    def _compute_equipment_count(self):
        for facility in self:
            facility.equipment_count = sum(facility.equipment_ids.mapped("quantity"))

    @api.depends(
        "capability_ids.process_id",
        "capability_ids.active",
        "equipment_ids.process_id",
        "equipment_ids.active",
    )
    def _compute_process_ids(self):
        for facility in self:
            facility.process_ids = facility.capability_ids.process_id | facility.equipment_ids.process_id

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """A space of another region is there to be read: no field of its form invites to type."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            for node in arch.xpath("//field[not(ancestor::field) and not(@readonly)]"):
                node.set("readonly", "id and not is_own_region")
        return arch, view

    def action_mark_verified(self):
        """Somebody looked, today, and it is as it says here."""
        self.write({"verified_on": fields.Date.context_today(self), "verified_by_id": self.env.uid})

    def action_open_equipment(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_mapping.action_equipment")
        action["domain"] = [("facility_id", "=", self.id)]
        action["context"] = {"default_facility_id": self.id}
        return action

    def action_open_capacity(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_mapping.action_capacity")
        action["domain"] = [("facility_id", "=", self.id)]
        return action

    def action_open_week_grid(self):
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.client"]._for_xml_id("wcm_mapping.action_week_grid")
        action["context"] = {"active_id": self.id}
        return action

    def _changed_fields(self, values):
        """Names of the fields that an import's values would change without asking."""
        self.ensure_one()
        last = self._last_said(values)
        return [name for name in self._differing_fields(values) if not self._is_own(name, last)]

    def _conflicting_fields(self, values):
        """Names of the fields that a person has changed and the source says anew: one of them has to stay."""
        self.ensure_one()
        last = self._last_said(values)
        asked = [n for n in self._differing_fields(values) if self._is_own(n, last) and self._is_news(n, values, last)]
        place = POSITION.intersection(asked)
        return [name for name in asked if name not in place] + (["latitude"] if place else [])

    def _differing_fields(self, values):
        kept, record = self._kept_fields(values), self._source_record(values)
        here = {name: record if name in PROVENANCE else self for name in values}
        return [n for n in values if n not in kept and here[n]._plain_value(n) != values[n]]

    def _source_record(self, values):
        """The record that holds what this source said: of a space that others were merged into, perhaps one of those."""
        identity = values.get("source_host"), values.get("external_id", False)
        if (self.source_host, self.external_id) == identity:
            return self
        return next((record for record in self.sudo().merged_ids if (record.source_host, record.external_id) == identity), self)

    def _last_said(self, values):
        """What the source of these values said the last time."""
        return self._source_record(values).source_values or {}

    def _kept_fields(self, values):
        """Names of the fields that an import leaves alone.

        An exact pin stays when the source knows no more than the postcode, and so does one that a
        person has put where the source says. A space that has an identity at one source keeps it,
        and kit that is known here is not mixed with the kit of a file.
        """
        kept = set(FIRST_TIME_ONLY)
        by_postcode = values.get("location_precision") in ("postcode_sector", "town")
        if self.location_precision in ("exact", "manual", "street") and by_postcode:
            kept |= POSITION
        if self.location_precision == "manual" and point_of(values) == (self.latitude, self.longitude):
            kept |= POSITION
        if self.external_id or not values.get("external_id"):
            kept |= IDENTITY
        if "equipment_ids" in values and self.equipment_ids:
            kept.add("equipment_ids")
        return kept

    def _is_own(self, name, last):
        """Whether a person wrote what stands here: it is something, and not what the last import wrote."""
        if name in NOT_ASKED:
            return False
        if name in POSITION:
            return bool(self._position()) and point_of(last) != (self.latitude, self.longitude)
        if name not in last:
            return bool(self[name])
        return self._plain_value(name) != last[name]

    def _is_news(self, name, values, last):
        """Whether the source says something else than the last time."""
        if name in POSITION:
            return point_of(last) != point_of(values)
        return last.get(name) != values[name]

    def _plain_value(self, name):
        value = self[name]
        return value.id if self._fields[name].relational else value

    def _import_label(self, name):
        """What to call a field that an import asks about."""
        if name in POSITION:
            return self.env._("Place on the map")
        return self._fields[name]._description_string(self.env) if name in self._fields else name

    def _conflict_values(self, name, values):
        """Both sides of a field for a person to choose from."""
        return {"field": name, "ours": self._import_text(name, self), "theirs": self._import_text(name, values)}

    def _import_text(self, name, values):
        """:param values: the space itself, or an import's values"""
        if name in POSITION:
            return f"{values['latitude']:.5f}, {values['longitude']:.5f}"
        field, value = self._fields[name], values[name]
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(int(value)).display_name if value else ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return str(value or "")

    def _take_values(self, values, chosen=()):
        """Write an import's values; of what a person has changed, only the chosen fields."""
        names = {*self._changed_fields(values), *chosen, *(POSITION if "latitude" in chosen else ())}
        changed = {name: values[name] for name in names if name in values}
        record = self._source_record(values)
        said = {name: changed.pop(name) for name in PROVENANCE & changed.keys()}
        last = {**(record.source_values or {}), **self._remembered(values)}
        said.update(source_values=last, source_date=fields.Date.context_today(self), source_gone_on=False)
        if record == self:
            changed.update(said)
        else:
            record.write(said)
        self.write(changed)

    @api.model
    def _remembered(self, values):
        """Of an import's values, those that tell later whether a person has changed them."""
        return {name: value for name, value in values.items() if name not in NOT_ASKED}

    def _distance_km(self, latitude, longitude):
        """Estimated road distance to a point, in kilometres."""
        self.ensure_one()
        factor = float(self.env["ir.config_parameter"].sudo().get_param("wcm_mapping.road_factor", 1.3))
        return factor * haversine_km(self.latitude, self.longitude, latitude, longitude)
