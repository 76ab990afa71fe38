"""What bench/receive.py measures, called inside Odoo with an environment."""

from _release_in_odoo import _maker, _undone, print_both

from odoo.addons.wcm_network.tests.receiving import receive_plainly

ORDERS = 4


def measure(env, *counts):
    """Print a line per number of blocks and way."""
    maker = _maker(env)
    print(f"{'blocks':>7}  {'way':<6} {'queries a block':>15} {'s':>8} {'processor s':>12} {'ms a block':>10}")
    for count in map(int, counts):
        with env.cr.savepoint() as outer:
            shipment = _shipment(maker, count)
            print_both(count, "", *(_undone(env, way, shipment) for way in (_plain, _ours)))
            outer.rollback()


def _shipment(maker, count):
    """Blocks of several orders of one member for one home, on their way."""
    maker.sheet.route_ids = maker.env.ref("mrp_subcontracting.route_resupply_subcontractor_mto")
    build = maker.make_build("Home", {maker.wall: count})
    orders = maker.env["wcm.work.order"].concat(
        *(maker.make_order(maker.alder, build.line_ids, count // ORDERS, "accepted") for _number in range(ORDERS))
    )
    orders = orders.sudo()
    orders._release()
    maker.supply(orders)
    for order in orders:
        order.part_ids.action_mark_made("SH-00")
    orders.part_ids.action_pack()
    orders.part_ids.shipment_id.action_dispatch()
    return orders.part_ids.shipment_id


def _plain(shipment):
    receive_plainly(shipment.part_ids)


def _ours(shipment):
    shipment.action_receive_all()
