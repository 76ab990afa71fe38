from odoo import fields, models
from odoo.exceptions import UserError

from .wcm_disposition import CONCESSIONS, DISPOSITIONS

TERMS = frozenset({"until", "steps", "then", "replacement", "membership_id"})
# What gives parts free, or up, takes a second person beside whoever held them.
FOR_TWO = (*CONCESSIONS, "scrap")


class WcmNonconformity(models.Model):
    """What becomes of the parts: for all alike, or for some of them."""

    _inherit = "wcm.nonconformity"

    def action_decide(self, disposition=None, reason=None, part_ids=None, **terms):
        """What becomes of the parts; carried out at once where the system can.

        :param part_ids: only of these; otherwise of all that are not done yet
        :param terms: until (last day of a concession), steps (of rework), then (repair, replace or credit, after a return),
            replacement (same, other or none, for scrap), membership_id (who makes the replacement)
        """
        self.ensure_one()
        self._check_decider(disposition)
        self._check_reason(reason)
        parts = self.sudo()._parts_to_decide(part_ids)
        self._check_terms(disposition, terms, parts)
        self.sudo()._decide(parts, disposition, reason, terms)

    def _decide(self, parts, kind, reason, terms):
        self._lines_of(parts)._retire()
        lines = self.env["wcm.disposition"].create([self._prepare_disposition(part, kind, reason, terms) for part in parts])
        self.write({"disposition_reason": reason, "decided_by_id": self.env.uid})
        lines._carry_out(self.env["wcm.membership"].browse(terms.get("membership_id")))
        self._follow()

    def _prepare_disposition(self, part, kind, reason, terms):
        concession = kind in CONCESSIONS
        until = concession and terms.get("until")
        return {
            "nonconformity_id": self.id, "part_id": part.id, "kind": kind, "reason": reason, "decided_by_id": self.env.uid,
            "steps": terms.get("steps") if kind in ("rework", "repair") else False, "until": until,
            "concession_build_id": concession and not until and part.build_id.id,
            "then": kind == "return" and (terms.get("then") or "repair"),
            "replacement": kind == "scrap" and (terms.get("replacement") or "none"),
        }

    def _follow(self):
        """The state of the whole follows from its parts."""
        lines = self.disposition_ids._current()
        states = set(lines.mapped("state"))
        if self.part_ids - lines.part_id or "lapsed" in states:
            self.state = "open"
        elif "to_do" in states:
            self.state = "decided"
        elif "reworked" in states:
            self.state = "reworked"
        else:
            self._close()

    def _lines_of(self, parts):
        return self.disposition_ids.filtered(lambda one: one.part_id in parts)._current()

    def _parts_to_decide(self, part_ids=None):
        done = self.disposition_ids.filtered(lambda one: one.state == "done").part_id
        waiting = self.part_ids - done
        if part_ids is None:
            return waiting
        parts = waiting.filtered(lambda part: part.id in part_ids)
        if not parts or set(part_ids) - set(parts.ids):
            raise UserError(self.env._("Choose parts of %s that are not done yet.", self.name))
        return parts

    def _check_decider(self, disposition):
        self._check_second_person()
        if disposition not in dict(DISPOSITIONS):
            raise UserError(self.env._("Choose what becomes of the parts: rework, repair, use as is, return or scrap."))
        if disposition in FOR_TWO:
            self._check_not_holder()

    def _check_terms(self, disposition, terms, parts):
        if set(terms) - TERMS:
            raise UserError(self.env._("Not known in a decision: %s", ", ".join(sorted(set(terms) - TERMS))))
        self._check_choice(terms.get("then"), ("repair", "replace", "credit"))
        self._check_choice(terms.get("replacement"), ("same", "other", "none"))
        until = self._until(terms.get("until"))
        if until and until < fields.Date.context_today(self):
            raise UserError(self.env._("A concession ends today or later, not in the past."))
        if disposition == "return" and terms.get("then", "repair") != "repair" and set(parts.mapped("state")) != {"received"}:
            raise UserError(self.env._("Only blocks that arrived on site go back for good. Those that did not are scrapped, or reworked where they are."))
        if disposition == "scrap" and terms.get("replacement") == "other":
            self._check_other_member(terms.get("membership_id"))

    def _check_choice(self, value, choices):
        if value and value not in choices:
            raise UserError(self.env._("Choose one of: %s", ", ".join(choices)))

    def _until(self, text):
        try:
            return text and fields.Date.to_date(text)
        except (ValueError, TypeError):
            raise UserError(self.env._("“%s” is no date. Give the last day of the concession as YYYY-MM-DD.", text)) from None

    def _check_other_member(self, membership_id):
        other = self.env["wcm.membership"].browse(membership_id or []).exists()
        if len(other) != 1 or other == self.sudo().membership_id or other.state not in ("probation", "active") or other.is_leaving:
            raise UserError(self.env._("Choose which other member makes the blocks again; it has to be a member at work."))
