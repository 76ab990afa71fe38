from odoo import api, fields, models
from odoo.fields import Domain

# What is passed by another person than who did this last.
STEPS = {"dispatch": "packing", "installation": "installing"}


class WcmInspection(models.Model):
    """Which open hold points the reader may pass: asked before, by the same rules as when the check is closed."""

    _inherit = "wcm.inspection"

    may_pass = fields.Boolean("I may pass it", compute="_compute_may_pass", search="_search_may_pass", help="An open hold point that you may pass.")

    @api.depends("state", "is_hold_point", "part_id.made_by_id", "line_ids.release_by")
    @api.depends_context("uid")
    def _compute_may_pass(self):
        mine = self.search([("id", "in", self.ids), ("may_pass", "=", True)])
        for inspection in self:
            inspection.may_pass = inspection in mine

    @api.model
    def _search_may_pass(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        open_holds = Domain("state", "=", "open") & Domain("is_hold_point", "=", True)
        return open_holds & self._may_release_domain() & self._not_maker_domain() & self._trained_domain() & self._not_last_step_domain()

    @api.model
    def _may_release_domain(self):
        """By role, as the hold points say."""
        user = self.env.user
        if user.has_group("wcm_qc.group_quality_lead"):
            return Domain.TRUE
        others = ["lead"] if user.has_group("wcm_network.group_coordinator") else ["network", "lead"]
        return Domain("line_ids", "not any!", [("point_type", "=", "hold"), ("release_by", "in", others)])

    @api.model
    def _not_maker_domain(self):
        """Nor who reworked the block; of material, not who recorded its delivery."""
        me = self.env.uid
        reworked = Domain("reworked_by_id", "=", me)
        ours = Domain("made_by_id", "=", me) | Domain("nonconformity_ids", "any!", reworked) | Domain("disposition_ids", "any!", reworked)
        delivered = Domain("lot_id", "=", False) | Domain("arrived_by_id", "!=", me)
        return Domain("part_id", "not any!", ours) & delivered

    @api.model
    def _trained_domain(self):
        """Whoever closes a check has learnt what its checkpoints ask for."""
        now, me = fields.Datetime.now(), self.env.uid
        known = self.env["wcm.competence"].sudo().search(["|", ("user_id", "=", me), ("person_id.user_id", "=", me)])
        kinds = known.filtered(lambda one: one._held_at(now)).kind_id
        return Domain("line_ids", "not any!", [("competence_kind_id", "!=", False), ("competence_kind_id", "not in", kinds.ids)])

    @api.model
    def _not_last_step_domain(self):
        """Not who packed what is to be dispatched, nor who installed what is installed: of several times, the last one."""
        waiting = self.search([("state", "=", "open"), ("is_hold_point", "=", True), ("stage", "in", list(STEPS))])
        groups = self.env["wcm.part.event"].sudo()._read_group(
            [("part_id", "in", waiting.sudo().part_id.ids), ("biz_step", "in", list(STEPS.values()))], ["part_id", "biz_step"], ["id:recordset"],
        ) if waiting else []
        last = {(part, step): events.sorted("id")[-1:].user_id for part, step, events in groups}
        mine = waiting.sudo().filtered(lambda one: last.get((one.part_id, STEPS[one.stage])) == self.env.user)
        return Domain("id", "not in", mine.ids)
