from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import QualityCase


@tagged("-at_install", "post_install")
class TestQualityRpc(QualityCase, HttpCase):
    """The same rules for callers who do not come through our screens."""

    def setUp(self):
        super().setUp()
        self.make_control_plan()
        self.tracked = self.make_part("KNO-1")
        self.inspection = self.tracked.inspection_ids
        self.fill_in(self.inspection, self.maker)

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}", {"model": model, "method": method, "args": args, "kwargs": kwargs}
        )

    @mute_logger("odoo.http")
    def test_the_maker_does_not_release_its_own_hold_over_rpc(self):
        self.authenticate(self.maker.login, "alder-password")
        for context in ({}, {"force": True, "skip_sanity_check": True, "uid": 1}):
            with self.assertRaisesRegex(JsonRpcException, "UserError"):
                self.call("wcm.inspection", "action_close", self.inspection.ids, context=context)
        self.assertEqual(self.inspection.state, "open")

    @mute_logger("odoo.http")
    def test_private_doors_stay_shut(self):
        self.authenticate(self.maker.login, "alder-password")
        for method, args in (("_close", ["passed"]), ("_correct", ["x"]), ("_open_for", [])):
            with self.assertRaises(JsonRpcException):
                self.call("wcm.inspection", method, self.inspection.ids, *args)
        self.assertEqual(self.inspection.state, "open")

    @mute_logger("odoo.http")
    def test_a_colleague_releases_over_rpc(self):
        self.authenticate(self.colleague.login, "colleague-password")
        self.call("wcm.inspection", "action_close", self.inspection.ids)
        self.assertEqual(self.inspection.state, "passed")
