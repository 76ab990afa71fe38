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

    def _workbook(self, scope, made_at=None):
        """The funder's spreadsheet of a scope, from which its bytes are made."""
        self.ensure_one()
        tables = self._workbook_tables(scope)
        return Workbook(
            title=self.env._("%(grant)s: what was made and what came of it", grant=self.name),
            description=self.env._(
                "Grant %(reference)s of %(funder)s, %(start)s to %(end)s. Counted on %(today)s, in %(currency)s.",
                reference=self.reference or "[x]", funder=self.funder_id.name, start=scope.start or self.env._("its beginning"),
                end=scope.end or self.env._("today"), today=(made_at or fields.Datetime.now()).date(), currency=self.currency_id.name,
            ),
            tables=tables, notes=self._workbook_notes(scope), charts=self._workbook_charts(tables), made_at=made_at or fields.Datetime.now(),
        )
