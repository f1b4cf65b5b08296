"""What a message of an alert says: words for people, an object for programs.

Promise: every change comes with the passage that tells it, who printed it when, and where its page is; a message has an
end. Articles are strangers' words: whatever in them a chat or a mail program would obey (markup, mentions, line ends,
addresses, signs that turn the direction of writing) is shown as another sign. The odd case that forced the shape: the
same message goes to a telephone's lock screen, which shows its first line, and to a mailbox, so the first line is all
in small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

import msgspec

from onrecord.ledger.alert_rules import Rule
from onrecord.ledger.changing import Change
from onrecord.ledger.outbox import Alert, Delivery
from onrecord.publish.days import readable_day, with_days
from onrecord.publish.objects import AlertObject, alert_object, passage_link
from onrecord.publish.site import Site
from onrecord.publish.standing import alone, counted, one_line

TITLE, PASSAGE, NAME, VALUE = 120, 300, 80, 120
"""Characters of a title, of the words of a passage, of a name and of a value; what is longer ends in an ellipsis."""

EVENTS, FACTS = 20, 8
"""Events that a message for people tells, and facts of one; how many more there are is told."""

_OBEYED = str.maketrans(
    {
        "<": "‹", ">": "›", "[": "(", "]": ")", "{": "(", "}": ")", "`": "'", "*": "∗", "_": "‗", "~": "∼", "|": "¦",
        "@": "＠", "#": "＃", "\\": "⧵",
    }
)  # fmt: skip
"""Signs that HTML, Markdown or the markup of chats obey, or by which they call people, with others like them."""


_LED = re.compile(r"://|(?<=[^\W_])\.(?=[^\W\d_]{2})")
"""What makes an address of words: mail programs and chats make a link of it, and chats fetch it for a preview."""


class Message(NamedTuple):
    """A message for people, in plain text."""

    title: str
    body: str


class AlertData(msgspec.Struct, frozen=True):
    """What a webhook tells."""

    rule: str
    changes: tuple[AlertObject, ...]


class AlertMessage(msgspec.Struct, frozen=True):
    """The body of a webhook, in the form that Standard Webhooks recommends."""

    type: Literal["changes", "trial"]
    """``trial``: it was tried whether messages arrive, and tells no changes."""
    timestamp: str
    """When the changes were found, UTC."""
    data: AlertData


def payload(delivery: Delivery) -> bytes:
    """Return the body of a webhook as JSON."""
    site = _site(delivery.rule)
    told = AlertData(delivery.rule.name, tuple(alert_object(each, site) for each in delivery.alerts))
    return msgspec.json.encode(AlertMessage("changes" if delivery.alerts else "trial", delivery.made, told))


def message(delivery: Delivery) -> Message:
    """Return a message for people."""
    rule = delivery.rule
    if not delivery.alerts:
        return Message(f"onrecord: a trial of “{rule.name}”", "Alerts of this rule will come here.")
    events = _by_event(delivery.alerts)
    site = _site(rule)
    foot = f"Alert rule “{rule.name}” of onrecord"
    if len(events) == 1:
        name, same = events[0]
        title = f"{_shown(name, NAME)}: {'; '.join(said(each.change) for each in same[:FACTS])}"
        return Message(_cut(title, TITLE), "\n".join((*_lines(name, same, site), "", foot)))
    title = f"{counted(len(delivery.alerts), 'change')} of {counted(len(events), 'event')}"
    lines = [line for name, same in events[:EVENTS] for line in (*_lines(name, same, site), "")]
    more = len(events) - EVENTS
    lines += [f"And {counted(more, 'more event')}.", ""] if more > 0 else []
    return Message(f"{title} ({rule.name})", "\n".join((*lines, foot)))


def said(change: Change) -> str:
    """Return a change in a few words, as people read it: ``date: 16 June 2031 → 1 July 2031``."""
    was, now = (_value(change.attribute, value) for value in (change.was, change.now))
    attribute = change.attribute
    if change.what == "corrected":
        by = f" by {_shown(change.person, NAME)}" if change.person else ""
        return f"{attribute} corrected{by}: {now or f'not {was}'}"
    if change.what == "withdrawn":
        return f"{attribute} withdrawn: {was}" if change.now is None else f"{attribute} open again, was {was}"
    if change.what == "confirmed":
        return f"{attribute} settled: {now}"
    if change.settled == "settled" and was and "(" in was and attribute in ("date", "venue"):
        return f"{attribute} settled: {now}, was {was}"
    if change.what == "changed" and was and was != now:
        return f"{attribute}: {was} → {now}"
    return f"{attribute}: {now}"


def _by_event(alerts: Sequence[Alert]) -> list[tuple[str, list[Alert]]]:
    """Alerts of each event together, with what it is called on its own."""
    ordered = sorted(alerts, key=lambda each: each.change.event)
    groups = [list(some) for _, some in groupby(ordered, key=lambda each: each.change.event)]
    groups.sort(key=lambda some: some[0].number)
    return [(alone(some[-1].change.name, some[-1].who, some[-1].venue), some) for some in groups]


def _lines(name: str, alerts: Sequence[Alert], site: Site) -> Iterator[str]:
    """What changed of an event in lines, each passage once, below what it tells."""
    yield _shown(name, NAME)
    for told, group in groupby(alerts[:FACTS], key=lambda each: each.change.told):
        same = list(group)
        yield from (f"– {said(each.change)}" for each in same)
        if told is not None:
            yield f"  “{_shown(told.text, PASSAGE)}”"
            yield f"  {_shown(told.outlet or told.document, NAME)}, {readable_day(told.day)}{_among(same)}"
            if address := passage_link(same[0], site):
                yield f"  {_unmarked(address)}"
    if len(alerts) > FACTS:
        yield f"– and {counted(len(alerts) - FACTS, 'more change')}"
    if address := site.event(alerts[0].change.event):
        yield address


def _unmarked(address: str) -> str:
    """An address of ours without the signs that Markdown obeys and would take out of it, which mean the same so."""
    return address.replace("_", "%5F").replace("~", "%7E")


def _among(alerts: Sequence[Alert]) -> str:
    """How many tell what a passage tells, independently of each other."""
    most = max((each.origins or 0 for each in alerts), default=0)
    return "" if most == 0 else ", so far alone" if most == 1 else f", one of {most} independent origins"


def _value(attribute: str, value: str | None) -> str:
    """A value as people read it: its days written out, and how it stands only where that is not settled."""
    if value is None:
        return ""
    words = value.replace(" (settled)", "").replace("none (open)", "open")
    return _shown(with_days(words) if attribute == "date" else words, VALUE)


def _shown(text: str, most: int) -> str:
    """Strangers' words in one line of at most so many characters, none of them a sign that a program obeys."""
    shown = _LED.sub(lambda found: "\u2024" if found[0] == "." else ":\u29f8\u29f8", one_line(text))
    return _cut(shown.translate(_OBEYED), most)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _site(rule: Rule) -> Site:
    return Site(base=rule.address)
