from odoo import fields, models


class WcmBuild(models.Model):
    _inherit = "wcm.build"

    witness_ids = fields.Many2many(
        "res.partner", "wcm_build_witness_rel", "build_id", "partner_id", "Invited as witnesses", groups="wcm_network.group_coordinator,wcm_network.group_manager,wcm_qc.group_quality_lead",
        help="To every witness point of this home's blocks, for example the client. Told by e-mail.",
    )
