"""A month as it is written: outlets, what each prints and when, and which changes of which planned event are told.

Promise: with one seed all is the same, minute by minute. The odd case that forced the shape: what is expected must not
come from what reads, so it stands beside the words that tell it (`stories.toml`, `second.toml`, `third.toml`), written
by the same hand.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
ZONE = timezone(timedelta(hours=2))
"""Where the outlets are; all their times are of this zone."""

FIRST = datetime(2031, 9, 1, 6, tzinfo=ZONE)
MONTHS = {"first": "stories.toml", "second": "second.toml", "third": "third.toml"}
"""What is told in each: the mistakes of the first are looked at, a later one is written to be measured with."""

TELLS = ("status", "date", "venue", "joined", "left")
"""What a turn may change, in the words of `stories.toml`."""

ATTRIBUTES = {"joined": "participant", "left": "participant"}
BEFORE = 3
"""Days before the month whose reports stand in the feeds when they are first polled."""

DOWN = (("03 10:00", "03 14:00"), ("10 08:00", "10 20:00"), ("18 20:00", "19 06:00"), ("25 15:30", "25 17:30"))
"""When the receiver of alerts is down."""

FAILURES = ("500", "silent", "reset", "cut", "garbage", "circle", "not modified", "no items")
"""In which ways feeds fail; each is told where it is made (`server.py`)."""

_HOURS = {"h": 1, "d": 24}


class Outlet(NamedTuple):
    """One of those whose feeds are followed."""

    name: str
    slug: str
    kind: str
    """rss, atom or json."""
    whole: bool
    """Whether items have all their text; else a summary and a page."""
    says: str
    """What the server says of changes: etag, modified, both or none."""
    every: timedelta


class Item(NamedTuple):
    """One report of an outlet."""

    outlet: str
    """Its slug."""
    number: int
    moment: datetime
    title: str
    words: str
    corrected: tuple[datetime, str] | None = None
    """From when on it has which other words, under the same id."""
    story: str | None = None
    turn: int = 0

    @property
    def path(self) -> str:
        """Where it stands on the server."""
        return f"/{self.outlet}/{self.number}.html"

    def told(self, now: datetime) -> str:
        """Its words at a moment."""
        return self.corrected[1] if self.corrected and self.corrected[0] <= now else self.words

    def changed(self, now: datetime) -> datetime:
        """When it was last changed, as of a moment."""
        return self.corrected[0] if self.corrected and self.corrected[0] <= now else self.moment


class Planned(NamedTuple):
    """One change of a planned event that is told from a moment on."""

    story: str
    turn: int
    attribute: str
    value: str
    """``|`` between values of which either will do."""
    moment: datetime
    outlet: str
    """Who tells it first."""


class Failure(NamedTuple):
    """An outlet's feed fails for a while."""

    outlet: str
    way: str
    first: datetime
    last: datetime


class Absent(NamedTuple):
    """A source is removed from those that are followed, and added again."""

    outlet: str
    first: datetime
    last: datetime


class Script(NamedTuple):
    """All that happens outside."""

    outlets: tuple[Outlet, ...]
    items: tuple[Item, ...]
    planned: tuple[Planned, ...]
    told: dict[str, tuple[str, ...]]
    """Of each story what else its words tell, by and by, in small letters."""
    besides: dict[str, tuple[str, ...]]
    """Of each story the words that tell of other plans, in small letters."""
    failures: tuple[Failure, ...]
    absent: tuple[Absent, ...]
    renamed: dict[str, datetime]
    """From when on the items of an outlet have other ids, those that were there too."""
    down: tuple[tuple[datetime, datetime], ...]
    """When the receiver of alerts is down."""


