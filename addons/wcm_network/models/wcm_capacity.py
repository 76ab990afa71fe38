from odoo import models
from odoo.tools import SQL

# An offer keeps its hours free until it is answered: else they would be offered twice.
LOAD_STATES = ("offered", "countered", "accepted", "released", "in_production", "ready")


class WcmCapacity(models.Model):
    _inherit = "wcm.capacity"
    _depends = {
        "wcm.work.order": ["state", "membership_id", "bom_id", "quantity", "date_start", "date_due"],
        "wcm.membership": ["facility_id"],
        "wcm.process.requirement": ["bom_id", "process_id", "minutes_per_unit", "setup_minutes"],
    }

    def _load_query(self):
        """Clock hours of work orders, spread evenly over the weeks from start to due."""
        return SQL(
            """
            SELECT capability.id AS capability_id,
                   (first.monday + 7 * number)::date AS week_start,
                   (work_order.quantity * requirement.minutes_per_unit + requirement.setup_minutes)
                       / capability.minutes_per_hour / (weeks.last + 1) AS hours
              FROM wcm_work_order AS work_order
              JOIN wcm_membership AS membership ON membership.id = work_order.membership_id
              JOIN wcm_process_requirement AS requirement ON requirement.bom_id = work_order.bom_id
              JOIN asked ON asked.facility_id = membership.facility_id AND asked.process_id = requirement.process_id
              JOIN wcm_capability AS capability ON capability.id = asked.id
        CROSS JOIN LATERAL (
                SELECT date_trunc('week', LEAST(work_order.date_start, work_order.date_due)::timestamp)::date AS monday
                   ) AS first
        CROSS JOIN LATERAL (
                SELECT (date_trunc('week', work_order.date_due::timestamp)::date - first.monday) / 7 AS last
                   ) AS weeks
        CROSS JOIN LATERAL generate_series(0, weeks.last) AS number
             WHERE work_order.state IN %(states)s AND NOT work_order.id = ANY(%(without)s)
            """,
            states=LOAD_STATES,
            without=[int(number) for number in self.env.context.get("capacity_without_orders", ())],
        )
