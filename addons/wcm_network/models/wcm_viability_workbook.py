from odoo import fields, models

from odoo.addons.wcm_mapping.writers import Chart, Column, Table, Workbook


class WcmViability(models.AbstractModel):
    """The page as a spreadsheet and as paper."""

    _inherit = "wcm.viability"

    def _workbook(self, region, homes=None):
        """:param homes: instead of those that are planned"""
        told = self._told(region, homes)
        title = self.env._("Viability: %s", told["whose"])
        tables = [self._table_summary(told), self._table_costs(told), self._table_sensitivity(told), self._table_by_homes(told), self._table_meanings(told)]
        words = self.env._("Of %(day)s. %(headline)s %(about)s", day=fields.Date.context_today(self), headline=told["headline"], about=told["about"])
        return Workbook(title, words.strip(), tables, notes=self._notes(told), charts=self._charts(told))

    def _notes(self, told):
        tried = (self.env._("What if"), self.env._("The homes of the next twelve months are a number that somebody tried."))
        return (
            (self.env._("Estimate"), self.env._("Worked out from the levy so far, the homes that are planned and the costs that were entered. Nobody has measured it.")),
            (self.env._("Last twelve months"), told["periods"]["last"]), (self.env._("Next twelve months"), told["periods"]["next"]),
            *([tried] if told["is_what_if"] else []), *((self.env._("Missing"), row["words"]) for row in told["missing"]),
        )

    def _table_summary(self, told):
        names = {row["last"]: (row["name"], self.env._("last twelve months")) for row in told["rows"] if row["last"]}
        names |= {row["next"]: (row["name"], self.env._("next twelve months")) for row in told["rows"]}
        names |= {
            "break_even": (self.env._("Break-even, homes a year"), self.env._("next twelve months")), "reserve": (self.env._("Reserve"), self.env._("latest")),
            "months_of_reserve": (self.env._("Months of reserve"), self.env._("next twelve months")), "months_until_empty": (self.env._("Reserve lasts, months"), self.env._("next twelve months")),
        }
        rows = [(*names[code], *self._summary_figure(code, figure, told), figure["basis"]) for code, figure in told["figures"].items()]
        return Table(
            "Summary", self.env._("The books in figures"), self.env._("One row for each figure."),
            (
                Column("Figure", self.env._("What it is; see the sheet Meanings"), width=30), Column("When", self.env._("Which twelve months"), width=22),
                Column("Value", self.env._("In the unit beside it"), kind="reading"), Column("Unit", self.env._("What it is counted in"), width=12),
                Column("In words", self.env._("As on the screen"), width=20), Column("Basis", self.env._("Measured, as entered, planned, or an estimate"), width=14),
            ),
            rows,
        )

    def _summary_figure(self, code, figure, told):
        """(value, unit, words)"""
        unit = self.env._("homes") if code.startswith("homes") or code == "break_even" else self.env._("months") if code.startswith("months") else told["currency"]
        return None if figure["value"] is None else round(figure["value"], 2), unit, figure["text"]

    def _table_costs(self, told):
        return Table(
            "Running_costs", self.env._("Running costs"), self.env._("One row for each cost, as entered or read from the books."),
            (
                Column("What for", self.env._("What is paid"), width=34), Column("How it comes", self.env._("A year, for each home or each component"), width=20),
                Column("Amount", self.env._("That counts, in the currency beside it"), kind="money"), Column("Currency", self.env._("Of the amount"), width=10),
                Column("Basis", self.env._("Typed, or from the books"), width=16), Column("Region", self.env._("Whose cost; the network's own has none"), width=20),
                Column("From", self.env._("First day"), width=14), Column("To", self.env._("Last day"), width=14), Column("Source", self.env._("Where the figure comes from"), width=50),
            ),
            [(row["name"], row["kind"], row["value"], row["currency"], row["basis"], row["region"], row["from"], row["to"], row["note"]) for row in told["costs"]],
        )

    def _table_sensitivity(self, told):
        names = {"homes": self.env._("Homes"), "levy": self.env._("Levy from one home"), "cost": self.env._("Running costs")}
        rows = [
            (names[cell["what"]], row["percent"] / 100, round(cell["surplus"], 2), cell["break_even"] if cell["break_even"] is not None else self.env._("never"))
            for row in told["sensitivity"] for cell in row["cells"]
        ]
        return Table(
            "Sensitivity", self.env._("What changes it"), self.env._("One row for each change of one thing, all else as it is estimated."),
            (
                Column("Changed", self.env._("What is more or less than estimated"), width=24), Column("By", self.env._("Share by which it is more or less"), kind="percent"),
                Column("Left, or missing", self.env._("In the next twelve months"), unit=told["currency"], kind="money"), Column("Break-even", self.env._("Homes a year"), unit=self.env._("homes"), kind="whole"),
            ),
            rows,
        )

    def _table_by_homes(self, told):
        return Table(
            "By_homes", self.env._("Levy and cost by homes a year"), self.env._("One row for each number of homes a year."),
            (
                Column("Homes a year", self.env._("As many"), unit=self.env._("homes"), kind="whole"), Column("Levy income", self.env._("Levy from one home times homes"), unit=told["currency"], kind="money"),
                Column("Running costs", self.env._("Fixed, and with each home"), unit=told["currency"], kind="money"), Column("Left, or missing", self.env._("Levy less cost"), unit=told["currency"], kind="money"),
            ),
            [(row["homes"], *(round(row[name], 2) for name in ("income", "cost", "surplus"))) for row in told["by_homes"]],
        )

    def _table_meanings(self, told):
        return Table(
            "Meanings", self.env._("What each figure is"), self.env._("One row for each figure."),
            (Column("Figure", self.env._("Its name"), width=24), Column("Definition", self.env._("What it means"), width=70), Column("Formula", self.env._("How it is worked out"), width=70)),
            [(row["name"], row["definition"], row["formula"]) for row in told["meanings"]],
        )

    def _charts(self, told):
        if not told["by_homes"]:
            return ()
        last = len(told["by_homes"]) - 1
        return (Chart(self.env._("Left, or missing, by homes a year"), told["chart_words"], "By_homes", "Homes a year", "Left, or missing", (0, last), "column"),)

    def _paper(self, region, homes=None):
        """The page as PDF."""
        report = self.env["ir.actions.report"].sudo().with_context(force_report_rendering=True)  # Odoo answers with HTML while tests run
        data = {**self._told(region, homes), "today": fields.Date.context_today(self)}
        return report._render_qweb_pdf("wcm_network.report_viability", [self.env.company.id], data={"told": data})[0]
