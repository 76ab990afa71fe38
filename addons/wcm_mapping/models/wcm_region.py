import base64
import json
from functools import lru_cache

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..geo import outline_contains
from ..outline import OutlineError, area_km2, box_of, read_outline

# What a coordinator may write of an own region.
OUTLINE = {"boundary", "boundary_file"}


@lru_cache(maxsize=256)
def parsed(boundary):
    """(outline, its south, west, north and east) of a region's GeoJSON."""
    outline = read_outline(boundary)
    return outline, box_of(outline)


class WcmRegion(models.Model):
    """A place with people who coordinate its production spaces."""

    _name = "wcm.region"
    _description = "Region"
    _order = "name"

    name = fields.Char(required=True)
    code = fields.Char(required=True, copy=False)
    country_id = fields.Many2one("res.country")
    boundary = fields.Text(
        help="Outline as GeoJSON (Polygon or MultiPolygon, longitude before latitude). "
        "Imported spaces inside it are given this region.",
    )
    boundary_file = fields.Binary(
        "Outline from a File", compute="_compute_boundary_file", inverse="_inverse_boundary_file",
        help="GeoJSON: the areas in it become the outline.",
    )  # fmt: skip
    area_km2 = fields.Float("Area (km²)", digits=(10, 0), compute="_compute_area_km2")
    coordinator_ids = fields.Many2many(
        "res.users",
        string="Coordinators",
        domain=[("share", "=", False)],
        help="They see this region's spaces in full and keep them up to date.",
    )
    facility_ids = fields.One2many("wcm.facility", "region_id", string="Spaces")
    facility_count = fields.Integer("Number of Spaces", compute="_compute_facility_count")
    within_count = fields.Integer("Within Its Outline", compute="_compute_within_count")
    color = fields.Integer("Colour")
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "Another region already has this code.")

    @api.depends("facility_ids")
    def _compute_facility_count(self):
        counts = dict(self.env["wcm.facility"]._read_group([("region_id", "in", self.ids)], ["region_id"], ["__count"]))
        for region in self:
            region.facility_count = counts.get(region, 0)

    @api.depends_context("uid")
    @api.depends("boundary")
    def _compute_within_count(self):
        for region in self:
            region.within_count = len(region._within()) if not region._boundary_trouble() else 0

    @api.depends("boundary")
    def _compute_area_km2(self):
        for region in self:
            good = region.boundary and not region._boundary_trouble()
            region.area_km2 = area_km2(parsed(region.boundary)[0]) if good else 0.0

    def _boundary_trouble(self):
        """What is wrong with an outline that is not saved yet."""
        try:
            return self.boundary and parsed(self.boundary) and ""
        except OutlineError as error:
            return str(error)

    @api.onchange("boundary")
    def _onchange_boundary(self):
        """Said while there is still something to undo."""
        trouble = self._boundary_trouble()
        return {"warning": {"title": self.env._("Not an outline yet"), "message": trouble}} if trouble else None

    def _compute_boundary_file(self):
        """Taken in and not kept: the outline is what counts."""
        self.boundary_file = False

    def _inverse_boundary_file(self):
        for region in self.filtered("boundary_file"):
            region.boundary = region._outline_in(region.boundary_file)

    @api.onchange("boundary_file")
    def _onchange_boundary_file(self):
        """The outline of a file is on the map before it is saved."""
        if self.boundary_file:
            self.boundary, self.boundary_file = self._outline_in(self.boundary_file), False

    def _outline_in(self, content):
        try:
            return self._plain_boundary(base64.b64decode(content).decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ValidationError(self.env._("This file is not GeoJSON: it is not a text in UTF-8.")) from None

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_plain_boundary(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_plain_boundary(vals))

    @api.model
    def _has_field_access(self, field, operation):
        """A coordinator draws the outline of an own region; the rest is for managers."""
        manager = self.env.su or self.env.user.has_group("wcm_mapping.group_mapping_manager")
        if operation == "write" and not manager and field.name not in OUTLINE:
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _with_plain_boundary(self, vals):
        """Whatever shape of GeoJSON came, one is kept."""
        return {**vals, "boundary": self._plain_boundary(vals["boundary"])} if vals.get("boundary") else vals

    @api.model
    def _plain_boundary(self, text):
        try:
            return json.dumps(read_outline(text), separators=(",", ":"))
        except OutlineError as error:
            raise ValidationError(str(error)) from None

    def action_open_facilities(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_mapping.action_facility")
        action["domain"] = [("region_id", "=", self.id)]
        action["context"] = {"default_region_id": self.id}
        return action

    def _holds(self, latitude, longitude):
        """Whether a point lies within the outline."""
        self.ensure_one()
        outline, (south, west, north, east) = parsed(self.boundary)
        in_box = south <= latitude <= north and west <= longitude <= east
        return in_box and outline_contains(outline, latitude, longitude)

    def action_open_within(self):
        """The spaces within the outline, whichever region they belong to."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_mapping.action_facility")
        name = self.env._("Within %(region)s", region=self.name)
        return {**action, "name": name, "domain": [("id", "in", self._within().ids)], "context": {"group_by": "region_id"}}

    def _within(self):
        """Spaces that the reader sees whose point lies in the outline."""
        if not self.boundary:
            return self.env["wcm.facility"]
        _outline, (south, west, north, east) = parsed(self.boundary)
        box = [("latitude", ">=", south), ("latitude", "<=", north), ("longitude", ">=", west), ("longitude", "<=", east)]
        near = self.env["wcm.facility"].search_fetch(box, ["latitude", "longitude"])
        return near.filtered(lambda facility: self._holds(facility.latitude, facility.longitude))

    def action_take_within(self):
        """Give this region the spaces within its outline whose region nobody chose by hand."""
        self.ensure_one()
        found = self._within()._filtered_access("write")
        return found.filtered(lambda f: f.region_id != self and not f.region_by_hand).action_take_region()

    def _outline_rows(self):
        """Rows as a map draws them: id, name and geometry."""
        return [[region.id, region.name, json.loads(region.boundary)] for region in self if region.boundary]

    @api.model
    def _outlined(self):
        """Regions that have an outline."""
        return self.search([("boundary", "!=", False)])

    def _around(self, latitude, longitude):
        """The first of these regions whose outline holds a point; empty when none does."""
        return next((region for region in self if region._holds(latitude, longitude)), self.browse())
