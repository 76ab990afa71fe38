from odoo import models


class WcmDisposition(models.Model):
    """What was decided, done: in stock, and on the work orders."""

    _inherit = "wcm.disposition"

    def _carry_out(self, other_member):
        """:param self: decisions of one kind
        :param other_member: who makes what is scrapped again, where that is another member"""
        getattr(self, f"_carry_out_{self[:1].kind}")(other_member)

    def _carry_out_use_as_is(self, _other_member):
        self._finish()

    def _carry_out_rework(self, _other_member):
        self._tell_orders(self.env._("to be reworked"))

    def _carry_out_repair(self, _other_member):
        self._tell_orders(self.env._("to be repaired"))

    def _carry_out_return(self, _other_member):
        """What arrived on site goes back by Odoo's own return. What is still with its maker, or on the way, has nothing to go back from."""
        there = self.filtered(lambda one: one.part_id.state == "received")
        for then, of_then in there.grouped("then").items():
            for order, lines in of_then.grouped(lambda one: one.part_id.work_order_id).items():
                lines.part_id._return(order, then, lines[0].reason)
        self.filtered(lambda one: one.then != "repair")._finish()
        (self - there)._tell_orders(self.env._("to go back to the maker"))

    def _carry_out_scrap(self, other_member):
        parts = self.part_id.filtered(lambda part: part.state != "scrapped")
        arrived = parts.filtered(lambda part: part.state in ("received", "installed"))
        parts._scrap(self[0].reason)
        self._finish()
        if self[0].replacement != "none":
            for order, lines in self.filtered(lambda one: one.part_id in parts).grouped(lambda one: one.part_id.work_order_id).items():
                lines._replace(order, other_member, len(lines.part_id - arrived))

    def _replace(self, order, other_member, owed):
        """Blocks that had not arrived are still owed: the order makes them again. For the others, or by another member, there is a new one.

        :param owed: how many had not arrived
        """
        again = min(owed, order.quantity_to_replace)
        if other_member and again:
            order._release_scrapped(again)
        elif again:
            order._replace_scrapped({order: again})
            self.replacement_order_id = order
        new = len(self) if other_member else len(self) - again
        if new:
            self.replacement_order_id = order._draft_replacement(other_member or order.membership_id, new)

    def _tell_orders(self, words):
        for order, lines in self.grouped(lambda one: one.part_id.work_order_id).items():
            order.message_post(body=self.env._(
                "%(name)s, %(parts)s %(words)s: %(reason)s", name=lines.nonconformity_id.name,
                parts=", ".join(lines.mapped("part_name")), words=words, reason=lines[0].steps or lines[0].reason,
            ))
            order._notify_members(lambda orders: orders.env._("Blocks are %s", words))
