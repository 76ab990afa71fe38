"""Members are competitors: whatever one asks for, it learns nothing of another."""

import inspect
from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.wcm_qc.tests.common import QualityCase

REFUSED = {"odoo.exceptions.AccessError", "odoo.exceptions.MissingError", "odoo.exceptions.UserError"}
NO_ACCESS = {"odoo.exceptions.AccessError", "odoo.exceptions.MissingError"}
SECRET = "Birch's secret"
ARGUMENTS = {
    "code": "BIR-1", "date_due": "2030-01-01", "day": "2030-01-01", "description": "x", "disposition": "rework", "note": "x", "price_unit": 1,
    "quantity": 1, "reason": "x", "sheet_lot_names": ["x"], "signed_by": "x", "title": "x",
}


class MembersCase(HttpCase, QualityCase):
    """Alder asks; Birch has one record of each kind, with a message and an attachment on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_control_plan()
        cls.own = cls._make_world(cls.alder, "ALD")
        cls.foreign = cls._make_world(cls.birch, "BIR")
        for records in cls.foreign.values():
            cls._talk(records)

    @classmethod
    def _make_world(cls, member, name):
        """{model: records} of everything that a member can see of its own."""
        order = cls.make_order(member, cls.block_line, 2, state="in_production")
        part = cls._make_part(order, f"{name}-1")
        inspection = cls.env["wcm.inspection"]._open_for(part).sudo()
        nonconformity = cls.env["wcm.nonconformity"].sudo().create({"title": f"{name} too wide", "part_ids": part.ids})
        decided = cls.env["wcm.disposition"].create({"nonconformity_id": nonconformity.id, "part_id": part.id, "kind": "rework", "reason": SECRET, "decided_by_id": cls.env.uid})
        corrective = cls.env["wcm.corrective.action"].create({"name": f"{name} stops", "nonconformity_id": nonconformity.id, "owner_id": member.user_ids[:1].id, "due_on": cls.monday})
        shipment = cls.env["wcm.shipment"].create({"membership_id": member.id, "site_id": cls.site.id})
        action = order.with_user(member.user_ids[:1]).action_propose_sequence()
        sequence = cls.env[action["res_model"]].browse(action["res_id"])
        facility = member.facility_id
        decline = cls.env["wcm.offer.decline"].create({"work_order_id": order.id, "membership_id": member.id, "reason": SECRET})
        change = cls.env["wcm.work.order.change"].create({"work_order_id": order.id, "reason": SECRET})
        sheets = {"product_id": part.product_id.id, "lot_id": part.lot_id.id, "quantity": 1, "supplier": SECRET, "bought_on": "2026-05-01 10:00:00"}
        purchase = cls.env["wcm.sheet.purchase"].create({"work_order_id": order.id, **sheets})
        rate = cls.env["wcm.capability.rate"].create({"capability_id": member.facility_id.capability_ids[:1].id, "date_from": "2026-05-01", "machine_hour": 43.21})
        rating = cls.env["wcm.quality.rating"].create({"membership_id": member.id, "month": "2026-05-01", "objection": SECRET})
        instrument, calibration, loan = cls._make_instrument(member, name)
        learnt = cls.env["wcm.competence.kind"].create({"name": f"{name} measuring"})
        competence = cls.env["wcm.competence"].create({"person_id": member.person_ids[:1].id, "kind_id": learnt.id, "trained_by": SECRET})
        found = (
            *cls._make_told(member, name, order), instrument, calibration, loan, competence, rating, rate, order, decline, change, purchase, part, part.event_ids, inspection, inspection.line_ids, nonconformity, decided, corrective, shipment,
            member, member.acceptance_ids, member.person_ids, facility, facility.capability_ids, sequence, sequence.line_ids,
        )
        return {records._name: records.sudo() for records in found}

    @classmethod
    def _make_told(cls, member, name, order):
        """What it is owed and what it says."""
        levy = {"year": 2026, "number": 1, "date": "2026-05-01", "amount": 50, "rule": SECRET, "currency_id": order.currency_id.id, "company_id": cls.env.company.id}
        entry = cls.env["wcm.levy.entry"].create({"membership_id": member.id, "work_order_id": order.id, **levy})
        lesson = cls.env["wcm.lesson"].with_user(member.user_ids[:1]).sudo().create({"title": f"{name} glue", "text": SECRET, "author_id": member.user_ids[:1].id})
        feedback = cls.env["wcm.feedback"].sudo().create({"text": SECRET, "mood": "problem", "user_id": member.user_ids[:1].id, "membership_id": member.id})
        dispute = cls.env["wcm.statement.dispute"].create({"membership_id": member.id, "month": "2026-05-01", "reason": SECRET if member == cls.birch else "Ours"})
        answer = cls.env["wcm.offer.answer"].create({"membership_id": member.id, "work_order_id": order.id, "asked_at": "2026-05-01 10:00:00"})
        contest = cls.env["wcm.record.contest"].create({"membership_id": member.id, "figure": "on_time", "work_order_id": order.id, "reason": SECRET if member == cls.birch else "Ours"})
        return lesson, feedback, entry, dispute, answer, contest

    @classmethod
    def _make_instrument(cls, member, name):
        """Its own, calibrated, and lent to the network."""
        values = {"name": f"{name} caliper", "kind_id": cls.env.ref("wcm_qc.instrument_kind_caliper").id, "serial": SECRET if member == cls.birch else "Ours", "membership_id": member.id}
        instrument = cls.env["wcm.instrument"].create(values)
        calibration = cls.env["wcm.calibration"].create({"instrument_id": instrument.id, "laboratory": f"{name} laboratory", "number": SECRET})
        instrument._lend(cls.env["wcm.membership"], None)
        return instrument, calibration, instrument.loan_ids

    @classmethod
    def _make_part(cls, order, name):
        lot = cls.env["stock.lot"].create({"name": name, "product_id": order.product_id.id})
        part = cls.env["wcm.part"].sudo().create({"lot_id": lot.id, "work_order_id": order.id})
        part._log("commissioning")
        return part

    @classmethod
    def _talk(cls, records):
        """A public comment and a file on each; a record without a chatter has the file only."""
        record = records[:1]
        values = {"name": f"{SECRET}.txt", "raw": SECRET.encode(), "res_model": record._name, "res_id": record.id}
        cls.env["ir.attachment"].create(values)
        if hasattr(record, "message_post"):
            record.message_post(body=SECRET, message_type="comment", subtype_xmlid="mail.mt_comment")

    def as_alder(self, model):
        return self.env[model].with_user(self.alder_user)


@tagged("post_install", "-at_install")
class TestMembersApart(MembersCase):
    def test_the_test_covers_every_model_that_members_reach(self):
        groups = [self.env.ref(f"wcm_network.group_member_{name}").id for name in ("factory", "office", "owner")]
        access = self.env["ir.model.access"].search([("group_id", "in", groups)])
        shared = {"wcm.terms", "wcm.process"}
        self.assertEqual(set(access.mapped("model_id.model")), set(self.foreign) | shared)
        self.assertFalse([model for model, records in self.foreign.items() if not records])

    def test_records_are_neither_found_nor_read(self):
        for model, records in self.foreign.items():
            with self.subTest(model=model):
                mine = self.as_alder(model)
                self.assertFalse(mine.search([]) & records)
                self.assertEqual(mine.search_count([("id", "in", records.ids)]), 0)
                self.assertLessEqual(self.own[model], mine.search([]).sudo())
                for call in (mine.browse(records.ids).read, mine.browse(records.ids).web_read):
                    with self.assertRaises(AccessError):
                        call({"display_name": {}} if call.__name__ == "web_read" else ["display_name"])

    def test_names_are_not_found_by_typing(self):
        for model, records in self.foreign.items():
            with self.subTest(model=model):
                if not records._rec_name:
                    continue
                found = self.as_alder(model).name_search("")
                self.assertFalse({record_id for record_id, _name in found} & set(records.ids))

    def test_counts_and_groups_hold_only_the_members_own(self):
        for model in self.foreign:
            with self.subTest(model=model):
                mine = self.as_alder(model)
                [total] = mine.formatted_read_group([], [], ["__count"])
                self.assertEqual(total["__count"], len(mine.search([])))

    def test_grouping_by_member_shows_one_member(self):
        groups = self.as_alder("wcm.work.order").formatted_read_group([], ["membership_id"], ["__count"])
        self.assertEqual([group["membership_id"][0] for group in groups], self.alder.ids)

    def test_nothing_is_exported(self):
        for model, records in self.foreign.items():
            with self.subTest(model=model), self.assertRaises(UserError):
                self.as_alder(model).browse(records.ids).export_data(["id"])

    def test_messages_are_neither_found_nor_read(self):
        messages = self.env["mail.message"].search([("body", "ilike", SECRET)])
        self.assertTrue(messages)
        mine = self.as_alder("mail.message")
        self.assertFalse(mine.search([("model", "in", list(self.foreign))]).sudo() & messages)
        self.assertFalse(mine.search([("body", "ilike", SECRET)]))
        for message in messages:
            with self.subTest(model=message.model), self.assertRaises(AccessError):
                mine.browse(message.id).read(["body"])

    def test_nothing_is_posted_on_another_members_records(self):
        for model, records in self.foreign.items():
            if not hasattr(records, "message_post"):
                continue
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.as_alder(model).browse(records[:1].ids).message_post(body="Hello")

    def test_attachments_are_neither_found_nor_read(self):
        files = self.env["ir.attachment"].search([("name", "=", f"{SECRET}.txt")])
        self.assertEqual(len(files), len(self.foreign))
        mine = self.as_alder("ir.attachment")
        self.assertFalse(mine.search([("name", "=", f"{SECRET}.txt")]))
        for file in files:
            with self.subTest(model=file.res_model), self.assertRaises(AccessError):
                mine.browse(file.id).read(["name", "datas"])

    def test_no_button_works_on_another_members_records(self):
        worked = [
            f"{model}.{name}"
            for model, records in self.foreign.items()
            for name in self._buttons(records)
            if not self._is_refused(records[:1], name)
        ]
        self.assertFalse(worked)

    def test_part_lots_and_sheets_are_closed(self):
        self.assertFalse(self.as_alder("stock.lot").search([]))
        with self.assertRaises(AccessError):
            self.foreign["wcm.part"].lot_id.with_user(self.alder_user).read(["name"])

    def test_people_of_another_member_are_closed(self):
        partners = self.birch.user_ids.partner_id | self.birch.facility_id.operator_id
        self.assertFalse(self.as_alder("res.partner").search([("id", "in", partners.ids)]))
        self.assertFalse(self.as_alder("res.users").search([("id", "in", self.birch.user_ids.ids)]))

    def _buttons(self, records):
        """Every action of ours, but those that only name a window to open: it is empty then."""
        names = {name for name in dir(type(records)) if name.startswith("action_") and not name.startswith(("action_open_", "action_view_"))}
        return sorted(name for name in names if self._is_our_method(records, name))

    def _is_refused(self, record, name):
        try:
            with self.env.cr.savepoint():
                getattr(self.as_alder(record._name).browse(record.ids), name)(**self._arguments(record, name))
        except AccessError:
            return True
        except UserError:
            return False
        return False

    def _is_our_method(self, records, name):
        return any(name in cls.__dict__ and cls.__module__.startswith("odoo.addons.wcm_") for cls in type(records).mro())

    def _arguments(self, record, name):
        """Plausible ones, so that nothing but the rights stops the call."""
        return {name: ARGUMENTS[name] for name in inspect.signature(getattr(record, name)).parameters if name in ARGUMENTS}


@tagged("post_install", "-at_install")
class TestMembersApartOverHttp(MembersCase):
    def setUp(self):
        super().setUp()
        self.authenticate("alder@example.com", "alder-password")

    def call_kw(self, model, method, args, **kwargs):
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            json={"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}},
        ).json()
        return answer.get("result"), answer.get("error", {}).get("data", {}).get("name")

    @mute_logger("odoo.http")
    def test_the_calls_of_the_web_client_are_refused(self):
        for model, records in self.foreign.items():
            with self.subTest(model=model):
                self.assertIn(self.call_kw(model, "read", [records.ids, ["display_name"]])[1], NO_ACCESS)
                self.assertIn(self.call_kw(model, "web_read", [records.ids], specification={"display_name": {}})[1], NO_ACCESS)
                self.assertIn(self.call_kw(model, "export_data", [records.ids, ["id"]])[1], REFUSED)
                self.assertIn(self.call_kw(model, "write", [records.ids, {"name": "mine"}])[1], REFUSED)
                self.assertIn(self.call_kw(model, "unlink", [records.ids])[1], REFUSED)
                found, _error = self.call_kw(model, "web_search_read", [], domain=[("id", "in", records.ids)], specification={"display_name": {}})
                self.assertEqual(found["length"], 0)

    @mute_logger("odoo.http")
    def test_private_methods_do_not_exist(self):
        part = self.foreign["wcm.part"]
        for method in ("_log", "_read_format", "sudo", "with_user", "mapped"):
            with self.subTest(method=method):
                self.assertTrue(self.call_kw("wcm.part", method, [part.ids])[1])

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.json2")
    def test_json_2_answers_the_same(self):
        expiry = datetime.now() + timedelta(hours=1)
        key = self.env["res.users.apikeys"].with_user(self.alder_user).sudo()._generate("rpc", "test", expiry)
        self.env.flush_all()
        headers = {"Authorization": f"Bearer {key}"}
        for model, records in self.foreign.items():
            with self.subTest(model=model):
                read = self.url_open(f"/json/2/{model}/read", json={"ids": records.ids, "fields": ["display_name"]}, headers=headers)
                self.assertIn(read.status_code, (403, 404))
                found = self.url_open(f"/json/2/{model}/search", json={"domain": [["id", "in", records.ids]]}, headers=headers)
                self.assertEqual(found.json(), [])

    def test_files_of_another_member_are_not_served(self):
        order, line = self.foreign["wcm.work.order"], self.foreign["wcm.inspection.line"][:1]
        attachment = self.env["ir.attachment"].search([("res_model", "=", order._name), ("name", "=", f"{SECRET}.txt")])
        for address in (
            f"/network/work-order/{order.id}/labels.pdf",
            f"/network/work-order/{order.id}/drawings.zip",
            f"/web/content/{attachment.id}",
            f"/web/content/wcm.inspection.line/{line.id}/photo",
        ):
            with self.subTest(address=address):
                answer = self.url_open(address)
                self.assertIn(answer.status_code, (403, 404))
                self.assertNotIn(SECRET, answer.text)

    @mute_logger("odoo.http")
    def test_no_report_prints_another_members_records(self):
        reports = self.env["ir.actions.report"].search([("model", "in", list(self.foreign))])
        for report in reports:
            record = self.foreign[report.model][:1]
            with self.subTest(report=report.report_name):
                answer = self.url_open(f"/report/html/{report.report_name}/{record.id}")
                self.assertNotIn(record.display_name, answer.text)

    @mute_logger("odoo.http")
    def test_even_ones_own_records_are_not_exported(self):
        exported, error = self.call_kw("wcm.work.order", "export_data", [self.own["wcm.work.order"].ids, ["id"]])
        self.assertIsNone(exported)
        self.assertIn(error, REFUSED)

    @mute_logger("odoo.http")
    def test_sequences_are_closed(self):
        sequence = self.env["ir.sequence"].search([("code", "=", "wcm.work.order")])
        self.assertIn(self.call_kw("ir.sequence", "write", [sequence.ids, {"number_next": 1}])[1], NO_ACCESS)
        self.assertIn(self.call_kw("ir.sequence", "read", [sequence.ids, ["prefix"]])[1], NO_ACCESS)
