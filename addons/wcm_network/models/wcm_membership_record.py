from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import format_date

from .. import member_record
from ..member_record import Entry, Figure
from .wcm_offer_answer import COUNTED

PERIOD = relativedelta(months=12)
DELIVERED = ("received", "closed")


class WcmMembership(models.Model):
    """What is counted of a member's work over the last twelve months, with the records that were counted.

    No score: figures with their formula, which the member reads as the coordinator does. What was contested and
    upheld (`wcm.record.contest`) stays in the list and is left out of the count.
    """

    _inherit = "wcm.membership"

    def _record_since(self):
        return fields.Date.context_today(self) - PERIOD

    def _delivered_orders(self):
        """Of which all has arrived, and that were to be ready within the period."""
        return self.env["wcm.work.order"].sudo().search([("membership_id", "in", self.ids), ("state", "in", DELIVERED), ("date_due", ">=", self._record_since())])

    def _orders_on_time(self, orders):
        """Whose last block was made by the day that they were to be ready; scrapped blocks were made again, and that day counts."""
        domain = [("work_order_id", "in", orders.ids), ("state", "!=", "scrapped")]
        last = dict(self.env["wcm.part"].sudo()._read_group(domain, ["work_order_id"], ["made_on:max"]))
        return orders.filtered(lambda order: last.get(order) and last[order].date() <= order.date_due)

    def _record_figures(self):
        """Hook: what is counted, in the order in which it is shown."""
        return [
            Figure(
                "on_time", self.env._("Ready on time"),
                self.env._("Orders whose last block was made by the day they were to be ready, divided by all orders of which everything has arrived. Where a block was scrapped, the day of the new one counts. An order belongs to the period by the day it was to be ready."),
                "work_order_id", "share",
            ),
            Figure(
                "response", self.env._("Time to answer an offer"),
                self.env._("The middle one (median) of the clock hours from the offer to the answer, nights and weekends included: taken, declined or other terms asked for. An offer that ran out counts with all the time it waited; one that the network took back does not count. It belongs to the period by the day of the answer."),
                "offer_answer_id", "hours",
            ),
        ]

    def _record_entries_on_time(self):
        orders = self._delivered_orders()
        right = self._orders_on_time(orders)
        return [Entry(order.id, order.date_due, order in right) for order in orders]

    def _record_entries_response(self):
        moment = fields.Datetime.to_datetime(self._record_since())
        rows = self.env["wcm.offer.answer"].sudo().search([("membership_id", "=", self.id), ("answer", "in", COUNTED), ("answered_at", ">=", moment)])
        return [Entry(row.id, row.answered_at.date(), row.hours) for row in rows]

    def _record_entries(self, figure):
        self.ensure_one()
        return getattr(self, f"_record_entries_{figure.key}")()

    def _left_out(self, key):
        """The records that a coordinator agreed to leave out of a figure of these members."""
        link = next(figure.link for figure in self._record_figures() if figure.key == key)
        upheld = [("membership_id", "in", self.ids), ("figure", "=", key), ("state", "=", "upheld")]
        return self.env["wcm.record.contest"].sudo().search(upheld)[link]

    def _record_values(self):
        """{id, name, period, used, figures: [{key, name, formula, value, count, left_out, rows}]}"""
        return {
            "id": self.id, "name": self.name,
            "period": self.env._("%(since)s to %(today)s", since=format_date(self.env, self._record_since()), today=format_date(self.env, fields.Date.context_today(self))),
            "used": self._record_use(), "may_contest": self.env.user in self.sudo().user_ids,
            "figures": [self._figure_values(figure) for figure in self._record_figures()],
        }

    def _figure_values(self, figure):
        entries, left_out = self._record_entries(figure), set(self._left_out(figure.key).ids)
        counted = [entry for entry in entries if entry.record_id not in left_out]
        return {
            "key": figure.key, "name": figure.name, "formula": figure.formula, "rows": len(entries), "left_out": len(entries) - len(counted),
            "value": self._figure_words(figure, counted), "count": self._count_words(figure, counted),
        }

    def _figure_words(self, figure, counted):
        if not counted:
            return self.env._("Nothing to count yet")
        if figure.unit == "share":
            return f"{100 * member_record.share(counted):.0f} %"
        return self._hours_words(member_record.middle(counted))

    def _hours_words(self, hours):
        """Below an hour in minutes, below two days in hours, from then on in days."""
        if hours < 1:
            return self.env._("%s minutes", round(60 * hours))
        return self.env._("%s hours", f"{hours:.1f}") if hours < 48 else self.env._("%s days", f"{hours / 24:.1f}")

    def _count_words(self, figure, counted):
        if not counted:
            return ""
        if figure.unit == "share":
            return self.env._("%(right)s of %(all)s", right=sum(bool(entry.value) for entry in counted), all=len(counted))
        return self.env._("of %s answers", len(counted))

    def _record_use(self):
        """Hook: where a figure counts when work is given, one sentence each."""
        return [
            self.env._("No plan and no offer goes by these figures, and nobody makes one score of them."),
        ]

    def _record_figure(self, key):
        return next((figure for figure in self._record_figures() if figure.key == key), None)
