"""The network that bench/screens.py opens, made inside Odoo: that of bench/parts.py, and what stands around its parts."""

import json

from _parts_in_odoo import _fill, _maker, _timed

OF_A_SHIPMENT, RECALLS, DISCREPANCIES, RUNS = 40, 4, 200, 30
# How far an order is, by turns, and what its parts and its shipment are then.
LIVES = (
    ("offered", None, None),
    ("accepted", "to_make", None),
    ("in_production", "to_make", None),
    ("ready", "made", None),
    ("ready", "packed", "draft"),
    ("dispatched", "dispatched", "dispatched"),
    ("received", "received", "received"),
    ("received", "installed", "received"),
    ("received", "installed", "received"),
)


def fill(env, size, told):
    """:param told: path of the file that says what to open"""
    maker = _maker(env)
    seconds, _processor = _timed(lambda: _network(env, maker, int(size)))
    env.cr.commit()
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE")
    with open(told, "w") as file:
        json.dump(_addresses(env, maker), file)
    counted = ("wcm.part", "wcm.part.event", "wcm.work.order", "wcm.shipment", "wcm.build")
    print(", ".join(f"{env[model].search_count([]):,} {model}" for model in counted), f"made in {seconds:.0f} s")


def _network(env, maker, size):
    _fill(env, maker, size)
    _live(env)
    _ship(env)
    parts = env["wcm.part"].search([("state", "!=", "to_make")], order="id")
    for step in ("commissioning", "assembling", "packing"):
        env["wcm.part.event"]._append_many(parts.ids, step, "Note", {"shipment": "SHIP/0001"})
    env.flush_all()
    _recall(env, maker)
    _mend(env)
    _drive(env, maker)


def _live(env):
    """Orders at every step, over the coming year; parts of offers do not exist yet."""
    run, turns = env.cr.execute, ", ".join(["(%s, %s, %s)"] * len(LIVES))
    run(f"""UPDATE wcm_work_order o SET state = life.state, date_start = o.date_start + o.build_id %% 50 * 7, date_due = o.date_due + o.build_id %% 50 * 7
              FROM (VALUES {turns}) life (turn, state, part) WHERE life.turn = o.id %% {len(LIVES)}""", _turns())
    run("""UPDATE wcm_part p SET state = life.part FROM wcm_work_order o, (VALUES """ + turns + f""") life (turn, state, part)
            WHERE o.id = p.work_order_id AND life.turn = o.id %% {len(LIVES)} AND life.part IS NOT NULL""", _turns())
    run("DELETE FROM wcm_part p USING wcm_work_order o WHERE o.id = p.work_order_id AND o.state = 'offered'")
    run("UPDATE wcm_part SET made_on = NULL WHERE state = 'to_make'")
    env.invalidate_all()


def _turns():
    return [value for turn, (order, part, _shipment) in enumerate(LIVES) for value in (turn, order, part)]


def _ship(env):
    """Parts of a member that are as far as one another go together, forty at a time."""
    run = env.cr.execute
    run("""CREATE TEMP TABLE load AS
           SELECT p.id AS part_id, p.membership_id, b.site_id, p.state,
                  (row_number() OVER (PARTITION BY p.membership_id, b.site_id, p.state ORDER BY p.id) - 1) / %s AS turn
             FROM wcm_part p JOIN wcm_build b ON b.id = p.build_id WHERE p.state IN ('packed', 'dispatched', 'received', 'installed')""", [OF_A_SHIPMENT])
    run("""INSERT INTO wcm_shipment (name, membership_id, site_id, state, date_dispatched, date_received, create_date, region_id)
           SELECT concat_ws('-', 'SHIP', l.membership_id, l.site_id, l.state, l.turn), l.membership_id, l.site_id,
                  CASE l.state WHEN 'packed' THEN 'draft' WHEN 'dispatched' THEN 'dispatched' ELSE 'received' END,
                  CASE WHEN l.state <> 'packed' THEN now() END, CASE WHEN l.state IN ('received', 'installed') THEN now() END, now(), m.region_id
             FROM (SELECT DISTINCT membership_id, site_id, state, turn FROM load) l JOIN wcm_membership m ON m.id = l.membership_id""")
    run("""UPDATE wcm_part p SET shipment_id = s.id, is_loaded = p.state <> 'packed' FROM load l
             JOIN wcm_shipment s ON s.name = concat_ws('-', 'SHIP', l.membership_id, l.site_id, l.state, l.turn) WHERE l.part_id = p.id""")
    env.invalidate_all()


