"""Block quantities of a home: a table (xlsx or CSV) with a row per block, how many of it a home needs. Knows no Odoo."""

from odoo.addons.wcm_mapping.readers import ReadError, table
from odoo.addons.wcm_mapping.readers.columns import word_of
from odoo.addons.wcm_mapping.readers.row import clean_text, read_number

from .okh import MOST_PARTS, OkhKit, OkhPart, add_part

BLOCK = {"block", "blocks", "block_code", "code", "reference", "part", "label", "component", "product"}
QUANTITY = {"quantity", "qty", "count", "number", "amount", "number_of_blocks"}
NAMES = {"name", "description", "title"}


def read_block_quantities(content: bytes, kit: str, quantity_column: str = "") -> OkhKit:
    """Components and how many; a row whose quantity is empty or 0 needs none.

    :param kit: reference of the home, which the table does not name
    :param quantity_column: header of the quantities, where several columns are some
    :raise ReadError: the file cannot be used; its text is for the user
    """
    if not content.strip():
        raise ReadError("The file is empty.")
    headers = table.headers(content)
    wanted = word_of(quantity_column)
    block = _one(headers, lambda word: word in BLOCK, "the block", "Call one “block”.")
    quantity = _one(headers, lambda word: word == wanted if wanted else _counts(word), "the quantity", "Say which column it is.")
    name = next((header for header in headers if word_of(header) in NAMES and header != block), None)
    # The table reader asks for a column called "name": ours is that of the block.
    records = table.records(content, lambda header: "name" if header == block else None)
    parts: dict[str, OkhPart] = {}
    for number, record in records:
        if part := _part(number, record, block, quantity, name):
            add_part(parts, part)
    if not parts:
        raise ReadError("The table names no block with a quantity above 0.")
    if len(parts) > MOST_PARTS:
        raise ReadError(f"The table lists {len(parts)} blocks. {MOST_PARTS} are read at most.")
    return OkhKit(clean_text(kit), parts=list(parts.values()))


def _counts(word: str) -> bool:
    return word in QUANTITY or word.endswith(("_quantity", "_qty"))


def _one(headers: list[str], fits, what: str, advice: str) -> str:
    found = [header for header in headers if fits(word_of(header))]
    if len(found) == 1:
        return found[0]
    if found:
        raise ReadError(f"Several columns may be {what}: {', '.join(found)}. {advice}")
    raise ReadError(f"No column is {what}. The first row has: {', '.join(headers)[:300]}. {advice}")


def _part(number: int, record: dict | None, block: str, quantity: str, name: str | None) -> OkhPart | None:
    if record is None:
        raise ReadError(f"Row {number} has more cells than the row of headers.")
    code, text = clean_text(record.get(block)), clean_text(record.get(quantity))
    count = read_number(text) if text else 0
    if count is None or not 0 <= count < 1e6:
        raise ReadError(f"Row {number}: the quantity “{text[:40]}” is no number from 0 up.")
    if not count:
        return None
    if not code:
        raise ReadError(f"Row {number} has a quantity and no block.")
    return OkhPart(clean_text(record.get(name))[:200] or code[:200], code[:60], count)
