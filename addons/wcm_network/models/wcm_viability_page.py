from decimal import Decimal

from odoo import api, models
from odoo.tools import format_amount, format_date

from ..pricing.break_even_chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, chart_of
from ..pricing.viability import PERCENTS
from .wcm_viability_records import RECORDS

# Figures by row of the table of the two years: (row, figure of the last twelve months, of the next).
ROWS = (("homes", "homes_last", "homes_next"), ("levy_home", "", "levy_home"), ("income", "income_last", "income_next"), ("cost", "cost_last", "cost_next"), ("surplus", "surplus_last", "surplus_next"))
MEASURED = {"homes_last", "income_last"}


class WcmViability(models.AbstractModel):
    """The page that a board reads: what it shows, in words and figures. Paper and spreadsheet say the same."""

    _inherit = "wcm.viability"

    @api.model
    @api.readonly
    def page(self, asked=None):
        """{choices, whose, headline, missing, figures, rows, reserve, costs, sensitivity, chart, meanings, currency_id}

        :param asked: {region: id (left out: the network), homes: a number to try}
        """
        region = self._whose(asked)
        choices = self._choices()
        if not region and not self._sees_all():
            return {"choices": choices, "whose": "", "headline": self.env._("You coordinate no region yet, so there are no books for you to see.")}
        return {"choices": choices, **self._told(region, self._what_if(asked))}

    def _told(self, region, homes):
        books = self._books(region, homes)
        return {
            "region_id": region.id, "whose": region.name or self.env._("The network"), "about": self._about(region), "is_what_if": homes is not None, "homes": books.homes_next,
            "currency_id": self.env.company.currency_id.id, "currency": self.env.company.currency_id.name, "periods": self._period_words(), "headline": self._headline(books), "missing": self._missing(books),
            "figures": self._figures(books, homes is not None), "rows": [{"code": code, "name": self._row_name(code), "last": last, "next": following} for code, last, following in ROWS],
            "costs": self._cost_rows(region), "sensitivity": self._sensitivity(books), "chart": self._chart(books), "chart_words": self._chart_words(books),
            "meanings": self._meanings(books), "by_homes": self._by_homes(books),
        }

    def _choices(self):
        regions = [{"id": region.id, "name": region.name} for region in self._own_regions()]
        return {"regions": regions, "network": self._sees_all()}

    def _about(self, region):
        """Whose money it is, where a reader may think otherwise."""
        if not region:
            own = self.sudo()._run_by_network().mapped("name")
            return self.env._("With the regions that the network runs itself: %s.", ", ".join(own)) if own else ""
        if region in self.sudo()._run_by_network():
            return self.env._("The network runs this region itself: these figures are part of the network's books too.")
        return self.env._("Run by %s: the region's own share of the levy and its own costs.", region.sudo().run_by_id.name)

    def _period_words(self):
        (start, end), (following, last) = self._periods()
        both = {"last": (start, end), "next": (following, last)}
        return {name: self.env._("%(first)s to %(last)s", first=format_date(self.env, first), last=format_date(self.env, until)) for name, (first, until) in both.items()}

    def _money(self, amount):
        """Whole pounds, as a board reads no pence; but for a few pounds."""
        currency, size = self.env.company.currency_id, abs(float(amount))
        number = f"{size:,.2f}" if size < 100 and round(size, 2) % 1 else f"{size:,.0f}"
        sign = "−" if amount < 0 and number.strip("0.") else ""
        return f"{sign}{currency.symbol}{number}" if currency.position == "before" else f"{sign}{number} {currency.symbol}"

    def _number(self, value, decimals=0):
        return f"{float(value):,.{decimals}f}"

    def _headline(self, books):
        """What a board asks first, in a sentence or two."""
        year = books.year
        if year is None:
            return self.env._("There is not enough to say yet whether the levy carries the cost.")
        least = year.break_even()
        homes = self.env._("One home a year brings") if books.homes_next == 1 else self.env._("%s homes a year bring", self._number(books.homes_next))
        values = {"homes": homes, "income": self._money(year.income), "cost": self._money(year.cost), "by": self._money(abs(year.surplus))}
        told = (
            self.env._("%(homes)s %(income)s of levy, against %(cost)s of running costs: %(by)s is left.", **values) if year.surplus >= 0
            else self.env._("%(homes)s %(income)s of levy, against %(cost)s of running costs: %(by)s is missing.", **values)
        )
        if least is None:
            return f"{told} {self.env._('It never breaks even: a home brings no more levy than it costs to run.')}"
        return f"{told} {self.env._('It breaks even at %s homes a year.', self._number(least))}"

    def _missing(self, books):
        """What somebody has to enter or wait for: [{words, code of the figure whose records are opened}]"""
        rows = (
            (not books.has_costs, "cost_next", self.env._("Enter what running it costs: people, premises, software, insurance, by the year, home or component.")),
            (books.reserve is None, "reserve", self.env._("Enter the reserve: what is put by, and on which day.")),
            (not books.levy_basis, "income_last", self.env._("No levy has been counted yet. It is, every night, once blocks are accepted on site.")),
            (not books.homes_next, "homes_next", self.env._("No home is planned for the next twelve months. Plan homes, or try a number of them below.")),
        )
        return [{"code": code, "words": words} for wanted, code, words in rows if wanted]

    def _figures(self, books, is_what_if):
        """{code: {value (None: not known), text, basis, opens, worked (in numbers, where it is)}}"""
        year = books.year
        values = {
            "homes_last": books.homes_done, "homes_next": books.homes_next, "levy_home": books.levy_home,
            "income_last": books.income_last, "income_next": None if books.levy_home is None else books.levy_home * books.homes_next,
            "cost_last": books.cost_last if books.has_costs else None, "cost_next": books.cost_next if books.has_costs else None,
            "surplus_last": books.surplus_last if books.has_costs else None, "surplus_next": year and year.surplus,
            "break_even": year and year.break_even(), "reserve": books.reserve, "months_of_reserve": books.months_of_reserve, "months_until_empty": books.months_until_empty,
        }
        found = {code: self._figure(code, value, books) for code, value in values.items()}
        found["homes_next"]["basis"] = self.env._("What if") if is_what_if else self.env._("Planned")
        for code, worked in self._worked(books, {code: figure["text"].lstrip("−") for code, figure in found.items()}).items():
            found[code]["worked"] = worked
        return found

    def _worked(self, books, text):
        """{figure: what it is worked out from, in numbers}"""
        year = books.year
        return {
            "income_next": f"{text['levy_home']} × {text['homes_next']}", "surplus_last": f"{text['income_last']} − {text['cost_last']}",
            "surplus_next": f"{text['income_next']} − {text['cost_next']}", "months_of_reserve": f"{text['reserve']} ÷ ({text['cost_next']} ÷ 12)",
            "months_until_empty": f"{text['reserve']} ÷ ({text['surplus_next']} ÷ 12)",
            "break_even": year and f"{self._money(year.costs.fixed)} ÷ ({self._money(year.levy)} − {self._money(year.cost_of_a_home)})",
        }

    def _figure(self, code, value, books):
        basis = self.env._("Measured") if code in MEASURED else self.env._("As entered") if code in ("cost_last", "surplus_last", "reserve") else self.env._("Estimate")
        return {"value": None if value is None else float(value), "text": self._text(code, value, books), "basis": basis, "opens": code in RECORDS}

    def _text(self, code, value, books):
        if value is None:
            return self._text_of_none(code, books)
        if code.startswith("homes") or code == "break_even":
            return self._number(value)
        return self.env._("%s months", self._number(value, 1)) if code.startswith("months") else self._money(value)

    def _text_of_none(self, code, books):
        if code == "break_even" and books.year is not None:
            return self.env._("Never")
        if code == "months_until_empty" and books.year is not None and books.reserve is not None:
            return self.env._("No shortfall")
        return self.env._("Not known")

    def _row_name(self, code):
        return {
            "homes": self.env._("Homes"), "levy_home": self.env._("Levy from one home"), "income": self.env._("Levy income"), "cost": self.env._("Running costs"), "surplus": self.env._("Left, or missing"),
        }[code]

    def _cost_rows(self, region):
        """Each cost as it counts in the next twelve months."""
        costs = self.env["wcm.running.cost"].search(self.sudo()._domain_costs(region))
        kinds, bases = (dict(costs._fields[name]._description_selection(self.env)) for name in ("kind", "basis"))
        return [
            {
                "id": cost.id, "name": cost.name, "kind": kinds[cost.kind], "amount": format_amount(self.env, cost.amount_now, cost.currency_id), "value": cost.amount_now,
                "currency": cost.currency_id.name, "basis": bases[cost.basis], "note": cost.note or "", "region": cost.region_id.name or "",
                "from": format_date(self.env, cost.date_from) or "", "to": format_date(self.env, cost.date_to) or "",
            }
            for cost in costs
        ]

    def _sensitivity(self, books):
        """A row for each percent: what is left, and the break-even, when homes, levy or cost alone change by it."""
        if books.year is None:
            return []
        table = books.year.sensitivity()
        return [
            {"percent": percent, "label": f"{percent:+d} %".replace("-", "−") if percent else "0 %", "cells": [self._cell(what, years[number]) for what, years in table.items()]}
            for number, percent in enumerate(PERCENTS)
        ]

    def _cell(self, what, year):
        least = year.break_even()
        return {
            "what": what, "surplus": float(year.surplus), "text": self._money(year.surplus), "break_even": least,
            "words": self.env._("never") if least is None else self.env._("at %s", self._number(least)),
        }

    def _by_homes(self, books):
        """[(homes a year, levy, cost, surplus)] at the marks of the picture."""
        if books.year is None:
            return []
        years = [books.year.with_homes(tick.value) for tick in chart_of(books.year).across]
        return [{"homes": int(year.homes), "income": float(year.income), "cost": float(year.cost), "surplus": float(year.surplus)} for year in years]

    def _chart(self, books):
        """The picture as SVG: one drawing for screen and paper."""
        if books.year is None:
            return ""
        chart = chart_of(books.year)
        return self.env["ir.qweb"]._render("wcm_network.viability_chart", {
            "chart": chart, "words": self._chart_words(books), "left": LEFT, "right": RIGHT, "top": TOP, "bottom": BOTTOM, "width": WIDTH, "height": HEIGHT,
            "least": books.year.break_even(), "homes": books.homes_next, "short": self._short_money,
        })

    def _short_money(self, amount):
        """For an axis: £30k."""
        symbol, value = self.env.company.currency_id.symbol, Decimal(amount)
        if value >= 1_000_000:
            return f"{symbol}{(value / 1_000_000).normalize():f}m"
        return f"{symbol}{(value / 1000).normalize():f}k" if value >= 1000 else f"{symbol}{value.normalize():f}"

    def _chart_words(self, books):
        """The picture in words."""
        year = books.year
        if year is None:
            return ""
        least = year.break_even()
        told = self.env._(
            "Levy income and running cost by homes a year. The cost begins at %(fixed)s without a home and rises by %(cost)s with each; the levy rises by %(levy)s with each.",
            fixed=self._money(year.costs.fixed), cost=self._money(year.cost_of_a_home), levy=self._money(year.levy),
        )
        end = self.env._("The lines never cross: there is no break-even.") if least is None else self.env._("They cross at %(least)s homes a year; counted on: %(homes)s.", least=least, homes=books.homes_next)
        return f"{told} {end}"

    def _meanings(self, books):
        """Each figure: what it is, and how it is worked out."""
        homes = {
            "homes": self.env._("The levy of all homes that are complete, by their number."),
            "blocks": self.env._("No home is complete yet: the levy of each accepted block so far, times the components of a home (%s).", self._number(books.components, 1)),
            "": self.env._("Not known before a block is accepted."),
        }[books.levy_basis]
        return [
            {"name": name, "definition": definition, "formula": formula}
            for name, definition, formula in (
                (self.env._("Homes"), self.env._("Last twelve months: homes whose last block came to the site in them. Next: homes that are not complete and whose first blocks are wanted by then, those that are late among them; one that has begun counts whole."), self.env._("Counted; demonstrations are no homes.")),
                (self.env._("Levy from one home"), self.env._("What is kept of the levy on a home, on average: the network's share, or the region's."), homes),
                (self.env._("Levy income"), self.env._("What was counted of the levy on accepted blocks, credits taken off; whether it is invoiced or paid yet is another matter."), self.env._("Next: levy from one home × homes.")),
                (self.env._("Running costs"), self.env._("As entered, or as Odoo's books posted them on the accounts that a cost names."), self.env._("Fixed costs, by the days on which they hold, + cost for each home × homes + cost for each component × components (%s in a home).", self._number(books.components, 1))),
                (self.env._("Left, or missing"), self.env._("What the levy leaves after the costs; grants and gifts are not in it."), self.env._("Levy income − running costs.")),
                (self.env._("Break-even"), self.env._("The fewest homes a year from which on the levy covers the costs."), self.env._("Fixed costs ÷ (levy from one home − cost of one home more), rounded up. Never, where a home brings no more than it costs.")),
                (self.env._("Months of reserve"), self.env._("How long the reserve would pay the running costs if nothing came in."), self.env._("Reserve ÷ (running costs of the next twelve months ÷ 12).")),
                (self.env._("Reserve lasts"), self.env._("How long the reserve would cover what is missing, if the next years are like the estimate."), self.env._("Reserve ÷ (what is missing in the next twelve months ÷ 12).")),
            )
        ]
