# mypy: disable-error-code="import-not-found, untyped-decorator"
from decimal import Decimal

import pytest
from clauses.compare import compare, html, words
from clauses.document import Document, Part, letters, numbered
from clauses.levy import Tariff, Tier
from clauses.words import UnknownPlaceholder, check, fill, levy, names_in, plain, waiver
from hypothesis import given
from hypothesis import strategies as st


def document(*clauses: tuple[str, str, str], figures: tuple[tuple[str, str], ...] = (), annex: tuple[tuple[str, str, str], ...] = ()) -> Document:
    parts = [Part("Terms", numbered((key, heading, text, "") for key, heading, text in clauses))]
    if annex:
        parts.append(Part("Annex A", numbered(((key, heading, text, "") for key, heading, text in annex), "A")))
    return Document("Terms", "1", tuple(parts), figures)


def test_a_figure_stands_where_its_name_stood() -> None:
    assert fill("Paid within {payment_days}.", {"payment_days": "30 days"}) == "Paid within 30 days."
    assert names_in("{a} and {b} and {a}") == {"a", "b"}


@pytest.mark.parametrize("text", ["{unknown}", "{}", "a { b", "a } b", "{{a}}", "{a.__class__}", "{a!r}", "{a:>9}", "{0}", "{ a }"])
def test_anything_else_between_braces_is_refused(text: str) -> None:
    with pytest.raises(UnknownPlaceholder):
        check(text, {"a"})


@given(st.text())
def test_a_text_is_refused_or_filled_and_never_fails_otherwise(text: str) -> None:
    try:
        fill(text, {"a": "{b}"})
    except UnknownPlaceholder as unknown:
        assert unknown.name


def test_a_figure_that_looks_like_a_name_is_not_filled_again() -> None:
    assert fill("{a}", {"a": "{b}", "b": "no"}) == "{b}"


@pytest.mark.parametrize(("number", "text"), [("3.00", "3"), ("2.50", "2.5"), ("100000", "100,000"), ("0", "0"), ("10", "10")])
def test_figures_are_written_as_one_says_them(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


def test_the_levy_in_words() -> None:
    tiers = Tariff("tiers", tiers=(Tier(Decimal(0), Decimal(5)), Tier(Decimal(10_000), Decimal("2.5"))))
    assert levy(Tariff(percent=Decimal(3)), "£") == "3% of the price of what was received and accepted"
    assert levy(Tariff("per_part", per_part=Decimal("1.5")), "£").startswith("£1.50 for each component")
    assert levy(tiers, "£").startswith("5% from £0 to £10,000 and 2.5% above £10,000, of the price")
    assert waiver(True, True) == "No levy is taken on orders that a member on probation or a charity agrees to."


def test_clauses_and_their_paragraphs_are_numbered() -> None:
    text = document(("a", "Why", "One.\n\nTwo:\n- this\n- that"), ("b", "Pay", "Once."), annex=(("c", "Here", "Local."),)).html()
    for words_in_it in ("1. Why", "1.1 One.", "1.2 Two:", "<li>that</li>", "2. Pay", "<p>Once.</p>", "A1. Here"):
        assert words_in_it in text
    assert [letters(number) for number in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]


def test_what_a_person_writes_is_never_markup() -> None:
    assert "<script>" not in document(("a", "<script>", "<script>alert()</script>"), figures=(("<script>", "<script>"),)).html()


def test_two_versions_clause_by_clause() -> None:
    old = document(("a", "Why", "To build."), ("b", "Pay", "Within 30 days."), ("c", "Gone", "Was here."), figures=(("Days", "30"), ("Cap", "1")))
    new = document(("n", "New", "Comes."), ("a", "Why", "To build."), ("b", "Pay", "Within 14 days."), figures=(("Days", "14"), ("Cap", "1")))
    rows = compare(old, new)
    assert [row.status for row in rows] == ["added", "moved", "changed", "removed", "changed"]
    assert rows[2].text == (("same", "Within"), ("removed", "30"), ("added", "14"), ("same", "days."))
    shown = html(rows, only_changes=True)
    assert "[− 30]" in shown and "[+ 14]" in shown and "To build." not in shown


def test_a_clause_written_anew_under_its_heading_is_the_same_clause() -> None:
    rows = compare(document(("a", "Pay", "Within 30 days.")), document(("z", "pay", "Within 30 days.")))
    assert [row.status for row in rows] == ["changed"]


def test_equal_versions_have_no_difference() -> None:
    one = document(("a", "Why", "To build."))
    assert html(compare(one, one), only_changes=True) == "<p>Nothing is different.</p>"


@given(st.lists(st.sampled_from("abc"), max_size=20), st.lists(st.sampled_from("abc"), max_size=20))
def test_both_texts_can_be_read_out_of_the_comparison(old: list[str], new: list[str]) -> None:
    runs = words(" ".join(old), " ".join(new))
    for kind, text in (("removed", old), ("added", new)):
        assert " ".join(said for run, said in runs if run in ("same", kind)).split() == text
