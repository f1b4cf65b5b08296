"""Each rung of the ladder, and that the highest one that holds is given."""

from __future__ import annotations

import random
import re

import pytest

from onrecord.check import FINDINGS, LADDER, Named
from onrecord.check.ladder import Told, hold, may_hold
from tests.check.briefing import LINDQVIST, OSTROW, TEXT, found, original, transcript

GRAIN = "The president will not sign the grain treaty before Friday"


def test_the_rungs() -> None:
    rungs = [
        found(GRAIN + "."),
        found(GRAIN.replace("grain ", "[...] ")),
        found(GRAIN.replace("grain ", "")),
        found(GRAIN.replace("grain", "wheat")),
        found(f"{GRAIN}. The engineers told us that the western arch could carry twice the weight."),
        found("The authority of the port co-operated excellently; the arch to the west would carry weights twice as "
              "big, engineers told the ministry."),
        found("Nobody in the valley asked for anything but bread and wine and music."),
    ]  # fmt: skip
    assert tuple(finding.verdict for finding in rungs) == LADDER
    assert all(finding.passage and TEXT[slice(*finding.passage)] for finding in rungs[:-1])
    assert rungs[-1].passage is None and rungs[-1].original is None and rungs[-1].confidence == 0


def test_marks_are_borne_out_by_the_record() -> None:
    assert found("The president … before Friday").verdict == "marked"
    assert found("The president [of Velmark] will not sign").verdict == "marked"
    assert found("The president … will not sign … the grain pact").verdict == "altered"


def test_a_mark_does_not_hide_a_word_left_out_elsewhere() -> None:
    assert found("The president … sign the treaty before Friday").verdict == "trimmed"


def test_words_left_out_in_a_row() -> None:
    few = "the council voted last week and the drawings were sent to the contractors in Velmark"
    many = "The engineers told us that the western arch could carry twice the weight. the council voted last week to"
    assert found(few).verdict == "trimmed"
    assert found(many).verdict == "spliced"


def test_two_turns_run_together_are_spliced_though_close() -> None:
    together = "I would not say that. The engineers told us. We first closed the sluice and then opened the gate"
    assert found(together, Named()).verdict in ("spliced", "not found")
    assert found("I have organised three meetings with the fishermen. On the schools, the council voted last week to",
                 Named()).verdict == "spliced"  # fmt: skip


def test_words_of_another_are_elsewhere() -> None:
    finding = found("We first closed the sluice and then opened the northern gate")
    assert (finding.verdict, finding.said_by) == ("elsewhere", "MR. OSTROW")
    question = found("Has the cabinet underestimated how much these repairs would cost every family in Dravik?")
    assert (question.verdict, question.said_by) == ("elsewhere", "Q")
    assert found("Has the cabinet underestimated how much these repairs would cost?", Named()).verdict == "verbatim"


def test_what_somebody_should_look_into() -> None:
    assert {"altered", "spliced", "elsewhere", "not found"} == FINDINGS


def test_too_few_common_words_are_not_the_quote_altered() -> None:
    assert found("The minister will not join the navy before autumn or the army after it").verdict == "not found"


def test_the_share_of_words_is_the_confidence() -> None:
    assert found(GRAIN).confidence == 1
    assert found(GRAIN.replace("grain", "wheat")).confidence == 0.9


def test_a_record_without_speakers() -> None:
    text = "Statement of the ministry.\n\nThe tunnel is complete. The drawings were sent to Velmark on Monday."
    finding = found("The drawings were sent to Velmark on Tuesday", held=[original(transcript(text, "statement"))])
    assert (finding.verdict, finding.said_by) == ("altered", None)


def test_each_speaker_s_own_words() -> None:
    assert found("my colleague is too modest", OSTROW).verdict == "verbatim"
    assert found("my colleague is too modest", LINDQVIST).verdict == "elsewhere"


def some_quotes() -> list[str]:
    """Stretches of the briefing in which more or fewer words are others."""
    chance = random.Random(7)
    said = re.findall(r"\S+", TEXT.replace("\n", " "))
    other = re.findall(
        r"\S+",
        "Nobody in the valley asked anyone for more than can't, wo n't, every one and Mister 14,000 cafés "
        "per cent, $5m of O'Hallen",
    )
    quotes = []
    for _ in range(400):
        at, far, length = (chance.randrange(n) for n in (len(said), len(said), 24))
        words = said[at : at + length + 3] + (said[far : far + length] if chance.random() < 0.3 else [])
        share = chance.random()
        quotes.append(" ".join(chance.choice(other) if chance.random() < share else word for word in words))
    return quotes


def test_a_quote_is_passed_over_early_only_where_it_stands_on_no_rung(monkeypatch: pytest.MonkeyPatch) -> None:
    quotes = some_quotes()
    passages = tuple(original(transcript(TEXT)).passages)
    early = [hold(Told(quote, ()), passages) for quote in quotes]
    monkeypatch.setattr(Told, "may_be_in", lambda told, text: True)
    assert [hold(Told(quote, ()), passages) for quote in quotes] == early
    assert len({held.rung for held in early if held}) > 3 and None in early


def test_what_has_too_few_words_of_a_record_needs_not_be_laid_against_it() -> None:
    passages = tuple(original(transcript(TEXT)).passages)
    chance = random.Random(11)
    passed = 0
    for quote in some_quotes():
        words = quote.split(" ")
        at = chance.randrange(len(words))
        words[at] = chance.choice(
            (words[at], "…", "(sic)", "[he]", f"[{words[at][:1]}]{words[at][1:]}", "U.S....", "***")
        )
        text = " ".join(words)
        half = len(" ".join(words[: at + 1]))
        for pieces in ((), ((0, half),), ((0, half), (half, len(text)))):
            may = may_hold(text, pieces, passages)
            passed += not may
            assert may or hold(Told(text, pieces), passages) is None
    assert passed > 100


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("we gave O'Hallen the wheat", "We gave OHallen the grain."),
        ("we gave the $5m to Brandt", "We gave the $5 m to Lindqvist."),
        ("it was seven per cent of the wheat", "It was 7% of the grain."),
    ],
)
def test_words_that_signs_or_blanks_alone_tell_apart_are_not_lost(quote: str, said: str) -> None:
    passages = tuple(original(transcript(f"MS. LINDQVIST: {said}")).passages)
    held = hold(Told(quote, ()), passages)
    assert held is not None and held.rung == "altered"
