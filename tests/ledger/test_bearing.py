"""The threads that bear a name: what is remembered is what the ledger would answer; and those that bear the words of a
copy: one sentence in the copies of one text is one event, and the same words elsewhere are not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from msgspec.structs import replace

import onrecord.reading
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.bearing import LOOKED_AT, Bearers, bearing, wording_key
from onrecord.ledger.days import earlier
from onrecord.ledger.told import Told
from onrecord.nouns import Reading, Source
from tests.ledger.keeping import filled
from tests.ledger.test_events import telling

A_DAY = 30
"""Tellings of one day."""


def a_telling(day: str, called: bool) -> Told:
    """A telling of a meeting that is called by a name, or that the name stands near."""
    name, none = frozenset({"kestron"}), frozenset[str]()
    return Told(
        document="a", day=day, number="v1", name="summit", kind="meeting", status="planned", types=none,
        words=name if called else none, sides=(), outlet=None, places=none, near=none if called else name,
        years=none, claims=(), names=(), span=(0, 1), text="",
    )  # fmt: skip


@pytest.mark.parametrize("back", [2, 9])
def test_what_is_remembered_is_what_the_ledger_would_answer(tmp_path: Path, back: int) -> None:
    with open_ledger(tmp_path / "a", create=True) as ledger:
        connection = ledger.connection
        connection.execute("PRAGMA foreign_keys = OFF")
        bearers = Bearers(connection, back)
        for number in range(3 * LOOKED_AT):
            day = (date(2031, 5, 1) + timedelta(number // A_DAY)).isoformat()
            told, thread = a_telling(day, called=number % 5 == 0), f"E{number * 7 % 40}"
            rows = bearing(connection, "kestron", "meeting", (earlier(day, back), day))
            asked = {name: max(own for other, own, _ in rows if other == name) for name, *_ in rows}
            assert bearers.of("kestron", "meeting", day) == asked
            connection.execute(
                "INSERT INTO event_keys (key, family, day, event, own) VALUES ('kestron', 'meeting', ?, ?, ?)",
                (day, number, int("kestron" in told.keys)),
            )
            connection.execute("INSERT INTO threads (event, thread, why) VALUES (?, ?, '[]')", (number, thread))
            bearers.add(told, thread)


SENTENCE = "The ceremony will still be held beside the old lighthouse."
REST = """The masons laid the last stone in heavy rain while a brass band played under a tarpaulin that leaked.
Nobody had slept much, the foreman admitted, and the soup was cold by noon because the cook had gone to fetch nails.
Next week the scaffolding comes down, the painters arrive with forty buckets of white, and the ferries run again."""
"""Words enough that a text which has them is a copy."""


def tells(name: str, day: str, text: str) -> tuple[Source, Reading]:
    return telling(day, text, "ceremony", "planned", name=name)


WIRE = tells("wire", "2031-04-02", f"{SENTENCE}\n{REST}")
CUT = tells("cut", "2031-04-03", f"{SENTENCE}\n{REST[:-60]}")
DATED = tells("dated", "2031-04-04", f"ORVAN (VNA) - Reporters wait. {SENTENCE}\n{REST}")
LATE = tells("late", "2031-05-20", f"{SENTENCE}\n{REST}")
ELSEWHERE = telling(
    "2031-04-05", f"{SENTENCE}\nA shop in another town sells lamps.", "ceremony", "planned", name="other"
)
OTHER_WORDS = telling(
    "2031-04-05", f"No ceremony is planned for the opening of it.\n{REST}", "ceremony", "planned", name="no"
)
OF_A_PLACE = [
    telling(day, f"{SENTENCE}\n{REST}", "ceremony", "planned", ("venue", place, "settled"), name=place)
    for day, place in (("2031-04-02", "Mereth"), ("2031-04-03", "Selm"))
]


def together(monkeypatch: pytest.MonkeyPatch, path: Path, *tellings: tuple[Source, Reading]) -> set[frozenset[str]]:
    """Which documents' events are one in a ledger to which they came in this order, one by one."""
    known = {given.id: reading for given, reading in tellings}

    def read_many(sources: Iterable[Source]) -> Iterable[Reading]:
        return (known[each.id] for each in sources)

    monkeypatch.setattr(onrecord.reading, "read_many", read_many)
    for given, _ in tellings:
        filled(path, given)[0].close()
    with open_ledger(path) as ledger:
        return _threads(ledger)


def _threads(ledger: Ledger) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for thread, name in ledger.connection.execute(
        "SELECT t.thread, d.name FROM threads t JOIN events e ON e.id = t.event JOIN readings r ON r.id = e.reading "
        "JOIN documents d ON d.id = r.document"
    ):
        found.setdefault(thread, set()).add(name)
    return set(map(frozenset, found.values()))


def test_the_same_sentence_in_copies_is_one_event_in_whatever_order_they_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, order in enumerate(permutations((WIRE, CUT, DATED))):
        assert together(monkeypatch, tmp_path / f"{number}", *order) == {frozenset({"wire", "cut", "dated"})}


def test_the_same_sentence_elsewhere_or_long_after_and_another_one_of_a_copy_are_other_events(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_four = (WIRE, LATE, ELSEWHERE, OTHER_WORDS)
    assert together(monkeypatch, tmp_path / "a", *all_four) == {frozenset({str(each.id)}) for each, _ in all_four}
    assert together(monkeypatch, tmp_path / "b", *OF_A_PLACE) == {frozenset({"Mereth"}), frozenset({"Selm"})}


def test_words_that_are_too_few_are_nobodys() -> None:
    assert wording_key(telling_of("The ceremony is off.")) is None
    assert (
        wording_key(telling_of(SENTENCE))
        == wording_key(telling_of(f"ORVAN (VNA) - It said. It is so. {SENTENCE}"))
        is not None
    )


def telling_of(text: str) -> Told:
    return replace(a_telling("2031-04-02", called=False), name="ceremony", text=text)
