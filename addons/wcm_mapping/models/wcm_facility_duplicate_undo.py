from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .wcm_facility_duplicate_merge import frozen

# What is cleared away in the course of things; it is not missed when a merge is undone.
MAY_GO = {"wcm.capability.match", "wcm.facility.import.line"}


class WcmFacilityDuplicate(models.Model):
    """A merge taken back: every value and record as it was, or what has changed since and nothing done."""

    _inherit = "wcm.facility.duplicate"

    def action_undo(self):
        """Both again, exactly as they were.

        :raise UserError: something has changed since; says what
        """
        self.ensure_one()
        self.check_access("write")
        (self.facility_id | self.other_id).check_access("write")
        self._lock_both()
        if self.state != "merged":
            raise UserError(self.env._("These two are not merged."))
        obstacles = self.sudo().with_context(bin_size=False)._undo_obstacles()
        if obstacles:
            reasons = "\n".join(f"• {obstacle}" for obstacle in obstacles)
            raise UserError(
                self.env._("This merge cannot be undone, as something has changed since:\n%(reasons)s", reasons=reasons)
            )
        self._with_rights(self.env._("A merge was undone: %(pair)s", pair=self.display_name))._undo()

    def _undo_obstacles(self):
        """What has changed since the merge: sentences."""
        other, kept = self.other_id, self.facility_id
        if other.merged_into_id != kept or other.active:
            return [self.env._("%(space)s is no longer a part of %(kept)s.", space=other.name, kept=kept.name)]
        if kept.merged_into_id:
            into = kept.merged_into_id.name
            return [self.env._("%(kept)s was itself merged into %(into)s. Undo that first.", kept=kept.name, into=into)]
        return [
            *filter(None, map(self._change_obstacle, self.changes or [])),
            *filter(None, map(self._move_obstacle, self.moves or [])),
        ]

    def _change_obstacle(self, change):
        record = self.env[change["model"]].browse(change["id"]).exists()
        field = self.env[change["model"]]._fields.get(change["field"])
        if not record or not field:
            return self.env._("%(what)s was deleted", what=self.env[change["model"]]._description)
        if frozen(record, field.name) == change["after"]:
            return None
        now = _words(record, field)
        label = field._description_string(self.env)
        return self.env._("%(field)s of %(record)s is “%(now)s” now", field=label, record=record.display_name, now=now)

    def _move_obstacle(self, move):
        """Messages, activities, answers and the like may go; what belongs to a space may not."""
        model = self.env[move["model"]].with_context(active_test=False)
        field = model._fields[move["field"]]
        here = model.browse(move["ids"]).exists()
        if field.type != "many2one" or model._name in MAY_GO:
            return None
        lost = len(move["ids"]) - len(here.filtered(lambda record: record[field.name].id == move["to"]))
        what = self.env["ir.model"]._get(move["model"]).name
        return lost and self.env._("%(what)s: %(count)s moved elsewhere or deleted", what=what, count=lost)

    def _undo(self):
        kept, other = self.facility_id, self.other_id
        for move in reversed(self.moves or []):
            self._move_back(move)
        reason = self.env._("A merge was undone")
        for (model, record_id), values in self._values_before().items():
            self.env[model].browse(record_id).with_context(evidence_reason=reason).write(values)
        other.write({"active": True, "merged_into_id": False})
        self.write({"state": "open", "changes": False, "moves": False, "snapshot": False, "by_hand": True})
        self._note(self.env._("The merge of %(other)s into %(kept)s was undone."))
        return kept

    def _values_before(self):
        """{(model, id): what to write to have it as it was}; all of a record at once, as some values move others."""
        values = {}
        for change in self.changes or []:
            record = self.env[change["model"]].browse(change["id"])
            values.setdefault((record._name, record.id), {})[change["field"]] = _thawed(record, change)
        return values

    def _move_back(self, move):
        records = self.env[move["model"]].browse(move["ids"]).exists().with_context(tracking_disable=True)
        field = records._fields[move["field"]]
        if field.type == "many2many":
            records.write({field.name: [Command.link(move["from"])]})
            records.browse(move["added"]).exists().write({field.name: [Command.unlink(move["to"])]})
        elif field.type == "many2one":
            records.write({field.name: move["from"]})
        else:
            records.filtered(lambda record: record[field.name] == move["to"]).write({field.name: move["from"]})


def _thawed(record, change):
    field, value = record._fields[change["field"]], change["before"]
    if field.type == "datetime" and value:
        return fields.Datetime.to_string(fields.Datetime.to_datetime(value.replace("T", " ")))
    return [Command.set(value)] if field.type == "many2many" else value


def _words(record, field):
    if field.relational:
        return ", ".join(record[field.name].mapped("display_name"))
    if field.type == "binary":
        return record.env._("another picture")
    if field.type == "selection":
        return dict(field._description_selection(record.env)).get(record[field.name], "")
    return str(record[field.name] or "")
