"""A report of figures as Markdown. Knows no Odoo.

    {"title": "…", "facts": [["Site", "Test Meadow"]], "words": ["…"], "sections": [
        {"title": "Carbon", "words": ["…"],
         "figures": [{"code": "transport_carbon", "name": "Transport", "value": 12.5, "words": "12.5 kgCO2e", "note": "Estimated"}],
         "tables": [{"title": "Factors", "headers": ["…"], "rows": [["…"]]}]}]}
"""

from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from .markdown import escape, table

HEADERS = ["Figure", "Value", "How it is known"]


@dataclass(slots=True)
class Section:
    """A part of a report; parts without figures, tables and words are left out.

    :ivar figures: [{code, name, value, words, note}]; value None: not known, or not told
    :ivar tables: [{title, headers, rows}], all of them words
    :ivar missing: sentences, for whoever makes the report: what would be known if somebody recorded it
    """

    title: str
    figures: list[dict] = field(default_factory=list)
    tables: list[dict] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def add_table(self, title, headers, rows):
        """One without rows is none."""
        found = [[str(cell) for cell in row] for row in rows]
        if found:
            self.tables.append({"title": title, "headers": headers, "rows": found})

    def figure(self, code):
        """The value of one figure; None where it is not there, not known or not told."""
        return next((figure["value"] for figure in self.figures if figure["code"] == code), None)

    def content(self):
        found = asdict(self)
        del found["missing"]
        return found


def number(value, digits=0):
    """As the screens write it: halves up, no zeros after the point.

    >>> number(1234.25, 1), number(12.0, 1), number(-0.04, 1)
    ('1,234.3', '12', '0')
    """
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0
    words = f"{rounded:,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def to_markdown(content):
    """Every word and figure of the report, in its order; ends with one line break.

    >>> print(to_markdown({"title": "Home 1", "facts": [["Site", "Meadow"]], "words": [], "sections": []}), end="")
    # Home 1
    <BLANKLINE>
    - Site: Meadow
    """
    facts = "\n".join(f"- {escape(name)}: {escape(words)}" for name, words in content["facts"])
    blocks = [f"# {escape(content['title'])}", facts, *map(escape, content["words"])]
    for section in content["sections"]:
        blocks += _section(section)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(section):
    figures = [[figure["name"], figure["words"], figure["note"]] for figure in section["figures"]]
    yield f"## {escape(section['title'])}"
    if figures:
        yield table(HEADERS, figures)
    for one in section["tables"]:
        yield f"### {escape(one['title'])}"
        yield table(one["headers"], one["rows"])
    yield from map(escape, section["words"])