def _recall(env, maker):
    for part in env["wcm.part"].search([("state", "=", "installed")], limit=RECALLS):
        env["wcm.recall"].with_user(maker.coordinator).create({"reason": "Bench", "lot_ids": part.sheet_lot_ids.ids}).action_hold()
    source = {"product_ids": part.product_id.ids, "design_revision": part.design_revision}
    env["wcm.recall"].with_user(maker.coordinator).create({"reason": "Bench, looking", **source})


def _mend(env):
    orders = env["wcm.work.order"].search([("state", "=", "received")], limit=DISCREPANCIES)
    env["wcm.discrepancy"].create([{"work_order_id": order.id, "kind": "not_there", "words": "A block is not where it should be"} for order in orders])


def _drive(env, maker):
    """Runs of two shipments each."""
    vehicle = env["wcm.vehicle"].create({"name": "Lorry", "region_id": maker.bristol.id})
    shipments = env["wcm.shipment"].search([("state", "=", "draft")], limit=2 * RUNS)
    for at in range(0, len(shipments) - 1, 2):
        pair = shipments[at : at + 2]
        run = env["wcm.delivery.run"].sudo().create({"vehicle_id": vehicle.id, "date": maker.monday, "distance_km": 120, "time_start": 8, "time_end": 15})
        env["wcm.delivery.stop"].sudo().create([
            *({"run_id": run.id, "sequence": number, "membership_id": one.membership_id.id, "shipment_ids": one.ids} for number, one in enumerate(pair)),
            {"run_id": run.id, "sequence": 9, "site_id": pair.site_id[:1].id, "shipment_ids": pair.ids},
        ])


def _addresses(env, maker):
    """{who: [login, password, [(screen, address)]]}"""
    part = env["wcm.part"].search([("state", "=", "received")], order="id", limit=1, offset=10)
    order, build = part.work_order_id, part.build_id
    held, looking = env["wcm.recall"].search([("state", "=", "held")], limit=1), env["wcm.recall"].search([("state", "=", "draft")], limit=1)
    network, login = "/odoo/action-wcm_network.action_", maker.members[0].user_ids.login
    screens = {
        "Pipeline": "/odoo/pipeline", "Plans": "/odoo/network-plans", "Members": "/odoo/network-members", "Builds": "/odoo/builds",
        "Build": f"/odoo/builds/{build.id}", "Board of a build": f"/odoo/build-board?active_id={build.id}", "What is missing": "/odoo/missing",
        "Blocks of all builds": f"{network}build_block", "Work orders": f"{network}work_order", "Work order": f"{network}work_order/{order.id}",
        "Parts": f"{network}part", "Part": f"{network}part/{part.id}", "Timeline of a part": f"/odoo/part-timeline?active_id={part.id}",
        "To mend": f"{network}discrepancy", "Recalls": f"{network}recall", "Recall, looking": f"{network}recall/{looking.id}",
        "Recall, held": f"{network}recall/{held.id}", "Shipments": f"{network}shipment", "Shipment": f"{network}shipment/{part.shipment_id.id}",
        "Delivery runs": f"{network}delivery_run", "Delivery run": f"{network}delivery_run/{env['wcm.delivery.run'].search([], limit=1).id}",
    }
    own = env["wcm.work.order"].search([("membership_id", "=", maker.members[0].id)], limit=1)
    workshop = {
        "Today": "/workshop/today", "Orders": "/workshop/my-orders", "Board": "/workshop/my-orders?view_type=kanban", "Calendar": "/workshop/my-orders?view_type=calendar",
        "Order": f"/workshop/my-orders/{own.id}", "Parts": "/workshop/my-parts", "Shipments": "/workshop/my-shipments", "Week grid": "/workshop/my-capacity",
        "Shop-floor app": "/bench/",
    }
    return {
        "coordinator": [maker.coordinator.login, maker.coordinator.login, list(screens.items())],
        "member": [login, f"{login.split('@')[0]}-password", list(workshop.items())],
        "anybody": [None, None, [("Page behind a label", f"/part/{part.code}")]],
    }
