from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from .common import QualityCase

SCRIPTS = Path(__file__).parents[1] / "migrations" / "19.0.1.1.0"


def script(name):
    spec = spec_from_file_location(name, SCRIPTS / f"{name}-dispositions.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestDispositionMigration(QualityCase):
    """Nonconformities as they were before each part was decided on by itself."""

    def old(self, name, state, kept=None, **columns):
        """Decided as a whole: no row for its parts, and nothing in the computed columns."""
        nonconformity = self.make_part(name).with_user(self.maker).action_report("Split").sudo()
        self.env.flush_all()
        values = {"state": state, "is_active": state != "closed", "decided_by_id": self.lead.id, "disposition_reason": "So be it", **columns}
        self.env.cr.execute(
            f"UPDATE wcm_nonconformity SET {', '.join(f'{column} = %s' for column in values)} WHERE id = %s", [*values.values(), nonconformity.id],
        )
        self.env.cr.execute("DELETE FROM wcm_nonconformity_holder_rel WHERE wcm_nonconformity_id = %s", [nonconformity.id])
        self.kept[nonconformity.id] = kept
        return nonconformity

    def setUp(self):
        super().setUp()
        self.kept = {}

    def migrate(self):
        self.env.cr.execute("ALTER TABLE wcm_nonconformity ADD COLUMN disposition_before varchar")
        for nonconformity, kind in self.kept.items():
            self.env.cr.execute("UPDATE wcm_nonconformity SET disposition_before = %s WHERE id = %s", [kind, nonconformity])
        self.env.invalidate_all()
        script("post").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def test_what_waits_for_rework_can_be_reworked_and_closed(self):
        nonconformity = self.old("KNO-1", "decided", "rework")
        self.migrate()
        self.assertEqual((nonconformity.disposition, nonconformity.waits_for_maker, nonconformity.disposition_ids.reason), ("rework", True, "So be it"))
        nonconformity.with_user(self.maker).action_rework_done("Filled")
        nonconformity.with_user(self.second_lead).action_close()
        self.assertEqual((nonconformity.state, nonconformity.part_ids.is_held), ("closed", False))

    def test_a_closed_concession_holds_for_the_home_of_its_part(self):
        nonconformity = self.old("KNO-1", "closed", "use_as_is", closed_by_id=self.lead.id, closed_on="2026-05-02 10:00:00")
        self.migrate()
        line = nonconformity.disposition_ids
        self.assertEqual((line.state, line.concession_build_id, line.done_by_id), ("done", self.build, self.lead))
        self.assertFalse(line.part_id.is_held)
        self.assertEqual(nonconformity.state, "closed")

    def test_who_opened_it_holds_it_still(self):
        nonconformity = self.old("KNO-1", "decided", "return")
        self.migrate()
        self.assertEqual((nonconformity.holder_ids, nonconformity.disposition_ids.then), (self.maker, "repair"))

    def test_where_nothing_was_kept_what_came_of_it_says_it_or_it_is_decided_again(self):
        reworked = self.old("KNO-1", "reworked", reworked_by_id=self.maker.id, rework_note="Filled")
        unknown = self.old("KNO-2", "decided")
        self.migrate()
        self.assertEqual((reworked.disposition, reworked.disposition_ids.state, reworked.disposition_ids.rework_note), ("rework", "reworked", "Filled"))
        self.assertEqual((unknown.state, unknown.part_ids.is_held), ("open", True))

    def test_what_has_decisions_stays_as_it_is_and_nothing_is_done_twice(self):
        nonconformity = self.make_part("KNO-1").with_user(self.maker).action_report("Split").sudo()
        nonconformity.with_user(self.lead).action_decide("rework", "Fill it")
        before = nonconformity.disposition_ids
        for _again in range(2):
            self.migrate()
        self.assertEqual(nonconformity.disposition_ids, before)

    def test_what_was_decided_is_kept_before_its_column_is_emptied_and_only_then(self):
        """Here the decisions exist already: there is nothing to keep."""
        script("pre").migrate(self.env.cr, "19.0.1.0.0")
        self.env.cr.execute("SELECT 1 FROM information_schema.columns WHERE table_name = 'wcm_nonconformity' AND column_name = 'disposition_before'")
        self.assertFalse(self.env.cr.fetchone())
