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
        """What waits is little beside all that was ever checked, so everything is asked of that alone."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        open_holds = Domain("state", "=", "open") & Domain("is_hold_point", "=", True)
        waiting = self.search(open_holds)
        return open_holds & Domain("id", "not in", waiting.sudo()._for_somebody_else(self.env.user).ids) if waiting else open_holds

    def _for_somebody_else(self, user):
        return self._of_another_role(user) | self._of_own_making(user) | self._of_the_trained(user) | self._of_own_last_step(user)

    def _of_another_role(self, user):
        """As the hold points say who passes them."""
        if user.has_group("wcm_qc.group_quality_lead"):
            return self.browse()
        others = ["lead"] if user.has_group("wcm_network.group_coordinator") else ["network", "lead"]
        return self._with_lines([("point_type", "=", "hold"), ("release_by", "in", others)])

    def _of_the_trained(self, user):
        """Whoever closes a check has learnt what its checkpoints ask for."""
        now = fields.Datetime.now()
        known = self.env["wcm.competence"].search(["|", ("user_id", "=", user.id), ("person_id.user_id", "=", user.id)])
        kinds = known.filtered(lambda one: one._held_at(now)).kind_id
        return self._with_lines([("competence_kind_id", "!=", False), ("competence_kind_id", "not in", kinds.ids)])

    def _with_lines(self, domain):
        return self.env["wcm.inspection.line"].search([("inspection_id", "in", self.ids), *domain]).inspection_id

    def _of_own_making(self, user):
        """Who made or reworked the block; of material, who recorded its delivery."""
        reworked = [("reworked_by_id", "=", user.id)]
        ours = Domain("made_by_id", "=", user.id) | Domain("nonconformity_ids", "any", reworked) | Domain("disposition_ids", "any", reworked)
        own = self.env["wcm.part"].search(Domain("id", "in", self.part_id.ids) & ours)
        return self.filtered(lambda one: one.part_id in own or (one.lot_id and one.arrived_by_id == user))

    def _of_own_last_step(self, user):
        """Who packed what is to be dispatched, or installed what is installed: of several times, the last one."""
        staged = self.filtered(lambda one: one.stage in STEPS)
        groups = self.env["wcm.part.event"]._read_group(
            [("part_id", "in", staged.part_id.ids), ("biz_step", "in", list(STEPS.values()))], ["part_id", "biz_step"], ["id:recordset"],
        ) if staged else []
        last = {(part, step): events.sorted("id")[-1:].user_id for part, step, events in groups}
        return staged.filtered(lambda one: last.get((one.part_id, STEPS[one.stage])) == user)
