import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..geo import outline_contains


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
    coordinator_ids = fields.Many2many(
        "res.users",
        string="Coordinators",
        domain=[("share", "=", False)],
        help="They see this region's spaces in full and keep them up to date.",
    )
    facility_ids = fields.One2many("wcm.facility", "region_id", string="Spaces")
    facility_count = fields.Integer("Number of Spaces", compute="_compute_facility_count")
    color = fields.Integer("Colour")
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "Another region already has this code.")

    @api.depends("facility_ids")
    def _compute_facility_count(self):
        counts = dict(self.env["wcm.facility"]._read_group([("region_id", "in", self.ids)], ["region_id"], ["__count"]))
        for region in self:
            region.facility_count = counts.get(region, 0)

    @api.constrains("boundary")
    def _check_boundary(self):
        for region in self.filtered("boundary"):
            try:
                outline_contains(json.loads(region.boundary), 0.0, 0.0)
            except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
                raise ValidationError(
                    self.env._(
                        "The boundary of %(region)s is not GeoJSON with a Polygon or MultiPolygon: %(error)s",
                        region=region.name,
                        error=error,
                    )
                ) from error

    def action_open_facilities(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_mapping.action_facility")
        action["domain"] = [("region_id", "=", self.id)]
        action["context"] = {"default_region_id": self.id}
        return action

    def _outlines(self):
        """[(region, parsed GeoJSON)] of the regions in self that have a boundary."""
        return [(region, json.loads(region.boundary)) for region in self if region.boundary]

    def _outline_rows(self):
        """Rows as a map draws them: id, name and geometry."""
        return [[region.id, region.name, outline] for region, outline in self._outlines()]

    @api.model
    def _containing(self, latitude, longitude, outlines):
        """The first region of `outlines` around a point; empty when it lies in none."""
        for region, outline in outlines:
            if outline_contains(outline, latitude, longitude):
                return region
        return self.browse()
