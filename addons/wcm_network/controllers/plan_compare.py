from werkzeug.exceptions import Forbidden

from odoo import http
from odoo.http import content_disposition, request

from .grant import XLSX


class PlanCompare(http.Controller):
    @http.route("/network/plan-compare/<int:compare_id>/workbook.xlsx", type="http", auth="user", readonly=True)
    def workbook(self, compare_id):
        """Whoever compares has it; the plans are read with their rights."""
        Compare = request.env["wcm.plan.compare"]
        if not Compare.has_access("read"):
            raise Forbidden
        compare = Compare.search([("id", "=", compare_id)])
        if not compare:
            raise request.not_found()
        headers = [("Content-Type", XLSX), ("Content-Disposition", content_disposition("plans.xlsx"))]
        return request.make_response(compare._workbook(), headers)
