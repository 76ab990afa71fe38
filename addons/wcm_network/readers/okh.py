"""Open Know-How manifests: v1 in YAML (or JSON), LOSH v2 in TOML. What is made, of which parts. Knows no Odoo.

The published schema, its template and what people write disagree, so what is known is taken and the rest is named.
Neither format says how many minutes a part takes, and few say how many are needed: `unsaid` lists what to ask for.
"""

import tomllib
from dataclasses import dataclass, field

from odoo.addons.wcm_mapping.readers import ReadError, documents
from odoo.addons.wcm_mapping.readers.row import clean_text, read_number

# Lists of parts and what a part is called in them, in the order of trust.
PART_LISTS = ("part", "parts", "sub-parts", "bom-atoms", "bom")
PART_NAMES = ("name", "part", "title", "description", "identifier")
PART_CODES = ("part-number", "id", "identifier", "reference")
QUANTITIES = ("quantity", "qty", "count", "amount")
# A list in another file, which a manifest names by its path.
FILE_ENDINGS = (".csv", ".tsv", ".xlsx", ".ods", ".md", ".pdf", ".txt", ".yml", ".yaml", ".html")
MOST_PARTS = 2_000


@dataclass(slots=True)
class OkhPart:
    """:ivar quantity: None when the file does not say"""

    name: str
    code: str = ""
    quantity: float | None = None
    mass_kg: float | None = None


@dataclass(slots=True)
class OkhKit:
    """
    :ivar unsaid: what the file does not say and somebody has to, in words
    """

    name: str
    version: str = ""
    licence: str = ""
    parts: list[OkhPart] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)


def read_okh(content: bytes, filename: str = "") -> OkhKit:
    """
    :raise ReadError: the file cannot be used; its text is for the user
    """
    if not content.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise ReadError("The file is empty.")
    manifest = _toml(content) if filename.lower().endswith(".toml") else documents.load(content)
    if not isinstance(manifest, dict):
        raise ReadError("This is no Open Know-How manifest: it has no named fields.")
    kit = OkhKit(clean_text(manifest.get("title") or manifest.get("name")), clean_text(manifest.get("version")), _licence(manifest))
    if not kit.name:
        raise ReadError("The manifest has no “title” (Open Know-How v1) and no “name” (LOSH).")
    kit.parts = _parts(manifest)
    kit.unsaid = list(_unsaid(kit, manifest))
    return kit


def _toml(content: bytes) -> dict:
    try:
        return tomllib.loads(documents.decode(content).replace("\r\n", "\n"))
    except ValueError as error:
        raise ReadError(f"This is not valid TOML: {error}.") from None
    except RecursionError:
        raise ReadError("The file is nested too deeply to be a manifest.") from None


def _licence(manifest: dict) -> str:
    """v1 has one for hardware, documentation and software each."""
    licence = manifest.get("license") or manifest.get("licence") or ""
    if isinstance(licence, dict):
        licence = licence.get("hardware") or licence.get("documentation") or licence.get("software") or ""
    return clean_text(licence)


def _parts(manifest: dict) -> list[OkhPart]:
    rows = next((found for key in PART_LISTS if (found := _part_rows(manifest.get(key)))), [])
    if len(rows) > MOST_PARTS:
        raise ReadError(f"The manifest lists {len(rows)} parts. {MOST_PARTS} are read at most.")
    parts: dict[str, OkhPart] = {}
    for number, row in enumerate(rows, 1):
        add_part(parts, _part(row, number))
    return list(parts.values())


def _part_rows(value: object) -> list:
    """Entries of a list of parts; "legs, seat, back" is one; a path is none."""
    if isinstance(value, str):
        is_file = value.strip().lower().endswith(FILE_ENDINGS)
        return [] if is_file else [name for text in value.split(",") if (name := clean_text(text))]
    return value if isinstance(value, list) else []


def _part(row: object, number: int) -> OkhPart:
    if not isinstance(row, dict):
        row = {"name": row}
    name = next((text for key in PART_NAMES if (text := clean_text(row.get(key)))), "")
    if not name:
        raise ReadError(f"Part {number} has no name.")
    code = next((text for key in PART_CODES if (text := clean_text(row.get(key)))), "")
    grams = read_number(clean_text(row.get("mass")))
    return OkhPart(name[:200], code[:60], _quantity(row, number), grams / 1000 if grams and grams > 0 else None)


def _quantity(row: dict, number: int) -> float | None:
    text = next((text for key in QUANTITIES if (text := clean_text(row.get(key)))), "")
    quantity = read_number(text)
    if text and (quantity is None or not 0 < quantity < 1e6):
        raise ReadError(f"Part {number}: the quantity “{text[:40]}” is no number above 0.")
    return quantity


def add_part(parts: dict[str, OkhPart], part: OkhPart) -> None:
    """The same part (by its number, else its name) twice is needed as often as both say together."""
    known = parts.setdefault((part.code or part.name).casefold(), part)
    if known is not part:
        both = (known.quantity, part.quantity)
        known.quantity = None if None in both else sum(both)


def _unsaid(kit: OkhKit, manifest: dict):
    if not kit.parts:
        where = clean_text(manifest.get("bom"))
        yield f"Its parts: they stand in “{where[:80]}”, which is another file." if where else "Its parts: the manifest lists none."
    if uncounted := [part.name for part in kit.parts if part.quantity is None]:
        yield f"How many of each: {', '.join(uncounted)}."
    if kit.parts:
        yield f"The processes and minutes of each part: {', '.join(part.name for part in kit.parts)}."
    if not kit.licence:
        yield "The licence."
