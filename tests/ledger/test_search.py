"""The search for a quote's original among many passages: by runs of words, or by rare ones."""

from __future__ import annotations

import msgspec

from onrecord.check import LONGEST, Named, Original, Quote
from onrecord.ledger import Ledger, record_of
from onrecord.ledger.spoken import COMMON, Search, keep_spoken, spoken
from onrecord.nouns import Document, Source, Sourced
from onrecord.page import read_page


def transcript(name: str, *said: str) -> Document:
    turns = "\n\n".join(f"MS. LINDQVIST:  {each}\n\nQ  And then?" for each in said)
    return read_page(Source(raw=f"MS. LINDQVIST:  Good morning.\n\nQ  Yes?\n\n{turns}".encode(), id=name))


FILLING = "We are looking at the numbers very closely and will come back to you."
SAID = ["The survey of the tunnel is complete.", "The drawings were sent to the contractors in Velmark on Monday."]


def ledger() -> Ledger:
    return record_of(
        [transcript("a", FILLING, *SAID), transcript("b", FILLING, "The ferry sails."), transcript("c", *SAID)]
    )


def originals(ledger: Ledger, quote: Quote) -> list[Original]:
    return Search(ledger.connection, "passages", quote, None).sharing()


def alike(ledger: Ledger, quote: Quote) -> list[Original]:
    return Search(ledger.connection, "passages", quote, None).alike()


def names(ledger: Ledger, quote: str, transcript: str | None = None) -> list[str]:
    return [each.document for each in originals(ledger, Quote("q", quote, transcript=transcript))]


def test_runs_of_words_find_documents_and_their_passages() -> None:
    record = ledger()
    assert names(record, "The drawings were sent to the contractors") == ["a", "c"]
    [held] = originals(record, Quote("q", "the ferry sails"))
    assert held.document == "b" and set(held.labels) == {"MS. LINDQVIST", "Q"}
    assert any("ferry" in passage.text for passage in held.passages)
    assert names(record, "lanterns and pumpkins by night") == []


def test_passages_before_and_behind_come_too() -> None:
    [held] = originals(ledger(), Quote("q", "the ferry sails"))
    numbers = [passage.number for passage in held.passages]
    assert numbers == sorted(numbers) and len(numbers) > 1


def test_the_transcript_that_is_named() -> None:
    assert names(ledger(), SAID[1], transcript="c") == ["c"]
    assert names(ledger(), SAID[1], transcript="unknown") == [], "one that the ledger has not"


def test_two_words_are_found_by_themselves() -> None:
    assert names(ledger(), "Velmark contractors") == ["a", "c"]


def test_other_words_are_found_by_the_rarest() -> None:
    quote = Quote("q", "Contractors from Velmark received drawings on a Monday, and surveys of tunnels were complete")
    assert {each.document for each in alike(ledger(), quote)} >= {"a", "c"}
    assert alike(ledger(), Quote("q", "it is so")) == []


def test_a_run_that_everybody_says_does_not_hide_the_rest() -> None:
    many = [transcript(f"x{n}", FILLING) for n in range(COMMON + 20)]
    record = record_of([*many, transcript("z", f"{FILLING} The lighthouse of Orvik is dark.")])
    quote = Quote("q", f"{FILLING} The lighthouse of Orvik is dark.", Named(("MS. LINDQVIST",)))
    finding = spoken(record, quote)
    assert finding.verdict == "verbatim" and finding.original is not None and finding.original.document == "z"


def test_what_was_read_again_replaces_what_was_kept() -> None:
    record = ledger()
    with record.writing() as connection:
        keep_spoken(connection, 2, transcript("b", "The lighthouse is dark."))
    assert names(record, "the ferry sails") == [] and names(record, "the lighthouse is dark") == ["b"]


def test_a_quote_that_is_longer_than_is_checked() -> None:
    quote = Quote("q", "the ferry sails " * LONGEST)
    assert originals(ledger(), quote) == [] == alike(ledger(), quote)


def test_the_named_speaker_s_own_words_are_found_among_many_others_in_any_order() -> None:
    said = "The drawings of the tunnel were sent to the contractors on Monday."
    others = [transcript(f"x{n}", said) for n in range(COMMON + 60)]
    own = read_page(
        Source(raw=f"MS. BERG:  {said}\n\nQ  Why?\n\nMS. BERG:  Ask them.\n\nMR. TAVI:  Yes.".encode(), id="own")
    )
    for documents in ([own, *others], [*others, own]):
        finding = spoken(record_of(documents), Quote("q", said, Named(("Ida Berg",))))
        assert finding.original is not None and (finding.verdict, finding.original.document) == ("verbatim", "own")


def test_what_came_later_hides_nothing_as_of_a_day() -> None:
    said = "The drawings of the tunnel were sent to the contractors on Monday."
    later = [
        msgspec.structs.replace(transcript(f"x{n}", said), published=day("2031-05-01")) for n in range(COMMON + 60)
    ]
    early = msgspec.structs.replace(transcript("early", said), published=day("2031-02-10"))
    finding = spoken(record_of([*later, early]), Quote("q", said), as_of="2031-02-28")
    assert finding.original is not None and (finding.verdict, finding.original.document) == ("verbatim", "early")


def day(value: str) -> Sourced:
    return Sourced(value=value, source="given", confidence=1.0)
