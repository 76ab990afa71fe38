import threading
from concurrent.futures import ThreadPoolExecutor

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..suggestion_form import read_form

AT_ONCE = 4
EMAIL = "concurrent@example.org"


@tagged("post_install", "-at_install")
class TestSuggestionConcurrency(BaseCase):
    """Real connections on committed records, which are removed afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.addClassCleanup(cls._remove_records)

    @classmethod
    def _remove_records(cls):
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["wcm.facility.suggestion"].search([("suggester_email", "=", EMAIL)]).unlink()
            env["mail.mail"].search([("email_to", "=", EMAIL)]).unlink()
            env["wcm.suggestion.count"].search([]).unlink()

    def at_once(self, work):
        """What each of several workers answers that begin in the same moment, tried again as the server does."""
        start = threading.Barrier(AT_ONCE, timeout=30)

        def worker(_number):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env.cr.execute("SELECT 1")
                start.wait()
                return retrying(lambda: work(env), env)

        with ThreadPoolExecutor(AT_ONCE) as executor:
            return list(executor.map(worker, range(AT_ONCE)))

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_none_of_many_at_once_slips_through_the_limit(self):
        answers = self.at_once(lambda env: env["wcm.suggestion.count"]._allows("address", "192.0.2.77", 2, hours=1))
        self.assertEqual(sorted(answers), [False, False, True, True])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_the_same_form_sent_many_times_at_once_is_one_suggestion(self):
        said = {"name": ["Concurrent Works"], "zip": ["BS4 1DB"], "suggester_email": [EMAIL], "consent": ["yes"]}

        def send(env):
            suggestions = env["wcm.facility.suggestion"]
            form = read_form(said, suggestions._vocabulary())
            known = suggestions._waiting_for(form, env["wcm.facility"])
            if not known:
                env["wcm.suggestion.count"]._allows("email", EMAIL, 5, hours=24)
                known = suggestions._submit(form, env["wcm.facility"])
            return known.id

        self.assertEqual(len(set(self.at_once(send))), 1)
