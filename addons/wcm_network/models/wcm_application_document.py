import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

PAPERS = ("application/pdf", "image/jpeg", "image/png")
PAPER_BYTES = 12_000_000
MOST = 20


class WcmApplicationDocument(models.Model):
    """A paper that an applicant sent in. It counts when a coordinator has accepted it."""

    _name = "wcm.application.document"
    _description = "Document of an application"
    _inherit = "wcm.guarded"
    _order = "application_id, kind_id, id"

    _guarded = frozenset({"state", "decided_by_id", "decided_on"})

    application_id = fields.Many2one("wcm.membership.application", required=True, index=True, ondelete="cascade")
    region_id = fields.Many2one(related="application_id.region_id", store=True, index=True)
    kind_id = fields.Many2one("wcm.document.kind", "Document", required=True, index=True, ondelete="restrict")
    number = fields.Char(help="As printed on the paper.")
    issuer = fields.Char(help="Who gave it, e.g. the insurer.")
    expires_on = fields.Date("Last day")
    document = fields.Binary(attachment=True, required=True)
    document_name = fields.Char()
    state = fields.Selection([("waiting", "To look at"), ("accepted", "Accepted"), ("refused", "Refused")], default="waiting", required=True, readonly=True)
    reason = fields.Char(help="Shown to the applicant. Needed to refuse.")
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_on = fields.Date(readonly=True)
    is_past = fields.Boolean("Past its last day", compute="_compute_is_past")

    @api.depends("expires_on")
    def _compute_is_past(self):
        today = fields.Date.context_today(self)
        for paper in self:
            paper.is_past = bool(paper.expires_on and paper.expires_on < today)

    @api.model_create_multi
    def create(self, vals_list):
        """By whichever way it comes: a PDF or a photo, and not past its last day."""
        for values in vals_list:
            self._check_paper(values.get("document"))
        papers = super().create(vals_list)
        papers._check_last_day()
        return papers

    def write(self, vals):
        if not self.env.su and {"application_id", "kind_id", "document", "expires_on"} & vals.keys() and "waiting" in self.mapped("state"):
            raise UserError(self.env._("A document that was sent in is accepted or refused as it is."))
        return super().write(vals)

    @api.model
    def _check_paper(self, content):
        try:
            data = base64.b64decode(content or b"", validate=True)
        except ValueError:
            data = b""
        if not data or len(data) > PAPER_BYTES or guess_mimetype(data) not in PAPERS:
            raise UserError(self.env._("Add the paper itself: a PDF, JPEG or PNG file of at most 12 MB."))

    def _check_last_day(self):
        for paper in self:
            if paper.kind_id.expires and not paper.expires_on:
                raise UserError(self.env._("Write the last day on which “%s” holds.", paper.kind_id.name))
            if paper.is_past:
                raise UserError(self.env._("“%s” does not hold any more. Send the one that holds now.", paper.kind_id.name))

    def action_accept(self):
        self._decide("accepted")

    def action_refuse(self):
        if any(not (paper.reason or "").strip() for paper in self):
            raise UserError(self.env._("Write the reason first: the applicant reads it."))
        self._decide("refused")

    def _decide(self, state):
        self.check_access("write")
        self.application_id._check_open()
        self.sudo().write({"state": state, "decided_by_id": self.env.uid, "decided_on": fields.Date.context_today(self)})

    def _certificate_values(self, facility):
        """The same paper, kept with the space."""
        return {
            "facility_id": facility.id, "kind": self.kind_id.kind, "subject": self.kind_id.name if self.kind_id.kind == "other" else False, "number": self.number,
            "issuer": self.issuer, "expires_on": self.expires_on, "document": self.document, "document_name": self.document_name, "review": "accepted",
        }
