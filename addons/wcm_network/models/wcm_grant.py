from odoo import api, fields, models

from odoo.addons.wcm_mapping.writers import Workbook


class WcmGrant(models.Model):
    """Money promised by a funder for builds."""

    _name = "wcm.grant"
    _description = "Grant"
    _inherit = ["mail.thread", "wcm.facade"]
    _order = "date_start desc, name"

    _member_readable = frozenset({"name", "reference", "funder_name", "date_start", "date_end", "amount", "currency_id"})

    name = fields.Char(required=True)
    reference = fields.Char()
    funder_id = fields.Many2one("res.partner", required=True, index=True)
    funder_name = fields.Char(related="funder_id.name", string="Funder name")
    user_ids = fields.Many2many("res.users", "wcm_grant_user_rel", "grant_id", "user_id", "Funder's people", help="May download the published figures of this grant.")
    amount = fields.Monetary()
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)
    date_start = fields.Date()
    date_end = fields.Date()
    homes_promised = fields.Integer()
    jobs_promised = fields.Float()
    build_ids = fields.One2many("wcm.build", "grant_id")
    work_order_ids = fields.One2many("wcm.work.order", "grant_id")
    amount_spent = fields.Monetary(compute="_compute_amount_spent", help="Value of what has been received, at the price of the purchase orders.")

    _dates = models.Constraint(
        "CHECK(date_end IS NULL OR date_start IS NULL OR date_end >= date_start)",
        "A grant cannot end before it starts.",
    )

    @api.depends("work_order_ids.amount_received")
    def _compute_amount_spent(self):
        """GBP, from Odoo's own purchase order lines."""
        for grant in self:
            grant.amount_spent = sum(grant.work_order_ids.mapped("amount_received"))

    def action_open_builds(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Builds"),
            "res_model": "wcm.build",
            "view_mode": "list,form",
            "domain": [("grant_id", "=", self.id)],
            "context": {"default_grant_id": self.id},
        }

    def action_download_workbook(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/network/grant/{self.id}/workbook.xlsx", "target": "self"}

    def _workbook(self):
        """The funder's spreadsheet, as bytes."""
        self.ensure_one()
        return Workbook(
            title=self.env._("%(grant)s: what was made and what came of it", grant=self.name),
            description=self.env._(
                "Grant %(reference)s of %(funder)s. Figures on %(today)s, in GBP.",
                reference=self.reference or "[x]", funder=self.funder_id.name, today=fields.Date.context_today(self),
            ),
            tables=self._workbook_tables(),
            notes=self._workbook_notes(),
        ).to_bytes()

    def _workbook_notes(self):
        """What a reader must know: figures that nobody measured say so."""
        orders = self.work_order_ids
        if any(orders.bom_id.requirement_ids.mapped("is_illustrative")) or any(orders.facility_id.mapped("is_illustrative")):
            return ((self.env._("Illustrative"), self.env._("Minutes per block, rates and members behind some of these figures are illustrative: they come from no published source.")),)
        return ()
