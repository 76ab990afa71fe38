"""Whoever is suspended, ended or declined is shut out of every model that members reach; a new one too."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_members_apart import MembersCase


@tagged("post_install", "-at_install")
class TestShutOut(MembersCase):
    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_member_that_is_shut_out_reads_no_record_of_its_own(self):
        for state in ("suspended", "ended", "declined"):
            self.alder.sudo().state = state
            self.env.flush_all()
            self.env.registry.clear_cache()
            for model, records in self.own.items():
                with self.subTest(state=state, model=model):
                    mine = self.env[model].with_user(self.alder_user)
                    self.assertFalse(mine.search([("id", "in", records.ids)]))
                    with self.assertRaises(AccessError):
                        mine.browse(records.ids).read(["display_name"])
                    with self.assertRaises(AccessError):
                        mine.browse(records.ids).check_access("write")
