from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .wcm_capacity_asked import SHARED_FIELDS


class WcmCapacity(models.Model):
    """Totals of very many spaces, without a row for each of them in each week."""

    _inherit = "wcm.capacity"

    def _totals_by_process(self, domain, first_monday, last_monday):
        """{process: (free, offered)} in clock hours, over the weeks from one Monday to another.

        :param domain: on space, process or region: what it and the rules say of capabilities decides alone
        """
        self.check_access("read")
        domains = [Domain(domain).optimize_full(self), self._rule_domain()]
        if any(self._capabilities_within(said) != said for said in domains):
            raise ValueError(f"Expected conditions on {SHARED_FIELDS} alone.")
        self.env.flush_all()
        asked = self.with_context(capacity_weeks=(first_monday, last_monday), capacity_of=tuple(domains))
        rows = self.env.execute_query(asked._totals_query())
        return {self.env["wcm.process"].browse(process_id): (free, offered) for process_id, free, offered in rows}

    def _totals_query(self):
        """Capabilities with nothing of their own in any week are added up by calendar, the others week by week."""
        return SQL(
            """
            WITH %(ctes)s, %(uneven)s
            SELECT process_id, SUM(hours_free), SUM(hours_capacity)
              FROM (
                SELECT asked.process_id,
                       calendar.hours * asked.machine_count * asked.share_offered AS hours_free,
                       calendar.hours * asked.machine_count * asked.share_offered AS hours_capacity
                  FROM asked
                  JOIN (SELECT calendar_id, SUM(hours)::float AS hours FROM calendar_week GROUP BY calendar_id) AS calendar
                    ON calendar.calendar_id = asked.calendar_id
                 WHERE asked.id NOT IN (SELECT id FROM uneven)
             UNION ALL
                SELECT process_id, hours_free, hours_capacity
                  FROM (%(weekly)s) AS weekly
                 WHERE capability_id IN (SELECT id FROM uneven)
                   ) AS part
          GROUP BY process_id
            """,
            ctes=self._ctes(),
            uneven=self._uneven_cte(),
            weekly=self._select_query(),
        )

    def _uneven_cte(self):
        """Capabilities that are not the same in every week: see `_week_joins`."""
        return SQL(
            """uneven AS MATERIALIZED (
                SELECT capability_id AS id FROM downtime
                 UNION
                SELECT capability_id FROM load
                 UNION
                SELECT capability_id FROM wcm_capability_week WHERE week_start IN (SELECT week_start FROM week)
                 UNION
                SELECT asked.id
                  FROM asked
                  JOIN broken ON broken.facility_id = asked.facility_id AND broken.process_id = asked.process_id
            )"""
        )
