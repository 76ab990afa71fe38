from odoo import api, fields, models


class WcmTermsReading(models.TransientModel):
    """A text as somebody reads it, alone or beside an older one."""

    _name = "wcm.terms.reading"
    _description = "Read and compare terms"
    _rec_name = "terms_id"

    terms_id = fields.Many2one("wcm.terms", "Text", required=True, ondelete="cascade")
    against_id = fields.Many2one("wcm.terms", "Compared with", ondelete="cascade")
    membership_id = fields.Many2one("wcm.membership", "As this member reads it", ondelete="cascade")
    region_id = fields.Many2one("wcm.region", "As in region", compute="_compute_place", store=True, readonly=False, ondelete="cascade")
    organisation_type = fields.Selection(
        lambda self: self.env["wcm.facility"]._fields["organisation_type"].selection, "As type of organisation", compute="_compute_place", store=True, readonly=False,
    )
    only_changes = fields.Boolean("What is different only", default=True)
    text = fields.Html(compute="_compute_text", sanitize=False)
    text_hash = fields.Char("Fingerprint (SHA-256)", compute="_compute_text")
    changes = fields.Html(compute="_compute_text", sanitize=False)

    @api.depends("membership_id")
    def _compute_place(self):
        for reading in self:
            reading.region_id = reading.membership_id.region_id or reading.region_id
            reading.organisation_type = reading.membership_id.organisation_type or reading.organisation_type

    @api.depends("terms_id", "against_id", "region_id", "organisation_type", "only_changes")
    def _compute_text(self):
        for reading in self:
            terms, place = reading.terms_id._origin, (reading.region_id._origin, reading.organisation_type)
            reading.text = terms._text(*place) if terms else False
            reading.text_hash = terms._hash_at(*place) if terms else False
            against = reading.against_id._origin
            reading.changes = terms._comparison(against, *place, only_changes=reading.only_changes) if terms and against else False

    def action_print(self):
        """The text as a PDF."""
        return self.env.ref("wcm_network.report_terms").report_action(self)
