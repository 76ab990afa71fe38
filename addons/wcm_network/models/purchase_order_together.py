from odoo import SUPERUSER_ID, Command, models

from ..together import Together


class PurchaseOrder(models.Model):
    """Purchase orders that are confirmed together: receipts, manufacturing orders and resupply of all in one go."""

    _inherit = "purchase.order"

    def _confirm_together(self):
        """As `button_confirm` on one after the other, with the same records in the end.

        Where a rule of replenishment orders more of a material by itself, what it orders depends on what each purchase
        order has taken before: there they are confirmed one after the other.
        """
        products = self.order_line.product_id | self.order_line.wcm_work_order_id.bom_id._materials()
        watched = self.env["stock.warehouse.orderpoint"].search([("product_id", "in", products.ids)])
        is_refilled = "auto" in watched.mapped("trigger")
        for orders in self if is_refilled else [self]:
            orders._confirm_at_once(Together(watched.product_id.ids))

    def _confirm_at_once(self, together):
        orders = self.with_context(**{Together.KEY: together})
        with together.gathering("to_receive") as confirmed:
            orders.button_confirm()
        orders.browse(confirmed)._create_picking()

    def _create_picking(self):
        together = Together.of(self.env)
        if not together:
            return super()._create_picking()
        if together.to_receive is not None:
            together.to_receive.extend(self.ids)
            return True
        fresh = self.filtered(lambda order: order._awaits_first_receipt())
        for orders in fresh.grouped("company_id").values():
            orders.with_company(orders.company_id)._create_receipts_together()
        return super(PurchaseOrder, self - fresh)._create_picking()

    def _awaits_first_receipt(self):
        return self.state == "purchase" and not self.picking_ids and "consu" in self.order_line.product_id.mapped("type")

    def _create_receipts_together(self):
        """What Odoo's `_create_picking` does for each order, a step at a time for all."""
        self._make_references()
        for types in self.picking_type_id:
            types.sequence_id._draw_together(len(self.filtered(lambda order, types=types: order.picking_type_id == types)))
        receipts = self.env["stock.picking"].with_user(SUPERUSER_ID).create([order._prepare_picking() for order in self])
        moves = self._create_receipt_moves(receipts)
        moves = moves.filtered(lambda move: move.state not in ("done", "cancel"))._action_confirm()
        self._number_moves(moves)
        moves._action_assign()
        (receipts | receipts._get_impacted_pickings(moves)).action_confirm()
        self._note_origin(receipts)

    def _make_references(self):
        self.env["stock.reference"].create([
            {**order._prepare_reference_vals(), "purchase_ids": [Command.link(order.id)]} for order in self.filtered(lambda order: not order.reference_ids)
        ])

    def _create_receipt_moves(self, receipts):
        return self.env["stock.move"].create([
            values
            for order, receipt in zip(self, receipts, strict=True)
            for line in order.order_line.filtered(lambda line: not line.display_type)
            for values in line._prepare_stock_moves(receipt)
        ])

    def _number_moves(self, moves):
        for of_receipt in moves.grouped("picking_id").values():
            for place, move in enumerate(sorted(of_receipt, key=lambda move: move.date), 1):
                move.sequence = 5 * place

    def _note_origin(self, receipts):
        for order, receipt in zip(self, receipts, strict=True):
            receipt.message_post_with_source(
                "mail.message_origin_link", render_values={"self": receipt, "origin": order}, subtype_xmlid="mail.mt_note"
            )
