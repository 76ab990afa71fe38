from odoo import api, fields, models
from odoo.fields import Domain

from ..geo import haversine_km


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
        context={"default_is_company": True},
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

    def _distance_km(self, latitude, longitude):
        """Estimated road distance to a point, in kilometres."""
        self.ensure_one()
        factor = float(self.env["ir.config_parameter"].sudo().get_param("wcm_mapping.road_factor", 1.3))
        return factor * haversine_km(self.latitude, self.longitude, latitude, longitude)
