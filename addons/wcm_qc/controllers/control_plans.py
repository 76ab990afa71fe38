from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from odoo.addons.wcm_network.controllers.grant import XLSX


class ControlPlans(http.Controller):
    @http.route("/quality/control-plans.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def workbook(self, ids="", **_more):
        """Control plans that the caller may read; to others there are none."""
        numbers = [int(one) for one in ids.split(",") if one.isdecimal() and len(one) < 10][:500]
        plans = request.env["wcm.control.plan"].browse(numbers).exists()
        try:
            plans.check_access("read")
        except AccessError:
            plans = plans.browse()
        if not plans:
            raise request.not_found()
        return request.make_response(plans._table_workbook(), [
            ("Content-Type", XLSX), ("Content-Disposition", content_disposition("control-plans.xlsx")), ("X-Content-Type-Options", "nosniff"),
        ])
