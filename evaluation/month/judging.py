"""What was alerted against what was told: each planned change once, within two polls, and nothing else.

Promise: a change counts as alerted only where the alert is of an event that the ledger had of this story before (of the
first turn any), has the value that the words say, and comes to the receiver at the latest with the second poll that the
outlet which told it first answered; while the receiver is down by plan, once it is asked again. The odd case that
forced the shape: an event that is taken for a new one brings the right date under a wrong head, so what was alerted as
a new event is missed, and why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from evaluation.month.receiver import Fact
from evaluation.month.script import Item, Planned, Script, utc
from onrecord.ledger import Ledger
from onrecord.ledger.outbox import FIRST_WAIT, LONGEST_WAIT
from onrecord.ledger.told import Told

POLLS = 2
"""Within so many polls that its outlet answers a change is to be alerted."""


class Alerted(msgspec.Struct, frozen=True):
    """One change as an alert tells it."""

    moment: datetime
    """When it was found."""
    came: datetime | None
    """When a message first brought it to the receiver; None: none did."""
    event: str
    attribute: str
    what: str
    was: str | None
    now: str | None
    document: str
    """The address of the document with the words."""
    words: str
    fact: Fact
    """By which the receiver has it."""


class Wrong(NamedTuple):
    """An alert that is none of a planned change told for the first time."""

    alert: Alerted
    story: str | None
    """The story of its document; None: none of ours."""
    planned: Planned | None = None
    """Which change it tells again."""


class Missed(NamedTuple):
    """A planned change that was not alerted, and why."""

    planned: Planned
    why: str


class Judged(NamedTuple):
    """The figures of a month."""

    in_time: list[Planned]
    late: list[tuple[Planned, Alerted]]
    missed: list[Missed]
    gone: list[Planned]
    """Changes that nobody is to be told of: before any poll brought them their report was corrected."""
    again: list[Wrong]
    """Alerts of what had been alerted: of a planned change, or of one event the very same."""
    false: list[Wrong]
    """Alerts of what no words of ours say."""
    also: int
    """Alerts of what the words say too, and nobody waits for."""

    @property
    def once(self) -> int:
        """How many changes were alerted in time and never again."""
        return len(set(self.in_time) - {each.planned for each in self.again})


def judged(
    script: Script, ledger: Ledger, alerts: Sequence[Alerted], answered: Mapping[str, Mapping[datetime, bool]]
) -> Judged:
    """Return how the alerts of a month, in their order, stand to its script.

    ``answered``: of each outlet when its feed was asked for, and whether it came. Nobody was told of an alert that did
    not come, so that it counts for nothing but the reason why a change is missed.
    """
    items = {each.path: each for each in script.items}
    first: dict[Planned, Alerted] = {}
    apart: dict[Planned, Alerted] = {}
    events: defaultdict[str, dict[str, int]] = defaultdict(dict)
    again, false, also = list[Wrong](), list[Wrong](), 0
    standing = set[_Said]()
    for alert in sorted((each for each in alerts if each.came), key=lambda each: each.came or each.moment):
        story = _story(items, alert)
        known = [p for p in script.planned if p.story == story and utc(p.moment) <= alert.moment and fits(p, alert)]
        said = _said(alert, alert.now)
        repeated = said in standing
        standing -= {said._replace(holds=not said.holds), _said(alert, alert.was)}
        standing.add(said)
        if story is None:
            false.append(Wrong(alert, story))
            continue
        besides, value = _besides(script, story, alert), (alert.now or alert.was or "").lower()
        if besides or not known:
            right = any(each in value for each in script.told[story]) or (besides and alert.attribute != "date")
            also += right and not repeated
            again += [Wrong(alert, story)] if right and repeated else []
            false += [] if right else [Wrong(alert, story)]
            continue
        planned = known[-1]
        of_story = events[story]
        begun = of_story.get(alert.event, planned.turn if not of_story else len(script.items))
        if planned in first:
            again.append(Wrong(alert, story, planned))
        elif begun > planned.turn or (planned.turn and alert.attribute == "status" and alert.what == "new"):
            if planned in apart:
                again.append(Wrong(alert, story, planned))
            apart.setdefault(planned, alert)
        else:
            first[planned] = alert
        of_story.setdefault(alert.event, planned.turn)
    back = [_asked_again(down, answered) for down in script.down]
    in_time, late = [], []
    for planned, alert in first.items():
        if is_in_time(alert, due(planned, answered), script.down, back):
            in_time.append(planned)
        else:
            late.append((planned, alert))
    lost = [each for each in alerts if each.came is None]

    def reason(planned: Planned) -> str:
        if planned in apart:
            return "alerted as a new event"
        if any(fits(planned, each) and _story(items, each) == planned.story for each in lost):
            return "found, and no message came"
        return why(ledger, planned, script.items)

    left = [each for each in script.planned if each not in first]
    gone = [each for each in left if is_gone(each, script.items, answered)]
    missed = [Missed(each, reason(each)) for each in left if each not in gone]
    return Judged(in_time, late, missed, gone, again, false, also)


def _story(items: Mapping[str, Item], alert: Alerted) -> str | None:
    item = items.get(_path(alert.document))
    return item.story if item else None


def _besides(script: Script, story: str, alert: Alerted) -> bool:
    """Whether an alert is of another plan that the words tell."""
    words = " ".join(alert.words.lower().split())
    return any(each in words for each in script.besides[story])


def due(planned: Planned, answered: Mapping[str, Mapping[datetime, bool]]) -> datetime:
    """Return the latest moment for an alert: the second poll that the outlet answered, as far as there were two."""
    after = [moment for moment, came in sorted(answered[planned.outlet].items()) if came and moment >= planned.moment]
    return after[:POLLS][-1] if len(after) >= POLLS else datetime.max.replace(tzinfo=utc(planned.moment).tzinfo)


def is_gone(planned: Planned, items: Iterable[Item], answered: Mapping[str, Mapping[datetime, bool]]) -> bool:
    """Return whether all reports of a change were corrected before a poll that their outlet answered."""
    reports = [each for each in items if (each.story, each.turn) == (planned.story, planned.turn)]
    return bool(reports) and all(
        each.corrected is not None
        and not any(came and each.moment <= at < each.corrected[0] for at, came in answered[each.outlet].items())
        for each in reports
    )


def is_in_time(
    alert: Alerted, latest: datetime, down: Iterable[tuple[datetime, datetime]], back: Iterable[datetime]
) -> bool:
    """Return whether an alert came in time: till ``latest``, or when a receiver that was down then was asked again.

    ``down``: from when till when it was, by plan; ``back``: by when it was asked again after each.
    """
    if alert.came is None:
        return False
    waits = [again for (first, _), again in zip(down, back, strict=True) if first <= latest and alert.moment < again]
    return alert.came <= max([latest, *waits])


def _asked_again(down: tuple[datetime, datetime], answered: Mapping[str, Mapping[datetime, bool]]) -> datetime:
    """By when a receiver that was down is asked again: with the first round after its time of waiting is over.

    Each wait is twice the last (`outbox.FIRST_WAIT`), and so no longer than it has been down, and never longer than
    `outbox.LONGEST_WAIT`.
    """
    first, until = down
    over = until + min(until - first + FIRST_WAIT, LONGEST_WAIT)
    rounds = (moment for polls in answered.values() for moment in polls if moment >= over)
    return min(rounds, default=over)


class _Said(NamedTuple):
    """What an alert says of an event; of what is withdrawn which value was."""

    event: str
    attribute: str
    value: str | None
    holds: bool


def _said(alert: Alerted, value: str | None) -> _Said:
    return _Said(alert.event, alert.attribute, value or alert.was, value is not None)


def fits(planned: Planned, alert: Alerted) -> bool:
    """Return whether an alert tells a planned change; all its dates are settled by the words that tell them."""
    if alert.attribute != planned.attribute:
        return False
    if planned.value.startswith("without "):
        return alert.what == "withdrawn" and planned.value.removeprefix("without ") in (alert.was or "")
    now = alert.now or ""
    value, _, standing = now.partition(" (")
    if "contested" in standing:
        return planned.value == "contested"
    if planned.value == "open":
        return value == "none"
    if planned.attribute == "date" and "provisional" in standing:
        return False
    if planned.attribute in ("venue", "participant"):
        return planned.value in value
    return value in planned.value.split("|")


_TOLD = (
    "SELECT d.url, e.body, t.thread FROM current c JOIN documents d ON d.id = c.document "
    "JOIN events e ON e.reading = c.reading LEFT JOIN threads t ON t.event = e.id ORDER BY e.id"
)


def why(ledger: Ledger, planned: Planned, items: Iterable[Item]) -> str:
    """Return why a change was not alerted, as far as the ledger tells."""
    mine = {each.path: each.turn for each in items if each.story == planned.story}
    held = {
        url for (url,) in ledger.connection.execute("SELECT url FROM documents WHERE url IS NOT NULL")
        if mine.get(_path(url)) == planned.turn
    }  # fmt: skip
    if not held:
        return "no document of it was fetched"
    now, before = list[tuple[Told, str]](), set[str]()
    for url, body, thread in ledger.connection.execute(_TOLD).fetchall():
        turn = mine.get(_path(url or ""))
        if turn == planned.turn:
            now.append((msgspec.json.decode(body, type=Told), thread))
        elif turn is not None and turn < planned.turn:
            before.add(thread)
    if not now:
        return "not found in reading: no event"
    telling = [thread for told, thread in now if _tells(told, planned)]
    if not telling:
        found = {f"{told.name} {told.status}" for told, thread in now if not before or thread in before}
        return f"not found in reading: {', '.join(sorted(found)[:3]) or 'only other events'}"
    if before and before.isdisjoint(telling):
        return "read, and not put with its event"
    return "read and put with its event, which stayed as it was"


def _path(url: str) -> str:
    return "/" + "/".join(url.rsplit("/", 2)[-2:])


def _tells(told: Told, planned: Planned) -> bool:
    values = planned.value.split("|")
    if planned.attribute == "status":
        return told.status in values
    claims = [each for each in told.claims if each.attribute == planned.attribute]
    if planned.value == "open":
        return told.status == "postponed"
    if planned.attribute == "date":
        return any(each.value in values for each in claims)
    return any(planned.value in (each.value or "") for each in claims)
