import base64
from dataclasses import dataclass, field

from odoo import models
from odoo.exceptions import UserError

from .. import readers
from ..matching import Places, normalise_address
from ..place import place_issue
from ..postcode import normalise_postcode, postcode_position, sector_of

# How people write the country whose code is GB.
UK_NAMES = ("uk", "great britain", "england", "scotland", "wales", "northern ireland")
POSITION = ("latitude", "longitude", "location_precision")


@dataclass
class Known:
    """What the rows of one file are compared with: read once, not row by row."""

    countries: dict
    regions: object
    facilities: dict
    places: Places
    rows: dict
    own_regions: set | None
    meanings: dict = field(default_factory=dict)
    found: dict = field(default_factory=dict)

    def once(self, find, *words):
        """What `find` makes of words that many rows say: looked up once."""
        key = (find.__self__._name, find.__name__, *words)
        if key not in self.found:
            self.found[key] = find(*words)
        return self.found[key]


class WcmFacilityImport(models.Model):
    """From a file's bytes to the values of a space, and what those are compared with."""

    _inherit = "wcm.facility.import"

    def _read_rows(self):
        matching = self.profile_id._matching() if self.kind == "csv" else None
        return self._read(lambda content: readers.read(self.kind, content, matching))

    def _read_headers(self):
        return self._read(readers.table.headers)

    def _read(self, reader):
        """What a reader makes of the file's bytes; what it cannot read is said to the user."""
        if not self.file:
            raise UserError(self.env._("Choose a file. If you did, it is empty."))
        try:
            return reader(base64.b64decode(self.file))
        except readers.ReadError as error:
            raise UserError(str(error)) from None

    def _read_known(self, rows):
        facilities = self._known_facilities(rows)
        return Known(
            countries=self._known_countries(),
            regions=self.env["wcm.region"]._outlined(),
            facilities={facility.external_id: facility._merged_or_self() for facility in facilities},
            places=self._known_places(rows),
            rows={},
            own_regions=self._own_region_ids(),
        )

    def _own_region_ids(self):
        """Regions into which the user may import; None for all of them."""
        if self.env.su or self.env.user.has_group("wcm_mapping.group_mapping_manager"):
            return None
        return set(self.env["wcm.region"].search([("coordinator_ids", "in", self.env.uid)]).ids)

    def _known_facilities(self, rows):
        """The source's records that are here, also those that the user may not see."""
        ids = [row.external_id for row in rows if row.external_id]
        found = self.env["wcm.facility"].sudo().with_context(active_test=False)
        found = found.search([("source_host", "=", self.source_host), ("external_id", "in", ids)])
        return found.sudo(self.env.su)

    def _known_countries(self):
        countries = self.env["res.country"].with_context(lang="en_US").search([("code", "!=", False)])
        uk = self.env.ref("base.uk")
        return {
            **{country.code.casefold(): country for country in countries},
            **{country.name.casefold(): country for country in countries},
            **dict.fromkeys(UK_NAMES, uk),
        }

    def _known_places(self, rows):
        """Spaces that any of the rows could repeat, in two queries."""
        addresses = {row_address(row) for row in rows}
        return self.env["wcm.facility"]._places_like({row.name for row in rows}, addresses)

    def _find_country(self, row, known):
        """The row's country; empty when neither it nor its postcode tells; None if unknown."""
        if row.country:
            return known.countries.get(row.country.casefold())
        code = "gb" if sector_of(row.zip) else None
        return known.countries.get(code, self.env["res.country"])

    def _facility_values(self, row, country, known):
        """Only what the row says: an empty cell never empties a field."""
        texts = {name: getattr(row, name) for name in row.text_fields()}
        texts.pop("country")
        texts.pop("location_precision")
        values = {
            **texts,
            "zip": normalise_postcode(row.zip),
            "country_id": country.id,
            "source_extra": row.extra,
            "licence": row.licence or self.licence,
            "attribution": row.attribution or self.attribution,
            "source": self.kind,
            "source_host": self.source_host,
            "visibility": "public",
        }
        values = {name: value for name, value in values.items() if value}
        return {**values, **self._position_values(row)}

    def _placed_values(self, row, country, known):
        """(values of the space with its region, what looks wrong with its place)"""
        values = self._facility_values(row, country, known)
        position = position_of(values)
        issue = place_issue(position, country.code, values.get("zip"))
        region = self._find_region(values, issue, known)
        if region or position:
            values["region_id"] = region.id
        return values, issue

    def _find_region(self, values, issue, known):
        """Around its point; where that is missing or cannot be right, around its postcode.

        Where that says nothing either, a coordinator's list is of the region that it is imported for: to fix, not lost.
        So is what lies in no region's outline, while that region has none: it has just begun.
        """
        position = position_of(values)
        around = known.regions._around(*position) if position else known.regions.browse()
        own = known.regions.browse() if known.own_regions is None else self.region_id
        if around or not issue:
            return around or own.filtered(lambda region: not region.boundary)
        if by_postcode := postcode_position(values.get("zip")):
            return known.regions._around(*by_postcode[:2])
        return own

    def _position_values(self, row):
        if row.has_position:
            return dict(zip(POSITION, (row.latitude, row.longitude, row.location_precision or "exact"), strict=True))
        found = postcode_position(row.zip)
        return dict(zip(POSITION, found, strict=True)) if found else {}

    def _warning(self, values, issue):
        labels = dict(self.env["wcm.facility"]._fields["location_issue"]._description_selection(self.env))
        if not issue and values.get("location_precision") in ("postcode_sector", "town"):
            return self.env._("Placed by its postcode only")
        return labels.get(issue, False)


def position_of(values):
    """Latitude and longitude; None where the row says neither of them nor a postcode that is known."""
    return (values["latitude"], values["longitude"]) if "latitude" in values else None


def row_address(row):
    return normalise_address(f"{row.street} {row.street2}", row.zip, row.city)
