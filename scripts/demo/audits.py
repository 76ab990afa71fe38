"""Two spaces of Bristol are audited: illustrative answers that say nothing about these spaces."""

from datetime import timedelta

from people import user

from odoo import fields

NOTE = "Illustrative: made up to show how an audit works. It says nothing about this space."
# Answers as good as they get, but for these: a question's id and the number of its answer.
WEAK_SPOTS = {
    "safety_dust": 2, "safety_accidents": 2, "quality_instruments": 1, "material_moisture": 2, "bopas_internal": 1,
    "environment_energy": 2, "kit_test_cut": 2, "people_cover": 3, "insurance_product": 2,
}
MORE_WEAK_SPOTS = {"space_area": 2, "kit_service": 2, "quality_learning": 1, "material_lots": 2, "bopas_evidence": 2}


def audit_two_spaces(env):
    """One space looks at itself and is then visited; the other has only looked at itself."""
    coordinator = user(env, "coordinator")
    memberships = env["wcm.membership"].search([("facility_id.region_id", "=", env.ref("wcm_mapping.region_bristol").id)])
    visited, other = memberships.facility_id.sorted("id")[:2].with_user(coordinator)
    for space in (visited, other):
        _audit(space, "self", WEAK_SPOTS if space == visited else WEAK_SPOTS | MORE_WEAK_SPOTS)
    visit = _audit(visited, "visit", WEAK_SPOTS | MORE_WEAK_SPOTS)
    visit.action_complete()
    _write_down(visit)
    _plan_visit(other)
    other.sudo().audit_ids.filtered("next_due_on").next_due_on = fields.Date.today() + timedelta(days=12)
    _certify(visited)


def _audit(space, kind, weak_spots):
    env = space.env
    audit = env["wcm.audit"].create({
        "facility_id": space.id, "kind": kind, "auditor_id": env.uid, "summary": NOTE,
    })
    audit.action_start()
    answers = audit.sudo().user_input_id
    numbers = {env.ref(f"wcm_mapping.audit_{name}"): number for name, number in weak_spots.items()}
    for question in audit.sudo().survey_id.question_ids - answers._get_inactive_conditional_questions():
        choices = question.suggested_answer_ids.sorted("sequence")
        choice = choices[numbers[question] - 1] if question in numbers else choices[-1]
        answers._save_lines(question, str(choice.id))
    answers._clear_inactive_conditional_answers()
    answers._mark_done()
    return audit


def _write_down(visit):
    """Two findings, one of them closed; the evidence as the visit proposes it."""
    env = visit.env
    env["wcm.audit.finding"].create([
        {
            "audit_id": visit.id, "severity": "major", "owner_id": env.uid, "due_on": fields.Date.today() - timedelta(days=3),
            "section_id": env.ref("wcm_mapping.audit_section_safety").id,
            "description": "Extraction at the router not tested for two years (illustrative)",
        },
        {
            "audit_id": visit.id, "severity": "minor", "state": "done", "evidence_text": "Rack put up and labelled",
            "section_id": env.ref("wcm_mapping.audit_section_material").id,
            "description": "Remnants without labels (illustrative)",
        },
    ])
    env["wcm.audit.evidence"].create({"audit_id": visit.id}).action_apply()


def _plan_visit(space):
    space.env["wcm.audit"].create({
        "facility_id": space.id, "auditor_id": space.env.uid,
        "planned_on": fields.Date.today() + timedelta(days=12), "summary": NOTE,
    })


def _certify(space):
    today = fields.Date.today()
    space.env["wcm.certificate"].create([
        {
            "facility_id": space.id, "kind": kind, "subject": subject, "issuer": "Example (illustrative)",
            "expires_on": today + timedelta(days=days),
        }
        for kind, subject, days in (
            ("public_liability", "£5 million", 25), ("employers_liability", "£10 million", 200), ("calibration", "Calliper 12", -10),
        )
    ])
