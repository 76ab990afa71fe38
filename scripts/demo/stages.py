"""The wall block is checked in process and before dispatch too, and its final check asks for a caliper and a training."""

import making
import tablets
from catalogue import blocks
from instruments import calibrate, kind_of
from people import signed, user
from quality import SAMPLED, SERIES, make, place_order

THICKNESS = ("18.0", "18.1", "17.9", "18.0", "18.2")
AT_ANOTHER, AT_THE_SAME = 12, 2


def equip_the_quality_lead(env):
    """A caliper of the network, and the training that the people of one member have already."""
    quality, manager = user(env, "quality"), user(env, "manager")
    caliper = env["wcm.instrument"].with_user(quality).create({
        "name": "Hub caliper", "kind_id": kind_of(env, "caliper").id, "serial": "NW-CAL", "unit": "mm", "range_max": 300, "resolution": 0.01,
    })
    calibrate(caliper, 15, "good")
    told = {"user_id": quality.id, "kind_id": _training(env).id, "trained_by": "Knowle West workshop"}
    env["wcm.competence"].with_user(manager).create(told).action_authorise()
    signed(env)


def approve_stages(env):
    """In process nothing is stopped; before dispatch a coordinator or quality lead lets it go."""
    block = blocks(env).filtered(lambda one: one.default_code == SERIES)
    plans = env["wcm.control.plan"].with_user(user(env, "quality")).create([
        {"name": f"Wall block, {name} (illustrative limits)", "stage": stage, "product_ids": block.ids, "checkpoint_ids": [(0, 0, values) for values in points]}
        for name, stage, points in (("in process", "in_process", _in_process()), ("final check", "final", _final(env)), ("dispatch", "dispatch", _dispatch()))
    ])
    plans.action_approve()
    signed(env)


def make_and_check_by_them(env):
    """Twelve at another member, all measured and two packed; two at the member whose people have calipers, one of them made. Then all are rated."""
    env["ir.config_parameter"].set_param("wcm_network.first_pieces", "False")
    _hand_over_sheets(env)
    build = env["wcm.build"].with_user(user(env, "manager")).search([("name", "like", "Show house")])
    there, here = place_order(env, build, SERIES, "ESL", AT_ANOTHER), place_order(env, build, SERIES, "BRS", AT_THE_SAME)
    making.send_sheets(env, there | here)
    for order in (there, here):
        order.with_user(order.membership_id.user_ids[0]).action_start()
        signed(env)
    _check(there, "in_process")
    make(there, there.quantity)
    _check(there, "final")
    there.part_ids[:2].with_user(there.membership_id.user_ids[0]).action_pack()
    _make_one_at_the_tablet(here)
    env["ir.config_parameter"].set_param("wcm_network.first_pieces", "True")
    env["wcm.quality.rating"]._cron_rate()
    signed(env)


def invite_a_witness(env):
    """An insurer's inspector is told of the gable that comes next to its witness point."""
    gable = blocks(env).filtered(lambda one: one.default_code == SAMPLED)
    inspector = env["res.partner"].create({"name": "Iris Inspector (illustrative)", "email": "iris@insurer.example"})
    plan = env["wcm.control.plan"].with_user(user(env, "quality")).create({
        "name": "Gable block, in process (illustrative limits)", "stage": "in_process", "product_ids": gable.ids, "witness_ids": inspector.ids,
        "checkpoint_ids": [(0, 0, {
            "name": "Screws of the ribs, before the face goes on", "kind": "pass_fail", "point_type": "witness", "instruction": "Count them against the drawing.",
        })],
    })
    plan.action_approve()
    part = env["wcm.part"].search([("product_id", "=", gable.id), ("state", "=", "to_make"), ("work_order_id.state", "in", ("released", "in_production"))], limit=1)
    part.with_user(part.membership_id.user_ids[0]).action_check()
    signed(env)


def _training(env):
    return env["wcm.competence.kind"].search([("name", "=", "Measuring blocks")])


def _in_process():
    return [
        {
            "sequence": 1, "name": "Ribs glued along their whole length", "kind": "pass_fail",
            "instruction": "Before the second face goes on: look at every rib from the end.",
        },
        {"sequence": 2, "name": "Batch of the glue", "kind": "text", "instruction": "As printed on the bottle."},
    ]


def _final(env):
    return [
        {
            "sequence": 1, "name": "Width of the block", "kind": "measurement", "nominal": 600.0, "tolerance_minus": 1.5, "tolerance_plus": 1.0,
            "unit": "mm", "point_type": "hold", "instruction": "Measure across the middle with the steel rule, the block lying flat.",
        },
        {
            "sequence": 2, "name": "Thickness of the face", "kind": "measurement", "nominal": 18.0, "tolerance_minus": 0.5, "tolerance_plus": 0.5,
            "unit": "mm", "instruction": "With a caliper, at the middle of the long edge.", "instrument_kind_id": kind_of(env, "caliper").id,
            "competence_kind_id": _training(env).id,
        },
        {"sequence": 3, "name": "Photo of the label on the block", "kind": "photo", "instruction": "The code must be readable."},
        {"sequence": 4, "name": "No delamination, all pegs flush", "kind": "pass_fail", "instruction": "Look at all four edges."},
    ]


def _dispatch():
    return [
        {
            "sequence": 1, "name": "Corners protected, label outside", "kind": "pass_fail", "point_type": "hold", "release_by": "network",
            "instruction": "Walk round the pallet.",
        },
        {"sequence": 2, "name": "Photo of the pallet", "kind": "photo", "instruction": "All of it, with the labels."},
    ]


def _hand_over_sheets(env):
    lot = env["stock.lot"].create({"name": "PLY-2611-K", "product_id": env["product.product"].search([("default_code", "=", "PLY-18")]).id})
    env["stock.quant"]._update_available_quantity(lot.product_id, env.ref("stock.warehouse0").lot_stock_id, 60, lot_id=lot)


def _check(order, stage):
    """By the quality lead, with the network's caliper."""
    caliper = order.env["wcm.instrument"].search([("serial", "=", "NW-CAL")])
    checks = order.env["wcm.inspection"].search([("part_id", "in", order.part_ids.ids), ("stage", "=", stage), ("state", "=", "open")], order="id")
    for number, check in enumerate(checks.with_user(user(order.env, "quality"))):
        for line in check.line_ids:
            line.write(_answer(line, number, caliper))
        check.action_close()
    signed(order.env)


def _answer(line, number, caliper):
    if line.instrument_kind_id:
        return {"reading": THICKNESS[number % len(THICKNESS)], "instrument_id": caliper.id}
    return {
        "measurement": {"reading": making.STEADY[number % len(making.STEADY)]}, "photo": {"photo": making.photo()},
        "pass_fail": {"passed_by_hand": "pass"}, "text": {"reading": "Made-up batch 26-11"},
    }[line.kind]


def _make_one_at_the_tablet(order):
    """Its check waits for whoever has a caliper and the training, and did not make it."""
    maker, part = order.membership_id.user_ids[0].with_env(order.env), order.part_ids[:1]
    sheets = ", ".join(name for name in making.sheets(order) if "OWN" not in name)
    tablets.tell(maker, ("made", {"parts": part.ids, "sheets": sheets}), token=tablets.last_to_sign_in(order.membership_id))
