"""Opening of each main screen in Chromium: requests, queries and the server's time, and how these grow.

    make bench ARGS=screens, or: python bench/screens.py [--sizes 10000 100000]

The network of parts.py (34 homes, 40 members, 88 components), with orders at every step, shipments of 40 blocks, three
steps of history a block, recalls, runs and findings. A server of its own says for each request how many queries it made
and how long it took; what is asked of it while a screen opens is added up: the action, its views, the records. Pages of
the web client itself, its files, chat and pictures are the same for every screen and left out. Each screen is opened
once to warm up, then three times: the median counts. No figure is a test: machines differ.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
import urllib.request
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

from _scratch import odoo_run, scratch
from playwright.sync_api import Browser, Page, sync_playwright

NAME, TIMES = "bench_screens", 3
QUIET = 1.5  # seconds without a request
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
REQUEST = re.compile(r'"(?:GET|POST) (?P<path>\S+) HTTP/1\.1" (?P<status>\d+) - (?P<queries>\d+) (?P<sql>[\d.]+) (?P<rest>[\d.]+)')
COUNTED = re.compile(r"/web/dataset/(?!call_kw/(res\.users|mail\.|bus\.|discuss))|/web/action/|/bench/sync|/part/|/network/", re.IGNORECASE)
Figures = tuple[float, ...]


def main(asked: Namespace) -> None:
    """A database for each size; the table has a line for each screen, the ratio of the largest to the smallest at its end."""
    found = {size: _measure(size) for size in asked.sizes}
    heads = "".join(f"{f'{size:,}':>30}" for size in asked.sizes)
    print(f"{'':<42}{heads}\n{'':<42}" + "".join(f"{'requests':>10}{'queries':>9}{'ms':>11}" for _size in asked.sizes) + f"{'growth':>9}")
    for screen in found[asked.sizes[0]]:
        each = [found[size][screen] for size in asked.sizes]
        cells = "".join(f"{requests:>10.0f}{queries:>9.0f}{milliseconds:>11.0f}" for requests, queries, milliseconds in each)
        print(f"{' '.join(screen):<42}{cells}{each[-1][2] / max(1, each[0][2]):>9.1f}", flush=True)


def _measure(size: int) -> dict[tuple[str, str], Figures]:
    with scratch(NAME, "wcm_mapping", "wcm_network", "wcm_qc") as call, tempfile.TemporaryDirectory() as folder:
        told, log = Path(folder, "screens.json"), Path(folder, "server.log")
        call("_screens_in_odoo.py", "fill", size, told)
        with _served(log) as address, sync_playwright() as play:
            browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            return dict(_look(browser, address, log, json.loads(told.read_text())))


@contextmanager
def _served(log: Path) -> Iterator[str]:
    port = odoo_run.free_port(NAME)
    with log.open("w") as said:
        command = odoo_run.command(NAME, port=port)
        server = subprocess.Popen(command, env={**os.environ, **odoo_run.environment()}, stdout=said, stderr=said, process_group=0)
    address = f"http://{odoo_run.LOOPBACK}:{port}"
    try:
        _wait_for(server, address)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    while server.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/web/health", timeout=5).close()
            return
        time.sleep(0.3)
    raise SystemExit("The server did not start.")


def _look(browser: Browser, address: str, log: Path, people: dict) -> Iterator[tuple[tuple[str, str], Figures]]:
    """((who, screen), (requests, queries, milliseconds)) of each."""
    for who, (login, password, screens) in people.items():
        page = browser.new_context(viewport={"width": 1366, "height": 900}, base_url=address).new_page()
        page.set_default_timeout(120_000)
        if login:
            _log_in(page, login, password)
        for screen, path in screens:
            tries = [_open(page, path, log) for _again in range(1 + TIMES)][1:]
            yield (who, screen), tuple(median(figures) for figures in zip(*tries, strict=True))
        page.context.close()


def _log_in(page: Page, login: str, password: str) -> None:
    page.goto("/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_url(lambda address: "/web/login" not in address)


def _open(page: Page, path: str, log: Path) -> Figures:
    """What the server says of the requests that came meanwhile; the page is there when it asks for nothing more."""
    page.goto("about:blank")
    before = log.stat().st_size
    page.goto(path)
    lines: list[re.Match[str]] = []
    until = time.monotonic() + QUIET
    while time.monotonic() < until or not lines:
        page.wait_for_timeout(200)
        seen, lines = len(lines), _requests(log, before)
        until = time.monotonic() + QUIET if len(lines) > seen else until
        if time.monotonic() > until + 120:
            raise SystemExit(f"{path} asked the server for nothing.")
    milliseconds = sum(1000 * (float(line["sql"]) + float(line["rest"])) for line in lines)
    return len(lines), sum(int(line["queries"]) for line in lines), milliseconds


def _requests(log: Path, since: int) -> list[re.Match[str]]:
    with log.open() as said:
        said.seek(since)
        lines = [found for found in map(REQUEST.search, said) if found and COUNTED.search(found["path"])]
    for line in lines:
        if int(line["status"]) >= 400:
            raise SystemExit(f"The server refused: {line[0]}")
    return lines


if __name__ == "__main__":
    parser = ArgumentParser(description="Opening of each main screen at several sizes.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10000, 100000])
    main(parser.parse_args())
