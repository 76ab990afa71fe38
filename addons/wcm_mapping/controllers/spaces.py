import json
from math import isfinite
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
QUESTION = ("region", "process", "q")
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

    @http.route("/spaces/list", type="http", auth="public", methods=["GET"], readonly=True, save_session=False, sitemap=False)
    def beside(self, **asked):
        """The list alone, for a map that somebody moved."""
        asked = clean(asked)
        path = "/spaces/embed" if asked.get("embed") else "/spaces"
        return self._respond("wcm_mapping.public_list", self._list_values(asked, path))

    @http.route("/spaces/points.json", type="http", auth="public", methods=["GET"], cors="*", readonly=True, save_session=False, sitemap=False)
    def points(self, **asked):
        """What the map draws: rows, as names of fields would be most of the answer.

        Without `box` what it opens with; with it (south, west, north, east) and `zoom` what lies there, clusters where
        there are too many points.
        """
        asked = clean(asked)
        box = _box(asked)
        document = self._window(asked, box) if box else self._opening(asked)
        content = json.dumps(document, separators=(",", ":")).encode()
        return unless_known(fingerprint(document), [("Content-Type", "application/json")], lambda: content)

    def _opening(self, asked):
        regions = request.env["wcm.region"].sudo()._outlined()._outline_rows()
        return {**self._facilities()._published_opening(self._domain(asked)), "regions": regions}

    def _window(self, asked, box):
        return self._facilities()._published_window(self._domain(asked), box, _number(asked, "zoom", 5))

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
        try:
            return unless_known(checksum, [("Content-Type", "image/jpeg")], machine._public_photo)
        except ValueError:
            raise NotFound("This photo cannot be shown.") from None

    def _render_map(self, asked, path, frames):
        asked, facilities = clean(asked), self._facilities()
        domain = self._domain(asked)
        values = {
            **self._common(),
            **self._list_values(asked, path),
            "query": urlencode(_question(asked)),
            "notices": self._notices(domain),
            "unplaced": facilities.search_count(domain & Domain("published_place", "=", False)),
            "illustrative": facilities.search_count(domain & Domain("is_illustrative", "=", True), limit=1),
            "regions": request.env["wcm.region"].sudo().search([]),
            "processes": facilities._published_processes(),
            "linked_data": scriptsafe.dumps(schema_org.dataset(self._base_url(), *facilities._open_data_terms())),
            "background": json.dumps(request.env["ir.http"]._wcm_map_background()),
        }
        return self._respond("wcm_mapping.public_map", values, frames)

    def _list_values(self, asked, path):
        """One page of the list: of what fits the question or, where the map was moved, of what of it lies in sight."""
        facilities, domain, box = self._facilities(), self._domain(asked), _box(asked)
        total = facilities.search_count(domain)
        shown = domain & facilities._published_box_domain(box) if box else domain
        length = facilities.search_count(shown) if box else total
        page = min(_number(asked, "page", 1) or 1, max(1, -(-length // PAGE)))
        question = _question(asked)
        here = {**question, "box": ",".join(f"{degrees:g}" for degrees in box)} if box else question
        return {
            "path": path,
            "embedded": path != "/spaces",
            "asked": question,
            "box": here.get("box"),
            "total": total,
            "length": length,
            "spaces": [self._look(space) for space in facilities.search(shown, limit=PAGE, offset=(page - 1) * PAGE)._public_values()],
            "everywhere": f"{path}?{urlencode(question)}",
            "previous": page > 1 and f"{path}?{urlencode({**here, 'page': page - 1})}",
            "following": page * PAGE < length and f"{path}?{urlencode({**here, 'page': page + 1})}",
        }

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


def _question(asked):
    return {name: asked[name] for name in QUESTION if asked.get(name)}


def _number(asked, name, default):
    """A small whole number; what is none counts as the default."""
    text = asked.get(name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default


def _box(asked):
    """South, west, north, east in degrees; None where nobody, or nonsense, is asked."""
    try:
        south, west, north, east = map(float, (asked.get("box") or "").split(","))
    except ValueError:
        return None
    box = tuple(round(degrees, 5) for degrees in (south, west, north, east) if isfinite(degrees))
    inside = len(box) == 4 and -90 <= south <= north <= 90 and -180 <= west <= east <= 180
    return box if inside else None
