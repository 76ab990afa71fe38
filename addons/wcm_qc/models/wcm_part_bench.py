from odoo import models


class WcmPart(models.Model):
    _inherit = "wcm.part"

    def _bench_check(self, user):
        """{state, stage, stages, points, others, maker}: where the check of this part stands that is due.

        `stages`: the stages that were begun. `others`: this login made the part, so another person passes its check;
        `maker` is the person, where known.
        """
        stage = self._due_stage()
        check = self._latest_inspection(stage)
        return {
            "state": check.state or "none",
            "stage": stage,
            "hold": check.is_hold_point,
            "stages": sorted(set(self._counting_inspections().mapped("stage"))),
            "points": [line._bench_values() for line in check.line_ids] if check.state == "open" else [],
            "others": check.state == "open" and user in check._makers(),
            "maker": self._made_by_person().id,
            "witness": check._bench_witness(),
        }

    def _made_by_person(self):
        """Who of the member's people made it, if they said so."""
        made = self.sudo().event_ids.filtered(lambda event: event.biz_step == "assembling")
        return made.sorted("id")[-1:].person_id
