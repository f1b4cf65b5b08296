"""What was worked out of tellings is that of these very tellings, and no more of it is kept than was asked for."""

from __future__ import annotations

from functools import partial

from onrecord.ledger.told import Told
from onrecord.ledger.worked_out import WorkedOut


def test_the_same_tellings_are_worked_out_once() -> None:
    """A telling more, another order and another question are worked out by themselves."""
    made: list[tuple[str, ...]] = []
    known = WorkedOut[tuple[str, ...]](9)
    one, two = _told("one"), _told("two")
    for tellings, asked in (([one], ""), ([one, two], ""), ([two, one], ""), ([one, two], "why"), ([one, two], "")):
        days = tuple(told.document for told in tellings)
        assert known.of(tellings, partial(_making, made, days), asked) == days
    assert made == [("one",), ("one", "two"), ("two", "one"), ("one", "two")]


def test_a_telling_that_was_read_again_is_another() -> None:
    """What is in it may be another by then."""
    made: list[tuple[str, ...]] = []
    known = WorkedOut[tuple[str, ...]](9)
    for words in ("first", "second"):
        assert known.of([_told("one")], partial(_making, made, (words,))) == (words,)


def test_what_was_not_asked_for_longest_is_let_go() -> None:
    """Of three lists of tellings where two are kept."""
    made: list[tuple[str, ...]] = []
    known = WorkedOut[tuple[str, ...]](2)
    tellings = {name: [_told(name)] for name in ("one", "two", "three")}
    for name in ("one", "two", "one", "three", "one", "two"):
        known.of(tellings[name], partial(_making, made, (name,)))
    assert made == [("one",), ("two",), ("three",), ("two",)]


def _making(made: list[tuple[str, ...]], what: tuple[str, ...]) -> tuple[str, ...]:
    made.append(what)
    return what


def _told(document: str) -> Told:
    nothing = frozenset[str]()
    return Told(
        document=document, day="2031-05-01", number="e1", name="talks", kind="talks", status="planned", types=nothing,
        words=nothing, sides=(), outlet=None, places=nothing, near=nothing, years=nothing, claims=(), names=(),
        span=(0, 5), text="talks",
    )  # fmt: skip
