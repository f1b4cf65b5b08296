"""The chronicle of an event says as of each day what its tellings by then add up to, however it was come by."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from sqlite3 import Connection
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ledger import Ledger, add, decide_claim, event, events
from onrecord.ledger.changing import changed_by, changes_of
from onrecord.ledger.chronicle import FOLDING, Chronicle, by, chronicle, course
from onrecord.ledger.events import by_ids, row_of
from onrecord.ledger.questions import Between
from onrecord.ledger.state import state_of
from onrecord.ledger.summaries import _told, chronicles, kept_chronicles, load, load_once
from onrecord.ledger.tellings import Thread, outline
from onrecord.ledger.threads import bring_together
from onrecord.ledger.told import Given, Told
from onrecord.nouns import Attribute, Claim, Settled, Status
from tests.ledger.keeping import BY, NEW, NOON
from tests.ledger.test_events import LIKELY, STORY, ledger_of, told

__all__ = ["told"]

DAYS = [f"2031-05-{day:02d}" for day in (1, 2, 9, 12, 30)]
DATES = ["2031", "2031-05", "2031-06", *DAYS, "2031-05-09/2031-05-12", "2031-05-01/2031-05-30"]
PLACES = ["Selm", "Mereth", "Kestron"]
ITEMS = ["trade", "Trade", "fishing"]
VALUES: dict[Attribute, list[str]] = {"date": DATES, "previous_date": DATES, "venue": PLACES, "agenda": ITEMS}
RULES = ("made", "present", "over", "moved to", "withdrawn", "tagger")


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    attribute = draw(st.sampled_from(["status", *VALUES]))
    values = VALUES.get(attribute, list(get_args(Status)))
    settled = draw(st.sampled_from(get_args(Settled)))
    value = draw(st.sampled_from([None, *values])) if attribute != "status" else draw(st.sampled_from(values))
    rule = f"r:{draw(st.sampled_from(RULES))}"
    return Claim(attribute=attribute, value=value, settled=settled, span=(), by_rule=rule)


@st.composite
def tellings(draw: st.DrawFn) -> list[Told]:
    """What is told of one event, in the order of its days."""
    keys = st.frozensets(st.sampled_from(["dalgard", "velik", "ruhl", "velmark", "selm"]), max_size=3)
    days = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=9)))
    kinds = st.sampled_from(["meeting", "visit"])
    people = st.sampled_from([("dalgard", "Dalgard"), ("dalgard", "Ana Dalgard"), ("velik", "Olen Velik")])
    return [
        Told(
            document=f"d{at}", day=day, number="v1", name=draw(st.sampled_from(["summit", "Selm summit", "trip"])),
            kind=draw(kinds), status=draw(st.sampled_from(get_args(Status))), outlet=None,
            types=draw(st.frozensets(st.sampled_from(["second", "annual"]))), words=draw(keys), whose=draw(keys),
            sides=tuple(draw(st.lists(keys, max_size=2))), places=draw(keys), near=draw(keys),
            called=draw(st.frozensets(st.sampled_from(["talks", "summit"]))), span=(0, 1), text="",
            names=tuple(draw(st.lists(people, max_size=3))),
            left=tuple(draw(st.lists(people, max_size=1))),
            years=draw(st.frozensets(st.sampled_from(["2031", "2032"]))),
            claims=tuple(draw(st.lists(claims(), max_size=3))),
        )
        for at, day in enumerate(days)
    ]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(tellings(), st.data())
def test_as_of_each_day_a_chronicle_says_what_the_tellings_by_then_add_up_to(
    all_told: list[Told], data: st.DataObject
) -> None:
    known = chronicle(all_told[: data.draw(st.integers(0, len(all_told)))])
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(known, order="deterministic"), type=Chronicle)
    for each in all_told[len(known.days) :]:
        kept.add(each)
    assert kept == chronicle(all_told)
    for day in {each.day for each in all_told}:
        until = [each for each in all_told if each.day <= day]
        state, lines = state_of(until), outline(until)
        standing = kept.standing(day)
        assert (standing.status, standing.date) == (state.status, state.date.value)
        assert standing.dated == state.date._replace(told=None, previous=())
        assert standing.placed == state.venue._replace(told=None, previous=())
        assert standing.name == state.name
        assert kept.participants(day) == state.participants
        assert kept.items(day) == state.agenda
        assert (kept.told(day), kept.days[0], kept.family) == (len(until), state.first_seen, lines.family)
        assert (by(day, kept.own), by(day, kept.words), by(day, kept.near)) == (lines.keys, lines.words, lines.near)
        assert (by(day, kept.types), by(day, kept.years)) == (lines.types, lines.years)
        assert by(day, kept.called) == {w for told in until for w in (*told.called, *told.name.lower().split())}
        assert (kept.over if kept.over and kept.over <= day else None) == lines.over


@settings(max_examples=100, deadline=None)
@given(tellings(), st.data())
def test_what_people_call_an_event_and_of_what_kind_counts_from_the_day_of_its_telling_on(
    all_told: list[Told], data: st.DataObject
) -> None:
    values = st.sampled_from([("name", "Selm talks"), ("name", "Velik visit"), ("kind", "talks"), ("kind", "vote")])
    places = st.integers(0, len(all_told) - 1)
    some = [(data.draw(places), Given(*data.draw(values), at)) for at in range(data.draw(st.integers(1, 4)))]
    decided = [
        msgspec.structs.replace(each, given=tuple(it for place, it in some if place == at))
        for at, each in enumerate(all_told)
    ]
    kept = chronicle(decided)
    for day in {each.day for each in decided}:
        standing, state = kept.standing(day), state_of([each for each in decided if each.day <= day])
        known = [it for place, it in some if decided[place].day <= day]
        names, kinds = ([each.value for each in known if each.attribute == what] for what in ("name", "kind"))
        assert (standing.name, standing.kind) == (state.name, state.kind if kinds else "")
        assert not names or state.name == names[-1]
        assert not kinds or state.kind == kinds[-1]
    assert outline(decided).names == outline(all_told).names, "it is compared with others as it was read"


@settings(max_examples=200, deadline=None)
@given(tellings())
def test_who_follows_an_event_without_its_names_knows_how_it_stands(all_told: list[Told]) -> None:
    whole, followed = chronicle(all_told), course(all_told)
    named = ("own", "parties", "words", "near", "types", "years", "called", "places", "about", "offices", "deeds",
             "months", "also")  # fmt: skip
    assert msgspec.structs.replace(whole, **{each: type(getattr(whole, each))() for each in named}) == followed


@settings(max_examples=200, deadline=None)
@given(tellings())
def test_what_each_day_changed_is_what_all_that_is_told_adds_up_to_with_it_and_without(all_told: list[Told]) -> None:
    asked = []
    for day in sorted({each.day for each in all_told}):
        asked += changed_by("E1", [t for t in all_told if t.day <= day], [t for t in all_told if t.day == day])
    found = changes_of("E1", Thread(all_told))
    assert found == asked
    assert all(one.told is other.told for one, other in zip(found, asked, strict=True))
    assert changes_of("E1", Thread(all_told), Between("2031-05-02", "2031-05-09")) == [
        each for each in asked if "2031-05-02" <= each.day <= "2031-05-09"
    ]


def test_what_is_kept_answers_as_what_is_folded_and_follows_what_people_decide(
    tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = ["2031-04-05", "2031-04-30", "2031-05-03", "2031-05-30", "2031-07-02"]
    plain = ledger_of(tmp_path / "plain", *STORY)
    assert plain.connection.execute("SELECT count(*) FROM chronicles").fetchone() == (0,)
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", 1)
    kept = ledger_of(tmp_path / "kept", *STORY)
    [summit] = [name for (name,) in kept.connection.execute("SELECT thread FROM chronicles")]
    for ledger in (kept, plain):
        assert event(ledger, summit) is not None
    for day in days:
        for words in ("", "Dalgard Velik summit", "summit 2031", "second summit"):
            found = [(each.id, each.state) for each in events(kept, words, day)]
            assert found == [(each.id, each.state) for each in events(plain, words, day)]
        known = event(kept, summit, day)
        assert by_ids(kept, [summit, "E0"], day) == by_ids(plain, [summit], day) == ([row_of(known)] if known else [])
    june = Between("2031-06-01", "2031-06-30")
    assert [each.id for each in events(kept, as_of="2031-04-30", days=june)] == [summit]
    decide_claim(kept, summit, "date", "2031-05-22", "2031-06-16", "settled", BY)
    assert events(kept, as_of="2031-04-30", days=june) == []
    [row] = chronicles(kept.connection, [summit], days[-1]).values()
    assert row == chronicle(load(kept.connection, [summit])[summit].tellings)
    assert row.standing("2031-04-30").date == "2031-05-22"


@pytest.mark.parametrize(
    "older",
    [
        "UPDATE chronicles SET body = x''",
        "DELETE FROM chronicles; UPDATE threading SET chronicles = 0",
        "UPDATE chronicles SET body = x'00', before = x'00'; UPDATE threading SET chronicles = 0",
        "INSERT INTO chronicles (thread, body) SELECT DISTINCT thread, x'' FROM threads "
        "WHERE thread NOT IN (SELECT thread FROM chronicles)",
    ],
)
def test_chronicles_that_are_not_there_or_older_are_made_with_the_next_question(
    tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch, older: str
) -> None:
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", 1)
    ledger = ledger_of(tmp_path / "a", *STORY)
    rows = ledger.connection.execute("SELECT * FROM chronicles ORDER BY thread").fetchall()
    assert rows
    ledger.connection.executescript(older)
    bring_together(ledger)
    assert ledger.connection.execute("SELECT * FROM chronicles ORDER BY thread").fetchall() == rows


def test_what_is_told_on_a_days_other_documents_is_told_on_without_all_that_was_told_before(
    tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", 1)
    asked: list[str] = []

    def noted(connection: Connection, names: Sequence[str]) -> dict[str, Thread]:
        asked.extend(names)
        return load_once(connection, names)

    path = tmp_path / "a"
    ledger_of(path, *STORY[:5]).close()
    monkeypatch.setattr("onrecord.ledger.summaries.load_once", noted)
    ledger = ledger_of(path, LIKELY[0])  # of the day of the last of the story
    rows = ledger.connection.execute("SELECT thread, body FROM chronicles ORDER BY thread").fetchall()
    monkeypatch.undo()
    [(summit, body)] = rows
    assert summit not in asked
    assert body == msgspec.msgpack.encode(
        chronicle(load(ledger.connection, [summit])[summit].tellings), order="deterministic"
    )


def test_what_the_program_that_writes_folds_does_not_stay_in_memory(
    tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", 1)
    _told.cache_clear()
    ledger = ledger_of(tmp_path / "a", *STORY)
    assert ledger.connection.execute("SELECT count(*) > 0 FROM chronicles").fetchone() == (1,)
    assert _told.cache_info().currsize == 0, "each telling is folded once, and questions to the desk ask again"


def test_what_is_kept_has_not_changed_its_shape_without_a_new_number() -> None:
    shape = hashlib.sha256(msgspec.json.encode(_undescribed(msgspec.json.schema(Chronicle)), order="sorted"))
    assert (FOLDING, shape.hexdigest()[:12]) == (14, "8d9ffe134f70"), (
        "give chronicle.FOLDING a new number, then both here"
    )


def _undescribed(schema: object) -> object:
    if isinstance(schema, dict):
        return {key: _undescribed(value) for key, value in schema.items() if key != "description"}
    return [_undescribed(each) for each in schema] if isinstance(schema, list) else schema


def test_a_chronicle_is_read_once_until_it_is_written_again_or_taken_back(
    tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", 1)
    first, second = (ledger_of(tmp_path / each, *STORY[:3]) for each in "ab")
    [(name,)] = first.connection.execute("SELECT thread FROM chronicles").fetchall()

    def known(ledger: Ledger) -> Chronicle:
        return kept_chronicles(ledger.connection, [name, "none"])[name]

    before = known(first)
    assert known(first) is before and known(second) is not before
    connection = first.connection
    connection.execute("BEGIN")
    connection.execute("UPDATE chronicles SET body = ?", (msgspec.msgpack.encode(Chronicle()),))
    assert known(first).count == 0
    connection.execute("ROLLBACK")
    assert known(first) is before
    list(add(first, [STORY[3][0]], NEW, lambda: NOON))
    bring_together(first)
    assert known(first).count == before.count + 1 and known(second).count == before.count
    connection.execute("DELETE FROM chronicles")
    assert kept_chronicles(connection, [name]) == {}
