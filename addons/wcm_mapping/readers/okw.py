"""Open Know-Where: all shapes in use, JSON or YAML, one record or a list.

- the numbered field list of version 1 ("4.1. name"), YAML;
- the same words as the Open Matching Engine speaks them ("gps_coordinates": "lat, lon");
- the relational schema of 2024, as separate tables or with the address in the record;
- the published facility files: {geocoding, address, region, location, facility}.

GeoJSON too: a feature's properties in any of these words, its point beside them.
"""

from . import columns, documents, okw_tables
from .row import FacilityRow, ReadError

# A document may wrap its list in one of these.
WRAPPERS = ("data", "facilities", "features", "manufacturing_facilities", "records", "results")


def read(content: bytes) -> list[FacilityRow]:
    records = _records(documents.load(content))
    return [_read_one(record, number) for number, record in enumerate(records, 1)]


def _records(document: object) -> list:
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        joined = okw_tables.records(document)
        if joined is not None:
            return joined
        wrapped = (document[key] for key in WRAPPERS if isinstance(document.get(key), list))
        return next(wrapped, [document])
    raise ReadError("The file does not hold a list of records, nor one record.")


def _read_one(record: object, number: int) -> FacilityRow:
    if not isinstance(record, dict):
        return FacilityRow(number, error="It is not a record with named fields.")
    return columns.read_record(_unpack_feature(record), number)


def _unpack_feature(record: dict) -> dict:
    """A GeoJSON feature as a flat record; anything else as it is."""
    properties, geometry = record.get("properties"), record.get("geometry")
    if record.get("type") != "Feature" or not isinstance(properties, dict):
        return record
    point = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    if not isinstance(point, list) or len(point) < 2:
        return {"id": record.get("id"), **properties}
    return {"id": record.get("id"), **properties, "longitude": point[0], "latitude": point[1]}
