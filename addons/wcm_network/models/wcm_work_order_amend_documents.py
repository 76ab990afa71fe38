from odoo import fields, models
from odoo.exceptions import UserError


class WcmWorkOrder(models.Model):
    """A change that was agreed, carried into the order, its parts and Odoo's own documents."""

    _inherit = "wcm.work.order"

    def _apply_change(self, change):
        """:param change: just agreed; the order is locked by the caller"""
        self.ensure_one()
        self._check_state("accepted", "released", "in_production")
        if change.step == "hold":
            self.action_hold(change.reason)
        elif change.step == "cancel":
            self._call_rest_off(change.reason)
        else:
            self._amend(change)

    def _amend(self, change):
        if change.quantity_after != change.quantity_before:
            self._check_quantity_is(change.quantity_before)
            self._lock_demand()._check_amendable(change)
            self._amend_quantity(change.quantity_after, change.reason)
        if change.date_after != change.date_before:
            self._amend_date(change.date_after)
        if change.revision_after != change.revision_before:
            self._amend_design(change.revision_after)

    def _check_quantity_is(self, before):
        if self.quantity != before:
            raise UserError(self.env._(
                "%(order)s is for %(now)s blocks by now, not for %(then)s. Ask your coordinator to propose the change again.",
                order=self.name, now=self.quantity, then=before,
            ))

    def _call_rest_off(self, reason):
        made = self._count_begun()
        if made:
            self._amend_quantity(made, reason)
        else:
            self.action_cancel(reason)

    def _amend_quantity(self, quantity, reason):
        self.build_line_id.allocation_version += 1
        more = quantity - self.quantity
        if not self.purchase_line_id:
            self.quantity = quantity
        elif more > 0:
            self._owe_more(more)
        elif more < 0:
            self.part_ids.filtered(lambda part: part.state == "to_make").sorted("name")[more:]._discard(reason)
            self._owe_fewer(-more)

    def _owe_more(self, quantity):
        """Receipts, manufacturing orders and sheets for so many more, each with a label."""
        self.quantity += quantity
        self.purchase_line_id.product_qty += quantity
        for move in self._open_receipts():
            self._match_production(move)
        self._issue_parts({self: quantity})
        self._sync_state_with_parts()

    def _match_production(self, move):
        """Odoo raises a receipt without the manufacturing order behind it, which asks for the sheets."""
        productions = move.move_orig_ids.production_id.filtered(lambda one: one.state not in ("done", "cancel"))
        missing = move.product_uom_qty - sum(productions.mapped("product_qty"))
        if productions and missing:
            self.env["change.production.qty"].create({"mo_id": productions[-1].id, "product_qty": productions[-1].product_qty + missing}).change_prod_qty()

    def _amend_date(self, date_due):
        self.write({"date_due": date_due, "date_start": min(self.date_start or date_due, date_due)})
        moment = fields.Datetime.to_datetime(date_due)
        if self.purchase_line_id:
            self.purchase_line_id.date_planned = moment
            self._open_receipts().date = moment

    def _amend_design(self, revision):
        if self.product_id.design_revision != revision:
            raise UserError(self.env._(
                "The design is at %(now)s by now, not at %(then)s. Ask your coordinator to propose the change again.",
                now=self.product_id.design_revision, then=revision,
            ))
        self.design_revision = revision
        if self.purchase_line_id:
            self._freeze_drawings()
            self.part_ids.filtered(lambda part: part.state == "to_make").design_revision = revision
