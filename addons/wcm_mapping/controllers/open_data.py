import gzip
import hashlib
import json
from urllib.parse import urlencode

from werkzeug.datastructures import Accept
from werkzeug.exceptions import BadRequest, Gone, NotFound
from werkzeug.http import parse_accept_header, quote_etag

from odoo import http
from odoo.fields import Domain
from odoo.http import content_disposition, request

from .. import writers

FILTERS = ("region", "space", "process")
DIALECTS = ("v1", "ome")
LIMIT = 1000
LIMIT_MAX = 5000
CACHED = (("Cache-Control", "public, no-cache"), ("Vary", "Accept-Encoding"))
GONE = "This space is no longer on the public map."
FILES = tuple(writers.WRITERS)


class OpenData(http.Controller):
    """Addresses that stay: whole, by region, by process or one space; every file names its licence."""

    @http.route(
        [f"/open-data/spaces.{ending}" for ending in writers.WRITERS],
        type="http",
        auth="public",
        methods=["GET"],
        cors="*",
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    def spaces(self, **asked):
        ending = request.httprequest.path.split("spaces.", 1)[1]
        asked = clean(asked)
        facilities, about = self._find(ending, asked)
        spaces = facilities._public_values()
        dialect = self._dialect(asked) if ending == "okw.json" else None
        etag = fingerprint(ending, dialect, about.as_dict(spaces), spaces)
        _media_type, write = writers.WRITERS[ending]
        words = (spaces, about, dialect) if dialect else (spaces, about)
        return unless_known(etag, self._headers(ending, about, spaces), lambda: write(*words))

    def _find(self, ending, asked):
        """The spaces of one page of the answer, and what the file says of itself."""
        offset, limit = _whole(asked, "offset", 0), min(_whole(asked, "limit", LIMIT), LIMIT_MAX)
        facilities = request.env["wcm.facility"].sudo()
        domain = self._domain(facilities, asked)
        total = facilities.search_count(domain)
        licence, attribution = facilities._open_data_terms()
        about = writers.About(
            title="Production spaces",
            licence=licence,
            attribution=attribution,
            url=self._url(ending, asked, offset, limit),
            total=total,
            offset=offset,
            limit=limit,
            next_url=self._url(ending, asked, offset + limit, limit) if limit > 0 and offset + limit < total else "",
        )
        return facilities.search(domain, order="id", offset=offset, limit=limit) if limit else facilities, about

    def _domain(self, facilities, asked):
        """:raise NotFound: a filter names nothing; an empty file would look like an answer"""
        for name, model in (("region", "wcm.region"), ("process", "wcm.process")):
            if asked.get(name) and not request.env[model].sudo().search_count([("code", "=", asked[name])], limit=1):
                raise NotFound(f"No {name} has the code “{asked[name][:40]}”.")
        domain = facilities._published_domain(asked.get("region"), asked.get("process"))
        if asked.get("space"):
            domain &= Domain("id", "=", self._space(facilities, domain, asked))
        return domain

    def _space(self, facilities, domain, asked):
        """Its number, when it is public: one that is not looks like one that does not exist."""
        number = _whole(asked, "space", 0)
        if not facilities.search_count([*domain, ("id", "=", number)], limit=1):
            gone = facilities.browse(number).exists()._was_public()
            raise Gone(GONE) if gone else NotFound(f"No public space has the number {number}.")
        return number

    def _dialect(self, asked):
        dialect = asked.get("dialect") or "v1"
        if dialect not in DIALECTS:
            raise BadRequest("The dialect is “v1” or “ome”.")
        return dialect

    def _url(self, ending, asked, offset, limit):
        """The same question with its page, in one fixed order, so that it is one address."""
        words = {name: asked[name] for name in (*FILTERS, "dialect") if asked.get(name)}
        if limit != LIMIT:
            words["limit"] = limit
        if offset:
            words["offset"] = offset
        base = f"{request.env['ir.config_parameter'].sudo().get_param('web.base.url')}/open-data/spaces.{ending}"
        return f"{base}?{urlencode(words)}" if words else base

    def _headers(self, ending, about, spaces):
        media_type, _write = writers.WRITERS[ending]
        links = [f'<{about.next_url}>; rel="next"'] if about.next_url else []
        known = {source["licence_url"] for source in writers.licences.sources(spaces)} - {None}
        links += [f'<{address}>; rel="license"' for address in sorted(known)]
        inline = "attachment" if ending in ("csv", "xlsx") else "inline"
        return [
            ("Content-Type", media_type),
            ("Content-Disposition", content_disposition(f"spaces.{ending}", inline)),
            ("Access-Control-Expose-Headers", "ETag, Link"),
            ("X-Content-Type-Options", "nosniff"),
            *([("Link", ", ".join(links))] if links else []),
        ]


def unless_known(etag, headers, content):
    """Says 304 when the asker has it already, else sends it, gzipped when it can be.

    `no-cache`: whoever keeps a copy asks first whether it still holds, so that what a space withdraws is gone at once.

    :param content: a function that gives the bytes; not called for a 304
    """
    accepted = parse_accept_header(request.httprequest.headers.get("Accept-Encoding"), Accept)
    zipped = "gzip" in accepted and not _is_packed(headers)
    etag = f"{etag}-gzip" if zipped else etag
    headers = [*headers, *CACHED, ("ETag", quote_etag(etag))]
    if request.httprequest.if_none_match.contains(etag):
        return request.make_response(b"", headers, status=304)
    if zipped:
        return request.make_response(gzip.compress(content(), mtime=0), [*headers, ("Content-Encoding", "gzip")])
    return request.make_response(content(), headers)


def _is_packed(headers):
    """Workbooks and pictures: nothing is won by zipping them."""
    return dict(headers)["Content-Type"].startswith(("image/", "application/vnd."))


def clean(asked):
    """A question's words without what PostgreSQL cannot take."""
    return {name: text.replace("\x00", "") for name, text in asked.items()}


def _whole(asked, name, default):
    """A whole number of the question; :raise BadRequest: it is none"""
    text = asked.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadRequest(f"“{name}” is a whole number, 0 or more.")
    return int(text)


def fingerprint(*parts):
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]
