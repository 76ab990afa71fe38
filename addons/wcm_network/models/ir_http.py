from odoo import models
from odoo.http import request

BENCH_COOKIE = "wcm_bench_user"
DAYS = 90


class IrHttp(models.AbstractModel):
    """A cookie says whose login this browser had last: what the shop-floor app keeps for another it does not show."""

    _inherit = "ir.http"

    @classmethod
    def _name_bench_user(cls):
        name = str(request.session.uid)
        request.future_response.set_cookie(BENCH_COOKIE, name, max_age=DAYS * 86400, samesite="Strict", path="/")

    @classmethod
    def _post_dispatch(cls, response):
        """Somebody may log in, by whichever way, where the session of another ran out."""
        named, user = request.httprequest.cookies.get(BENCH_COOKIE), request.session.uid
        if named and user and named != str(user):
            cls._name_bench_user()
        super()._post_dispatch(response)

    @classmethod
    def _post_logout(cls):
        super()._post_logout()
        request.future_response.set_cookie(BENCH_COOKIE, max_age=0)
