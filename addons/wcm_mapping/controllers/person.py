from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PersonData(http.Controller):
    """The copy that a person is given; made when it is asked for and kept nowhere."""

    @http.route("/privacy/person/<int:request_id>.<string:ending>", type="http", auth="user", methods=["GET"], readonly=True)
    def export(self, request_id, ending):
        asked = request.env["wcm.person.request"].search([("id", "=", request_id)])
        if not asked or ending not in ("zip", "xlsx"):
            raise NotFound()
        person, data = asked._person(), request.env["wcm.person.data"]
        content = data._export_zip(person) if ending == "zip" else data._export_xlsx(person)
        headers = [
            ("Content-Type", "application/zip" if ending == "zip" else XLSX),
            ("Content-Disposition", content_disposition(f"personal-data.{ending}")),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(content, headers)
