from odoo.exceptions import AccessError, UserError

from .test_quality_chart import CALM, ChartCase


class TestQualitySignal(ChartCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.measure(*CALM)
        cls.signals = cls.env["wcm.quality.signal"]

    def search_at_night(self):
        self.signals._cron_find_signals()
        return self.signals.search([])

    def test_a_calm_process_is_not_told_of(self):
        self.assertFalse(self.search_at_night())

    def test_a_signal_is_told_once_to_who_approved_the_plan(self):
        self.measure("18.45")
        signals = self.search_at_night()
        outside = signals.filtered(lambda signal: signal.rule == "1")
        self.assertEqual((outside.checkpoint, outside.membership_id, outside.line_id.reading), ("Thickness", self.alder, "18.45"))
        self.assertEqual(outside.activity_ids.user_id, self.lead)
        self.assertIn("Thickness, Alder Works", outside.activity_ids.summary)
        self.assertEqual(self.search_at_night(), signals)
        self.assertEqual(len(signals.activity_ids), len(signals))

    def test_a_night_sends_one_mail_to_each_lead(self):
        self.measure("18.45", "18.45", "18.45")
        signals = self.search_at_night()
        self.assertGreater(len(signals), 1)
        mails = self.env["mail.message"].search([("subject", "=", f"{len(signals)} signals on control charts")])
        self.assertEqual(mails.notified_partner_ids, self.lead.partner_id)
        self.assertIn("Thickness, Alder Works: Outside the control limits", mails.body)

    def test_a_signal_that_was_looked_at_is_not_told_again(self):
        self.measure("18.45")
        signals = self.search_at_night()
        signals.activity_ids.with_user(self.lead).action_feedback("Blade changed")
        self.assertFalse(self.search_at_night().activity_ids)

    def test_a_check_of_several_readings_is_one_point(self):
        version = self.env["wcm.control.plan"].browse(self.plan.with_user(self.lead).action_new_version()["res_id"])
        version.checkpoint_ids.reading_count = 2
        version.with_user(self.lead).action_approve()
        self.measure(*(f"{one}; {float(one) + 0.05:g}" for one in CALM), "18.4; 18.41")
        outside = self.search_at_night().filtered(lambda signal: signal.rule == "1")
        self.assertEqual((outside.line_id.reading, len(outside.line_ids)), ("18.4; 18.41", 1))

    def test_a_run_that_goes_on_is_the_same_signal(self):
        self.measure(*("18.012", "18.01") * 5)
        run = self.search_at_night().filtered(lambda signal: signal.rule == "4")
        self.assertEqual(len(run), 1)
        before = len(run.line_ids)
        self.measure("18.012", "18.01", "18.012")
        self.assertEqual(self.search_at_night().filtered(lambda signal: signal.rule == "4"), run)
        self.assertGreater(len(run.line_ids), before)

    def test_another_signal_later_is_told_too(self):
        self.measure("18.45")
        first = self.search_at_night()
        self.measure(*CALM, "18.48")
        self.assertGreater(len(self.search_at_night()), len(first))

    def test_old_signals_are_no_news(self):
        inspections = self.measure("18.45")
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE wcm_inspection DISABLE TRIGGER wcm_inspection_closed")
        self.env.cr.execute("UPDATE wcm_inspection SET closed_at = closed_at - interval '9 days' WHERE id IN %s", [tuple(inspections.search([]).ids)])
        self.env.cr.execute("ALTER TABLE wcm_inspection ENABLE TRIGGER wcm_inspection_closed")
        self.assertFalse(self.search_at_night())

    def test_each_member_is_judged_by_its_own_readings(self):
        self.measure("18.45", order=self.rival_order)
        self.assertFalse(self.search_at_night())

    def test_the_night_takes_as_many_queries_however_many_readings(self):
        self.search_at_night()
        with self.assertQueryCount(4):
            self.search_at_night()

    def test_a_signal_leads_to_its_chart(self):
        self.measure("18.45")
        action = self.search_at_night()[0].with_user(self.lead).action_chart()
        self.assertEqual(action["context"]["chart"]["member"], self.alder.id)

    def test_charts_open_at_the_newest_signal(self):
        other = self.make_control_plan({"name": "Another width", "kind": "measurement", "nominal": 18, "tolerance_minus": 1, "tolerance_plus": 1}, name="A beam", product_ids=self.beam.ids)
        part = self.make_part("BEAM-1", self.beam_order)
        self.assertEqual(part.inspection_ids.plan_id, other)
        part.inspection_ids.line_ids.with_user(self.colleague).reading = "18"
        part.inspection_ids.with_user(self.colleague).action_close()
        charts = self.env["wcm.quality.chart"]
        self.assertEqual(charts.with_user(self.lead).choices()["first"], 0)
        self.measure("18.45")
        self.search_at_night()
        choices = charts.with_user(self.lead).choices()
        self.assertEqual((choices["first"], choices["characteristics"][choices["first"]]["checkpoint"]), (1, "Thickness"))
        self.assertEqual(charts.with_user(self.maker).choices()["first"], 0)

    def test_signals_are_for_those_who_look_after_quality(self):
        self.measure("18.45")
        signals = self.search_at_night()
        self.assertEqual(self.signals.with_user(self.coordinator).search([]), signals)
        self.assertFalse(self.signals.with_user(self.other_coordinator).search([]))
        for user in (self.maker, self.rival):
            with self.assertRaises(AccessError):
                self.signals.with_user(user).search([])
        for call in (signals[0].with_user(self.maker).action_chart, signals[0].with_user(self.other_coordinator).action_chart):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            signals.with_user(self.lead).write({"rule": "2"})
        with self.assertRaises(UserError):
            signals.sudo().unlink()
