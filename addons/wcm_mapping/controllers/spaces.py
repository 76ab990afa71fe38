import json
from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request
from odoo.tools.json import scriptsafe

from ..writers import licences, schema_org
from .open_data import clean, fingerprint, unless_known
from .public_page import ANY_FRAME, OWN_FRAMES, PublicPage

PAGE = 50
CONDITIONS = {"new": "as new", "good": "in good condition", "worn": "worn", "out_of_order": "out of order just now"}
LABELLED = ("organisation_type", "status", "access_type")


class PublicSpaces(PublicPage, http.Controller):
    """The public map, its list, and one page per space; all of it from `_public_values()`."""

    @http.route("/spaces", type="http", auth="public", methods=["GET"], readonly=True, save_session=False)
    def spaces(self, **asked):
        return self._render_map(asked, "/spaces", OWN_FRAMES)

    @http.route("/spaces/embed", type="http", auth="public", methods=["GET"], readonly=True, save_session=False, sitemap=False)
    def embed(self, **asked):
        """The same for a frame in somebody's own page; the only one that may be framed by others."""
        return self._render_map(asked, "/spaces/embed", ANY_FRAME)

    @http.route("/spaces/points.json", type="http", auth="public", methods=["GET"], cors="*", readonly=True, save_session=False, sitemap=False)
    def points(self, **asked):
        """What the map draws: rows, as names of fields would be most of the answer."""
        spaces = self._facilities().search(self._domain(clean(asked)), order="id")._public_values()
        document = {
            "groups": self._labels("organisation_type"),
            "points": [_point(space) for space in spaces if space["latitude"] is not None],
            "regions": request.env["wcm.region"].sudo().search([("boundary", "!=", False)])._outline_rows(),
        }
        content = json.dumps(document, separators=(",", ":")).encode()
        return unless_known(fingerprint(document), [("Content-Type", "application/json")], lambda: content)

    @http.route(
        ["/spaces/<int:facility_id>", "/spaces/<int:facility_id>-<string:slug>"],
        type="http", auth="public", methods=["GET"], readonly=True, save_session=False,
    )
    def space(self, facility_id, slug=""):
        facility = self._facilities().browse(facility_id).exists()
        if facility.visibility == "public" and facility.merged_into_id._public_values():
            return request.redirect(facility.merged_into_id._public_path(), code=302)  # a merge can be undone
        spaces = facility._public_values()
        if not spaces:
            return self._respond_gone(facility)
        path = facility._public_path()
        if request.httprequest.path != path:
            return request.redirect(path, code=301)
        space = self._look(spaces[0])
        values = {"notices": self._notices(Domain("id", "=", facility.id)), "space": space, "linked_data": scriptsafe.dumps(schema_org.space(space)), **self._common()}
        return self._respond("wcm_mapping.public_space", values, OWN_FRAMES)

    @http.route(
        "/spaces/<int:facility_id>/kit/<int:machine_id>.jpg",
        type="http", auth="public", methods=["GET"], cors="*", readonly=True, save_session=False, sitemap=False,
    )
    def photo(self, facility_id, machine_id):
        """Of a machine whose space is listed and agreed to publish its kit."""
        domain = self._facilities()._published_domain() & Domain([("id", "=", facility_id), ("publish_kit", "=", True)])
        machine = self._facilities().search(domain).equipment_ids.filtered(lambda kit: kit.id == machine_id)
        checksum = machine._photo_checksums().get(machine_id)
        if not checksum:
            raise NotFound("This photo is not public.")
        return unless_known(checksum, [("Content-Type", "image/jpeg")], machine._public_photo)

    def _render_map(self, asked, path, frames):
        asked, facilities = clean(asked), self._facilities()
        domain = self._domain(asked)
        total = facilities.search_count(domain)
        page = min(_page(asked), max(1, -(-total // PAGE)))
        found = facilities.search(domain, limit=PAGE, offset=(page - 1) * PAGE)
        question = {name: asked[name] for name in ("region", "process", "q") if asked.get(name)}
        values = {
            **self._common(),
            "path": path,
            "embedded": path != "/spaces",
            "asked": question,
            "query": urlencode(question),
            "spaces": [self._look(space) for space in found._public_values()],
            "notices": self._notices(domain),
            "total": total,
            "unplaced": facilities.search_count([*domain, *self._unplaced_domain()]),
            "illustrative": facilities.search_count([*domain, ("is_illustrative", "=", True)], limit=1),
            "previous": page > 1 and f"{path}?{urlencode({**question, 'page': page - 1})}",
            "following": page * PAGE < total and f"{path}?{urlencode({**question, 'page': page + 1})}",
            "regions": request.env["wcm.region"].sudo().search([]),
            "processes": facilities.search(facilities._published_domain()).process_ids,
            "linked_data": scriptsafe.dumps(schema_org.dataset(self._base_url(), *facilities._open_data_terms())),
            "background": json.dumps(request.env["ir.http"]._wcm_map_background()),
        }
        return self._respond("wcm_mapping.public_map", values, frames)

    def _notices(self, domain):
        """What the licences of those whose data is shown ask to be said beside it; our own stands there anyway."""
        facilities = self._facilities().with_context(active_test=False)
        shown = Domain(domain) | Domain("merged_into_id", "any", domain)
        groups = facilities._read_group(shown & Domain("licence", "!=", False), ["licence", "attribution"])
        return [licences.notice(*pair) for pair in groups if pair != facilities._open_data_terms()]

    def _respond_gone(self, facility):
        """Gone, when anybody could once see it; else not found. Neither tells anything of the space."""
        gone = facility._was_public()
        values = {**self._common(), "gone": gone, "linked_data": "{}"}
        response = self._respond("wcm_mapping.public_gone", values, OWN_FRAMES)
        response.status_code = 410 if gone else 404
        return response

    def _domain(self, asked):
        return self._facilities()._published_domain(asked.get("region"), asked.get("process"), (asked.get("q") or "").strip()[:80])

    def _unplaced_domain(self):
        return ["|", "|", ("published_precision", "=", "hidden"), ("location_issue", "!=", False), ("location_precision", "=", "unknown")]

    def _base_url(self):
        return self._facilities().get_base_url()

    def _labels(self, name):
        return self._facilities()._fields[name]._description_selection(request.env)

    def _look(self, space):
        """What a template shows of a space, beside its public values: words for codes."""
        words = {f"{name}_label": dict(self._labels(name)).get(space[name]) for name in LABELLED}
        kit = [self._look_at_machine(machine) for machine in space["kit"] or ()]
        town = ", ".join(filter(None, (space["city"], space["county"])))
        website = space["website"] or ""
        link = website if website.lower().startswith(("http://", "https://")) else f"https://{website}"
        return {**space, **words, "kit": kit, "town": town, "website_link": link, "path": space["page"].removeprefix(self._base_url())}


    def _look_at_machine(self, machine):
        """Its figures as short lines of text, those that are known."""
        size = [machine[f"envelope_{axis}_mm"] for axis in "xyz"]
        facts = (
            any(size) and f"Takes {' × '.join(str(length or '–') for length in size)} mm",
            machine["materials"] and ", ".join(word.replace("_", " ") for word in machine["materials"]),
            machine["thickness_max_mm"] and f"up to {machine['thickness_max_mm']:g} mm thick",
            machine["tolerance_mm"] and f"to ± {machine['tolerance_mm']:g} mm",
            machine["tolerance_class"] and f"ISO 2768-1 {machine['tolerance_class']}",
            machine["power_w"] and f"{machine['power_w'] / 1000:g} kW",
            machine["spindle_speed_rpm"] and f"spindle to {machine['spindle_speed_rpm']:,} rpm",
            machine["condition"] and CONDITIONS[machine["condition"]],
        )
        maker = " ".join(filter(None, (machine["make"], machine["model"])))
        path = machine["photo"] and machine["photo"].removeprefix(self._base_url())
        return {**machine, "maker": maker, "facts": " · ".join(filter(None, facts)), "photo_path": path}


def _point(space):
    path = "/spaces/" + space["page"].rsplit("/spaces/", 1)[1]
    rough = space["location_precision"] != "exact"
    return [space["id"], space["name"], space["latitude"], space["longitude"], space["organisation_type"] or False, rough, path, space["city"] or ""]


def _page(asked):
    text = asked.get("page") or "1"
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
