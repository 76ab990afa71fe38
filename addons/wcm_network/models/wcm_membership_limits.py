from odoo import api, models
from odoo.fields import Domain

from .wcm_build_line import OFFERED_STATES, PLACED_STATES

HOURS, SHARE = "wcm_network.probation_hours_per_week", "wcm_network.probation_share"


class WcmMembership(models.Model):
    """How much a member on probation is given at most: hours of a process in a week, and a share of a home's blocks.

    What the planner may place and what may be offered by hand go by the same figures; 0 is no limit.
    """

    _inherit = "wcm.membership"

    @api.model
    def _setting(self, key):
        """A number of 0 or more; what is none counts as no limit."""
        text = self.env["ir.config_parameter"].sudo().get_param(key) or ""
        try:
            return max(0.0, float(text))
        except ValueError:
            return 0.0

    @api.model
    def _probation_hours(self):
        return self._setting(HOURS)

    @api.model
    def _probation_share(self):
        """Of the blocks of one component of a home, 0 to 1; 1 is no limit."""
        return min(1.0, self._setting(SHARE) or 1.0)

    def _on_probation(self):
        return self.filtered(lambda member: member.state == "probation")

    def _within_probation(self, free, monday, weeks, without=()):
        """Free hours by capability and week, cut to what a member on probation may still take.

        :param free: {capability id: [hours of each week]}
        :param without: ids of orders whose hours do not count
        """
        limit = self._probation_hours()
        capabilities = self._on_probation().facility_id.capability_ids if limit else self.env["wcm.capability"]
        taken = capabilities.with_context(capacity_without_orders=list(without))._hours_by_week(monday, weeks, measure="hours_load")
        cut = {key: [min(hours, max(0.0, limit - used)) for hours, used in zip(free[key], taken[key], strict=True)] for key in taken}
        return {**free, **cut}

    def _probation_most(self, lines, without=()):
        """{(member, product): blocks of these lines that it may still be given}"""
        members, share = self._on_probation(), self._probation_share()
        if not members or share == 1:
            return {}
        has = self._blocks_of(lines, without)
        most = {}
        for member in members:
            for line in lines:
                left = max(0, line._probation_quantity(share) - has.get((member, line), 0))
                most[member, line.product_id] = most.get((member, line.product_id), 0) + left
        return most

    def _blocks_of(self, lines, without=()):
        """{(member, line): blocks that it was offered or has agreed to}"""
        domain = Domain("membership_id", "in", self.ids) & Domain("build_line_id", "in", lines.ids) & Domain("state", "in", (*OFFERED_STATES, *PLACED_STATES))
        groups = self.env["wcm.work.order"].sudo()._read_group(domain & Domain("id", "not in", list(without)), ["membership_id", "build_line_id"], ["quantity:sum"])
        return {(member, line): quantity for member, line, quantity in groups}
