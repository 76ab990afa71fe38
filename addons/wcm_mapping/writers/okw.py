"""Open Know-Where as JSON, in the two dialects that others read.

Both nest the address as version 1 names it and differ in a few words: version 1 has
`manufacturing_process` and latitude and longitude apart; the Open Matching Engine has
`manufacturing_processes` and `gps_coordinates` as "lat, lon". What Open Know-Where has no
word for keeps ours.
"""

import json

from .spaces import About

STATUSES = {
    "active": "Active",
    "planned": "Planned",
    "temporary_closure": "Temporary Closure",
    "closed": "Closed",
}
ACCESS_TYPES = {
    "restricted": "Restricted",
    "restricted_public_hours": "Restricted with public hours",
    "shared_space": "Shared space",
    "public": "Public",
    "membership": "Membership",
}
# The same in both dialects. Website, e-mail and telephone are the space's own and stand beside its
# name: under `contact`, Open Know-Where has a person.
SAME = (
    "id", "name", "opening_hours", "description", "organisation_type", "location_precision", "network_region",
    "website", "email", "phone", "licence", "attribution", "page",
)


def write(spaces: list[dict], about: About, dialect: str = "v1") -> bytes:
    """:param dialect: "v1", or "ome" as the Open Matching Engine speaks it"""
    of_dialect = _ome if dialect == "ome" else _v1
    records = [_without_nothing({**_common(space), **of_dialect(space)}) for space in spaces]
    document = {**about.as_dict(spaces), "dialect": dialect, "manufacturing_facilities": records}
    return json.dumps(document, ensure_ascii=False).encode()


def _common(space: dict) -> dict:
    return {
        **{name: space[name] for name in SAME},
        "facility_status": STATUSES.get(space["status"]),
        "access_type": ACCESS_TYPES.get(space["access_type"]),
        "process_codes": [process["code"] for process in space["processes"]],
        "equipment": [_machine(machine) for machine in space["kit"] or ()],
        "evidence": space["evidence"],
        "free_capacity": space["free_capacity"],
        "record_data": {"date_verified": space["verified_on"]},
        "illustrative": space["illustrative"] or None,
    }


def _machine(machine: dict) -> dict:
    """Lengths in mm, power in W, as both dialects have them; what they have no word for keeps ours."""
    return {
        **{name: machine[name] for name in ("id", "make", "model", "condition", "quantity", "tolerance_class")},
        "equipment_type": machine["name"],
        "manufacturing_process": machine["process_uri"] or machine["process"],
        "process_code": machine["process"],
        "materials_worked": machine["materials"],
        "power_rating": machine["power_w"],
        "maximum_spindle_speed": machine["spindle_speed_rpm"],
        **{f"{axis}_travel": machine[f"envelope_{axis}_mm"] for axis in "xyz"},
        **{name: machine[name] for name in ("thickness_max_mm", "tolerance_mm", "photo")},
    }


def _v1(space: dict) -> dict:
    position = {"latitude": space["latitude"], "longitude": space["longitude"]}
    return {
        "location": {"address": _address(space), "gps_coordinates": position},
        "manufacturing_process": _process_words(space),
    }


def _ome(space: dict) -> dict:
    latitude, longitude = space["latitude"], space["longitude"]
    position = None if latitude is None else f"{latitude}, {longitude}"
    return {
        "location": {"address": _address(space), "gps_coordinates": position},
        "manufacturing_processes": _process_words(space),
    }


def _address(space: dict) -> dict:
    return {
        "street": space["street"],
        "district": space["street2"],
        "city": space["city"],
        "region": space["county"],
        "country": space["country"],
        "postcode": space["postcode"],
    }


def _process_words(space: dict) -> list[str]:
    """The public address where there is one, as version 1 asks; else our code."""
    return [process["uri"] or process["code"] for process in space["processes"]]


def _without_nothing(record: dict) -> dict:
    """Without empty words, at any depth: Open Know-Where leaves out what is not known."""
    kept = {name: _tidied(value) for name, value in record.items()}
    return {name: value for name, value in kept.items() if value not in (None, "", [], {})}


def _tidied(value: object) -> object:
    if isinstance(value, list):
        return [_tidied(item) for item in value]
    return _without_nothing(value) if isinstance(value, dict) else value
