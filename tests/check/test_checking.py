"""One quote against several documents: which has it, in whatever order they come."""

from __future__ import annotations

from itertools import permutations

from onrecord.check import LONGEST, Named, Original, Quote, check
from tests.check.briefing import LINDQVIST, found, original, transcript

SAID = "the harbour of Dravik will stay open for the fishermen"


def spoken(name: str, words: str, speaker: str = "MS. LINDQVIST", day: str | None = "2031-03-11") -> Original:
    text = f"MS. ROE:  Good morning.\n\nQ  Why?\n\n{speaker}:  I said that {words} tonight.\n\nMS. ROE:  Thank you."
    return original(transcript(text, name, day))


def chosen(*held: Original, speaker: Named = LINDQVIST, day: str | None = None) -> str | None:
    """The document that is found, the same in every order."""
    names = set()
    for order in permutations(held):
        finding = check(Quote("q", SAID, speaker, day=day), order)
        names.add(finding.original.document if finding.original else None)
    [name] = names
    return name


def test_the_higher_rung() -> None:
    assert chosen(spoken("a", SAID.replace("open", "shut")), spoken("b", SAID)) == "b"


def test_the_speaker_s_own_words_before_the_same_words_of_another() -> None:
    assert chosen(spoken("a", SAID, "MR. OSTROW"), spoken("b", SAID)) == "b"
    assert chosen(spoken("a", SAID, "MR. OSTROW"), spoken("b", SAID.replace("will", "would"))) == "b"


def test_the_words_of_another_before_what_is_put_together() -> None:
    finding = check(Quote("q", SAID, LINDQVIST), [spoken("a", SAID, "MR. OSTROW")])
    assert (finding.verdict, finding.said_by) == ("elsewhere", "MR. OSTROW")


def test_a_named_speaker_before_somebody_unknown() -> None:
    assert chosen(spoken("a", SAID, "THE PRESIDENT"), spoken("b", SAID)) == "b"


def test_the_day_before_the_article() -> None:
    old, new, later = (
        spoken(name, SAID, day=day) for name, day in (("a", "2029-01-01"), ("c", "2031-03-10"), ("b", "2031-03-20"))
    )
    assert chosen(old, new, later, day="2031-03-11") == "c"
    assert chosen(old, later, day="2031-03-11") == "a"
    assert chosen(old, new, later) == "a", "with no day the first that said it"


def test_fewer_words_changed_before_the_day() -> None:
    near, far = SAID.replace("will", "would"), SAID.replace("will stay open", "would be shut")
    assert chosen(spoken("a", far, day="2031-03-10"), spoken("b", near, day="2031-01-01"), day="2031-03-11") == "b"


def test_equals_by_their_names() -> None:
    assert chosen(spoken("b", SAID), spoken("a", SAID), spoken("c", SAID, day=None)) == "a"


def test_others_are_asked_only_where_no_document_has_the_words() -> None:
    def never() -> list[Original]:
        raise AssertionError

    assert check(Quote("q", SAID, LINDQVIST), [spoken("a", SAID)], never).verdict == "verbatim"


def test_reworded_words_are_the_speaker_s_own() -> None:
    other = "the fishermen's harbour in Dravik stays open"
    quote = Quote("q", "Fishermen can be sure that Dravik's harbour stays open for everybody", LINDQVIST)
    assert check(quote, [], lambda: [spoken("a", other)]).verdict == "reworded"
    assert check(quote, [], lambda: [spoken("a", other, "MR. OSTROW")]).verdict == "not found"


def test_pieces_around_a_cue_are_one_quote() -> None:
    text = "The president will not sign,” she said, “the grain treaty before Friday"
    pieces = ((0, text.index(",”")), (text.index("the grain"), len(text)))
    assert found(text, pieces=pieces).verdict == "verbatim"
    assert found(text).verdict == "altered", "her cue is not hers"


def test_a_quote_that_is_too_long_is_refused_with_a_reason() -> None:
    finding = found("word " * LONGEST)
    assert finding.verdict == "not found" and "check it in parts" in finding.note
    assert found("The president will not sign").note == ""


def test_a_quote_without_words() -> None:
    for quote in ("", "   ", "… [...] “”", "[the king]"):
        finding = found(quote)
        assert (finding.verdict, finding.note) == ("not found", "there is no word in the quote outside square brackets")
