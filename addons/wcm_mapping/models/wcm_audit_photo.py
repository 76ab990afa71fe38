from odoo import fields, models


class WcmAuditPhoto(models.Model):
    """A photo taken during an audit, and what it shows."""

    _name = "wcm.audit.photo"
    _description = "Photo of an Audit"
    _inherit = ["image.mixin"]
    _order = "section_id, id"

    audit_id = fields.Many2one("wcm.audit", required=True, index=True, ondelete="cascade")
    survey_id = fields.Many2one(related="audit_id.survey_id")
    region_id = fields.Many2one(related="audit_id.region_id", store=True, index=True)
    section_id = fields.Many2one(
        "survey.question", domain="[('survey_id', '=', survey_id), ('is_page', '=', True)]"
    )
    name = fields.Char("What It Shows", required=True)
    image_1920 = fields.Image(required=True)
