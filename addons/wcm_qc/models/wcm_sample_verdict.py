from odoo import api, fields, models

from ..sampling import Result, plan_for, severity_after, tighter
from .wcm_control_plan_sampling import REACHED


class WcmSample(models.Model):
    """What the drawn blocks say about their order, and about how the member's next one is inspected."""

    _inherit = "wcm.sample"

    @api.model
    def _judge(self, orders):
        """After something of these orders was checked, or scrapped."""
        for sample in self.sudo().search([("work_order_id", "in", orders.ids), ("state", "!=", "rejected")]):
            sample._complete()
            if sample.nonconforming_count > sample.accept_number:
                sample._reject()
            elif sample.state == "open" and sample._is_complete():
                sample._accept()
            elif sample.state == "accepted" and not sample._is_complete():
                sample.write({"state": "open", "decided_on": False})

    def _complete(self):
        """A drawn block that was scrapped before its check is drawn again; what is made already is checked now."""
        if self.method == "iso":
            self._draw(self.drawn_part_ids.browse())
        waiting = self.drawn_part_ids.filtered(lambda part: part.state in REACHED[self.stage] and not self._checks(part))
        self.env["wcm.inspection"]._open_for(waiting, self.stage)

    def _checks(self, part):
        """First checks of a block at this stage; not those after rework, and not those that were corrected."""
        return part.inspection_ids.filtered(lambda check: check.stage == self.stage and check.state != "replaced" and not check.rework_nonconformity_id)

    def _checked(self):
        return self.drawn_part_ids.filtered(lambda part: {"passed", "failed"} & set(self._checks(part).mapped("state")))

    def _nonconforming(self):
        return self.drawn_part_ids.filtered(lambda part: "failed" in self._checks(part).mapped("state"))

    def _is_complete(self):
        """Every drawn block was checked; where blocks are drawn as they are made, all are made."""
        if self.method != "iso" and any(part.state not in (*REACHED[self.stage], "scrapped") for part in self.work_order_id.part_ids):
            return False
        return self._checked() == self.drawn_part_ids and self.checked_count >= self.sample_size

    def _accept(self):
        self.write({"state": "accepted", "decided_on": fields.Datetime.now(), "accepted_tighter": self._passes_tighter()})
        free = self._undrawn().filtered(lambda part: not part.is_held and part.state in REACHED[self.stage])
        if self.plan_id.has_hold_point:
            free._log_release(self.env._("Accepted by the sample %(sample)s of its order: %(count)s blocks checked", sample=self.name, count=self.checked_count))

    def _reject(self):
        """Every block is checked then, whatever was drawn."""
        self.write({"state": "rejected", "decided_on": fields.Datetime.now(), "accepted_tighter": self.accept_number >= 2 and "no"})
        made = self._undrawn().filtered(lambda part: part.state in REACHED[self.stage] and not self._checks(part))
        self.env["wcm.inspection"]._open_for(made, self.stage)
        self.message_post(body=self.env._(
            "%(bad)s of %(checked)s checked blocks are nonconforming and at most %(accept)s may be: every block of %(order)s is checked.",
            bad=self.nonconforming_count, checked=self.checked_count, accept=self.accept_number, order=self.work_order_id.name,
        ))

    def _undrawn(self):
        return self.work_order_id.part_ids - self.drawn_part_ids

    def _passes_tighter(self):
        """Would it have been accepted at the next smaller AQL? Asked where two or more may be nonconforming."""
        if self.method != "iso" or self.accept_number < 2:
            return False
        smaller = tighter(self.aql)
        return "yes" if smaller and self.nonconforming_count <= plan_for(self.lot_size, self.level, smaller, self.severity).accept else "no"

    @api.model
    def _next_severity(self, order, plan):
        """By the switching rules, from this member's decided samples of this component at this stage."""
        earlier = self.search([
            ("membership_id", "=", order.membership_id.id), ("product_id", "=", order.product_id.id), ("stage", "=", plan.stage), ("method", "=", "iso"),
        ], order="decided_on, id")
        resumed = earlier.filtered("resumed_by_id").sorted("id")[-1:]
        counted = earlier.filtered(lambda sample: sample.state != "open" and sample.severity != "discontinued" and sample.id > (resumed.id or 0))
        results = [Result(sample.state == "accepted", {"yes": True, "no": False}.get(sample.accepted_tighter)) for sample in counted]
        return severity_after(results, "tightened" if resumed else "normal", plan.reduced_allowed)
