from odoo import fields, models
from odoo.tools import SQL


class WcmSheetUse(models.Model):
    """Which sheets went into which block, as its maker recorded it. A query, not a table.

    Embodied carbon is sheets times the factor of their kind that held on the day; nothing where no factor is stated.
    """

    _name = "wcm.sheet.use"
    _description = "Sheets in a block"
    _auto = False
    _order = "made_on desc, id desc"
    _rec_name = "part_id"
    _depends = {
        "product.product": ["product_tmpl_id", "weight"],
        "stock.lot": ["product_id"],
        "wcm.build": ["grant_id", "region_id"],
        "wcm.carbon.factor": ["active", "kind", "per", "product_tmpl_id", "valid_from", "value"],
        "wcm.part": ["build_id", "made_on", "membership_id", "sheet_usage", "state"],
    }

    part_id = fields.Many2one("wcm.part", "Block", readonly=True)
    lot_id = fields.Many2one("stock.lot", "Lot of sheets", readonly=True)
    product_id = fields.Many2one("product.product", "Sheet", readonly=True)
    made_on = fields.Datetime("Cut on", readonly=True)
    membership_id = fields.Many2one("wcm.membership", "Maker", readonly=True)
    build_id = fields.Many2one("wcm.build", "Home", readonly=True)
    grant_id = fields.Many2one("wcm.grant", readonly=True)
    region_id = fields.Many2one("wcm.region", "Region of the home", readonly=True)
    is_wasted = fields.Boolean("In a scrapped block", readonly=True)
    sheets = fields.Float(readonly=True)
    sheets_good = fields.Float("Sheets in good blocks", readonly=True)
    kgco2e = fields.Float("Embodied carbon, estimated (kgCO2e)", readonly=True)
    has_factor = fields.Boolean("Carbon factor known", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT part.id::bigint * 1000 + used.place AS id, part.id AS part_id, lot.id AS lot_id, lot.product_id, cut.at AS made_on, part.membership_id,
                   part.build_id, build.grant_id, build.region_id, part.state = 'scrapped' AS is_wasted, used.sheets::float AS sheets,
                   CASE part.state WHEN 'scrapped' THEN 0 ELSE used.sheets::float END AS sheets_good,
                   used.sheets::float * factor.value * CASE factor.per WHEN 'kg' THEN COALESCE(product.weight, 0) ELSE 1 END AS kgco2e,
                   factor.value IS NOT NULL AND (factor.per != 'kg' OR COALESCE(product.weight, 0) > 0) AS has_factor
              FROM wcm_part part
              JOIN wcm_build build ON build.id = part.build_id
              CROSS JOIN LATERAL jsonb_each_text(part.sheet_usage) WITH ORDINALITY AS used(lot_id, sheets, place)
              JOIN stock_lot lot ON lot.id = used.lot_id::int
              JOIN product_product product ON product.id = lot.product_id
              CROSS JOIN LATERAL (SELECT COALESCE(part.made_on, part.write_date) AS at) cut
              LEFT JOIN LATERAL (
                  SELECT value, per FROM wcm_carbon_factor
                   WHERE active AND kind = 'material' AND product_tmpl_id = product.product_tmpl_id AND valid_from <= cut.at
                   ORDER BY valid_from DESC, id DESC LIMIT 1) factor ON TRUE
             WHERE jsonb_typeof(part.sheet_usage) = 'object'
            """
        )
