from odoo import api, fields, models
from odoo.fields import Domain


class WcmDocumentKind(models.Model):
    """A document that the network asks of who applies: everywhere, or in some regions or of one type of organisation."""

    _name = "wcm.document.kind"
    _description = "Document asked of applicants"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        selection=lambda self: self.env["wcm.certificate"]._fields["kind"].selection, string="Becomes a certificate", default="other", required=True,
        help="As what it is kept with the space once the organisation is admitted.",
    )
    is_required = fields.Boolean("Needed", default=True, help="Without it an application is not complete.")
    expires = fields.Boolean("Has a last day", default=True, help="The day must be told, and must not be past.")
    hint = fields.Char(translate=True, help="Shown to the applicant below the name.")
    region_ids = fields.Many2many("wcm.region", string="Regions", help="Empty: everywhere.")
    organisation_type = fields.Selection(
        selection=lambda self: self.env["wcm.facility"]._fields["organisation_type"].selection, help="Empty: of every organisation.",
    )

    @api.model
    def _asked(self, region, organisation_type):
        """What is asked of such an organisation there."""
        here = Domain("region_ids", "=", False) | Domain("region_ids", "in", region.ids)
        theirs = Domain("organisation_type", "in", [False, organisation_type])
        return self.search(here & theirs)
