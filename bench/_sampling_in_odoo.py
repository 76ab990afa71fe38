"""What bench/sampling.py measures, called inside Odoo with an environment."""

import math
import os
import time
from statistics import median

from _parts_in_odoo import MEMBERS, _maker

from odoo import Command

COMPONENTS, OF_AN_ORDER, TIMES = 5, 20, 5


def measure(env, *sizes):
    """Print a line for each question and size, then how each has grown."""
    sizes = [int(size) for size in sizes]
    maker = _maker(env)
    _plan(env, maker)
    _templates(env, maker)
    seconds = {}
    print(f"load {os.getloadavg()[0]:.1f}; {MEMBERS} members, {COMPONENTS} components, {OF_AN_ORDER} blocks an order")
    for done, size in zip([0, *sizes], sizes, strict=False):
        _fill(env, maker, done, size)
        for what, taken, queries in _asked(env, maker, size):
            seconds.setdefault(what, []).append(taken)
            print(f"{size:>8,}  {what:<62} {taken * 1000:8,.0f} ms {queries:7,} queries", flush=True)
    for what, taken in seconds.items():
        if len(taken) > 1:
            print(f"exponent  {what:<62} {math.log(taken[-1] / taken[0]) / math.log(sizes[-1] / sizes[0]):8.2f}")


def _plan(env, maker):
    maker.control = env["wcm.control.plan"].create({
        "name": "By sample", "product_ids": [block.id for block in maker.blocks[:COMPONENTS]], "sampling": "iso", "sampling_level": "II", "sampling_aql": "4.0",
        "checkpoint_ids": [Command.create({"name": "Edges clean", "point_type": "hold"})],
    })
    maker.control.action_approve()


def _templates(env, maker):
    """One order of each member and component, that the others are copies of."""
    maker.home = maker.make_build("Home", dict.fromkeys(maker.blocks[:COMPONENTS], 1_000_000))
    maker.kinds = [maker.make_order(member, line, OF_AN_ORDER, state="received").id for member in maker.members for line in maker.home.line_ids]
    env.flush_all()


def _fill(env, maker, done, size):
    """Orders and accepted samples from `done` to `size`; every second one of the first member and component."""
    run = env.cr.execute
    run("SELECT column_name FROM information_schema.columns WHERE table_name = 'wcm_work_order' AND column_name NOT IN ('id', 'name') AND is_generated = 'NEVER'")
    columns = ", ".join(f'"{name}"' for (name,) in env.cr.fetchall())
    run(f"""INSERT INTO wcm_work_order (name, {columns}) SELECT 'B-' || n, {columns} FROM generate_series(%s, %s) n
              JOIN wcm_work_order o ON o.id = (%s::int[])[CASE n %% 2 WHEN 0 THEN 1 ELSE n %% %s + 1 END]""", [done + 1, size, maker.kinds, len(maker.kinds)])
    run("""INSERT INTO wcm_sample (name, state, plan_id, stage, work_order_id, membership_id, build_id, product_id, method, level, aql, severity, lot_size, letter,
                sample_size, accept_number, seed, checked_count, nonconforming_count, decided_on)
           SELECT 'S-' || o.id, CASE WHEN o.id %% 50 = 0 THEN 'open' ELSE 'accepted' END, %s, 'final', o.id, o.membership_id, o.build_id, o.product_id, 'iso', 'II', '4.0',
                  'normal', 20, 'C', 3, 0, md5(o.name), 3, 0, now() at time zone 'utc'
             FROM wcm_work_order o WHERE o.name LIKE 'B-%%' AND substr(o.name, 3)::int > %s""", [maker.control.id, done])
    run("ANALYZE")
    env.invalidate_all()


def _asked(env, maker, size):
    lead = maker.make_user(f"lead_{size}", "wcm_qc.group_quality_lead")
    lines = maker.home.line_ids
    for name, order in (
        ("one of few", maker.make_order(maker.members[7], lines[1], OF_AN_ORDER, state="in_production")),
        ("half of all orders are its member's and component's", maker.make_order(maker.members[0], lines[0], OF_AN_ORDER, state="in_production")),
    ):
        parts = _blocks(env, order)
        yield f"sample of a new order, {name}", *_taken(env, lambda parts=parts: env["wcm.sample"]._due(parts, "final"))
    env["wcm.inspection"]._open_for(env["wcm.sample"]._due(parts, "final"))
    yield "verdict after a check", *_taken(env, lambda: env["wcm.sample"]._judge(order))
    for name, user in (("quality lead", lead), ("coordinator", maker.coordinator)):
        samples = env["wcm.sample"].with_user(user)
        yield f"list of samples, first 80 and count, {name}", *_taken(env, lambda samples=samples: (samples.search([], limit=80).mapped("state"), samples.search_count([])))
        yield f"My desk, {name}", *_taken(env, lambda user=user: env["wcm.quality.desk"].with_user(user).cards())


def _blocks(env, order):
    lots = env["stock.lot"].create([{"name": f"{order.id}-{number}", "product_id": order.product_id.id} for number in range(OF_AN_ORDER)])
    parts = env["wcm.part"].create([{"lot_id": lot.id, "work_order_id": order.id} for lot in lots])
    env.flush_all()
    return parts


def _taken(env, work):
    """(seconds, queries), each time undone; once before, as what is looked up once is kept."""
    taken = []
    for again in range(TIMES + 1):
        env.invalidate_all()
        queries, began = env.cr.sql_log_count, time.perf_counter()
        with env.cr.savepoint() as savepoint:
            work()
            env.flush_all()
            if again:
                taken.append((time.perf_counter() - began, env.cr.sql_log_count - queries))
            savepoint.rollback()
    return median(seconds for seconds, _queries in taken), median(asked for _seconds, asked in taken)
