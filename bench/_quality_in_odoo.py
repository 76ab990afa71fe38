"""What bench/quality.py measures, called inside Odoo with an environment."""

import math
import os
import time
from statistics import median

from _parts_in_odoo import MEMBERS, _maker

from odoo import Command

PLANS, MEASURED, TIMES = 20, 4, 5


def measure(env, *sizes):
    """Print a line for each question and size, then how each has grown."""
    sizes = [int(size) for size in sizes]
    maker = _maker(env)
    _plans(env, maker)
    _parts(env, maker, max(sizes))
    seconds = {}
    print(f"load {os.getloadavg()[0]:.1f}; {MEMBERS} members, {PLANS} plans, {MEASURED + 1} results each")
    for done, size in zip([0, *sizes], sizes, strict=False):
        _inspections(env, maker, done, size)
        for what, count, taken in _asked(env, maker, size):
            seconds.setdefault(what, []).append(taken)
            print(f"{size:>8,}  {what:<56} {count:>9,} {taken * 1000:10,.0f} ms", flush=True)
    for what, taken in seconds.items():
        if len(taken) > 1:
            exponent = math.log(taken[-1] / taken[0]) / math.log(sizes[-1] / sizes[0])
            print(f"exponent  {what:<56} {exponent:9.2f}")


def _plans(env, maker):
    checkpoints = [{"name": f"Length {at}", "kind": "measurement", "nominal": 100 * at, "tolerance_minus": 1, "tolerance_plus": 1} for at in range(1, MEASURED + 1)]
    checkpoints.append({"name": "Edges clean"})
    maker.plans = env["wcm.control.plan"].create([
        {"name": f"Plan {number}", "product_ids": maker.blocks[number].ids, "checkpoint_ids": [Command.create(values) for values in checkpoints]}
        for number in range(PLANS)
    ])
    maker.plans.action_approve()


def _parts(env, maker, size):
    """An order of each member for each plan; a part of each machine in turn for each inspection to come."""
    build = maker.make_build("Home", dict.fromkeys(maker.blocks[:PLANS], MEMBERS))
    maker.orders = [maker.make_order(member, line, 1, state="received").id for member in maker.members for line in build.line_ids]
    env["wcm.work.order"].browse(maker.orders).write({"price_unit": 40})
    env.flush_all()
    run = env.cr.execute
    run("""INSERT INTO stock_lot (name, product_id, company_id)
           SELECT 'P-' || n, o.product_id, %s FROM generate_series(1, %s) n JOIN wcm_work_order o ON o.id = (%s::int[])[n %% %s + 1]""",
        [env.company.id, size, maker.orders, len(maker.orders)])
    run("""INSERT INTO wcm_part (lot_id, name, code, work_order_id, membership_id, build_id, product_id, state, is_held)
           SELECT l.id, l.name, md5(l.name), o.id, o.membership_id, o.build_id, o.product_id, 'made', false
             FROM stock_lot l JOIN wcm_work_order o ON o.id = (%s::int[])[substr(l.name, 3)::int %% %s + 1] WHERE l.name LIKE 'P-%%'""",
        [maker.orders, len(maker.orders)])
    run("""INSERT INTO wcm_part_equipment_rel (part_id, equipment_id)
           SELECT p.id, (array_agg(e.id ORDER BY e.id))[p.id / %s %% 2 + 1] FROM wcm_part p JOIN wcm_membership m ON m.id = p.membership_id
             JOIN maintenance_equipment e ON e.facility_id = m.facility_id GROUP BY p.id""", [len(maker.orders)])


