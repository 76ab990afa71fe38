"""Log in, look at a page in Chromium, keep a picture, and print what the console complained about.

scripts/screenshot URL LOGIN PASSWORD OUT.png [--width W] [--height H] [--wait SELECTOR] [--full]
LOGIN `-` looks without logging in.
"""

import argparse
import contextlib
import sys
from urllib.parse import urlsplit

from playwright.sync_api import Page, TimeoutError, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


def log_in(page: Page, url: str, login: str, password: str) -> None:
    parts = urlsplit(url)
    page.goto(f"{parts.scheme}://{parts.netloc}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_url(lambda address: "/web/login" not in address)


def settle(page: Page, selector: str | None) -> None:
    """Wait for what was asked for; else until the network is quiet, which Odoo's bus may never be."""
    if selector:
        page.wait_for_selector(selector)
    else:
        with contextlib.suppress(TimeoutError):
            page.wait_for_load_state("networkidle", timeout=8000)
    page.wait_for_timeout(700)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("url", "login", "password", "out"):
        ask.add_argument(name)
    ask.add_argument("--width", type=int, default=1366)
    ask.add_argument("--height", type=int, default=900)
    ask.add_argument("--wait", help="CSS selector to wait for")
    ask.add_argument("--full", action="store_true", help="the whole page, not only the window")
    given = ask.parse_args()
    complaints: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": given.width, "height": given.height})
        if given.login != "-":
            log_in(page, given.url, given.login, given.password)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(given.url)
        settle(page, given.wait)
        page.screenshot(path=given.out, full_page=given.full)
        browser.close()
    for complaint in complaints:
        print(f"console: {complaint}")
    return 1 if complaints else 0


sys.exit(main())
