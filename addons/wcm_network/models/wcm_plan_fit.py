from odoo import models
from odoo.exceptions import UserError

from .wcm_plan_match import Match


class WcmPlan(models.Model):
    """Weeks can pass between solving and offering: who may make a component is asked again before offers go out."""

    _inherit = "wcm.plan"

    def _check_offerable(self):
        super()._check_offerable()
        if misfits := self.sudo()._misfits():
            raise UserError(self.env._("This has changed since the plan was solved. Solve it again.\n%s", "\n".join(misfits)))

    def _misfits(self):
        """One line for each member that may not make what is planned with it, with every reason."""
        lines = self.line_ids
        boms = self._boms(lines.product_id)
        match = Match(self, lines.membership_id, boms, self._last_days(lines.build_line_id), self.min_evidence_level)
        pairs = sorted({(line.membership_id, line.product_id) for line in lines}, key=lambda pair: [record.display_name for record in pair])
        return [self._misfit_text(*pair, match.misfit[pair]) for pair in pairs if match.misfit[pair]]

    def _misfit_text(self, member, product, reason):
        return self.env._("%(member)s, %(component)s: %(reason)s", member=member.name, component=product.display_name, reason=reason)
