"""What holds for any quote of the briefing, however it is printed or changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onrecord.check import FINDINGS, Finding, check
from onrecord.check.checking import Quote
from onrecord.check.printed import printed
from onrecord.check.weight import content, turns_round
from onrecord.check.words import keys_of, words_of
from tests.check.briefing import BRIEFING, LINDQVIST, OSTROW, TEXT, found, original, transcript

SPOKEN = [
    ("The president will not sign the grain treaty before Friday. He's going to meet Senator", LINDQVIST),
    (
        "we've spent 1,250 crowns on the bridge, and all of the money was ours. I can’t promise that the Dalgard",
        LINDQVIST,
    ),
    ("I would add one thing, because my colleague is too modest. Our people worked through the night", OSTROW),
    ('The mayor said "we owe you everything" and I think she meant it. We first closed the sluice and then', OSTROW),
    ("As for the railway, the survey of the tunnel is complete and the drawings were sent to the", LINDQVIST),
]
HONEST = ("verbatim", "marked")
OTHERS = ["lantern", "pumpkin", "Orvik", "whistled", "7,777"]
few = settings(max_examples=60, deadline=None)


@st.composite
def runs(draw: st.DrawFn, least: int = 8) -> tuple[list[str], object]:
    """Words in a row of what somebody said, as they stand in the briefing."""
    text, speaker = draw(st.sampled_from(SPOKEN))
    words = text.split()
    start = draw(st.integers(0, len(words) - least))
    end = draw(st.integers(start + least, len(words)))
    around = " ".join([*words[max(0, start - 1) : start], *words[end : end + 1]])
    assume(not turns_round(keys_of(around)))  # what is cut off there is told
    return words[start:end], speaker


def of(quote: str, speaker: object) -> Finding:
    finding = found(quote, speaker)  # type: ignore[arg-type]
    whole(quote, finding)
    return finding


def whole(quote: str, finding: Finding) -> None:
    """Spans give their words on both sides; every word of the quote is either the record's or in an edit."""
    for edit in finding.edits:
        assert " ".join(quote[slice(*edit.quote)].split()) == " ".join(edit.quote_words.split())
        assert " ".join(TEXT[slice(*edit.passage)].split()) == edit.passage_words or edit.why == "place"
    if finding.passage is None:
        return
    passage = {word.key for word in words_of(TEXT[slice(*finding.passage)])}
    for item in printed(quote):
        changed = any(edit.quote[0] <= item.start and item.end <= edit.quote[1] for edit in finding.edits)
        assert changed or (item.kind == "word" and item.key in passage) or finding.verdict in ("spliced", "reworded")


TYPOGRAPHY: list[Callable[[str], str]] = [
    lambda text: text.replace("'", "’").replace("\"", "”"),
    lambda text: text.replace("’", "'"),
    lambda text: text.replace("’", "ʼ"),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "\r\n", 3),
    lambda text: text.replace(" and ", " – and "),
    lambda text: text.replace(". ", " — "),
    lambda text: text.replace(", ", " "),
    lambda text: text.rstrip(".") + ",",
    lambda text: text + "?",
    lambda text: text[0].swapcase() + text[1:],
    lambda text: "“" + text + "”",
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace("s", "s\u00ad", 2),
    lambda text: "\u200f" + text + "\u200e",
]  # fmt: skip


@given(runs(), st.lists(st.sampled_from(range(len(TYPOGRAPHY))), max_size=5))
@few
def test_typography_never_lowers_a_verdict(run: tuple[list[str], object], changes: list[int]) -> None:
    quote = " ".join(run[0])
    for number in changes:
        quote = TYPOGRAPHY[number](quote)
    finding = of(quote, run[1])
    assert finding.verdict == "verbatim" and all(edit.weight in ("none", "sense") for edit in finding.edits)


@given(runs())
@few
def test_the_transcript_s_typography_never_lowers_a_verdict(run: tuple[list[str], object]) -> None:
    other = BRIEFING.replace("'", "’").replace("Karsten", "Ka\u00adrsten").replace(" the ", " –\u00a0the ")
    held = [original(transcript(unicodedata.normalize("NFD", other)))]
    assert found(" ".join(run[0]), run[1], held=held).verdict == "verbatim"  # type: ignore[arg-type]


@given(runs(), st.data())
@few
def test_another_word_of_content_is_never_honest(run: tuple[list[str], object], data: st.DataObject) -> None:
    words, speaker = run
    places = [n for n, word in enumerate(words) if content([word.casefold().strip('.,"')])]
    place, other = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(OTHERS))
    finding = of(" ".join([*words[:place], other, *words[place + 1 :]]), speaker)
    assert finding.verdict not in HONEST and finding.verdict != "trimmed"
    assert any(other in edit.quote_words for edit in finding.edits)


@given(runs(), st.data())
@few
def test_a_word_more_is_never_honest(run: tuple[list[str], object], data: st.DataObject) -> None:
    words, speaker = run
    place, other = data.draw(st.integers(0, len(words))), data.draw(st.sampled_from([*OTHERS, "scarcely", "an"]))
    assert of(" ".join([*words[:place], other, *words[place:]]), speaker).verdict in FINDINGS


@given(runs(), st.data())
@few
def test_a_word_less_is_never_honest(run: tuple[list[str], object], data: st.DataObject) -> None:
    words, speaker = run
    place = data.draw(st.integers(1, len(words) - 2))
    finding = of(" ".join([*words[:place], *words[place + 1 :]]), speaker)
    assert finding.verdict not in HONEST
    assert any(words[place].strip('.,"’') in edit.passage_words for edit in finding.edits)


@given(runs(), st.data())
@few
def test_a_marked_elision_is_marked(run: tuple[list[str], object], data: st.DataObject) -> None:
    words, speaker = run
    start = data.draw(st.integers(2, len(words) - 4))
    end = data.draw(st.integers(start + 1, len(words) - 3))
    mark = data.draw(st.sampled_from(["…", "...", "[...]", "<…>", "* * *", "(…)"]))
    assert of(" ".join([*words[:start], mark, *words[end:]]), speaker).verdict == "marked"


@given(runs(), st.data())
@few
def test_a_marked_insertion_is_marked(run: tuple[list[str], object], data: st.DataObject) -> None:
    words, speaker = run
    place, instead = data.draw(st.integers(1, len(words) - 2)), data.draw(st.integers(0, 2))
    quote = " ".join([*words[:place], "[the old harbour]", *words[place + instead :]])
    assert of(quote, speaker).verdict == "marked"


@given(st.permutations(range(3)), runs())
@few
def test_the_order_of_documents_changes_nothing(order: list[int], run: tuple[list[str], object]) -> None:
    held = [original(transcript(BRIEFING, name, day)) for name, day in
            (("b", "2031-03-11"), ("a", "2031-03-11"), ("c", None))]  # fmt: skip
    quote = Quote("q", " ".join(run[0]), run[1], day="2031-03-12")  # type: ignore[arg-type]
    finding = check(quote, [held[n] for n in order])
    assert finding.original is not None and finding.original.document == check(quote, held).original.document  # type: ignore[union-attr]


@given(st.text(max_size=200))
@few
def test_any_quote_at_all(quote: str) -> None:
    of(quote, LINDQVIST)