def _inspections(env, maker, done, size):
    """Those from `done` to `size`, over 300 days; three in a hundred failed, each with a nonconformity."""
    run = env.cr.execute
    run("SELECT setseed(0.6)")
    run("""INSERT INTO wcm_inspection (name, part_id, work_order_id, membership_id, build_id, product_id, plan_id, plan_name, stage, state, witness_state, closed_at)
           SELECT 'I-' || n, p.id, p.work_order_id, p.membership_id, p.build_id, p.product_id, c.id, c.name, c.stage,
                  CASE WHEN n %% 33 = 0 THEN 'failed' ELSE 'passed' END, 'none', (now() at time zone 'utc') - (n %% 1000) * interval '7 hours'
             FROM (SELECT *, substr(name, 3)::int AS n FROM wcm_part WHERE name LIKE 'P-%%') p
             JOIN product_product_wcm_control_plan_rel r ON r.product_product_id = p.product_id JOIN wcm_control_plan c ON c.id = r.wcm_control_plan_id
            WHERE n > %s AND n <= %s""", [done, size])
    run("ALTER TABLE wcm_inspection_line DISABLE TRIGGER wcm_inspection_line_closed")
    run("""INSERT INTO wcm_inspection_line (inspection_id, sequence, name, kind, nominal, tolerance_minus, tolerance_plus, unit, reading_count, reading, value, measured_values, verdict)
           SELECT id, 10, name, 'measurement', nominal, 1, 1, 'mm', 1, round(reading::numeric, 2)::text, round(reading::numeric, 2),
                  jsonb_build_array(round(reading::numeric, 2)), 'pass' FROM (
               SELECT i.id, c.name, c.nominal, c.nominal + (random() + random() + random() - 1.5) * 0.5 AS reading
                 FROM wcm_inspection i JOIN wcm_checkpoint c ON c.plan_id = i.plan_id AND c.kind = 'measurement'
                WHERE substr(i.name, 3)::int > %s) one""", [done])
    run("""INSERT INTO wcm_inspection_line (inspection_id, sequence, name, kind, verdict, passed_by_hand)
           SELECT id, 20, 'Edges clean', 'pass_fail', v, v FROM (
               SELECT id, CASE state WHEN 'failed' THEN 'fail' ELSE 'pass' END AS v FROM wcm_inspection WHERE substr(name, 3)::int > %s) one""", [done])
    run("ALTER TABLE wcm_inspection_line ENABLE TRIGGER wcm_inspection_line_closed")
    run("""INSERT INTO wcm_nonconformity (name, title, state, is_active, inspection_id, work_order_id, membership_id, build_id, opened_on, disposition, reworked_by_id, source)
           SELECT 'N-' || id, 'Failed final check: ' || (id %% 40), 'closed', false, id, work_order_id, membership_id, build_id, closed_at, 'rework', 1, 'network'
             FROM wcm_inspection WHERE state = 'failed' AND substr(name, 3)::int > %s""", [done])
    run("""INSERT INTO wcm_nonconformity_wcm_part_rel (wcm_nonconformity_id, wcm_part_id)
           SELECT n.id, i.part_id FROM wcm_nonconformity n JOIN wcm_inspection i ON i.id = n.inspection_id WHERE substr(i.name, 3)::int > %s""", [done])
    _waiting(env, done)
    run("ANALYZE")
    env.invalidate_all()


