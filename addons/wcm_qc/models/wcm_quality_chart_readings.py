from odoo import api, models
from odoo.tools import SQL

# As many points as a screen can show; older ones of a longer period are said to be left out.
MOST_READINGS = 1000
# Each version of a control plan with the first one of them.
FAMILIES = SQL("""family AS (
    SELECT id, id AS root FROM wcm_control_plan WHERE previous_id IS NULL
    UNION ALL SELECT plan.id, family.root FROM wcm_control_plan plan JOIN family ON plan.previous_id = family.id
)""")
# Where plans of several processes are checked together, each result says which of them asked for it.
ASKED_BY = SQL("COALESCE(line.plan_id, inspection.plan_id)")
# What was typed, all readings of it: a checkpoint failed by hand before the last one is no group of readings.
MEASURED = SQL("line.kind = 'measurement' AND jsonb_array_length(line.measured_values) = line.reading_count")


class WcmQualityChart(models.AbstractModel):
    """Readings out of closed inspections. A characteristic is a checkpoint's name in all versions of a control plan."""

    _inherit = "wcm.quality.chart"

    @api.model
    def _characteristics(self):
        """What the caller may see readings of, by the plans' own checkpoints."""
        rows = self._rows(SQL(
            """WITH RECURSIVE %(families)s
            SELECT family.root AS plan, checkpoint.name AS checkpoint, MAX(plan.name) AS plan_name, MAX(plan.stage) AS stage
            FROM wcm_checkpoint checkpoint JOIN family ON family.id = checkpoint.plan_id JOIN wcm_control_plan plan ON plan.id = checkpoint.plan_id
            WHERE checkpoint.kind = 'measurement' AND EXISTS (
                SELECT FROM wcm_inspection inspection JOIN wcm_inspection_line line ON line.inspection_id = inspection.id
                WHERE %(asked_by)s = checkpoint.plan_id AND line.name = checkpoint.name AND %(measured)s AND inspection.id IN %(allowed)s)
            GROUP BY family.root, checkpoint.name ORDER BY plan_name, checkpoint.name""",
            families=FAMILIES, measured=MEASURED, asked_by=ASKED_BY, allowed=self._inspections(self._question({})),
        ))
        stages = dict(self.env["wcm.control.plan"]._fields["stage"]._description_selection(self.env))
        return [
            {"plan": row["plan"], "checkpoint": row["checkpoint"], "label": f"{row['plan_name']}, {stages[row['stage']].lower()}: {row['checkpoint']}"}
            for row in rows
        ]

    @api.model
    def _member_ids(self):
        allowed = self._inspections(self._question({}))
        rows = self._rows(SQL("SELECT DISTINCT membership_id AS id FROM wcm_inspection WHERE id IN %s", allowed))
        return [row["id"] for row in rows if row["id"]]

    @api.model
    def _machine_ids(self, question):
        """Machines of one member: of all members they would be a list that nobody reads."""
        if not question.member:
            return []
        return [row["id"] for row in self._rows(SQL(
            """SELECT DISTINCT rel.equipment_id AS id FROM wcm_part_equipment_rel rel
            JOIN wcm_inspection inspection ON inspection.part_id = rel.part_id WHERE inspection.id IN %s""",
            self._inspections(question),
        ))]

    @api.model
    def _targets(self, question):
        """What was to be measured, the newest first: another nominal, unit or number of readings begins a chart of its own."""
        return self._rows(SQL(
            """SELECT line.nominal, line.unit, line.reading_count AS size, SUM(line.reading_count) AS count, MAX(inspection.closed_at) AS newest %s
            GROUP BY line.nominal, line.unit, line.reading_count ORDER BY newest DESC, MAX(line.id) DESC""",
            self._readings_source(question),
        ))

    @api.model
    def _readings(self, question, target):
        """The newest readings to one target, in the order in which they were closed and, within a check, taken."""
        rows = self._rows(SQL(
            """SELECT line.id, line.measured_values, line.nominal, line.tolerance_minus, line.tolerance_plus, line.inspection_id, inspection.closed_at, part.name AS part,
                inspection.membership_id, inspection.name AS inspection
            %(source)s AND line.nominal = %(nominal)s AND line.unit IS NOT DISTINCT FROM %(unit)s AND line.reading_count = %(size)s
            ORDER BY inspection.closed_at DESC, line.id DESC LIMIT %(most)s""",
            source=self._readings_source(question),
            nominal=target["nominal"], unit=target["unit"], size=target["size"], most=MOST_READINGS // target["size"],
        ))
        return [{**row, "value": value} for row in reversed(rows) for value in row["measured_values"]]

    @api.model
    def _readings_source(self, question):
        """Which inspections of the plan may be seen is found once, before their results are looked for: else it is asked again for each result."""
        versions = SQL("(WITH RECURSIVE %s SELECT id FROM family WHERE root = (SELECT root FROM family WHERE id = %s))", FAMILIES, question.plan)
        return SQL(
            """FROM wcm_inspection inspection JOIN wcm_inspection_line line ON line.inspection_id = inspection.id
            JOIN wcm_part part ON part.id = inspection.part_id
            WHERE line.name = %(checkpoint)s AND %(measured)s AND %(asked_by)s IN %(versions)s AND inspection.id IN (
                WITH allowed AS MATERIALIZED (
                    SELECT id FROM wcm_inspection WHERE id IN %(allowed)s AND (
                        plan_id IN %(versions)s OR id IN (SELECT inspection_id FROM wcm_inspection_line WHERE plan_id IN %(versions)s)))
                SELECT id FROM allowed)""",
            checkpoint=question.checkpoint, measured=MEASURED, asked_by=ASKED_BY, allowed=self._inspections(question), versions=versions,
        )

    @api.model
    def _rows(self, query):
        self._flush()
        self.env.cr.execute(query)
        return self.env.cr.dictfetchall()

    @api.model
    def _flush(self):
        """What is still in memory reaches the database first."""
        for model in ("wcm.inspection", "wcm.inspection.line", "wcm.part", "wcm.control.plan", "wcm.checkpoint", "wcm.nonconformity", "wcm.disposition", "wcm.work.order"):
            self.env[model].flush_model()
