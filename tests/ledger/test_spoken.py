"""What was said, found by what was printed of it: among transcripts, then among other articles."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from onrecord.check import Named, Quote, passages_of
from onrecord.ledger import Ledger, checked, record_of
from onrecord.ledger.spoken import find_spoken, keep_heard
from onrecord.ledger.store import packed
from onrecord.nouns import Document, Reading, Source
from onrecord.page import read_page
from tests.ledger.keeping import NEW, filled, reading_of
from tests.ledger.test_copies import story


def transcript(name: str, day: str | None, *turns: str, title: str | None = None) -> Document:
    text = "\n\n".join(turns)
    return read_page(Source(raw=text.encode(), media="text", id=name, published=day, title=title))


HARBOUR = transcript(
    "harbour",
    "2031-03-02",
    "MS. ROUX:  The harbour will close on Friday, and the ferries will not sail before Monday.",
    "Q  Will the fishing fleet be paid for the days it loses?",
    "MS. ROUX:  The fleet will be paid in full.  (Laughter.)  We have set aside nine million crowns for it.",
    "MR. TAVI:  I would add that the money comes from the harbour fund, not from the budget.",
    title="Press briefing by spokeswoman Elin Roux",
)
BUDGET = transcript(
    "budget",
    "2031-05-20",
    "MR. TAVI:  The harbour will close on Friday, and the ferries will not sail before Monday.",
    "Q  You said that in March too.",
    "MR. TAVI:  I did, and I was right in March as well.",
)


@pytest.fixture
def record() -> Ledger:
    return record_of([HARBOUR, BUDGET])


def test_a_quote_finds_its_passage_and_its_speaker(record: Ledger) -> None:
    found = checked(record, Quote("q", "We have set aside nine million crowns for it,", Named(("Elin Roux",))))
    assert (found.verdict, found.said_by) == ("verbatim", "MS. ROUX")
    assert found.original is not None and found.passage is not None
    assert found.original.document == "harbour"
    assert HARBOUR.text[slice(*found.passage)] == "We have set aside nine million crowns for it"


def test_the_same_words_of_two_people_are_told_apart_by_the_speaker(record: Ledger) -> None:
    words = "The harbour will close on Friday, and the ferries will not sail before Monday."
    for name, document in (("Elin Roux", "harbour"), ("Jan Tavi", "budget")):
        found = checked(record, Quote("q", words, Named((name,))))
        assert found.original is not None
        assert (found.verdict, found.original.document) == ("verbatim", document)
    early = checked(record, Quote("q", words, day="2031-03-03"))
    assert early.original is not None and early.original.document == "harbour"


def test_a_transcript_that_the_quote_names_is_the_only_one_that_counts(record: Ledger) -> None:
    words = "We have set aside nine million crowns for it."
    assert checked(record, Quote("q", words, transcript="harbour")).verdict == "verbatim"
    assert checked(record, Quote("q", words, transcript="budget")).verdict == "not found"
    nowhere = checked(record, Quote("q", words, transcript="nowhere"))
    assert nowhere.verdict == "not found" and nowhere.note == "the record has no transcript nowhere"


def test_words_published_later_are_not_known_yet(record: Ledger) -> None:
    words = "I did, and I was right in March as well."
    assert checked(record, Quote("q", words), as_of="2031-05-19").verdict == "not found"
    assert checked(record, Quote("q", words), as_of="2031-05-20").verdict == "verbatim"


def test_a_short_quote_is_found_by_its_words(record: Ledger) -> None:
    assert checked(record, Quote("q", "harbour fund")).verdict == "verbatim"
    assert checked(record, Quote("q", "lighthouse fund")).verdict == "not found"


def test_every_sentence_of_many_speeches_is_found_in_its_own() -> None:
    speeches = [transcript(f"s{seed}", None, story(seed, 1200)) for seed in range(1, 25)]
    record = record_of(speeches)
    random = Random(5)
    for speech in random.sample(speeches, 12):
        words = speech.text.split()
        at = random.randrange(len(words) - 30)
        found = checked(record, Quote("q", " ".join(words[at : at + 14])))
        assert found.original is not None
        assert (found.verdict, found.original.document) == ("verbatim", speech.id)


def test_a_passage_is_a_slice_of_its_document_in_one_turn() -> None:
    for document in (HARBOUR, BUDGET, transcript("long", None, story(3, 3000).replace("\n\n", " "))):
        passages = passages_of(document)
        assert [each.number for each in passages] == list(range(len(passages)))
        for each in passages:
            assert document.text[each.start : each.end] == each.text and len(each.text) <= 1600
            assert not each.text.startswith(("MS.", "MR.", "Q "))


def direct(document: Document) -> Reading:
    """A reading of an article that is one direct quotation from its first sign to its last."""
    given = reading_of(Source(raw=document.text.encode(), id=document.id, published="2031-03-03"))
    return replace(given, document=document, statements=(replace(given.statements[0], form="direct"),))


def test_what_no_transcript_has_is_looked_for_in_other_articles(record: Ledger) -> None:
    text = "“The lighthouse will be sold before the autumn,” Aune said."
    article = read_page(Source(raw=text.encode(), media="text", id="courier", published="2031-04-01"))
    with record.writing() as connection:
        connection.execute(
            "INSERT INTO documents (id, digest, name, original, observed) VALUES (9, x'09', 'courier', x'', '')"
        )
        keep_heard(connection, 9, direct(article))
    quote = Quote("q", "The lighthouse will be sold before the winter,")
    found = checked(record, quote)
    assert found.original is not None
    assert (found.verdict, found.original.record, found.original.document) == ("altered", "print", "courier")
    assert checked(record, quote, article="courier").verdict == "not found"


def test_a_ledger_of_older_rules_is_brought_up(tmp_path: Path, read_by_hand: None) -> None:
    ledger, _ = filled(tmp_path / "a.ledger")
    with ledger:
        with ledger.writing() as connection:
            connection.execute(
                "INSERT INTO documents (id, digest, name, original, observed) VALUES (1, x'01', 'harbour', x'', '')"
            )
            connection.execute("INSERT INTO readers (id, version, models) VALUES (99, '0', '{}')")
            body = packed(Reading(reader=NEW, document=HARBOUR))
            connection.execute("INSERT INTO readings (document, reader, body, observed) VALUES (1, 99, ?, '')", (body,))
        assert checked(ledger, Quote("q", "nine million crowns for it")).verdict == "not found"
        find_spoken(ledger)
        find_spoken(ledger)
        assert checked(ledger, Quote("q", "nine million crowns for it")).verdict == "verbatim"
        (count,) = ledger.connection.execute("SELECT count(*) FROM passages").fetchone()
        assert count == len(passages_of(HARBOUR))


def test_a_second_reading_takes_the_place_of_the_first(record: Ledger) -> None:
    shorter = transcript(
        "harbour", "2031-03-02", "MS. ROUX:  Nothing of this is true.", "MR. TAVI:  Nothing.", "Q  Oh?"
    )
    with record.writing() as connection:
        from onrecord.ledger.spoken import keep_spoken

        keep_spoken(connection, 1, shorter)
    assert checked(record, Quote("q", "nine million crowns for it")).verdict == "not found"
    assert checked(record, Quote("q", "Nothing of this is true.")).verdict == "verbatim"