def script(
    days: int = 30,
    stories: int | None = None,
    feeds: int | None = None,
    noise: float = 0.35,
    seed: int = 2031,
    month: str = "first",
) -> Script:
    """Return the first days of a month, with so many stories and, a day and outlet, so much else on average.

    ``feeds``: only the outlets that tell most of these stories; ``month``: one of `MONTHS`.
    """
    draw = random.Random(seed)
    last = FIRST + timedelta(days=days)
    table = _table(MONTHS[month])
    written = table["story"][:stories]
    outlets = tuple(_outlets(table["outlets"]))
    slugs = {each.name: each.slug for each in outlets}
    told = [each for story in written for each in _told(story, slugs, table["agencies"], draw) if each.moment < last]
    often = Counter(each.outlet for each in told)
    outlets = tuple(sorted(outlets, key=lambda each: -often[each.slug])[:feeds])
    kept = {each.slug for each in outlets}
    others = [each for outlet in outlets for each in _noise(outlet.slug, days, noise, draw)]
    items, counts = list[Item](), Counter[str]()
    for item in sorted((*told, *others), key=lambda each: each.moment):
        if item.outlet in kept:
            counts[item.outlet] += 1
            items.append(item._replace(number=counts[item.outlet]))
    also = {
        story["event"]: tuple(sorted({each.lower() for turn in story["turn"] for each in turn.get("told", ())}))
        for story in written
    }
    absent = (Absent(slugs[name], _moment(first), _moment(until)) for name, first, until in table["absent"])
    return Script(
        outlets=outlets,
        items=tuple(items),
        planned=tuple(each for story in written for each in _planned(story, slugs) if each.moment < last),
        told=also,
        besides={story["event"]: tuple(each.lower() for each in story.get("besides", ())) for story in written},
        failures=tuple(_failures(outlets, days, draw)),
        absent=tuple(each for each in absent if each.outlet in kept),
        renamed={slugs[name]: _moment(at) for name, at in table["renamed"].items()},
        down=tuple((_moment(first), _moment(until)) for first, until in DOWN),
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _outlets(file: str) -> Iterator[Outlet]:
    for name, said in _table(file).items():
        kind, parts, says, every = said.split()
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        yield Outlet(name, slug, kind, parts == "whole", says, timedelta(hours=int(every[:-1]) * _HOURS[every[-1]]))


def _moment(written: str) -> datetime:
    day, clock = written.split()
    hour, minute = clock.split(":")
    return FIRST.replace(day=int(day), hour=int(hour), minute=int(minute))


def _told(story: dict[str, Any], slugs: dict[str, str], agencies: list[str], draw: random.Random) -> Iterator[Item]:
    for number, turn in enumerate(story["turn"]):
        for text in turn.get("text", ()):
            moment = _moment(turn["at"]) + timedelta(hours=text.get("after", 0))
            words, new = text["words"].strip(), text.get("corrected")
            corrected = (moment + timedelta(hours=new["after"]), new["words"].strip()) if new else None
            item = Item(slugs[text["by"]], 0, moment, text["title"], words, corrected, story["event"], number)
            yield item
            for copier in text.get("copied", ()):
                name, hours = copier.rsplit(" ", 1)
                later = moment + timedelta(hours=int(hours), minutes=draw.randrange(50))
                copy = _copied(words, agencies, draw)
                yield item._replace(outlet=slugs[name], moment=later, words=copy, corrected=None)


def _copied(words: str, agencies: list[str], draw: random.Random) -> str:
    """What a paper makes of an agency's words: it cuts from the end, and may leave out what ends in the agency."""
    paragraphs = words.split("\n")
    kept = paragraphs[: max(2, len(paragraphs) - draw.randrange(2))]
    if draw.random() < 0.5:
        for agency in agencies:
            kept[0] = kept[0].rpartition(agency)[2]
    return "\n".join(kept)


def _planned(story: dict[str, Any], slugs: dict[str, str]) -> Iterator[Planned]:
    for number, turn in enumerate(story["turn"]):
        outlet = slugs[turn["by"] if "by" in turn else turn["text"][0]["by"]]
        for tells in TELLS:
            values = turn.get(tells, [])
            for value in [values] if isinstance(values, str) else values:
                shown = f"without {value}" if tells == "left" else value
                attribute = ATTRIBUTES.get(tells, tells)
                yield Planned(story["event"], number, attribute, shown, _moment(turn["at"]), outlet)


def _noise(outlet: str, days: int, noise: float, draw: random.Random) -> list[Item]:
    """What an outlet prints besides: one report at least, so that its feed is never empty."""
    table, found = _table("noise.toml"), list[Item]()
    for day in range(-BEFORE, days):
        while not found or draw.random() < noise / (1 + noise):
            moment = FIRST + timedelta(days=day, minutes=draw.randrange(17 * 60))
            drawn = _drawn(table, moment, draw)
            text = draw.choice(table["text"])
            title, words = text["title"].format_map(drawn), text["words"].strip().format_map(drawn)
            found.append(Item(outlet, 0, moment, title, words))
    return found


def _drawn(table: dict[str, Any], moment: datetime, draw: random.Random) -> dict[str, str | int]:
    names = list(map(" ".join, zip(*(draw.sample(table[each], 3) for each in ("first", "last")), strict=True)))
    town, town2 = draw.sample(table["towns"], 2)
    return {
        "town": town, "town2": town2, "name": names[0], "name2": names[1], "name3": names[2],
        "last": draw.choice(table["last"]), "thing": draw.choice(table["things"]),
        "beast": draw.choice(table["beasts"]), "dish": draw.choice(table["dishes"]),
        "number": draw.randrange(11, 60), "number2": draw.randrange(60, 400), "number3": draw.randrange(5, 90),
        "small": draw.randrange(2, 6), "small2": draw.randrange(6, 20), "age": draw.randrange(71, 98),
        "weekday": f"{moment:%A}", "yesterday": f"{moment - timedelta(days=1):%A}",
    }  # fmt: skip


def _failures(outlets: tuple[Outlet, ...], days: int, draw: random.Random) -> Iterator[Failure]:
    """Each feed fails twice in a month on average, for up to a day and a half."""
    for number in range(round(len(outlets) * days / 15)):
        first = FIRST + timedelta(minutes=draw.randrange(days * 24 * 60))
        lasts = timedelta(minutes=draw.randrange(60, 36 * 60))
        yield Failure(draw.choice(outlets).slug, FAILURES[number % len(FAILURES)], first, first + lasts)


def utc(moment: datetime) -> datetime:
    """The same moment as ledgers write it."""
    return moment.astimezone(UTC)
