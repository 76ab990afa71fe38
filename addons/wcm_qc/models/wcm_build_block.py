from odoo import api, fields, models
from odoo.tools import SQL


class WcmBuildBlock(models.Model):
    _inherit = "wcm.build.block"
    _depends = {"wcm.part": ["quality_state"]}

    quality = fields.Selection(
        [
            ("not_made", "Not made"),
            ("not_inspected", "Not inspected"),
            ("to_check", "To check"),
            ("held", "Held"),
            ("nonconforming", "Nonconforming"),
            ("passed", "Passed"),
            ("sampled", "Accepted by sample"),
            ("concession", "Concession"),
            ("scrapped", "Scrapped"),
        ],
        readonly=True, help="Held: by a recall, or with its order; what waits for a check or a decision stands under that.",
    )

    def action_open_quality(self):
        """What keeps the block: its nonconformity, or the check to do; otherwise the block."""
        self.check_access("read")
        part = self[:1].part_id
        wrong = part._holding_nonconformities()[:1]
        check = part.inspection_ids.filtered(lambda one: one.state == "open")[:1]
        return (wrong or check)._get_records_action() if wrong or check else self.action_open()

    def _part_state_sql(self):
        """Made and passed, or accepted by concession: checked."""
        return SQL(
            "CASE WHEN part.state = 'made' AND part.quality_state IN ('passed', 'sampled', 'concession') THEN 'checked' ELSE %s END",
            super()._part_state_sql(),
        )

    @api.model
    def _in_their_order(self):
        return (*super()._in_their_order(), "quality")

    def _more_columns_sql(self):
        return SQL(
            """%s, CASE
                WHEN part.id IS NULL OR part.state = 'to_make' THEN 'not_made'
                WHEN part.state = 'scrapped' THEN 'scrapped'
                WHEN part.quality_state IN ('held', 'failed') THEN 'nonconforming'
                WHEN part.quality_state = 'to_check' THEN 'to_check'
                WHEN part.is_held OR wo.on_hold THEN 'held'
                WHEN part.quality_state IN ('passed', 'sampled', 'concession') THEN part.quality_state
                ELSE 'not_inspected' END AS quality""",
            super()._more_columns_sql(),
        )
