"""What bench/parts.py measures, called inside Odoo with an environment."""

import os
import time
from statistics import median

from odoo.addons.wcm_network.tests.common import BRISTOL, MakingCase

HOMES, MEMBERS, COMPONENTS, OF_A_LOT = 34, 40, 88, 25
LIFE = ("commissioning", "assembling", "inspecting", "packing", "shipping", "receiving")


def measure(env, size):
    """Print a line for each thing that is done."""
    size = int(size)
    maker = _maker(env)
    _fill(env, maker, size)
    print(f"load {os.getloadavg()[0]:.1f}; {size:,} parts")
    _events(env, size)
    env.cr.execute("ANALYZE")
    _recalls(env, maker, size)
    _line(size, "verify every history", len(LIFE) * size, *_timed(lambda: list(env["wcm.part.event"]._broken())))


def _maker(env):
    """The makers of the tests, with 40 members and 88 components."""
    maker = type("Maker", (MakingCase,), {"env": env(context=dict(env.context, no_reset_password=True)), "company": env.company})
    maker.routing, maker.assembly = env.ref("wcm_mapping.process_cnc_routing"), env.ref("wcm_mapping.process_assembly")
    for step in ("people", "terms", "members", "components", "build"):
        getattr(maker, f"_set_up_{step}")()
    maker.members = [maker.make_member(f"M{number:02d} Works", maker.bristol, "sme", BRISTOL) for number in range(MEMBERS)]
    maker.machines = [
        env["maintenance.equipment"].create({"name": f"Mill {number}", "facility_id": member.facility_id.id, "process_id": maker.routing.id})
        for member in maker.members for number in (1, 2)
    ]
    maker.blocks = [maker.make_product(f"W-{number:02d}", f"Block {number}", tracking="serial") for number in range(COMPONENTS)]
    for block in maker.blocks:
        maker.make_bom(block, "subcontract", {maker.sheet: 1}, minutes=(40, 45))
    return maker


