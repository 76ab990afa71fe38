"""What bench/planning_records.py measures, called inside Odoo with an environment."""

import base64
import json
import random
import time
from datetime import timedelta

from odoo import Command

SEED = 42
MEMBERS, COMPONENTS, OF_A_HOME, HOMES, SITES, KITS = 40, 120, 88, 34, 8, 4
POSTCODES = ("BS1 3AA", "BS2 8AA", "BS3 1AA", "BS4 2AA", "BS5 6AA", "BS6 5AA", "BS7 8AA", "BS8 1AA")
HOURS_OFFERED = 0.1  # of 40 hours a week, by process


def measure(env, seconds="120"):
    """Print a line for each step: seconds, queries, and what came of it."""
    print(f"{'step':<32} {'seconds':>8} {'cpu s':>7} {'queries':>8}", flush=True)
    fill(env)
    _timed(env, "import of the pipeline", lambda: _import(env), lambda wizard: f"{wizard.create_count} homes")
    plan = _plan(env, int(seconds))
    run = _timed(env, "question", plan._create_run, lambda run: f"{len(run.sudo().problem_file) * 3 // 4000} kB")
    _solve(env, run)
    pictures(env, plan)


def pictures(env, plan):
    """What is looked at when it is solved."""
    for name in ("allocation", "load", "timeline", "flows", "costs"):
        _timed(env, f"picture: {name}", lambda name=name: json.dumps(plan.picture(name)), lambda text: f"{len(text) // 1000} kB")
    why = env["wcm.plan.why"].create({"line_id": plan.line_ids[:1].id})
    _timed(env, "why not there?", lambda: why.body, lambda body: f"{len(body) // 1000} kB")
    _timed(env, "certificates to be renewed", lambda: plan.renewals or "", lambda text: f"{len(text.splitlines())} lines")
    compare = env["wcm.plan.compare"].create({"plan_ids": plan.ids})
    _timed(env, "comparison as xlsx", compare._workbook, lambda content: f"{len(content) // 1000} kB")
    _timed(env, "pipeline of 36 months", lambda: json.dumps(env["wcm.build"].pipeline()), lambda text: f"{len(text) // 1000} kB")


def _timed(env, step, do, told):
    """What it gives; as a request would, with nothing known before."""
    env.flush_all()
    env.invalidate_all()
    queries, began, worked = env.cr.sql_log_count, time.perf_counter(), time.process_time()
    found = do()
    env.flush_all()
    figures = time.perf_counter() - began, time.process_time() - worked, env.cr.sql_log_count - queries
    print(f"{step:<32} {figures[0]:8.2f} {figures[1]:7.2f} {figures[2]:8,}  {told(found)}", flush=True)
    env.cr.commit()
    return found


def _solve(env, run):
    """The planner in its own process; then the answer is written to the plan."""
    run.sudo().state = "solving"
    process = run._process()
    with process.attended():
        run.sudo()._begin()
        _timed(env, "planner, its own process", lambda: process.wait(run.seconds + 180), lambda _none: "")
        _timed(env, "answer, stored", run._take, lambda _none: run.message or f"{len(run.plan_id.line_ids):,} lines, {len(run.plan_id.sudo().load_ids):,} loads")
    process.clear()


def fill(env):
    """Members with capability and terms, components with times, a kit of a home."""
    dice = random.Random(SEED)
    region = env["wcm.region"].create({"name": "Bench region", "code": "bench"})
    spaces = env["wcm.facility"].create([_space(env, region, dice, number) for number in range(MEMBERS)])
    processes = env.ref("wcm_mapping.process_cnc_routing"), env.ref("wcm_mapping.process_assembly")
    calendar = env["resource.calendar"].create({"name": "Bench week", "tz": "UTC"})
    env["wcm.capability"].create([
        {
            "facility_id": space.id, "process_id": process.id, "cost_per_hour": round(dice.uniform(20, 45), 2),
            "calendar_id": calendar.id, "share_offered": HOURS_OFFERED, "tolerance_mm": 0.3, "evidence_level": "audited",
        }
        for space in spaces for process in processes
    ])
    _equip(env, dice, spaces)
    _admit(env, spaces)
    _components(env, dice, processes)
    env.cr.commit()


