from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.wcm_network.models import wcm_terms_figures, wcm_terms_text

from .common import NetworkCase

SAYS = {
    "levy": "Levy {levy}. {levy_waiver}", "share": "Network {network_share}, region {region_share}.", "payment": "Paid in {payment_days}.",
    "response": "Answer in {response_days}.", "notice": "Notice {notice_days}.", "words": "{liability_cap}; {right_first_time}; {data_licence}",
}


@tagged("post_install", "-at_install")
class TestTermsClauses(NetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls.make_structured("2")

    @classmethod
    def make_structured(cls, version, **values):
        clauses = [Command.create({"heading": heading.capitalize(), "key": heading, "text": text, "sequence": n}) for n, (heading, text) in enumerate(SAYS.items())]
        figures = {"levy_percent": 3, "region_share_percent": 40, "payment_days": 30, "response_days": 5, "liability_cap": 100000, "right_first_time_percent": 90}
        return cls.make_terms(version, body=False, clause_ids=clauses, **figures | values)

    def annex(self, **values):
        return self.env["wcm.terms.annex"].create({"name": "Here", "terms_id": self.draft.id, "region_id": self.bristol.id, **values})

    def in_force(self, *members):
        self.draft.action_approve()
        for member in members:
            member.with_user(member.user_ids).action_accept_terms()

    def accepted(self, member):
        """The text that the member has accepted last, as it is kept."""
        return member.acceptance_ids.filtered(lambda one: one.terms_id == self.draft).text

    def offered(self, member=None, **values):
        return self.make_order(member or self.alder, self.block_line, 4, state="offered", **values)

    # What the text says

    def test_clauses_are_numbered_in_their_order(self):
        clauses = self.draft.clause_ids
        self.assertEqual(clauses.mapped("number"), ["1", "2", "3", "4", "5", "6"])
        clauses[5].sequence = -1
        self.assertEqual(clauses[5].number, "1")

    def test_figures_stand_in_the_text(self):
        text = self.draft._text()
        for words in ("Levy 3% of the price", "Network 60%, region 40%.", "Paid in 30 days.", "Answer in 5 days.", "£100,000; 90%; CC BY 4.0".replace("£", self.env.company.currency_id.symbol)):
            self.assertIn(words, text)

    def test_a_figure_that_the_terms_do_not_have_is_refused_when_it_is_saved(self):
        for text in ("{interest}", "{payment_days", "{payment_days.real}"):
            with self.subTest(text), self.assertRaisesRegex(ValidationError, "no figure of the terms"):
                self.draft.clause_ids[0].text = text

    def test_nothing_that_is_written_is_markup_or_evaluated(self):
        self.draft.clause_ids[0].write({"heading": "<b>x</b>", "text": "%(name)s <script>alert(1)</script> $(1+1)"})
        self.assertNotIn("<script>", self.draft._text())
        self.assertIn("$(1+1)", self.draft._text())

    def test_the_preview_shows_what_is_not_saved_yet(self):
        with Form(self.draft) as form:
            form.payment_days = 12
            with form.clause_ids.edit(2) as clause:
                clause.text = "Within {payment_days}, no later."
            self.assertIn("Within 12 days, no later.", form.preview)
            form.preview_region_id = self.bristol

    def test_a_percentage_is_not_named_where_the_levy_is_by_tiers(self):
        self.draft.clause_ids[0].text = "The levy is {levy_percent}."
        self.draft.write({"levy_kind": "tiers", "tier_ids": [Command.create({"from_turnover": 0, "percent": 5})]})
        with self.assertRaisesRegex(UserError, "levy is worked out otherwise"):
            self.draft.action_approve()

    def test_tiers_that_do_not_begin_at_nothing_are_not_approved(self):
        self.draft.write({"levy_kind": "tiers", "tier_ids": [Command.create({"from_turnover": 10, "percent": 5})]})
        with self.assertRaisesRegex(UserError, "not whole"):
            self.draft.action_approve()

    # Annexes

    def test_an_annex_adds_clauses_and_figures_for_its_members_only(self):
        self.annex(changes_payment=True, payment_days=14, clause_ids=[Command.create({"heading": "Local", "text": "Van on Tuesdays."})])
        alder, birch = self.draft._text_of(self.alder), self.draft._text_of(self.birch)
        self.assertIn("A1. Local", alder)
        self.assertIn("Paid in 14 days.", alder)
        self.assertNotIn("Van on Tuesdays", birch)
        self.assertIn("Paid in 30 days.", birch)

    def test_the_nearer_annex_counts(self):
        self.annex(changes_payment=True, payment_days=14)
        self.annex(name="Community", region_id=False, organisation_type="community_business", changes_payment=True, payment_days=20, changes_response=True, response_days=9)
        self.assertEqual((self.draft._parameter(self.alder, "payment_days"), self.draft._parameter(self.alder, "response_days")), (14, 9))
        self.annex(name="Both", organisation_type="community_business", changes_payment=True, payment_days=10)
        self.assertEqual(self.draft._parameter(self.alder, "payment_days"), 10)

    def test_an_annex_is_for_somebody(self):
        with self.assertRaisesRegex(ValidationError, "for which region"):
            self.annex(region_id=False)

    def test_the_fingerprint_is_of_what_the_member_reads(self):
        before = self.draft._hash_of(self.alder), self.draft._hash_of(self.birch)
        self.assertEqual(before[0], self.draft.text_hash)
        self.annex(changes_payment=True, payment_days=14)
        self.assertNotEqual(self.draft._hash_of(self.alder), before[0])
        self.assertEqual(self.draft._hash_of(self.birch), before[1])

    def test_every_figure_changes_the_fingerprint(self):
        values = {
            "levy_kind": "per_part", "levy_percent": 4, "levy_per_part": 2, "levy_waived_probation": True, "levy_waived_charity": True, "region_share_percent": 41,
            "payment_days": 31, "response_days": 6, "notice_days": 31, "liability_cap": 5, "right_first_time_percent": 91, "data_licence": "CC0",
            "tier_ids": [Command.create({"from_turnover": 0, "percent": 7})],
        }
        self.assertEqual(set(values), set(wcm_terms_figures.FIGURES))
        for name, value in values.items():
            draft = self.make_structured(f"f {name}", levy_kind={"levy_per_part": "per_part", "tier_ids": "tiers"}.get(name, "percent"))
            before = draft.text_hash
            draft.write({name: value})
            with self.subTest(name):
                self.assertNotEqual(draft.text_hash, before)

    # What the text says is what is done

    def test_every_figure_is_applied_or_marked_as_words_only(self):
        groups = set(wcm_terms_figures.GROUP_OF.values())
        told = {wcm_terms_figures.GROUP_OF[name] for name in (*wcm_terms_figures.APPLIED, *wcm_terms_figures.WORDS_ONLY)}
        self.assertEqual(groups, told)
        self.assertFalse(set(wcm_terms_figures.APPLIED) & set(wcm_terms_figures.WORDS_ONLY))
        self.assertEqual({wcm_terms_figures.GROUP_OF[figure] for figure in wcm_terms_text.PLACEHOLDERS.values()}, groups)
        for where in wcm_terms_figures.APPLIED.values():
            model, _dot, method = where.rpartition(".")
            self.assertTrue(hasattr(type(self.env[model]), method), where)
        for name in wcm_terms_figures.WORDS_ONLY:
            self.assertIn("Words only", self.env["wcm.terms"]._fields[name].help)

    def test_the_levy_of_the_text_is_the_levy_of_the_order(self):
        self.annex(changes_levy=True, levy_percent=2.5)
        self.in_force(self.alder, self.birch)
        for member, percent, levy in ((self.alder, "2.5%", "5.00"), (self.birch, "3%", "6.00")):
            order = self.offered(member)
            order.with_user(member.user_ids).action_accept()
            self.assertIn(f"Levy {percent} of the price", self.accepted(member))
            self.assertEqual(order.levy_words, f"{percent} of the price of what was received and accepted")
            self.assertEqual(str(order._levy_on(200, 4)[0]), levy)
            self.assertAlmostEqual(order.levy_expected, float(levy))

    def test_the_shares_of_the_text_are_those_of_the_levy(self):
        self.annex(changes_share=True, region_share_percent=70)
        self.in_force(self.alder)
        order = self.offered()
        order.action_accept()
        self.assertIn("Network 30%, region 70%.", self.accepted(self.alder))
        self.assertEqual([str(amount) for amount in order._levy_on(200, 4)], ["6.00", "1.80", "4.20"])

    def test_a_member_on_probation_and_a_charity_pay_no_levy_where_the_text_says_so(self):
        self.draft.write({"levy_waived_probation": True, "levy_waived_charity": True})
        self.in_force(self.alder, self.birch)
        self.assertIn("a member on probation or a charity", self.accepted(self.alder))
        self.assertFalse(self.alder._term("levy").waived)
        self.alder.sudo().state = "probation"
        self.assertTrue(self.alder._term("levy").waived)
        self.birch.facility_id.organisation_type = "charity"
        self.assertTrue(self.birch._term("levy").waived)

    def test_the_days_to_payment_of_the_text_are_those_of_the_purchase_order(self):
        self.annex(changes_payment=True, payment_days=14)
        self.in_force(self.alder)
        order = self.offered()
        order.with_user(self.alder_user).action_accept()
        order.with_user(self.manager).action_release()
        self.assertIn("Paid in 14 days.", self.accepted(self.alder))
        self.assertEqual(order.purchase_id.payment_term_id.line_ids.mapped("nb_days"), [14])
        self.assertEqual(self.env["account.payment.term"]._of_days(14), order.purchase_id.payment_term_id)

    def test_the_time_to_answer_of_the_text_is_that_of_the_offer(self):
        self.annex(changes_response=True, response_days=3)
        self.in_force(self.alder)
        order = self.make_order(self.alder, self.block_line, 4, offer_expires_on=False)
        order.action_offer()
        self.assertIn("Answer in 3 days.", self.accepted(self.alder))
        self.assertEqual((order.offer_expires_on - order.offered_on).days, 3)

    def test_the_notice_of_the_text_is_the_one_that_is_kept(self):
        self.draft.notice_days = 21
        self.annex(changes_notice=True, notice_days=45)
        self.in_force(self.alder, self.birch)
        newer = self.make_structured("3")
        newer.action_approve()
        for member, days in ((self.alder, 45), (self.birch, 21)):
            self.assertIn(f"Notice {days} days.", self.accepted(member))
            self.assertEqual((member.terms_deadline - newer.effective_date).days, days)

    def test_the_amount_for_each_component_of_the_text_is_that_of_the_order(self):
        self.draft.write({"levy_kind": "per_part", "levy_per_part": 2.5})
        self.in_force(self.alder)
        order = self.offered()
        order.with_user(self.alder_user).action_accept()
        self.assertRegex(self.accepted(self.alder), r"Levy \S*2\.50\S* for each component that was received and accepted")
        self.assertEqual(str(order._levy_on(200, 4)[0]), "10.00")
        self.assertAlmostEqual(order.levy_expected, 2.5 * order.quantity)

    def test_tiers_go_by_what_was_accepted_in_the_year(self):
        self.draft.write({"levy_kind": "tiers", "tier_ids": [Command.create({"from_turnover": 0, "percent": 5}), Command.create({"from_turnover": 1000, "percent": 1})]})
        self.in_force(self.alder)
        order = self.offered()
        order.action_accept()
        self.assertEqual(str(order._levy_on(200, 4, turnover_before=900)[0]), "6.00")
        self.assertEqual(order.levy_expected, 10)

    # Who writes

    def test_a_coordinator_writes_a_draft_of_its_own_and_the_annex_of_its_region(self):
        own = self.env["wcm.terms"].with_user(self.coordinator).create({"name": "Ours", "version": "own"})
        own.clause_ids = [Command.create({"heading": "Why", "text": "To build."})]
        self.assertEqual(own.author_ids, self.coordinator)
        foreign = self.draft.with_user(self.coordinator)
        with self.assertRaises(AccessError):
            foreign.levy_percent = 9
        with self.assertRaises(AccessError):
            foreign.clause_ids[0].text = "Mine"
        annex = self.annex().with_user(self.coordinator)
        annex.write({"changes_payment": True, "payment_days": 10, "clause_ids": [Command.create({"heading": "Local", "text": "Here."})]})
        self.assertIn(self.coordinator, self.draft.author_ids)
        with self.assertRaises(AccessError):
            annex.with_user(self.other_coordinator).payment_days = 1
        with self.assertRaises(AccessError):
            annex.with_user(self.coordinator).region_id = self.cumbria
        with self.assertRaises(AccessError):
            own.action_approve()

    def test_members_read_their_text_and_no_clause_or_annex_of_others(self):
        self.in_force()
        for model in ("wcm.terms.clause", "wcm.terms.annex", "wcm.terms.levy.tier", "wcm.terms.reading"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.alder_user).search([])
        self.assertIn("Paid in 30 days.", self.alder.with_user(self.alder_user).workshop_terms_body)

    def test_pieces_of_an_approved_text_stay(self):
        annex = self.annex()
        self.in_force()
        for change in (
            lambda: self.draft.clause_ids[0].write({"text": "Other"}), lambda: self.draft.clause_ids[0].unlink(), lambda: annex.write({"payment_days": 1}), annex.unlink,
            lambda: self.env["wcm.terms.clause"].create({"terms_id": self.draft.id, "heading": "x", "text": "y"}),
            lambda: self.env["wcm.terms.levy.tier"].create({"annex_id": annex.id}),
        ):
            with self.assertRaisesRegex(UserError, "stay as they are"):
                change()

    def test_the_next_version_starts_with_all_of_it(self):
        self.annex(clause_ids=[Command.create({"heading": "Local", "text": "Here."})])
        copy = self.draft.copy()
        self.assertEqual(copy.clause_ids.mapped("key"), self.draft.clause_ids.mapped("key"))
        self.assertEqual(copy.annex_ids.clause_ids.mapped("text"), ["Here."])
        self.assertEqual(copy.annex_ids.clause_ids.version_id, copy)
        self.assertIn("Nothing is different", copy._comparison(self.draft, self.bristol, only_changes=True))
