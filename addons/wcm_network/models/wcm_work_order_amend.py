from odoo import api, fields, models
from odoo.exceptions import UserError

CHANGEABLE = ("accepted", "released", "in_production")


class WcmWorkOrder(models.Model):
    """Agreed work that changes: asked for here, carried out in wcm_work_order_amend_documents.py."""

    _inherit = "wcm.work.order"

    _guarded = frozenset({"change_ids"})
    _member_readable = frozenset({"change_ids", "pending_change_id", "pending_change_words", "pending_change_reason"})

    change_ids = fields.One2many("wcm.work.order.change", "work_order_id", "Changes", readonly=True)
    pending_change_id = fields.Many2one("wcm.work.order.change", "Change that waits", compute="_compute_pending_change_id")
    pending_change_words = fields.Text("What would change", compute="_compute_pending_change_words")
    pending_change_reason = fields.Char("Why it would change", compute="_compute_pending_change_words")

    @api.depends("change_ids.state")
    def _compute_pending_change_id(self):
        for order in self:
            order.pending_change_id = order.change_ids.filtered(lambda change: change.state == "proposed")[:1]

    @api.depends("change_ids.state")
    @api.depends_context("lang")
    def _compute_pending_change_words(self):
        for order in self:
            order.pending_change_words = order.pending_change_id.words
            order.pending_change_reason = order.pending_change_id.reason

    def action_propose_change(self, quantity=None, date_due=None, take_design=False, step="amend", reason=None):
        """Ask the member to agree to something else than was agreed; what is left out stays.

        :param date_due: YYYY-MM-DD
        :param take_design: go on with the design files as they are now
        :param step: amend, hold or cancel
        """
        self._check_coordinator()
        self.ensure_one()
        order = self.sudo()._lock_for_change()
        order._check_changeable()
        order._check_amendable(values := order._change_values(quantity, date_due, take_design, step))
        values["reason"] = order._required_text(reason, self.env._("Say why: the member reads it."))
        change = self.env["wcm.work.order.change"].sudo().create({**values, "work_order_id": order.id})
        order._notify_members(lambda orders: orders.env._("Please agree to a change"))
        return change.with_env(self.env)

    def _lock_for_change(self):
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset()
        return self

    def _check_changeable(self):
        self._check_state(*CHANGEABLE)
        self._check_member_works()
        if self.pending_change_id:
            raise UserError(self.env._("A change of %s waits for the member's answer already. Withdraw it first.", self.name))

    def _change_values(self, quantity, date_due, take_design, step):
        if step not in ("amend", "hold", "cancel"):
            raise UserError(self.env._("A change is other terms, a pause or a calling off."))
        values = {
            "step": step, "quantity_before": self.quantity, "date_before": self.date_due, "revision_before": self.design_revision,
            "quantity_after": self._whole_number(quantity, self.quantity),
            "date_after": self._date(date_due, self.date_due) if date_due != fields.Date.to_string(self.date_due) else self.date_due,
            "revision_after": self.product_id.design_revision if take_design else self.design_revision,
        }
        pairs = [(values[f"{name}_before"], values[f"{name}_after"]) for name in ("quantity", "date", "revision")]
        if step == "amend" and all(before == after for before, after in pairs):
            raise UserError(self.env._("Nothing would change. Say another quantity or date, or take the design files as they are now."))
        return values

    def _check_amendable(self, values):
        """What stands against it now; asked when it is proposed and again when it is agreed."""
        more = values["quantity_after"] - self.quantity
        if values["step"] != "amend" or not more:
            return
        if values["quantity_after"] < self._count_begun():
            raise UserError(self.env._("%(count)s blocks of %(order)s are made already, so it cannot be for fewer.", count=self._count_begun(), order=self.name))
        if self.is_first_piece or self.quantity_to_replace:
            raise UserError(self.env._("A first piece, and an order with scrapped blocks to decide on, keep their quantity."))
        if more > (open_quantity := max(0, self.build_line_id._quantity_not_placed())):
            raise UserError(self.env._("%(demand)s has %(open)s more to place, not %(more)s.", demand=self.build_line_id.display_name, open=open_quantity, more=more))

    def _count_begun(self):
        """Also what arrived and was scrapped on site: it was received and is paid."""
        alive = self.part_ids.filtered(lambda part: part.state not in ("to_make", "scrapped"))
        return len(alive | self._parts_that_arrived())
