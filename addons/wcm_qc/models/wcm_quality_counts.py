from odoo import api, models
from odoo.tools import SQL

from .. import charts

# The first check of a part at a stage: neither one after rework, nor one that was corrected, which `_inspections` leaves out.
FIRST = SQL("""first AS (
    SELECT DISTINCT ON (part_id, stage) id, part_id, stage, state FROM wcm_inspection
    WHERE rework_nonconformity_id IS NULL AND id IN (SELECT id FROM allowed) ORDER BY part_id, stage, id
)""")
PARETO = ("checkpoint", "title", "cause", "member")
# Bars that a screen holds; the rest is one bar.
MOST_BARS = 15


class WcmQualityChart(models.AbstractModel):
    """First-pass yield, defects per million, cost of poor quality, and what goes wrong most."""

    _inherit = "wcm.quality.chart"

    @api.model
    @api.readonly
    def counts(self, question):
        """{stages, parts, right, yield, defects, opportunities, per_million, cost}; a figure that nothing was counted for is None.

        Who may not see prices, as makers of a member, gets no cost: None.

        :param question: as of `control_chart`; what was measured is not asked for
        """
        self._check_reader()
        asked = self._question(question)
        return {**self._yields(asked), **self._defects(asked), "cost": self._poor_quality_cost(asked) if self._sees_prices() else None}

    @api.model
    @api.readonly
    def pareto(self, question, kind):
        """{total, bars: [{label, count, share, running}]}, the most frequent first.

        :param kind: checkpoint (failed results), or title, cause or member (nonconformities)
        """
        self._check_reader()
        asked = self._question(question)
        counted = self._failed_checkpoints(asked) if kind == "checkpoint" else self._nonconformity_counts(asked, kind)
        bars = charts.pareto(counted)
        values = [{"label": bar.key, "count": bar.count, "share": bar.share, "running": bar.running} for bar in bars[:MOST_BARS]]
        if len(bars) > MOST_BARS:
            rest = bars[MOST_BARS:]
            values.append({"label": self.env._("%s others", len(rest)), "count": sum(bar.count for bar in rest), "share": sum(bar.share for bar in rest), "running": 1})
        return {"total": sum(bar.count for bar in bars), "bars": values}

    @api.model
    def _yields(self, question):
        """Right at every first check, over parts that were checked; and the same for each stage."""
        rows = self._rows(SQL(
            """WITH allowed AS (SELECT id FROM wcm_inspection WHERE id IN %(allowed)s), %(first)s,
            part AS (SELECT part_id, BOOL_AND(state = 'passed') AS is_right FROM first GROUP BY part_id)
            SELECT stage, COUNT(*) AS checked, COUNT(*) FILTER (WHERE state = 'passed') AS right FROM first GROUP BY stage
            UNION ALL SELECT NULL, COUNT(*), COUNT(*) FILTER (WHERE is_right) FROM part""",
            allowed=self._inspections(question), first=FIRST,
        ))
        stages = {row["stage"]: row for row in rows}
        parts = stages.pop(None)
        labels = self.env["wcm.control.plan"]._fields["stage"]._description_selection(self.env)
        return {
            "parts": parts["checked"], "right": parts["right"], "yield": charts.first_pass_yield(parts["right"], parts["checked"]),
            "stages": [
                {"label": label, **{name: stages[stage][name] for name in ("checked", "right")}, "yield": charts.first_pass_yield(stages[stage]["right"], stages[stage]["checked"])}
                for stage, label in labels if stage in stages
            ],
        }

    @api.model
    def _defects(self, question):
        [row] = self._rows(SQL(
            """WITH allowed AS (SELECT id FROM wcm_inspection WHERE id IN %(allowed)s), %(first)s
            SELECT COUNT(*) FILTER (WHERE verdict = 'fail') AS defects, COUNT(*) AS opportunities
            FROM wcm_inspection_line WHERE verdict IN ('pass', 'fail') AND inspection_id IN (SELECT id FROM first)""",
            allowed=self._inspections(question), first=FIRST,
        ))
        return {**row, "per_million": charts.defects_per_million(row["defects"], row["opportunities"])}

    @api.model
    def _failed_checkpoints(self, question):
        rows = self._rows(SQL(
            """WITH allowed AS (SELECT id FROM wcm_inspection WHERE id IN %(allowed)s), %(first)s
            SELECT name, COUNT(*) AS count FROM wcm_inspection_line
            WHERE verdict = 'fail' AND inspection_id IN (SELECT id FROM first) GROUP BY name ORDER BY name""",
            allowed=self._inspections(question), first=FIRST,
        ))
        return {row["name"]: row["count"] for row in rows}

    @api.model
    def _nonconformity_counts(self, question, kind):
        field = {"title": "title", "cause": "cause_category", "member": "membership_id"}.get(kind, "title")
        rows = self._rows(SQL(
            "SELECT %(field)s AS key, COUNT(*) AS count FROM wcm_nonconformity WHERE id IN %(allowed)s GROUP BY 1 ORDER BY 2 DESC, 1",
            field=SQL.identifier(field), allowed=self._nonconformities(question),
        ))
        labels = self._nonconformity_labels(field, [row["key"] for row in rows])
        counted = {}
        for row in rows:
            label = labels.get(row["key"], row["key"]) or self.env._("Not said yet")
            counted[label] = counted.get(label, 0) + row["count"]
        return counted

    @api.model
    def _nonconformity_labels(self, field, keys):
        if field == "membership_id":
            return {record["id"]: record["name"] for record in self._named("wcm.membership", [key for key in keys if key])}
        definition = self.env["wcm.nonconformity"]._fields[field]
        return dict(definition._description_selection(self.env)) if definition.type == "selection" else {}

    @api.model
    def _nonconformities(self, question):
        """Those that the caller may read, of the question's member, machine and period: a sub-select."""
        domain = [("state", "!=", "cancelled"), *self._asked_for(question, "opened_on")]
        allowed = self.env["wcm.nonconformity"]._search(domain).subselect()
        if not question.machine:
            return allowed
        return SQL(
            """(SELECT rel.wcm_nonconformity_id FROM wcm_nonconformity_wcm_part_rel rel JOIN wcm_part_equipment_rel used ON used.part_id = rel.wcm_part_id
            WHERE rel.wcm_nonconformity_id IN %s AND used.equipment_id = %s)""", allowed, question.machine,
        )

    @api.model
    def _sees_prices(self):
        orders = self.env["wcm.work.order"]
        return orders.has_access("read") and orders._has_field_access(orders._fields["price_unit"], "read")

    @api.model
    def _poor_quality_cost(self, question):
        """[{kind, currency_id, blocks, priced, amount}]: scrapped blocks, and reworked ones that were not scrapped.

        Each block counts once, at the price that was agreed for it in its work order; amount is None where none has a
        price. Internal failure costs of the prevention, appraisal and failure model (BS 6143-2:1990), as far as there
        is a source: hours of checking, rework and transport are not recorded.
        """
        return self._rows(SQL(
            """WITH poor AS (
                SELECT part.id, part.work_order_id, CASE WHEN BOOL_OR(part.state = 'scrapped' AND decided.kind = 'scrap') THEN 'scrap' ELSE 'rework' END AS kind
                FROM wcm_disposition decided JOIN wcm_part part ON part.id = decided.part_id
                WHERE decided.nonconformity_id IN %s AND (part.state = 'scrapped' AND decided.kind = 'scrap' OR decided.reworked_by_id IS NOT NULL)
                GROUP BY part.id)
            SELECT poor.kind, job.currency_id, COUNT(*) AS blocks, COUNT(*) FILTER (WHERE job.price_unit > 0) AS priced,
                SUM(job.price_unit) FILTER (WHERE job.price_unit > 0) AS amount
            FROM poor JOIN wcm_work_order job ON job.id = poor.work_order_id GROUP BY poor.kind, job.currency_id ORDER BY poor.kind DESC""",
            self._nonconformities(question),
        ))
