from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .workshop import Workshop


class Bench(Workshop):
    """The one address that the shop-floor app syncs with, and the one that checks a PIN."""

    @http.route("/bench/sync", type="jsonrpc", auth="user", methods=["POST"])
    def bench_sync(self, user=None, actions=None, known=None, snapshot=True):
        """Carry out what was done, then say how things stand.

        :param user: for whom the app keeps its work; another's login gets none of it and does none of it
        """
        self._check_bench_member()
        request.env["ir.http"]._name_bench_user()
        if user and user != request.env.uid:
            return {"user": request.env.uid}
        answers = request.env["wcm.bench.action"]._run_all([] if actions is None else actions)
        return {
            "user": request.env.uid, "answers": answers,
            "snapshot": request.env["wcm.membership"]._bench_snapshot(known) if snapshot else None,
        }

    @http.route("/bench/unlock", type="jsonrpc", auth="user", methods=["POST"])
    def bench_unlock(self, person=None, pin=None):
        self._check_bench_member()
        return request.env["wcm.member.person"]._unlock(person, pin)

    def _check_bench_member(self):
        if request.env.user.is_shut_out and not self._receives():
            raise UserError(request.env._("The access of your member has stopped. Ask your regional coordinator."))
        if not self._may_use_bench():
            raise UserError(request.env._("The bench is for member factories, and for whoever receives at a site. Log in as one of them."))

    def _may_use_bench(self):
        return self._is_member() or self._receives()

    def _receives(self):
        return bool(request.env["wcm.site"]._to_receive_at())

    def _prepare_portal_layout_values(self):
        return {**super()._prepare_portal_layout_values(), "receives_deliveries": self._receives()}
