import base64

from odoo import fields, models
from odoo.exceptions import UserError

from .wcm_application_document import MOST, PAPER_BYTES
from .wcm_membership_application import OPEN

TOLD = ("number", "issuer")


class WcmMembershipApplication(models.Model):
    """What an applicant does by its link: see, add documents, withdraw. Called by the page alone, with all rights."""

    _inherit = "wcm.membership.application"

    def _own_rows(self):
        """[(kind, its papers)], in the order in which they are asked for; what is not asked for any more comes last."""
        papers = self.document_ids.grouped("kind_id")
        kinds = self._asked() | self.document_ids.kind_id
        return [(kind, papers.get(kind, self.document_ids.browse())) for kind in kinds]

    def _own_add(self, kind_id, sent, upload):
        """Take a paper in; the one of the same kind that nobody has looked at goes.

        :param sent: what the page sent, texts by name
        :raise UserError: in words for the applicant; nothing is kept then
        """
        self._check_open()
        kind = self._asked().filtered(lambda one: str(one.id) == str(kind_id))
        if not kind:
            raise UserError(self.env._("Choose which document it is."))
        if len(self.document_ids) >= MOST:
            raise UserError(self.env._("There are %s documents already. Take one away first, or ask us.", MOST))
        content = upload.read(PAPER_BYTES + 1) if upload else b""
        values = {
            "application_id": self.id, "kind_id": kind.id, "expires_on": self._own_day(sent.get("expires_on")),
            "document": base64.b64encode(content), "document_name": ((upload and upload.filename) or kind.name)[-100:],
            **{name: " ".join(str(sent.get(name) or "").split())[:120] for name in TOLD},
        }
        paper = self.env["wcm.application.document"].create(values)
        (self.document_ids - paper).filtered(lambda one: one.kind_id == kind and one.state == "waiting").unlink()
        self._ask_coordinators(self.env._("Look at the documents of %s", self.name))
        return paper

    def _own_day(self, text):
        """:raise UserError: it is no day"""
        try:
            return fields.Date.to_date((text or "").strip() or False)
        except ValueError:
            raise UserError(self.env._("Write the last day like this: 2027-03-31.")) from None

    def _own_remove(self, paper):
        self._check_open()
        if paper.state != "waiting":
            raise UserError(self.env._("A coordinator has looked at this document; it stays."))
        paper.unlink()

    def _own_withdraw(self):
        """Said twice, it changes nothing. A membership under review ends with it."""
        if self.state not in ("unconfirmed", *OPEN):
            return
        self.write({"state": "withdrawn", "decided_on": fields.Datetime.now()})
        self.activity_unlink(["wcm_network.activity_application"])
        self.message_post(body=self.env._("The applicant has withdrawn."))
        self.membership_id.filtered(lambda member: member.state in ("applied", "under_review"))._move_to(
            "declined", since=("applied", "under_review"), decision_reason=self.env._("The applicant has withdrawn.")
        )
