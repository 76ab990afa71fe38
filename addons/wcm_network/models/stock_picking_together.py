from odoo import Command, models

from ..together import Together


class StockPicking(models.Model):
    """Manufacturing orders for the receipts of several purchase orders, made together."""

    _inherit = "stock.picking"

    def _subcontracted_produce(self, subcontract_details):
        together = Together.of(self.env)
        if together and together.to_produce is not None and all(move._awaits_first_production() for move, _bom in subcontract_details):
            together.to_produce.extend((self, move, bom) for move, bom in subcontract_details)
            return None
        return super()._subcontracted_produce(subcontract_details)

    def _produce_together(self, details):
        """As `_subcontracted_produce` for each receipt.

        :param details: (receipt, move, bill of materials)
        """
        groups = {}
        for detail in details:
            receipt, move, _bom = detail
            context = receipt._get_subcontract_mo_confirmation_ctx()
            plain = {name: value for name, value in context.items() if name != "po_to_notify"}
            groups.setdefault((move.company_id, tuple(plain.items())), []).append(detail)
        for (company, context), group in groups.items():
            orders = self.concat(*(receipt for receipt, _move, _bom in group)).move_ids.purchase_line_id.order_id
            self._produce_group(company, {**dict(context), "po_to_notify": orders}, group)

    def _produce_group(self, company, confirmation, group):
        values = [receipt._prepare_subcontract_mo_vals(move, bom) for receipt, move, bom in group]
        productions = self.env["mrp.production"].with_company(company)
        productions._number_together(values)
        productions = productions.create(values)
        productions.with_context(**confirmation).action_confirm()
        for production, (_receipt, move, _bom) in zip(productions, group, strict=True):
            production.date_finished = move.date
            finished = production.move_finished_ids.filtered(lambda one, move=move: one.product_id == move.product_id)
            finished.move_dest_ids = [Command.link(move.id)]
        productions.action_assign()
