"""What bench/mapping.py measures of imports, called inside Odoo with an environment."""

import base64
import json
import random
import resource
import time

from odoo.tools import config

SEED = 42
HOST = "bench.example"


def measure(env, *sizes):
    """Print a line per size: reading with its preview, importing, and reading the same file again."""
    config["max_cron_threads"] = 1  # as a server with a scheduler, whose work is done here
    print(f"{'rows':>8}  {'preview s':>10} {'import s':>10} {'again s':>10} {'ms a row':>10} {'growth':>7} {'peak MB':>8}")
    before = None
    for size in map(int, sizes):
        env["wcm.facility.import"].search([("source_host", "=", HOST)]).unlink()
        env.cr.execute("DELETE FROM wcm_facility")  # a scratch database
        env.cr.commit()
        env.invalidate_all()
        seconds = _seconds(env, _file(size))
        growth = f"x{sum(seconds) / before:.1f}" if before else ""
        before = sum(seconds)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = " ".join(f"{second:10.1f}" for second in seconds)
        print(f"{size:>8,}  {told} {1000 * sum(seconds[:2]) / size:10.2f} {growth:>7} {peak:8.0f}", flush=True)


def _file(size):
    """The same spaces every time, spread over the country."""
    dice = random.Random(SEED)
    return json.dumps([
        {
            "id": str(number),
            "name": f"Space {number}",
            "latitude": dice.uniform(50.2, 56),
            "longitude": dice.uniform(-4.5, 1),
            "country": "GB",
            "description": "A workshop. " * 20,
            "machines": ["router", "laser"],
        }
        for number in range(size)
    ]).encode()


def _seconds(env, content):
    first = _new(env, content)
    return [_timed(env, first.action_preview), _timed(env, first.action_apply), _timed(env, _new(env, content).action_preview)]


def _new(env, content):
    runs = env["wcm.facility.import"].with_user(env.ref("base.user_admin"))
    return runs.create({"kind": "okw", "file": base64.b64encode(content), "source_host": HOST})


def _timed(env, press):
    """From the button to the end of what it started, in batches that are committed."""
    started = time.perf_counter()
    press()
    env.cr.commit()
    env["wcm.facility.import"]._cron_go_on()
    env.cr.commit()
    env.invalidate_all()
    return time.perf_counter() - started
