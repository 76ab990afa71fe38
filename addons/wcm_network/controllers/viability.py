from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import content_disposition, request

from .grant import XLSX


class Viability(http.Controller):
    """What the page says, to take to a board: for who may see the page, of the books that they may see."""

    @http.route("/network/viability.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def workbook(self, region=None, homes=None):
        return self._file(region, homes, "xlsx", XLSX, lambda books, *asked: books._workbook(*asked).to_bytes())

    @http.route("/network/viability.pdf", type="http", auth="user", methods=["GET"])
    def paper(self, region=None, homes=None):
        return self._file(region, homes, "pdf", "application/pdf", lambda books, *asked: books._paper(*asked))

    def _file(self, region, homes, ending, kind, made):
        books = request.env["wcm.viability"]
        whose, number = self._asked(books, region, homes)
        content = made(books, whose, number)
        name = f"viability {whose.name or 'network'}.{ending}"
        return request.make_response(content, [
            ("Content-Type", kind), ("Content-Length", len(content)), ("Content-Disposition", content_disposition(name)), ("X-Content-Type-Options", "nosniff"),
        ])

    def _asked(self, books, region, homes):
        """Not found for everybody else, and for what is none."""
        try:
            asked = {name: int(value) for name, value in (("region", region), ("homes", homes)) if value}
            whose = books._whose(asked)
            number = books._what_if(asked)
        except (AccessError, UserError, ValueError) as error:
            raise request.not_found() from error
        if not whose and not books._sees_all():
            raise request.not_found()
        return whose, number
