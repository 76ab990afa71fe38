from datetime import date

import psycopg2
from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

from .wcm_facility_duplicate_comparison import STAY

# Of these a space has one per value of the field.
ONE_PER = {
    "mail.followers": "partner_id",
    "wcm.capability": "process_id",
    "wcm.capability.match": "search_id",
    "wcm.capability.week": "week_start",
}


class WcmFacilityDuplicate(models.Model):
    """Merge: one space takes the chosen values and all that pointed at the other; the other stays, archived, as the
    record of its source. Both are written down so that it can be undone.
    """

    _inherit = "wcm.facility.duplicate"

    changes = fields.Json(readonly=True, help="Values that the merge wrote: model, id, field, before, after.")
    moves = fields.Json(readonly=True, help="Records that the merge moved: model, field, ids, from, to.")

    def action_merge(self):
        """One of two; what is not chosen follows the proposal.

        :raise UserError: they cannot be one as it stands
        """
        self.ensure_one()
        self._check_open()
        (self.facility_id | self.other_id).check_access("write")
        self._lock_both()
        comparison = self._compare()
        if comparison["blockers"]:
            raise UserError("\n".join(comparison["blockers"]))
        self._merge(comparison)

    def _open_form(self):
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "views": [(False, "form")]}

    def _lock_both(self):
        try:
            (self.facility_id | self.other_id).sudo().lock_for_update()
        except LockError:
            raise UserError(self.env._("Somebody is changing one of them just now. Try again shortly.")) from None

    def _merge(self, comparison):
        """:param comparison: as `_compare` says it, without blockers"""
        pair = self._with_rights(self.env._("Merged: %(pair)s", pair=self.display_name))
        try:
            with self.env.cr.savepoint():
                changes = pair._write_choices(comparison["rows"])
                moves = pair._move_all(pair.other_id, pair.facility_id)
                pair.other_id.write({"active": False, "merged_into_id": pair.facility_id.id})
                self.env.flush_all()
        except psycopg2.IntegrityError as error:
            reason = (error.diag.message_detail or error.diag.message_primary or "").strip()
            raise UserError(
                self.env._(
                    "They cannot be one: of something both have, one space may have only one. %(reason)s", reason=reason
                )
            ) from None
        snapshot = {**comparison, "editable": False}
        pair.write({"changes": changes, "moves": moves, "snapshot": snapshot})
        self._decide("merged", since="open")
        self._note(self.env._("Merged: %(other)s became a part of %(kept)s."))

    def _with_rights(self, why):
        """What hangs on a space may be nobody's to write but its own.

        :param why: for the history of what is published
        """
        return self.sudo().with_context(
            merging_facilities=True, bin_size=False, publication_agreement={"agreement": why}
        )

    def _note(self, words):
        """On both, with links, so that whoever reads one finds the other and the way back."""
        values = {"other": self.other_id._get_html_link(), "kept": self.facility_id._get_html_link()}
        body = Markup(words) % values + Markup(" ") + self._get_html_link(title=self.env._("See what was merged"))
        for space in self.facility_id | self.other_id:
            space.sudo().message_post(body=body, author_id=self.env.user.partner_id.id)

    def _write_choices(self, rows):
        chosen = {row["key"]: row["choice"] for row in rows if not row["same"]}
        values = {}
        for key, names in self._compared_fields().items():
            if chosen.get(key) in ("theirs", "both"):
                values.update({name: self._merged_value(name, chosen[key]) for name in names})
        changes = self._write_noted(self.facility_id, values)
        for ours, theirs in self._shared_capability():
            changes += self._merge_capability(ours, theirs, chosen.get(f"capability_{ours.process_id.id}"))
        return changes

    def _merged_value(self, name, choice):
        ours, theirs = self.facility_id[name], self.other_id[name]
        field = self.facility_id._fields[name]
        if field.type == "many2many":
            return [Command.set(((ours if choice == "both" else theirs.browse()) | theirs).ids)]
        if choice == "both":
            return "\n\n".join(filter(None, (ours, theirs)))
        return theirs.id if field.type == "many2one" else theirs

    def _merge_capability(self, ours, theirs, choice):
        """The chosen figures stand on ours; theirs stays with its space, archived."""
        names = self._capability_fields() if choice == "theirs" else []
        values = {name: theirs[name].id if theirs._fields[name].type == "many2one" else theirs[name] for name in names}
        reason = self.env._("Merged with %(space)s", space=self.other_id.name)
        changes = self._write_noted(ours.with_context(evidence_reason=reason), values)
        return changes + self._write_noted(theirs, {"active": False})

    def _write_noted(self, record, values):
        """Write, and say what it was and what it is: [{model, id, field, before, after}]."""
        before = {name: frozen(record, name) for name in values}
        if values:
            record.write(values)
        after = {name: frozen(record, name) for name in values}
        changed = [name for name in values if before[name] != after[name]]
        who = {"model": record._name, "id": record.id}
        return [{**who, "field": name, "before": before[name], "after": after[name]} for name in changed]

    def _move_all(self, other, kept):
        """Let everything that points at one space point at the other: [{model, field, ids, from, to}]."""
        moves = []
        for ours, theirs in self._shared_capability():
            moves += self._move_pointers(theirs, ours)
        return moves + self._move_pointers(other, kept)

    def _move_pointers(self, other, kept):
        moves = []
        for field in self._pointers(other._name):
            records = self._to_move(field, other, kept).with_context(tracking_disable=True)
            if not records:
                continue
            move = {"model": records._name, "field": field.name, "ids": records.ids, "from": other.id, "to": kept.id}
            if field.type == "many2many":
                move["added"] = records.filtered(lambda record, f=field: kept not in record[f.name]).ids
            _point(records, field.name, other.id, kept.id)
            moves.append(move)
        return moves

    def _pointers(self, model):
        """Fields of any model that name a record of this one, and are written, not computed."""
        for records in self.env.values():
            if records._abstract or records._transient or not records._auto or records._name in STAY:
                continue
            for field in records._fields.values():
                written = field.store and not field.related and not (field.compute and field.readonly)
                if written and self._points(records, field, model):
                    yield field

    def _points(self, records, field, model):
        """What the compared fields say of tags and the like is not said again from their side."""
        if field.type == "many2one_reference":
            return records._fields[field.model_field].store
        if field.type == "many2many" and field.comodel_name == model:
            return field.relation not in {f.relation for f in self.env[model]._fields.values() if f.type == "many2many"}
        return field.type == "many2one" and field.comodel_name == model

    def _to_move(self, field, other, kept):
        """Records whose `field` names `other`."""
        records = self.env[field.model_name].with_context(active_test=False)
        domain = [(field.name, "in" if field.type == "many2many" else "=", other.id)]
        if field.type == "many2one_reference":
            domain.append((field.model_field, "=", other._name))
        if records._name == "ir.attachment":
            domain.append(("res_field", "=", False))
        return self._without_repeats(field, records.search(domain), kept)

    def _without_repeats(self, field, records, kept):
        """Of followers one per person, of answers one per question, of capability one per process, of hours one per week: ours stays."""
        by = ONE_PER.get(records._name)
        if not by:
            return records
        domain = [(field.name, "=", kept.id)]
        if field.type == "many2one_reference":
            domain.append((field.model_field, "=", kept._name))
        taken = set(records.search(domain).mapped(by))
        return records.filtered(lambda record: record[by] not in taken)


def _point(records, name, other, kept):
    if records._fields[name].type == "many2many":
        records.write({name: [Command.unlink(other), Command.link(kept)]})
    else:
        records.write({name: kept})


def frozen(record, name):
    """A field's value as JSON can keep it."""
    value, field = record[name], record._fields[name]
    if field.type == "many2one":
        return value.id
    if field.type == "many2many":
        return sorted(value.ids)
    if isinstance(value, bytes):
        return value.decode()
    return value.isoformat() if isinstance(value, date) else value
