from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date


class WcmWorkOrder(models.Model):
    """A member on probation is given no more than the settings say, whoever offers and however much it asks for."""

    _inherit = "wcm.work.order"

    def action_offer(self):
        result = super().action_offer()
        self.sudo()._check_probation()
        return result

    def _accept(self, terms):
        super()._accept(terms)
        self._check_probation()

    def _check_probation(self):
        orders = self.filtered(lambda order: order.membership_id.state == "probation")
        if orders:
            orders._check_probation_share()
            orders._check_probation_hours()

    def _check_probation_share(self):
        share = self.membership_id._probation_share()
        has = self.membership_id._blocks_of(self.build_line_id) if share < 1 else {}
        for (member, line), quantity in has.items():
            most = line._probation_quantity(share)
            if quantity > most and self.filtered(lambda order, member=member, line=line: (order.membership_id, order.build_line_id) == (member, line)):
                raise UserError(self.env._(
                    "%(member)s is on probation: at most %(most)s of the %(all)s %(component)s of %(build)s, and with this it would have %(quantity)s.",
                    member=member.name, most=most, all=line.quantity, component=line.product_id.default_code or line.product_id.name, build=line.build_id.name, quantity=quantity,
                ))

    def _check_probation_hours(self):
        """In every week of these orders, for each process."""
        limit = self.membership_id._probation_hours()
        if not limit:
            return
        self.env.flush_all()
        days = [day for order in self for day in (order.date_start or order.date_due, order.date_due)]
        capabilities = self.membership_id.facility_id.capability_ids
        too_much = self.env["wcm.capacity"].sudo().search(
            [("capability_id", "in", capabilities.ids), ("week_start", ">=", self._monday(min(days))), ("week_start", "<=", max(days)), ("hours_load", ">", limit + 0.01)], limit=1,
        )
        if too_much:
            raise UserError(self.env._(
                "%(member)s is on probation: at most %(limit)g hours of %(process)s a week, and in the week of %(week)s it would have %(hours).1f.",
                member=too_much.capability_id.facility_id.name, limit=limit, process=too_much.capability_id.process_id.name,
                week=format_date(self.env, too_much.week_start), hours=too_much.hours_load,
            ))

    def _monday(self, day):
        return day - timedelta(days=day.weekday())
