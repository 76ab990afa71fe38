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
        return request.render("wcm_network.portal_my_grants", {"grants": Grant.search([]), "page_name": "grants"})

    @http.route("/network/grant/<int:grant_id>/workbook.xlsx", type="http", auth="user", readonly=True)
    def workbook(self, grant_id):
        """The record rule decides who may have it; then the figures of all makers are summed up."""
        Grant = request.env["wcm.grant"]
        grant = Grant.search([("id", "=", grant_id)]) if Grant.has_access("read") else Grant
        if not grant:
            raise request.not_found()
        headers = [("Content-Type", XLSX), ("Content-Disposition", content_disposition(f"{grant.name}.xlsx"))]
        return request.make_response(grant.sudo()._workbook(), headers)
