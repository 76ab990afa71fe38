from odoo import fields
from odoo.tests import tagged

from odoo.addons.wcm_qc.tests.common import QualityCase

from .common import DESKTOP, PHONE, BrowserCase

SIZES = (DESKTOP, PHONE)


@tagged("post_install", "-at_install")
class TestQualityAssurance(QualityCase, BrowserCase):
    """Alder was audited against BOPAS: one major finding. Its rating is 84, Birch's is too few to say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.lead | cls.maker:
            user.password = user.login
        template = cls.env.ref("wcm_qc.audit_bopas")
        today = fields.Date.today()
        cls.audit = cls.env["wcm.audit"].create({
            "facility_id": cls.alder.facility_id.id, "survey_id": template.id, "auditor_id": cls.lead.id, "state": "done", "score": 88, "done_on": today,
            "next_due_on": fields.Date.add(today, months=12),
        })
        cls.finding = cls.env["wcm.audit.finding"].create({
            "audit_id": cls.audit.id, "question_id": cls.env.ref("wcm_qc.audit_bopas_manufacture_instruments").id, "severity": "major",
            "description": "Two calipers without certificate", "owner_id": cls.lead.id,
        })
        cls.rows = cls.env["wcm.quality.rating"].create([
            {
                "membership_id": cls.alder.id, "month": today.replace(day=1), "is_current": True, "is_rated": True, "score": 84, "score_low": 72, "score_high": 91,
                "checked": 62, "right": 55, "yield_share": 55 / 62, "nonconformities_share": 0.9, "points": 6, "nonconformity_count": 3,
            },
            {"membership_id": cls.birch.id, "month": today.replace(day=1), "is_current": True, "checked": 3},
        ])

    def look_at(self, page, name, within):
        self.picture(page, name)
        self.assert_accessible(page, within=within, name=name)

    def test_a_quality_lead_reads_an_audit_and_writes_a_corrective_action(self):
        for size in SIZES:
            with self.subTest(width=size["width"]), self.browser_page("lead_t", size) as page:
                page.goto("/odoo/quality-audits")
                page.get_by_text("Factory audit: BOPAS").first.wait_for()
                self.picture(page, "assurance-audits")
                page.goto(f"/odoo/quality-audits/{self.audit.id}")
                page.get_by_role("tab", name="Findings").click()
                page.get_by_text("Two calipers without certificate").first.wait_for()
                self.picture(page, "assurance-audit")
                page.goto(f"/odoo/quality-findings/{self.finding.id}")
                page.get_by_text("Corrective actions").first.wait_for()
                self.picture(page, "assurance-finding")

    def test_a_quality_lead_reads_what_a_rating_is_made_of_and_answers_an_objection(self):
        self.rows[0].with_user(self.maker).action_object("Two of these were the hub's drawing")
        for size in SIZES:
            with self.subTest(width=size["width"]), self.browser_page("lead_t", size) as page:
                page.goto("/odoo/quality-ratings")
                page.get_by_text("84 of 100").first.wait_for()
                page.get_by_text("Too few to say").first.wait_for()
                self.picture(page, "ratings")
                page.goto(f"/odoo/quality-ratings/{self.rows[0].id}")
                page.get_by_text("55 of 62 blocks").wait_for()
                page.get_by_text("Wilson interval").wait_for()
                self.look_at(page, "rating", within=".oe_title")
                page.goto("/odoo/quality-rating-history")
                page.locator(".o_graph_canvas_container canvas").wait_for()
                self.picture(page, "rating-history")
        with self.browser_page("lead_t") as page:
            page.goto(f"/odoo/quality-ratings/{self.rows[0].id}")
            page.get_by_role("button", name="Answer").click()
            page.locator(".modal textarea").last.fill("They are now on the network")
            page.locator(".modal").get_by_role("button", name="Send").click()
            page.get_by_text("They are now on the network").wait_for()

    def test_a_member_reads_its_own_rating_and_objects(self):
        for size in SIZES:
            self.rows[0].write({"objection": False})
            with self.subTest(width=size["width"]), self.browser_page(self.maker.login, size) as page:
                page.goto("/workshop")
                page.locator("[data-tab=quality]").click()
                page.get_by_role("button", name="What it is made of").click()
                row = page.locator(".o_kanban_record", has_text="84 of 100")
                row.wait_for()
                self.assertEqual(page.get_by_text("Too few to say").count(), 0)
                row.click()
                page.get_by_text("55 of 62 blocks").wait_for()
                self.look_at(page, "workshop-rating", within=".o_form_sheet")
                page.get_by_role("button", name="I do not agree").click()
                page.locator(".modal textarea").fill("Two of these were the hub's drawing")
                page.locator(".modal").get_by_role("button", name="Send").click()
                page.get_by_text("Two of these were the hub's drawing").first.wait_for()
