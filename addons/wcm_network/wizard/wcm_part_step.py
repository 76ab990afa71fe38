from odoo import fields, models

from ..models.wcm_part_return import THEN


class WcmPartStep(models.TransientModel):
    """Ask a coordinator why blocks go back or are scrapped, and what follows."""

    _name = "wcm.part.step"
    _description = "Step back of parts"

    part_ids = fields.Many2many("wcm.part", required=True, default=lambda self: self.env.context.get("active_ids"))
    step = fields.Selection([("return", "Return to the maker"), ("scrap", "Scrap, or report as lost")], required=True, readonly=True)
    then = fields.Selection(THEN, "What follows", default="repair")
    reason = fields.Text()

    def action_confirm(self):
        self.ensure_one()
        if self.step == "return":
            self.part_ids.action_return(self.then, self.reason)
        else:
            self.part_ids.action_scrap(self.reason)
        return {"type": "ir.actions.act_window_close"}
