from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .. import member_record
from .wcm_facade_callers import DECIDING

ROWS = 20


class WcmMembership(models.Model):
    """The page of a member's record: the same for its owners and supervisors and for the coordinators of its region."""

    _inherit = "wcm.membership"

    @api.model
    @api.readonly
    def member_record(self, membership_id=None):
        """Figures of the caller's own members; of one member for those who may read it, see `_record_values`."""
        return [member.sudo()._record_values() for member in self._record_members(membership_id)]

    @api.model
    @api.readonly
    def member_record_rows(self, membership_id=None, figure=None, offset=0):
        """{rows, more}: the records behind a figure, those against the member first, `ROWS` at a time."""
        member = self._record_members(membership_id).sudo()[:1]
        chosen = member._record_figure(figure)
        if not chosen:
            raise UserError(self.env._("There is no such figure."))
        first = offset if type(offset) is int and offset > 0 else 0
        entries = member_record.worst_first(member._record_entries(chosen), chosen.unit)
        shown = entries[first:first + ROWS]
        return {"rows": member._record_rows(chosen, shown), "more": len(entries) > first + ROWS}

    @api.model
    def _record_members(self, membership_id):
        if membership_id:
            member = self.browse(membership_id if type(membership_id) is int else 0).exists()
            if not member:
                raise AccessError(self.env._("There is no such member."))
            member._check_office_or_coordinator()
            return member
        members = self._workshop_memberships().filtered(lambda one: one._role_of(self.env.user) in DECIDING)
        if not members:
            raise AccessError(self.env._("Only an owner or a supervisor of a member reads its record."))
        return members

    def _record_rows(self, figure, entries):
        contests = self._contests_of(figure)
        records = self.env["wcm.record.contest"]._fields[figure.link].comodel_name
        found = {record.id: record for record in self.env[records].browse([entry.record_id for entry in entries])}
        return [
            {
                "id": entry.record_id, "day": format_date(self.env, entry.day), "against": figure.unit == "share" and not entry.value,
                "says": self._entry_words(figure, entry), "contests": [one._record_values() for one in contests.get(entry.record_id, ())],
                **self._row_of(figure, found[entry.record_id]),
            }
            for entry in entries
        ]

    def _contests_of(self, figure):
        """{record's id: what was said about it, newest first}"""
        said = self.env["wcm.record.contest"].search([("membership_id", "=", self.id), ("figure", "=", figure.key)], order="id desc")
        return {record.id: rows for record, rows in said.grouped(figure.link).items()}

    def _entry_words(self, figure, entry):
        """Hook: what the record says of this figure."""
        if figure.unit == "hours":
            return self._hours_words(entry.value)
        return self.env._("On time") if entry.value else self.env._("Late")

    def _row_of(self, figure, record):
        """Hook: {name, detail, model, record}, the last two for the link to the record itself."""
        order = record if figure.key == "on_time" else record.work_order_id
        detail = f"{order.component_code or order.component_name} × {order.quantity}"
        if figure.key == "response":
            answer = dict(record._fields["answer"]._description_selection(self.env))[record.answer]
            detail = f"{order.component_code or order.component_name} × {record.quantity}, {answer}"
        # Offers that went to others afterwards are not the member's any more.
        return {"name": order.name, "detail": detail, "model": "wcm.work.order", "record": order.id if order.membership_id == self else False}

    def action_open_record(self):
        """The page, for coordinators."""
        self.ensure_one()
        self._check_office_or_coordinator()
        action = self.env["ir.actions.client"]._for_xml_id("wcm_network.action_member_record")
        return {**action, "name": self.env._("Record of %s", self.sudo().name), "context": {"active_id": self.id}}

    def action_contest(self, figure=None, record_id=None, reason=None):
        """A record of a figure should not count: the coordinators of the region are told and answer."""
        self._check_own_office()
        member = self.sudo()
        chosen = member._record_figure(figure)
        if not chosen or record_id not in {entry.record_id for entry in member._record_entries(chosen)}:
            raise UserError(self.env._("This record is not counted in your figures. Reload the page."))
        words = self.env["wcm.work.order"]._required_text(reason, self.env._("Say why it should not count, so that a coordinator can look."))
        self._check_not_contested(chosen, record_id)
        contest = self.env["wcm.record.contest"].sudo().create({
            "membership_id": self.id, "figure": chosen.key, chosen.link: record_id, "reason": words, "raised_by_id": self.env.uid,
        })
        member.message_notify(
            partner_ids=member.region_id.coordinator_ids.partner_id.ids, subject=self.env._("Contested figure: %s", contest.display_name), body=words,
        )
        return True

    def _check_not_contested(self, figure, record_id):
        now = self.env["wcm.record.contest"].sudo().search([("figure", "=", figure.key), (figure.link, "=", record_id), ("state", "in", ("open", "upheld"))], limit=1)
        if now:
            words = {"open": self.env._("This record is contested already; a coordinator will answer."), "upheld": self.env._("This record is left out of the count already.")}
            raise UserError(words[now.state])