def _components(env, dice, processes):
    """Each with one bill of materials for the members; four kits of a home that share them."""
    sheet = env["product.product"].create({"name": "Bench sheet", "is_storable": True, "tracking": "lot"})
    parts = env["product.product"].create([
        {"name": f"Bench block {number:03}", "default_code": f"BB-{number:03}", "is_storable": True, "tracking": "serial"} for number in range(COMPONENTS)
    ])
    env["mrp.bom"].create([
        {
            "product_tmpl_id": part.product_tmpl_id.id, "type": "subcontract",
            "bom_line_ids": [Command.create({"product_id": sheet.id, "product_qty": 2})],
            "requirement_ids": [
                Command.create({
                    "process_id": process.id, "minutes_per_unit": dice.randint(15, 60), "setup_minutes": 15 if process == processes[0] else 0,
                    "envelope_x_mm": 2440 if process == processes[0] else 0, "tolerance_mm": 0.5 if process == processes[0] else 0,
                    "material_id": env.ref("wcm_mapping.material_osb3").id if process == processes[0] else False, "evidence_level": "audited",
                })
                for process in processes
            ],
        }
        for part in parts
    ])
    for number in range(KITS):
        kit = env["product.product"].create({"name": f"Bench home {number}", "default_code": f"BENCH-HOME-{number}", "is_storable": True})
        env["mrp.bom"].create({
            "product_tmpl_id": kit.product_tmpl_id.id, "type": "normal", "walls_after_days": 14, "roof_after_days": 28,
            "bom_line_ids": [Command.create({"product_id": part.id, "product_qty": dice.randint(1, 12)}) for part in dice.sample(list(parts), OF_A_HOME)],
        })


def _import(env):
    """Homes at an even pace, on eight sites."""
    first = env["wcm.plan"]._next_monday() + timedelta(weeks=12)
    rows = ["Site,Postcode,Home,Kit,Required on site,Region"]
    for number in range(HOMES):
        day = first + timedelta(days=number * 30)
        rows.append(f"Bench site {number % SITES},{POSTCODES[number % SITES]},Home {number + 1},BENCH-HOME-{number % KITS},{day.isoformat()},bench")
    wizard = env["wcm.pipeline.import"].create({"file": base64.b64encode("\n".join(rows).encode()), "filename": "homes.csv"})
    wizard.action_preview()
    wizard.action_apply()
    return wizard


def _plan(env, seconds):
    builds = env["wcm.build"].search([("site_id.name", "like", "Bench site")])
    return env["wcm.plan"].create({"name": "Bench programme", "build_ids": [Command.set(builds.ids)], "weeks": 156, "seconds": seconds, "target_gap": 0.05})


def _equip(env, dice, spaces):
    """A router with its material, and an insurance that runs out some day."""
    env["maintenance.equipment"].create([
        {
            "name": "Router", "facility_id": space.id, "process_id": env.ref("wcm_mapping.process_cnc_routing").id,
            "material_ids": [Command.link(env.ref("wcm_mapping.material_osb3").id)],
        }
        for space in spaces
    ])
    env["wcm.certificate"].create([
        {"facility_id": space.id, "kind": "public_liability", "expires_on": env["wcm.plan"]._next_monday() + timedelta(days=dice.randint(30, 500))}
        for space in spaces
    ])
    env["wcm.certificate.requirement"].create({"kind": "public_liability"})


def _admit(env, spaces):
    """Active members who accepted the terms in force."""
    members = env["wcm.membership"].create([{"facility_id": space.id} for space in spaces])
    members.sudo().write({"state": "active"})
    terms = env["wcm.terms"]._in_force()
    if not terms:
        terms = env["wcm.terms"].create({"name": "Bench terms", "version": "bench", "body": "<p>Be fair.</p>"})
        terms.action_put_in_force()
    env["wcm.terms.acceptance"].create([{"terms_id": terms.id, "membership_id": member.id} for member in members])


def _space(env, region, dice, number):
    return {
        "name": f"Bench space {number:02}", "region_id": region.id, "location_precision": "exact",
        "organisation_type": dice.choice(("community_business", "social_enterprise", "sme", "sme")),
        "operator_id": env["res.partner"].create({"name": f"Bench operator {number:02}", "is_company": True}).id,
        "latitude": dice.uniform(50.6, 53.5), "longitude": dice.uniform(-3.5, 0.2),
    }
