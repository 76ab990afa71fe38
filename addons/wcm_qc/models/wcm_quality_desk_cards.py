from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from .wcm_disposition import CONCESSIONS

SOON = timedelta(days=7)
RUNS_OUT_SOON = timedelta(days=30)


class WcmQualityDesk(models.AbstractModel):
    """Holds, nonconformities and what follows from them; then what is to be looked at, approved or ended."""

    _inherit = "wcm.quality.desk"

    @api.model
    def _desk_cards(self):
        return [
            *super()._desk_cards(), self._desk_holds(), self._desk_to_decide(), self._desk_to_carry_out(), self._desk_concessions(), self._desk_corrective(),
            self._desk_effectiveness(), self._desk_not_agreed(), self._desk_signals(), self._desk_samples(), self._desk_stopped(), self._desk_plans(), self._desk_recalls(),
        ]

    @api.model
    def _desk_holds(self):
        """Of those that the reader may pass."""
        return self._desk_card(
            "holds", self.env._("Hold points to pass"), "wcm.inspection",
            [("may_pass", "=", True), ("lot_id", "=", False)],
            "wcm_qc.action_inspection", self._desk_hold_line, tone="urgent",
        )

    def _desk_hold_line(self, inspection):
        part = inspection.part_id
        return {
            "title": f"{part.name} · {part.product_id.default_code or part.component_name}",
            "detail": self._desk_words(inspection._stage_label(), inspection.membership_id.name, self._desk_where(part)),
            "waited": self._desk_days(part.made_on or inspection.create_date),
        }

    @api.model
    def _desk_to_decide(self):
        return self._desk_is_lead() and self._desk_card(
            "decide", self.env._("Nonconformities to decide"), "wcm.nonconformity", [("state", "=", "open")],
            "wcm_qc.action_nonconformity", self._desk_nonconformity_line, order="opened_on, id", tone="urgent",
            buttons=[("action_open_decide", self.env._("Decide"))],
        )

    def _desk_nonconformity_line(self, nonconformity):
        count = len(nonconformity.part_ids)
        blocks = self.env._("1 block held") if count == 1 else self.env._("%s blocks held", count)
        if nonconformity.lot_id:
            blocks = self.env._("lot %s held", nonconformity.part_names)
        return {
            "title": nonconformity.display_name, "waited": self._desk_days(nonconformity.opened_on),
            "detail": self._desk_words(self._desk_label(nonconformity, "source"), nonconformity.membership_id.name, blocks),
        }

    @api.model
    def _desk_to_carry_out(self):
        """By the member, who reworks; or by a quality lead, who looks at what was reworked."""
        return self._desk_card(
            "carry_out", self.env._("Decisions to carry out"), "wcm.nonconformity", [("state", "in", ("decided", "reworked"))],
            "wcm_qc.action_nonconformity", self._desk_decided_line, order="state desc, opened_on, id",
        )

    def _desk_decided_line(self, nonconformity):
        step = self.env._("reworked: to check again") if nonconformity.state == "reworked" else self.env._("with the member")
        return {
            "title": nonconformity.display_name, "waited": self._desk_days(nonconformity.opened_on),
            "detail": self._desk_words(self._desk_label(nonconformity, "disposition"), nonconformity.membership_id.name, step),
        }

    @api.model
    def _desk_concessions(self):
        """Of blocks that would be stopped by it: what is installed stays."""
        today = fields.Date.context_today(self)
        return self._desk_card(
            "concessions", self.env._("Concessions that run out"), "wcm.disposition",
            [
                ("state", "=", "done"), ("kind", "in", CONCESSIONS), ("until", "!=", False), ("until", "<=", today + RUNS_OUT_SOON),
                "|", ("lot_id", "!=", False), ("part_id.state", "not in", ("installed", "scrapped")),
            ],
            "wcm_qc.action_disposition", self._desk_concession_line, order="until, id",
        )

    def _desk_concession_line(self, disposition):
        part = disposition.part_id
        return {
            "title": disposition.display_name, "waited": self.env._("until %s", format_date(self.env, disposition.until)),
            "detail": self._desk_words(disposition.nonconformity_id.name, disposition.membership_id.name, part and self._desk_where(part)),
            "model": "wcm.nonconformity", "res_id": disposition.nonconformity_id.id,
        }

    @api.model
    def _desk_corrective(self):
        today = fields.Date.context_today(self)
        return self._desk_card(
            "corrective", self.env._("Corrective actions due"), "wcm.corrective.action", [("state", "=", "open"), ("due_on", "<=", today + SOON)],
            "wcm_qc.action_corrective_action",
            lambda action: {
                "title": action.name, "waited": self.env._("due %s", format_date(self.env, action.due_on)),
                "detail": self._desk_words(action.owner_name, action.membership_id.name), "is_late": action.due_on < today,
            },
            order="due_on, id",
        )

    @api.model
    def _desk_effectiveness(self):
        """Said by another person than who did it."""
        me = self.env.uid
        return self._desk_card(
            "effectiveness", self.env._("Did it help?"), "wcm.corrective.action",
            [("state", "=", "done"), ("check_from", "<=", fields.Date.context_today(self)), ("owner_id", "!=", me), ("done_by_id", "!=", me)],
            "wcm_qc.action_corrective_action",
            lambda action: {
                "title": action.name, "waited": self.env._("done %s", format_date(self.env, action.done_on)),
                "detail": self._desk_words(action.owner_name, action.membership_id.name),
            },
            order="check_from, id", buttons=[("action_open_check", self.env._("Say it"))],
        )

    @api.model
    def _desk_not_agreed(self):
        return self._desk_card(
            "cost", self.env._("Costs that a member does not agree to"), "wcm.nonconformity", [("cost_answer", "=", "not_agreed")],
            "wcm_qc.action_nonconformity",
            lambda nonconformity: {
                "title": nonconformity.display_name, "waited": self.env._("since %s", format_date(self.env, nonconformity.cost_answered_on)),
                "detail": self._desk_words(nonconformity.membership_id.name, nonconformity.cost_answer_words),
            },
            order="cost_answered_on, id", buttons=[("action_open_cost", self.env._("Who pays"))],
        )

    @api.model
    def _desk_signals(self):
        return self._desk_card(
            "signals", self.env._("Signals of charts"), "wcm.quality.signal", [("activity_ids", "!=", False)],
            "wcm_qc.action_quality_signal",
            lambda signal: {
                "title": self._desk_label(signal, "rule"), "waited": self._desk_days(signal.create_date),
                "detail": self._desk_words(signal.checkpoint, signal.membership_id.name, ", ".join(signal.equipment_ids.mapped("name"))),
            },
            buttons=[("action_chart", self.env._("Chart"))],
        )

    @api.model
    def _desk_samples(self):
        return self._desk_card(
            "samples", self.env._("Samples out"), "wcm.sample", [("state", "=", "open")], "wcm_qc.action_sample",
            lambda sample: {
                "title": f"{sample.work_order_id.name} · {sample.product_id.default_code or sample.product_id.name}", "waited": self._desk_days(sample.create_date),
                "detail": self._desk_words(
                    sample.membership_id.name, self.env._("%(checked)s of %(all)s checked", checked=sample.checked_count, all=sample.sample_size),
                ),
            },
        )

    @api.model
    def _desk_stopped(self):
        return self._desk_is_lead() and self._desk_card(
            "stopped", self.env._("Sampling stopped: to be taken up again"), "wcm.sample", [("severity", "=", "discontinued"), ("resumed_by_id", "=", False)],
            "wcm_qc.action_sample",
            lambda sample: {
                "title": sample.product_id.display_name, "waited": self._desk_days(sample.create_date),
                "detail": self._desk_words(sample.membership_id.name, self.env._("every block is checked until then")),
            },
        )

    @api.model
    def _desk_plans(self):
        return self._desk_is_lead() and self._desk_card(
            "plans", self.env._("Control plans to approve"), "wcm.control.plan", [("state", "=", "draft")], "wcm_qc.action_control_plan",
            lambda plan: {"title": plan.display_name, "waited": self._desk_days(plan.create_date), "detail": plan.create_uid.name},
        )

    @api.model
    def _desk_recalls(self):
        return self._desk_is_lead() and self._desk_card(
            "recalls", self.env._("Recalls open"), "wcm.recall", [("state", "=", "held")], "wcm_network.action_recall",
            lambda recall: {
                "title": f"{recall.name} {recall.reason}", "waited": self._desk_days(recall.held_on),
                "detail": self._desk_words(recall.held_by_id.name, self.env._("%s blocks held", recall.held_count)),
            },
            order="held_on, id", tone="urgent",
        )
