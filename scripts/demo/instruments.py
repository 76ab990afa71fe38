"""What is measured with, in every state, and who has learnt to. Made up, as the certificates are."""

from datetime import timedelta

from people import signed, user

from odoo import fields

# (name, kind, range, days ago and result of each calibration)
OF_A_MEMBER = (
    ("Long caliper", "caliper", 600, ((40, "good"),)),
    ("Short caliper", "caliper", 150, ((350, "good"),)),
    ("Old caliper", "caliper", 150, ((420, "good"),)),
    ("New square", "square", 0, ()),
)
TRAININGS = (("Measuring blocks", "Reads a caliper to 0.1 mm and knows where to measure."), ("Measuring moisture", "Calibrates the meter for spruce and reads it at three places."))


def keep_instruments(env):
    """One member's own, and the network's meter, lent to it."""
    member = _measuring_member(env)
    owner = member._owners().user_id[:1]
    for name, kind, range_max, calibrations in OF_A_MEMBER:
        member.with_user(owner).action_add_instrument(kind=str(kind_of(env, kind).id), name=name, serial=f"{member.code}-{name[:2].upper()}", range_max=range_max, resolution=0.01)
        one = env["wcm.instrument"].search([("name", "=", name), ("membership_id", "=", member.id)])
        for days_ago, result in calibrations:
            calibrate(one.with_user(owner), days_ago, result)
    quality = user(env, "quality")
    meter = env["wcm.instrument"].with_user(quality).create({"name": "Moisture meter", "kind_id": kind_of(env, "moisture").id, "serial": "NW-MM", "unit": "%", "range_max": 60})
    calibrate(meter, 20, "good")
    meter.action_lend(member.code, fields.Date.today() + timedelta(days=14))
    signed(env)


def find_one_wrong(env):
    """Blocks were measured with a caliper that its laboratory then found wrong."""
    member = _measuring_member(env)
    owner = member._owners().user_id[:1]
    member.with_user(owner).action_add_instrument(kind=str(kind_of(env, "caliper").id), name="Dropped caliper", serial=f"{member.code}-DR", range_max=1000, resolution=0.01)
    one = env["wcm.instrument"].search([("name", "=", "Dropped caliper"), ("membership_id", "=", member.id)])
    calibrate(one.with_user(owner), 90, "good")
    checks = env["wcm.inspection"].search([("state", "=", "open"), ("membership_id", "=", member.id)])
    for line in checks.line_ids.filtered(lambda line: line.kind == "measurement" and not line.reading):
        line.with_user(owner).write({"reading": f"{line.nominal:g}", "instrument_id": one.id})
    calibrate(one.with_user(owner), 0, "failed", as_found="out", note="Reads 0.4 mm too much at 600 mm")
    signed(env)


def train_people(env):
    """Authorised, waiting for it, running out, and over."""
    quality, member = user(env, "quality"), _measuring_member(env)
    owner = member._owners().user_id[:1]
    kinds = [env["wcm.competence.kind"].with_user(quality).create({"name": name, "description": words, "months": 12}) for name, words in TRAININGS]
    people = member.person_ids
    for number, (kind, days_ago) in enumerate((kind, days) for kind in kinds for days in (30, 350, 400)):
        told = {"person": str(people[number % len(people)].id), "kind": str(kind.id), "trained_by": "Knowle West workshop", "valid_from": _day(days_ago)}
        member.with_user(owner).action_add_competence(**told)
    env["wcm.competence"].search([("kind_id", "=", kinds[0].id)]).with_user(quality).action_authorise()
    signed(env)


def _measuring_member(env):
    """Who has most checks open."""
    counts = env["wcm.inspection"]._read_group([("state", "=", "open")], ["membership_id"], ["__count"], order="__count desc, membership_id")
    return counts[0][0] if counts else env["wcm.membership"].search([("state", "=", "active")], limit=1)


def kind_of(env, name):
    return env.ref(f"wcm_qc.instrument_kind_{name}")


def calibrate(instrument, days_ago, result, **told):
    instrument.action_calibrate(date=_day(days_ago), result=result, laboratory="Severn Metrology (made up)", number=f"SM-{instrument.id}-{days_ago}", **told)


def _day(days_ago):
    return fields.Date.to_string(fields.Date.today() - timedelta(days=days_ago))
