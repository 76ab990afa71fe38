from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class WcmMembership(models.Model):
    """What a member's owners and supervisors say about its statement: that it is wrong, and the number of their own invoice."""

    _inherit = "wcm.membership"

    def action_dispute_statement(self, month=None, order_id=None, reason=None):
        """A month, or an order in it, is wrong: the coordinators of the region are told.

        :param month: its first day, YYYY-MM-DD
        """
        self._check_own_office()
        member = self.sudo()
        order = self._disputed_order(order_id)
        words = order._required_text(reason, self.env._("Say what is wrong, so that a coordinator can look."))
        dispute = self.env["wcm.statement.dispute"].sudo().create({
            "membership_id": self.id, "month": self._first_of_month(month), "work_order_id": order.id, "reason": words, "raised_by_id": self.env.uid,
        })
        member.message_notify(partner_ids=member.region_id.coordinator_ids.partner_id.ids, subject=self.env._("Statement: %s", dispute.display_name), body=words)
        return True

    def action_give_invoice_number(self, bill_id=None, number=None):
        """The number of the member's own invoice, on a draft bill that was proposed for it."""
        self._check_own_office()
        words = self.env["wcm.work.order"]._required_text(number, self.env._("Give the number of your invoice."))
        waiting = Domain("id", "=", bill_id if isinstance(bill_id, int) else 0) & self._bills_proposed()
        bill = self.env["account.move"].sudo().search(waiting)
        if not bill:
            raise UserError(self.env._("This bill does not wait for a number any more. Reload the page."))
        bill.ref = words
        bill.message_post(body=self.env._("The number of its own invoice was given by %s.", self.env.user.name))
        return True

    def _bills_proposed(self):
        """A domain: drafts that wait to be posted."""
        return Domain("wcm_membership_id", "=", self.id) & Domain("move_type", "=", "in_invoice") & Domain("state", "=", "draft")

    def _check_own_office(self):
        self.ensure_one()
        self._check_office_or_coordinator()
        if self.env.user not in self.sudo().user_ids:
            raise AccessError(self.env._("Only the people of %s say this for it.", self.sudo().name))

    def _disputed_order(self, order_id):
        orders = self.env["wcm.work.order"].sudo()
        if not order_id:
            return orders
        order = orders.search([("id", "=", order_id if isinstance(order_id, int) else 0), ("membership_id", "=", self.id)])
        if not order:
            raise UserError(self.env._("This order is not on your statement."))
        return order

    def _first_of_month(self, month):
        try:
            day = fields.Date.to_date(month)
        except (ValueError, TypeError):
            day = None
        if not day:
            raise UserError(self.env._("Say which month is wrong."))
        return day.replace(day=1)
