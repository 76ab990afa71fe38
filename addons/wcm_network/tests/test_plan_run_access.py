from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .test_plan_solving import PlanSolvingCase


@tagged("post_install", "-at_install")
class TestPlanRunAccess(HttpCase, PlanSolvingCase):
    def setUp(self):
        super().setUp()
        self.plan.action_solve()
        self.go_on()
        self.run_record = self.plan.run_ids
        self.funder = new_test_user(
            self.env, "funder_t", groups="wcm_network.group_funder", password="funder_t"
        )

    def test_neither_members_nor_funders_nor_other_coordinators_see_question_or_answer(self):
        for user in (self.alder_user, self.funder, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.run_record.with_user(user).read(["problem_file", "result_file"])
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.plan.with_user(user).action_stop()
        runs = self.env["wcm.plan.run"]
        self.assertFalse(runs.with_user(self.other_coordinator).search([]))
        self.assertTrue(runs.with_user(self.coordinator).search([]))

    def test_nobody_writes_what_was_asked_and_answered(self):
        run = self.run_record.with_user(self.manager)
        for change in (
            lambda: run.write({"problem_file": False}),
            run.unlink,
            lambda: run.create({"plan_id": self.plan.id, "user_id": self.manager.id}),
            lambda: self.plan.with_user(self.manager).write({"run_ids": [Command.create({"user_id": self.manager.id})]}),
        ):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                change()

    def test_the_files_are_downloaded_by_managers_only(self):
        self.coordinator.password, self.alder_user.password = "coordinator_t", "alder-long-password"
        self.other_coordinator.password, self.manager.password = "coordinator_o", "manager_t"
        address = f"/web/content/wcm.plan.run/{self.run_record.id}/problem_file?download=1"
        for login, password, status in (
            (self.manager.login, "manager_t", 200),
            (self.coordinator.login, "coordinator_t", 404),
            (self.other_coordinator.login, "coordinator_o", 404),
            (self.alder_user.login, "alder-long-password", 404),
            (self.funder.login, "funder_t", 404),
            (None, None, 404),
        ):
            self.authenticate(login, password)
            with self.subTest(login=login), mute_logger("odoo.http"):
                answer = self.url_open(address)
                self.assertEqual(answer.status_code, status)
                if status == 200:
                    self.assertEqual(answer.json()["format"], 1)

    def test_who_stopped_it_is_forgotten_when_that_person_is_erased(self):
        self.plan.action_solve()
        self.plan.action_stop()
        run, name = self.plan.run_ids[:1].sudo(), self.coordinator.name
        self.assertIn(name, run.message)
        asked = self.env["wcm.person.request"].with_user(self.manager)
        asked.create({"partner_id": self.coordinator.partner_id.id, "confirmation": "ERASE"}).action_erase()
        self.assertNotIn(name, run.message)
