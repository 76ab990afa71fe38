import json
from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from ..writers import licences
from .open_data import clean, fingerprint, unless_known

MODELS = {"processes": "wcm.process", "materials": "wcm.material"}
# Words of the W3C's vocabulary for vocabularies (SKOS), so that a machine knows what ours mean.
CONTEXT = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "id": "skos:notation",
    "name": "skos:prefLabel",
    "aliases": "skos:altLabel",
    "same_as": {"@id": "skos:exactMatch", "@type": "@id"},
}
ROUTE = {"type": "http", "auth": "public", "methods": ["GET"], "cors": "*", "readonly": True, "save_session": False, "sitemap": False}


class Vocabularies(http.Controller):
    """Processes and materials at addresses that stay, for others to refer to."""

    @http.route(["/open-data/processes.json", "/open-data/materials.json"], **ROUTE)
    def vocabulary(self, **asked):
        """All of it, or what `?q=` finds by name, code or alias."""
        kind = request.httprequest.path.split("/")[-1].removesuffix(".json")
        text = (clean(asked).get("q") or "").strip()[:80]
        words = self._words(kind, text)
        source = f"{self._base()}/open-data/{kind}.json" + (f"?{urlencode({'q': text})}" if text else "")
        return self._send({"@context": CONTEXT, **self._about(kind), "source": source, "total": len(words), kind: words})

    @http.route(["/open-data/processes/<string:code>.json", "/open-data/materials/<string:code>.json"], **ROUTE)
    def word(self, code):
        """One process or material: the address to link to."""
        kind = request.httprequest.path.split("/")[2]
        found = [word for word in self._words(kind) if word["id"] == code]
        if not found:
            raise NotFound(f"None of the {kind} has the code “{code[:40]}”.")
        return self._send({"@context": CONTEXT, **self._about(kind), **found[0]})

    def _words(self, kind, text=""):
        return request.env[MODELS[kind]].sudo()._public_words(f"{self._base()}/open-data/{kind}", text)

    def _about(self, kind):
        licence, attribution = request.env["wcm.facility"].sudo()._open_data_terms()
        url = licences.address(licence)
        return {"title": f"{kind.capitalize()} of the network", "licence": licence, "licence_url": url, "attribution": attribution}

    def _base(self):
        return request.env["wcm.facility"].sudo().get_base_url()

    def _send(self, document):
        headers = [("Content-Type", "application/ld+json; charset=utf-8"), ("X-Content-Type-Options", "nosniff")]
        return unless_known(fingerprint(document), headers, lambda: json.dumps(document, ensure_ascii=False).encode())