def _fill(env, maker, size):
    """Orders by the ORM, parts and lots by SQL."""
    each = max(1, size // (HOMES * COMPONENTS))
    orders = []
    for home in range(HOMES):
        build = maker.make_build(f"Home {home}", dict.fromkeys(maker.blocks, each))
        wanted = list(build.line_ids)[: -(-size // HOMES // each)]
        orders += [maker.make_order(maker.members[(home + at) % MEMBERS], line, each, state="received") for at, line in enumerate(wanted)]
    env.flush_all()
    _fill_parts(env, maker, [order.id for order in orders], size)


def _fill_parts(env, maker, orders, size):
    run = env.cr.execute
    run("""INSERT INTO stock_lot (name, product_id, company_id) SELECT 'SHEETS-' || n, %s, %s FROM generate_series(1, %s) n""",
        [maker.sheet.id, env.company.id, -(-size // OF_A_LOT)])
    run("""INSERT INTO stock_lot (name, product_id, company_id)
           SELECT 'P-' || n, o.product_id, %s FROM generate_series(1, %s) n JOIN wcm_work_order o ON o.id = (%s::int[])[n %% %s + 1]""",
        [env.company.id, size, orders, len(orders)])
    run("""INSERT INTO wcm_part (lot_id, name, code, work_order_id, membership_id, build_id, product_id, state, design_revision, made_on, is_held)
           SELECT l.id, l.name, upper(translate(left(md5(l.name), 16), '0189', 'ghij')), o.id, o.membership_id, o.build_id, o.product_id,
                  (ARRAY['made', 'packed', 'dispatched', 'received', 'received', 'installed'])[l.id %% 6 + 1], 'v' || (l.id %% 3 + 1),
                  timestamp '2026-01-01' + (substr(l.name, 3)::int * 300 / %s) * interval '1 day', false
             FROM stock_lot l JOIN wcm_work_order o ON o.id = (%s::int[])[substr(l.name, 3)::int %% %s + 1] WHERE l.name LIKE 'P-%%'""",
        [size, orders, len(orders)])
    run("""INSERT INTO wcm_part_sheet_lot_rel (part_id, lot_id)
           SELECT p.id, l.id FROM wcm_part p JOIN stock_lot l ON l.name = 'SHEETS-' || (substr(p.name, 3)::int / %s + 1)""", [OF_A_LOT])
    run("""INSERT INTO wcm_part_equipment_rel (part_id, equipment_id)
           SELECT p.id, (array_agg(e.id ORDER BY e.id))[p.id % 2 + 1] FROM wcm_part p JOIN wcm_membership m ON m.id = p.membership_id
             JOIN maintenance_equipment e ON e.facility_id = m.facility_id GROUP BY p.id""")
    run("ANALYZE")
    env.invalidate_all()


def _events(env, size):
    """Steps of all parts together, and as one person records one block after the other."""
    ids = env["wcm.part"].search([], order="id").ids
    data = {"sheet_lots": [{"product": "T-SHEET", "lot": "SH", "sheets": 1.0}], "shipment": "SHIP/0001"}
    events = env["wcm.part.event"]
    wall, processor = _timed(lambda: [events._append_many(ids, step, "Note", data) for step in LIFE])
    _line(size, "six steps of all parts together", len(LIFE) * len(ids), wall, processor)
    some = env["wcm.part"].browse(ids[:300])
    with env.cr.savepoint() as savepoint:
        wall, processor = _timed(lambda: [part._log("inspecting", data=data) for part in some])
        savepoint.rollback()
    _line(size, "one step of one part after the other", len(some), wall, processor)
    _ends(env, size, ids[:10000])


def _ends(env, size, ids):
    """What it costs that the database keeps how each history ends: the same steps with and without, by turns."""
    for _turn in range(3):
        for what, word in (("with its end kept", "ENABLE"), ("without", "DISABLE")):
            with env.cr.savepoint() as savepoint:
                env.cr.execute(f"ALTER TABLE wcm_part_event {word} TRIGGER wcm_part_event_head")  # one of two words
                times = _timed(lambda: env["wcm.part.event"]._append_many(ids, "inspecting", "Note", None))
                savepoint.rollback()
            _line(size, f"a step of many parts, {what}", len(ids), *times)


def _recalls(env, maker, size):
    part = env["wcm.part"].search([], limit=1, offset=size // 2)
    sources = {
        "sheet lot": {"lot_ids": part.sheet_lot_ids.ids},
        "design revision": {"product_ids": part.product_id.ids, "design_revision": part.design_revision},
        "machine": {"equipment_ids": part.equipment_ids.ids},
        "30 days of a member": {"membership_ids": part.membership_id.ids, "date_from": "2026-03-01", "date_to": "2026-03-30"},
        "every part": {"date_from": "2026-01-01"},
    }
    for name, source in sources.items():
        with env.cr.savepoint() as savepoint:
            _recall(env, maker, size, name, source)
            savepoint.rollback()


def _recall(env, maker, size, name, source):
    for role, user in (("manager", maker.manager), ("coordinator", maker.coordinator)):
        recall = env["wcm.recall"].with_user(user).create({"reason": "Bench", **source})
        times = [_timed(lambda recall=recall: _look(env, recall)) for _again in range(3)]
        _line(size, f"{name}: found and counted, {role}", recall.found_count, *map(median, zip(*times, strict=True)))
    _line(size, f"{name}: hold all", recall.found_count, *_timed(lambda: (recall.action_hold(), env.flush_all())))
    _line(size, f"{name}: release all", recall.held_count, *_timed(lambda: (recall.sudo()._release(), env.flush_all())))


def _look(env, recall):
    """What the page asks for, then the first 80 parts."""
    env.invalidate_all()
    assert recall.found_count and recall.summary
    recall.env["wcm.part"].search_fetch(recall._found_domain(), ["name", "state"], limit=80)


def _timed(work):
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def _line(size, what, count, wall, processor):
    rate = count / wall if wall else 0
    print(f"{size:>8,}  {what:<52} {count:>9,} {wall:9.3f} s {processor:9.3f} s processor {rate:>12,.0f} /s", flush=True)
