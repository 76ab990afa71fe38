from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class GrantPortal(http.Controller):
    @http.route("/my/grants", type="http", auth="user", website=True)
    def my_grants(self):
        """A funder's own grants, each with its spreadsheet."""
        Grant = request.env["wcm.grant"]
        if not Grant.has_access("read"):
            raise request.not_found()
        grants = Grant.search([])
        reports = {grant: grant.sudo().report_ids.filtered(lambda report: report.state != "due") for grant in grants}
        return request.render("wcm_network.portal_my_grants", {"grants": grants, "reports": reports, "page_name": "grants"})

    @http.route("/network/grant/<int:grant_id>/workbook.xlsx", type="http", auth="user", readonly=True)
    def workbook(self, grant_id):
        """The record rule decides who may have it. Funders and managers get the figures of all homes, coordinators those of their regions."""
        grant = self._own_grant(grant_id)
        scope = grant._own_scope() if request.env.user.has_group("wcm_network.group_coordinator") else grant._period_scope(grant.date_start, grant.date_end)
        return self._spreadsheet(f"{grant.name}.xlsx", grant.sudo()._workbook(scope).to_bytes())

    @http.route("/network/grant/<int:grant_id>/report/<int:report_id>.xlsx", type="http", auth="user", readonly=True)
    def report(self, grant_id, report_id):
        """A report that is closed, for its funder; also one that is not, for managers, who write it."""
        grant = self._own_grant(grant_id).sudo()
        is_manager = request.env.user.has_group("wcm_network.group_manager")
        report = grant.report_ids.filtered(lambda report: report.id == report_id and (is_manager or report.state != "due"))
        if not report or (request.env.user.has_group("wcm_network.group_coordinator") and not is_manager):
            raise request.not_found()
        return self._spreadsheet(report._file_name(), report._file())

    def _own_grant(self, grant_id):
        Grant = request.env["wcm.grant"]
        grant = Grant.search([("id", "=", grant_id)]) if Grant.has_access("read") else Grant
        if not grant:
            raise request.not_found()
        return grant

    def _spreadsheet(self, name, content):
        return request.make_response(content, [("Content-Type", XLSX), ("Content-Disposition", content_disposition(name))])
