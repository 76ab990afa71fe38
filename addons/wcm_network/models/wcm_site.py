from odoo import api, fields, models

from odoo.addons.wcm_mapping.postcode import postcode_point


class WcmSite(models.Model):
    """A housing site, with its own stock location and receipts."""

    _name = "wcm.site"
    _description = "Housing site"
    _inherit = ["mail.thread", "wcm.guarded"]
    _order = "name"
    _rec_names_search = ["name", "code"]

    _guarded = frozenset({"location_id", "picking_type_id"})

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(required=True, help="Short code, used in the names of receipts.")
    partner_id = fields.Many2one("res.partner", "Address", required=True, tracking=True)
    region_id = fields.Many2one(
        "wcm.region", index=True, tracking=True,
        default=lambda self: self.env["wcm.region"].search([("coordinator_ids", "in", self.env.uid)], limit=1),
    )
    latitude = fields.Float(
        digits=(10, 7), compute="_compute_position", store=True, readonly=False, help="Degrees north, WGS84; from the postcode of the address unless typed.",
    )
    longitude = fields.Float(
        digits=(10, 7), compute="_compute_position", store=True, readonly=False, help="Degrees east, WGS84; from the postcode of the address unless typed.",
    )
    location_id = fields.Many2one("stock.location", "Stock location", readonly=True, copy=False)
    picking_type_id = fields.Many2one("stock.picking.type", "Receipts", readonly=True, copy=False)
    build_ids = fields.One2many("wcm.build", "site_id", "Builds")
    build_count = fields.Integer("Number of builds", compute="_compute_build_count")
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "Another site already has this code.")
    _position_range = models.Constraint(
        "CHECK(latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "A latitude lies between -90 and 90 degrees, a longitude between -180 and 180.",
    )

    @api.depends("partner_id")
    def _compute_position(self):
        """Not again when the address is corrected: somebody may have typed a better point."""
        for site in self:
            partner = site.partner_id
            point = (partner.partner_latitude, partner.partner_longitude)
            if not any(point):
                point = postcode_point(partner.zip) or (site.latitude, site.longitude)
            site.latitude, site.longitude = point

    @api.depends("build_ids")
    def _compute_build_count(self):
        for site in self:
            site.build_count = len(site.build_ids)

    @api.model_create_multi
    def create(self, vals_list):
        sites = super().create(vals_list)
        for site in sites.sudo():
            site._create_stock_records()
        return sites

    def write(self, vals):
        """Location and receipts are the site's own; they follow its name and archiving."""
        result = super().write(vals)
        if "active" in vals:
            self.sudo().with_context(active_test=False).picking_type_id.active = vals["active"]
        if "name" in vals:
            self.sudo().location_id.name = vals["name"]
        return result

    def _create_stock_records(self):
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1)
        self.location_id = self.env["stock.location"].create(
            {
                "name": self.name,
                "usage": "internal",
                "location_id": self._sites_location(warehouse).id,
                "company_id": warehouse.company_id.id,
            }
        )
        self.picking_type_id = self.env["stock.picking.type"].create(self._picking_type_values(warehouse))

    def _sites_location(self, warehouse):
        """One folder for all sites, apart from the warehouse's own stock."""
        parent = warehouse.view_location_id
        found = self.env["stock.location"].search(
            [("location_id", "=", parent.id), ("usage", "=", "view"), ("name", "=", "Sites")], limit=1
        )
        return found or found.create(
            {"name": "Sites", "usage": "view", "location_id": parent.id, "company_id": warehouse.company_id.id}
        )

    def _picking_type_values(self, warehouse):
        return {
            "name": self.env._("Receipts at %(site)s", site=self.name),
            "code": "incoming",
            "sequence_code": f"SITE/{self.code}",
            "warehouse_id": warehouse.id,
            "company_id": warehouse.company_id.id,
            "default_location_src_id": self.env.ref("stock.stock_location_suppliers").id,
            "default_location_dest_id": self.location_id.id,
            "use_create_lots": True,
            "use_existing_lots": True,
        }

    def action_open_builds(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_build")
        action["domain"] = [("site_id", "=", self.id)]
        action["context"] = {"default_site_id": self.id}
        return action
