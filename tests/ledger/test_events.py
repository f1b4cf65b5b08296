"""The events of a ledger as of a day: one over many documents, as of any day, whatever the order of arrival."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import onrecord.reading
from onrecord.errors import UnreadableInput
from onrecord.ledger import (
    Ledger,
    add,
    adding,
    changes,
    days_told,
    decide_claim,
    event,
    events,
    identified,
    latest,
    listed,
    open_ledger,
    related,
    summaries,
    undated,
)
from onrecord.ledger.answering import question
from onrecord.ledger.choosing import Asked
from onrecord.ledger.chronicle import chronicle
from onrecord.ledger.events import row_of
from onrecord.ledger.matching import threads
from onrecord.ledger.naming import keys
from onrecord.ledger.questions import Between
from onrecord.ledger.state import state_of
from onrecord.ledger.summaries import load
from onrecord.ledger.tellings import outline
from onrecord.ledger.threads import bring_together, first_told
from onrecord.ledger.told import Told, told_by
from onrecord.ledger.wording import subjects
from onrecord.nouns import (
    Attribute,
    Block,
    Claim,
    Entity,
    Event,
    EventKind,
    Reading,
    Relation,
    Role,
    Settled,
    Source,
    Status,
)
from tests.ledger.keeping import BY, NEW, NOON, OLD, filled, reading_of, source


def telling(
    day: str,
    text: str,
    words: str,
    status: Status,
    *said: tuple[Attribute, str | None, Settled],
    name: str = "",
) -> tuple[Source, Reading]:
    """A document of a day whose text tells of one event, named by some words of it, with these claims."""
    given = source(name or f"{day} {text}", text, day, outlet=None)
    at = text.index(words)
    claims = tuple(
        Claim(attribute=attribute, value=value, settled=settled, span=(), by_rule="made")
        for attribute, value, settled in (("status", status, "settled"), *said)
    )
    told = Event(
        id="v1", span=(at, at + len(words)), mentions=(), kind="election" if "election" in words else "meeting",
        code=None, status=status, claims=claims, by_rule="made", confidence=0.9,
    )  # fmt: skip
    return given, replace(reading_of(given), events=(told,))


BOTH: tuple[tuple[Attribute, str | None, Settled], ...] = (
    ("participant", "Ana Dalgard", "settled"),
    ("participant", "Olen Velik", "settled"),
)
STORY = (
    telling("2031-04-01", "Dalgard and Velik may hold a summit.", "summit", "mooted", *BOTH),
    telling("2031-04-10", "Dalgard will meet Velik at a summit.", "summit", "scheduled", *BOTH,
            ("date", "2031-06-16", "settled"), ("venue", "Kestron", "settled")),
    telling("2031-05-02", "Dalgard has put off the summit with Velik.", "summit", "postponed", *BOTH,
            ("previous_date", "2031-06-16", "settled")),
    telling("2031-05-20", "Dalgard and Velik agreed on a summit.", "summit", "scheduled", *BOTH,
            ("date", "2031-07-01", "settled")),
    telling("2031-07-01", "Dalgard and Velik held their summit.", "summit", "occurred", *BOTH,
            ("date", "2031-07-01", "settled")),
    telling("2031-04-12", "Dalgard will meet Ruhl at a summit.", "summit", "planned",
            ("participant", "Ana Dalgard", "settled"), ("participant", "Ida Ruhl", "settled")),
    telling("2031-09-01", "Dalgard and Velik may hold a summit again.", "summit", "mooted", *BOTH),
)  # fmt: skip


SOON = [
    telling(day, f"{one} will meet {other} at a summit.", "summit", "scheduled", ("date", date, "settled"),
            ("participant", one, "settled"), ("participant", other, "settled"))
    for day in ("2031-04-10", "2031-04-12")
    for one, other, date in (
        ("Mara Tolm", "Ivo Sevrin", "2031-06-16"), ("Hela Osk", "Jon Brenn", "2031-06-16"),
        ("Nika Quill", "Per Aldane", "2031-06-12"), ("Ruta Vesk", "Tor Lunde", "2031-06-16"),
        ("Sela Morn", "Ugo Farrel", "2031-06-20"),
    )
]  # fmt: skip


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings are those of `STORY` and of `MORE`, by the id of the document."""
    known = {given.id: reading for given, reading in (*STORY, *MORE, *LIKELY, *TO_COME, *HOURS, *SOON, PREPARING)}

    def read_many(sources: Iterable[Source | UnreadableInput]) -> Iterable[Reading]:
        return (known[each.id] for each in sources if isinstance(each, Source))

    monkeypatch.setattr(onrecord.reading, "read_many", read_many)


MORE = (
    telling("2031-04-15", "Dalgard will meet Velik at a summit on 20 June.", "summit", "scheduled", *BOTH,
            ("date", "2031-06-20", "settled")),
    telling("2031-03-01", "Velmark will hold its general election.", "general election", "scheduled",
            ("date", "2031-03-20", "settled")),
    telling("2031-03-02", "Karsenia will hold its general election.", "general election", "planned"),
)  # fmt: skip


TO_COME = (
    telling("2032-01-02", "Ruhl may hold a congress.", "congress", "mooted"),
    telling("2131-04-14", "Ruhl may hold a congress again.", "congress", "mooted"),
)
"""Told of the day after `NOON`, and of another century."""


LIKELY = (
    telling("2031-07-01", "Orvan will hold its general election.", "general election", "planned",
            ("date", "2031-08-03", "provisional")),
    telling("2031-07-05", "Orvan holds its general election on 3 August.", "general election", "scheduled",
            ("date", "2031-08-03", "settled")),
)  # fmt: skip


HOURS = (
    telling("2031-04-10T09:30:00+02:00", "Dalgard will meet Velik at a summit.", "summit", "scheduled", *BOTH,
            ("date", "2031-06-16", "settled"), name="z"),
    telling("2031-04-10T08:45:00Z", "Dalgard has put off the summit with Velik.", "summit", "postponed", *BOTH,
            name="a"),
)  # fmt: skip
"""Of one day, the later one with the name that comes first."""


def _preparing() -> tuple[Source, Reading]:
    """A document that tells of talks which prepare the summit."""
    given, reading = telling("2031-04-11", "Dalgard will meet Velik at a summit.", "summit", "scheduled", *BOTH,
                             ("date", "2031-06-16", "settled"), name="preparing")  # fmt: skip
    text = reading.document.text + " Brandt and Ostrow hold talks first."
    at = text.index("talks")
    talks = Event(
        id="v2", span=(at, at + 5), mentions=(), kind="talks", code=None, status="planned", by_rule="made",
        confidence=0.9, relations=(Relation(kind="prepares", event="v1", span=()),),
        claims=(Claim(attribute="participant", value="Oskar Brandt", settled="settled", span=(), by_rule="made"),),
    )  # fmt: skip
    return given, replace(
        reading, document=replace(reading.document, text=text), events=(*reading.events, talks)
    )  # fmt: skip


PREPARING = _preparing()


def ledger_of(path: Path, *tellings: tuple[Source, Reading]) -> Ledger:
    return filled(path, *(given for given, _ in tellings))[0]


@pytest.mark.parametrize(
    ("day", "status", "date", "previous"),
    [
        ("2031-04-05", "mooted", None, ()),
        ("2031-04-30", "scheduled", "2031-06-16", ()),
        ("2031-05-03", "postponed", None, ("2031-06-16",)),
        ("2031-05-30", "scheduled", "2031-07-01", ("2031-06-16",)),
        ("2031-07-02", "occurred", "2031-07-01", ("2031-06-16",)),
    ],
)
def test_a_story_as_of_each_of_its_days(
    tmp_path: Path, told: None, day: str, status: str, date: str | None, previous: tuple[str, ...]
) -> None:
    best = events(ledger_of(tmp_path / "a", *STORY), "Dalgard Velik summit", day)[0]
    assert (best.state.status, best.state.date.value, best.state.date.previous) == (status, date, previous)
    assert set(best.state.participants) == {"Ana Dalgard", "Olen Velik"}


def test_before_the_first_word_of_it_nothing_is_known(tmp_path: Path, told: None) -> None:
    ledger = ledger_of(tmp_path / "a", *STORY)
    assert events(ledger, "Dalgard Velik summit", "2031-03-31") == []
    assert events(ledger, "Orvan congress") == [] and event(ledger, "E0123456789") is None


