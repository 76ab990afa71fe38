from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _post_logout(cls):
        """What the shop-floor app keeps for this login is not shown to the next one."""
        super()._post_logout()
        request.future_response.set_cookie("wcm_bench_user", max_age=0)
