"""What bench/spreadsheet.py and bench/indicators.py measure, called inside Odoo with an environment."""

import json
import os
import resource
import time

from odoo import Command

from odoo.addons.wcm_network.tests.test_outcomes import OutcomesCase

BLOCKS, MEMBERS = 6, 12
# One charge in so many has a file as evidence.
WITH_EVIDENCE = 3


def fill(env, homes, spends=0):
    """So many homes of one grant, made, received and billed by Odoo's own documents; then so many charges by SQL."""
    maker = _maker(env)
    grant = _grant(env, maker)
    for number in range(int(homes)):
        _home(maker, grant, number)
    for member in maker.members:
        maker.report(member, maker.today)
    env.flush_all()
    if int(spends):
        _charge(env, grant, int(spends))
    env.cr.commit()
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE")


def _maker(env):
    """The makers of the tests, with members in four places."""
    maker = type("Maker", (OutcomesCase,), {"env": env(context=dict(env.context, no_reset_password=True, tracking_disable=True)), "company": env.company})
    maker.routing, maker.assembly = env.ref("wcm_mapping.process_cnc_routing"), env.ref("wcm_mapping.process_assembly")
    env["ir.config_parameter"].set_param("wcm_network.first_pieces", "False")  # members know these components
    for step in ("people", "terms", "members", "components", "build"):
        getattr(maker, f"_set_up_{step}")()
    maker.hub = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
    maker.make_sheets("SH-A", 10_000)
    kinds, degrees = ("sme", "community_business", "charity"), (0, 0.1, 0.4, 1)
    maker.members = [
        maker.make_member(f"M{number:02d} Works", maker.bristol, kinds[number % 3], {"latitude": 51.45 + degrees[number % 4], "longitude": -2.58}) for number in range(MEMBERS)
    ]
    maker.today = env.cr.now().date()
    return maker


def _grant(env, maker):
    fund = env["res.partner"].create({"name": "Bench Fund", "is_company": True})
    return env["wcm.grant"].create({
        "name": "Bench grant", "funder_id": fund.id, "amount": 1e9, "date_start": maker.today.replace(month=1, day=1), "date_end": maker.today.replace(month=12, day=31),
        "budget_line_ids": [Command.create({"name": f"Line {number}", "amount": 1e8}) for number in range(10)],
    })


def _home(maker, grant, number):
    """One home of two members, on the site and billed."""
    build = maker.make_build(f"Home {number}", {maker.block: 2 * BLOCKS})
    build.grant_id = grant
    for turn in range(2):
        order = maker.arrived(maker.members[(2 * number + turn) % MEMBERS], build.line_ids, BLOCKS)
        order.purchase_id.action_create_invoice()
        order.purchase_id.invoice_ids.invoice_date = maker.today
        order.purchase_id.invoice_ids.action_post()


def _charge(env, grant, count):
    """Copies of the bills' lines, each charged once."""
    run = env.cr.execute
    lines = env["account.move.line"].search([("purchase_line_id", "!=", False), ("move_id.move_type", "=", "in_invoice")])
    run("SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns WHERE table_name = 'account_move_line' AND column_name <> 'id'")
    [columns] = env.cr.fetchone()
    newest = max(lines.ids)
    run(f"INSERT INTO account_move_line ({columns}) SELECT {columns} FROM generate_series(1, %s) n JOIN account_move_line l ON l.id = (%s::int[])[n %% %s + 1]", [count, lines.ids, len(lines)])  # names of columns only
    run("""INSERT INTO wcm_grant_spend (budget_line_id, grant_id, currency_id, bill_line_id, purchase_line_id, way, build_id, region_id, organisation_type, document, date, amount)
           SELECT (%s::int[])[l.id %% %s + 1], %s, %s, l.id, l.purchase_line_id, 1, o.build_id, b.region_id, o.organisation_type, 'BILL/2026/' || lpad(l.id::text, 8, '0'), m.invoice_date, l.balance
             FROM account_move_line l JOIN account_move m ON m.id = l.move_id JOIN wcm_work_order o ON o.purchase_line_id = l.purchase_line_id JOIN wcm_build b ON b.id = o.build_id
            WHERE l.id > %s""", [grant.budget_line_ids.ids, len(grant.budget_line_ids), grant.id, env.company.currency_id.id, newest])
    run("""WITH file AS (INSERT INTO ir_attachment (name, type, res_model, res_id) SELECT 'bill', 'binary', 'wcm.grant.spend', id FROM wcm_grant_spend WHERE id %% %s = 0 RETURNING id, res_id)
           INSERT INTO wcm_grant_spend_evidence_rel (spend_id, attachment_id) SELECT res_id, id FROM file""", [WITH_EVIDENCE])
    env.invalidate_all()


def spreadsheet(env, size, way):
    """Print a line: the time of one way to the file, and how much memory this process took at most."""
    grant = env["wcm.grant"].search([("name", "=", "Bench grant")])
    before = _peak()
    wall, processor, content = _timed(lambda: WAYS[way](env, grant))
    print(f"{int(size):>8,}  {WORDS[way]:<36} {wall:8.2f} {processor:12.2f} {before:10.0f} {_peak():8.0f} {len(content) / 1e6:8.2f}", flush=True)
    env.cr.commit()


def _peak():
    """MB that this process had in memory at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _live(env, grant):
    return grant._workbook(grant._period_scope(grant.date_start, grant.date_end)).to_bytes()


def _closed(env, grant):
    """As closing does it; a period that is not over is closed by its inner part only."""
    report = env["wcm.grant.report"].create({"grant_id": grant.id, "date_from": grant.date_start, "date_to": grant.date_end, "date_due": grant.date_end})
    report._freeze()
    env.flush_all()
    return report.frozen


def _again(env, grant):
    return grant.report_ids._file()


WAYS = {"live": _live, "close": _closed, "again": _again}
WORDS = {"live": "downloaded as things stand", "close": "report closed: figures frozen", "again": "closed report made again"}


def indicators(env, homes, told):
    """Write to the file `told`, of each scope: queries, milliseconds and those of the processor, median of five."""
    indicator = env["wcm.indicator"]
    grant = env["wcm.grant"].search([("name", "=", "Bench grant")])
    region = env["wcm.region"].search([("coordinator_ids", "!=", False), ("facility_ids.name", "like", "M00")], limit=1)
    people = {"manager": env["res.users"].search([("login", "=", "manager_t")]), "coordinator": env["res.users"].search([("login", "=", "coordinator_t")])}
    asked = {"all": {}, "the grant": {"grant": grant.id}, "the grant, a year": {"grant": grant.id, "start": str(grant.date_start), "end": str(grant.date_end)}, "a region": {"region": region.id}}
    found = {f"{who}, {what}": _page(env, indicator.with_user(user), question) for who, user in people.items() for what, question in asked.items()}
    with open(told, "w") as file:
        file.write(json.dumps({"homes": int(homes), "load": os.getloadavg()[0], "found": found}))


def _page(env, indicator, question):
    def opened():
        env.invalidate_all()
        before = env.cr.sql_log_count
        wall, processor, page = _timed(lambda: indicator.outcomes(question))
        assert sum(len(category["figures"]) for category in page["categories"]) > 20
        return env.cr.sql_log_count - before, 1000 * wall, 1000 * processor
    opened()
    tries = sorted(opened() for _again in range(5))
    return tries[2]


def _timed(work):
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - wall, time.process_time() - processor, result
