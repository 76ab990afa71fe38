from odoo import fields, models


class WcmNonconformityDecide(models.TransientModel):
    _name = "wcm.nonconformity.decide"
    _description = "Decide on a nonconformity"

    nonconformity_id = fields.Many2one("wcm.nonconformity", required=True, readonly=True)
    part_names = fields.Char(related="nonconformity_id.part_names")
    disposition = fields.Selection(
        [("rework", "Rework"), ("use_as_is", "Use as is (concession)"), ("return", "Return"), ("scrap", "Scrap")],
        "What becomes of the parts", required=True,
    )
    reason = fields.Text(required=True, help="What is to be reworked, why it is good enough, or why it is not worth it.")

    def action_confirm(self):
        self.nonconformity_id.action_decide(self.disposition, self.reason)
        return {"type": "ir.actions.act_window_close"}
