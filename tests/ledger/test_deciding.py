"""What people decide wins over the machine, is kept over later readings, and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace

import onrecord.reading
from onrecord.errors import UnreadableInput
from onrecord.ledger import (
    Ledger,
    add,
    decide_apart,
    decide_claim,
    decide_same,
    decide_speaker,
    decided_of,
    decisions,
    event,
    events,
    listed,
    revision,
    statements,
    undo,
)
from onrecord.ledger.choosing import Asked
from onrecord.ledger.events import by_ids
from onrecord.ledger.items import SEVERAL, Several, items_of
from onrecord.ledger.store import LedgerError
from onrecord.ledger.threads import now_called
from onrecord.nouns import Event, Reading, Settled, Source
from tests.ledger.keeping import BY, NEW, NOON, OLD, filled
from tests.ledger.test_events import BOTH, MORE, STORY, telling, told

__all__ = ["told"]

SUMMIT = "Dalgard Velik summit"


@pytest.fixture
def ledger(tmp_path: Path, told: None) -> Ledger:
    """The first two texts of the story, a third with another date, and the next summit with somebody else."""
    return filled(tmp_path / "a", *(given for given, _ in FIRST))[0]


def the_summit(ledger: Ledger) -> str:
    return events(ledger, SUMMIT)[0].id


FIRST = (STORY[0], STORY[1], MORE[0], STORY[5])


def read_newly(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, texts: Sequence[tuple[Source, Reading]] = FIRST
) -> None:
    """All documents are read again by a newer reader, which numbers its events otherwise."""
    known = {given.id: reading for given, reading in texts}

    def read_many(sources: Iterable[Source | UnreadableInput]) -> Iterable[Reading]:
        for each in sources:
            assert isinstance(each, Source)
            reading = known[each.id]
            yield replace(reading, events=tuple(map(_numbered_otherwise, reading.events)))

    monkeypatch.setattr(onrecord.reading, "read_many", read_many)
    list(add(ledger, [given for given, _ in texts], NEW, lambda: NOON))


def _numbered_otherwise(one: Event) -> Event:
    relations = tuple(replace(each, event=f"{each.event}7") for each in one.relations)
    return replace(one, id=f"{one.id}7", relations=relations)


def test_each_decision_is_a_later_revision_of_an_event_also_where_it_takes_a_telling_away(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = the_summit(ledger)
    seen = [revision(ledger, name)]
    date = decide_claim(ledger, name, "date", "2031-06-20", None, "settled", BY)
    seen.append(revision(ledger, name))
    undo(ledger, date, BY)
    seen.append(revision(ledger, name))
    tellings = event(ledger, name).thread.tellings  # type: ignore[union-attr]
    apart = decide_apart(ledger, name, tellings[-1].document, BY)
    assert len(event(ledger, name).thread.tellings) < len(tellings)  # type: ignore[union-attr]
    seen.append(revision(ledger, name))
    undo(ledger, apart, BY)
    seen.append(revision(ledger, the_summit(ledger)))
    read_newly(ledger, monkeypatch)
    seen.append(revision(ledger, the_summit(ledger)))
    assert seen == sorted(set(seen))


def test_of_two_dates_the_one_that_a_person_confirms_stands(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    name = the_summit(ledger)
    assert event(ledger, name).state.date.settled == "contested"  # type: ignore[union-attr]
    number = decide_claim(ledger, name, "date", "2031-06-20", None, "settled", BY)

    def date() -> tuple[str | None, str, tuple[str, ...]]:
        value = events(ledger, SUMMIT)[0].state.date
        return value.value, value.settled, value.against

    assert date() == ("2031-06-20", "settled", ())
    [decided] = decided_of(ledger, the_summit(ledger))
    assert (decided.person, decided.reason, decided.was) == (BY.person, BY.reason, ("2031-06-16", "2031-06-20"))
    read_newly(ledger, monkeypatch)
    assert date() == ("2031-06-20", "settled", ())
    undo(ledger, number, BY)
    assert date() == ("2031-06-16", "contested", ("2031-06-20",)) and not decided_of(ledger, the_summit(ledger))
    assert [each.stands for each, _ in decisions(ledger)] == [False, True]
    undo(ledger, number + 1, BY)
    assert date() == ("2031-06-20", "settled", ())


def test_a_correction_of_now_leaves_what_was_told_before(ledger: Ledger) -> None:
    name = the_summit(ledger)
    decide_claim(ledger, name, "status", "cancelled", None, "settled", BY)
    assert [events(ledger, SUMMIT, day)[0].state.status for day in ("2031-04-05", "2031-05-01")] == [
        "mooted",
        "cancelled",
    ]


def test_a_wrong_value_goes_by_all_its_names_and_a_missing_one_is_added(ledger: Ledger) -> None:
    name = the_summit(ledger)
    decide_claim(ledger, name, "participant", None, "Olen Velik", "settled", BY)
    decide_claim(ledger, name, "participant", "Ida Ruhl", None, "settled", BY)
    decide_claim(ledger, name, "venue", "Orvan", "Kestron", "provisional", BY)
    found = event(ledger, name)
    assert found is not None and set(found.state.participants) == {"Ana Dalgard", "Ida Ruhl"}
    assert (found.state.venue.value, found.state.venue.settled) == ("Orvan", "provisional")


def test_an_event_is_called_what_a_person_calls_it_and_is_of_his_kind(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = the_summit(ledger)
    day = "2031-04-10"
    called = decide_claim(ledger, name, "name", " Kestron  Water Parley ", None, "settled", BY)
    kind = decide_claim(ledger, name, "kind", "talks", "meeting", "settled", BY)

    def shown() -> None:
        name = the_summit(ledger)
        assert [
            (held.state.name, held.state.kind) for held in (event(ledger, name), event(ledger, name, day)) if held
        ] == [("Kestron Water Parley", "talks")] * 2
        assert [row.name for row in listed(ledger, Asked(kind="talks"))] == ["Kestron Water Parley"]
        assert name not in {row.id for row in listed(ledger, Asked(kind="meeting"))}
        for words in ("Kestron Water Parley", "parley", "Kestron talks", SUMMIT):
            assert [row.id for row in listed(ledger, Asked(words))][:1] == [name], words

    shown()
    assert {each.value for each in decided_of(ledger, name)} == {"Kestron Water Parley", "talks"}
    assert [each.was for each in decided_of(ledger, name)] == [("summit",), ("meeting",)]
    read_newly(ledger, monkeypatch)
    shown()
    name = the_summit(ledger)
    again = decide_claim(ledger, name, "name", "Kestron Parley", "Kestron Water Parley", "settled", BY)
    assert event(ledger, name).state.name == "Kestron Parley"  # type: ignore[union-attr]
    undo(ledger, again, BY)
    shown()
    undo(ledger, called, BY)
    undo(ledger, kind, BY)
    stands = event(ledger, name)
    assert stands is not None and (stands.state.name, stands.state.kind) == ("summit", "meeting")
    assert not listed(ledger, Asked("parley"))


def test_a_name_and_a_kind_that_are_confirmed_stay_whatever_is_told_later(tmp_path: Path, told: None) -> None:
    with filled(tmp_path / "a", STORY[0][0], STORY[1][0])[0] as ledger:
        name = the_summit(ledger)
        decide_claim(ledger, name, "name", "summit", "summit", "settled", BY)
        [decided] = decided_of(ledger, name)
        assert (decided.value, decided.was) == ("summit", ("summit",))
        told_as = [(row.id, row.name, row.kind) for row in listed(ledger)]
        list(add(ledger, [given for given, _ in STORY[2:5]], OLD, lambda: NOON))
        assert [(row.id, row.name, row.kind) for row in by_ids(ledger, [name])] == told_as


def test_what_a_person_calls_an_event_is_of_no_other_and_joins_none(ledger: Ledger) -> None:
    """A name that another event has does not make them one, nor is a telling put elsewhere for a corrected kind."""
    held = {each.id: len(each.thread.tellings) for each in events(ledger, "summit")}
    one, other = held
    decide_claim(ledger, one, "name", "Dalgard Ruhl summit", None, "settled", BY)
    decide_claim(ledger, one, "kind", "election", None, "settled", BY)
    assert {each.id: len(each.thread.tellings) for each in events(ledger, "Dalgard Ruhl summit")} == held
    assert event(ledger, other).state.kind == "meeting"  # type: ignore[union-attr]


HOSTED = telling(
    "2031-04-20", "Orvan will host Dalgard, Velik and Ruhl at a summit.", "summit", "scheduled", *BOTH,
    ("host", "Orvan", "settled"), ("host", "the Orvan senate", "settled"), ("format", "four-way", "settled"),
    ("goal", "a truce", "settled"), ("absent", "Pavel Orm", "settled"), ("agenda", "Fishing", "provisional"),
)  # fmt: skip
AGAIN = telling(
    "2031-04-22", "Orvan will host Dalgard and Velik at a summit.", "summit", "scheduled", *BOTH,
    ("host", "Orvan", "settled"), ("agenda", "fishing", "provisional"),
)  # fmt: skip


@pytest.fixture
def hosted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """A summit of which all is told that can be."""
    known = {given.id: reading for given, reading in (STORY[1], HOSTED, AGAIN)}

    def read_many(sources: Iterable[Source | UnreadableInput]) -> Iterable[Reading]:
        return (known[each.id] for each in sources if isinstance(each, Source))

    monkeypatch.setattr(onrecord.reading, "read_many", read_many)
    return filled(tmp_path / "a", STORY[1][0], HOSTED[0], AGAIN[0])[0]


def what_stands(ledger: Ledger, attribute: str, day: str | None = None) -> dict[str, str]:
    """The values of an attribute of the summit, each with how settled it is told last."""
    held = event(ledger, the_summit(ledger), day)
    assert held is not None
    return {each.value: each.said[-1].settled for each in items_of(held) if each.attribute == attribute}


@pytest.mark.parametrize("attribute", SEVERAL)
@pytest.mark.parametrize("decision", ["confirmed", "changed", "taken away", "added"])
def test_each_of_several_is_corrected_and_stays_so_over_a_newer_reading(
    hosted: Ledger, monkeypatch: pytest.MonkeyPatch, attribute: Several, decision: str
) -> None:
    before = what_stands(hosted, attribute)
    one, *_ = before
    left = {each: settled for each, settled in before.items() if each != one}
    value, was, settled, expected = {
        "confirmed": (one, one, "provisional", {one: "provisional", **left}),
        "changed": ("Mara Tolm", one, "settled", {"Mara Tolm": "settled", **left}),
        "taken away": (None, one, "settled", left),
        "added": ("Mara Tolm", None, "settled", {**before, "Mara Tolm": "settled"}),
    }[decision]
    number = decide_claim(hosted, the_summit(hosted), attribute, value, was, cast(Settled, settled), BY)
    assert what_stands(hosted, attribute) == expected
    read_newly(hosted, monkeypatch, [STORY[1], HOSTED, AGAIN])
    assert what_stands(hosted, attribute) == expected
    undo(hosted, number, BY)
    assert what_stands(hosted, attribute) == before


def test_what_is_confirmed_keeps_its_words_and_counts_from_the_day_that_told_it(hosted: Ledger) -> None:
    decide_claim(hosted, the_summit(hosted), "host", "Orvan", "Orvan", "settled", BY)
    held = event(hosted, the_summit(hosted))
    assert held is not None
    found = [each for each in items_of(held) if each.value == "Orvan" and each.attribute == "host"]
    assert [each.what for each in found[0].said] == ["corrected", "corrected"]
    assert [each.claim.span for each in found[0].said if each.claim] == [(), ()], "as they were read"
    assert "Orvan" not in what_stands(hosted, "host", "2031-04-19")


def test_who_stays_away_takes_no_part_and_who_takes_none_hosts_nothing(hosted: Ledger) -> None:
    name = the_summit(hosted)
    decide_claim(hosted, name, "absent", "Olen Velik", None, "settled", BY)
    assert "Olen Velik" not in what_stands(hosted, "participant")
    assert "Olen Velik" in what_stands(hosted, "participant", "2031-04-21"), "the last telling says so"
    assert "Orvan" in what_stands(hosted, "participant")
    decide_claim(hosted, name, "participant", None, "Orvan", "settled", BY)
    assert "Orvan" not in what_stands(hosted, "participant") and "Orvan" not in what_stands(hosted, "host")


def test_of_two_dates_one_is_confirmed_against_the_other_by_its_own_name(ledger: Ledger) -> None:
    decide_claim(ledger, the_summit(ledger), "date", "2031-06-20", "2031-06-20", "settled", BY)
    date = events(ledger, SUMMIT)[0].state.date
    assert (date.value, date.settled, date.against) == ("2031-06-20", "settled", ())


def test_a_text_is_taken_out_of_an_event_and_stays_out(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    name = the_summit(ledger)
    number = decide_apart(ledger, name, MORE[0][0].id or "", BY)
    assert sorted(len(each.thread.tellings) for each in events(ledger, SUMMIT)) == [1, 1, 2]
    read_newly(ledger, monkeypatch)
    assert sorted(len(each.thread.tellings) for each in events(ledger, SUMMIT)) == [1, 1, 2]
    undo(ledger, number, BY)
    assert len(events(ledger, SUMMIT)[0].thread.tellings) == 3


def test_two_events_are_made_one_and_stay_one(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = the_summit(ledger), events(ledger, "Dalgard Ruhl summit")[0].id
    assert one != other
    number = decide_same(ledger, other, one, BY)
    assert len(events(ledger, SUMMIT)[0].thread.tellings) == 4
    assert events(ledger, SUMMIT)[0].thread.reasons[2] == (f"decision {number}",)
    assert {now_called(ledger, each) for each in (one, other)} == {events(ledger, SUMMIT)[0].id}
    held = [event(ledger, each) for each in (one, other)]
    assert all(each is not None and len(each.thread.tellings) == 4 for each in held), "both ids lead to it"
    read_newly(ledger, monkeypatch)
    assert len(events(ledger, SUMMIT)[0].thread.tellings) == 4
    later = decide_apart(ledger, the_summit(ledger), STORY[5][0].id or "", BY)
    assert sorted(len(each.thread.tellings) for each in events(ledger, "Dalgard summit")) == [1, 3]
    undo(ledger, later, BY)
    assert len(events(ledger, SUMMIT)[0].thread.tellings) == 4


def test_an_event_that_was_told_of_earlier_is_found_by_its_former_id(tmp_path: Path, told: None) -> None:
    ledger = filled(tmp_path / "a", STORY[1][0])[0]
    before = the_summit(ledger)
    list(add(ledger, [STORY[0][0]], NEW, lambda: NOON))
    now = the_summit(ledger)
    assert now != before and now_called(ledger, before) == now and now_called(ledger, now) == now
    held = event(ledger, before)
    assert held is not None and held.id == now
    assert now_called(ledger, "E0000000000") == "E0000000000"


def test_who_said_a_statement_is_corrected(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    document = STORY[1][0].id or ""
    number = decide_speaker(ledger, document, "s1", "Pavel Orm", BY)
    assert [each.document for each in statements(ledger, by="Orm")] == [document]
    assert decided_of(ledger, the_summit(ledger)) == [], "it is about the words, not about what they tell of"
    read_newly(ledger, monkeypatch)
    assert [each.document for each in statements(ledger, by="Orm")] == [document]
    undo(ledger, number, BY)
    assert statements(ledger, by="Orm") == [] and document in {
        each.document for each in statements(ledger, by="Dalgard")
    }


def test_what_can_not_be_decided_is_refused_with_a_reason(ledger: Ledger) -> None:
    name = the_summit(ledger)
    attempts: tuple[tuple[Callable[[], int], str], ...] = (
        (lambda: decide_same(ledger, name, "E0000000000", BY), "no event of this id"),
        (lambda: decide_apart(ledger, name, "nothing", BY), "no event of this id"),
        (lambda: decide_apart(ledger, name, name, BY), "from itself"),
        (lambda: decide_claim(ledger, name, "date", "next week", None, "settled", BY), "a date is written as"),
        (lambda: decide_claim(ledger, name, "status", "sure", None, "settled", BY), "sure: say which status is true"),
        (lambda: decide_claim(ledger, name, "status", None, "mooted", "settled", BY), "mooted: say which status"),
        (lambda: decide_claim(ledger, name, "kind", "party", None, "settled", BY), "party: say which kind is true"),
        (lambda: decide_claim(ledger, name, "name", " ", "summit", "settled", BY), "summit: say what it is called"),
        (lambda: decide_claim(ledger, name, "name", "parley", "talks", "settled", BY), "talks: nobody says so"),
        (lambda: decide_claim(ledger, name, "venue", None, "Paris", "settled", BY), "nobody says so"),
        (lambda: decide_speaker(ledger, "nothing", "s1", "Orm", BY), "no such statement"),
        (lambda: undo(ledger, 9, BY), "there is no decision 9"),
    )
    for attempt, words in attempts:
        with pytest.raises(LedgerError, match=words):
            attempt()
    assert decisions(ledger) == []
    number = decide_claim(ledger, name, "venue", "Orvan", None, "settled", BY)
    undo(ledger, number, BY)
    with pytest.raises(LedgerError, match="undone already"):
        undo(ledger, number, BY)


def test_what_was_decided_of_others_is_not_read(ledger: Ledger) -> None:
    ours = decide_claim(ledger, the_summit(ledger), "venue", "Ostrau", None, "settled", BY)
    undo(ledger, undo(ledger, ours, BY), BY)
    (document,) = ledger.connection.execute(
        "SELECT max(c.document) FROM current c JOIN events e ON e.reading = c.reading "
        "JOIN threads t ON t.event = e.id WHERE t.thread <> ?",
        (the_summit(ledger),),
    ).fetchone()

    def steps() -> int:
        made = 0

        def count() -> int:
            nonlocal made
            made += 1
            return 0

        ledger.connection.set_progress_handler(count, 1)
        assert [each.number for each in decided_of(ledger, the_summit(ledger))] == [ours]
        ledger.connection.set_progress_handler(None, 0)
        return made

    few = steps()
    with ledger.writing() as connection:
        connection.execute(
            "INSERT INTO decisions (kind, subject, attribute, was, person, reason, observed) "
            "SELECT kind, subject, attribute, was, person, reason, observed FROM decisions, json_each(?) "
            "WHERE decisions.id = ?",
            (json.dumps([0] * 1000), ours),
        )
        connection.execute(
            "INSERT INTO decided SELECT id, ?, 0, 1, 1 FROM decisions WHERE id NOT IN (SELECT decision FROM decided)",
            (document,),
        )
    assert len(decisions(ledger)) > 1000 and steps() < few + 100
