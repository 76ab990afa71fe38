"""34 homes over 36 months in three regions: imported, the first ones planned, a member's week put in order.

Sites, dates and quantities are made up and say so. The table has months, so that it is never out of date.
"""

import base64
import csv
import io
from datetime import timedelta

from catalogue import blocks
from dateutil.relativedelta import relativedelta
from people import signed, user
from programme import monday, rule_set
from tables import rows

from odoo import Command

FILE = "homes.csv"
STAGE_DAYS = {"walls_after_days": 14, "roof_after_days": 28}
PLAN = "Illustrative: the first homes of the programme"
PLANNED_WEEKS = 34


def import_pipeline(env):
    """A home's kit, and the table of homes through the import that a manager uses."""
    env = env(user=user(env, "manager"))
    _kit(env)
    wizard = env["wcm.pipeline.import"].create({"file": base64.b64encode(_table()), "filename": FILE})
    wizard.action_preview()
    wizard.action_apply()
    if refused := wizard.line_ids.filtered(lambda line: line.outcome == "error"):
        raise ValueError("; ".join(refused.mapped("reason")))


def _kit(env):
    product = {block.default_code: block for block in blocks(env)}
    home = env["product.product"].create({
        "name": "Home with two bedrooms (Skylark 150, illustrative quantities)", "default_code": "HOME", "is_storable": True,
        "is_illustrative": True,
    })
    env["mrp.bom"].create({
        "product_tmpl_id": home.product_tmpl_id.id, **STAGE_DAYS,
        "bom_line_ids": [
            Command.create({"product_id": product[row["block"]].id, "product_qty": int(row["home_quantity"])})
            for row in rows("blocks")
        ],
    })


def _table():
    """As a person would type it: dates, where the project's file has months."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["Site", "Postcode", "Home", "Kit", "Required on site"])
    for row in rows("homes"):
        table.writerow([row["site"], row["postcode"], row["home"], row["kit"], _first_day(int(row["month"]))])
    return text.getvalue().encode()


def _first_day(months):
    """A Monday so many months from now."""
    day = monday() + relativedelta(months=months)
    return day - timedelta(days=day.weekday())


def plan_first_homes(env):
    """One plan for the first homes; it is not offered yet."""
    env = env(user=user(env, "manager"))
    end = monday() + timedelta(weeks=PLANNED_WEEKS)
    homes = env["wcm.build"].search([("kind", "=", "home")])
    first = homes.filtered(lambda home: home.date_roof <= end)
    plan = env["wcm.plan"].create({
        "name": PLAN, "build_ids": [Command.set(first.ids)], "start_date": monday(), "weeks": PLANNED_WEEKS,
        "policy_id": rule_set(env, "Near home, and no member too large").id, "seconds": 8,
    })
    plan._solve_now()


def put_a_week_in_order(env):
    """The member with most orders of one week asks in which order to make them."""
    orders = env["wcm.work.order"].search([("state", "in", ("accepted", "released"))], order="date_start, id")
    weeks = orders.grouped(lambda order: (order.membership_id, order.date_start - timedelta(days=order.date_start.weekday())))
    busiest = max(weeks.values(), key=len)[0]
    member = busiest.membership_id.user_ids[0]
    action = busiest.with_user(member).action_propose_sequence()
    env[action["res_model"]].browse(action["res_id"])._last_run()._solve_now()
    signed(env)
