from odoo import api, fields, models

from ..models.wcm_disposition import CONCESSIONS, DISPOSITIONS


class WcmNonconformityDecide(models.TransientModel):
    _name = "wcm.nonconformity.decide"
    _description = "Decide on a nonconformity"

    nonconformity_id = fields.Many2one("wcm.nonconformity", required=True, readonly=True)
    part_names = fields.Char(related="nonconformity_id.part_names")
    waiting_ids = fields.Many2many("wcm.part", compute="_compute_waiting_ids", string="Parts that wait")
    part_ids = fields.Many2many(
        "wcm.part", string="Parts", compute="_compute_part_ids", store=True, readonly=False,
    )
    is_several = fields.Boolean(compute="_compute_waiting_ids")
    is_arrived = fields.Boolean(compute="_compute_is_arrived")
    is_of_lot = fields.Boolean(related="nonconformity_id.is_of_lot")
    disposition = fields.Selection(DISPOSITIONS, "What becomes of the parts", required=True)
    lot_disposition = fields.Selection(
        [("use_as_is", "Use as is (concession)"), ("return", "Back to the supplier"), ("scrap", "Scrap")], "What becomes of the lot",
    )
    reason = fields.Text(required=True, help="What is to be reworked, why it is good enough, or why it is not worth it.")
    steps = fields.Text(help="One step a line, for whoever does it.")
    holds = fields.Selection([("build", "For this home only"), ("date", "Until a date")], "The concession holds", default="build")
    until = fields.Date("Last day")
    then = fields.Selection(
        [("repair", "The member repairs it, and it comes again"), ("replace", "The member makes another one"), ("credit", "It is not owed any more")],
        "What follows", default="repair",
    )
    replacement = fields.Selection(
        [("none", "Decided later"), ("same", "The same member"), ("other", "Another member")], "Made again by", default="none",
    )
    membership_id = fields.Many2one("wcm.membership", "Other member", domain="[('state', 'in', ('probation', 'active')), ('is_leaving', '=', False)]")

    @api.depends("nonconformity_id")
    def _compute_waiting_ids(self):
        for decide in self:
            decide.waiting_ids = decide.nonconformity_id._parts_to_decide()
            decide.is_several = len(decide.waiting_ids) > 1

    @api.onchange("lot_disposition")
    def _onchange_lot_disposition(self):
        """Of the few that there are for material."""
        self.disposition = self.lot_disposition or self.disposition

    @api.depends("waiting_ids")
    def _compute_part_ids(self):
        for decide in self:
            decide.part_ids = decide.waiting_ids

    @api.depends("part_ids")
    def _compute_is_arrived(self):
        for decide in self:
            decide.is_arrived = set(decide.part_ids.mapped("state")) == {"received"}

    def action_confirm(self):
        self.nonconformity_id.action_decide(self.disposition, self.reason, self.part_ids.ids, **self._terms())
        return {"type": "ir.actions.act_window_close"}

    def _terms(self):
        """Only what belongs to the decision: the dialog may have been filled in for another one before."""
        if self.is_of_lot:
            return {"until": self.until} if self.disposition in CONCESSIONS else {}
        if self.disposition in CONCESSIONS and self.holds == "date":
            return {"until": self.until, "steps": self.steps}
        if self.disposition in ("rework", "repair"):
            return {"steps": self.steps}
        if self.disposition == "return":
            return {"then": self.then if self.is_arrived else "repair"}
        if self.disposition == "scrap":
            other = self.replacement == "other"
            return {"replacement": self.replacement, "membership_id": self.membership_id.id if other else False}
        return {}
