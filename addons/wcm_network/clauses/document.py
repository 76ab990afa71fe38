"""Terms as one reads them: numbered clauses, each with its plain-English summary, and the figures at the end."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause with its figures filled in.

    :ivar key: stays the same from version to version, so that two versions can be laid side by side
    :ivar number: 3, or A2 in an annex
    :ivar text: paragraphs with a blank line between them; lines that begin with “- ” are a list
    """

    key: str
    number: str
    heading: str
    text: str
    summary: str = ""

    def paragraphs(self) -> list[str]:
        return [part.strip() for part in re.split(r"\n\s*\n", self.text) if part.strip()]


@dataclass(frozen=True, slots=True)
class Part:
    """The terms themselves, or an annex to them."""

    title: str
    clauses: tuple[Clause, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text.

    :ivar parts: the terms first, then the annexes that hold for the reader
    :ivar figures: (label, value) of each, as the software applies them
    :ivar introduction: HTML of older texts that have no clauses
    """

    title: str
    version: str
    parts: tuple[Part, ...]
    figures: tuple[tuple[str, str], ...] = ()
    introduction: str = ""
    notice: str = ""
    summary: str = field(default="")

    def clauses(self) -> list[Clause]:
        return [clause for part in self.parts for clause in part.clauses]

    def html(self) -> str:
        """For a page, a mail and paper; every word of a person is escaped, but the introduction, which is HTML."""
        pieces = [f"<h2>{escape(self.title)}, version {escape(self.version)}</h2>"]
        pieces += [f"<p><strong>{escape(self.notice)}</strong></p>"] if self.notice else []
        pieces += [f"<p>{escape(self.summary)}</p>"] if self.summary else []
        pieces += [self.introduction] if self.introduction else []
        pieces += [_part(part, is_annex=number > 0) for number, part in enumerate(self.parts)]
        pieces += [_figures(self.figures)] if self.figures else []
        return "\n".join(pieces)

    def brief(self) -> str:
        """The summaries alone, in the order of the clauses."""
        lines = [f"<p><strong>{escape(clause.number)}. {escape(clause.heading)}.</strong> {escape(clause.summary)}</p>" for clause in self.clauses() if clause.summary]
        return "\n".join(lines)


def letters(number: int) -> str:
    """0 as A, 25 as Z, 26 as AA."""
    head, last = divmod(number, 26)
    return (letters(head - 1) if head else "") + chr(ord("A") + last)


def numbered(clauses: Iterable[tuple[str, str, str, str]], prefix: str = "") -> tuple[Clause, ...]:
    """Clauses in their order, from (key, heading, text, summary)."""
    return tuple(Clause(key, f"{prefix}{number}", heading, text, summary) for number, (key, heading, text, summary) in enumerate(clauses, 1))


def _part(part: Part, is_annex: bool) -> str:
    head = f"<h3>{escape(part.title)}</h3>" if is_annex else ""
    note = f"<p>{escape(part.note)}</p>" if part.note else ""
    return head + note + "\n".join(_clause(clause, "h4" if is_annex else "h3") for clause in part.clauses)


def _clause(clause: Clause, tag: str) -> str:
    summary = f'<p class="wcm_clause_summary"><em>In short: {escape(clause.summary)}</em></p>' if clause.summary else ""
    numbers = clause.paragraphs()
    words = "".join(_paragraph(text, f"{clause.number}.{number}" if len(numbers) > 1 else "") for number, text in enumerate(numbers, 1))
    return f'<div class="wcm_clause"><{tag}>{escape(clause.number)}. {escape(clause.heading)}</{tag}>{summary}{words}</div>'


def _paragraph(text: str, number: str) -> str:
    lines = [line.strip() for line in text.splitlines()]
    plain = " ".join(line for line in lines if not line.startswith("- "))
    points = "".join(f"<li>{escape(line[2:])}</li>" for line in lines if line.startswith("- "))
    words = f"{number} {plain}".strip()
    return (f"<p>{escape(words)}</p>" if words else "") + (f"<ul>{points}</ul>" if points else "")


def _figures(figures: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>' for label, value in figures)
    return f'<h3>The figures in these terms</h3><table class="wcm_terms_figures"><tbody>{rows}</tbody></table>'
