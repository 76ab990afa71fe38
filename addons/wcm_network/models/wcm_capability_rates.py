from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..pricing.buildup import Rate

MOST = 100_000  # money an hour; more is a slip of the finger
FARTHEST = timedelta(days=730)
# Who keeps the map reads the capability, not what its member asks for.
READERS = "wcm_network.group_coordinator,wcm_network.group_member_office"


class WcmCapability(models.Model):
    """The rates that a member sets for a process; without any, its price of one clock hour is all there is."""

    _inherit = "wcm.capability"

    _office_readable = frozenset({"rate_ids", "has_rates", "rate_machine_hour", "rate_hands_on_hour", "rate_overhead_percent"})

    rate_ids = fields.One2many("wcm.capability.rate", "capability_id", "Rates", readonly=True, groups=READERS)
    has_rates = fields.Boolean("Rates are set", compute="_compute_rates_now", groups=READERS)
    rate_machine_hour = fields.Monetary("Machine, an hour", compute="_compute_rates_now", groups=READERS, help="In force today; without rates the price of one clock hour.")
    rate_hands_on_hour = fields.Monetary("Hands-on, an hour", compute="_compute_rates_now", groups=READERS)
    rate_overhead_percent = fields.Float("Overhead (%)", compute="_compute_rates_now", groups=READERS, digits=(5, 2))

    @api.depends("rate_ids.date_from", "cost_per_hour")
    def _compute_rates_now(self):
        today = fields.Date.context_today(self)
        records, rates = self._rate_records_on(today), self._rates_on(today)
        for capability in self:
            rate = rates[capability]
            capability.has_rates = capability in records
            capability.rate_machine_hour = float(rate.machine)
            capability.rate_hands_on_hour = float(rate.hands_on)
            capability.rate_overhead_percent = float(rate.overhead)

    def action_set_rates(self, date_from=None, machine_hour=None, hands_on_hour=None, overhead_percent=None):
        """The member's own rates of this process from a day on (YYYY-MM-DD, today when it is empty).

        What is agreed stays as it was agreed; offers that are open stay as they were offered.
        """
        self.ensure_one()
        self._check_office_or_coordinator()
        values = {
            "date_from": self._rates_day(date_from),
            "machine_hour": self._rate_figure(machine_hour, self.env._("Machine, an hour")),
            "hands_on_hour": self._rate_figure(hands_on_hour, self.env._("Hands-on, an hour")),
            "overhead_percent": self._rate_figure(overhead_percent, self.env._("Overhead (%)"), most=500),
        }
        if not values["machine_hour"] and not values["hands_on_hour"]:
            raise UserError(self.env._("Say what an hour costs: of the machine, of somebody's work, or both."))
        self._write_rates(values)
        return True

    def _write_rates(self, values):
        """Said twice for one day, the later word counts."""
        own = self.sudo()
        own.lock_for_update(allow_referencing=True)
        same_day = own.rate_ids.filtered(lambda rate: rate.date_from == values["date_from"])
        if same_day:
            same_day.write(values)
        else:
            own.env["wcm.capability.rate"].create({**values, "capability_id": self.id})

    def _rates_day(self, value):
        today = fields.Date.context_today(self)
        if not value:
            return today
        try:
            day = fields.Date.to_date(value)
        except (TypeError, ValueError, OverflowError):
            day = None
        if not day or not today <= day <= today + FARTHEST:
            raise UserError(self.env._("“%(value)s” is no day from which rates can hold. Give today or a day in the next two years.", value=value))
        return day

    def _rate_figure(self, value, label, most=MOST):
        try:
            figure = float(value or 0)
        except (TypeError, ValueError, OverflowError):
            figure = -1.0
        if not 0 <= figure <= most:
            raise UserError(self.env._("“%(value)s” cannot be “%(label)s”. Give a number from 0 to %(most)s.", value=value, label=label, most=most))
        return round(figure, 2)

    def _rate_records_on(self, day):
        """{capability: its newest rates that begin by that day}"""
        found = self.env["wcm.capability.rate"].sudo().search([("capability_id", "in", self.ids), ("date_from", "<=", day)], order="date_from")
        by_id = {rate.capability_id.id: rate for rate in found}
        return {capability: by_id[capability.id] for capability in self if capability.id in by_id}

    def _rates_on(self, day, currency=None):
        """{capability: Rate}: what an hour costs in a plan and in an open-book price alike.

        :param currency: of the plan or order; that of the rates when it is left out
        """
        records = self._rate_records_on(day)
        factors = {own: self._conversion(own, currency, day) for own in self.currency_id}
        return {capability: capability._rate_by(records.get(capability), factors[capability.currency_id]) for capability in self}

    @api.model
    def _conversion(self, own, currency, day):
        if not currency or currency == own:
            return Decimal(1)
        return Decimal(str(self.env["res.currency"]._get_conversion_rate(own, currency, self.env.company, day)))

    def _rate_by(self, record, factor):
        """:param record: its rates in force, else the price of one clock hour stands"""
        if not record:
            return Rate(Decimal(str(self.cost_per_hour)) * factor)
        return Rate(Decimal(str(record.machine_hour)) * factor, Decimal(str(record.hands_on_hour)) * factor, Decimal(str(record.overhead_percent)))

    def _member(self):
        return self.facility_id.membership_ids.filtered(lambda member: member.state != "ended")
