import json

from odoo import http
from odoo.http import content_disposition, request

JSON_LD = "application/ld+json"


class Epcis(http.Controller):
    """Histories of parts. Each finds its parts with the caller's rights: a member its own, a coordinator its regions'."""

    @http.route("/network/part/<int:part_id>/epcis.jsonld", type="http", auth="user", methods=["GET"], readonly=True)
    def part(self, part_id):
        return self._document([("id", "=", part_id)])

    @http.route("/network/work-order/<int:order_id>/epcis.jsonld", type="http", auth="user", methods=["GET"], readonly=True)
    def order(self, order_id):
        return self._document([("work_order_id", "=", order_id)])

    @http.route("/network/build/<int:build_id>/epcis.jsonld", type="http", auth="user", methods=["GET"], readonly=True)
    def build(self, build_id):
        """To members a home does not exist: other members make it too."""
        found = request.env["wcm.build"].has_access("read")
        return self._document([("build_id", "=", build_id)] if found else [("id", "=", False)])

    def _document(self, domain):
        address = request.httprequest.path
        document = request.env["wcm.part"]._epcis_of(domain, address)
        if not document:
            raise request.not_found()
        name = address.strip("/").replace("/", "-").removeprefix("network-")
        return request.make_response(json.dumps(document, ensure_ascii=False), [
            ("Content-Type", JSON_LD), ("Content-Disposition", content_disposition(name)), ("X-Content-Type-Options", "nosniff"),
        ])