def test_other_parties_and_the_next_of_a_series_are_other_events(tmp_path: Path, told: None) -> None:
    ledger = ledger_of(tmp_path / "a", *STORY)
    found = events(ledger, "summit Dalgard")
    assert sorted(len(each.thread.tellings) for each in found) == [1, 1, 5]
    assert all(reasons for each in found for reasons in each.thread.reasons[1:])


def test_elections_of_two_states_are_two(tmp_path: Path, told: None) -> None:
    assert len(events(ledger_of(tmp_path / "a", *MORE), "general election")) == 2


@pytest.mark.parametrize("order", [1, -1])
def test_of_one_day_what_was_told_later_stands(order: int, tmp_path: Path, told: None) -> None:
    ledger, _ = filled(tmp_path / "l", *(given for given, _ in HOURS[::order]))
    (found,) = events(ledger)
    assert (found.state.status, found.state.date.previous) == ("postponed", ("2031-06-16",))
    first = first_told(ledger, found.id)
    assert first is not None and first.words.startswith("Dalgard will meet")


def test_two_dates_told_within_days_stand_against_each_other(tmp_path: Path, told: None) -> None:
    best = events(ledger_of(tmp_path / "a", *STORY[:2], MORE[0]), "Dalgard Velik summit")[0]
    assert best.state.date.settled == "contested"
    assert (best.state.date.value, best.state.date.against) == ("2031-06-16", ("2031-06-20",))


def test_what_lies_ahead_comes_soonest_first_and_what_has_passed_unheld_is_overdue(tmp_path: Path, told: None) -> None:
    ledger = ledger_of(tmp_path / "a", *STORY, *MORE)
    ahead = events(ledger, as_of="2031-04-14")
    assert [each.state.date.value for each in ahead] == ["2031-06-16", None, None]
    assert not any(each.overdue for each in ahead)
    [vote] = events(ledger, "Velmark election", "2031-04-14")
    assert vote.overdue and vote.state.status == "scheduled"
    assert [each.id for each in events(ledger, as_of="2031-04-14", days=Between(last="2031-03-31"))] == []
    assert [each.id for each in events(ledger, as_of="2031-04-14", days=Between("2031-03-01", "2031-03-31"))] == [
        vote.id
    ]


def test_events_of_one_day_come_by_their_ids_each_once(tmp_path: Path, told: None) -> None:
    ledger = ledger_of(tmp_path / "a", *SOON)
    found = listed(ledger)
    assert [each.told for each in found] == [2] * 5
    assert found == sorted(found, key=lambda each: (each.date.value or "", each.id))
    assert [listed(ledger, most=1, after=at)[0] for at in range(5)] == found


def test_a_day_that_had_not_come_when_the_ledger_was_filled_is_not_today(tmp_path: Path, told: None) -> None:
    for known, last in (
        (STORY[:3], "2031-05-02"),
        ((*STORY[:3], TO_COME[0]), "2032-01-02"),
        (TO_COME[1:], "2131-04-14"),
    ):
        assert latest(ledger_of(tmp_path / last, *known)) == last
        assert latest(ledger_of(tmp_path / last, TO_COME[1])) == last
    assert latest(filled(tmp_path / "empty")[0]) is None


def test_what_changed_between_two_days(tmp_path: Path, told: None) -> None:
    ledger = ledger_of(tmp_path / "a", *STORY, MORE[0])
    found = changes(ledger, Between("2031-04-11", "2031-05-31"))
    velik = [each for each in found if each.event == events(ledger, "Dalgard Velik summit")[0].id]
    assert [(each.day, each.attribute, each.what, each.was, each.now) for each in velik] == [
        ("2031-04-15", "date", "contested", "2031-06-16 (settled)", "2031-06-16 (contested against 2031-06-20)"),
        ("2031-05-02", "status", "changed", "scheduled", "postponed"),
        ("2031-05-02", "date", "withdrawn", "2031-06-16 (contested against 2031-06-20)", "none (open)"),
        ("2031-05-20", "status", "changed", "postponed", "scheduled"),
        ("2031-05-20", "date", "new", "none (open)", "2031-07-01 (settled)"),
    ]
    assert all(each.told and each.told.day == each.day for each in found)
    assert {each.what for each in found if each.event != velik[0].event} == {"new"}


