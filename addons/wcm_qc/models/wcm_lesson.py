from odoo import api, models


class WcmLesson(models.Model):
    _inherit = "wcm.lesson"

    @api.model
    def _about_models(self):
        return [*super()._about_models(), "wcm.nonconformity"]

    @api.model
    def _may_write_one(self):
        return super()._may_write_one() or self.env.user.has_group("wcm_qc.group_quality_lead")


class WcmNonconformity(models.Model):
    _name = "wcm.nonconformity"
    _inherit = ["wcm.nonconformity", "wcm.lesson.about"]
