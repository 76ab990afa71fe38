from datetime import timedelta

from odoo import fields, models


class WcmPlan(models.Model):
    """What the solved plan takes of its members' hours is kept with it: capacity goes on changing."""

    _inherit = "wcm.plan"

    load_ids = fields.One2many("wcm.plan.load", "plan_id", readonly=True, copy=False)

    def _write_result(self, problem, result):
        super()._write_result(problem, result)
        plan = self.sudo()
        plan.load_ids.unlink()
        self.env["wcm.plan.load"].sudo().create([{"plan_id": plan.id, **values} for values in self._load_values(problem, result)])

    def _load_values(self, problem, result):
        """Also the weeks in which a member could have worked, up to the last that anything is due."""
        loads = {(load.facility, load.process, load.period): load for load in result.loads}
        for member, process, period, capacity in _offered_hours(problem):
            load = loads.get((member, process, period))
            if capacity or load:
                yield {
                    "membership_id": int(member),
                    "process_id": int(process),
                    "week_start": self.start_date + timedelta(weeks=period),
                    "capacity": capacity,
                    "hours": load.hours if load else 0,
                    **({"shadow_value": load.shadow} if load and load.shadow else {}),
                }


def _offered_hours(problem):
    """(member, process, period, hours) of the processes that a component asks of the member."""
    asked = sorted({(option.facility, process) for option in problem.options for process in option.hours})
    periods = 1 + max((demand.due for demand in problem.demands), default=-1)
    for member, process in asked:
        for period, hours in enumerate(problem.facility[member].capacity[process][:periods]):
            yield member, process, period, hours
