from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from .wcm_application_check import KEYS


class WcmMembershipApplication(models.Model):
    """The review: what the records say to each line, and the decision."""

    _inherit = "wcm.membership.application"

    def _begin_review_list(self):
        """The lines to go through, once."""
        for application in self.filtered(lambda one: not one.check_ids):
            application.sudo().check_ids = [Command.create({"key": key}) for key, _label in KEYS]

    def _fact(self, key):
        """(whether the records bear it out, what they say)"""
        self.ensure_one()
        return getattr(self, f"_fact_{key}")()

    def _fact_documents(self):
        missing, waiting = self._missing(), self.document_ids.filtered(lambda paper: paper.state == "waiting")
        if missing:
            return False, self.env._("missing: %s", ", ".join(missing.mapped("name")))
        if waiting:
            return False, self.env._("to look at: %s", ", ".join(waiting.kind_id.mapped("name")))
        return True, self.env._("%s accepted", len(self.document_ids.filtered(lambda paper: paper.state == "accepted")))

    def _fact_references(self):
        return False, self.env._("not in the records: note whom you asked")

    def _fact_audit(self):
        audit = self.facility_id.sudo().audit_ids.filtered(lambda one: one.state == "done").sorted("done_on")[-1:]
        if not audit:
            return False, self.env._("no audit is complete")
        return True, self.env._("%(day)s, score %(score).0f %%", day=format_date(self.env, audit.done_on), score=audit.score)

    def _fact_kit(self):
        capabilities = self.facility_id.sudo().capability_ids
        wanted = self.process_ids - capabilities.process_id
        if not capabilities:
            return False, self.env._("no capability is recorded")
        if wanted:
            return False, self.env._("not recorded yet: %s", ", ".join(wanted.mapped("name")))
        return True, ", ".join(capabilities.process_id.mapped("name"))

    def _fact_people(self):
        owners = self.membership_id.sudo()._owners() if self.membership_id else self.env["wcm.member.person"]
        return bool(owners), ", ".join(owners.mapped("name")) or self.env._("nobody has a login yet")

    def _fact_terms(self):
        held = self.membership_id.sudo().held_terms_id
        return bool(self.membership_id.sudo().has_current_terms), held.display_name or self.env._("not accepted yet")

    def action_ask_missing(self):
        """One mail with everything that is missing, and the link to send it in."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        if not self._missing():
            raise UserError(self.env._("No document is missing."))
        self._send("missing")
        self.sudo().asked_on = fields.Datetime.now()

    def action_review(self):
        """Begin the review: a membership, under review, of the space and its organisation."""
        for application in self:
            application.check_access("write")
            application._check_step("waiting")
            membership = application._membership_to_review()
            application.sudo().write({"state": "review", "membership_id": membership.id})
            application.activity_feedback(["wcm_network.activity_application"])

    def _membership_to_review(self):
        """The space's own, when somebody has begun one; with the organisation as its operator."""
        facility = self.facility_id
        if not facility:
            raise UserError(self.env._("Which space is it? Accept the suggestion of the new space first, or choose one that is on the map."))
        facility.check_access("write")
        if not facility.operator_id:
            facility.operator_id = self._organisation()
        membership = facility.membership_id or self.env["wcm.membership"].create({"facility_id": facility.id})
        if membership.state not in ("applied", "under_review"):
            raise UserError(self.env._("%s is in the network already.", facility.name))
        if membership.state == "applied":
            membership.action_review()
        return membership

    def _organisation(self):
        """The contact of the organisation: the one that it joined with before from the same address, else a new one."""
        before = self.sudo().search([("contact_email", "=", self.contact_email), ("name", "=ilike", self.name), ("membership_id", "!=", False)])
        return before.membership_id.partner_id[:1] or self.env["res.partner"].sudo().create({"name": self.name, "is_company": True, "phone": self.contact_phone})

    def action_invite_owner(self):
        """A login for who will be the owner: to read and accept the terms, and to invite the others."""
        self.ensure_one()
        self.check_access("write")
        self._check_step("review")
        self.membership_id.check_access("write")
        self.membership_id._invite(self.owner_email or self.contact_email, name=self.owner_name or self.contact_name, role="owner")

    def action_admit(self):
        """On probation, by the membership's own step, which asks for what this review has not ticked."""
        for application in self:
            application.check_access("write")
            application._check_step("review")
            application.membership_id.action_admit()

    def action_decline(self):
        """With a reason, which is mailed. Who is declined may apply again."""
        for application in self:
            application.check_access("write")
            application._check_open()
            if not (application.answer or "").strip():
                raise UserError(self.env._("Write the reason for the decision first: it is sent to %s.", application.contact_name))
            if application.membership_id:
                application.membership_id.action_decline(application.answer)
            else:
                application._decided("declined")

    def _unticked(self):
        return [check._label() for check in self.check_ids if not check.is_done]

    def _decided(self, state, reason=None):
        """Written, told to the applicant and, of who is admitted, its papers kept with the space."""
        for application in self.sudo():
            application.write({
                "state": state, "decided_on": fields.Datetime.now(), "decided_by_id": self.env.uid, "answer": reason or application.answer,
            })
            application.activity_unlink(["wcm_network.activity_application"])
            if state == "admitted":
                papers = application.document_ids.filtered(lambda paper: paper.state == "accepted")
                self.env["wcm.certificate"].sudo().create([paper._certificate_values(application.facility_id) for paper in papers])
            application._send("decided")

    def _check_step(self, state):
        if self.state != state:
            words = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(self.env._("This application is “%(now)s”, not “%(then)s”.", now=words[self.state], then=words[state]))

    def action_open_membership(self):
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "wcm.membership", "res_id": self.membership_id.id, "view_mode": "form"}

    def action_open_suggestion(self):
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "wcm.facility.suggestion", "res_id": self.suggestion_id.id, "view_mode": "form"}
