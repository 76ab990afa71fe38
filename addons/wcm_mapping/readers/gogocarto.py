"""GoGoCarto, the moderated community maps: what a map's /api/elements answers, or its CSV export.

- full JSON: {"licence", "ontology": "gogofull", "data": [element]}; "data" is one element when
  asked by id; older servers send no licence, "title" for "name", ids for category names, d/m/Y;
- compact JSON: rows [id, [fields that "mapping" names], lat, lng, [category ids], status?, moderation?];
- JSON-LD: {"@context", "@graph": [element]};
- CSV: id, name, categories, latitude, longitude, the address, then custom fields.

A map's own fields stand beside the known ones at the top level; they are kept as they are.
"""

import json
import re
import unicodedata
from datetime import datetime

from . import columns, documents, table
from .row import FacilityRow, ReadError, clean_text

# What French maps call our words. A map's own fields are named by its people.
FRENCH = {
    "nom": "name",
    "titre": "title",
    "adresse": "street_address",
    "rue": "street",
    "numero": "number",
    "ville": "city",
    "commune": "city",
    "code_postal": "postcode",
    "codepostal": "postcode",
    "pays": "country",
    "site": "website",
    "site_web": "website",
    "siteweb": "website",
    "site_internet": "website",
    "courriel": "email",
    "mail": "email",
    "telephone": "phone",
    "horaires": "opening_hours",
    "horaires_d_ouverture": "opening_hours",
}
# Why an element is not on its map. From 1 on it is; a map that sends no status sends only these.
NOT_ON_THE_MAP = {
    -7: "It is a temporary import",
    -6: "It is a duplicate",
    -5: "It is a version that waits for a vote",
    -4: "It was deleted",
    -3: "Its map refused it",
    -2: "Its map refused it",
    -1: "A change waits for a vote",
    0: "It waits for a vote",
}
MODERATION = {
    -2: "its place could not be found",
    -1: "it has no category",
    1: "somebody reported it",
    2: "the votes on it disagree",
    3: "it has waited long for a vote",
    4: "it may be a duplicate",
}
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DATES = ("createdAt", "updatedAt")


def read(content: bytes) -> list[FacilityRow]:
    start = documents.decode(content[:1000]).lstrip()[:1]
    if start not in ("{", "[", "<"):
        return [_read_one(record, number) for number, record in table.records(content, _column_of)]
    document = documents.load(content)
    licence = _licence(document)
    return [_read_one(element, number, licence) for number, element in enumerate(_elements(document), 1)]


def count(content: bytes) -> int:
    """How many elements an answer holds."""
    return len(_elements(documents.load(content)))


def join(pages: list[bytes]) -> bytes:
    """One answer from several of the same map: an element that comes twice counts once.

    :raise ReadError: one of them is no answer of a map
    """
    documents_read = [documents.load(page) for page in pages]
    elements = [element for document in documents_read for element in _elements(document)]
    once = {json.dumps(element, sort_keys=True, default=str): element for element in elements}
    answer = {"licence": _licence(documents_read[0]), "data": list(once.values())}
    return json.dumps(answer, default=str).encode()


def numbers_categories(content: bytes) -> bool:
    """Whether an answer in JSON says the numbers of categories, as compact ones and older servers do."""
    return any(_number(word) for element in _json_elements(content) for word in _categories(element))


def name_categories(content: bytes, taxonomy: bytes) -> bytes:
    """The answer with the names that the map's /api/taxonomy.json gives its categories; a number without a name stays.

    :raise ReadError: the taxonomy is no JSON
    """
    names = _option_names(documents.load(taxonomy))
    elements = _json_elements(content)
    for element in elements:
        if _categories(element):
            element["categories"] = [names.get(_number(word), _number(word) or word) for word in _categories(element)]
    return json.dumps({"licence": _licence(documents.load(content)), "data": elements}, default=str).encode()


def _json_elements(content: bytes) -> list:
    try:
        return _elements(documents.load(content))
    except ReadError:
        return []


def _categories(element: object) -> list:
    said = element.get("categories") if isinstance(element, dict) else None
    return said if isinstance(said, list) else []


def _number(word: object) -> str:
    text = str(word).strip() if isinstance(word, (int, str)) and not isinstance(word, bool) else ""
    return text if text.isascii() and text.isdigit() else ""


