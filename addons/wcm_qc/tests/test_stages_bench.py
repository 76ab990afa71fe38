import uuid

from odoo.tests import tagged

from .stages import StageCase


@tagged("post_install", "-at_install")
class TestStagesAtTheBench(StageCase):
    """The same from the shop-floor app, also from what it kept without network."""

    def told(self, name, **args):
        return {"key": str(uuid.uuid4()), "name": name, "age": 0, "person": None, "args": args}

    def tell(self, user, *told):
        answers = self.env["wcm.bench.action"].with_user(user)._run_all(list(told))
        return [(answer["state"], answer["message"]) for answer in answers]

    def answers(self, stage, verdict="pass"):
        return [{"name": f"Right at {stage}", "passed_by_hand": verdict}]

    def checked(self, part, stage):
        return self.told("check", parts=part.ids, stage=stage, answers=self.answers(stage))

    def test_checks_of_every_stage_at_the_member_are_taken_along_and_told(self):
        self.plan("in_process")
        self.plan("dispatch")
        taken = self.env["wcm.membership"].with_user(self.maker)._bench_snapshot()
        self.assertEqual({stage: plan["hold"] for stage, plan in taken["stage_checks"][str(self.order.id)].items()}, {"in_process": True, "dispatch": True})
        self.assertEqual(self.tell(self.maker, self.told("start", order=self.order.id)), [("done", "")])
        self.assertEqual(self.tell(self.colleague, self.checked(self.first, "in_process")), [("done", "")])
        [(state, message)] = self.tell(self.maker, self.told("made", parts=self.second.ids, sheets="SH-A"))
        self.assertEqual(state, "refused")
        self.assertIn("not passed", message)
        self.assertEqual(self.tell(self.maker, self.told("made", parts=self.first.ids, sheets="SH-A"), self.told("pack", parts=self.first.ids)), [("done", "")] * 2)
        [(state, message)] = self.tell(self.maker, self.told("load", parts=self.first.ids))
        self.assertIn("Dispatch check", message)
        self.assertEqual(self.tell(self.colleague, self.checked(self.first, "dispatch")), [("done", "")])
        self.assertEqual(self.tell(self.maker, self.told("load", parts=self.first.ids)), [("done", "")])

    def test_what_is_due_is_said_by_its_stage(self):
        self.plan("in_process")
        self.start()
        part = next(part for part in self.env["wcm.membership"].with_user(self.maker)._bench_snapshot()["parts"] if part["id"] == self.first.id)
        self.assertEqual((part["check"]["state"], part["check"]["stage"], part["check"]["stages"]), ("open", "in_process", ["in_process"]))
