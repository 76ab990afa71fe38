from datetime import timedelta

from odoo import fields, models


class WcmWorkOrder(models.Model):
    _inherit = "wcm.work.order"

    def action_propose_sequence(self):
        """In which order this member best works off the orders of this one's week, to look at and to change.

        One that has this order in it is opened as it is; its page has a button to look anew.
        """
        self.ensure_one()
        self._check_member_or_coordinator()
        order = self.sudo()
        day = max(fields.Date.context_today(self), order.date_start or order.date_due)
        monday = day - timedelta(days=day.weekday())
        member = order.membership_id.with_env(self.env)
        member.check_access("read")  # a home's coordinator sees the order, but the machines are the member's own
        sequence = self.env["wcm.work.sequence"]._of_week(member, monday)
        if order not in sequence.line_ids.work_order_id:
            sequence = sequence._propose(member, monday)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Order of work"),
            "res_model": "wcm.work.sequence",
            "res_id": sequence.id,
            "views": [(False, "form")],
        }
