"""A garden studio in Knowle West: demand, two scenarios, offers and answers."""

from datetime import date, timedelta

from catalogue import blocks
from people import signed, user
from tables import rows

from odoo import Command

STAGE_DAYS = {"floor": 21, "walls": 35, "roof": 42}
RULE_SETS = {
    "Cheapest": {
        "min_community_share": 0.0, "max_facility_share": 0.35, "transport_cost_per_km": 0.03,
        "note": "What it costs when money alone decides. To compare with, not to work by.",
    },
    "Community first": {
        "min_community_share": 0.6, "max_facility_share": 0.35, "transport_cost_per_km": 0.03,
        "note": "At least 60 % of the making goes to community organisations.",
    },
    "Near home, and no member too large": {
        "min_community_share": 0.3, "max_facility_share": 0.3, "transport_cost_per_km": 0.05, "carbon_price": 0.25,
        "probation_hours": 6.0, "note": "For a programme of homes: carbon of transport counts, and nobody carries more than 30 %.",
    },
}
# The build and both plans say on every screen that their prices and hours are made up.
SCENARIOS = {"Illustrative: cheapest": "Cheapest", "Illustrative: 60 % with community organisations": "Community first"}


def monday(weeks=0):
    """Monday of next week, plus whole weeks."""
    today = date.today()
    return today + timedelta(days=7 - today.weekday() + 7 * weeks)


def create_build(env):
    """Site, grant, kit and the build itself, with one date on site per stage."""
    env = env(user=user(env, "manager"))
    site = env["wcm.site"].create(_site_values(env))
    build = env["wcm.build"].create({
        "name": "Garden studio, Knowle West (illustrative)",
        "kind": "demonstration",
        "site_id": site.id,
        "bom_id": _kit(env).id,
        "grant_id": _grant(env).id,
        "date_required": monday() + timedelta(days=STAGE_DAYS["floor"]),
        "floor_area_m2": 18.0,
    })
    build.action_load_kit()
    _set_dates(build)


def _site_values(env):
    address = env["res.partner"].create({
        "name": "Demonstration site, Knowle West", "city": "Bristol", "zip": "BS4 1DQ", "country_id": env.ref("base.uk").id,
    })
    return {
        "name": "Knowle West demonstration site", "code": "KW", "partner_id": address.id,
        "region_id": env.ref("wcm_mapping.region_bristol").id, "latitude": 51.4203, "longitude": -2.5966,
    }


def _kit(env):
    product = {block.default_code: block for block in blocks(env)}
    studio = env["product.product"].create({"name": "Garden studio (Skylark 150)", "default_code": "STUDIO", "is_storable": True})
    return env["mrp.bom"].create({
        "product_tmpl_id": studio.product_tmpl_id.id, **{f"{stage}_after_days": STAGE_DAYS[stage] - STAGE_DAYS["floor"] for stage in ("walls", "roof")},
        "bom_line_ids": [
            Command.create({"product_id": product[row["block"]].id, "product_qty": int(row["studio_quantity"])})
            for row in rows("blocks")
        ],
    })


def _grant(env):
    funder = env["res.partner"].create({"name": "Community Tech Fund (illustrative)", "is_company": True})
    return env["wcm.grant"].create({
        "name": "Distributed making demonstration", "reference": "DEMO-26", "funder_id": funder.id, "amount": 60000,
        "homes_promised": 1, "user_ids": [Command.link(user(env, "funder").id)],
        "date_start": monday(-8), "date_end": monday(44),
    })


def _set_dates(build):
    stages = {row["block"]: row["stage"] for row in rows("blocks")}
    for line in build.line_ids:
        stage = stages[line.product_id.default_code]
        line.write({"stage": stage, "date_required": build._stage_date(stage)})


def solve_two_scenarios(env):
    """Cheapest, and at least 60 % with community organisations, to be compared; each by a set of rules with a name."""
    env = env(user=user(env, "manager"))
    plans = env["wcm.plan"].create([
        {
            "name": name, "build_ids": [Command.set(env["wcm.build"].search([]).ids)], "start_date": monday(),
            "weeks": 7, "policy_id": rule_set(env, rules).id, "seconds": 5,
        }
        for name, rules in SCENARIOS.items()
    ])
    for plan in plans:
        plan._solve_now()


def rule_set(env, name):
    """One of our sets of rules; made when it is first asked for."""
    sets = env["wcm.plan.policy"]
    name_here = f"{name} (illustrative)"
    values = {"name": name_here, "sequence": 10 + list(RULE_SETS).index(name), **RULE_SETS[name]}
    return sets.search([("name", "=", name_here)]) or sets.create({**values, "note": f"{values['note']} Nobody has decided this: it is made up."})


def offer_work(env):
    """The community scenario is the one that is offered."""
    env = env(user=user(env, "manager"))
    env["wcm.plan"].search([("min_community_share", ">", 0)], limit=1).action_offer()


def answer_offers(env):
    """Members answer under their own login: most accept, one declines, one counters, some wait."""
    offers = env["wcm.work.order"].search([("state", "=", "offered")], order="date_due, id")
    answers = [_accept] * (len(offers) * 2 // 3) + [_decline, _counter]
    for offer, answer in zip(offers, answers, strict=False):
        answer(offer.with_user(offer.membership_id.user_ids[0]))
        signed(env)


def _accept(offer):
    offer.action_accept()


def _decline(offer):
    offer.action_decline(reason="Router is booked that week")


def _counter(offer):
    offer.action_counter(
        quantity=offer.quantity, date_due=offer.date_due + timedelta(days=7), price_unit=offer.price_unit,
        reason="One week later suits our volunteers",
    )
