"""The PDF: a summary, what was not inspected, an index of parts with their pages, and each part's evidence."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from operator import itemgetter
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents

MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
SMALL = 8
FONT, BOLD = "Evidence", "Evidence-Bold"
LINES = TableStyle([
    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.grey),
    ("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 4), ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
])


VERA = (Path(reportlab.__file__).parent / "fonts" / "Vera.ttf", Path(reportlab.__file__).parent / "fonts" / "VeraBd.ttf")
"""Comes with reportlab; it has the letters of Western Europe."""


def pdf(content: Mapping[str, Any], sha256: str, fonts: tuple[str | Path, str | Path] = VERA) -> bytes:
    """The pages.

    :param sha256: of evidence.json, printed on the first page: what was signed
    :param fonts: TrueType files, regular and bold, that have the letters of all names
    """
    for name, path in zip((FONT, BOLD), fonts, strict=True):
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)
    target = io.BytesIO()
    _Pages(target, content).multiBuild([*_front(content, sha256), PageBreak(), *_index(), *_parts(content["parts"])])
    return target.getvalue()


class _Pages(BaseDocTemplate):  # type: ignore[misc]
    """A4 with the home and the page number below; headings of parts go into the index and the bookmarks."""

    def __init__(self, target: io.BytesIO, content: Mapping[str, Any]) -> None:
        super().__init__(target, pagesize=A4, title=f"Evidence for {content['home']}", author=content["network"], lang="en-GB", invariant=1)
        self.below = f"{content['home']}, {content['written_on']}"
        frame = Frame(MARGIN, MARGIN, WIDTH, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("page", [frame], onPage=self._foot))

    def _foot(self, canvas: Any, _document: Any) -> None:
        canvas.setFont(FONT, SMALL)
        canvas.drawString(MARGIN, MARGIN / 2, self.below)
        canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, str(canvas.getPageNumber()))

    def afterFlowable(self, flowable: Flowable) -> None:
        """reportlab's hook."""
        if isinstance(flowable, _PartHeading):
            key = f"part-{flowable.number}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.serial, key)
            self.notify("TOCEntry", (0, escape(flowable.told), self.page, key))


class _PartHeading(Paragraph):  # type: ignore[misc]
    def __init__(self, number: int, part: Mapping[str, Any]) -> None:
        self.number, self.serial = number, part["serial"]
        self.told = f"{part['serial']}  {part['component']}  ({part['quality']})"
        super().__init__(escape(f"{part['serial']}  {part['component']}"), _style(11, space=8, keep=True))


Row = Mapping[str, Any]


@dataclass(frozen=True)
class _List:
    """A table of the first pages.

    :ivar columns: heading, share of the width and what a row says
    :ivar empty: what stands there when there is no row
    """

    title: str
    of: str
    empty: str
    columns: tuple[tuple[str, float, Callable[[Row], Any]], ...]


SUMMARY = (
    _List("Not inspected", "not_inspected", "Every part was inspected.", (
        ("Part", 0.3, itemgetter("serial")), ("Why", 0.7, itemgetter("reason")),
    )),
    _List("Nonconformities and concessions", "nonconformities", "None was recorded.", (
        ("Number", 0.14, itemgetter("name")), ("What was wrong", 0.36, itemgetter("title")),
        ("What became of it", 0.32, itemgetter("outcome")), ("Decided by", 0.18, itemgetter("decided_by")),
    )),
    _List("Samples", "samples", "No order was sampled.", (
        ("Number", 0.14, itemgetter("name")), ("Order", 0.16, itemgetter("order")),
        ("How it was drawn", 0.45, itemgetter("plan")), ("Verdict", 0.25, itemgetter("verdict")),
    )),
    _List("Sheets, as they came in", "sheet_lots", "No part says which sheets it was cut from.", (
        ("Lot", 0.2, itemgetter("lot")), ("What", 0.3, itemgetter("product")),
        ("Incoming check", 0.3, lambda row: f"{row['check']}: {row['verdict']}" if row["check"] else row["verdict"]),
        ("By, on", 0.2, lambda row: ", ".join(filter(None, (row["inspector"], row["closed_on"])))),
    )),
    _List("Instruments", "instruments", "No reading names one.", (
        ("Instrument", 0.3, itemgetter("name")), ("Serial number", 0.2, itemgetter("serial")),
        ("Certificate", 0.25, lambda row: row["number"] or row["laboratory"]),
        ("Calibrated, due", 0.25, lambda row: f"{row['calibrated_on']}, {row['due_on']}"),
    )),
    _List("Competence of who checked", "competences", "No check asked for one.", (
        ("Who", 0.25, itemgetter("who")), ("For what", 0.35, itemgetter("kind")),
        ("Until", 0.15, itemgetter("valid_until")), ("Authorised by", 0.25, itemgetter("authorised_by")),
    )),
    _List("Measured without an instrument that is named", "without_instrument", "None was.", (
        ("Checkpoint", 0.4, itemgetter("checkpoint")), ("Control plan", 0.45, itemgetter("plan")), ("Parts", 0.15, lambda row: len(row["parts"])),
    )),
    _List("Measured with an instrument that was found wrong", "in_doubt", "None was.", (
        ("Part", 0.2, itemgetter("serial")), ("Check", 0.15, itemgetter("inspection")),
        ("Checkpoint", 0.25, itemgetter("checkpoint")), ("Instrument", 0.4, itemgetter("instrument")),
    )),
)


