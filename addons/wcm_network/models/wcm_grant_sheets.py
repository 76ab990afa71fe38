from odoo import models
from odoo.tools import SQL

from odoo.addons.wcm_mapping.writers import Chart, Column, Table

# Rows that a chart can show and still be read.
MOST_BARS = 12


class WcmGrant(models.Model):
    """The tables of a funder's spreadsheet that hold figures and money: the same figures as on the screen, from the same methods."""

    _inherit = "wcm.grant"

    def _table_figures(self, scope):
        """Summary, outputs, outcomes, and what each figure is."""
        indicators = self.env["wcm.indicator"].search([("category", "!=", False)])
        figures = {indicator: indicator._figure(scope) for indicator in indicators}
        return [
            self._table_summary(figures, scope),
            self._table_split("Outputs", self.env._("Outputs: what was done"), indicators.filtered(lambda each: each.category not in ("c_jobs", "h_social")), scope),
            self._table_split("Outcomes", self.env._("Outcomes: what came of it"), indicators.filtered(lambda each: each.category in ("c_jobs", "h_social")), scope),
            self._table_definitions(indicators),
        ]

    def _table_summary(self, figures, scope):
        targets = {target.indicator_id: target for target in self.target_ids}
        return Table(
            "Summary", self.env._("Summary against targets"),
            self.env._("One row for each indicator. Where the grant has a target for it, how much of that is reached."),
            (
                Column("Indicator", self.env._("What is counted; its definition stands on the sheet Indicators"), width=36),
                Column("About", self.env._("What it belongs to"), width=24),
                Column("Figure", self.env._("Of the period; of a share, 0 to 1. [c] where it is of fewer than three members"), kind="reading"),
                Column("Unit", self.env._("What it is counted in"), width=16),
                Column("Basis", self.env._("Measured or estimated"), width=12),
                Column("When", self.env._("In the period, or as it stands on the day of counting"), width=16),
                Column("Target", self.env._("What the grant promised, in the same unit"), kind="reading"),
                Column("Reached", self.env._("Figure over target"), unit="share", kind="percent"),
                Column("Target in words", self.env._("In the funder's words"), width=40),
            ),
            [self._summary_row(indicator, figure, targets.get(indicator), scope) for indicator, figure in figures.items()],
        )

    def _summary_row(self, indicator, figure, target, scope):
        reached = figure.value / target.target if target and figure.value is not None else None
        return (
            indicator.name, self._label(indicator, "category"), self._shown_figure(figure.value, figure.withheld), indicator.unit, self._basis_label(indicator, scope),
            self.env._("as it stands") if indicator.is_snapshot else self.env._("in the period"), target.target if target else None, reached, target.words if target else None,
        )

    def _shown_figure(self, value, withheld):
        """As many decimals as it has, without those of binary arithmetic."""
        return "[c]" if withheld else value if value is None else round(value, 6)

    def _basis_label(self, indicator, scope):
        return dict(indicator._fields["basis"]._description_selection(self.env))[indicator._basis_in(scope)]

    def _table_split(self, name, title, indicators, scope):
        return Table(
            name, title, self.env._("One row for each part of each figure that can be split."),
            (
                Column("Indicator", self.env._("What is counted"), width=36),
                Column("Split by", self.env._("By what it is split"), width=24),
                Column("Part", self.env._("Which part of it the row is"), width=34),
                Column("Figure", self.env._("Of this part; [c] where it is of fewer than three members"), kind="reading"),
                Column("Unit", self.env._("What it is counted in"), width=16),
                Column("Basis", self.env._("Measured or estimated"), width=12),
            ),
            [
                (indicator.name, group["title"], row["label"], self._shown_figure(row["value"], row["withheld"]), indicator.unit, self._basis_label(indicator, scope))
                for indicator in indicators
                for group in indicator._groups(scope)
                for row in group["rows"]
            ],
        )

    def _table_definitions(self, indicators):
        return Table(
            "Indicators", self.env._("What each indicator is"), self.env._("One row for each indicator: what it means, how it is counted and from which records."),
            (
                Column("Indicator", self.env._("What is counted"), width=36), Column("Definition", self.env._("What it means"), width=60),
                Column("Formula", self.env._("How it is counted, in words"), width=60), Column("Source", self.env._("The records behind it"), width=30),
            ),
            [(indicator.name, indicator.definition, indicator.formula, indicator.source) for indicator in indicators],
        )

    def _table_budget(self, scope):
        charged = dict(self.env["wcm.grant.spend"]._read_group(self._charged(scope), ["budget_line_id"], ["amount:sum"]))
        return Table(
            "Budget", self.env._("Budget lines and what was charged to them"), self.env._("One row for each budget line of the grant, without VAT."),
            (
                Column("Budget line", self.env._("What the money is for"), width=34),
                Column("Restricted", self.env._("Whether it may be spent on this only"), width=12),
                Column("Budget", self.env._("What the funder gave for it"), unit=self.currency_id.name, kind="money", total=True),
                Column("Charged in the period", self.env._("Bills and receipts of the period"), unit=self.currency_id.name, kind="money", total=True),
                Column("Charged in all", self.env._("Bills and receipts so far"), unit=self.currency_id.name, kind="money", total=True),
                Column("Left", self.env._("Budget less charged in all"), unit=self.currency_id.name, kind="money", total=True),
                Column("Agreed on overspend", self.env._("Why more is charged than the line has"), width=40),
            ),
            [
                (
                    line.name, self.env._("yes") if line.is_restricted else self.env._("no"), line.amount, charged.get(line, 0.0), line.amount_spent, line.amount_left,
                    line.overspend_reason if line.is_overspent else None,
                )
                for line in self.budget_line_ids
            ],
        )

    def _charged(self, scope):
        return self.env["wcm.indicator"]._source_spend_charged(scope).domain

    def _table_spend(self, scope):
        return Table(
            "Spend", self.env._("Spend charged to the grant"),
            self.env._("One row for each bill line, credit or receipt that the grant pays, without VAT. Each is charged once. The documents are shown to an auditor on request."),
            (
                Column("Date", self.env._("Of the bill or the receipt"), kind="date", width=14),
                Column("Document", self.env._("Number of the bill or the receipt in the books"), width=24),
                Column("Kind", self.env._("Billed or received"), width=12),
                Column("Budget line", self.env._("What it is charged to"), width=30),
                Column("Home", self.env._("The home that it was for"), width=30),
                Column("Region", self.env._("Region of the home"), width=18),
                Column("Organisation", self.env._("Type of organisation of the maker"), width=24),
                Column("Amount", self.env._("Without VAT; credits and returns are below zero"), unit=self.currency_id.name, kind="money", total=True),
                Column("Evidence", self.env._("References of the files that are kept as evidence"), width=24),
            ),
            self._spend_rows(scope),
        )

    def _spend_rows(self, scope):
        """Straight from the database: a programme has a hundred thousand of them."""
        spends = self.env["wcm.grant.spend"]
        query = spends._search(self._charged(scope), order="date, id")
        names = ("date", "document", "way", "budget_line_id", "build_id", "region_id", "organisation_type", "amount", "id")
        rows = self.env.execute_query(query.select(*(spends._field_to_sql(spends._table, name, query) for name in names)))
        evidence = self._evidence_references(query)
        lines, builds, regions = (self._names_of(model) for model in ("wcm.grant.budget.line", "wcm.build", "wcm.region"))
        types = dict(spends._fields["organisation_type"]._description_selection(self.env))
        ways = {1: self.env._("billed"), 2: self.env._("received")}
        return [
            (day, document, ways[way], lines.get(line), builds.get(build), regions.get(region), types.get(kind), float(amount or 0), evidence.get(spend))
            for day, document, way, line, build, region, kind, amount, spend in rows
        ]

    def _names_of(self, model):
        """{id: name} of the grant's lines and homes, and of regions."""
        mine = [("grant_id", "=", self.id)] if "grant_id" in self.env[model]._fields else []
        if model == "wcm.build":
            mine = [("id", "in", self.env["wcm.grant.spend"]._search([("grant_id", "=", self.id), ("build_id", "!=", False)]).subselect("build_id"))]
        records = self.env[model].with_context(active_test=False).search_fetch(mine, ["name"])
        return {record.id: record.name for record in records}

    def _evidence_references(self, query):
        rows = self.env.execute_query(SQL(
            "SELECT spend_id, string_agg('EV-' || attachment_id, ', ' ORDER BY attachment_id) FROM wcm_grant_spend_evidence_rel WHERE spend_id IN %s GROUP BY spend_id",
            query.subselect(),
        ))
        return dict(rows)

    def _workbook_charts(self, tables):
        """Pictures of outputs, where there are bars to show."""
        by_name = {table.name: table for table in tables}
        charts = []
        for code, field, title in (("spend_received", "distance_band", self.env._("Spend by distance of the maker")), ("spend_received", "organisation_type", self.env._("Spend by type of organisation"))):
            indicator = self.env["wcm.indicator"].search([("code", "=", code)])
            label = indicator._field_at("wcm.spend", field)._description_string(self.env)
            charts += self._chart_of(by_name["Outputs"], indicator.name, label, title)
        if any(row[2] for row in by_name["Budget"].rows):
            last = min(len(by_name["Budget"].rows), MOST_BARS) - 1
            charts.append(Chart(self.env._("Left of each budget line"), self.env._("A bar for each budget line: what is left of it."), "Budget", "Budget line", "Left", (0, last)))
        return tuple(charts)

    def _chart_of(self, table, indicator, split, title):
        """A bar for each row of one split, whose rows stand together."""
        found = [number for number, row in enumerate(table.rows) if row[:2] == (indicator, split) and not isinstance(row[3], str)]
        if not found or found[-1] - found[0] + 1 != len(found):
            return []
        words = "; ".join(f"{table.rows[number][2]} {table.rows[number][3]:,.2f}" for number in found)
        return [Chart(title, self.env._("A bar for each part, in %(unit)s: %(bars)s.", unit=table.rows[found[0]][4], bars=words), "Outputs", "Part", "Figure", (found[0], found[-1]))]

    def _workbook_notes(self, scope):
        """What a reader must know: figures that nobody measured say so."""
        orders = self.env["wcm.work.order"].search(scope.homes("build_id"))
        notes = [
            ("[c]", self.env._("Withheld: of fewer than three members, so that it would tell of one of them.")),
            (self.env._("Estimated"), self.env._("Worked out by a stated factor or share, and measured by nobody. Every figure says which it is.")),
            (self.env._("People"), self.env._("Nobody is named in this file. Evidence is kept for seven years after the end of the grant and shown to an auditor on request.")),
        ]
        if any(orders.bom_id.requirement_ids.mapped("is_illustrative")) or any(orders.facility_id.mapped("is_illustrative")):
            notes.insert(0, (self.env._("Illustrative"), self.env._("Minutes per block, rates and members behind some of these figures are illustrative: they come from no published source.")))
        return tuple(notes)
