from odoo import fields, models
from odoo.tools import SQL

from ..scope import ZONE
from .wcm_job_report import FIGURES


class WcmJobShare(models.Model):
    """What of a member's report is each home's: by the standard minutes of the blocks that it made in that month.

    A query, not a table, and an estimate: nobody notes hours by home. Where no minutes are known, blocks count alike.
    A report of a month without a block is no home's.
    """

    _name = "wcm.job.share"
    _description = "Share of a report of jobs"
    _auto = False
    _order = "month desc, id desc"
    _rec_name = "report_id"
    _depends = {
        "wcm.build": ["grant_id", "region_id"],
        "wcm.job.report": ["membership_id", "month", *FIGURES],
        "wcm.part": ["build_id", "made_on", "membership_id", "work_order_id"],
        "wcm.process.requirement": ["bom_id", "minutes_per_unit"],
        "wcm.work.order": ["bom_id"],
    }

    report_id = fields.Many2one("wcm.job.report", readonly=True)
    month = fields.Date(readonly=True)
    membership_id = fields.Many2one("wcm.membership", "Member", readonly=True)
    organisation_type = fields.Selection(lambda self: self.env["wcm.facility"]._fields["organisation_type"]._description_selection(self.env), "Type of organisation", readonly=True)
    build_id = fields.Many2one("wcm.build", "Home", readonly=True)
    grant_id = fields.Many2one("wcm.grant", readonly=True)
    region_id = fields.Many2one("wcm.region", "Region of the home", readonly=True)
    share = fields.Float(readonly=True, aggregator=None, help="Of the report, 0 to 1.")
    paid_hours = fields.Float("Paid hours, estimated", readonly=True)
    people = fields.Float("People paid, estimated", readonly=True)
    apprentices = fields.Float("Apprentices, estimated", readonly=True)
    training_hours = fields.Float("Training hours, estimated", readonly=True)
    first_jobs = fields.Float("First jobs, estimated", readonly=True)
    living_wage_people = fields.Float("Paid the living wage, estimated", readonly=True)

    @property
    def _table_query(self):
        figures = SQL(", ").join(SQL("report.%(name)s * work.share AS %(name)s", name=SQL.identifier(name)) for name in FIGURES)
        return SQL(
            """
            SELECT report.id::bigint * 1000000 + work.build_id AS id, report.id AS report_id, report.month, report.membership_id, report.organisation_type,
                   work.build_id, build.grant_id, build.region_id, work.share, %(figures)s
              FROM wcm_job_report report
              JOIN (%(work)s) work ON work.membership_id = report.membership_id AND work.month = report.month
              JOIN wcm_build build ON build.id = work.build_id
            """,
            figures=figures, work=self._work_sql(),
        )

    def _work_sql(self):
        """The share of each home in what a member made in a month."""
        return SQL(
            """
            SELECT membership_id, month, build_id,
                   CASE WHEN SUM(SUM(minutes)) OVER of_month > 0 THEN SUM(minutes) / SUM(SUM(minutes)) OVER of_month
                        ELSE COUNT(*) / SUM(COUNT(*)) OVER of_month END AS share
              FROM (SELECT part.membership_id, part.build_id, COALESCE(each.minutes, 0) AS minutes,
                           DATE_TRUNC('month', part.made_on AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS month
                      FROM wcm_part part JOIN wcm_work_order wo ON wo.id = part.work_order_id
                      LEFT JOIN (SELECT bom_id, SUM(minutes_per_unit) AS minutes FROM wcm_process_requirement GROUP BY bom_id) each ON each.bom_id = wo.bom_id
                     WHERE part.made_on IS NOT NULL) made
             GROUP BY membership_id, month, build_id
            WINDOW of_month AS (PARTITION BY membership_id, month)
            """,
            zone=ZONE,
        )
