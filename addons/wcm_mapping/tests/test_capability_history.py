from odoo.tests import tagged

from .common import MappingCase


@tagged("post_install", "-at_install")
class TestCapabilityHistory(MappingCase):
    """Who changed what of a capability, from what to what, is kept and shown on its form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.router = cls.capability(cls.workshop, cls.routing, envelope_x_mm=2500, tolerance_mm=0.5, cost_per_hour=40)
        cls.flush_tracking()
        cls.router.message_ids.sudo().unlink()

    @classmethod
    def flush_tracking(cls):
        """Messages of changes are written just before the transaction ends."""
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    def changes(self, values, user=None):
        self.router.with_user(user or self.coordinator).write(values)
        self.flush_tracking()
        message = self.router.message_ids[:1]
        lines = message.sudo().tracking_value_ids
        return message, {line.field_id.name: line for line in lines}

    def test_every_figure_that_counts_is_followed(self):
        news = {
            "envelope_x_mm": 3000,
            "envelope_y_mm": 1500,
            "envelope_z_mm": 200,
            "tolerance_mm": 0.2,
            "minutes_per_hour": 50,
            "cost_per_hour": 45,
            "machine_count": 2,
            "share_offered": 0.25,
            "evidence_level": "audited",
            "calendar_id": self.calendar().id,
        }
        message, changes = self.changes(news)
        self.assertEqual(set(changes), set(news))
        self.assertEqual(message.author_id, self.coordinator.partner_id)
        self.assertEqual((changes["envelope_x_mm"].old_value_integer, changes["envelope_x_mm"].new_value_integer), (2500, 3000))
        self.assertEqual((changes["cost_per_hour"].old_value_float, changes["cost_per_hour"].new_value_float), (40, 45))

    def test_archiving_is_followed_too(self):
        _message, changes = self.changes({"active": False})
        self.assertEqual(set(changes), {"active"})

    def test_the_coordinator_reads_the_changes_of_evidence_on_the_form(self):
        self.changes({"evidence_level": "audited"})
        [change] = self.router.with_user(self.coordinator).evidence_ids
        self.assertEqual((change.before, change.after, change.user_id), ("declared", "audited", self.coordinator))
