from odoo import models
from odoo.tools import SQL


class WcmBuildBlock(models.Model):
    _inherit = "wcm.build.block"
    _depends = {"wcm.part": ["quality_state"]}

    def _part_state_sql(self):
        """Made and passed, or accepted by concession: checked."""
        return SQL(
            "CASE WHEN part.state = 'made' AND part.quality_state IN ('passed', 'concession') THEN 'checked' ELSE %s END",
            super()._part_state_sql(),
        )
