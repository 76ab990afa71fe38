from odoo import api, fields, models


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    # A type of its own also keeps the answers from the users of the Surveys app, whose
    # record rules name the types that they may read.
    survey_type = fields.Selection(
        selection_add=[("facility_audit", "Audit of a space")], ondelete={"facility_audit": "set default"}
    )
    is_facility_audit = fields.Boolean(
        "For Audits of Spaces",
        compute="_compute_is_facility_audit",
        store=True,
        help="The questions of an audit of a production space.",
    )

    @api.depends("survey_type")
    def _compute_is_facility_audit(self):
        for survey in self:
            survey.is_facility_audit = survey.survey_type == "facility_audit"

    @api.depends("survey_type")
    @api.depends_context("uid")
    def _compute_allowed_survey_types(self):
        super()._compute_allowed_survey_types()
        if self.env.user.has_group("wcm_mapping.group_mapping_manager"):
            self.allowed_survey_types = [*(self.allowed_survey_types or []), "facility_audit"]

    @api.onchange("survey_type")
    def _onchange_survey_type(self):
        super()._onchange_survey_type()
        if self.survey_type == "facility_audit":
            self.update(self._facility_audit_options())

    @api.model
    def _facility_audit_options(self):
        """By invitation only, a section at a time, back and forth, scores without a verdict."""
        return {
            "access_mode": "token",
            "questions_layout": "page_per_section",
            "users_can_go_back": True,
            "scoring_type": "scoring_without_answers",
            "scoring_success_min": 0,
            "certification": False,
            "is_time_limited": False,
        }
