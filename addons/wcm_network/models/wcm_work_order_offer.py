from odoo import fields, models
from odoo.exceptions import LockError, UserError

from .wcm_build_line import OFFERED_STATES, PLACED_STATES

COUNTER_FIELDS = ("counter_quantity", "counter_date_due", "counter_price_unit", "counter_reason")


class WcmWorkOrder(models.Model):
    """The offer: asked, answered, countered, run out; and never given twice."""

    _inherit = "wcm.work.order"

    def action_offer(self):
        """Ask the members; each gets one mail that lists what it is asked to make."""
        self._check_coordinator()
        orders = self.sudo()
        orders._check_state("draft")
        orders._check_member_works()
        for order in orders:
            order.write({"state": "offered", "offer_expires_on": order.offer_expires_on or order._default_expiry(), **order._asked_today()})
        orders._notify_members(lambda orders: orders.env._("Work on offer"))
        return True

    def action_accept(self):
        """The member takes the whole offer. Repeated after a lost answer, it changes nothing."""
        self._check_office_or_coordinator()
        for order in self.sudo()._lock_demand():
            if order.state not in PLACED_STATES:
                order._check_state(*OFFERED_STATES)
                order._accept({})
        return True

    def action_counter(self, quantity=None, date_due=None, price_unit=None, reason=None):
        """The member would do it otherwise: another quantity, date (YYYY-MM-DD) or price.

        What is left out stays as it was offered.
        """
        self._check_office_or_coordinator()
        self.ensure_one()
        order = self.sudo()
        order._check_state(*OFFERED_STATES)
        order._check_not_expired()
        values = order._counter_values(quantity, date_due, price_unit)
        values["counter_reason"] = self._required_text(reason, self.env._("Say why you ask for other terms."))
        order.write({"state": "countered", **values})
        return True

    def action_accept_counter(self):
        """The coordinator agrees to what the member asked for; the rest of the quantity is open again."""
        self._check_coordinator()
        for order in self.sudo()._lock_demand():
            order._check_state("countered")
            order._accept({
                "quantity": order.counter_quantity,
                "date_due": order.counter_date_due,
                "price_unit": order.counter_price_unit,
            })
        return True

    def action_refuse_counter(self):
        """The offer stands as it was, with time to answer it."""
        self._check_coordinator()
        orders = self.sudo()
        orders._check_state("countered")
        for order in orders:
            order.write({"state": "offered", "offer_expires_on": order._default_expiry(), **order._asked_today(), **dict.fromkeys(COUNTER_FIELDS, False)})
        orders._notify_members(lambda orders: orders.env._("Your counter-offer was not agreed; the offer stands as it was"))
        return True

    def action_withdraw(self):
        """Take the offer back, to change it or to ask somebody else."""
        self._check_coordinator()
        orders = self.sudo()
        orders._check_state(*OFFERED_STATES, "declined", "expired")
        asked = orders.filtered(lambda order: order.state in OFFERED_STATES)
        orders.write({"state": "draft", "offer_expires_on": False, "decline_reason": False, **dict.fromkeys(COUNTER_FIELDS, False)})
        asked._notify_members(lambda orders: orders.env._("Offer withdrawn"))
        return True

    def _accept(self, terms):
        """Take the quantity; the demand is locked by the caller.

        Raising the version makes a transaction that read the open quantity before
        this one was committed fail and start again, instead of giving it twice.
        """
        self._check_not_expired()
        self._check_member_works()
        self._check_terms_accepted()
        self._check_quantity_open(terms.get("quantity", self.quantity))
        self.build_line_id.allocation_version += 1
        self.write({**terms, **self._figures_by_terms(), "state": "accepted", "accepted_on": fields.Datetime.now(), "accepted_by_id": self.env.uid, "design_revision": self.product_id.design_revision})

    def _lock_demand(self):
        """Nobody else can accept from the same demand until this transaction ends."""
        try:
            self.build_line_id.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise LockError(self.env._("Somebody else is answering this offer right now. Try again in a moment.")) from error
        return self

    def _check_quantity_open(self, quantity):
        if quantity > self.build_line_id._quantity_not_placed():
            raise UserError(self.env._("These blocks have been taken by another member in the meantime; nothing was booked on you."))

    def _check_not_expired(self):
        for order in self:
            if order.offer_expires_on and order.offer_expires_on < fields.Date.context_today(order):
                raise UserError(self.env._(
                    "The offer %(order)s ran out on %(date)s. Ask your coordinator to offer it again.",
                    order=order.name, date=order.offer_expires_on.strftime("%d/%m/%Y"),
                ))

    def _check_member_works(self):
        for member in self.membership_id:
            if member.state not in ("probation", "active"):
                raise UserError(self.env._("%(member)s is not an active member, so it cannot be given work.", member=member.name))

    def _check_terms_accepted(self):
        for member in self.membership_id:
            if not member.has_current_terms:
                raise UserError(self.env._(
                    "%(member)s has not accepted the terms that are in force now. Accept them first, then take the work.",
                    member=member.name,
                ))

    def _counter_values(self, quantity, date_due, price_unit):
        values = {
            "counter_quantity": self._whole_number(quantity, self.quantity),
            "counter_date_due": self._date(date_due, self.date_due),
            "counter_price_unit": self._price(price_unit, self.price_unit),
        }
        if list(values.values()) == [self.quantity, self.date_due, self.price_unit]:
            raise UserError(self.env._("This is what was offered. Accept it, or change the quantity, the date or the price."))
        return values

    def _whole_number(self, value, default):
        if value is None or value is False or value == "":
            return default
        try:
            number = int(value)
        except (TypeError, ValueError, OverflowError):
            number = 0
        if number < 1 or float(value) != number:
            raise UserError(self.env._("“%(value)s” is no number of blocks. Give a whole number, 1 or more.", value=value))
        return number

    def _date(self, value, default):
        if not value:
            return default
        try:
            date = fields.Date.to_date(value)
        except (TypeError, ValueError, OverflowError):
            date = None
        if not date or date < fields.Date.context_today(self):
            raise UserError(self.env._("“%(value)s” is no day to come. Give the day on which the blocks can be ready.", value=value))
        return date

    def _price(self, value, default):
        if value is None or value is False or value == "":
            return default
        try:
            price = float(value)
        except (TypeError, ValueError, OverflowError):
            price = -1.0
        if not 0 <= price < 1e9:
            raise UserError(self.env._("“%(value)s” is no price. Give an amount for one block.", value=value))
        return self.currency_id.round(price)

    def _required_text(self, text, message):
        if not isinstance(text, str) or not text.strip():
            raise UserError(message)
        return text.strip()