def _option_names(taxonomy: object) -> dict[str, str]:
    """Names by number. What an element has are options; the groups that hold them are numbered apart."""
    names, waiting = {}, [(taxonomy, False)]
    while waiting:
        part, is_option = waiting.pop()
        if isinstance(part, list):
            waiting += [(one, is_option) for one in part]
        elif isinstance(part, dict):
            if is_option and _number(part.get("id")) and clean_text(part.get("name")):
                names[_number(part["id"])] = clean_text(part["name"])
            waiting += [(inner, key == "options") for key, inner in part.items() if isinstance(inner, (dict, list))]
    return names


def _licence(document: object) -> str:
    """Of the whole answer; older servers do not say."""
    return clean_text(document.get("licence") or document.get("license")) if isinstance(document, dict) else ""


def _elements(document: object) -> list:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        raise ReadError("The file does not hold a GoGoCarto map's answer.")
    found = document.get("data", document.get("@graph", document))
    found = found if isinstance(found, list) else [found]
    names = _mapped_names(document.get("mapping"))
    return [_from_compact(element, names) if isinstance(element, list) else element for element in found]


def _mapped_names(mapping: object) -> list[str]:
    """Names of a compact row's inner fields: "mapping" lists them alone, or within the whole row's names."""
    listed = mapping if isinstance(mapping, list) else []
    inner = next((part for part in listed if isinstance(part, list)), listed)
    return [clean_text(name) for name in inner] or ["name"]


def _from_compact(row: list, names: list[str]) -> object:
    """The element of a compact row; the row itself when it is too short to be one."""
    if len(row) < 4:
        return row
    inner = row[1] if isinstance(row[1], list) else [row[1]]
    element = dict(zip(names, inner, strict=False))
    element.update(zip(("id", "latitude", "longitude", "categories"), (row[0], *row[2:5]), strict=False))
    element.update(zip(("status", "moderationState"), row[5:7], strict=False))
    return element


def _read_one(element: object, number: int, licence: str = "") -> FacilityRow:
    if element is None:
        return FacilityRow(number, error="It has more cells than the header row.")
    if not isinstance(element, dict):
        return FacilityRow(number, error="It is not an element of a map.")
    status = _whole_number(element.get("status"))
    moderation = _whole_number(element.get("moderationState"))
    row = columns.read_record(_plain(element, status), number)
    row.licence = row.licence or licence
    row.note = f"Its map says: {MODERATION[moderation]}" if moderation in MODERATION else ""
    if status is not None and status <= 0:
        row.skipped = f"{NOT_ON_THE_MAP.get(status, 'It is not on its map')} (status {status})."
    return row


def _plain(element: dict, status: int | None) -> dict:
    """The element in words that `columns` knows; a number for a status says nothing of the space."""
    known = {_word(key): _value(value) for key, value in element.items()}
    if status is not None:
        known.pop("status", None)
    if clean_text(known.get("email")).lower() == "private":
        del known["email"]
    if "@id" in known:
        known.setdefault("id", clean_text(known.pop("@id")).rstrip("/").rsplit("/", 1)[-1])
    if isinstance(known.get("address"), dict):
        known["address"] = {_word(key): value for key, value in known["address"].items()}
    hours = known.pop("openHours", None)
    if hours:
        known["opening_hours"] = _hours(hours)
    known.update({name: _iso_date(known[name]) for name in DATES if name in known})
    return known


def _word(key: object) -> str:
    """ "Code postal" -> "postcode"; "schema:name" -> "name"; what is not French stays as it is."""
    text = re.sub(r"^(schema|gogo|gogocarto):", "", clean_text(key))
    plain = unicodedata.normalize("NFKD", columns.word_of(text))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return FRENCH.get(plain, text)


def _column_of(header: str) -> str | None:
    return columns.column_of(_word(header))


def _value(value: object) -> object:
    """JSON-LD may wrap a value."""
    return value["@value"] if isinstance(value, dict) and value.keys() >= {"@value"} else value


def _hours(hours: object) -> str:
    if not isinstance(hours, dict):
        return clean_text(hours)
    return "; ".join(f"{day} {clean_text(hours[day])}" for day in DAYS if hours.get(day))


def _iso_date(value: object) -> object:
    """d/m/Y, as older servers write, turned round; anything else as it is."""
    match = re.match(r"\d{1,2}/\d{1,2}/\d{4}(?!\d)", clean_text(value))
    try:
        return datetime.strptime(match[0], "%d/%m/%Y").date().isoformat() if match else value
    except ValueError:
        return value


def _whole_number(value: object) -> int | None:
    text = clean_text(value)
    return int(text) if re.fullmatch(r"-?\d{1,4}", text) else None
