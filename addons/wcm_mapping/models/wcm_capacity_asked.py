from collections.abc import Set
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .wcm_capacity import WEEKS_PER_CAPABILITY
from .wcm_capacity_hours import FIRST_WEEK, LAST_WEEK

WEEK_ZERO = date(2000, 1, 3)
SHARED_FIELDS = {"facility_id", "process_id", "region_id"}


class WcmCapacity(models.Model):
    """Work out no more than a search asks for.

    The database cannot carry a condition on the result back into the working hours of a
    calendar. So the search says beforehand which weeks and whose calendars it can need; that may
    be more than it finds, never less.
    """

    _inherit = "wcm.capacity"

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        domain = Domain(domain).optimize_full(self)
        rule = Domain.TRUE if bypass_access else self._rule_domain()
        narrowed = self.with_context(
            capacity_weeks=self._weeks_within(domain),
            capacity_of=(self._capabilities_within(domain), self._capabilities_within(rule)),
        )
        return super(WcmCapacity, narrowed)._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _rule_domain(self):
        if self.env.su:
            return Domain.TRUE
        return self.env["ir.rule"]._compute_domain(self._name, "read").optimize_full(self.sudo())

    def _asked_condition(self):
        """On capabilities: what the asker looks for, and what the rules let through.

        Only `_search` puts domains into the context: what a client sends there is never one.
        """
        given = self.env.context.get("capacity_of") or ()
        domains = [domain for domain in given if isinstance(domain, Domain)]
        if len(domains) != 2:
            return SQL("TRUE")
        capabilities = self.env["wcm.capability"]
        queries = (
            capabilities._search(domains[0], active_test=False, bypass_access=True),
            capabilities.sudo()._search(domains[1], active_test=False),
        )
        conditions = [
            SQL("capability.id IN %s", query.subselect())
            for query, domain in zip(queries, domains, strict=True)
            if not domain.is_true()
        ]
        return SQL(" AND ").join(conditions or [SQL("TRUE")])

    @api.model
    def formatted_read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None):
        """The heat map asks for so many cells, space by space: spaces that are not shown are not worked out."""
        by_space = limit and list(groupby)[:1] == ["facility_id"] and len(groupby) == 2 and groupby[1].startswith("week_start")
        if not by_space or having or offset or order:
            return super().formatted_read_group(domain, groupby, aggregates, having, offset, limit, order)
        groups, start, count = [], 0, limit // self._week_count(domain) + 1
        while len(groups) < limit and (spaces := self._spaces_within(domain, start, count)):
            part = Domain.AND([domain, [("facility_id", "in", spaces.ids)]])
            groups += super().formatted_read_group(part, groupby, aggregates, limit=limit - len(groups))
            # Twice as far each time: where few spaces have what is asked for, there would be thousands of questions.
            start, count = start + count, 2 * count
        return groups

    def _week_count(self, domain):
        first, last = self._weeks_within(Domain(domain).optimize_full(self))
        return max(1, min((last - first).days // 7, LAST_WEEK - FIRST_WEEK))

    def _spaces_within(self, domain, offset, limit):
        """The next spaces in their order that may have hours; more than those that have, never fewer."""
        asked = self._capabilities_within(Domain(domain).optimize_full(self))
        spaces = self.env["wcm.facility"].sudo()
        own = self.env["wcm.capability"]._search(asked)
        return spaces.search([("capability_ids", "any", [("id", "in", own)]), ("status", "=", "active")], offset, limit)

    def _weeks_within(self, domain):
        """First and last Monday that the domain lets through, as far as it says so, or as the context has it."""
        bounds = self.env.context.get("capacity_weeks") or (date.min, date.max)
        first, last = (fields.Date.to_date(day) for day in bounds)
        for condition in domain.children if getattr(domain, "OPERATOR", "") == "&" else [domain]:
            lower, upper = self._bounds(condition)
            first, last = max(first, lower), min(last, upper)
        return first, last

    def _bounds(self, condition):
        name, operator, value = (getattr(condition, part, None) for part in ("field_expr", "operator", "value"))
        if name == "id" and operator == "in" and (ids := self._plain_ids(value)):
            weeks = [WEEK_ZERO + timedelta(weeks=row % WEEKS_PER_CAPABILITY) for row in ids]
            return min(weeks), max(weeks)
        if name != "week_start" or not value:
            return date.min, date.max
        if operator == "in" and isinstance(value, (Set, list, tuple)) and all(value):
            days = list(map(fields.Date.to_date, value))
            return min(days), max(days)
        day = operator in (">=", ">", "<=", "<") and fields.Date.to_date(value)
        return (day if operator in (">=", ">") else date.min, day if operator in ("<=", "<") else date.max)

    def _capabilities_within(self, domain):
        """The same condition on capabilities; what cannot be said of them is left out."""
        words = list(domain)
        if "!" in words or any(isinstance(word, Domain) for word in words):
            return Domain.TRUE
        return domain.map_conditions(self._capability_condition)

    def _capability_condition(self, condition):
        name, operator, value = condition.field_expr, condition.operator, condition.value
        if name.split(".")[0] in SHARED_FIELDS:
            return condition
        if name == "capability_id" and operator in ("in", "not in"):
            return Domain("id", operator, value)
        if name == "id" and operator == "in" and (ids := self._plain_ids(value)):
            return Domain("id", "in", {row // WEEKS_PER_CAPABILITY for row in ids})
        return Domain.TRUE

    def _plain_ids(self, value):
        """Ids that are named one by one; those of a subquery are not known."""
        return [row for row in value if isinstance(row, int)] if isinstance(value, (Set, list, tuple)) else []
