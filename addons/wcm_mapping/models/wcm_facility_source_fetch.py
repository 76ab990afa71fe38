import base64
import hashlib
from urllib.parse import urlencode, urljoin

from odoo import models
from odoo.exceptions import UserError, ValidationError

from .. import download, readers

MOST_PAGES = 200  # a server that takes no notice of the box would be asked for ever


class WcmFacilitySource(models.Model):
    """How a list is fetched: only what is new, a box in parts, categories with their names."""

    _inherit = "wcm.facility.source"

    def _content(self):
        """The list's bytes, None if they are those of the last time; and what to remember of them."""
        if not self.url:
            content, marks = base64.b64decode(self.file or b""), {}
        elif self.kind == "gogocarto" and self.bounds:
            content, marks = self._content_of_box(), {}
        else:
            answer = self._download(self.url, self.etag, self.last_modified)
            content, marks = answer.content, {"etag": answer.etag, "last_modified": answer.last_modified}
        if content and self.url and self.kind == "gogocarto":
            content = self._with_names(content)
        digest = content is not None and hashlib.sha256(content).hexdigest()
        if not digest or digest == self.digest:
            return None, {}
        return content, {**marks, "digest": digest}

    def _with_names(self, content):
        """Categories by their names, where the map says numbers and its server tells the names. It need not."""
        if not readers.gogocarto.numbers_categories(content):
            return content
        try:
            taxonomy = self._download(urljoin(self.url.strip(), "/api/taxonomy.json")).content
            return readers.gogocarto.name_categories(content, taxonomy or b"")
        except (download.DownloadError, readers.ReadError):
            return content

    def _download(self, url, etag="", last_modified=""):
        """The one place from which this add-on reaches out."""
        private = self.env["ir.config_parameter"].sudo().get_param("wcm_mapping.allow_private_addresses")
        return download.fetch(url.strip(), etag or "", last_modified or "", allow_private=private == "True")

    def _content_of_box(self):
        """A GoGoCarto map's elements within the bounds, in one document.

        A full page may hide more: then its four quarters are asked for, too.
        """
        boxes, pages = [self._box()], []
        for box in boxes:
            if len(pages) == MOST_PAGES:
                reason = self.env._("The box holds too much. Make it smaller, or ask for more elements at a time.")
                raise UserError(reason)
            pages.append(self._download(self._page_url(box)).content)
            if self.page_size and readers.gogocarto.count(pages[-1]) >= self.page_size:
                boxes.extend(self._quarters(box))
        return readers.gogocarto.join(pages)

    def _page_url(self, box):
        asked = {"bounds": ",".join(f"{edge:g}" for edge in box)}
        if self.page_size:
            asked["limit"] = self.page_size
        url = self.url.strip()
        return f"{url}{'&' if '?' in url else '?'}{urlencode(asked)}"

    def _quarters(self, box):
        west, south, east, north = box
        middle, centre = (west + east) / 2, (south + north) / 2
        columns, rows = ((west, middle), (middle, east)), ((south, centre), (centre, north))
        return [(left, low, right, high) for left, right in columns for low, high in rows]

    def _box(self):
        """West, south, east, north."""
        try:
            west, south, east, north = (float(edge) for edge in self.bounds.split(","))
        except ValueError:
            west = south = east = north = 0.0
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise ValidationError(self.env._("Write the box as west, south, east, north: -3.2, 51.2, -2.3, 51.6."))
        return west, south, east, north
