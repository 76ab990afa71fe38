"""Two versions side by side, clause by clause, word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from .document import Clause, Document

Run = tuple[str, str]  # (“same”, “added” or “removed”, words)


@dataclass(frozen=True, slots=True)
class Row:
    """One clause of either version, or of both.

    :ivar status: same, changed, moved (another number only), added, removed
    """

    status: str
    old_number: str
    new_number: str
    heading: tuple[Run, ...]
    text: tuple[Run, ...]


def words(old: str, new: str) -> tuple[Run, ...]:
    """What stays, goes and comes, in the order in which one reads; runs of one kind are joined."""
    before, after = old.split(), new.split()
    runs: list[Run] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(("same", " ".join(before[i:j])))
            continue
        runs += [("removed", " ".join(before[i:j]))] if j > i else []
        runs += [("added", " ".join(after[k:m]))] if m > k else []
    return tuple(runs)


def compare(old: Document, new: Document) -> list[Row]:
    """The clauses of the new version in their order, then those that went, then the figures that changed."""
    before = {clause.key: clause for clause in old.clauses()}
    pairs = [(_partner(clause, before, new), clause) for clause in new.clauses()]
    kept = {partner.key for partner, _clause in pairs if partner}
    rows = [_row(partner, clause) for partner, clause in pairs]
    rows += [_row(clause, None) for clause in old.clauses() if clause.key not in kept]
    return rows + _figure_rows(old, new)


def _partner(clause: Clause, before: dict[str, Clause], new: Document) -> Clause | None:
    """The clause as it was: by its key, else by its heading where no clause has that key now."""
    if clause.key in before:
        return before[clause.key]
    now = {other.key for other in new.clauses()}
    alike = [other for other in before.values() if other.key not in now and other.heading.casefold() == clause.heading.casefold()]
    return alike[0] if len(alike) == 1 else None


def _row(old: Clause | None, new: Clause | None) -> Row:
    heading = words(old.heading if old else "", new.heading if new else "")
    text = words(old.text if old else "", new.text if new else "")
    return Row(_status(old, new, (*heading, *text)), old.number if old else "", new.number if new else "", heading, text)


def _status(old: Clause | None, new: Clause | None, runs: Sequence[Run]) -> str:
    if not old or not new:
        return "added" if new else "removed"
    if any(kind != "same" for kind, _words in runs):
        return "changed"
    return "same" if old.number == new.number else "moved"


def _figure_rows(old: Document, new: Document) -> list[Row]:
    before, after = dict(old.figures), dict(new.figures)
    changed = [label for label in {**after, **before} if before.get(label) != after.get(label)]
    return [Row("changed", "", "", (("same", label),), words(before.get(label, ""), after.get(label, ""))) for label in changed]


STATUS_WORDS = {"same": "As before", "changed": "Changed", "moved": "As before, another number", "added": "New", "removed": "Gone"}


def html(rows: Sequence[Row], only_changes: bool = False) -> str:
    """Words that came are underlined and in brackets with a plus, those that went struck through with a minus: colour is not needed."""
    shown = [row for row in rows if not only_changes or row.status not in ("same", "moved")]
    if not shown:
        return "<p>Nothing is different.</p>"
    return "\n".join(_row_html(row) for row in shown)


def _row_html(row: Row) -> str:
    number = row.new_number or row.old_number
    was = f" (was {row.old_number})" if row.old_number and row.new_number and row.old_number != row.new_number else ""
    head = f"{escape(f'{number}. ' if number else '')}{_runs(row.heading, row.status)}{escape(was)}"
    return f'<div class="wcm_clause wcm_clause_{row.status}"><h4>{head}: {STATUS_WORDS[row.status]}</h4><p>{_runs(row.text, row.status)}</p></div>'


def _runs(runs: Sequence[Run], status: str) -> str:
    """A clause that is wholly new or gone says so once, in its heading."""
    whole = status in ("added", "removed")
    return " ".join(_run(kind, text, whole) for kind, text in runs)


def _run(kind: str, text: str, whole: bool) -> str:
    tag = {"added": "ins", "removed": "del"}.get(kind)
    if not tag:
        return escape(text)
    sign = "" if whole else "+ " if kind == "added" else "− "
    return f"<{tag}>{'' if whole else '['}{sign}{escape(text)}{'' if whole else ']'}</{tag}>"
