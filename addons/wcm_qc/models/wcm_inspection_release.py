from odoo import models
from odoo.exceptions import UserError

from .wcm_checkpoint_release import RELEASERS


class WcmInspection(models.Model):
    """Some hold points are not for the member's own people to pass. Four eyes are asked for as well."""

    _inherit = "wcm.inspection"

    def _check_four_eyes(self):
        super()._check_four_eyes()
        needed = self._released_by()
        user = self.env.user
        may = {
            "person": True, "network": user.has_group("wcm_network.group_coordinator") or user.has_group("wcm_qc.group_quality_lead"),
            "lead": user.has_group("wcm_qc.group_quality_lead"),
        }
        if not may[needed]:
            raise UserError(self.env._(
                "%(name)s has a hold point that only %(who)s passes. What you entered stays; ask them to close it.",
                name=self.name, who={"network": self.env._("a coordinator or a quality lead"), "lead": self.env._("a quality lead")}[needed],
            ))

    def _released_by(self):
        order = [who for who, _label in RELEASERS]
        return max((line.release_by or "person" for line in self.line_ids if line.point_type == "hold"), key=order.index, default="person")

    def _hold_reason(self):
        who = {
            "network": self.env._("a coordinator or a quality lead can release it"), "lead": self.env._("only a quality lead can release it"),
        }.get(self._released_by())
        return self.env._("%(stage)s check %(name)s not passed; %(who)s", stage=self._stage_label(), name=self.name, who=who) if who else super()._hold_reason()
