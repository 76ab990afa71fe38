from odoo import api, fields, models

from ..models.wcm_nonconformity_contain import KINDS


class WcmNonconformityContain(models.TransientModel):
    _name = "wcm.nonconformity.contain"
    _description = "Hold sibling parts"

    nonconformity_id = fields.Many2one("wcm.nonconformity", required=True, readonly=True)
    kind = fields.Selection(KINDS, "What they have in common", required=True)
    part_ids = fields.Many2many("wcm.part", compute="_compute_part_ids", store=True, readonly=False, string="Parts to hold")

    @api.depends("kind", "nonconformity_id")
    def _compute_part_ids(self):
        """All of them that the caller may see and that are not held by it; whoever knows better takes some out."""
        for contain in self:
            parts = self.env["wcm.part"]
            if contain.kind:
                domain = contain.nonconformity_id._siblings_domain(contain.kind)
                parts = parts.search(domain & fields.Domain("state", "not in", ("to_make", "scrapped")))
            contain.part_ids = parts - contain.nonconformity_id.sudo()._parts_in_question()

    def action_confirm(self):
        held = self.nonconformity_id.action_contain(self.part_ids.ids, self.kind)
        return {"type": "ir.actions.act_window_close"} if held == self.nonconformity_id else held._get_records_action()
