"""One workshop of Bristol is audited against BOPAS, another is next; what is known of everybody's quality."""

from datetime import timedelta

from audits import NOTE
from people import user

from odoo import fields

# A question's id, its answer and what was seen there; everything else was met.
WEAK_SPOTS = {
    "manufacture_instruments": ("Not met", "Two callipers without a certificate (illustrative)"),
    "durability_moisture": ("Met in part", "Moisture is measured on arrival, not before dispatch (illustrative)"),
    "digital_shared": ("Met, with something worth a thought", "Lessons are told, seldom written (illustrative)"),
    "scope_risks": ("Does not apply here", ""),
}


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
    """As it is counted every night: of most members too few blocks were checked to say anything."""
    env["wcm.quality.rating"]._cron_rate()


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
