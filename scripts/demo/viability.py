"""Prices beside others, and the platform's own books: rates, quotations, reference prices, running costs. All figures are made up."""

import base64
from datetime import timedelta

from catalogue import blocks
from people import signed, user

from odoo import fields

MEMBERS = ("member1", "member2", "member3")
# (component, price each beside what was agreed, with sheets, brought to the site)
QUOTES = (("G-S-42-1", 1.9, True, True), ("W-O-S-1", 1.6, True, False), ("W-O-L-1", 0.9, False, False))
NETWORK = (
    ("Coordination of the network, one day a week", "fixed", 7200, "A guess: nobody has agreed to it"),
    ("Software, hosting and telephone", "fixed", 900, "A guess by prices of small hosts"),
    ("Insurance of the network", "fixed", 650, "A guess"),
    ("Visit and first-article check", "per_home", 60, "Half a day of somebody's time"),
    ("Labels and tags", "per_component", 0.12, "Price of a roll, divided"),
)
REGION = (("Desk at the maker space", "fixed", 480, "A guess: £40 a month"),)
RESERVE = 6400
MADE_UP = "(illustrative)"


def set_rates(env):
    """Three members set rates of their own; the others leave it at the price of a clock hour."""
    for login in MEMBERS:
        owner = user(env, login)
        member = env["wcm.membership"].search([("user_ids", "in", owner.id)], limit=1)
        for capability in member.facility_id.capability_ids:
            hour = capability.cost_per_hour
            capability.with_user(owner).action_set_rates(machine_hour=round(hour * 0.55, 2), hands_on_hour=round(hour * 0.4, 2), overhead_percent=12)
        signed(env)


def quote_alternatives(env):
    """What a made-up supplier asks, with a quotation, and what members were paid, as if enough of them had agreed to it in the months before."""
    manager, today = user(env, "manager"), fields.Date.today()
    product = {block.default_code: block for block in blocks(env)}
    agreed = {row.product_id: price for row, price in env["wcm.work.order"]._read_group([("price_unit", ">", 0)], ["build_line_id"], ["price_unit:avg"])}
    env["wcm.price.quote"].with_user(manager).create([
        {
            "product_id": product[code].id, "supplier": f"Panels by the Pallet {MADE_UP}", "price": round(agreed.get(product[code], 50) * factor, 2), "quantity": 20,
            "date_quoted": today - timedelta(days=14), "valid_until": today + timedelta(days=76), "includes_sheets": sheets, "includes_delivery": delivery,
            "includes": f"Checks and returns are not in it {MADE_UP}.",
            "quotation": base64.b64encode(f"{code}: 20 pieces {MADE_UP}".encode()), "quotation_name": "quotation.txt",
        }
        for code, factor, sheets, delivery in QUOTES
    ])
    _tell_references(env, [product[code] for code, *_ in QUOTES], agreed, today)
    signed(env)


def _tell_references(env, products, agreed, today):
    members = env["wcm.membership"].search([("state", "=", "active")], limit=4)
    env["wcm.price.reference"].create([
        {
            "product_id": product.id, "month": today.replace(day=1), "amount": round(agreed.get(product, 50)), "currency_id": env.ref("base.GBP").id, "months": 12,
            "member_ids": members.ids,
        }
        for product in products
    ])


def enter_costs(env):
    """The manager enters what the network costs and has put by, the coordinator of Bristol what its region costs."""
    manager, coordinator = user(env, "manager"), user(env, "coordinator")
    bristol = env.ref("wcm_mapping.region_bristol")
    for who, region, lines in ((manager, bristol.browse(), NETWORK), (coordinator, bristol, REGION)):
        env["wcm.running.cost"].with_user(who).create([
            {"name": f"{name} {MADE_UP}", "kind": kind, "amount": amount, "note": note, "region_id": region.id, "currency_id": env.ref("base.GBP").id}
            for name, kind, amount, note in lines
        ])
        signed(env)
    env["wcm.reserve"].with_user(manager).create({"amount": RESERVE, "currency_id": env.ref("base.GBP").id, "note": f"Bank statement {MADE_UP}"})
    signed(env)