def test_the_first_changes_are_those_of_all_changes(
    tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = ledger_of(tmp_path / "a", *STORY, *MORE)
    monkeypatch.setattr("onrecord.ledger.summaries.FEW", 1)
    summed_up = ledger_of(tmp_path / "b", *STORY, *MORE)
    early = BY._replace(moment=BY.moment.replace(month=4, day=20))
    for each in (ledger, summed_up):
        decide_claim(each, events(each)[0].id, "venue", "Mereth", None, "settled", early)
    for days in (Between(), Between("2031-04-11"), Between("2031-04-11", "2031-05-10")):
        whole = changes(ledger, days)
        assert len(whole) > 6
        assert changes(summed_up, days) == whole
        for together in (1, 3, 500):
            monkeypatch.setattr("onrecord.ledger.changing.AT_ONCE", together)
            for most in (1, 2, 5, len(whole) - 1, len(whole), 1000):
                assert changes(ledger, days, most) == whole[:most]


def test_a_date_said_again_in_firmer_words_is_confirmed_and_one_by_a_person_corrected(
    tmp_path: Path, told: None
) -> None:
    ledger = ledger_of(tmp_path / "a", *LIKELY)
    [vote] = events(ledger, "Orvan election")
    assert [each.what for each in changes(ledger) if each.attribute == "date"] == ["new", "confirmed"]
    decide_claim(ledger, vote.id, "date", "2031-08-10", None, "settled", BY)
    corrected, first = [each for each in changes(ledger) if each.attribute == "date"]
    assert (corrected.what, corrected.now, corrected.person) == ("corrected", "2031-08-10", BY.person)
    assert (corrected.day, first.day) == (BY.moment.date().isoformat(), "2031-07-01")
    assert (first.what, first.now) == ("new", "2031-08-10 (settled)")
    assert changes(ledger, Between(last="2031-06-01")) == [corrected]


def test_how_events_stand_to_each_other_is_told_from_both_sides(tmp_path: Path, told: None) -> None:
    ledger = ledger_of(tmp_path / "a", STORY[1], PREPARING)
    summit = events(ledger, "Dalgard Velik summit")[0]
    [before] = related(ledger, summit)
    assert (before.kind, before.event.state.name) == ("prepared_by", "talks")
    [after] = related(ledger, before.event)
    assert (after.kind, after.event.id) == ("prepares", summit.id)
    assert related(ledger, summit, "2031-04-10") == []


def test_what_is_put_together_while_other_cores_read_is_what_is_at_the_end(
    tmp_path: Path, told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[str | None, int]] = []
    put_together = bring_together

    def counted(ledger: Ledger, before: str | None = None) -> None:
        put_together(ledger, before)
        steps.append((before, ledger.connection.execute("SELECT count(*) FROM threads").fetchone()[0]))

    monkeypatch.setattr(adding, "PIECE", 1)
    monkeypatch.setattr(adding, "bring_together", counted)
    one_core = adding._read
    monkeypatch.setattr(adding, "_read", lambda waiting, _, meter: one_core(waiting, 1, meter))
    in_order = sorted(STORY, key=lambda each: each[0].published or "")
    found = []
    for name, story in (("in order", in_order), ("late", [*in_order[1:], in_order[0]])):
        steps.clear()
        with open_ledger(tmp_path / name, create=True) as ledger:
            list(add(ledger, (given for given, _ in story), OLD, lambda: NOON, workers=2))
            found.append((seen(ledger, None), sorted(identified(ledger).items())))
        assert all(count for _, count in steps[1:]) and len(steps) > len(STORY) / 2
    with ledger_of(tmp_path / "at once", *STORY) as ledger:
        found.append((seen(ledger, None), sorted(identified(ledger).items())))
    assert found[0] == found[1] == found[2]


def test_a_document_read_again_leaves_one_telling(tmp_path: Path, told: None) -> None:
    path = tmp_path / "a"
    ledger_of(path, *STORY).close()
    ledger, _ = filled(path, *(given for given, _ in STORY), reader=NEW)
    best = events(ledger, "Dalgard Velik summit", "2031-07-02")[0]
    assert len(best.thread.tellings) == 5


def seen(ledger: Ledger, day: str | None) -> list[object]:
    names = {name for (name,) in ledger.connection.execute("SELECT thread FROM threads")}
    for fold, rows in (
        (outline, "SELECT thread, body, before, until FROM outlines"),
        (chronicle, "SELECT thread, body, before, until FROM chronicles"),
    ):
        kept = {name: more for name, *more in ledger.connection.execute(rows)}
        for name, thread in load(ledger.connection, names).items():
            if fold is chronicle and len(thread.tellings) <= summaries.FEW:
                assert name not in kept
                continue
            body, before, until = kept.pop(name)
            assert body == msgspec.msgpack.encode(fold(thread.tellings), order="deterministic")
            if before is not None:
                was = [each for each in thread.tellings if each.day != thread.tellings[-1].day]
                assert before == msgspec.msgpack.encode(fold(was), order="deterministic")
                assert until == was[-1].day
        assert not kept
    return [
        (each.id, each.state, each.thread.tellings, each.thread.reasons)
        for each in events(ledger, "Dalgard summit", day)
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(range(len(STORY))),
    step=st.integers(1, len(STORY)),
    day=st.sampled_from([s.published for s, _ in STORY]),
)
def test_the_view_of_a_day_depends_neither_on_the_order_of_arrival_nor_on_what_is_later(
    told: None, monkeypatch: pytest.MonkeyPatch, order: list[int], step: int, day: str
) -> None:
    monkeypatch.setattr(summaries, "FEW", 2)
    with TemporaryDirectory() as folder:
        whole = ledger_of(Path(folder) / "whole", *STORY)
        pieces = Path(folder) / "pieces"
        for at in range(0, len(order), step):
            ledger_of(pieces, *(STORY[n] for n in order[at : at + step])).close()
        mixed = ledger_of(pieces)
        until = ledger_of(Path(folder) / "until", *(s for s in STORY if (s[0].published or "") <= day))
        assert seen(mixed, day) == seen(whole, day) == seen(until, day)
        assert seen(mixed, None) == seen(whole, None)
        for each in (whole, mixed, until):
            each.close()


def one(
    day: str, text: str, words: str, status: Status, *said: tuple[Attribute, str | None, Settled], **more: str
) -> Told:
    """What a text tells of its one event, with rules by name: ``rule`` for the status, ``kind``."""
    _, reading = telling(day, text, words, status, *said)
    event = reading.events[0]
    rules = {"status": more.get("rule", "made"), "venue": more.get("venue_rule", "made")}
    claims = tuple(replace(c, by_rule=f"r:{rules.get(c.attribute, 'made')}") for c in event.claims)
    event = replace(event, kind=more.get("kind", event.kind), claims=claims)
    (found,) = told_by(replace(reading, events=(event,)))
    return found


def test_whose_an_event_is_makes_one_of_bare_words() -> None:
    first = one("2031-03-01", "The trial of Ana Dalgard will begin on 2 May.", "trial", "scheduled", kind="hearing")
    other = one("2031-03-05", "The trial of Olen Velik opens in Mereth.", "trial", "underway", kind="hearing")
    again = one("2031-05-02", "The trial of Ana Dalgard opens in Selm.", "trial", "underway", kind="hearing")
    assert [[each.day for each in thread.tellings] for thread in threads([first, other, again])] == [
        ["2031-03-01", "2031-05-02"],
        ["2031-03-05"],
    ]


def test_what_is_told_too_faintly_counts_where_others_tell_of_it() -> None:
    first = one("2031-03-01", "Dalgard will meet Velik at a summit in Kestron.", "summit", "planned", *BOTH)
    off = one(
        "2031-03-05", "Monday's summit in Kestron is off.", "summit", "cancelled", ("venue", "Kestron", "settled")
    )
    where = replace(first, places=frozenset({"kestron"}))
    faint = replace(off, faint=True, near=frozenset({"dalgard", "ostrow"}))
    (thread,) = threads([where, faint])
    assert [each.status for each in thread.tellings] == ["planned", "cancelled"]
    assert "ostrow" not in thread.outline.near  # it makes the event known by nothing more
    assert threads([faint]) == []
    elsewhere = replace(faint, places=frozenset({"dravik"}), name="dinner")
    assert len(threads([where, elsewhere])[0].tellings) == 1


def test_what_an_event_is_about_is_no_other_event_of_its_day() -> None:
    on: tuple[Attribute, str | None, Settled] = ("date", "2031-06-02", "settled")
    text = "Dalgard will open a vote on the harbour law on 2 June, after talks on fishing on 5 June."
    _, reading = telling("2031-05-03", text, "vote", "scheduled", on)
    (vote,) = reading.events

    def faint(words: str, status: Status, *dates: str) -> bool:
        at = text.index(words), text.index(words) + len(words)
        claims = tuple(replace(vote.claims[-1], value=day) for day in dates)
        other = replace(vote, id="v2", span=at, mentions=(at,), status=status, claims=claims)
        whole = replace(reading, events=(replace(vote, mentions=(vote.span,)), other))
        return next(each for each in told_by(whole) if each.number == "v2").faint

    assert faint("law", "scheduled", "2031-06-02") and faint("law", "planned")
    assert not faint("law", "scheduled", "2031-07-01")  # it comes into force on a day of its own
    assert not faint("law", "occurred", "2031-06-02")
    assert not faint("talks", "scheduled", "2031-06-02")


def test_what_is_done_at_an_event_is_no_other_event_of_its_day() -> None:
    def faint(text: str, kind: EventKind, day: str) -> bool:
        _, reading = telling("2031-05-03", text, "meeting", "scheduled", ("date", "2031-06-02", "settled"))
        (held,) = reading.events
        at = text.index("keep"), text.index("keep") + len("keep")
        claims = (replace(held.claims[-1], value=day),)
        done = replace(held, id="v2", span=at, mentions=(at,), kind=kind, claims=claims)
        whole = replace(reading, events=(replace(held, mentions=(held.span,)), done))
        return next(each for each in told_by(whole) if each.number == "v2").faint

    text = "The Selm Bank is to keep its rate at 3 percent at its next meeting on 2 June."
    assert faint(text, "measure", "2031-06-02")
    assert not faint(text, "measure", "2031-07-01") and not faint(text, "signing", "2031-06-02")
    assert not faint("The Selm Bank is to keep its rate at 3 percent before its next meeting.", "measure", "2031-06-02")
    assert not faint("The Selm Bank is to keep its rate. It will say so at its meeting.", "measure", "2031-06-02")


def test_a_plan_told_by_the_way_without_a_day_is_no_news_where_it_says_little() -> None:
    def aside(text: str, *said: tuple[Attribute, str | None, Settled], kind: EventKind = "other") -> bool:
        _, reading = telling("2031-05-03", text, "clear", "planned", *said)
        halves = text.index(" She hopes")
        blocks = tuple(Block(kind="paragraph", span=span, source=()) for span in ((0, halves), (halves + 1, len(text))))
        first = replace(reading.events[0], id="v9", kind="hearing", claims=(), span=(0, 12), mentions=())
        events = first, replace(reading.events[0], kind=kind)
        (_, told) = told_by(replace(reading, document=replace(reading.document, blocks=blocks), events=events))
        assert not told.faint
        return told.aside

    behind = "Ana Dalgard goes on trial in Selm. She hopes to clear her name."
    assert aside(behind) and aside(behind, kind="hearing")
    assert aside(behind, ("participant", "Olen Velik", "settled"))
    assert aside(behind, ("participant", "Ana Dalgard", "settled"), kind="hearing")
    assert not aside(behind, ("participant", "Olen Velik", "settled"), kind="hearing")
    in_june: tuple[Attribute, str | None, Settled] = ("date", "2031-06-02", "settled")
    assert aside(behind, in_june) and not aside(behind, in_june, kind="hearing")
    assert not aside(behind, in_june, ("participant", "Olen Velik", "settled"))
    assert not aside("Ana Dalgard hopes to clear her name. She hopes for a fair trial.")


def test_a_journey_is_what_it_is_for_by_either_name() -> None:
    day: tuple[Attribute, str, Settled] = ("date", "2031-03-09", "settled")
    trip = one("2031-03-01", "Ana Dalgard will travel on 9 March to Selm for a rally.", "travel", "scheduled", day,
               ("venue", "Selm", "settled"), kind="visit")  # fmt: skip
    assert trip.also == {"protest"}
    rally = one("2031-03-03", "The rally in Selm on 9 March begins at two.", "rally", "scheduled", day,
                ("venue", "Selm", "settled"), kind="protest")  # fmt: skip
    other = replace(rally, places=frozenset({"mereth"}))
    assert len(threads([trip, rally])) == 1 and len(threads([trip, other])) == 2
    told = chronicle([trip])
    assert question("Dalgard's rally in Selm").answered_by(told, "2031-03-02") > 0
    assert question("Dalgard's trial in Selm").answered_by(told, "2031-03-02") == 0


def test_what_a_name_says_is_found_where_it_is_written_small() -> None:
    small = one(
        "2031-03-01",
        "The Bresk party wants a referendum on the water charter. It is late.",
        "referendum",
        "mooted",
        kind="election",
    )
    large = one(
        "2031-03-04",
        "A referendum on the Water Charter is to be held, Bresk was told.",
        "referendum",
        "planned",
        kind="election",
    )
    assert len(threads([small, large])) == 1
    assert question("referendum on the Water Charter").answered_by(chronicle([small]), "2031-03-02") > 0
    hosted = one("2031-03-01", "She hosts a conference on child hunger.", "conference", "planned", kind="conference")
    assert question("conference on child hunger").answered_by(chronicle([hosted]), "2031-03-02") > 0


def test_two_of_one_series_are_two_where_each_has_a_name_of_its_own() -> None:
    one_prix = one("2031-03-01", "The Selm Grand Prix is put off.", "Selm Grand Prix", "postponed", kind="sport")
    other = one("2031-03-02", "The Mereth Grand Prix is put off.", "Mereth Grand Prix", "postponed", kind="sport")
    assert len(threads([one_prix, other])) == 2


def test_what_has_no_kind_for_one_reporter_is_one_with_what_has_it_for_another() -> None:
    first = one("2031-03-01", "The Selm Song Contest is due in May.", "Selm Song Contest", "planned", kind="sport")
    later = one("2031-03-02", "The Selm Song Contest is called off.", "Selm Song Contest", "cancelled", kind="other")
    assert len(threads([first, later])) == 1


def test_who_no_longer_hosts_takes_the_place_away_and_a_new_host_gives_one() -> None:
    name = "Selm Cup"
    first = one("2031-03-01", "Karsenia will host the Selm Cup.", name, "planned", ("venue", "Karsenia", "settled"))
    gone = one("2031-04-01", "Karsenia gives up the Selm Cup.", name, "planned", ("venue", None, "open"),
               venue_rule="withdrawn")  # fmt: skip
    new = one("2031-04-09", "Lunoria takes the Selm Cup.", name, "planned", ("venue", "Lunoria", "settled"))
    assert state_of([first, gone]).venue[:3] == (None, "open", ("Karsenia",))
    assert state_of([first, gone, new]).venue.value == "Lunoria"


def test_a_place_that_the_tagger_alone_gives_is_none_that_an_event_was_moved_from() -> None:
    name = "Selm Cup"
    guess = one("2031-03-01", "The Selm Cup comes to the ground.", name, "planned", ("venue", "ground", "settled"),
                venue_rule="tagger")  # fmt: skip
    told = one("2031-04-01", "The Selm Cup will be in Mereth.", name, "planned", ("venue", "Mereth", "settled"))
    moved = one("2031-04-09", "The Selm Cup moves to Dravik.", name, "planned", ("venue", "Dravik", "settled"))
    assert state_of([guess]).venue.value == "ground"
    assert state_of([guess, told, moved]).venue[:3] == ("Dravik", "settled", ("Mereth",))


def test_what_is_called_off_was_not_moved_to_the_days_on_which_it_will_not_be() -> None:
    days: tuple[Attribute, str | None, Settled] = ("date", "2031-05-22/2031-05-24", "settled")
    fair = one("2031-05-01", "The Selm Fair begins.", "Selm Fair", "scheduled", days, kind="other")
    off = one("2031-05-20", "The Selm Fair is off.", "Selm Fair", "cancelled", ("date", "2031-05-23", "settled"))
    put_off = replace(off, status="postponed")
    assert state_of([fair, off]).date[:2] == (days[1], "settled")
    assert state_of([fair, put_off]).date.value == "2031-05-23"
    bygone = replace(off, day="2031-05-25", claims=tuple(replace(c, value="2031-09") if c.attribute == "date" else c
                                                         for c in off.claims))  # fmt: skip
    assert state_of([fair, bygone]).date.value == "2031-09"
    assert state_of([fair, replace(bygone, day="2031-05-24")]).date.value == days[1]


def test_a_later_text_of_one_page_corrects_its_date_and_another_page_stands_against_it() -> None:
    said: tuple[Attribute, str | None, Settled] = ("date", "2031-05-20", "settled")
    first = replace(
        one("2031-05-01", "The Selm Fair begins.", "Selm Fair", "scheduled", said), page="https://a.example"
    )
    claims = tuple(replace(c, value="2031-05-21") if c.attribute == "date" else c for c in first.claims)
    mended = replace(first, document="second", claims=claims)
    other = replace(mended, page="https://b.example")
    assert state_of([first, mended]).date[:2] == ("2031-05-21", "settled")
    assert state_of([first, other]).date[:2] == ("2031-05-20", "contested")
    assert state_of([first, replace(other, page=None)]).date.settled == "contested"
    left = replace(first, heading=True)
    for tellings in ([left, mended], [mended, left]):
        assert state_of(tellings).date[:2] == ("2031-05-21", "settled")


def test_who_stays_away_takes_no_part_until_he_is_told_to_come_after_all() -> None:
    first = one("2031-05-01", "Ana Dalgard and Olen Velik will meet in Selm.", "meet", "planned", *BOTH)
    gone = one(
        "2031-05-02",
        "Olen Velik stays away from the meeting.",
        "meeting",
        "planned",
        ("absent", "Olen Velik", "settled"),
    )
    after_all = replace(first, day="2031-05-03")
    assert state_of([first, gone]).participants == ("Ana Dalgard",)
    assert state_of([first, replace(gone, status="occurred")]).participants == ("Ana Dalgard", "Olen Velik")
    assert state_of([first, gone, after_all]).participants == ("Ana Dalgard", "Olen Velik")


def test_an_election_is_where_those_are_who_hold_it() -> None:
    text = "Velmark will hold an election on 3 May."
    _, reading = telling("2031-05-01", text, "election", "scheduled", ("participant", "Velmark", "settled"))
    (event,), place = reading.events, Entity(id="e9", type="place", name="Velmark")
    claims = tuple(replace(c, entity="e9") if c.attribute == "participant" else c for c in event.claims)
    reading = replace(reading, events=(replace(event, claims=claims),))
    for entity, venues in ((place, ["Velmark"]), (replace(place, type="organization"), [])):
        (told,) = told_by(replace(reading, entities=(*reading.entities, entity)))
        assert [c.value for c in told.claims if c.attribute == "venue"] == venues
        assert not told.places


def test_an_election_to_a_body_is_where_no_single_land_is() -> None:
    for text in ("Velmark will stand in the election to the Harbour Council.", "A Harbour Council election: Velmark"):
        _, reading = telling("2031-05-01", text, "election", "scheduled", ("participant", "Velmark", "settled"))
        (event,), place = reading.events, Entity(id="e9", type="place", name="Velmark")
        claims = tuple(replace(c, entity="e9") if c.attribute == "participant" else c for c in event.claims)
        reading = replace(reading, events=(replace(event, claims=claims),), entities=(*reading.entities, place))
        assert not [c for told in told_by(reading) for c in told.claims if c.attribute == "venue"]


def test_a_name_between_commas_is_what_an_event_is_called() -> None:
    text = "The largest fair of the coast, Harbour Days, will be in Selm."
    assert one("2031-05-01", text, "largest fair", "planned").words == set()
    assert one("2031-05-01", text.replace(" of the coast", ""), "largest fair", "planned").words == {"harbour", "days"}
    for other in (
        "Before the largest fair, Reyk Steel, a mill, will close.",
        "At the largest fair, Orsa Shipping, Harl Steel and others will show ships.",
        "The largest fair, Radio Ostrev, the station, reported, opens.",
    ):
        assert one("2031-05-01", other, "largest fair", "planned").words == set()


def test_a_report_that_something_ends_dates_it_only_where_no_day_is_known() -> None:
    ends = one("2031-07-10", "The Selm Games conclude.", "Selm Games", "occurred", rule="over", kind="sport")
    began = one("2031-07-01", "The Selm Games open.", "Selm Games", "underway", rule="present", kind="sport")
    assert state_of([ends]).date.value == "2031-07-10"
    assert state_of([began, ends]).date.value == "2031-07-01"
    year = one("2031-01-01", "The 2031 Selm Games.", "Selm Games", "planned", ("date", "2031", "settled"), kind="sport")
    assert state_of([year, ends]).date.value == "2031-07-10"


def asked(question: str, answer: str, *said: tuple[Attribute, str, str], name: str = "summit") -> Reading:
    """A reading of a question, in which ``name`` is asked about, and its answer on the summit, with claims at words."""
    text = f"{question}\n{answer}"
    blocks = (
        Block(kind="paragraph", span=(0, len(question)), source=(), speaker="Q"),
        Block(kind="paragraph", span=(len(question) + 1, len(text)), source=(), speaker="Ruhl"),
    )
    _, reading = telling("2031-05-01", text, name, "planned")
    claims = tuple(
        Claim(attribute=attribute, value=value, settled="settled", span=((at, at + len(words)),), by_rule="made")
        for attribute, value, words in said
        for at in (text.index(words),)
    )
    at = text.rindex("summit")
    event = replace(reading.events[0], mentions=((at, at + 6),), claims=claims)
    return replace(reading, document=replace(reading.document, blocks=blocks), events=(event,))


def test_what_is_asked_about_brings_no_claims() -> None:
    reading = asked(
        "Q Will the summit be moved to June?", "MR. RUHL: The summit in Mereth stands.",
        ("date", "2031-06", "June"), ("venue", "Mereth", "Mereth"),
    )  # fmt: skip
    (found,) = told_by(reading)
    assert [claim.attribute for claim in found.claims] == ["venue"]


def test_an_event_is_called_by_what_a_question_takes_as_given() -> None:
    reading = asked(
        "Q When will the Harl Bay summit with Velmark on Monday begin?", "MR. RUHL: The summit begins at noon.",
        ("participant", "Velmark", "Velmark"), ("date", "2031-05-05", "Monday"), ("status", "planned", "begin?"),
        name="Harl Bay summit",
    )  # fmt: skip
    (found,) = told_by(reading)
    assert {"harl", "bay"} <= found.words
    assert [claim.attribute for claim in found.claims] == ["participant", "date"]
    (found,) = told_by(asked("Q Is a Harl Bay summit with Velmark meant?", "MR. RUHL: No summit is.",
                             ("participant", "Velmark", "Velmark"), name="Harl Bay summit"))  # fmt: skip
    assert not found.words and not found.claims


def only_asked(question: str, status: Status, *said: tuple[Attribute, str, str]) -> list[Told]:
    """What is told of a summit that stands in a question alone."""
    reading = asked(question, "MR. RUHL: Next summit.", *said)
    return told_by(replace(reading, events=(replace(reading.events[0], status=status, mentions=()),)))


def test_what_a_question_alone_takes_as_given_is_a_plan_and_no_more() -> None:
    where: tuple[Attribute, str, str] = ("venue", "Mereth", "Mereth")
    when: tuple[Attribute, str, str] = ("date", "2031-05-05", "Monday")
    (dated,) = only_asked("Q Who pays for the summit in Mereth on Monday?", "scheduled", where, when)
    (undated,) = only_asked("Q Who pays for the summit in Mereth?", "scheduled", where)
    assert (dated.status, undated.status, dated.places) == ("scheduled", "planned", frozenset({"mereth"}))
    assert not only_asked("Q Who pays for a summit in Mereth?", "planned", where)
    assert not only_asked("Q Why was the summit in Mereth called off?", "cancelled", where)
    assert not only_asked("Q Who pays for the summit?", "planned")


def test_what_a_question_takes_as_over_on_a_past_day_is_told_by_it() -> None:
    (over,) = only_asked("Q Who paid for the summit on Monday?", "occurred", ("date", "2031-04-28", "Monday"))
    assert over.status == "occurred"
    assert not only_asked("Q Who paid for the summit in Mereth?", "occurred", ("venue", "Mereth", "Mereth"))


def test_what_only_a_question_calls_off_is_still_planned() -> None:
    reading = asked("Q Will the summit not be held?", "MR. RUHL: The summit in Mereth needs work.",
                    ("status", "cancelled", "not be held"), ("venue", "Mereth", "Mereth"))  # fmt: skip
    (off,) = reading.events
    (found,) = told_by(replace(reading, events=(replace(off, status="cancelled"),)))
    assert found.status == "planned"
    answered = asked("Q Will the summit be held?", "MR. RUHL: The summit was called off.",
                     ("status", "cancelled", "called off"))  # fmt: skip
    (found,) = told_by(replace(answered, events=(replace(answered.events[0], status="cancelled"),)))
    assert found.status == "cancelled"


def test_a_journey_leads_where_most_say_and_its_day_is_not_that_of_a_stop() -> None:
    def trip(day: str, place: str, *said: tuple[Attribute, str | None, Settled]) -> Told:
        text = f"Ana Dalgard will go on a trip to {place}."
        return one(day, text, "trip", "planned", ("venue", place, "settled"), *said, kind="visit")

    tellings = [
        trip("2031-04-01", "Selm", ("date", "2031-05", "settled")),
        trip("2031-04-09", "Mereth", ("date", "2031-05-17", "settled")),
        trip("2031-04-12", "Selm"),
    ]
    state = state_of(tellings)
    assert (state.venue.value, state.venue.previous, state.date.value) == ("Selm", ("Mereth",), "2031-05")
    assert state_of(tellings[1:2]).date.value == "2031-05-17"


def test_a_report_on_one_day_of_several_leaves_the_others() -> None:
    ahead = one("2031-05-01", "The Selm summit is on 4 and 5 June.", "Selm summit", "scheduled",
                ("date", "2031-06-04/2031-06-05", "settled"))  # fmt: skip
    held = one("2031-06-05", "They met at the Selm summit today.", "Selm summit", "occurred",
               ("date", "2031-06-05", "settled"))  # fmt: skip
    assert state_of([ahead, held]).date.value == "2031-06-04/2031-06-05"
    week = one("2031-05-01", "The Selm summit is in early June.", "Selm summit", "planned",
               ("date", "2031-06-02/2031-06-08", "settled"))  # fmt: skip
    assert state_of([week, held]).date.value == "2031-06-05"


def test_a_report_of_what_is_off_or_when_it_begins_gives_no_new_date() -> None:
    ahead = one("2031-05-01", "The Selm fair is from 4 to 6 June.", "Selm fair", "scheduled",
                ("date", "2031-06-04/2031-06-06", "settled"))  # fmt: skip
    begins = one("2031-05-03", "The Selm fair begins on 4 June and not on 11 June.", "Selm fair", "scheduled",
                 ("date", "2031-06-04", "settled"), ("previous_date", "2031-06-11", "settled"))  # fmt: skip
    moved = one("2031-05-03", "The Selm fair is on 5 June and not on 11 June.", "Selm fair", "scheduled",
                ("date", "2031-06-05", "settled"), ("previous_date", "2031-06-11", "settled"))  # fmt: skip
    off = one("2031-05-30", "The Selm fair, which was to open on Saturday, is off.", "Selm fair", "cancelled",
              ("date", "2031-06-07", "settled"))  # fmt: skip
    assert state_of([ahead, begins]).date[:2] == ("2031-06-04/2031-06-06", "settled")
    assert state_of([ahead, moved]).date.value == "2031-06-05"
    put_off = one("2031-05-03", "The Selm fair of 4 June is put off.", "Selm fair", "postponed",
                  ("date", "2031-06-04", "settled"))  # fmt: skip
    assert state_of([ahead, put_off]).date[:3] == ("2031-06-04/2031-06-06", "settled", ())
    assert state_of([ahead, begins]).date.previous == ("2031-06-11",)
    one_day = one("2031-05-01", "The Selm fair on 4 June is planned.", "Selm fair", "scheduled",
                  ("date", "2031-06-04", "settled"))  # fmt: skip
    called_off = one("2031-05-03", "The Selm fair on 4 June is off.", "Selm fair", "cancelled",
                     ("date", "2031-06-04", "settled"))  # fmt: skip
    date = state_of([one_day, called_off]).date
    assert date[:3] == ("2031-06-04", "settled", ()) and date.told is called_off
    month = one("2031-05-01", "The Selm fair is in June.", "Selm fair", "planned", ("date", "2031-06", "settled"))
    assert state_of([month, off]).date.value == "2031-06-07"


def test_a_place_told_with_fewer_words_is_no_other_place() -> None:
    court = one("2031-03-01", "The trial is at the district court of Selm.", "trial", "planned",
                ("venue", "district court of Selm", "settled"), kind="hearing")  # fmt: skip
    town = one("2031-03-02", "The trial is in Selm.", "trial", "planned", ("venue", "Selm", "settled"), kind="hearing")
    assert state_of([court, town]).venue[:3] == ("district court of Selm", "settled", ())
    assert state_of([town, court]).venue.value == "district court of Selm"
    castle, new, south, capital = (
        one("2031-03-01", f"The trial is in {place}.", "trial", "planned", ("venue", place, "settled"), kind="hearing")
        for place in ("Selm Castle", "New Selm", "South Selm", "Karsenian capital Selm")
    )
    assert state_of([castle, town]).venue.value == "Selm Castle"
    assert state_of([town, capital]).venue.value == "Selm"
    assert state_of([capital, town]).venue.value == "Karsenian capital Selm"
    assert [state_of([each, town]).venue.value for each in (new, south)] == ["Selm", "Selm"]


def test_what_takes_place_on_days_to_come_is_not_over() -> None:
    days: tuple[Attribute, str, Settled] = ("date", "2031-10-07/2031-10-09", "settled")
    text = "From the 7th to the 9th the Selm Congress takes place."
    assert one("2031-09-01", text, "Selm Congress", "occurred", days, rule="present").status == "scheduled"
    assert one("2031-10-07", text, "Selm Congress", "occurred", days, rule="present").status == "occurred"
    assert one("2031-09-01", "They held the Selm Congress.", "Selm Congress", "occurred", days).status == "occurred"


def test_several_that_are_over_are_not_the_one_that_is_ahead() -> None:
    ahead = one("2031-03-01", "Dalgard will meet Velik at a summit in Selm.", "summit", "planned", *BOTH,
                ("venue", "Selm", "settled"))  # fmt: skip
    past = one("2031-03-02", "Dalgard met Velik at summits in Selm.", "summits", "occurred", *BOTH,
               ("venue", "Selm", "settled"))  # fmt: skip
    assert apart(ahead, past) and not apart(ahead, replace(past, name="summit"))


def test_what_bears_a_day_out_without_naming_it_is_shown() -> None:
    first = one("2031-03-01", "The Selm summit is on 4 June.", "Selm summit", "scheduled",
                ("date", "2031-06-04", "settled"))  # fmt: skip
    again = one("2031-03-09", "The Selm summit goes ahead.", "Selm summit", "planned")
    assert again in [told for told, _ in state_of([first, again]).evidence]


def test_who_leads_a_land_stands_for_it() -> None:
    text = "President Velik of Denmark was there. The summit of Denmark and Norway will be held in Mereth."
    both: tuple[tuple[Attribute, str | None, Settled], ...] = (
        ("participant", "Denmark", "settled"), ("participant", "Norway", "settled"),
    )  # fmt: skip
    _, reading = telling("2031-05-01", text, "summit", "planned", *both)
    role = Role(title="President", span=(0, 9))
    reading = replace(reading, entities=(Entity(id="e1", type="person", name="Velik", roles=(role,)),))
    (found,) = told_by(reading)
    assert set(found.sides) == {frozenset({"denmark", "velik"}), frozenset({"norway"})}


def apart(*tellings: Told) -> bool:
    """Whether each telling is of an event of its own."""
    return len(threads(tellings)) == len(tellings)


def test_votes_in_parts_of_one_state_are_told_apart_by_the_part() -> None:
    selm = one("2031-02-01", "The Selm Democratic primary election looms for Ana Dalgard and Olen Velik.",
               "Selm Democratic primary election", "planned")  # fmt: skip
    mereth = one("2031-02-03", "Dalgard fights Velik in the Democratic primary election in Mereth.",
                 "Democratic primary election", "planned", ("venue", "Mereth", "settled"))  # fmt: skip
    unnamed = one("2031-02-05", "Velik leads Dalgard in the Democratic primary election.",
                  "Democratic primary election", "planned")  # fmt: skip
    near = one("2031-02-06", "In Selm, Velik leads Dalgard in the primary election.", "primary election", "planned")
    assert apart(selm, mereth) and apart(selm, unnamed) and apart(mereth, near)
    assert not apart(selm, near)


def test_another_date_after_the_first_has_passed_is_the_next_one_unless_it_was_put_off() -> None:
    first = one("2031-03-01", "The Selm debate is on 10 March.", "Selm debate", "scheduled",
                ("date", "2031-03-10", "settled"), kind="other")  # fmt: skip
    put_off = one("2031-03-09", "The Selm debate is put off.", "Selm debate", "postponed", kind="other")
    next_one = one("2031-03-20", "The Selm debate is on 15 April.", "Selm debate", "scheduled",
                   ("date", "2031-04-15", "settled"), kind="other")  # fmt: skip
    much_later = one("2031-03-20", "The Selm debate is on 15 September.", "Selm debate", "scheduled",
                     ("date", "2031-09-15", "settled"), kind="other")  # fmt: skip
    assert apart(first, next_one)
    assert len(threads([first, put_off, next_one])) == len(threads([first, put_off, much_later])) == 1


def test_what_was_held_before_the_day_of_a_plan_is_another_event() -> None:
    ahead = one("2031-03-01", "Dalgard will meet Velik on 10 June at the Selm summit.", "Selm summit", "scheduled",
                *BOTH, ("date", "2031-06-10", "settled"))  # fmt: skip
    held = one("2031-03-09", "Dalgard met Velik at the Selm summit.", "Selm summit", "occurred", *BOTH)
    later = one("2031-06-11", "Dalgard met Velik at the Selm summit.", "Selm summit", "occurred", *BOTH)
    assert apart(ahead, held) and not apart(ahead, later)


def test_a_series_is_no_meeting_of_two_beside_it() -> None:
    two = one("2031-05-01", "Dalgard may meet Velik at the R9 summit in Selm.", "meet", "planned", *BOTH)
    series = one("2031-05-01", "Dalgard and Velik come to the R9 Selm summit.", "R9 Selm summit", "planned")
    assert apart(two, series)


def test_a_president_and_his_state_are_one_side() -> None:
    def met(day: str, text: str, words: str) -> Told:
        role = Role(title="President of Denmark", span=(0, 9))
        claim = Claim(attribute="participant", value="Ana Dalgard", entity="e1", settled="settled", span=(),
                      by_rule="made")  # fmt: skip
        _, reading = telling(day, text, words, "planned")
        (event,) = reading.events
        person = Entity(id="e1", type="person", name="Ana Dalgard", roles=(role,))
        (found,) = told_by(replace(reading, entities=(person,), events=(replace(event, claims=(claim,)),)))
        return found

    one_summit = met("2031-05-01", "Dalgard has a summit ahead.", "summit")
    talks = met("2031-05-09", "Dalgard goes to the conference.", "conference")
    assert set(talks.sides) == {frozenset({"denmark", "dalgard"})}
    assert apart(one_summit, talks)


def test_in_the_days_after_a_meeting_what_has_no_date_is_still_that_meeting() -> None:
    held = one("2031-07-01", "Dalgard and Velik held their summit.", "summit", "occurred", *BOTH)
    soon = one("2031-07-03", "Dalgard came for a summit with Velik.", "summit", "planned", *BOTH)
    later = one("2031-07-09", "Dalgard and Velik may hold a summit.", "summit", "mooted", *BOTH)
    assert not apart(held, soon) and apart(held, later)


def test_a_vote_on_the_day_of_an_election_is_that_election() -> None:
    day: tuple[Attribute, str | None, Settled] = ("date", "2031-05-10", "settled")
    election = one("2031-04-01", "Denmark holds its election.", "election", "scheduled", day)
    vote = one("2031-04-09", "Denmark prepares for the vote.", "vote", "planned", day, kind="vote")
    undated = one("2031-04-09", "Denmark prepares for the vote.", "vote", "planned", kind="vote")
    assert not apart(election, vote) and apart(election, undated)


def test_what_was_held_on_the_day_that_was_set_is_one_though_its_name_is_bare() -> None:
    day: tuple[Attribute, str | None, Settled] = ("date", "2031-05-10", "settled")
    planned = one("2031-05-01", "A march through Selm is planned.", "march", "planned", day,
                  ("venue", "Selm", "settled"), kind="protest")  # fmt: skip
    held = one("2031-05-11", "Many joined the march in Selm.", "march", "occurred", day, kind="protest")
    undated = one("2031-05-11", "Many joined the march in Selm.", "march", "occurred", kind="protest")
    assert not apart(planned, held) and apart(planned, undated)


def test_a_meeting_is_known_by_one_side_and_the_town_it_leaves() -> None:
    first = one("2031-04-10", "Dalgard will meet Velik at a summit in Selm.", "summit", "scheduled", *BOTH,
                ("venue", "Selm", "settled"))  # fmt: skip
    moved = one("2031-04-20", "Velik and Ida Ruhl will hold a summit, which leaves Selm.", "summit", "scheduled",
                ("participant", "Olen Velik", "settled"), ("participant", "Ida Ruhl", "settled"))  # fmt: skip
    elsewhere = one("2031-04-20", "Velik and Ida Ruhl will hold a summit in Brask.", "summit", "scheduled",
                    ("participant", "Olen Velik", "settled"), ("participant", "Ida Ruhl", "settled"))  # fmt: skip
    assert not apart(first, moved) and apart(first, elsewhere)


def test_an_act_is_known_by_any_of_its_words_and_another_act_of_the_same_states_is_another() -> None:
    both: tuple[tuple[Attribute, str | None, Settled], ...] = (
        ("participant", "Denmark", "settled"), ("participant", "Norway", "settled"),
    )  # fmt: skip

    def act(words: str, status: Status) -> Told:
        return one("2031-01-09", f"Denmark and Norway {words} the Selm pact.", words, status, *both, kind="other")

    assert not apart(act("join", "planned"), act("become", "planned"))
    assert apart(act("join", "planned"), act("invited", "occurred"))


def test_neighbours_alone_make_no_two_events_one() -> None:
    around, name = "Selm, Mereth and Brask hear Dalgard, Velik and Ruhl", "presidential debate"
    first = one("2031-01-05", f"{around} before the {name}.", name, "planned", kind="other")
    other = one("2031-01-09", f"{around} after a {name}.", name, "planned", kind="other")
    day: tuple[Attribute, str | None, Settled] = ("date", "2031-01-12", "settled")
    dated = [one(f"2031-01-0{n}", f"{around} before a {name}.", name, "planned", day, kind="other") for n in (6, 7)]
    assert apart(first, other) and not apart(*dated)


def _attack(day: str, text: str, name: str, *claims: tuple[Attribute, str | None, Settled]) -> Told:
    return one(day, text, name, "occurred", *claims, kind="other")


def test_one_attack_is_known_by_its_place_whatever_it_is_called() -> None:
    place: tuple[Attribute, str | None, Settled] = ("venue", "Selm", "settled")
    day: tuple[Attribute, str | None, Settled] = ("date", "2031-05-02", "settled")
    first = _attack("2031-05-03", "A blast in Selm killed nine.", "blast", place, day)
    again = _attack("2031-05-05", "The bombing in Selm is looked into.", "bombing", place, day)
    fire = _attack("2031-05-05", "A crash in Selm killed two.", "crash", place, day)
    later = _attack("2031-05-05", "The explosion in Selm.", "explosion", place, ("date", "2031-05-04", "settled"))
    assert not apart(first, again) and apart(first, fire) and apart(first, later)


def test_several_are_another_event_than_one_of_them() -> None:
    places: tuple[tuple[Attribute, str | None, Settled], ...] = (("venue", "Selm", "settled"),)
    several = _attack("2031-05-03", "The bombings in Selm shook Velmark.", "bombings", *places)
    single = _attack("2031-05-04", "The bombing in Selm shook Velmark.", "bombing", *places)
    assert apart(several, single)


def test_what_the_same_people_do_again_in_days_is_known_by_its_day_or_place() -> None:
    day: tuple[Attribute, str | None, Settled] = ("date", "2031-05-02", "settled")
    text = "Dalgard and Velik met in a debate"
    first = _attack("2031-05-03", f"{text}.", "debate", *BOTH, day)
    same = _attack("2031-05-04", f"{text}.", "debate", *BOTH, day)
    undated = _attack("2031-05-09", f"{text}.", "debate", *BOTH)
    assert not apart(first, same) and apart(first, undated)


def test_a_disaster_is_told_of_as_the_same_by_its_year() -> None:
    first = _attack(
        "2031-05-03", "The Heron disaster killed nine.", "Heron disaster", ("date", "2031-05-02", "settled")
    )
    year = _attack("2032-05-03", "The 2031 Heron disaster.", "2031 Heron disaster")
    another = _attack("2032-05-03", "The Heron disaster.", "Heron disaster", ("date", "2032-05-01", "settled"))
    assert not apart(first, year) and apart(first, another)


SORTS = (
    telling("2031-04-01", "Denmark will hold a presidential election.", "presidential election", "scheduled",
            ("participant", "Denmark", "settled"), ("date", "2031-10-06", "settled")),
    telling("2031-04-02", "The pipeline summit will be held in May.", "pipeline summit", "planned",
            ("date", "2031-05", "settled")),
)  # fmt: skip


def test_who_asks_for_one_sort_of_election_gets_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {given.id: reading for given, reading in SORTS}
    monkeypatch.setattr(onrecord.reading, "read_many", lambda sources: (known[each.id] for each in sources))
    ledger = ledger_of(tmp_path / "a", *SORTS)
    assert [each.state.name for each in events(ledger, "Danish election")] == ["presidential election"]
    assert events(ledger, "parliamentary election in Denmark") == []
    assert len(events(ledger, "general election in Denmark")) == 1


def test_a_question_without_a_name_is_answered_by_the_words_of_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {given.id: reading for given, reading in SORTS}
    monkeypatch.setattr(onrecord.reading, "read_many", lambda sources: (known[each.id] for each in sources))
    ledger = ledger_of(tmp_path / "a", *SORTS)
    assert [each.state.name for each in events(ledger, "the pipeline summit of 5 May")] == ["pipeline summit"]
    assert events(ledger, "harvest summit") == []


def test_the_state_of_an_envoy_is_not_that_of_the_vote_of_which_he_speaks() -> None:
    text = "The Norwegian envoy Olen Velik says that rebels in Denmark want to disrupt the election."
    _, reading = telling("2031-04-01", text, "election", "planned")
    envoy = Entity(id="e9", type="person", name="Olen Velik", roles=(Role(title="Norwegian envoy", span=(4, 19)),))
    (found,) = told_by(replace(reading, entities=(envoy,)))
    assert "denmark" in found.near and "norway" not in found.near


def _held(monkeypatch: pytest.MonkeyPatch, path: Path, *tellings: tuple[Source, Reading]) -> Ledger:
    known = {given.id: reading for given, reading in tellings}
    monkeypatch.setattr(onrecord.reading, "read_many", lambda sources: (known[each.id] for each in sources))
    return ledger_of(path, *tellings)


def test_who_asks_by_name_is_answered_by_what_the_holder_of_the_office_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, named = telling(
        "2031-04-01", "President Ana Dalgard opened the budget meeting.", "budget meeting", "occurred"
    )
    office = Role(title="President", span=(0, 9))
    named = replace(named, entities=(Entity(id="e9", type="person", name="Ana Dalgard", roles=(office,)),))
    plan = telling("2031-04-02", "The President will hold a meeting in Selm, Denmark.", "meeting", "planned",
                   ("participant", "President", "settled"), ("venue", "Selm", "settled"))  # fmt: skip
    other = telling("2031-04-03", "The premier will hold a meeting in Mereth, Norway.", "meeting", "planned",
                    ("participant", "premier", "settled"), ("venue", "Mereth", "settled"))  # fmt: skip
    ledger = _held(monkeypatch, tmp_path / "a", (given, named), plan, other)
    assert [each.state.venue.value for each in events(ledger, "Dalgard's meeting in Denmark")] == ["Selm"]
    assert events(ledger, "Dalgard's meeting in Norway") == []


def test_what_a_meeting_is_about_goes_before_another_of_the_same_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fishing = telling("2031-04-01", "Dalgard will hold talks on fishing.", "talks", "planned", *BOTH[:1],
                      ("date", "2031-05-02", "settled"))  # fmt: skip
    border = telling("2031-04-02", "Dalgard will hold border talks.", "border talks", "planned", *BOTH[:1],
                     ("date", "2031-09-02", "settled"))  # fmt: skip
    ledger = _held(monkeypatch, tmp_path / "a", fishing, border)
    assert events(ledger, "Dalgard's fishing talks")[0].state.date.value == "2031-05-02"
    assert events(ledger, "Dalgard's talks on the border")[0].state.date.value == "2031-09-02"
    assert events(ledger, "Dalgard's talks in September")[0].state.date.value == "2031-09-02"


def test_what_an_answer_goes_on_about_is_called_as_the_question_calls_it() -> None:
    reading = asked("Q How can a Harl Bay summit change that?", "MR. RUHL: This summit will be open.",
                    name="Harl Bay summit")  # fmt: skip
    (found,) = told_by(reading)
    assert found.words == {"harl", "bay"}


def test_what_was_held_long_before_an_event_was_first_told_as_ahead_is_another() -> None:
    plan = one("2031-04-01", "Dalgard may visit Denmark.", "visit", "mooted", *BOTH[:1],
               ("venue", "Denmark", "settled"), kind="visit")  # fmt: skip
    old = one("2031-04-20", "Dalgard made a visit to Denmark in 2029.", "visit", "occurred", *BOTH[:1],
              ("venue", "Denmark", "settled"), ("date", "2029", "settled"), kind="visit")  # fmt: skip
    assert apart(plan, old)


def test_a_name_in_quotation_marks_and_the_land_of_a_town_tell_events_apart() -> None:
    named = one("2031-04-01", 'The "Open Doors" meeting is put off.', "meeting", "postponed")
    assert named.words == {"open", "doors"}
    assert keys("Latin America") == {"latin america"}
    assert subjects(["the", "immigration", "talks", "of", "last", "week"], "en") == {"immigration"}


def test_two_journeys_of_one_office_to_one_place_are_one() -> None:
    said: tuple[Attribute, str | None, Settled] = ("participant", "President", "settled")
    there: tuple[Attribute, str | None, Settled] = ("venue", "Denmark", "settled")
    first = one("2031-04-01", "The President plans a trip to Denmark.", "trip", "planned", said, there, kind="visit")
    again = one(
        "2031-04-03", "The President leaves on his trip to Denmark.", "trip", "planned", said, there, kind="visit"
    )
    other = one("2031-04-03", "The premier plans a tour of Denmark.", "tour", "planned", there, kind="visit")
    assert not apart(first, again) and apart(first, other)


def test_a_journey_called_by_its_goal_alone_is_the_one_to_be_made_there() -> None:
    there: tuple[Attribute, str | None, Settled] = ("venue", "Denmark", "settled")
    who: tuple[Attribute, str | None, Settled] = ("participant", "Dalgard", "settled")
    plan = one("2031-04-01", "Dalgard plans to travel to Denmark.", "travel", "scheduled", who, there,
               ("date", "2031-04-20", "settled"), kind="visit")  # fmt: skip
    off = one("2031-04-10", "The Denmark trip is put off.", "Denmark trip", "postponed", there, kind="visit")
    late = one("2031-05-10", "The Denmark trip is put off.", "Denmark trip", "postponed", there, kind="visit")
    assert not apart(plan, off) and apart(plan, late)


def test_what_a_question_begins_with_is_taken_as_given() -> None:
    reading = asked("Q On fishing summits on Monday, what does she expect?", "MR. RUHL: The summit may last.",
                    ("date", "2031-05-05", "Monday"), name="fishing summits")  # fmt: skip
    (found,) = told_by(reading)
    assert [claim.value for claim in found.claims] == ["2031-05-05"] and "fishing" in found.about


@pytest.mark.usefixtures("told")
def test_a_list_has_the_rows_of_events_and_goes_on_after_so_many(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *STORY, *MORE)
    for words in ("", "Dalgard summit"):
        found = events(ledger, words, "2031-04-30")
        rows = listed(ledger, Asked(words, "2031-04-30"))
        assert [row._replace(kind="") for row in rows] == [row_of(each)._replace(kind="") for each in found]
        assert len(rows) > 1
        assert listed(ledger, Asked(words, "2031-04-30"), most=1, after=1) == rows[1:2]


@pytest.mark.usefixtures("told")
def test_a_list_of_a_status_or_a_kind(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *STORY, *MORE)
    rows = listed(ledger, Asked(as_of="2031-03-05", kind="election"))
    assert [row.name for row in rows] == ["general election"] * 2
    assert listed(ledger, Asked(as_of="2031-03-05", kind="meeting")) == []
    assert [row.status for row in listed(ledger, Asked(as_of="2031-05-10", status="postponed"))] == ["postponed"]
    assert listed(ledger, Asked(as_of="2031-05-10", status="cancelled")) == []
    assert listed(ledger, Asked(as_of="2031-05-10", status="postponed", among=0)) == []


@pytest.mark.usefixtures("told")
def test_what_lies_ahead_without_a_date(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *STORY)
    assert [(row.status, row.date.value) for row in undated(ledger, "2031-05-10")] == [
        ("postponed", None), ("planned", None),
    ]  # fmt: skip
    assert [row.status for row in undated(ledger, "2031-05-10", most=1)] == ["postponed"]
    assert undated(ledger, "2030-01-01") == []


@pytest.mark.usefixtures("told")
def test_the_days_on_which_an_event_was_told_of(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "a", *STORY)
    found = event(ledger, "Dalgard Velik summit", "2031-06-01")
    assert found is not None
    assert days_told(ledger, found.id) == ["2031-04-01", "2031-04-10", "2031-05-02", "2031-05-20", "2031-07-01"]
    assert days_told(ledger, "E0000000000") == []


def test_one_document_tells_of_what_is_over_and_by_another_word_of_what_is_ahead() -> None:
    charge = one("2031-03-01", "Ana Dalgard was charged on Monday.", "charged", "occurred", kind="hearing")
    ahead = one("2031-03-01", "The trial of Ana Dalgard is planned.", "trial", "planned", kind="hearing")
    ahead = replace(ahead, document=charge.document, words=charge.words, sides=charge.sides, near=charge.near)
    assert apart(charge, ahead)


def test_a_date_told_long_after_the_last_is_the_date() -> None:
    name = "Selm Cup"
    first = one("2031-03-01", "The Selm Cup is on 10 May.", name, "scheduled", ("date", "2031-05-10", "settled"))
    soon = one("2031-03-05", "The Selm Cup is on 24 May.", name, "scheduled", ("date", "2031-05-24", "settled"))
    late = one("2031-04-20", "The Selm Cup is on 24 May.", name, "scheduled", ("date", "2031-05-24", "settled"))
    loose = one(
        "2031-04-20", "The Selm Cup may be on 24 May.", name, "scheduled", ("date", "2031-05-24", "provisional")
    )
    assert state_of([first, soon]).date[:2] == ("2031-05-10", "contested")
    assert state_of([first, late]).date[:2] == ("2031-05-24", "settled")
    assert state_of([first, loose]).date[:2] == ("2031-05-10", "settled")


def test_what_is_called_so_answers_before_what_only_has_one_of_that_name_in_it() -> None:
    called = one("2031-03-01", "Gulf leaders come to the Lake Orlick summit.", "Lake Orlick summit", "planned")
    beside = one(
        "2031-03-01", "Orlick of Lake Selm had a talk.", "talk", "occurred", ("participant", "Orlick", "settled")
    )
    asked = question("Lake Orlick summit")
    best = [asked.answered_by(chronicle([each]), "2031-03-02") for each in (called, beside)]
    assert best[0] > best[1]


def test_two_who_stand_before_one_court_have_two_trials() -> None:
    court: tuple[Attribute, str, Settled] = ("venue", "Mereth Crown Court", "settled")
    one_trial = one("2031-03-01", "The trial of Ana Dalgard is at Mereth Crown Court.", "trial", "planned",
                    ("participant", "Ana Dalgard", "settled"), court, kind="hearing")  # fmt: skip
    other = one("2031-03-04", "The trial of Olen Velik at Mereth Crown Court ends.", "trial", "occurred",
                ("participant", "Olen Velik", "settled"), court, kind="hearing")  # fmt: skip
    assert apart(one_trial, other)
