from collections import Counter
from dataclasses import dataclass

from odoo import api, fields, models

from odoo.addons.wcm_mapping.writers import Column, Table, Workbook

KINDS = {"monetary": "money", "integer": "whole", "selection": "text"}
COLUMNS = ("Figure", "Unit")  # beside the scenarios


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that says its format itself: rows of one column differ."""

    value: float | None
    kind: str


class FigureBook(Workbook):
    """A workbook with a scenario in each column."""

    def _cell(self, kind, value):
        if isinstance(value, Figure):
            kind, value = value.kind, value.value
        return super()._cell(kind, value)


class WcmPlanCompare(models.TransientModel):
    """The comparison as a spreadsheet."""

    _inherit = "wcm.plan.compare"

    def action_download_workbook(self):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/network/plan-compare/{self.id}/workbook.xlsx", "target": "self"}

    def _workbook(self):
        """As bytes; read with the rights of whoever asks."""
        self.ensure_one()
        plans = self.plan_ids.sorted("id")
        plans.check_access("read")
        names = self._scenario_names(plans)
        return FigureBook(
            title=self.env._("Plans side by side"),
            description=self.env._("%(count)s scenarios on %(today)s.", count=len(plans), today=fields.Date.context_today(self)),
            tables=[self._table_figures(plans, names), self._table_members(plans, names), self._table_lines(plans, names)],
            notes=((self.env._("Gap"), self.env._("At most this share of the cost could still be saved: proven, not estimated.")),),
        ).to_bytes()

    @api.model
    def _scenario_names(self, plans):
        """{plan: its name, with a number where another column has it too; Excel takes Plan and plan for the same}"""
        count = Counter(name.lower() for name in (*COLUMNS, *plans.mapped("name")))
        return {plan: plan.name if count[plan.name.lower()] == 1 else f"{plan.name} ({plan.id})" for plan in plans}

    def _table_figures(self, plans, names):
        return Table(
            "Scenarios", self.env._("Figures of each scenario"),
            self.env._("One column for each plan, one row for each figure. A plan that is not solved has none."),
            (
                Column(COLUMNS[0], self.env._("What is compared"), width=36),
                Column(COLUMNS[1], self.env._("What it is counted in"), width=16),
                *(Column(names[plan], self.env._("Figures of this plan"), width=20) for plan in plans),
            ),
            [
                *self._figure_rows(plans),
                *self._cost_rows(plans),
                *(self._rule_row(plans, name) for name in plans._rule_names()),
            ],
        )

    def _figure_rows(self, plans):
        money = plans[:1].currency_id.name
        blocks, share = self.env._("blocks"), self.env._("share")
        rows = [
            (self.env._("Cost"), money, "money", "cost"),
            (self.env._("Cost per block"), money, "money", "cost_per_block"),
            (self.env._("Proven lower bound"), money, "money", "bound"),
            (self.env._("Gap"), share, "percent", "gap"),
            (self.env._("Placed"), blocks, "whole", "placed_quantity"),
            (self.env._("Not placed"), blocks, "whole", "unplaced_quantity"),
            (self.env._("With community organisations"), self.env._("share of making"), "percent", "community_share"),
            (self.env._("Transport"), self.env._("block km"), "whole", "distance_km"),
            (self.env._("Transport carbon"), "kgCO2e", "decimal", "kgco2e"),
        ]
        for label, unit, kind, name in rows:
            yield (label, unit, *(Figure(plan[name] if self._is_solved(plan) else None, kind) for plan in plans))
        members = (Figure(len(plan.line_ids.membership_id) if self._is_solved(plan) else None, "whole") for plan in plans)
        yield (self.env._("Members with work"), self.env._("members"), *members)

    def _cost_rows(self, plans):
        """Cost by kind; carbon is what its price makes of it."""
        labels = {
            "making": self.env._("Making"), "setup": self.env._("Set-up"), "transport": self.env._("Transport"),
            "carbon": self.env._("Carbon price"), "other": self.env._("Other"),
        }
        costs = {plan: {row["kind"]: row["amount"] for row in plan._cost_kinds()} for plan in plans}
        for kind, label in labels.items():
            cells = (Figure(costs[plan].get(kind, 0.0) if self._is_solved(plan) else None, "money") for plan in plans)
            yield (self.env._("Of the cost: %s", label), plans[:1].currency_id.name, *cells)

    def _rule_row(self, plans, name):
        """The rules as they stand on each plan."""
        field = plans._fields[name]
        share = name in ("min_community_share", "max_facility_share")
        kind = "percent" if share else KINDS.get(field.type, "decimal")
        unit = {"percent": self.env._("share"), "money": plans[:1].currency_id.name, "whole": self.env._("members"), "text": ""}.get(kind, self.env._("hours"))
        return (
            self.env._("Rule: %s", field._description_string(self.env)), unit,
            *(plan._rule_text(name) if kind == "text" else Figure(plan[name], kind) for plan in plans),
        )

    @api.model
    def _is_solved(self, plan):
        return plan.state in ("solved", "offered")

    def _table_members(self, plans, names):
        columns = [Column("Member", self.env._("Who makes it"), width=30)]
        for plan in plans:
            columns.append(Column(f"{names[plan]}: blocks", self.env._("Blocks of this member in this plan"), unit="blocks", kind="whole"))
            columns.append(Column(f"{names[plan]}: share", self.env._("Its share of the making cost"), unit="share", kind="percent"))
        rows = []
        for row in self._shares(plans, "membership_id"):
            cells = [row["cells"].get(plan.id, {"quantity": 0, "share": 0.0}) for plan in plans]
            rows.append((row["label"], *(cell[key] for cell in cells for key in ("quantity", "share"))))
        return Table("Members", self.env._("Blocks and share by member"), self.env._("One row for each member with work in any of the plans."), tuple(columns), rows)

    def _table_lines(self, plans, names):
        text = [("Scenario", 24), ("Member", 28), ("Build", 28), ("Code", 14), ("Component", 30)]
        money = [("Making", "cost_making"), ("Set-up", "cost_setup"), ("Transport", "cost_transport"), ("Cost", "cost")]
        code = plans[:1].currency_id.name
        return Table(
            "Lines", self.env._("Who makes what, by scenario"), self.env._("One row for each line of each plan. Transport includes the carbon price."),
            (
                *(Column(name, self.env._("Whose line it is, and of what"), width=width) for name, width in text),
                Column("Week", self.env._("The Monday"), kind="date"),
                Column("Blocks", self.env._("How many"), unit="blocks", kind="whole"),
                Column("Hours", self.env._("Clock hours, without set-up"), unit="hours", kind="decimal"),
                *(Column(f"{name} ({code})", self.env._("Money of this line"), unit=code, kind="money") for name, _field in money),
                Column("Carbon (kgCO2e)", self.env._("Of transport"), unit="kgCO2e", kind="decimal"),
                Column("Why here", self.env._("As the planner said it"), width=60),
            ),
            [self._line_row(names[plan], line, [field for _name, field in money]) for plan in plans for line in plan.line_ids],
        )

    @api.model
    def _line_row(self, name, line, money):
        return (
            name, line.membership_id.sudo().name, line.build_id.name, line.product_id.default_code, line.product_id.name,
            line.week_start, line.quantity, line.hours, *(line[field] for field in money), line.kgco2e, line.reason,
        )
