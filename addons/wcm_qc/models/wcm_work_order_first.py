from odoo import models


class WcmWorkOrder(models.Model):
    """Where a control plan says how a first article is checked, its check is what accepts the first piece."""

    _inherit = "wcm.work.order"

    def _first_piece_obstacle(self):
        return super()._first_piece_obstacle() or self._first_check_obstacle()

    def _first_check_obstacle(self):
        plan = self._plan_for("first_article")
        if not plan or any(part._latest_inspection("first_article").state == "passed" for part in self.part_ids):
            return ""
        return self.env._("The first article check of %(order)s (%(plan)s) has not passed yet: its part has it.", order=self.name, plan=plan._names())

    def _checks_required(self):
        """“Final: Thickness (hold point), Photo of the face”; the first article where this would be the first piece."""
        stages = [*(["first_article"] if self._is_new_to_member() else []), "in_process", "final", "dispatch"]
        plans = [self._plan_for(stage) for stage in stages]
        return [*super()._checks_required(), *(plan._words() for plan in plans if plan)]
