from odoo.addons.survey.controllers.main import Survey


class AuditSurvey(Survey):
    def _check_validity(self, survey_sudo, answer_sudo, answer_token, ensure_token=True, check_partner=True):
        """The answers of an audit belong to the space: whoever holds their link may go on with them."""
        of_audit = bool(answer_token and answer_sudo.survey_id.is_facility_audit)
        return super()._check_validity(
            survey_sudo, answer_sudo, answer_token, ensure_token=ensure_token, check_partner=check_partner and not of_audit
        )
