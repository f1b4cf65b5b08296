"""What changed as feeds: Atom (RFC 4287) and JSON Feed 1.1, for readers that tell people when there is something new.

Promise: an item is what one day changed of one event, with the passages that tell it; its id stays while that is the
same. No clock is asked: an item is of its day of publication, at 0:00 UTC. The odd case that forced the shape: a second
document of a day may change more of the event, and feed readers hide what they know by its id; so the id is made of
what changed, and the day's changes come once more with the new one. What a rule alerted is told when it was alerted,
once: an article of last month that comes in today is today's news for who watches.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from onrecord.ledger.changing import Change
from onrecord.ledger.outbox import Alert
from onrecord.ledger.told import Told
from onrecord.publish.entries import LATEST, Entry, atom_of_entries, json_feed_of_entries
from onrecord.publish.report import environment
from onrecord.publish.site import NOWHERE, Site, urn
from onrecord.publish.standing import counted, fact_line, one_line

TITLED = 3
"""Facts that stand in the title of an item; how many there are more is told."""

ORDER = ("status", "date", "venue", "participant", "agenda")


class Item(NamedTuple):
    """What one day changed of one event, or one step of a rule alerted of it."""

    event: str
    name: str
    day: str
    changes: tuple[Change, ...]
    alerted: str | None = None
    """Of alerts what makes them known, and when they were found; None: the day's changes."""
    found: str | None = None

    @property
    def id(self) -> str:
        """The same as long as the day changed the same; of alerts always."""
        if self.alerted is not None:
            return urn("alert", self.alerted)
        facts = repr([(each.attribute, each.what, each.was, each.now, each.person) for each in self.changes])
        return urn("change", self.event, self.day, hashlib.sha256(ascii(facts).encode()).hexdigest()[:12])

    @property
    def moment(self) -> str:
        """The day as the moment that feeds ask for; of alerts when they were found."""
        return self.found or f"{self.day}T00:00:00Z"

    @property
    def title(self) -> str:
        """The event and what of it changed, in one line."""
        facts = [one_line(fact_line(each)) for each in self.changes[:TITLED]]
        more = len(self.changes) - len(facts)
        return f"{one_line(self.name)}: {'; '.join(facts)}{f'; and {more} more' if more else ''}"

    @property
    def passages(self) -> list[Told]:
        """The passages that tell it, each once."""
        return list({(each.told.document, each.told.number): each.told for each in self.changes if each.told}.values())

    @property
    def authors(self) -> list[str]:
        """Who printed it, or decided it."""
        names = [each.person or (each.told and each.told.outlet) for each in self.changes]
        return list(dict.fromkeys(one_line(name) for name in names if name))


def items(changes: Iterable[Change]) -> list[Item]:
    """Return the newest items that changes make, the newest first."""
    ordered = sorted(changes, key=lambda each: (each.day, each.event))
    found = [
        Item(event, same[-1].name, day, tuple(sorted(same, key=_rank)))
        for (day, event), group in groupby(ordered, key=lambda each: (each.day, each.event))
        for same in [list(group)]
    ]
    return found[::-1][:LATEST]


def alerted(alerts: Iterable[Alert]) -> list[Item]:
    """Return the items that alerts make, what one step alerted of an event as one; ``alerts``: the last found first."""
    found = []
    for (moment, event), group in groupby(alerts, key=lambda each: (each.moment, each.change.event)):
        first, *more = reversed([*group])
        changes = [each.change for each in (first, *more)]
        found.append(Item(event, changes[-1].name, moment[:10], tuple(sorted(changes, key=_rank)), first.key, moment))
    return found[:LATEST]


def atom(changes: Iterable[Change], site: Site = NOWHERE) -> Iterator[bytes]:
    """Yield an Atom feed of changes."""
    return atom_of(items(changes), site)


def atom_of(found: Sequence[Item], site: Site = NOWHERE) -> Iterator[bytes]:
    """Yield an Atom feed of items, the newest first."""
    return atom_of_entries([_entry(item, site) for item in found], site)


def json_feed(changes: Iterable[Change], site: Site = NOWHERE) -> Iterator[bytes]:
    """Yield a JSON Feed of changes."""
    return json_feed_of(items(changes), site)


def json_feed_of(found: Sequence[Item], site: Site = NOWHERE) -> Iterator[bytes]:
    """Yield a JSON Feed of items, the newest first."""
    told = f"What changed about events; {counted(len(found), 'item')}"
    return json_feed_of_entries([_entry(item, site) for item in found], site, told)


def _entry(item: Item, site: Site) -> Entry:
    tags = list(dict.fromkeys(each.attribute for each in item.changes))
    address = site.event(item.event)
    return Entry(item.id, item.title, item.moment, tuple(item.authors), address, tuple(tags), _html(item, site))


def _rank(change: Change) -> tuple[int, str]:
    return (ORDER.index(change.attribute) if change.attribute in ORDER else len(ORDER), change.now or "")


def _html(item: Item, site: Site) -> str:
    template = environment().get_template("changes.html.jinja")
    told = template.render(changes=item.changes, passages=item.passages, site=site, fact=fact_line, line=one_line)
    return told.strip()
