from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class WcmMembership(models.Model):
    """Who has anything to settle: asked of the database first, so that a member whose books are even costs nothing."""

    _inherit = "wcm.membership"

    has_to_settle = fields.Boolean("Has something to settle", compute="_compute_has_to_settle", search="_search_has_to_settle", compute_sudo=True, groups="wcm_network.group_coordinator", help="Blocks to bill, to credit or on hold after they were billed, levy on no invoice, or a bill that is late.")

    def _compute_has_to_settle(self):
        found = self._with_something_to_settle()
        for member in self:
            member.has_to_settle = member in found

    def _search_has_to_settle(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self.search([("work_order_ids.purchase_line_id", "!=", False)])
        return Domain("id", "in" if True in value else "not in", mine.sudo()._with_something_to_settle().ids)

    def _with_something_to_settle(self):
        orders = self._orders_perhaps_to_settle()._quantities_to_settle()
        found = self.browse([order.membership_id.id for order, quantities in orders.items() if any(quantities)])
        return self & (found | self._with_levy_to_invoice() | self._with_late_bills())

    def _orders_perhaps_to_settle(self):
        """Those where what is billed is not what was received, and those of which a block is held or scrapped.

        Of all others everything that was received is accepted and billed.
        """
        self.env.flush_all()
        rows = self.env.execute_query(SQL(
            """SELECT wo.id FROM wcm_work_order wo JOIN purchase_order_line line ON line.id = wo.purchase_line_id
                WHERE wo.membership_id = ANY(%(members)s) AND (
                      line.qty_received IS DISTINCT FROM line.qty_invoiced
                   OR EXISTS (SELECT 1 FROM wcm_part part WHERE part.work_order_id = wo.id AND (part.is_held OR part.state = 'scrapped')))""",
            members=self.ids,
        ))
        return self.env["wcm.work.order"].browse([row[0] for row in rows])

    def _with_levy_to_invoice(self):
        """Where a month comes to 0 there is nothing to invoice."""
        waiting = [("is_invoiced", "=", False), ("membership_id", "in", self.ids)]
        groups = self.env["wcm.levy.entry"]._read_group(waiting, ["membership_id", "currency_id", "company_id", "date:month"], ["levy:sum"])
        return self.browse([member.id for member, currency, _company, _month, levy in groups if not currency.is_zero(levy)])

    def _with_late_bills(self):
        overdue = self.env["wcm.bill"].search([("membership_id", "in", self.ids), ("is_overdue", "=", True)])
        return overdue.filtered("days_open_late").membership_id
