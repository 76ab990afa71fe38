from odoo import fields, models
from odoo.tools import SQL

from .wcm_quality_counts import FIRST


class WcmFirstCheck(models.Model):
    """A block that was checked: whether every first check of it passed, and when the last of them was closed. A query, not a table.

    What a first check is, is said once, for the charts of quality.
    """

    _name = "wcm.first.check"
    _description = "First checks of a block"
    _auto = False
    _order = "closed_at desc, id desc"
    _rec_name = "part_id"
    _depends = {
        "wcm.build": ["grant_id", "region_id"],
        "wcm.inspection": ["closed_at", "part_id", "rework_nonconformity_id", "stage", "state"],
        "wcm.part": ["build_id", "membership_id", "product_id"],
    }

    part_id = fields.Many2one("wcm.part", "Block", readonly=True)
    product_id = fields.Many2one("product.product", "Component", readonly=True)
    membership_id = fields.Many2one("wcm.membership", "Maker", readonly=True)
    build_id = fields.Many2one("wcm.build", "Home", readonly=True)
    grant_id = fields.Many2one("wcm.grant", readonly=True)
    region_id = fields.Many2one("wcm.region", "Region of the home", readonly=True)
    closed_at = fields.Datetime("Closed on", readonly=True)
    right_first_time = fields.Integer(readonly=True, help="1: every first check passed.")

    @property
    def _table_query(self):
        return SQL(
            """
            WITH allowed AS (SELECT id FROM wcm_inspection WHERE part_id IS NOT NULL AND state IN ('passed', 'failed')), %(first)s
            SELECT part.id, part.id AS part_id, part.product_id, part.membership_id, part.build_id, build.grant_id, build.region_id,
                   MAX(inspection.closed_at) AS closed_at, MIN(CASE first.state WHEN 'passed' THEN 1 ELSE 0 END) AS right_first_time
              FROM first JOIN wcm_inspection inspection ON inspection.id = first.id
              JOIN wcm_part part ON part.id = first.part_id JOIN wcm_build build ON build.id = part.build_id
             GROUP BY part.id, build.id
            """,
            first=FIRST,
        )
