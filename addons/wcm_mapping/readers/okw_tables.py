"""Open Know-Where's relational schema of 2024, as separate tables in one document.

{"ManufacturingFacility": [...], "DistributedResource": [...], "Address": [...], "Contact": [...], …}: a facility
points at its resource, the resource at an address, a contact and a source; machines point at the resource.
"""

import re

from .row import clean_text

FACILITIES = ("manufacturingfacility", "manufacturingfacilities")
OTHERS = {
    "distributedresource": "resources",
    "distributedresources": "resources",
    "address": "addresses",
    "addresses": "addresses",
    "contact": "contacts",
    "contacts": "contacts",
    "databasesourcemetadata": "sources",
    "manufacturingequipment": "equipment",
}
PARTS = {"addresses": "address_id", "contacts": "contact_id", "sources": "source_id"}


def records(document: dict) -> list | None:
    """A record for each facility with what belongs to it; None when the document is not in separate tables."""
    tables = {_name(key): rows for key, rows in document.items() if isinstance(rows, list)}
    facilities = next((tables[name] for name in FACILITIES if name in tables), None)
    others = {role: tables[name] for name, role in OTHERS.items() if name in tables}
    if facilities is None or not others:
        return None
    resources = _by_id(others, "resources", "resource_id")
    parts = {role: _by_id(others, role, key) for role, key in PARTS.items()}
    machines = _machines(others.get("equipment", ()))
    return [_join(facility, resources, parts, machines) for facility in facilities]


def _join(facility: object, resources: dict, parts: dict, machines: dict) -> object:
    """What is no record with named fields stays as it is: its reader says so."""
    if not isinstance(facility, dict):
        return facility
    resource = resources.get(_key(facility.get("resource_id")), {})
    pointers = {**resource, **facility}
    address, contact, source = (parts[role].get(_key(pointers.get(key)), {}) for role, key in PARTS.items())
    joined = {**_without(resource), **_without(contact), **facility}
    if address:
        joined["address"] = _without(address)
    if kit := machines.get(_key(facility.get("resource_id"))):
        joined["equipment"] = kit
    joined.setdefault("licence", source.get("license"))
    joined.setdefault("attribution", source.get("publisher"))
    return joined


def _without(row: dict) -> dict:
    """Without the pointers between the tables."""
    return {key: value for key, value in row.items() if not str(key).endswith("_id")}


def _machines(rows: object) -> dict:
    found: dict = {}
    for row in rows:
        if isinstance(row, dict):
            machine = {"name": row.get("type"), **{k: v for k, v in row.items() if k not in ("type", "resource_id")}}
            found.setdefault(_key(row.get("resource_id")), []).append(machine)
    found.pop("", None)
    return found


def _by_id(tables: dict, role: str, key: str) -> dict:
    rows = (row for row in tables.get(role, ()) if isinstance(row, dict))
    return {_key(row[key]): row for row in rows if _key(row.get(key))}


def _key(value: object) -> str:
    return clean_text(value)


def _name(key: object) -> str:
    """ "ManufacturingFacility", "manufacturing_facility" -> "manufacturingfacility"."""
    return re.sub(r"[^a-z]", "", clean_text(key).lower())
