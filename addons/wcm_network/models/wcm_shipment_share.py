from odoo import fields, models
from odoo.tools import SQL


class WcmShipmentShare(models.Model):
    """What of a shipment's way is each home's: its share of the blocks on board. A query, not a table."""

    _name = "wcm.shipment.share"
    _description = "Share of a shipment"
    _auto = False
    _order = "date_dispatched desc, id desc"
    _rec_name = "shipment_id"
    _depends = {
        "wcm.build": ["grant_id", "region_id"],
        "wcm.part": ["build_id", "shipment_id"],
        "wcm.shipment": ["date_dispatched", "distance_km", "kgco2e", "membership_id", "region_id", "state"],
    }

    shipment_id = fields.Many2one("wcm.shipment", readonly=True)
    date_dispatched = fields.Datetime("Dispatched on", readonly=True)
    membership_id = fields.Many2one("wcm.membership", "Maker", readonly=True)
    maker_region_id = fields.Many2one("wcm.region", "Region of the maker", readonly=True)
    build_id = fields.Many2one("wcm.build", "Home", readonly=True)
    grant_id = fields.Many2one("wcm.grant", readonly=True)
    region_id = fields.Many2one("wcm.region", "Region of the home", readonly=True)
    blocks = fields.Integer(readonly=True)
    distance_km = fields.Float("Distance by road, estimated (km)", readonly=True)
    kgco2e = fields.Float("Transport carbon, estimated (kgCO2e)", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT MIN(part.id) AS id, part.shipment_id, sent.date_dispatched, sent.membership_id, sent.region_id AS maker_region_id,
                   part.build_id, build.grant_id, build.region_id, COUNT(*)::int AS blocks,
                   COUNT(*) * sent.distance_km / board.blocks AS distance_km, COUNT(*) * sent.kgco2e / board.blocks AS kgco2e
              FROM wcm_part part
              JOIN wcm_shipment sent ON sent.id = part.shipment_id AND sent.state IN ('dispatched', 'received')
              JOIN wcm_build build ON build.id = part.build_id
              JOIN (SELECT shipment_id, COUNT(*) AS blocks FROM wcm_part GROUP BY shipment_id) board ON board.shipment_id = sent.id
             GROUP BY part.shipment_id, part.build_id, sent.id, build.id, board.blocks
            """
        )
