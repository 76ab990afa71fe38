import math

from odoo import fields, models
from odoo.exceptions import UserError

from ..papers import paper_told

BUYING_STATES = ("accepted", "released", "in_production", "ready")
MOST = 10_000


class WcmWorkOrder(models.Model):
    """Sheets that the member buys: recorded by it, received by Odoo at its place, and its own."""

    _inherit = "wcm.work.order"

    _guarded = frozenset({"sheet_purchase_ids"})
    _member_readable = frozenset({"sheet_purchase_ids", "sheets_to_buy"})

    sheet_purchase_ids = fields.One2many("wcm.sheet.purchase", "work_order_id", "Sheets bought", readonly=True)
    sheets_to_buy = fields.Json(
        "To buy", compute="_compute_sheets_to_buy", help="What the member buys for it: [{product, name, needed, bought, certificate: whether it is asked for}].",
    )

    def _compute_sheets_to_buy(self):
        for order in self:
            order.sheets_to_buy = order.sudo()._sheets_wanted() if order.material_by == "member" and order.state in BUYING_STATES else []

    def _sheets_wanted(self):
        bought = self.sheet_purchase_ids.grouped("product_id")
        return [
            {
                "product": product.id, "name": product.name, "needed": round(needed, 2),
                "bought": sum(one.quantity - one.quantity_back for one in bought.get(product, ())), "certificate": self.bom_id.needs_sheet_certificate,
            }
            for product, needed in self.bom_id._sheets_for(self.quantity).items()
        ]

    def action_record_sheets(self, product=None, quantity=None, lot_name=None, supplier=None, certificate=None):
        """Sheets that the member bought stand at its place from now on, as its own; blocks can be cut from them.

        :param product: id of the sheet; may be left out where the order takes one kind
        :param certificate: {name, data (base64)} of the supplier's paper, as PDF or picture
        """
        self._check_member_or_coordinator()
        self.ensure_one()
        order = self.sudo()
        order._check_may_buy()
        product = order._sheet_product(product)
        quantity = order._sheet_count(product, quantity)
        lot = order._lot_bought(product, order._required_text(lot_name, self.env._("Give the lot or batch number that is on the sheets or their delivery note.")))
        paper = paper_told(self.env, certificate)
        order._check_paper(lot, paper)
        order._buy(lot, quantity, {"supplier": supplier.strip()[:200] if isinstance(supplier, str) else False, **paper})
        return True

    def _check_may_buy(self):
        self._check_member_works()
        if self.material_by != "member":
            raise UserError(self.env._("The hub sends the sheets of %s. Ask your coordinator if you are to buy them.", self.name))
        self._check_state(*BUYING_STATES)

    def _sheet_product(self, product):
        sheets = self.env["product.product"].union(*self.bom_id._sheets_for(self.quantity))
        chosen = sheets if not product and len(sheets) == 1 else sheets.filtered(lambda sheet: str(sheet.id) == str(product))
        if not chosen:
            raise UserError(self.env._("Say which of these sheets you bought: %s.", ", ".join(sheets.mapped("name"))))
        return chosen

    def _sheet_count(self, product, quantity):
        try:
            count = float(quantity)
        except (TypeError, ValueError):
            count = math.nan
        count = product.uom_id.round(count) if 0 < count <= MOST else 0
        if not count:
            raise UserError(self.env._("Say how many sheets: a number above 0, and at most %s.", MOST))
        return count

    def _lot_bought(self, product, name):
        """The same batch may have been sold to others too: it is one lot, whoever has sheets of it."""
        name = " ".join(name.replace("\0", "").split()).upper()[:64]
        company = self.site_id.picking_type_id.company_id
        known = self.env["stock.lot"].search([("product_id", "=", product.id), ("name", "=", name), ("company_id", "in", (False, company.id))], limit=1)
        return known or self.env["stock.lot"].create({"name": name, "product_id": product.id, "company_id": company.id})

    def _check_paper(self, lot, paper):
        """Asked for once for each lot that a member buys."""
        if not self.bom_id.needs_sheet_certificate or paper:
            return
        known = [("membership_id", "=", self.membership_id.id), ("lot_id", "=", lot.id), ("certificate_name", "!=", False)]
        if not self.env["wcm.sheet.purchase"].search_count(known, limit=1):
            raise UserError(self.env._("This component asks for the supplier's certificate of its sheets. Add it as a PDF or a photo."))

    def _buy(self, lot, quantity, values):
        picking = self._receive_bought(lot, quantity)
        self.env["wcm.sheet.purchase"].create({
            "work_order_id": self.id, "product_id": lot.product_id.id, "lot_id": lot.id, "quantity": quantity,
            "picking_id": picking.id, "bought_on": self.env["wcm.part.event"]._doing().time, **values,
        })

    def _receive_bought(self, lot, quantity):
        """Odoo's receipt of what belongs to somebody else: it raises no stock value, and pays for nothing."""
        warehouse, owner = self.site_id.picking_type_id.warehouse_id, self._sheet_owner()
        source, place = self.env.ref("stock.stock_location_suppliers"), self._subcontract_location()
        ways = {"location_id": source.id, "location_dest_id": place.id}
        picking = self.env["stock.picking"].create({
            "picking_type_id": warehouse.in_type_id.id, "partner_id": owner.id, "owner_id": owner.id, "origin": self.name, **ways,
            "move_ids": [fields.Command.create({
                "product_id": lot.product_id.id, "product_uom_qty": quantity, "product_uom": lot.product_id.uom_id.id, "restrict_partner_id": owner.id, **ways,
            })],
        })
        picking.action_confirm()
        picking.move_ids._take_sheets_of(lot, quantity)
        picking._validate_receipts()
        return picking
