"""One workshop of Bristol is audited against BOPAS, another is next; what is known of everybody's quality, month by month."""

from datetime import timedelta

from audits import NOTE
from dateutil.relativedelta import relativedelta
from people import user

from odoo import fields

from odoo.addons.wcm_qc import rating

# A question's id, its answer and what was seen there; everything else was met.
WEAK_SPOTS = {
    "manufacture_instruments": ("Not met", "Two callipers without a certificate (illustrative)"),
    "durability_moisture": ("Met in part", "Moisture is measured on arrival, not before dispatch (illustrative)"),
    "digital_shared": ("Met, with something worth a thought", "Lessons are told, seldom written (illustrative)"),
    "scope_risks": ("Does not apply here", ""),
}
# (blocks checked, right at once, points, actions due, on time) of the last months, this one last: made up.
MONTHS = ((22, 18, 6, 1, 0), (31, 26, 7, 2, 1), (38, 33, 7, 2, 2), (46, 42, 5, 3, 3), (55, 51, 5, 3, 3), (58, 54, 4, 3, 3))


def audit_against_bopas(env):
    """A visit with findings, one of them with its corrective action; the next visit elsewhere, to the NHBC Standards."""
    lead = user(env, "quality")
    memberships = env["wcm.membership"].search([("facility_id.region_id", "=", env.ref("wcm_mapping.region_bristol").id)])
    visited, other = memberships.sorted("id")[:2]
    audits = env["wcm.audit"].with_user(lead)
    audit = audits.create({"facility_id": visited.facility_id.id, "survey_id": env.ref("wcm_qc.audit_bopas").id, "auditor_id": lead.id, "summary": NOTE})
    _answer(audit)
    major = audit.finding_ids.filtered(lambda finding: finding.severity == "major")
    env["wcm.corrective.action"].with_user(lead).create({
        "name": "Send the callipers to be calibrated every January", "finding_id": major.id, "owner_id": visited.user_ids[:1].id,
        "due_on": fields.Date.today() + timedelta(days=21),
    })
    audits.create({
        "facility_id": other.facility_id.id, "survey_id": env.ref("wcm_qc.audit_nhbc").id, "auditor_id": lead.id,
        "planned_on": fields.Date.today() + timedelta(days=16), "summary": NOTE,
    })


def rate_members(env):
    """As it was counted, of too few blocks to say anything; of five members a made-up history, until the first night counts anew."""
    env["wcm.quality.rating"]._cron_rate()
    members = env["wcm.membership"].search([("state", "=", "active")])
    for number, member in enumerate(members[:5]):
        _make_up_history(member, worse=number * 2)


def _answer(audit):
    audit.action_start()
    answers = audit.sudo().user_input_id
    weak = {audit.env.ref(f"wcm_qc.audit_bopas_{name}"): answer for name, answer in WEAK_SPOTS.items()}
    for question in audit.sudo().survey_id.question_ids:
        words, seen = weak.get(question, ("Met", ""))
        choice = question.suggested_answer_ids.filtered(lambda answer, words=words: answer.value == words)
        answers._save_lines(question, str(choice.id), seen)
    answers._mark_done()
    audit.action_complete()


def _make_up_history(member, worse):
    ratings = member.env["wcm.quality.rating"]
    today = fields.Date.today()
    rows = ratings.browse()
    member.quality_rating_ids.unlink()
    for ago, (checked, right, points, due, on_time) in zip(range(len(MONTHS) - 1, -1, -1), MONTHS, strict=True):
        day = today.replace(day=1) - relativedelta(months=ago)
        fact = {"checked": checked, "right": right - worse, "points": points + worse, "due": due, "on_time": on_time, "audits": (), "late_findings": 0}
        values = ratings._row_values({**fact, "nonconformities": (points + worse) // 2}, min(today, day + relativedelta(months=1, days=-1)))
        past = rows[-1:].score
        rows |= ratings.create({**values, "membership_id": member.id, "month": day, "is_current": not ago, "change": values["score"] - past if past else 0})
    for row in rows:
        row.message_post(body=f"Illustrative: made up, by the formula, to show ratings over time (at least {rating.FEWEST} blocks). It says nothing about this member.")
