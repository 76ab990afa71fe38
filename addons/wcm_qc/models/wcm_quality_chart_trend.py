from odoo import api, fields, models
from odoo.tools import SQL, format_date

from .. import charts
from .wcm_quality_counts import FIRST


class WcmQualityChart(models.AbstractModel):
    """First-pass yield month by month."""

    _inherit = "wcm.quality.chart"

    @api.model
    def _monthly_yields(self, member, months):
        """[{month, parts, right, yield}] of the last calendar months, the present one last; yield is None where nothing was checked.

        A part counts in the month in which the last of its first checks was closed. Read with the rights of who asks.
        """
        first_day = fields.Date.subtract(fields.Date.start_of(fields.Date.context_today(self), "month"), months=months - 1)
        rows = self._rows(SQL(
            """WITH allowed AS (SELECT id FROM wcm_inspection WHERE id IN %(allowed)s), %(first)s,
            part AS (
                SELECT first.part_id, BOOL_AND(first.state = 'passed') AS is_right, DATE_TRUNC('month', MAX(closed_at))::date AS month
                FROM first JOIN wcm_inspection USING (id) GROUP BY first.part_id)
            SELECT month, COUNT(*) AS parts, COUNT(*) FILTER (WHERE is_right) AS right FROM part WHERE month >= %(since)s GROUP BY month""",
            allowed=self._inspections(self._question({"member": member})), first=FIRST, since=first_day,
        ))
        found = {row["month"]: row for row in rows}
        days = (fields.Date.add(first_day, months=number) for number in range(months))
        return [self._monthly_yield(day, found.get(day, {"parts": 0, "right": 0})) for day in days]

    @api.model
    def _monthly_yield(self, day, row):
        month = format_date(self.env, day, date_format="MMM yyyy")
        return {"month": month, "parts": row["parts"], "right": row["right"], "yield": charts.first_pass_yield(row["right"], row["parts"])}
