import io
from datetime import date, datetime, time, timedelta

import pytz
from PIL import Image

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from ..suggestion_form import blank, read_form

LONDON = pytz.timezone("Europe/London")


def photo_of(owner, picture=None, **options):
    """A small JPEG whose camera noted its owner (EXIF tag 315)."""
    content, exif = io.BytesIO(), Image.Exif()
    exif[315] = owner
    picture = picture or Image.new("RGB", (40, 30), "sienna")
    picture.save(content, "JPEG", exif=exif, **options)
    return content.getvalue()


class MappingCase(TransactionCase):
    """One region with a coordinator, one without, a space in each and a router to share."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.routing = cls.env.ref("wcm_mapping.process_cnc_routing")
        cls.assembly = cls.env.ref("wcm_mapping.process_assembly")
        cls.bristol = cls.env.ref("wcm_mapping.region_bristol")
        cls.dorset = cls.env.ref("wcm_mapping.region_dorset")
        cls.manager = cls.user("mapping_manager", "wcm_mapping.group_mapping_manager")
        cls.coordinator = cls.user("mapping_coordinator", "wcm_mapping.group_mapping_user")
        cls.outsider = cls.user("mapping_outsider", "base.group_user")
        cls.bristol.coordinator_ids = cls.coordinator
        cls.workshop = cls.facility("Bristol Workshop", cls.bristol)
        cls.far_workshop = cls.facility("Dorset Workshop", cls.dorset)

    @classmethod
    def user(cls, login, group):
        return new_test_user(cls.env, login, groups=group, tz="Europe/London")

    @classmethod
    def facility(cls, name, region, **values):
        return cls.env["wcm.facility"].create(
            {
                "name": name,
                "region_id": region.id,
                "latitude": 51.45,
                "longitude": -2.59,
                "location_precision": "exact",
                **values,
            }
        )

    @classmethod
    def equipment(cls, facility, process, **values):
        return cls.env["maintenance.equipment"].create(
            {
                "name": "Machine",
                "facility_id": facility.id,
                "process_id": process.id,
                **values,
            }
        )

    @classmethod
    def calendar(cls, **values):
        """Monday to Friday 9 to 17 in London with an hour for lunch: 35 hours a week."""
        periods = [(9, 13, "morning"), (13, 14, "lunch"), (14, 17, "afternoon")]
        lines = [
            Command.create(
                {
                    "name": f"{day} {period}",
                    "dayofweek": str(day),
                    "hour_from": start,
                    "hour_to": end,
                    "day_period": period,
                }
            )
            for day in range(5)
            for start, end, period in periods
        ]
        return cls.env["resource.calendar"].create(
            {"name": "35 hours", "tz": "Europe/London", "attendance_ids": lines, **values}
        )

    @classmethod
    def capability(cls, facility, process, **values):
        return cls.env["wcm.capability"].create(
            {
                "facility_id": facility.id,
                "process_id": process.id,
                "share_offered": 1.0,
                **values,
            }
        )

    @classmethod
    def monday(cls, weeks=0):
        """The Monday of a week, counted from this one as the database counts (UTC)."""
        today = datetime.now(pytz.utc).date()
        return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)

    @classmethod
    def moment(cls, day: date, hour: int):
        """An hour of a day in London, as Odoo stores it."""
        local = LONDON.localize(datetime.combine(day, time(hour)))
        return local.astimezone(pytz.utc).replace(tzinfo=None)


class AuditCase(MappingCase):
    """An audit of the workshop, answered by a rule: a function from question to chosen answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env.ref("wcm_mapping.audit_template")

    @staticmethod
    def best(question):
        """The answer with the most points; of two without points the one that opens more questions."""
        return max(question.suggested_answer_ids, key=lambda answer: (answer.answer_score, answer.sequence))

    @staticmethod
    def worst(question):
        return question.suggested_answer_ids.sorted("sequence")[0]

    @classmethod
    def audit(cls, facility=None, **values):
        facility = facility or cls.workshop
        return cls.env["wcm.audit"].create({"facility_id": facility.id, "auditor_id": cls.coordinator.id, **values})

    @classmethod
    def answer(cls, audit, choose):
        for question in audit.survey_id.question_ids:
            if question not in audit.user_input_id._get_inactive_conditional_questions():
                audit.user_input_id._save_lines(question, str(choose(question).id) if choose(question) else "")

    @classmethod
    def completed(cls, choose, **values):
        audit = cls.audit(**values)
        audit.action_start()
        cls.answer(audit, choose)
        audit.user_input_id._mark_done()
        if audit.kind == "visit":
            audit.action_complete()
        return audit

    @classmethod
    def finding(cls, audit=None, **values):
        audit = audit or cls.audit()
        return cls.env["wcm.audit.finding"].create({"audit_id": audit.id, "description": "Loose cable", **values})

    @classmethod
    def certificate(cls, days, facility=None, **values):
        """A certificate that runs out so many days from now; None: never."""
        return cls.env["wcm.certificate"].create(
            {
                "facility_id": (facility or cls.workshop).id,
                "kind": "public_liability",
                "expires_on": days is not None and date.today() + timedelta(days=days),
                **values,
            }
        )


class SuggestionCase(MappingCase):
    """Somebody suggests; the coordinator of Bristol decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.suggestions = cls.env["wcm.facility.suggestion"]
        cls.suggestions.search([]).unlink()
        cls.env["wcm.suggestion.count"].search([]).unlink()
        cls.dorset_coordinator = cls.user("dorset_coordinator", "wcm_mapping.group_mapping_user")
        cls.dorset.coordinator_ids = cls.dorset_coordinator
        cls.listed = cls.facility(
            "Elm Works", cls.bristol, visibility="public", zip="BS4 1DB", city="Bristol", location_precision="postcode_sector"
        )
        cls.capability(cls.listed, cls.assembly)

    @classmethod
    def suggest(cls, facility=None, confirmed=True, **said):
        """As the public form does it, and confirmed by default."""
        facility = facility or cls.env["wcm.facility"]
        present = cls.suggestions._present(facility._public_values()[0]) if facility else None
        if not facility:
            said = {"name": "Oak Works", "zip": "BS4 1DB", **said}
        said = {**blank(present).values, "suggester_name": "Jo", "suggester_email": "jo@example.org", "consent": "yes", **said}
        posted = {name: value if isinstance(value, list) else [value] for name, value in said.items()}
        form = read_form(posted, cls.suggestions._vocabulary(), present)
        assert not form.errors, form.errors
        suggestion = cls.suggestions._submit(form, facility)
        if confirmed:
            suggestion._confirm()
        return suggestion

    def accept(self, suggestion, *fields_taken, user=None):
        suggestion = suggestion.with_user(user or self.coordinator)
        if fields_taken:
            for line in suggestion.line_ids:
                line.chosen = line.field in fields_taken
        suggestion.action_accept()
        return suggestion.facility_id

    def mails(self, suggestion):
        return self.env["mail.mail"].search([("model", "=", suggestion._name), ("res_id", "=", suggestion.id)], order="id")