def _waiting(env, done):
    """What stands on a desk: each hundredth check is an open hold point, each third of them for a quality lead only; each tenth nonconformity is open, each fifth has a corrective action."""
    run = env.cr.execute
    run("ALTER TABLE wcm_inspection DISABLE TRIGGER wcm_inspection_closed")
    run("ALTER TABLE wcm_inspection_line DISABLE TRIGGER wcm_inspection_line_closed")
    run("""UPDATE wcm_inspection SET state = 'open', is_hold_point = true, closed_at = NULL
            WHERE state = 'passed' AND substr(name, 3)::int %% 100 = 0 AND substr(name, 3)::int > %s""", [done])
    run("""UPDATE wcm_inspection_line l SET point_type = 'hold', verdict = 'none', passed_by_hand = NULL, release_by = CASE WHEN i.id %% 3 = 0 THEN 'lead' ELSE 'person' END
             FROM wcm_inspection i WHERE i.id = l.inspection_id AND i.state = 'open' AND l.kind = 'pass_fail' AND substr(i.name, 3)::int > %s""", [done])
    run("ALTER TABLE wcm_inspection_line ENABLE TRIGGER wcm_inspection_line_closed")
    run("ALTER TABLE wcm_inspection ENABLE TRIGGER wcm_inspection_closed")
    run("""UPDATE wcm_nonconformity n SET state = 'open', is_active = true, disposition = NULL FROM wcm_inspection i
            WHERE i.id = n.inspection_id AND n.id %% 10 = 0 AND substr(i.name, 3)::int > %s""", [done])
    run("""INSERT INTO wcm_corrective_action (name, nonconformity_id, membership_id, owner_id, state, due_on, check_from)
           SELECT 'Change ' || n.id, n.id, n.membership_id, 1, CASE n.id %% 2 WHEN 0 THEN 'open' ELSE 'done' END, current_date - n.id %% 9, current_date
             FROM wcm_nonconformity n JOIN wcm_inspection i ON i.id = n.inspection_id WHERE n.id %% 5 = 0 AND substr(i.name, 3)::int > %s""", [done])


def _asked(env, maker, size):
    """What a quality lead, a coordinator and a member wait for; then the night."""
    lead = maker.make_user(f"lead_{size}", "wcm_qc.group_quality_lead")
    member = maker.members[1]
    people = {"quality lead": lead, "coordinator": maker.coordinator, "member": member.user_ids[:1]}
    one = {"plan": maker.plans[0].id, "checkpoint": "Length 1"}
    for name, user in people.items():
        charts = env["wcm.quality.chart"].with_user(user)
        yield f"choices, {name}", *_median(env, charts.choices, lambda answer: len(answer["characteristics"]))
        yield f"chart with signals and indices, {name}", *_median(env, lambda charts=charts: charts.control_chart(one), lambda answer: answer["count"])
        yield f"yield, defects and cost, {name}", *_median(env, lambda charts=charts: charts.counts({}), lambda answer: answer["parts"])
        for kind in ("checkpoint", "title"):
            yield f"Pareto by {kind}, {name}", *_median(env, lambda charts=charts, kind=kind: charts.pareto({}, kind), lambda answer: answer["total"])
    for name in ("quality lead", "coordinator"):
        desk = env["wcm.quality.desk"].with_user(people[name])
        yield f"My desk, {name}", *_median(env, desk.cards, lambda cards: sum(card["count"] for card in cards))
    charts = env["wcm.quality.chart"].with_user(lead)
    yield "chart of one member, quality lead", *_median(env, lambda: charts.control_chart({**one, "member": member.id}), lambda answer: answer["count"])
    began = time.perf_counter()
    with env.cr.savepoint() as savepoint:
        env["wcm.quality.signal"]._cron_find_signals()
        found, taken = env["wcm.quality.signal"].search_count([]), time.perf_counter() - began
        savepoint.rollback()
    yield "the night: all streams, signals and activities", found, taken
    yield "the night: ratings of all members", *_night_of_ratings(env)


def _night_of_ratings(env):
    """(members, seconds)"""
    env.invalidate_all()
    began = time.perf_counter()
    with env.cr.savepoint() as savepoint:
        env["wcm.quality.rating"]._cron_rate()
        env.flush_all()
        found, taken = env["wcm.quality.rating"].search_count([("is_current", "=", True)]), time.perf_counter() - began
        savepoint.rollback()
    return found, taken


def _median(env, ask, counted):
    """(what it counted, seconds); once before, as the library is imported then."""
    answer, taken = ask(), []
    for _again in range(TIMES):
        env.invalidate_all()
        began = time.perf_counter()
        answer = ask()
        taken.append(time.perf_counter() - began)
    return counted(answer), median(taken)
