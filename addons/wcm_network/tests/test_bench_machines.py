"""Which machine a block was made on, where a member has several that could do it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_bench import BenchCase


@tagged("post_install", "-at_install")
class TestBenchMachines(BenchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kit = cls.env["maintenance.equipment"]
        cls.mill, cls.router, cls.press, cls.foreign = kit.create([
            {"name": name, "facility_id": member.facility_id.id, "process_id": process.id}
            for name, member, process in (
                ("Mill", cls.alder, cls.routing), ("Router", cls.alder, cls.routing), ("Press", cls.alder, cls.assembly), ("Foreign", cls.birch, cls.routing),
            )
        ])

    def taken(self):
        [order] = self.env["wcm.membership"].with_user(self.alder_user)._bench_snapshot()["orders"]
        return order["machines"]

    def test_a_job_takes_along_the_machines_that_one_has_to_choose_from(self):
        self.assertEqual([(machine["name"], machine["process"], machine["planned"]) for machine in self.taken()], [("Mill", self.routing.name, False), ("Router", self.routing.name, False)])

    def test_the_member_pages_ask_the_same(self):
        self.assertEqual([machine["name"] for machine in self.order.with_user(self.alder_user).workshop_machines], ["Mill", "Router"])
        self.assertEqual([machine["name"] for machine in self.parts[0].with_user(self.alder_user).workshop_machines], ["Mill", "Router"])
        with self.assertRaises(AccessError):
            self.order.with_user(self.birch_user).read(["workshop_machines"])

    def test_where_there_is_one_of_each_nothing_is_asked(self):
        self.mill.unlink()
        self.assertEqual(self.taken(), [])

    def test_the_chosen_machine_and_the_only_other_one_stand_in_the_history(self):
        self.assertEqual(self.states(self.told("start", order=self.order.id), self.told("made", parts=self.parts[:1].ids, sheets="SH-A", machines=str(self.router.id))), ["done", "done"])
        part = self.parts[0]
        self.assertEqual(part.equipment_ids, self.router | self.press)
        self.assertEqual({machine["name"] for machine in part.event_ids[-1].data["machines"]}, {"Router", "Press"})

    def test_a_machine_of_another_member_is_refused_in_words(self):
        self.run_all(self.told("start", order=self.order.id))
        for machine in (self.foreign.id, "Foreign"):
            message = self.refused(self.told("made", parts=self.parts[:1].ids, sheets="SH-A", machines=str(machine)))
            self.assertIn("no machine of yours", message)
        self.assertEqual(self.parts[0].state, "to_make")

    def test_machines_of_many_jobs_are_looked_up_together(self):
        orders = self.order | self.make_released(self.alder, self.beam_line, 2) | self.make_released(self.alder, self.block_line, 1)
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            orders.sudo()._machines_to_choose()
