from odoo import fields, models


class WcmCertificate(models.Model):
    """Papers of the schemes; and the network's own, given by an audit (`action_certify` of wcm.audit)."""

    _inherit = "wcm.certificate"

    kind = fields.Selection(
        selection_add=[
            ("bopas", "BOPAS accreditation"), ("nhbc", "NHBC acceptance or certificate of the system"),
            ("assurance", "Certificate of assurance of the network"), ("other",),
        ],
        ondelete={"bopas": "set other", "nhbc": "set other", "assurance": "set other"},
    )
