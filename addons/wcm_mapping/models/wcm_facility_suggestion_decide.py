from markupsafe import Markup, escape

from odoo import fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import format_date

COUNT_AGAIN = {"type": "ir.actions.client", "tag": "wcm_mapping.count_again"}


class WcmFacilitySuggestion(models.Model):
    """What a coordinator decides: accepted, rejected, or undone."""

    _inherit = "wcm.facility.suggestion"

    def action_accept_all(self):
        """Take every field that is suggested."""
        self._lock()
        self.line_ids.chosen = True
        return self.action_accept()

    def action_accept(self):
        """Take the ticked fields: into the space, or into one that is added."""
        self._lock()
        for suggestion in self:
            suggestion._accept()
        return COUNT_AGAIN

    def _accept(self):
        lines = self.line_ids.filtered("chosen")
        if self.line_ids and not lines:
            raise UserError(self.env._("Tick at least one field to take, or reject the suggestion."))
        facility = self.facility_id._merged_or_self() if self.facility_id else self.facility_id
        facility = self._take_into(facility, lines) if facility else self._add_facility(lines)
        self._note_on(facility, lines)
        self._decide("accepted", facility_id=facility.id)

    def _take_into(self, facility, lines):
        """:raise AccessError: the space belongs to another region by now"""
        facility.check_access("write")
        if self.created_facility:
            facility.active = True
        for line in lines:
            line._take(facility)
        return facility

    def _add_facility(self, lines):
        values = {
            "name": self.name,
            "region_id": self.region_id.id,
            "visibility": self.visibility,
            "source": "suggestion",
            "source_date": fields.Date.context_today(self),
            "published_precision": "postcode_sector",
        }
        for line in lines:
            values.update(line._facility_values(self.env["wcm.facility"]))
        facility = self.env["wcm.facility"].create(values)
        self.sudo().created_facility = True
        lines.filtered(lambda line: line.field == "processes")._take(facility)
        return facility

    def _note_on(self, facility, lines):
        """What the space's own history says: which fields, and the kit that a person has yet to enter."""
        said = [self.env._("Suggested by the public on %s.", format_date(self.env, self.create_date))]
        said.append(self.env._("Taken: %s.", ", ".join(lines.mapped("label"))) if lines else "")
        said.append(self.env._("Said to be no longer done here: %s.", lines._gone()) if lines._gone() else "")
        said.append(self.env._("Materials: %s.", ", ".join(self.material_ids.mapped("name"))) if self.material_ids else "")
        said.append(self.env._("Kit, in their words: %s", self.kit) if self.kit else "")
        body = Markup("<br/>").join(escape(line) for line in said if line)
        facility.message_post(body=body)

    def action_reject(self):
        self._lock()
        for suggestion in self:
            if not (suggestion.answer or "").strip():
                raise UserError(
                    self.env._("Write in “Answer to the Suggester” why it is not taken: that is what they are told.")
                )
            suggestion._decide("rejected")
        return COUNT_AGAIN

    def _decide(self, state, **values):
        now = {"decided_on": fields.Datetime.now(), "decided_by_id": self.env.uid}
        self.sudo().write({"state": state, **now, **values})
        self.sudo().activity_unlink(["wcm_mapping.activity_suggestion"])
        self._send(state)

    def action_undo(self):
        """Back to review: a space that was added is archived, fields that are still as taken get back what they were."""
        for suggestion in self:
            suggestion._undo()
        return COUNT_AGAIN

    def _undo(self):
        self._lock(("accepted", "rejected"))
        if not self.suggester_email:
            raise UserError(self.env._("This was decided too long ago: what was suggested is erased by now."))
        if self.state == "accepted":
            self._undo_acceptance()
        self.sudo().write({"state": "review", "decided_on": False, "decided_by_id": False})

    def _undo_acceptance(self):
        facility = self.facility_id
        facility.check_access("write")
        if self.created_facility:
            facility.action_archive()
            kept = []
        else:
            kept = self.line_ids._give_back(facility)
        note = self.env._("What the public suggested on %s is undone.", format_date(self.env, self.create_date))
        if kept:
            note += " " + self.env._("Changed since, and left as it is: %s.", ", ".join(kept))
        facility.message_post(body=note)

    def _lock(self, states=("review",)):
        """One decision, whoever clicks at once."""
        self.check_access("write")
        try:
            self.lock_for_update()
        except LockError:
            raise UserError(self.env._("Somebody is deciding this just now. Open it again shortly.")) from None
        self.invalidate_recordset(["state"])
        if any(suggestion.state not in states for suggestion in self):
            raise UserError(self.env._("Somebody has decided this, or its e-mail address is not confirmed. Open it again."))
