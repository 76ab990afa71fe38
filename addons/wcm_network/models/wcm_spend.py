from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.wcm_mapping.geo import EARTH_RADIUS_KM

from ..scope import ZONE

BANDS = [
    ("5", "Up to 5 km"),
    ("20", "5 to 20 km"),
    ("50", "20 to 50 km"),
    ("beyond", "More than 50 km"),
    ("unknown", "Not on the map"),
]


class WcmSpend(models.Model):
    """What members' work cost, from Odoo's own documents: a row for each receipt, return, bill line and credit line.

    A query, not a table. What is received and what is billed are two ways to count the same money, so a sum is of one
    kind only. Amounts are without VAT, in the currency of the company, at the rate of the order or the bill.
    """

    _name = "wcm.spend"
    _description = "Spend on members' work"
    _auto = False
    _order = "date desc, id desc"
    _depends = {
        "account.move": ["invoice_date", "move_type"],
        "account.move.line": ["balance", "move_id", "parent_state", "purchase_line_id", "quantity"],
        "purchase.order": ["currency_rate"],
        "purchase.order.line": ["order_id", "price_subtotal", "product_id", "product_qty"],
        "stock.move": ["date", "location_dest_id", "location_id", "origin_returned_move_id", "product_id", "purchase_line_id", "quantity", "state", "to_refund"],
        "wcm.build": ["grant_id", "region_id"],
        "wcm.facility": ["latitude", "longitude"],
        "wcm.grant.spend": ["bill_line_id", "grant_id", "receipt_id"],
        "wcm.site": ["latitude", "location_id", "longitude"],
        "wcm.work.order": ["build_id", "facility_id", "membership_id", "organisation_type", "purchase_line_id", "region_id"],
    }

    kind = fields.Selection([("received", "Received"), ("billed", "Billed")], readonly=True)
    date = fields.Date(readonly=True, help="Day of the receipt, or of the bill.")
    quantity = fields.Float("Blocks", readonly=True)
    amount = fields.Monetary("Amount (without VAT)", readonly=True, help="Without VAT; returns and credits are below zero.")
    currency_id = fields.Many2one("res.currency", readonly=True)
    work_order_id = fields.Many2one("wcm.work.order", readonly=True)
    membership_id = fields.Many2one("wcm.membership", "Maker", readonly=True)
    organisation_type = fields.Selection(lambda self: self.env["wcm.facility"]._fields["organisation_type"]._description_selection(self.env), "Type of organisation", readonly=True)
    maker_region_id = fields.Many2one("wcm.region", "Region of the maker", readonly=True)
    build_id = fields.Many2one("wcm.build", "Home", readonly=True)
    grant_id = fields.Many2one("wcm.grant", readonly=True)
    region_id = fields.Many2one("wcm.region", "Region of the home", readonly=True)
    distance_km = fields.Float("From maker to site (km)", readonly=True, help="As the crow flies.")
    distance_band = fields.Selection(BANDS, "Distance of the maker", readonly=True)
    purchase_line_id = fields.Many2one("purchase.order.line", readonly=True)
    receipt_id = fields.Many2one("stock.move", readonly=True)
    bill_line_id = fields.Many2one("account.move.line", readonly=True)
    charged_to_id = fields.Many2one("wcm.grant", "Charged to", readonly=True, help="The grant that pays it, by its bill or its receipt.")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT paid.*, %(currency)s AS currency_id, wo.id AS work_order_id, wo.membership_id, wo.organisation_type, wo.region_id AS maker_region_id,
                   build.id AS build_id, build.grant_id, build.region_id, far.km AS distance_km,
                   CASE WHEN far.km IS NULL THEN 'unknown' WHEN far.km <= 5 THEN '5' WHEN far.km <= 20 THEN '20' WHEN far.km <= 50 THEN '50' ELSE 'beyond' END AS distance_band,
                   COALESCE(by_bill.grant_id, by_receipt.grant_id) AS charged_to_id
              FROM (%(received)s UNION ALL %(billed)s) paid
              JOIN wcm_work_order wo ON wo.purchase_line_id = paid.purchase_line_id
              JOIN wcm_build build ON build.id = wo.build_id
              JOIN wcm_site site ON site.id = build.site_id
              JOIN wcm_facility maker ON maker.id = wo.facility_id
              LEFT JOIN wcm_grant_spend by_bill ON by_bill.bill_line_id = paid.bill_line_id
              LEFT JOIN wcm_grant_spend by_receipt ON by_receipt.receipt_id = paid.receipt_id
              CROSS JOIN LATERAL (SELECT %(distance)s AS km) far
            """,
            currency=self.env.company.currency_id.id, received=self._received_sql(), billed=self._billed_sql(), distance=self._distance_sql(),
        )

    def _received_sql(self):
        """As Odoo counts what an order line has received: what comes to the site, less what goes back and is owed no more."""
        return SQL(
            """
            SELECT move.id::bigint * 2 AS id, 'received' AS kind, (move.date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS date,
                   way.sign * move.quantity AS quantity,
                   way.sign * move.quantity * line.price_subtotal / NULLIF(line.product_qty, 0) / COALESCE(NULLIF(po.currency_rate, 0), 1) AS amount,
                   line.id AS purchase_line_id, move.id AS receipt_id, NULL::int AS bill_line_id
              FROM stock_move move
              JOIN purchase_order_line line ON line.id = move.purchase_line_id AND line.product_id = move.product_id
              JOIN purchase_order po ON po.id = line.order_id
              JOIN wcm_work_order its ON its.purchase_line_id = line.id
              JOIN wcm_site at ON at.id = its.site_id
              LEFT JOIN stock_move before ON before.id = move.origin_returned_move_id
              CROSS JOIN LATERAL (SELECT CASE
                  WHEN move.location_dest_id = at.location_id AND (before.id IS NULL OR before.location_id != at.location_id OR before.to_refund) THEN 1
                  WHEN move.location_id = at.location_id AND (before.id IS NULL OR move.to_refund) THEN -1
                  ELSE 0 END AS sign) way
             WHERE move.state = 'done' AND way.sign != 0
            """,
            zone=ZONE,
        )

    def _billed_sql(self):
        return SQL(
            """
            SELECT item.id::bigint * 2 + 1 AS id, 'billed' AS kind, COALESCE(bill.invoice_date, bill.date) AS date,
                   CASE bill.move_type WHEN 'in_refund' THEN -item.quantity ELSE item.quantity END AS quantity, item.balance AS amount,
                   item.purchase_line_id, NULL::int AS receipt_id, item.id AS bill_line_id
              FROM account_move_line item JOIN account_move bill ON bill.id = item.move_id
             WHERE item.parent_state = 'posted' AND item.purchase_line_id IS NOT NULL AND bill.move_type IN ('in_invoice', 'in_refund')
            """
        )

    def _distance_sql(self):
        """Great circle in km; NULL where one of both has no place."""
        return SQL(
            """CASE WHEN (maker.latitude = 0 AND maker.longitude = 0) OR (site.latitude = 0 AND site.longitude = 0)
                      OR maker.latitude IS NULL OR site.latitude IS NULL THEN NULL
               ELSE 2 * %s * asin(least(1, sqrt(
                    sin(radians(site.latitude - maker.latitude) / 2) ^ 2
                    + cos(radians(maker.latitude)) * cos(radians(site.latitude)) * sin(radians(site.longitude - maker.longitude) / 2) ^ 2))) END""",
            EARTH_RADIUS_KM,
        )

    @api.depends("kind", "work_order_id")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for row in self:
            row.display_name = f"{row.work_order_id.name}: {labels.get(row.kind)}"

    def action_open_document(self):
        """The receipt or the bill."""
        self.check_access("read")
        row = self[:1]
        return (row.bill_line_id.move_id or row.receipt_id.picking_id)._get_records_action()

    def action_charge(self):
        """Of the list that a grant opened: ask for the budget line."""
        self.check_access("read")
        grant = self.env["wcm.grant"].browse(self.env.context.get("wcm_charge_to") or self.grant_id[:1].id).exists()
        if not grant:
            raise UserError(self.env._("None of these homes has a grant. Choose the grant on the home first."))
        grant.check_access("write")
        charge = self.env["wcm.grant.charge"]._of(self, grant)
        return {
            "type": "ir.actions.act_window", "name": self.env._("Charge to %s", grant.name), "res_model": charge._name, "res_id": charge.id,
            "views": [[False, "form"]], "target": "new",
        }
