from psycopg2.errors import CheckViolation

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.wcm_mapping.readers import table

from ..models.wcm_control_plan_table import MANY, _field

MOST_BYTES = 5_000_000
MOST_ROWS = 2000


class WcmControlPlanImport(models.TransientModel):
    """Control plans from a table with one row a checkpoint, as they are exported.

    A plan is known by its name. Its draft is changed, or a new draft is made: of its next version where it is approved. What is
    the same already stays. Either the whole file is taken, or nothing of it, and each row that is wrong is named.
    """

    _name = "wcm.control.plan.import"
    _description = "Import of control plans"
    _inherit = ["wcm.file.import"]

    file = fields.Binary("Table", help="xlsx or CSV, as “Spreadsheet” on control plans gives it.")
    filename = fields.Char()
    result = fields.Html(readonly=True, sanitize=False)
    plan_ids = fields.Many2many("wcm.control.plan", readonly=True)

    def action_import(self):
        self.ensure_one()
        self.env["wcm.control.plan"]._check_quality_lead()
        rows = self._read_file(lambda content: list(table.records(content, self._name_column)), MOST_BYTES, self.env._("Choose the table first."))
        if len(rows) > MOST_ROWS:
            raise UserError(self.env._("The table has %(rows)s rows. Import at most %(most)s at once.", rows=len(rows), most=MOST_ROWS))
        outcome = self._import(rows)
        self.write({
            "plan_ids": [fields.Command.set([plan.id for plan, _words in outcome["plans"]])],
            "result": self.env["ir.qweb"]._render("wcm_qc.control_plan_import_result", outcome),
        })
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form", "target": "new", "name": self.env._("Import control plans")}

    def action_open_plans(self):
        return self.plan_ids._get_records_action(name=self.env._("Imported control plans"))

    @api.model
    def _name_column(self, header):
        return "name" if _word(header) == _word("Control plan") else None

    def _import(self, rows):
        """{plans: [(plan, what became of it)], wrong: [(row number, why)]}; with anything wrong, nothing is written."""
        groups, wrong = self._grouped(rows)
        savepoint = self.env.cr.savepoint(flush=True)
        with savepoint:
            plans = [self._import_plan(name, of_plan, wrong) for name, of_plan in groups.items()]
            if wrong:
                savepoint.rollback()
        if wrong:
            self.env.invalidate_all()
        return {"plans": [] if wrong else plans, "wrong": sorted(wrong), "labels": {}}

    def _grouped(self, rows):
        """{name of a plan: [(row number, {column: cell})]} and what is wrong with whole rows."""
        columns = {_word(header): name for names in (self._plan_columns(), self._point_columns()) for name, header in names.items()}
        groups, wrong = {}, []
        for number, record in rows:
            told = {columns[_word(header)]: value for header, value in (record or {}).items() if _word(header) in columns}
            name = str(told.get("name") or "").strip()
            if record is None:
                wrong.append((number, self.env._("It has more cells than the header row.")))
            elif not any(value not in (None, "") for value in told.values()):
                continue
            elif not name:
                wrong.append((number, self.env._("It names no control plan.")))
            else:
                groups.setdefault(name, []).append((number, told))
        if not groups and not wrong:
            wrong.append((1, self.env._("The table has no rows.")))
        return groups, wrong

    def _plan_columns(self):
        return self.env["wcm.control.plan"]._plan_columns()

    def _point_columns(self):
        return self.env["wcm.control.plan"]._point_columns()

    def _import_plan(self, name, rows, wrong):
        """(plan, words): the draft as the rows say it."""
        before = len(wrong)
        head = self._head_values(rows, wrong)
        points = self._point_values(rows, wrong)
        if len(wrong) > before:
            return self.env["wcm.control.plan"], ""
        try:
            with self.env.cr.savepoint():
                return self._write_plan(name, head, points)
        except (UserError, ValidationError) as error:
            wrong.append((rows[0][0], str(error)))
        except CheckViolation as error:
            wrong.append((rows[0][0], self.env[error.diag.table_name.replace("_", ".")]._sql_error_to_message(error)))
        return self.env["wcm.control.plan"], ""

    def _head_values(self, rows, wrong):
        """Of the plan's first row; another row that says otherwise is wrong."""
        first, values = rows[0][1], {}
        for number, told in rows[1:]:
            for column, header in self._plan_columns().items():
                if column in told and str(told[column] or "").strip() not in ("", str(first.get(column) or "").strip()):
                    wrong.append((number, self.env._("“%(header)s” differs from the first row of this plan.", header=header)))
        for column, header in self._plan_columns().items():
            if column in first:
                self._take(values, self.env["wcm.control.plan"], column, column, header, rows[0], wrong)
        return values

    def _point_values(self, rows, wrong):
        values_list, names = [], set()
        for number, told in rows:
            values = {}
            for column, header in self._point_columns().items():
                if column in told:
                    self._take(values, self.env["wcm.checkpoint"], _field(column), column, header, (number, told), wrong)
            name = (values.get("name") or "").strip()
            if not name:
                wrong.append((number, self.env._("It does not say what to check.")))
            elif name.casefold() in names:
                wrong.append((number, self.env._("“%s” is in this plan twice.", name)))
            names.add(name.casefold())
            values_list.append(values)
        return values_list

    def _take(self, values, model, name, column, header, row, wrong):
        number, told = row
        try:
            values[name] = self._value(model._fields[name], told[column])
        except ValueError as error:
            wrong.append((number, self.env._("%(header)s: %(error)s", header=header, error=error)))

    def _write_plan(self, name, head, points):
        Plan = self.env["wcm.control.plan"]
        known = Plan.search([("name", "=", name), ("state", "in", ("draft", "approved"))], order="version desc")
        draft, approved = (known.filtered(lambda plan, state=state: plan.state == state)[:1] for state in ("draft", "approved"))
        plan = draft or (approved._new_version() if approved else Plan.create({"name": name}))
        before = plan.copy({"name": plan.name}) if draft or approved else Plan
        plan.write({**head, "checkpoint_ids": list(self._point_commands(plan, points))})
        if not before:
            return plan, self.env._("New draft with %s checkpoints", len(points))
        differences = before._differences(plan)
        before.unlink()
        if differences:
            return plan, self.env._(
                "Draft of version %(version)s changed: %(names)s", version=plan.version, names=", ".join(name for name, _what, _rows in differences),
            )
        if not draft:
            plan.unlink()
        return draft or approved, self.env._("Nothing is different")

    def _point_commands(self, plan, points):
        """Checkpoints that keep their name are changed, so that they keep their picture."""
        known = {point.name.strip().casefold(): point for point in plan.checkpoint_ids}
        for values in points:
            point = known.pop(values["name"].strip().casefold(), None)
            yield fields.Command.update(point.id, values) if point else fields.Command.create(values)
        yield from (fields.Command.delete(point.id) for point in known.values())

    def _value(self, field, cell):
        """:raise ValueError: in words for who filled in the table"""
        text = str(cell if cell is not None else "").strip()
        if field.type in ("float", "integer"):
            return self._number(field, cell, text)
        if field.type == "boolean":
            return self._one_of({"yes": True, "no": False, "": False}, text)
        if field.type == "selection":
            labels = {str(label): key for key, label in field._description_selection(self.env)}
            return self._one_of(labels, text, {key: key for key in labels.values()}) if text else field.default(self.env[field.model_name]) if field.default else False
        if field.relational:
            ids = [self._named(field.comodel_name, part).id for part in text.split(MANY.strip()) if part.strip()]
            return [fields.Command.set(ids)] if field.type == "many2many" else (ids or [False])[0]
        return text or False

    def _number(self, field, cell, text):
        if not text:
            return field.default(self.env[field.model_name]) if field.default else 0
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            number = None
        if number is None or not abs(number) < 1e9 or (field.type == "integer" and number != int(number)):
            raise ValueError(self.env._("“%s” is no such number.", text[:60]))
        return int(number) if field.type == "integer" else number

    def _one_of(self, choices, text, also=None):
        """:param also: what is understood too, without being offered"""
        known = {_word(choice): value for choice, value in {**(also or {}), **choices}.items()}
        if _word(text) not in known:
            raise ValueError(self.env._("“%(text)s” is not one of: %(choices)s.", text=text[:60], choices=", ".join(filter(None, choices))))
        return known[_word(text)]

    def _named(self, model, text):
        """The one record that is called so, by its code or its name."""
        text, comodel = text.strip(), self.env[model]
        names = [name for name in ("default_code", "complete_name", "name") if name in comodel._fields]
        for name in names:
            found = comodel.search([(name, "=", text)], limit=2)
            if len(found) == 1:
                return found
            if found:
                raise ValueError(self.env._("More than one is called “%s”: use its code.", text[:60]))
        raise ValueError(self.env._("There is no “%s”.", text[:60]))


def _word(text):
    return " ".join(str(text or "").split()).casefold()
