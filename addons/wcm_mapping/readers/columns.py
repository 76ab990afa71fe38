"""Which words of the field name which of our columns.

Records come flat (a spreadsheet) or nested (Open Know-Where in four shapes). Nested ones
are flattened to dotted paths first: "location.address.postcode". Numbers that Open
Know-Where v1 puts before its names ("4.6 facility_status") are dropped.
"""

import re
from collections.abc import Iterator

from . import kit, words
from .row import FacilityRow, clean_extra, clean_lines, clean_text, read_degrees

# Words that say nothing themselves and may stand before those below.
ABOUT_FACILITY = {"facility", "manufacturing_facility", "manufacturing_facility_properties"}
ABOUT_PLACE = ABOUT_FACILITY | {
    "address",
    "geo",
    "geocoding",
    "gps_coordinates",
    "location",
    "location_properties",
    "region",
}

FACILITY_WORDS = {
    "name": ("name", "facility_name", "title"),
    "external_id": ("id", "external_id", "facility_id", "uuid"),
    "status": ("status", "facility_status"),
    "access_type": ("access_type", "access"),
    "organisation_type": ("organisation_type", "organization_type"),
    "opening_hours": ("opening_hours", "open_hours", "hours"),
    "description": ("description",),
    "kit": ("kit", "equipment"),
    "licence": ("licence",),
    "attribution": ("attribution",),
    "website": ("website", "url", "web", "homepage"),
    "email": ("email", "e_mail"),
    "phone": ("phone", "telephone", "tel"),
}
PLACE_WORDS = {
    "number": ("number", "street_number", "streetnumber", "house_number"),
    "street": ("street", "street_address", "streetaddress", "address", "address_line_1", "extended"),
    "street2": ("street2", "street_2", "address_line_2", "address2", "district"),
    "city": ("city", "town", "city_town", "locality", "addresslocality", "address_locality"),
    "county": ("county", "state_region", "region", "state"),
    "zip": ("zip", "zip_code", "postcode", "post_code", "postal_code", "postalcode"),
    "country": ("country", "country_code", "addresscountry", "address_country"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "location_precision": ("location_precision",),
    "position": ("gps_coordinates", "coordinates", "position"),
}
STATUSES = {
    "active": "active",
    "open": "active",
    "planned": "planned",
    "temporary_closure": "temporary_closure",
    "temporarily_closed": "temporary_closure",
    "closed": "closed",
}
ACCESS_TYPES = {
    "restricted": "restricted",
    "restricted_with_public_hours": "restricted_public_hours",
    "restricted_public_hours": "restricted_public_hours",
    "shared_space": "shared_space",
    "public": "public",
    "membership": "membership",
}
ORGANISATION_TYPES = {
    "community_business": "community_business",
    "social_enterprise": "social_enterprise",
    "sme": "sme",
    "small_or_medium_company": "sme",
    "charity": "charity",
    "cooperative": "cooperative",
    "co_operative": "cooperative",
    "education": "education",
    "public_body": "public_body",
    "individual": "individual",
}
PRECISIONS = {name: name for name in ("exact", "street", "postcode_sector", "town")}
# What spreadsheets of statistics write where there is nothing; ours do.
NOTHING = (None, "", "[x]", [], {})


def _index(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {alias: name for name, aliases in words.items() for alias in aliases}


_FACILITY = _index(FACILITY_WORDS)
_PLACE = _index(PLACE_WORDS)


def read_record(record: dict, row_number: int) -> FacilityRow:
    """A row from one record, flat or nested; its `error` is set when it cannot be used."""
    row = FacilityRow(row_number)
    try:
        found, row.extra = _sort_out(record)
        _fill(row, found)
        row.words = words.read(row.extra, word_of)
    except RecursionError:
        row.error = "It is nested too deeply."
    except ValueError as error:
        row.error = str(error)
    if not row.name and not row.error:
        row.error = "It has no name."
    return row


def column_of(path: str) -> str | None:
    """Our name for a dotted path, None for a word that we do not know."""
    *before, last = (word_of(part) for part in path.split("."))
    if set(before) <= ABOUT_FACILITY and last in _FACILITY:
        return _FACILITY[last]
    if set(before) <= ABOUT_PLACE and last in _PLACE:
        return _PLACE[last]
    return None


def word_of(text: str) -> str:
    """ "4.6 Facility Status" -> "facility_status"."""
    without_number = re.sub(r"^\s*\d+([.\d]*\d)?\.?\s+", "", text)
    return re.sub(r"\W+", "_", without_number.strip().lower()).strip("_")


def _sort_out(record: dict) -> tuple[dict, dict]:
    """Split a record into what we know, by our names, and the rest as it came."""
    found, extra = {}, {}
    for path, value in _flatten(record):
        if value in NOTHING:
            continue
        column = column_of(path)
        if column and column not in found and not isinstance(value, dict):
            found[column] = value
        else:
            extra[path] = clean_extra(value)
    return found, extra


def _flatten(record: dict, before: str = "") -> Iterator[tuple[str, object]]:
    """Dotted paths. Dots of numbers inside a name ("4.1. name") do not count as levels."""
    for key, value in record.items():
        name = re.sub(r"^\s*\d+([.\d]*\d)?\.?\s+", "", clean_text(key)).replace(".", "_")
        path = f"{before}{name}"
        if isinstance(value, dict) and value:
            yield from _flatten(value, f"{path}.")
        else:
            yield path, value


def _fill(row: FacilityRow, found: dict) -> None:
    for name in FacilityRow.text_fields():
        read = clean_lines if name == "description" else clean_text
        setattr(row, name, read(found.get(name)).rstrip(" ,"))
    row.licence, row.attribution = clean_text(found.get("licence")), clean_text(found.get("attribution"))
    row.street = " ".join(filter(None, [clean_text(found.get("number")), row.street]))
    row.status = _choose(row, "status", STATUSES)
    row.access_type = _choose(row, "access_type", ACCESS_TYPES)
    row.organisation_type = _choose(row, "organisation_type", ORGANISATION_TYPES)
    row.location_precision = _choose(row, "location_precision", PRECISIONS)
    _fill_kit(row, found.get("kit"))
    _check_website(row)
    _fill_position(row, found)


def _choose(row: FacilityRow, name: str, choices: dict[str, str]) -> str:
    """The choice that a word names; a word that names none is kept as it is in `extra`."""
    text = getattr(row, name)
    choice = choices.get(word_of(text), "")
    if text and not choice:
        row.extra[name] = text
    return choice


def _fill_kit(row: FacilityRow, value: object) -> None:
    """What does not read as machines is kept as it came."""
    row.kit = kit.read(value)
    if value is not None and not row.kit:
        row.extra["equipment"] = clean_extra(value)


def _check_website(row: FacilityRow) -> None:
    """Only web addresses: this becomes a link that other people click."""
    if row.website and not re.match(r"(https?://|[\w-]+(\.[\w-]+)+(/|$))", row.website, re.I):
        row.extra["website"], row.website = row.website, ""


def _fill_position(row: FacilityRow, found: dict) -> None:
    latitude, longitude = found.get("latitude"), found.get("longitude")
    if latitude is None and longitude is None:
        latitude, longitude = _split_position(found.get("position"))
    row.latitude = read_degrees(latitude, 90, "latitude")
    row.longitude = read_degrees(longitude, 180, "longitude")


def _split_position(value: object) -> tuple[object, object]:
    """Open Know-Where writes "lat, lon" in one text."""
    parts = re.split(r"[,;\s]+", clean_text(value))
    return (parts[0], parts[1]) if len(parts) == 2 else (None, None)
