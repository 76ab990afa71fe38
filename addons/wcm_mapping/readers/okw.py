"""Open Know-Where: all shapes in use, JSON or YAML, one record or a list.

- the numbered field list of version 1 ("4.1. name"), YAML;
- the same words as the Open Matching Engine speaks them ("gps_coordinates": "lat, lon");
- the relational schema of 2024, as far as a record carries its address;
- the published facility files: {geocoding, address, region, location, facility}.
"""

from . import columns, documents
from .row import FacilityRow, ReadError

# A document may wrap its list in one of these.
WRAPPERS = ("data", "facilities", "manufacturing_facilities", "records", "results")


def read(content: bytes) -> list[FacilityRow]:
    records = _records(documents.load(content))
    return [_read_one(record, number) for number, record in enumerate(records, 1)]


def _records(document: object) -> list:
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        wrapped = (document[key] for key in WRAPPERS if isinstance(document.get(key), list))
        return next(wrapped, [document])
    raise ReadError("The file does not hold a list of records, nor one record.")


def _read_one(record: object, number: int) -> FacilityRow:
    if not isinstance(record, dict):
        return FacilityRow(number, error="It is not a record with named fields.")
    return columns.read_record(record, number)
