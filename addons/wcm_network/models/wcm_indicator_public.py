from collections import defaultdict
from datetime import date

from odoo import api, fields, models
from odoo.tools import date_utils, ormcache

from ..disclosure import told_in_parts
from ..scope import Scope
from .wcm_build_line import PLACED_STATES

# Money is told to the nearest so many of the currency.
MONEY_STEP = 100
# Sources whose members are those that make for the homes.
OF_HOMES = {"wcm.build": "id", "wcm.build.block": "build_id"}


class WcmIndicator(models.Model):
    """The figures that everybody may read: those that a manager chose, of whole quarters, of three members or more.

    Up to which quarter each may be told says `disclosure.py`. They are counted once a day; the day and the quarter stand
    beside them.
    """

    _inherit = "wcm.indicator"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """What a manager takes off the public page is off it at once."""
        result = super().write(vals)
        if not {"is_public", "active"}.isdisjoint(vals):
            self.env.registry.clear_cache()
        return result

    @api.model
    def _public_page(self, region):
        """{counted_on, figures: [{code, name, value, status, until, …}]} of a region, or of all.

        Status: shown, few (too few members stand behind it) or unknown.
        """
        today = fields.Date.context_today(self.with_context(tz="Europe/London"))
        counted = self._public_counts(today)
        indicators = self.sudo().search([("is_public", "=", True), ("category", "!=", False)])
        return {"counted_on": today, "figures": [each._public_look(counted.get(each.id, {}).get(region.id)) for each in indicators]}

    def _public_look(self, counted):
        """:param counted: (value, last day), or nothing where it may not be told"""
        value, until = counted or (None, None)
        bases = dict(self._fields["basis"]._description_selection(self.env))
        categories = dict(self._fields["category"]._description_selection(self.env))
        return {
            "code": self.code, "name": self.name, "category": categories[self.category], "unit": self.unit, "kind": self.kind, "value": value, "until": until,
            "status": "few" if not counted else "unknown" if value is None else "shown", "as_it_stands": self.is_snapshot,
            "definition": self.definition, "formula": self.formula, "basis": bases[self.basis], "step": MONEY_STEP if self.kind == "money" else None,
        }

    @api.model
    @ormcache("today")
    def _public_counts(self, today):
        """{indicator: {region, or False for all: (value, last day)}} of what may be told."""
        ends = self._public_quarters(today)
        indicators = self.sudo().search([("is_public", "=", True), ("category", "!=", False)])
        return {indicator.id: indicator._public_homes(today) or indicator._public_count([today] if indicator.is_snapshot else ends) for indicator in indicators}

    def _public_homes(self, today):
        """Homes stand where everybody sees them: how many there are tells of no member's work. Nothing for other figures."""
        if self.kind != "whole" or self._source(Scope()).model != "wcm.build":
            return {}
        return {region: (self._public_value(region, today), today) for region in (False, *self.env["wcm.region"].sudo().search([]).ids)}

    @api.model
    def _public_quarters(self, today):
        """Last days of the quarters that are over, from the first home on."""
        first = self.env["wcm.build"].sudo().search([], order="create_date, id", limit=1).create_date
        start = date_utils.start_of(min(first.date() if first else today, self._public_begin() or today), "quarter")
        ends = []
        while (end := date_utils.end_of(start, "quarter")) < today:
            ends.append(end)
            start = date_utils.add(end, days=1)
        return ends

    @api.model
    def _public_begin(self):
        """The first day on which a block was made, or spend received: both may be older than their records here."""
        days = [self.env["wcm.part"].sudo()._read_group([], [], ["made_on:min"])[0][0], self.env["wcm.spend"].sudo()._read_group([], [], ["date:min"])[0][0]]
        return min((day if type(day) is date else day.date() for day in days if day), default=None)

    def _public_count(self, ends):
        """{region, or False for all: (value, last day)}"""
        whole, parts = [], defaultdict(lambda: [set() for _end in ends])
        for number, scope in enumerate(self._public_periods(ends)):
            pairs = self._public_members(scope)
            whole.append({member for member, _region in pairs})
            for member, region in pairs:
                parts[region or "none"][number].add(member)
        of_all, of_regions = told_in_parts(whole, dict(parts))
        numbers = {False: of_all, **{region: number for region, number in of_regions.items() if region != "none"}}
        return {region: (self._public_value(region, ends[number - 1]), ends[number - 1]) for region, number in numbers.items() if number}

    def _public_periods(self, ends):
        """Everything up to the first end belongs to the first period."""
        if self.is_snapshot:
            return [Scope()]
        starts = [None, *(date_utils.add(end, days=1) for end in ends)]
        return [Scope(start=start, end=end) for start, end in zip(starts, ends, strict=False)]

    def _public_members(self, scope):
        """{(member, region)} behind the figure of a period; nobody where it is not known whose the records are."""
        source = self._source(scope)
        model = self.env[source.model].sudo()
        if source.model == "wcm.membership":
            return {(member.id, member.region_id.id) for member in model.search(source.domain)}
        if source.model in OF_HOMES:
            homes = model._search(source.domain).subselect(OF_HOMES[source.model])
            model, domain, region = self.env["wcm.work.order"].sudo(), [("build_id", "in", homes), ("state", "in", PLACED_STATES)], "build_id.region_id"
        elif "membership_id" in model._fields:
            domain, region = source.domain, "region_id" if "region_id" in model._fields else "build_id.region_id"
        else:
            return set()
        return {(member.id, place.id) for member, place in model._read_group(domain, ["membership_id", region])}

    def _public_value(self, region, end):
        figure = self._figure(Scope(region_ids=(region,) if region else None, end=None if self.is_snapshot else end))
        return round(figure.value / MONEY_STEP) * MONEY_STEP if self.kind == "money" and figure.value is not None else figure.value
