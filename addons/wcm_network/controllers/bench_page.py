import hashlib
import json

from odoo import http
from odoo.http import request
from odoo.tools import file_open

from .bench import Bench

BUNDLE = "wcm_network.bench"
FOLDER = "/wcm_network/static/src/bench"
ICONS = [f"{FOLDER}/icon-192.png", f"{FOLDER}/icon-512.png"]


class BenchPage(Bench):
    """The shop-floor app itself: a page without data, which the browser keeps."""

    @http.route(["/bench"], type="http", auth="user", methods=["GET"], sitemap=False)
    def bench(self):
        if not self._may_use_bench():
            return self._refuse_workshop()
        if not request.httprequest.path.endswith("/"):
            return request.redirect("/bench/", code=303)  # the service worker answers below this address only
        response = request.render("wcm_network.bench_app", {"files": self._bench_files()})
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        request.env["ir.http"]._name_bench_user()
        return response

    @http.route("/bench/sw.js", type="http", auth="public", methods=["GET"], sitemap=False, readonly=True)
    def bench_worker(self):
        """Its first line names the files of this version, so that any new file makes a new worker."""
        files = ["/bench/", "/bench/manifest.webmanifest", *self._bench_files(), *ICONS]
        version = hashlib.sha256("".join([*files, self._page_source()]).encode()).hexdigest()[:16]
        with file_open(f"{FOLDER[1:]}/sw.js") as source:
            text = f"const VERSION = {json.dumps(version)}, FILES = {json.dumps(files)};\n{source.read()}"
        return request.make_response(text, [("Content-Type", "text/javascript; charset=utf-8"), ("Cache-Control", "no-cache")])

    @http.route("/bench/manifest.webmanifest", type="http", auth="public", methods=["GET"], sitemap=False, readonly=True)
    def bench_manifest(self):
        content = {
            "name": "WeCanMake bench", "short_name": "Bench", "id": "/bench/", "start_url": "/bench/", "scope": "/bench/",
            "display": "standalone", "background_color": "#ffffff", "theme_color": "#12324a",
            "icons": [
                {"src": icon, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
                for icon, size in zip(ICONS, (192, 512), strict=True) for purpose in ("any", "maskable")
            ],
        }
        return request.make_response(json.dumps(content), [("Content-Type", "application/manifest+json"), ("Cache-Control", "no-cache")])

    def _bench_files(self):
        return [path for _tag, values in request.env["ir.qweb"]._get_asset_nodes(BUNDLE) for path in (values.get("src") or values.get("href"),) if path]

    def _page_source(self):
        """Nobody but administrators reads views; of this one all read the result, hence sudo."""
        return request.env["ir.ui.view"].sudo()._get_template_view("wcm_network.bench_app").arch_db
