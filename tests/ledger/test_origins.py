"""Independent origins of an event: copies of one text, and reports of the same spoken words, are one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import onrecord.reading
from onrecord.errors import UnreadableInput
from onrecord.ledger import Ledger, event
from onrecord.ledger.origins import Origins, Support, Text, joined
from onrecord.nouns import Attribute, Claim, Event, Reading, Source
from tests.ledger.keeping import filled, reading_of, source
from tests.ledger.test_copies import story

NEWS = "Dalgard and Velik will hold a summit. "
WORDS = "we shall hold the summit with our neighbours in the spring of next year and not before"


def telling(
    name: str, text: str, day: str, outlet: str | None, by: str | None = None, month: str | None = None
) -> tuple[Source, Reading]:
    """A document that tells of one summit in its own words, or ``by`` its one statement alone."""
    given = source(name, text, day, outlet)
    reading = reading_of(given)
    at = text.index("summit")
    told: list[tuple[Attribute, str, str | None]] = [("status", "planned", by)]
    told += [("date", month, by)] if month else []
    told += [("participant", each, None) for each in ("Ana Dalgard", "Olen Velik")]
    claims = tuple(
        Claim(attribute=attribute, value=value, settled="settled", span=(), by_rule="made", statement=statement)
        for attribute, value, statement in told
    )
    held = Event(
        id="v1", span=(at, at + len("summit")), mentions=(), kind="meeting", code=None, status="planned",
        claims=claims, by_rule="made", confidence=0.9,
    )  # fmt: skip
    spoken = (replace(reading.statements[0], form="direct"),)
    return given, replace(reading, events=(held,), statements=spoken)


MAY = "2031-05"
WIRE = NEWS + story(11)
TOLD = (
    telling("wire", WIRE, "2031-03-01", "VNA"),
    telling("a", f"{WIRE[:900]} {story(12, 30)}", "2031-03-01", "The Courier"),
    telling("b", f"{story(13, 20)} {WIRE}", "2031-03-02", "Radio Orvan", month=MAY),
    telling("own", NEWS + story(14), "2031-03-03", "The Courier", month=MAY),
    telling("x", f"Velik told reporters: {WORDS}.", "2031-03-04", "Harbour FM", "s1", MAY),
    telling("y", f"“{WORDS[9:]}”, said Velik of Dalgard yesterday.", "2031-03-04", "The Post", "s1", MAY),
    telling("z", f"{NEWS} “{WORDS}”, he said.", "2031-03-05", "Port Selm Gazette"),
    telling("nobody", NEWS + story(15), "2031-03-06", None),
    telling("somebody", NEWS + story(16), "2031-03-07", None),
)


@pytest.fixture
def read_as_told(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {given.id: reading for given, reading in TOLD}

    def read_many(sources: Iterable[Source | UnreadableInput]) -> Iterable[Reading]:
        return (known[each.id] for each in sources if isinstance(each, Source))

    monkeypatch.setattr(onrecord.reading, "read_many", read_many)


def origins(ledger: Ledger, as_of: str | None = None) -> Origins:
    found = event(ledger, "Dalgard Velik summit", as_of)
    assert found is not None
    return found.origins


@pytest.mark.usefixtures("read_as_told")
def test_each_telling_says_in_which_document_its_text_was_printed_first(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "a", *(given for given, _ in TOLD))
    found = event(ledger, "Dalgard Velik summit")
    assert found is not None
    texts = {told.document: text for told, text in zip(found.thread.tellings, found.origins.texts, strict=True)}
    assert {texts[copy] for copy in ("wire", "a", "b")} == {Text("wire", "VNA")}
    assert (texts["own"], texts["nobody"]) == (Text("own", "The Courier"), Text("nobody", None))


@pytest.mark.usefixtures("read_as_told")
def test_copies_and_reports_of_the_same_words_count_once(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "a", *(given for given, _ in TOLD))
    found = origins(ledger)
    # the wire and what was taken from it; a report of one's own; one briefing twice; one's own words with a quotation;
    # two documents of outlets not known
    assert found.of == (1, 1, 1, 2, 3, 3, 4, 5, 6)
    assert (found.independent, found.documents, found.one_text, found.one_quote) == (6, 9, (3,), 2)
    assert [origins(ledger, f"2031-03-0{day}").independent for day in range(1, 8)] == [1, 1, 2, 3, 4, 5, 6]


@pytest.mark.usefixtures("read_as_told")
def test_what_is_known_has_the_origins_that_tell_it(tmp_path: Path) -> None:
    ledger, _ = filled(tmp_path / "a", *(given for given, _ in TOLD))
    assert origins(ledger).support == Support(status=6, date=3)  # the wire, a report of one's own, a briefing twice
    assert origins(ledger, "2031-03-02").support == Support(status=1, date=1)
    assert origins(ledger, "2031-03-01").support == Support(status=1)


@pytest.mark.usefixtures("read_as_told")
def test_the_order_of_arrival_changes_no_count(tmp_path: Path) -> None:
    one, _ = filled(tmp_path / "a", *(given for given, _ in TOLD))
    other, _ = filled(tmp_path / "b", *(given for given, _ in reversed(TOLD)))
    for day in (None, "2031-03-01", "2031-03-04"):
        assert origins(one, day) == origins(other, day)


@given(st.lists(st.frozensets(st.integers(0, 6), min_size=1, max_size=3), max_size=8))
def test_sets_with_a_key_in_common_are_one_group_and_no_others(keys: list[frozenset[int]]) -> None:
    found = joined(keys)
    assert list(dict.fromkeys(found)) == list(range(1, len(set(found)) + 1))
    for at, one in enumerate(keys):
        assert all(found[at] == found[n] for n, other in enumerate(keys) if one & other)
    held = [frozenset().union(*(k for k, n in zip(keys, found, strict=True) if n == group)) for group in set(found)]
    assert sum(map(len, held)) == len(frozenset().union(*held)) if held else True
