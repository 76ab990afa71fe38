from odoo import fields, http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request


class Statement(http.Controller):
    @http.route("/network/member/<int:membership_id>/statement/<string:month>.pdf", type="http", auth="user", methods=["GET"])
    def paper(self, membership_id, month):
        """A month (YYYY-MM) of a member, for its owners and supervisors and for its coordinators; to others it does not exist."""
        member = self._readable(membership_id).sudo()
        content = member and self._day(month) and member._statement_pdf(self._day(month))
        if not content:
            raise request.not_found()
        return request.make_response(content, [
            ("Content-Type", "application/pdf"), ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"statement {member.code or member.id} {month}.pdf")), ("X-Content-Type-Options", "nosniff"),
        ])

    def _readable(self, membership_id):
        member = request.env["wcm.membership"].browse(membership_id).exists()
        try:
            member._check_office_or_coordinator()
        except AccessError:
            return member.browse()
        return member

    def _day(self, month):
        try:
            return fields.Date.to_date(f"{month}-01") if len(month) == 7 else None
        except ValueError:
            return None
