from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from ..models.wcm_part_label import SIZES


class PartPage(http.Controller):
    # In capitals as the QR code has it: that makes it smaller.
    @http.route(["/part/<string:code>", "/PART/<string:code>"], type="http", auth="public", readonly=True, sitemap=False)
    def part(self, code):
        """The page behind a label: only what may be public, to whoever holds the code."""
        part = request.env["wcm.part"].sudo()._find_by_public_code(code)
        values = {"part": part._public_values() if part else None, "code": code[:80]}
        response = request.render("wcm_network.part_page", values, status=200 if part else 404)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


class WorkOrderDocuments(http.Controller):
    @http.route("/network/work-order/<int:order_id>/labels.pdf", type="http", auth="user")
    def labels(self, order_id, size="a4", part=""):
        """On A4 sheets, or `size=small` for 62 x 29 mm; `part` is one of the order's."""
        order = self._readable_order(order_id)
        labels = size in SIZES and order._labels_pdf(size, int(part) if part.isdecimal() else None)
        if not labels:
            raise request.not_found()
        return self._file(labels, "application/pdf", f"labels {order.name}.pdf", inline=True)

    @http.route("/network/work-order/<int:order_id>/drawings.zip", type="http", auth="user")
    def drawings(self, order_id):
        order = self._readable_order(order_id)
        order._log_download(order._drawings())
        name = f"drawings {order.name} {order.component_code or ''} {order.design_revision or ''}".strip()
        return self._file(order._drawings_archive(), "application/zip", f"{name}.zip")

    @http.route("/network/work-order/<int:order_id>/drawing/<int:drawing_id>", type="http", auth="user", methods=["GET"])
    def drawing(self, order_id, drawing_id):
        """One drawing of the order, to look at; whatever it is, nothing in it runs."""
        order = self._readable_order(order_id)
        drawing = order._shown_drawings().filtered(lambda one: one.id == drawing_id)
        if not drawing:
            raise request.not_found()
        response = drawing._to_http_stream().get_response(as_attachment=False, content_security_policy="default-src 'none'; style-src 'unsafe-inline'; sandbox")
        if response.status_code != 304:  # the browser has it already
            order._log_download(drawing)
        return response

    def _readable_order(self, order_id):
        """The caller's own order, then with the rights to print it; to others it does not exist."""
        order = request.env["wcm.work.order"].browse(order_id).exists()
        try:
            order._check_member_or_coordinator()
        except AccessError:
            order = order.browse()
        if not order:
            raise request.not_found()
        return order.sudo()

    def _file(self, content, mimetype, name, inline=False):
        disposition = content_disposition(name.replace("/", "-"), "inline" if inline else "attachment")
        return request.make_response(content, [
            ("Content-Type", mimetype), ("Content-Length", len(content)), ("Content-Disposition", disposition), ("X-Content-Type-Options", "nosniff"),
        ])
