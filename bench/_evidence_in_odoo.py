"""What bench/evidence.py measures, called inside Odoo with an environment."""

import io
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from _parts_in_odoo import LIFE, _maker
from _quality_in_odoo import _inspections, _parts, _plans

PHOTO_BYTES, PHOTO_HEAD = 60_000, b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"


def measure(env, size):
    """Print a line for each step of a home of so many parts."""
    size = int(size)
    build = _home(env, size)
    print(f"load {os.getloadavg()[0]:.1f}")
    pack = env["wcm.evidence.pack"].create({"build_id": build.id, "user_id": env.uid, "role": "Bench"})
    _timed(env, size, "gathered, but for the files", pack._content)
    _timed(env, size, "whole pack, kept", pack._write_archive)
    _check(env, size, pack._archive())


def _home(env, size):
    """One home; every part has been checked, with a photo, and each order has its drawing."""
    maker = _maker(env)
    _plans(env, maker)
    _parts(env, maker, size)
    _inspections(env, maker, 0, size)
    parts = env["wcm.part"].search([], order="id")
    for step in LIFE:
        env["wcm.part.event"]._append_many(parts.ids, step, "Note", {"sheet_lots": [{"product": "T-SHEET", "lot": "SH", "sheets": 1.0}]})
    _photos(env)
    env.flush_all()
    env.cr.execute("ANALYZE")
    env.invalidate_all()
    return parts.build_id


def _photos(env):
    """One of each check, all of them different."""
    dice = random.Random(1)
    lines = env["wcm.inspection.line"].search([("kind", "=", "pass_fail")])
    env["ir.attachment"].create([
        {
            "name": "photo", "res_model": lines._name, "res_field": "photo", "res_id": line.id, "mimetype": "image/jpeg",
            "raw": PHOTO_HEAD + dice.randbytes(PHOTO_BYTES),
        }
        for line in lines
    ])


def _check(env, size, archive):
    """As who was handed the pack does it: unpacked, with Python alone."""
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(io.BytesIO(archive)).extractall(folder)
        _timed(env, size, "checked by verify.py", lambda: subprocess.run([sys.executable, "-I", Path(folder, "verify.py")], check=True, capture_output=True))
    print(f"{size:>6,} {'size of the zip':<34} {len(archive) / 1e6:8.1f} MB", flush=True)


def _timed(env, size, what, work):
    env.invalidate_all()
    queries, began, worked = env.cr.sql_log_count, time.perf_counter(), time.process_time()
    work()
    wall, processor, asked = time.perf_counter() - began, time.process_time() - worked, env.cr.sql_log_count - queries
    print(f"{size:>6,} {what:<34} {wall:8.1f} {processor:12.1f} {asked / size:15.1f}", flush=True)
