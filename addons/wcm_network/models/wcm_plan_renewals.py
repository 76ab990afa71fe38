from datetime import timedelta

from odoo import fields, models

from .wcm_plan_match import Match

WEEK_END = timedelta(days=6)


class WcmPlan(models.Model):
    """Certificates that a plan counts on being renewed: they hold now and run out before the last block is made."""

    _inherit = "wcm.plan"

    renewals = fields.Text("Certificates to be renewed", compute="_compute_renewals")

    def _compute_renewals(self):
        for plan in self:
            known = plan._origin.sudo() if plan.state in ("solved", "offered") else self.browse()
            plan.renewals = "\n".join(known and known._renewals())

    def _renewals(self):
        """One line for each member and kind that runs out before its last week, the first first."""
        last_weeks = self.env["wcm.plan.line"]._read_group(
            [("plan_id", "=", self.id)], ["membership_id", "product_id"], ["week_start:max"]
        )
        members = self.env["wcm.membership"].union(*(row[0] for row in last_weeks))
        match = Match(self, members, self._boms(self.env["product.product"].union(*(row[1] for row in last_weeks))))
        found = {}
        for member, product, week in last_weeks:
            for paper in match.papers[product]:
                until = match.paper_until(member, paper)
                if until and until < week + WEEK_END:
                    key = (until, member, paper.kind)
                    found[key] = (max(week, found[key][0]) if key in found else week, paper)
        return [self._renewal_text(*key[:2], *found[key]) for key in sorted(found, key=lambda key: (key[0], key[1].name, key[2]))]

    def _renewal_text(self, until, member, week, paper):
        return self.env._(
            "%(member)s: “%(kind)s” runs out on %(day)s; its last week here begins on %(week)s",
            member=member.name, kind=paper._kind_text(), day=paper._day(until), week=paper._day(week),
        )
