"""The story holds together: copies, quotations against the transcript, the summit's state, and no real names."""

from __future__ import annotations

import difflib
import re
from datetime import date
from typing import Any

import pytest

from tests.samples.sample_corpus import (
    BRIEFING,
    EXPECTED,
    PAGES,
    REAL_NAMES,
    SAMPLES,
    SEED,
    folded,
    page_named,
    paragraphs,
    prose,
    raw,
    words,
)

QUOTES: list[dict[str, Any]] = EXPECTED["quotes"]
ORDER = ["mooted", "planned", "scheduled", "postponed", "occurred"]


def parts(quote: str) -> list[str]:
    """Return the pieces of a quotation that are the speaker's, its editor's insertions, glosses and elisions out."""
    bare = re.sub(r"<…>|\[…\]|…", "\0", quote)
    bare = re.sub(r"\s*(?:\[[^\]]*\]|\([^)]*\))", "", bare)
    return [folded(part).rstrip(".,") for part in bare.split("\0") if part.strip(" .,")]


@pytest.mark.parametrize("quote", QUOTES, ids=lambda quote: f"{quote['verdict']}: {quote['quote'][:30]}")
def test_quotations_stand_on_the_page_and_their_source_in_the_transcript(quote: dict[str, Any]) -> None:
    printed = "\n".join(paragraphs(page_named(quote["file"])))
    assert quote["quote"] in printed
    transcript = folded(raw(BRIEFING).decode("utf-8"))
    assert folded(quote["transcript"]) in transcript
    match quote["verdict"]:
        case "verbatim":
            assert words(quote["quote"]) == words(quote["transcript"])
        case "trimmed":
            assert " ".join(words(quote["quote"])) in " ".join(words(quote["transcript"]))
            assert len(words(quote["quote"])) < len(words(quote["transcript"]))
        case "marked":
            assert quote["mark"] in quote["quote"]
            assert all(part in transcript for part in parts(quote["quote"]))
        case "altered":
            assert changes(words(quote["transcript"]), words(quote["quote"])) == quote["changed"]
            assert "[" not in quote["quote"] and "…" not in quote["quote"], "the change is not marked"
        case other:
            pytest.fail(f"no such verdict: {other}")


def test_every_verdict_occurs_and_one_quote_is_wrong() -> None:
    verdicts = [quote["verdict"] for quote in QUOTES]
    assert set(verdicts) == {"verbatim", "trimmed", "marked", "altered"}
    assert verdicts.count("altered") == 1


def test_the_two_wire_copies_differ_by_a_paragraph_and_a_word() -> None:
    wire = EXPECTED["wire_copy"]
    first, second = (paragraphs(page_named(file)) for file in wire["files"])
    kept = [paragraph for paragraph in first if not paragraph.startswith(wire["cut_from_second"])]
    assert len(kept) == len(first) - 1
    assert changes(words("\n".join(kept)), words("\n".join(second))) == wire["changed"]
    titles = {page_named(file)["title"] for file in wire["files"]}
    assert len(titles) == 2
    assert all(wire["agency"] in paragraphs(page_named(file))[0] for file in wire["files"])


def changes(before: list[str], after: list[str]) -> list[list[str]]:
    """Return what was replaced, taken out or put in between two lists of words, as [was, is]."""
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    return [
        [" ".join(before[i:j]), " ".join(after[k:m])] for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"
    ]


def test_the_summit_goes_forward_through_its_states() -> None:
    told = [date.fromisoformat(page["told_on"]) for page in PAGES]
    assert told == sorted(told)
    states = [ORDER.index(page["summit"]["status"]) for page in PAGES]
    assert states == sorted(states)
    assert set(states) == set(range(len(ORDER)))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page["file"]))
def test_what_is_settled_about_the_summit_is_said_on_the_page(page: dict[str, Any]) -> None:
    told, state = prose(page), page["summit"]
    for attribute in ("date", "venue"):
        claim = state[attribute]
        if claim is None or claim["settled"] == "open":
            assert claim is None or claim["value"] is None
        elif claim["settled"] == "settled" and attribute == "venue":
            assert claim["value"] in told
        elif claim["settled"] == "settled" and state["status"] != "occurred":
            day = date.fromisoformat(claim["value"])
            assert re.search(rf"\b{day.day}\s{day:%B}\b", told)
    if "previous_date" in state:
        day = date.fromisoformat(state["previous_date"])
        assert re.search(rf"\b{day.day}\s{day:%B}\b", told)
    for place in [*state.get("not_venue", []), *([state["previous_venue"]] if "previous_venue" in state else [])]:
        assert place in told
    for event in page["other_events"]:
        assert event["words"] in told


def corpus_texts() -> list[tuple[str, str]]:
    """Return name and text of every file of the corpus, as decoded."""
    encodings = {page["file"]: page["encoding"] for page in PAGES}
    files = [path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix in {".html", ".txt", ".json", ".md"}]
    names = [path.relative_to(SAMPLES).as_posix() for path in sorted(files)]
    return [(name, raw(name).decode(encodings.get(name, "utf-8"))) for name in names]


def test_no_real_country_city_agency_or_outlet_is_named() -> None:
    found = {name: REAL_NAMES.findall(text) for name, text in corpus_texts()}
    assert {name: names for name, names in found.items() if names} == {}


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed page is not beside this checkout")
def test_no_eight_words_in_a_row_are_the_seed_page_s() -> None:
    def eights(text: str) -> set[tuple[str, ...]]:
        told = words(text)
        return set(zip(*(told[start:] for start in range(8)), strict=False))

    seed = set[tuple[str, ...]]().union(*(eights(path.read_text(encoding="utf-8")) for path in SEED.iterdir()))
    for name, text in corpus_texts():
        assert not eights(text) & seed, name
