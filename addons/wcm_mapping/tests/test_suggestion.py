import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import SuggestionCase


@tagged("post_install", "-at_install")
class TestSuggestion(SuggestionCase):
    def test_a_new_space_goes_to_the_region_of_its_postcode(self):
        self.assertEqual(self.suggest().region_id, self.bristol)
        self.assertFalse(self.suggest(name="Far", zip="75011").region_id)

    def test_where_only_the_town_of_a_postcode_is_known_its_region_is_found_too(self):
        derry = [[-7.5, 54.9], [-7.1, 54.9], [-7.1, 55.1], [-7.5, 55.1], [-7.5, 54.9]]
        region = self.env["wcm.region"].create({"name": "Derry", "code": "t_derry", "boundary": json.dumps({"type": "Polygon", "coordinates": [derry]})})
        self.assertEqual(self.suggest(name="North", zip="BT48 8NN").region_id, region)

    def test_a_correction_goes_to_the_region_of_its_space(self):
        suggestion = self.suggest(self.listed, name="Elm Factory")
        self.assertEqual((suggestion.kind, suggestion.region_id), ("correction", self.bristol))
        self.listed.region_id = self.dorset
        self.assertEqual(suggestion.region_id, self.dorset)

    def test_a_correction_stores_what_differs_and_nothing_else(self):
        suggestion = self.suggest(self.listed, name="Elm Factory", processes=["assembly", "cnc_routing"])
        self.assertEqual({line.field: line.value for line in suggestion.line_ids}, {"name": "Elm Factory", "processes": ["assembly", "cnc_routing"]})
        self.assertEqual(suggestion.line_ids.mapped("current"), ["Elm Works", "Assembly"])
        self.assertEqual(suggestion.line_ids.mapped("suggested"), ["Elm Factory", "Assembly, CNC routing"])

    def test_said_twice_it_is_one_suggestion(self):
        first = self.suggest(confirmed=False)
        self.assertEqual(self.suggest(confirmed=False), first)
        self.assertTrue(first._is_just_sent())
        self.assertNotEqual(self.suggest(message="And more", confirmed=False), first)
        self.assertFalse(self.suggestions._is_just_sent())

    def test_the_mail_holds_the_link_and_no_word_of_the_form(self):
        suggestion = self.suggest(name="BUY PILLS", suggester_name="http://pills.example", message="PILLS", confirmed=False)
        mail = self.mails(suggestion)
        self.assertEqual(mail.email_to, "jo@example.org")
        self.assertIn("/spaces/suggest/confirm/", mail.body_html)
        self.assertIn("@", mail.email_from)
        self.assertNotIn("pills", f"{mail.subject} {mail.body_html}".lower())

    def test_only_the_link_of_the_mail_opens_it(self):
        suggestion = self.suggest(confirmed=False)
        token = suggestion._confirmation_url().rsplit("/", 1)[1]
        self.assertEqual(self.suggestions._of_link(token), suggestion)
        for wrong in (token[:-4], "B" + token[1:], token[:-6] + "AAAAAA", "", "x", "é", "=", "A" * 5000, token + token):
            with self.subTest(token=wrong[:20]):
                self.assertFalse(self.suggestions._of_link(wrong))

    def test_a_confirmed_suggestion_waits_for_every_coordinator_of_the_region(self):
        self.bristol.coordinator_ids |= self.manager
        suggestion = self.suggest()
        self.assertEqual(suggestion.activity_ids.user_id, self.coordinator | self.manager)
        suggestion._confirm()
        self.assertEqual(len(suggestion.activity_ids), 2, "opening the link again asks nobody again")

    def test_without_a_region_the_managers_decide(self):
        suggestion = self.suggest(zip="75011")
        self.assertIn(self.manager, suggestion.activity_ids.user_id)
        self.assertFalse(suggestion.with_user(self.coordinator).has_access("read"))
        self.assertTrue(suggestion.with_user(self.manager).has_access("write"))

    def test_only_the_coordinators_of_the_region_see_it_and_only_when_confirmed(self):
        suggestion = self.suggest(confirmed=False)
        self.assertFalse(suggestion.with_user(self.coordinator).has_access("read"))
        suggestion._confirm()
        self.assertTrue(suggestion.with_user(self.coordinator).has_access("read"))
        for user in (self.dorset_coordinator, self.outsider):
            with self.subTest(user=user.login):
                for record in (suggestion, suggestion.line_ids):
                    self.assertFalse(record.with_user(user).has_access("read"))
                for action in ("action_accept", "action_accept_all", "action_reject", "action_undo"):
                    with self.assertRaises(AccessError):
                        getattr(suggestion.with_user(user), action)()
        self.assertFalse(self.env["wcm.suggestion.count"].with_user(self.manager).has_access("read"))

    def test_what_was_suggested_cannot_be_rewritten(self):
        suggestion = self.suggest().with_user(self.coordinator)
        for values in ({"state": "accepted"}, {"suggester_email": "x@example.org"}, {"message": "x"}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                suggestion.write(values)
        line = suggestion.line_ids[0]
        for command in ((5,), (2, line.id), (3, line.id), (0, 0, {"field": "name"}), (1, line.id, {"value": "x"}), (4, self.other_line().id)):
            with self.subTest(command=command), self.assertRaises(AccessError):
                suggestion.line_ids = [command]
        with self.assertRaises(AccessError):
            suggestion.line_ids[0].value = "Other"
        with self.assertRaises(AccessError):
            self.suggestions.with_user(self.coordinator).create({"name": "x", "kind": "new"})

    def other_line(self):
        return self.suggest(name="Yew").line_ids[0]

    def test_nobody_accepts_what_is_not_confirmed(self):
        suggestion = self.suggest(confirmed=False)
        with self.assertRaisesRegex(UserError, "not confirmed"):
            suggestion.with_user(self.manager).action_accept()

    def test_accepting_adds_a_private_space_that_says_where_it_comes_from(self):
        suggestion = self.suggest(email="space@example.org", processes=["cnc_routing"], organisation_type="charity", kit="A router")
        facility = self.accept(suggestion)
        self.assertEqual((facility.name, facility.region_id, facility.organisation_type), ("Oak Works", self.bristol, "charity"))
        self.assertEqual((facility.visibility, facility.publish_contact, facility.published_precision), ("private", False, "postcode_sector"))
        self.assertEqual((facility.source, facility.source_date), ("suggestion", fields.Date.today()))
        self.assertEqual((facility.location_precision, facility.location_issue), ("postcode_sector", False))
        self.assertEqual((facility.capability_ids.process_id, facility.capability_ids.share_offered), (self.routing, 0))
        self.assertEqual((suggestion.state, suggestion.decided_by_id), ("accepted", self.coordinator))
        self.assertIn("A router", facility.message_ids[0].body)
        self.assertNotIn("jo@example.org", "".join(facility.message_ids.mapped("body")))
        self.assertFalse(suggestion.activity_ids)

    def test_the_moderator_says_who_sees_the_new_space(self):
        suggestion = self.suggest()
        with Form(suggestion.with_user(self.coordinator)) as screen:
            screen.visibility = "network"
        self.assertEqual(self.accept(suggestion).visibility, "network")

    def test_only_the_ticked_fields_are_taken(self):
        suggestion = self.suggest(self.listed, name="Elm Factory", website="elm.example.org", city="Bath")
        self.accept(suggestion, "website")
        self.assertEqual((self.listed.name, self.listed.website, self.listed.city), ("Elm Works", "elm.example.org", "Bristol"))

    def test_fields_are_ticked_on_the_screen(self):
        suggestion = self.suggest(self.listed, name="Elm Factory", city="Bath").with_user(self.coordinator)
        with Form(suggestion) as screen, screen.line_ids.edit(0) as line:
            line.chosen = False
        suggestion.action_accept()
        self.assertEqual((self.listed.name, self.listed.city), ("Elm Works", "Bath"))

    def test_one_field_at_least_is_ticked(self):
        suggestion = self.suggest(self.listed, name="Elm Factory")
        with self.assertRaisesRegex(UserError, "Tick at least one"):
            self.accept(suggestion, "no field")
        suggestion.with_user(self.coordinator).action_accept_all()
        self.assertEqual(self.listed.name, "Elm Factory")

    def test_a_new_postcode_moves_what_was_placed_by_the_old_one(self):
        before = self.listed.latitude
        self.accept(self.suggest(self.listed, zip="DT1 1UZ"))
        self.assertNotEqual(self.listed.latitude, before)
        exact = self.facility("Ash Works", self.bristol, visibility="public", published_precision="exact", zip="BS4 1DB")
        self.accept(self.suggest(exact, zip="BS4 1DA"))
        self.assertEqual((exact.latitude, exact.location_precision), (51.45, "exact"))

    def test_what_is_kept_back_from_the_public_is_not_emptied_by_a_correction(self):
        self.listed.write({"email": "private@example.org", "street": "1 Private Lane"})
        suggestion = self.suggest(self.listed, name="Elm Factory")
        self.assertEqual(suggestion.line_ids.mapped("field"), ["name"])
        self.accept(suggestion)
        self.assertEqual((self.listed.email, self.listed.street), ("private@example.org", "1 Private Lane"))

    def test_a_process_that_is_said_to_be_gone_is_noted_and_stays(self):
        suggestion = self.suggest(self.listed, processes=["cnc_routing"])
        self.assertIn("no longer: Assembly", suggestion.line_ids.suggested)
        self.accept(suggestion)
        self.assertEqual(self.listed.process_ids, self.routing | self.assembly)
        self.assertIn("Said to be no longer done here: Assembly", self.listed.message_ids[0].body)

    def test_a_rejection_needs_a_reason_and_mails_it(self):
        suggestion = self.suggest().with_user(self.coordinator)
        with self.assertRaisesRegex(UserError, "why it is not taken"):
            suggestion.action_reject()
        suggestion.answer = "It is a <shop>, not a workshop."
        suggestion.action_reject()
        mail = self.mails(suggestion)[-1]
        self.assertEqual((suggestion.state, mail.email_to), ("rejected", "jo@example.org"))
        self.assertIn("It is a &lt;shop&gt;, not a workshop.", mail.body_html)

    def test_it_is_decided_once(self):
        suggestion = self.suggest()
        self.accept(suggestion)
        with self.assertRaisesRegex(UserError, "has decided this"):
            self.accept(suggestion)
        with self.assertRaisesRegex(UserError, "not waiting for a decision"):
            suggestion.with_user(self.coordinator).visibility = "public"
        with self.assertRaisesRegex(UserError, "not waiting for a decision"):
            suggestion.with_user(self.coordinator).line_ids[0].chosen = False

    def test_undoing_gives_back_what_nobody_has_changed_since(self):
        suggestion = self.suggest(self.listed, name="Elm Factory", website="elm.example.org", processes=["assembly", "cnc_routing"], zip="DT1 1UZ")
        place = self.listed.latitude
        self.accept(suggestion)
        self.listed.website = "other.example.org"
        suggestion.with_user(self.coordinator).action_undo()
        self.assertEqual((self.listed.name, self.listed.website, self.listed.zip, self.listed.latitude), ("Elm Works", "other.example.org", "BS4 1DB", place))
        self.assertEqual(self.listed.process_ids, self.assembly)
        self.assertEqual((suggestion.state, suggestion.decided_by_id.id), ("review", False))
        self.assertIn("left as it is: Website", self.listed.message_ids[0].body)

    def test_undoing_archives_the_space_that_was_added_and_accepting_again_brings_it_back(self):
        suggestion = self.suggest()
        facility = self.accept(suggestion)
        suggestion.with_user(self.coordinator).action_undo()
        self.assertFalse(facility.active)
        self.assertEqual(self.accept(suggestion), facility)
        self.assertTrue(facility.active)

    def test_possible_duplicates_are_shown(self):
        same_place = self.suggest(name="Another name")
        beech = self.facility("Beech Works", self.bristol, street="5 Leinster Ave", city="Bristol")
        same_address = self.suggest(name="Other", zip="", street="5 Leinster Avenue", city="Bristol")
        same_name = self.suggest(name="The Elm Works Ltd", zip="BS4 1DA")
        self.listed.website = "https://www.elm.example.org/"
        same_website = self.suggest(name="Elm", zip="BS1 4DJ", website="elm.example.org")
        elsewhere = self.suggest(name="Elm Works", zip="DT1 1UZ")
        self.assertEqual(same_address.with_user(self.manager).duplicate_ids, beech)
        for suggestion in (same_place, same_name, same_website):
            self.assertIn(self.listed, suggestion.with_user(self.coordinator).duplicate_ids, suggestion.name)
        self.assertFalse(elsewhere.with_user(self.dorset_coordinator).duplicate_ids)

    def test_a_new_space_that_is_here_already_becomes_a_correction_of_it(self):
        suggestion = self.suggest(name="Elm Works Bristol", website="elm.example.org", zip="BS4 1DB")
        suggestion.with_user(self.coordinator).facility_id = self.listed
        self.assertEqual(suggestion.line_ids.filtered("is_same").mapped("field"), ["zip"])
        self.assertEqual(self.accept(suggestion, "website"), self.listed)
        self.assertEqual((self.listed.name, self.listed.website, self.listed.source), ("Elm Works", "elm.example.org", "manual"))

    def test_nobody_looks_into_a_space_by_naming_it(self):
        """A private space of another region stays unknown, and one that may be read stays its region's to change."""
        suggestion = self.suggest().with_user(self.coordinator)
        with self.assertRaises(AccessError):
            suggestion.facility_id = self.far_workshop
        self.far_workshop.visibility = "network"
        suggestion.facility_id = self.far_workshop
        with self.assertRaises(AccessError):
            suggestion.action_accept()
        self.assertEqual(suggestion.sudo().region_id, self.dorset, "its coordinators have it now")

    def test_what_nobody_confirms_is_erased(self):
        suggestion = self.suggest(confirmed=False, message="Secret", email="space@example.org")
        token = suggestion._confirmation_url().rsplit("/", 1)[1]
        self.suggestions._cron_tidy()
        self.assertEqual(suggestion.state, "unconfirmed")
        self.backdate(suggestion, create_date=4)
        self.suggestions._cron_tidy()
        self.assertEqual((suggestion.state, suggestion.name), ("expired", "Erased"))
        self.assert_erased(suggestion)
        self.assertFalse(self.suggestions._of_link(token))
        self.backdate(suggestion, decided_on=91)
        self.suggestions._cron_tidy()
        self.assertFalse(suggestion.exists())

    def test_who_suggested_it_is_erased_some_time_after_the_decision(self):
        accepted, waiting = self.suggest(message="Secret"), self.suggest(name="Yew")
        facility = self.accept(accepted)
        self.suggestions._cron_tidy()
        self.assertEqual(accepted.suggester_email, "jo@example.org")
        accepted.message_post(body="It is me, Jo", message_type="email", email_from="jo@example.org")
        self.backdate(accepted, decided_on=91)
        self.suggestions._cron_tidy()
        self.assert_erased(accepted)
        self.assertEqual((accepted.state, accepted.facility_id, facility.name), ("accepted", facility, "Oak Works"))
        self.assertEqual(waiting.suggester_email, "jo@example.org")
        with self.assertRaisesRegex(UserError, "too long ago"):
            accepted.with_user(self.coordinator).action_undo()

    def assert_erased(self, suggestion):
        for name in ("suggester_name", "suggester_email", "message", "kit", "answer", "line_ids", "fingerprint"):
            self.assertFalse(suggestion[name], name)
        self.assertFalse(self.mails(suggestion))
        messages = self.env["mail.message"].search([("model", "=", suggestion._name), ("res_id", "=", suggestion.id)])
        texts = "".join(f"{message.body} {message.email_from}" for message in messages)
        self.assertNotIn("/spaces/suggest/confirm/", texts)
        self.assertNotIn("jo@example.org", texts)

    def backdate(self, suggestion, **days):
        self.env.flush_all()
        for name, back in days.items():
            self.env.cr.execute(f"UPDATE wcm_facility_suggestion SET {name} = %s WHERE id = %s", [fields.Datetime.now() - timedelta(days=back), suggestion.id])
        self.env.invalidate_all()

    def test_the_periods_are_parameters_and_nonsense_in_them_does_no_harm(self):
        parameters = self.env["ir.config_parameter"]
        for text, days in (("10", 10), ("0", 3), ("-1", 3), ("soon", 3), ("", 3)):
            parameters.set_param("wcm_mapping.suggestion_confirm_days", text)
            self.assertEqual(self.suggestions._confirm_days(), days, text)

    def test_the_menu_says_how_many_wait_for_the_reader(self):
        menu = self.env.ref("wcm_mapping.menu_suggestion")

        def name_for(user):
            return self.env["ir.ui.menu"].with_user(user).load_web_menus(False)[menu.id]["name"]

        self.assertEqual(name_for(self.dorset_coordinator), "Suggestions")
        self.suggest()
        self.suggest(name="Not confirmed", confirmed=False)
        self.assertEqual((name_for(self.coordinator), name_for(self.dorset_coordinator)), ("Suggestions (1)", "Suggestions"))

    def test_a_space_shows_what_is_suggested_of_it(self):
        self.suggest(self.listed, name="Elm Factory")
        self.assertEqual(self.listed.with_user(self.coordinator).suggestion_count, 1)
        self.assertEqual(self.listed.with_user(self.dorset_coordinator).suggestion_count, 0)
        self.assertEqual(self.listed.action_open_suggestions()["domain"], [("facility_id", "=", self.listed.id)])

    def test_counts_are_kept_for_a_day_and_hold_no_address(self):
        counts = self.env["wcm.suggestion.count"]
        self.assertEqual([counts._allows("address", "192.0.2.1", 2, hours=1) for _time in range(3)], [True, True, False])
        self.assertTrue(counts._allows("address", "192.0.2.2", 2, hours=1))
        self.assertTrue(counts._allows("email", "192.0.2.1", 2, hours=1))
        self.assertNotIn("192.0.2", "".join(counts.search([]).mapped("key")))
        self.env.cr.execute("UPDATE wcm_suggestion_count SET hour = hour - interval '2 hours'")
        self.assertTrue(counts._allows("address", "192.0.2.1", 2, hours=1), "an hour later it begins anew")
        self.env.cr.execute("UPDATE wcm_suggestion_count SET hour = hour - interval '2 days'")
        self.env.invalidate_all()
        counts._forget()
        self.assertFalse(counts.search([]))

    def test_the_limits_are_set_by_the_administrator_within_bounds(self):
        counts, parameters = self.env["wcm.suggestion.count"], self.env["ir.config_parameter"].sudo()
        self.assertEqual((counts._most("address"), counts._most("email")), (10, 5))
        for said, address, email in (("3", 3, 3), ("0", 1, 1), ("999999999999", 1000, 100), ("-4", 10, 5), ("many", 10, 5), ("", 10, 5)):
            parameters.set_param("wcm_mapping.suggestions_per_address_and_hour", said)
            parameters.set_param("wcm_mapping.suggestions_per_email_and_day", said)
            self.assertEqual((counts._most("address"), counts._most("email")), (address, email), said)

    def test_erasing_who_suggested_it_blots_them_out_of_what_was_accepted(self):
        suggestion = self.suggest(suggester_name="Jo Quill", kit="A router; ask Jo Quill, jo@example.org", opening_hours="Ring Jo Quill")
        space = self.accept(suggestion)
        self.env["maintenance.equipment"].create({"name": "Router", "facility_id": space.id, "note": "<p>Jo Quill's own</p>"})
        manager = self.user("eraser", "wcm_mapping.group_mapping_manager")
        self.env["wcm.person.request"].with_user(manager).create({"email": "jo@example.org", "confirmation": "ERASE"}).action_erase()
        self.env.invalidate_all()
        said = "".join(space.message_ids.mapped("body"))
        self.assertIn("A router; ask [erased], [erased]", said)
        self.assertEqual(space.opening_hours, "Ring [erased]")
        self.assertIn("[erased]'s own", space.equipment_ids.note)
        self.assertFalse(suggestion.exists())