def _front(content: Row, sha256: str) -> Iterator[Flowable]:
    signed = content["signed"]
    yield Paragraph(escape(f"Evidence for {content['home']}"), _style(18))
    yield Spacer(0, 4 * mm)
    yield _pairs([("Site", content["site"]), ("Network", content["network"]), ("Written on", content["written_on"]), *content["figures"].items()])
    yield Paragraph("Signed", _style(13, space=10))
    yield _pairs([("By", signed["name"]), ("As", signed["role"]), ("On", signed["on"]), ("What was signed: SHA-256 of evidence.json", sha256)])
    for told in SUMMARY:
        yield Paragraph(told.title, _style(13, space=10))
        headings, widths, says = zip(*told.columns, strict=True)
        yield _rows([headings, *(tuple(say(row) for say in says) for row in content[told.of])], widths, told.empty)


def _with(line: Mapping[str, Any]) -> str:
    return "; ".join(filter(None, (line["instrument"], line["person"] or line["by"], line["competence"])))


def _index() -> Iterator[Flowable]:
    index = TableOfContents(levelStyles=[_style(9)], dotsMinLevel=-1)
    yield Paragraph("Index of parts", _style(13))
    yield index
    yield PageBreak()


def _parts(parts: Sequence[Mapping[str, Any]]) -> Iterator[Flowable]:
    for number, part in enumerate(parts, 1):
        yield _PartHeading(number, part)
        yield _pairs([*part["facts"].items(), ("State", part["state"]), *([("Not inspected", part["not_inspected"])] if part["not_inspected"] else [])])
        for check in part["checks"]:
            yield Paragraph(escape(f"{check['stage']} check {check['name']}: {check['verdict']}, {check['closed_on'] or 'not closed'}, {check['inspector'] or 'nobody yet'}"), _style(9, space=3, keep=True))
            if check["witness"]:
                yield Paragraph(escape(check["witness"]), _style(SMALL, keep=True))
            yield _rows(
                [("Checked", "Allowed", "Found", "Result", "With, by"), *((line["checkpoint"], line["limits"], line["found"], line["verdict"], _with(line)) for line in check["lines"])],
                (0.28, 0.17, 0.17, 0.1, 0.28), "Nothing is on it.",
            )


def _pairs(pairs: Sequence[tuple[str, Any]]) -> Table:
    return _table([(_cell(name), _cell(value)) for name, value in pairs], (0.3, 0.7))


def _rows(rows: Sequence[Sequence[Any]], shares: Sequence[float], nothing: str) -> Flowable:
    if len(rows) == 1:
        return Paragraph(nothing, _style(9))
    head = [Paragraph(f"<b>{escape(cell)}</b>", _style(SMALL)) for cell in rows[0]]
    return _table([head, *([_cell(cell) for cell in row] for row in rows[1:])], shares, heading=1)


def _table(rows: Sequence[Sequence[Any]], shares: Sequence[float], heading: int = 0) -> Table:
    return Table(rows, colWidths=[share * WIDTH for share in shares], style=LINES, repeatRows=heading)


def _cell(value: Any) -> Paragraph:
    return Paragraph(escape(str(value or "–")), _style(SMALL))


@cache
def _style(size: int, space: int = 0, keep: bool = False) -> ParagraphStyle:
    return ParagraphStyle(f"{size}-{space}-{keep}", fontName=FONT, fontSize=size, leading=size * 1.25, spaceBefore=space, spaceAfter=2, keepWithNext=keep, wordWrap="LTR", splitLongWords=1)
