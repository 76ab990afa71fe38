from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..extension import make_extension


@tagged("post_install", "-at_install")
class TestExtension(TransactionCase):
    def test_one_that_is_there_is_left_alone(self):
        make_extension(self.env, "btree_gist")

    def test_one_that_only_an_administrator_may_make_is_asked_for_with_the_command(self):
        """Reading files of the server is for superusers, which Odoo's own role is not."""
        said = rf"file_fdw is not in the database {self.cr.dbname}, and the role .+ may not create it\..* psql -d {self.cr.dbname} -c 'CREATE EXTENSION file_fdw'"
        with self.assertRaisesRegex(UserError, said), mute_logger("odoo.sql_db"):
            make_extension(self.env, "file_fdw")
        self.assertTrue(self.env.user.exists(), "the transaction goes on")

    def test_one_that_the_server_has_not_is_said_so(self):
        with self.assertRaisesRegex(UserError, "contrib"), mute_logger("odoo.sql_db"):
            make_extension(self.env, "wcm_no_such_extension")
