from odoo import fields, models

from odoo.addons.wcm_network.member_record import Entry, Figure


class WcmMembership(models.Model):
    """Which of a member's work was right: what checks and nonconformities say."""

    _inherit = "wcm.membership"

    def _orders_right_first_time(self, orders):
        """Of which no block failed its first check at any stage, nor has a nonconformity for which the member stands.

        Blocks that are left out of first-pass yield after a contest speak against nothing.
        """
        left_out = orders.membership_id._left_out("first_pass")
        failed = self.env["wcm.inspection"].sudo().search([
            ("part_id.work_order_id", "in", orders.ids), ("part_id", "not in", left_out.ids), ("state", "=", "failed"), ("rework_nonconformity_id", "=", False),
        ]).part_id.work_order_id
        nonconforming = self.env["wcm.nonconformity"].sudo().search([
            ("part_ids.work_order_id", "in", orders.ids), ("state", "!=", "cancelled"), ("payer", "not in", ("network", "client")),
        ]).part_ids - left_out
        return orders - failed - nonconforming.work_order_id

    def _record_figures(self):
        first_pass = Figure(
            "first_pass", self.env._("First-pass yield"),
            self.env._("Blocks whose every first check passed, divided by all blocks that were checked. A check after rework is no first check; a check that was corrected counts as corrected. A block belongs to the period by the day on which the last of its first checks was closed."),
            "part_id", "share",
        )
        on_time, *others = super()._record_figures()
        return [on_time, first_pass, *others]

    def _record_entries_first_pass(self):
        moment = fields.Datetime.to_datetime(self._record_since())
        self.env.flush_all()  # the rows are a query
        checks = self.env["wcm.first.check"].sudo().search([("membership_id", "=", self.id), ("closed_at", ">=", moment)])
        return [Entry(check.part_id.id, check.closed_at.date(), bool(check.right_first_time)) for check in checks]

    def _entry_words(self, figure, entry):
        if figure.key != "first_pass":
            return super()._entry_words(figure, entry)
        return self.env._("Right first time") if entry.value else self.env._("Failed its first check")

    def _row_of(self, figure, record):
        if figure.key != "first_pass":
            return super()._row_of(figure, record)
        order = record.work_order_id
        return {"name": record.name, "detail": f"{order.name}, {order.component_code or order.component_name}", "model": "wcm.part", "record": record.id}

    def _record_use(self):
        return [
            self.env._("Offers and plans go by none of these figures, and nobody makes one score of them."),
            self.env._("On probation: orders that were on time and right first time speak for ending it (at least %s). A person decides.", self._orders_for_ending()),
            self.env._("First-pass yield is one of the four shares of the quality rating, whose formula stands on its own page (Quality). A plan may ask for a least rating, and so may a component; the plan then says whom it left out for it. A block that is left out here is left out there from the next night on."),
        ]
