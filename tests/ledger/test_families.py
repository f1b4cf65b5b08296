"""One quote across outlets: who printed it first, and what each of the others made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from onrecord.check import Named, Quote
from onrecord.ledger import Ledger, add, families, family, record_of
from onrecord.ledger.spoken import RULES, keep_quote
from onrecord.nouns import Block, Kept, Reader, Reading, Source
from tests.ledger.keeping import NEW, NOON, OLD, filled, reading_of, source
from tests.ledger.test_spoken import BUDGET, HARBOUR

CLOSED = "The harbour will close on Friday"
PRINTS = (
    (
        "courier",
        "The Courier",
        "2031-03-02",
        "The harbour will close on Friday, and the ferries will not sail before Monday.",
    ),
    ("gazette", "Gazette", "2031-03-03", "the ferries will not sail before Monday"),
    ("post", "The Post", "2031-03-04", "The harbour will close on Friday, and the ferries will sail before Monday"),
    (
        "radio",
        "Radio Sund",
        None,
        "The harbour may close on Friday [2 March], and the ferries will not sail before Monday",
    ),
    ("other", "The Post", "2031-03-05", "The lighthouse will be sold before the autumn, and its keeper with it"),
    ("copy", "Harbour FM", "2031-03-06", "The lighthouse will be sold before the winter, and its keeper with it"),
)


def printed(ledger: Ledger) -> Ledger:
    with ledger.writing() as connection:
        for number, (name, outlet, day, words) in enumerate(PRINTS, 10):
            connection.execute(
                "INSERT INTO documents (id, digest, name, outlet, published, original, observed, heard) "
                "VALUES (?, ?, ?, ?, ?, x'', '', ?)",
                (number, name.encode(), name, outlet, day, RULES),
            )
            keep_quote(connection, number, Quote("s1", words, Named(("Elin Roux",)), at=7, day=day))
    return ledger


@pytest.fixture
def ledger() -> Ledger:
    return printed(record_of([HARBOUR]))


def test_prints_are_held_against_the_original(ledger: Ledger) -> None:
    found = family(ledger, "harbour close Friday ferries Monday")
    assert found is not None
    assert (found.reference.document, found.reference.record, found.said_by) == ("harbour", "transcript", "MS. ROUX")
    told = [(each.document, each.finding.verdict) for each in found.prints]
    assert told == [("courier", "verbatim"), ("gazette", "verbatim"), ("post", "trimmed"), ("radio", "altered")]
    assert found.counts == {"verbatim": 2, "trimmed": 1, "altered": 1}
    assert HARBOUR.text[slice(*found.passage)].startswith("The harbour will close")


def test_an_id_leads_to_the_same_family(ledger: Ledger) -> None:
    assert family(ledger, "post#s1") is not None
    for name in ("post#s1", "radio#s1"):
        found = family(ledger, name)
        assert found is not None and len(found.prints) == 4
    assert family(ledger, "post#s2") is None and family(ledger, "nowhere") is None


def test_without_an_original_prints_are_held_against_the_longest() -> None:
    alone = printed(record_of([BUDGET]))
    with alone.writing() as connection:
        connection.execute("DELETE FROM passages")
    found = family(alone, "gazette#s1")
    assert found is not None and (found.reference.record, found.reference.document) == ("print", "radio")
    assert {each.document for each in found.prints} == {"courier", "gazette", "post", "radio"}


def test_of_very_many_wordings_those_most_alike_are_held_against_it(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = printed(record_of([BUDGET]))
    with alone.writing() as connection:
        keep_quote(connection, 11, Quote("s2", PRINTS[0][3], Named(("Elin Roux",)), at=200))
    monkeypatch.setattr(families, "WORDINGS", 3)
    found = family(alone, "courier#s1")
    assert found is not None
    told = [(each.document, each.number) for each in found.prints]
    assert told == [("courier", "s1"), ("gazette", "s1"), ("gazette", "s2"), ("post", "s1")], "the first comes twice"


def test_an_original_of_two_prints_that_differ_is_neither(ledger: Ledger) -> None:
    found = family(ledger, "lighthouse keeper")
    assert found is not None and found.reference.record == "print"
    told = {each.document: each.finding.verdict for each in found.prints}
    assert sorted(told.values()) == ["altered", "verbatim"] and set(told) == {"other", "copy"}


def test_what_was_printed_later_is_not_known_yet(ledger: Ledger) -> None:
    found = family(ledger, "courier#s1", as_of="2031-03-03")
    assert found is not None and [each.document for each in found.prints] == ["courier", "gazette"] and found.first
    whole = family(ledger, "courier#s1")
    assert whole is not None and not whole.first, "one has no day"
    assert family(ledger, "courier#s1", as_of="2031-03-01") is None


def test_a_quote_too_short_to_be_told_from_others_has_its_page(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        keep_quote(connection, 10, Quote("s7", "You lie!", Named(("Elin Roux",)), at=90, day="2031-03-02"))
    found = family(ledger, "courier#s7")
    assert found is not None and (found.reference.document, found.passage) == ("courier", (90, 98))
    (alone,) = found.prints
    assert (alone.document, alone.number, alone.finding.verdict) == ("courier", "s7", "verbatim")


def test_a_family_that_was_worked_out_before_has_what_came_and_not_what_fell_away(tmp_path: Path) -> None:
    """Two ledgers number what they hold alike, as one does what its last document prints when that is read again."""
    words = "The harbour will close on Friday, and the ferries will not sail before Monday"

    def told(ledger: Ledger) -> list[tuple[str, str]]:
        found = family(ledger, "courier#q1")
        return [(each.document, each.finding.quote.text) for each in found.prints] if found else []

    def printing(name: str, text: str, source_of: Source | None = None, reader: Reader = OLD) -> Kept:
        given = source(name, f"“{text}.”", outlet=name)
        document = reading_of(given).document
        block = Block(kind="paragraph", span=(0, len(document.text)), source=())
        reading = Reading(reader=reader, document=replace(document, blocks=(block,)))
        return Kept(source=source_of or given, reading=reading)

    came = (printing("courier", words), printing("post", words[:40]), printing("radio", words))
    ledger, _ = filled(tmp_path / "a", *came[:2])
    with ledger, filled(tmp_path / "b", printing("courier", words), printing("post", words[30:]))[0] as another:
        before = told(ledger)
        assert [name for name, _ in before] == ["courier", "post"]
        assert told(another) != before
        list(add(ledger, came[2:], OLD, lambda: NOON))
        assert told(ledger) == [*before, ("radio", f"{words}.")]
        list(add(ledger, [printing("radio", f"{words} at noon", came[2].source, NEW)], NEW, lambda: NOON))
        assert told(ledger) == [*before, ("radio", f"{words} at noon.")]
