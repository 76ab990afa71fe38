"""What bench/release.py measures, called inside Odoo with an environment."""

import time

from odoo.addons.wcm_network.tests.common import MakingCase

PARTS = 12
BLOCKS = 4
SHAPES = {"one line a purchase order": 1, "ten lines a purchase order": 10}


def measure(env, *counts):
    """Print a line per number of orders, shape and way."""
    maker = _maker(env)
    print(
        f"{'orders':>7}  {'shape':<28} {'way':<6} {'queries a line':>15} {'s':>8} {'processor s':>12} {'ms a line':>10}"
    )
    _measure(env, maker, 4, 1)  # what is asked once in a process's life is asked now
    for count in map(int, counts):
        for shape, lines in SHAPES.items():
            print_both(count, f"{shape:<28} ", *_measure(env, maker, count, lines))


def _maker(env):
    """The makers of the tests: two members, a site, a hub with sheets, and a block of so many kinds of part."""
    maker = type(
        "Maker", (MakingCase,), {"env": env(context=dict(env.context, no_reset_password=True)), "company": env.company}
    )
    maker.routing, maker.assembly = env.ref("wcm_mapping.process_cnc_routing"), env.ref("wcm_mapping.process_assembly")
    for step in ("people", "terms", "members", "components", "build"):
        getattr(maker, f"_set_up_{step}")()
    maker.hub = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
    for number in range(20):
        maker.make_sheets(f"SH-{number:02d}", 500)
    parts = [maker.make_product(f"T-P{number}", f"Part {number}", is_storable=False) for number in range(PARTS)]
    for part in parts:
        maker.make_bom(part, "phantom", {maker.sheet: 0.15})
    maker.wall = maker.make_product("W-T-9", "Wall of many parts", tracking="serial")
    maker.make_bom(maker.wall, "subcontract", dict.fromkeys(parts, 1), minutes=(40, 45))
    return maker


def _measure(env, maker, count, lines):
    """(plain, ours): queries, seconds and seconds of processor time each, on the same work orders."""
    with env.cr.savepoint() as outer:
        orders = _orders(maker, count, lines)
        results = [_undone(env, way, orders) for way in (_plain, _ours)]
        outer.rollback()
    return results


def _orders(maker, count, lines):
    builds = [maker.make_build(f"Home {number}", {maker.wall: BLOCKS * lines}) for number in range(count // lines)]
    members = (maker.alder, maker.birch)
    return (
        maker.env["wcm.work.order"]
        .concat(
            *(
                maker.make_order(members[number % 2], build.line_ids, BLOCKS, "accepted")
                for number, build in enumerate(builds)
                for _number in range(lines)
            )
        )
        .sudo()
    )


def _undone(env, way, orders):
    env.flush_all()
    env.invalidate_all()
    with env.cr.savepoint() as savepoint:
        queries, wall, processor = env.cr.sql_log_count, time.perf_counter(), time.process_time()
        way(orders)
        env.flush_all()
        figures = env.cr.sql_log_count - queries, time.perf_counter() - wall, time.process_time() - processor
        savepoint.rollback()
    return figures


def _plain(orders):
    for group in orders._groups_of_purchase():
        group._name_subcontractors()
        purchase = orders.env["purchase.order"].create(group._prepare_purchase())
        group._take_up(purchase)
        purchase.button_confirm()


def _ours(orders):
    orders._release()


def print_both(count, shape, plain, ours):
    """A line for each way, and how many times as much plain Odoo takes."""
    for way, (queries, wall, processor) in (("plain", plain), ("ours", ours)):
        print(
            f"{count:>7,}  {shape}{way:<6} {queries / count:15.1f} {wall:8.1f} {processor:12.1f} {1000 * wall / count:10.1f}",
            flush=True,
        )
    ratios = [one / other for one, other in zip(plain, ours, strict=True)]
    print(f"{count:>7,}  {shape}{'ratio':<6} {ratios[0]:15.1f} {ratios[1]:8.1f} {ratios[2]:12.1f}", flush=True)
