from dataclasses import dataclass
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

# Fewer members than this, and a figure of people would tell of one of them.
FEWEST_MEMBERS = 3


@dataclass(frozen=True, slots=True)
class Source:
    """The records behind a figure, and how they are counted.

    :ivar aggregate: as `_read_group` takes it
    :ivar over: what the aggregate is divided by, where the figure is a ratio
    :ivar protects: the field that says whose it is, where few members would be told apart
    """

    model: str
    domain: list
    aggregate: str = "__count"
    over: str | None = None
    protects: str | None = None


class Figure(NamedTuple):
    """:ivar value: None: not known, or withheld
    :ivar withheld: of too few members to be shown
    """

    value: float | None
    withheld: bool = False


class WcmIndicator(models.Model):
    """One thing that is counted of what came of the work: what it means, in which unit, from which records, and who answers for it.

    `wcm_indicator_sources.py` says for each code which records are behind it, and other addons theirs; the
    value and the window that opens them come from the same conditions, so they cannot differ.
    """

    _name = "wcm.indicator"
    _description = "Indicator"
    _inherit = ["mail.thread", "wcm.guarded"]
    _order = "category, sequence, id"

    _guarded = frozenset({"code", "category", "breakdowns"})

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True, readonly=True, copy=False, help="Names the rule that counts it.")
    category = fields.Selection(
        [
            ("a_homes", "Homes and components"), ("b_spend", "Where the money went"), ("c_jobs", "Jobs"), ("d_members", "Members"),
            ("e_quality", "Quality"), ("f_carbon", "Carbon"), ("g_material", "Material"), ("h_social", "Social value"),
        ],
        required=True, readonly=True,
    )
    sequence = fields.Integer(default=10)
    definition = fields.Text(required=True, translate=True, tracking=True)
    formula = fields.Text("Formula in words", required=True, translate=True, tracking=True)
    source = fields.Char("Source records", required=True, translate=True)
    unit = fields.Char(required=True, translate=True)
    kind = fields.Selection([("whole", "Whole number"), ("decimal", "Decimal"), ("money", "Money"), ("percent", "Share")], required=True, default="whole")
    basis = fields.Selection([("measured", "Measured"), ("estimated", "Estimated")], required=True, default="measured", tracking=True)
    is_snapshot = fields.Boolean("As it stands", help="Counted as things are on the day of counting, whatever the period.")
    breakdowns = fields.Char(readonly=True, help="Fields of the source records by which it is split, with commas.")
    owner_id = fields.Many2one("res.users", "Answered for by", tracking=True, domain=[("share", "=", False)])
    is_public = fields.Boolean("On the public page", tracking=True)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "There is an indicator of that code already.")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Reports go by this indicator. Archive it instead."))

    def _figure(self, scope):
        """The value for a scope; whoever calls has asked whether the reader may see it."""
        special = getattr(self, f"_figure_{self.code}", None)
        return special(scope) if special else self._counted(self._source(scope))

    def _source(self, scope):
        """The records behind the value; None when nothing is recorded of such a scope."""
        return getattr(self, f"_source_{self.code}")(scope)

    def _counted(self, source):
        [row] = self._rows(source, [])
        return self._as_figure(source, row)

    def _rows(self, source, groupby):
        aggregates = [source.aggregate, *([source.over] if source.over else []), *([f"{source.protects}:count_distinct"] if source.protects else [])]
        return self.env[source.model].sudo()._read_group(source.domain, groupby, aggregates)

    def _as_figure(self, source, aggregates):
        """A sum over no records is zero, a ratio over none is not known, nor is what no member has reported."""
        value, *more = aggregates
        members = more.pop() if source.protects else FEWEST_MEMBERS
        if members < FEWEST_MEMBERS:
            return Figure(None, withheld=members > 0)
        value = value or 0
        if source.over:
            return Figure(value / more[0] if more[0] else None)
        return Figure(value)

    def _groups(self, scope):
        """[{field, title, rows: [{label, value, withheld, domain}]}], one of each way to split it; a row opens its own records."""
        source = self._source(scope) if self.breakdowns else None
        return [self._split(source, name) for name in (self.breakdowns or "").split(",") if source and self._can_split(source, name)]

    def _can_split(self, source, name):
        return name.partition(".")[0] in self.env[source.model]._fields

    def _split(self, source, name):
        field = self._field_at(source.model, name)
        rows = []
        for key, *aggregates in self._rows(source, [name]):
            figure = self._as_figure(source, aggregates)
            value = (key.id if field.relational else key) or False
            rows.append({
                "label": self._group_label(field, key), "value": figure.value, "withheld": figure.withheld, "condition": [name, "=", value],
            })
        return {"field": name, "title": field._description_string(self.env), "rows": self._in_order(field, rows)}

    def _field_at(self, model, path):
        *steps, last = path.split(".")
        for step in steps:
            model = self.env[model]._fields[step].comodel_name
        return self.env[model]._fields[last]

    def _group_label(self, field, key):
        if not key:
            return self.env._("Not known")
        if field.relational:
            return key.sudo().display_name
        return dict(field._description_selection(self.env)).get(key, key) if field.type == "selection" else str(key)

    def _in_order(self, field, rows):
        """Selections in their own order, such as stages; all else by the alphabet."""
        if field.type != "selection":
            return sorted(rows, key=lambda row: row["label"])
        order = [value for value, _label in field._description_selection(self.env)]
        return sorted(rows, key=lambda row: order.index(row["condition"][2]) if row["condition"][2] in order else len(order))

    def _basis_in(self, scope):
        """What is reported by members is shared out over homes by an estimate."""
        shared_out = self.category == "c_jobs" and scope.is_of_homes
        return "estimated" if shared_out else self.basis
