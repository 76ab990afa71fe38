from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request


class Delivery(http.Controller):
    @http.route("/delivery/<string:token>", type="http", auth="public", methods=["GET"], sitemap=False, readonly=True)
    def driver(self, token):
        """The list of an accepted run, for whoever holds its signed link."""
        run = request.env["wcm.delivery.run"]._of_token("driver", token)
        run = run.filtered(lambda run: run.state == "accepted")
        response = request.render("wcm_network.delivery_run_page", {"run": run._driver_values() if run else None}, status=200 if run else 404)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    @http.route("/network/shipment/<int:shipment_id>/delivery-note.pdf", type="http", auth="user", methods=["GET"])
    def delivery_note(self, shipment_id):
        """The caller's own shipment, printed with the rights to read addresses; to others it does not exist."""
        shipment = request.env["wcm.shipment"].browse(shipment_id).exists()
        try:
            shipment._check_member_or_coordinator()
        except AccessError:
            shipment = shipment.browse()
        if not shipment:
            raise request.not_found()
        report = request.env["ir.actions.report"].sudo().with_context(force_report_rendering=True)
        content, _kind = report._render_qweb_pdf("wcm_network.report_delivery_note", shipment.ids)
        name = f"delivery note {shipment.name}.pdf".replace("/", "-")
        return request.make_response(content, [
            ("Content-Type", "application/pdf"), ("Content-Length", len(content)), ("Content-Disposition", content_disposition(name, "inline")), ("X-Content-Type-Options", "nosniff"),
        ])
