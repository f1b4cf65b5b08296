"""The pages of events: the list with its filters, and one event with all that is known of it as of a day.

Promise: every value that is shown says since when, by whom, and in which words; what is contested stands side by side.
The odd case that forced the shape: an event that thousands of documents tell of has a page too, so it is shown by the
last tellings, with the rest behind a link, what changed is worked out for the last days, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Annotated, Any, NamedTuple, get_args

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect, Stream, Template

from onrecord.ledger import Ledger, changes_of, days_told, decided_of, event, listed, related
from onrecord.ledger.changing import Change
from onrecord.ledger.choosing import Asked
from onrecord.ledger.comments import ATTRIBUTES, Subject
from onrecord.ledger.events import HeldEvent, by_ids, row_of
from onrecord.ledger.naming import families
from onrecord.ledger.origins import DECIDING
from onrecord.ledger.questions import Between, is_event
from onrecord.ledger.recent import recent, tellings
from onrecord.ledger.shown import Place, shown
from onrecord.ledger.state import Value
from onrecord.ledger.summaries import kept_chronicles
from onrecord.ledger.threads import now_called
from onrecord.nouns import Attribute, Claim, Status
from onrecord.publish.facts import ATTRIBUTE_NAMES
from onrecord.publish.objects import still_open
from onrecord.publish.standing import alone, called
from onrecord.web.admission import may_write
from onrecord.web.comments import Talked, talked
from onrecord.web.desk import OfDesk
from onrecord.web.files import EVENT_KINDS, event_file, suffixes
from onrecord.web.lineage import lineage
from onrecord.web.pages import AsOf, a_day, a_status, moved, page, short
from onrecord.web.timeline import Claimed, claims_of, timeline
from onrecord.web.unchanged import Unchanged

PART = 40
"""Events on one page of the list."""

AMONG = 100
"""Events that are looked at for those of a status, a kind or days: more take longer than a reader waits."""

FOLDS = 4_000
"""Tellings times days for which changes are worked out on a page: those of the last days."""

OFFERED = 8
"""Other events that are offered, for each of the words that they are looked for by."""

TOLD = 100
"""Tellings and claims that a page shows, the last ones; other tellings come so many to a page."""

WordsAsked = Annotated[str, QueryParameter(name="q", description="Words of the event's name, people, place, topic.")]


@get("/events", sync_to_thread=True, include_in_schema=False)
def events_page(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    as_of: AsOf = None,
    words: WordsAsked = "",
    first: Annotated[str | None, QueryParameter(name="from", description="The event's date is not before.")] = None,
    last: Annotated[str | None, QueryParameter(name="to", description="The event's date is not after.")] = None,
    status: Annotated[str | None, QueryParameter(description="How the event stands.")] = None,
    kind: Annotated[str | None, QueryParameter(description="What kind of event it is.")] = None,
    at: Annotated[int, QueryParameter(name="part", ge=1, le=50, description="Which part of the list.")] = 1,
) -> Template:
    """Return the list of events."""
    day = a_day(as_of)
    days = Between(a_day(first), a_day(last))
    with desk.ledger() as ledger:
        asked = Asked(words, day, days, a_status(status), kind or None, AMONG)
        found = listed(ledger, asked, PART + 1, (at - 1) * PART)
    return page(
        request,
        "events.html.jinja",
        title="Events",
        as_of=day,
        asked={"q": words, "from": first, "to": last, "status": status, "kind": kind},
        take=suffixes("events"),
        found=found[:PART],
        at=at,
        more=len(found) > PART,
        statuses=get_args(Status),
        kinds=families(),
        among=AMONG,
    )


class Side(NamedTuple):
    """One value of a fact, with the passage that tells it."""

    value: str | None
    settled: str
    by: str
    day: str
    document: str
    """Empty where only the day is known on which it was told first."""
    version: str | None
    outlet: str
    """Where it is printed: the outlet, else the document."""
    place: Place


class Fact(NamedTuple):
    """One attribute of an event: its value, or all that stand against each other; and what it was from day to day."""

    attribute: str
    name: str
    settled: str
    sides: tuple[Side, ...]
    origins: int | None
    """How many independent origins tell it as it stands; None: that is not counted of it."""
    since: str | None
    previous: tuple[str, ...]
    history: tuple[Change, ...]


@get(
    "/events/{name:str}", sync_to_thread=True, include_in_schema=False, middleware=[Unchanged(lambda path: "." in path)]
)
def event_page(
    request: Request[Any, Any, Any],
    desk: OfDesk,
    name: FromPath[str],
    as_of: AsOf = None,
    at: Annotated[int, QueryParameter(name="part", ge=1, le=10_000, description="Which part of its tellings.")] = 1,
    about: FromQuery[str] = "",
) -> Template | Stream | Redirect:
    """Return the page of an event, or the file that a suffix asks for; by a former id the way to where it is now.

    ``at``: from the second part on only tellings, those before the ones that the page itself shows. ``about``: the
    claim that a comment is to be on, ``date.1``.

    Raises NotFoundException where the ledger has no event of this id.
    """
    day = a_day(as_of)
    if not is_event(name) and "." in name:
        return event_file(request, desk, name, day)
    with desk.ledger() as ledger:
        now = now_called(ledger, name)
        if now != name:
            return moved(request, f"/events/{now}")
        often = recent(ledger, name, day)
        days = often.days if often else tuple(days_told(ledger, name))
        if not days:
            raise NotFoundException(f"There is no event “{name}” in this ledger")
        if at > 1 and (day is None or days[0] <= day):
            return _tellings(request, ledger, name, day, at)
        held = often.held if often else event(ledger, name, day)
        if held is None:
            return page(request, "untold.html.jinja", title="Not told of yet", as_of=day, first=days[0])
        others = often.others if often else [(each.kind, row_of(each.event)) for each in related(ledger, held, day)]
        decided = decided_of(ledger, name)
        alike = _alike(ledger, held) if may_write(request) else []
        changes, claims = often.changes if often else _changes(ledger, held), claims_of(held)
        facts = list(_facts(held, claims, changes, often.since if often else {}))
        talk = _on_claim(talked(request, ledger, Subject(event=name), ATTRIBUTES), facts, about)
        words = shown(ledger, [side.place for fact in facts if fact.attribute in DECIDING for side in fact.sides])
    told = list(zip(held.thread.tellings, held.thread.reasons, held.origins.of, held.origins.texts, strict=True))
    return page(
        request,
        "event.html.jinja",
        take=suffixes(*EVENT_KINDS),
        title=called(held),
        as_of=day,
        held=held,
        state=held.state,
        open=still_open(held),
        facts=facts,
        words=words,
        drawing=timeline(claims[-MARKED:], held, day),
        claims=claims[: -TOLD - 1 : -1],
        all_claims=len(claims),
        graph=lineage(held),
        others=others,
        told=told[: -TOLD - 1 : -1],
        all_told=often.told if often else len(told),
        last_told=often.shown if often else None,
        changes_since=changes[0].day if changes and changes[0].day != held.state.first_seen else None,
        decided=decided,
        alike=alike,
        steps=steps(days, day),
        talked=talk,
    )


def _tellings(request: Request[Any, Any, Any], ledger: Ledger, name: str, day: str | None, at: int) -> Template:
    """The page of some tellings of an event, those before the ones that are told before."""
    [row] = by_ids(ledger, [name], day)
    some = tellings(ledger, name, day, (at - 1) * TOLD, TOLD)
    called_so = alone(row.name, row.participants, row.venue.value)
    return page(
        request, "tellings.html.jinja", title=f"Tellings of {called_so}", as_of=day,
        name=called_so, some=some, at=at, first=(at - 1) * TOLD + 1, more=at * TOLD < some.all,
    )  # fmt: skip


MARKED = 3_000
"""Claims that the timeline draws, the last ones."""


class Steps(NamedTuple):
    """The days on which something was told, and which of them come before and after the one that the page tells of."""

    days: tuple[str, ...]
    now: str
    """The last of them that counts."""
    before: str | None
    after: str | None


def steps(days: Sequence[str], as_of: str | None) -> Steps:
    """Return where a page stands among the days on which an event was told of, of which the first counts always."""
    counted = [day for day in days if as_of is None or day <= as_of] or [days[0]]
    after = days[len(counted)] if len(counted) < len(days) else None
    return Steps(tuple(days), counted[-1], counted[-2] if len(counted) > 1 else None, after)


def _alike(ledger: Ledger, held: HeldEvent) -> list[tuple[str, str]]:
    """Others whose names end as an event's does, or in which one takes part who does in it: ids and names."""
    words = (held.state.name.split()[-1], *held.state.participants[:2])
    found = {row.id: row for each in words for row in listed(ledger, Asked(each), OFFERED) if row.id != held.id}
    return [(each.id, f"{alone(each.name, each.participants, each.venue.value)}, {each.date.value or each.status}")
            for each in found.values()]  # fmt: skip


def _changes(ledger: Ledger, held: HeldEvent) -> list[Change]:
    """What the last days changed, of as many as can be worked out while a reader waits."""
    days = sorted({told.day for told in held.thread.tellings})
    shown = max(3, FOLDS // len(held.thread.tellings))
    known = kept_chronicles(ledger.connection, [held.id]).get(held.id)
    return changes_of(held.id, held.thread, Between(days[-shown]) if len(days) > shown else Between(), known)


def _facts(
    held: HeldEvent, claims: Sequence[Claimed], changes: Sequence[Change], since_when: Mapping[str, str]
) -> Iterator[Fact]:
    """What is known of an event; ``since_when``: of an event that is shown by its last tellings who takes part."""
    state, support = held.state, held.origins.support
    status = Value(state.status, next((c.settled for c in reversed(claims) if c.value == state.status), "settled"))
    for attribute, value, origins in (
        ("status", status, support.status),
        ("date", state.date, support.date),
        ("venue", state.venue, support.venue),
    ):
        history = tuple(each for each in changes if each.attribute == attribute)
        told = {each: _told(claims, attribute, each) for each in (value.value, *value.against)}
        sides = tuple(
            _side(each, those) if those else _follows(held, value)
            for each, those in told.items()
            if those or value.told is not None
        )
        since = history[-1].day if history else None
        yield Fact(attribute, attribute, value.settled, sides, origins, since, value.previous, history[::-1])
    firsts = _Firsts(held)
    for named, values in _listed(held):
        if sides := tuple(
            _since(each, since_when[each]) if each in since_when else firsts.of(named, each) for each in values
        ):
            yield Fact(named, ATTRIBUTE_NAMES[named], "", sides, None, None, (), ())


def _on_claim(talk: Talked, facts: Sequence[Fact], about: str) -> Talked:
    """The talks with a form for the claim that was chosen; the same where it is none that a talk can be about."""
    attribute, _, at = about.partition(".")
    named = next((fact for fact in facts if fact.attribute == attribute and attribute in ATTRIBUTES), None)
    side = next((each for n, each in enumerate(named.sides, 1) if at == str(n)), None) if named else None
    if side is None or not side.document:
        return talk
    return talk.on(attribute, side.value or "", side.document, side.place.span, side.version)


def _told(claims: Sequence[Claimed], attribute: str, value: str | None) -> list[Claimed]:
    return [each for each in claims if each.attribute == attribute and each.value == value and each.settled != "gone"]


def _side(value: str | None, claims: Sequence[Claimed]) -> Side:
    """A value with the claim that told it last, the firm ones before others."""
    last = next((each for each in reversed(claims) if each.settled == "settled"), claims[-1])
    place = Place(last.telling, last.span)
    return Side(value, last.settled, last.by, last.day, last.document, last.version, last.outlet, place)


def _follows(held: HeldEvent, value: Value) -> Side:
    """A value that nobody claims in so many words, with the telling that it follows from."""
    at = next(at for at, told in enumerate(held.thread.tellings) if told is value.told)
    return _of(held, at, value.value, value.settled, None)


def _since(value: str, day: str) -> Side:
    """A value with the day on which it was told first, by which there is a page too, and without its passage."""
    return Side(value, "settled", "", day, "", None, "", Place(0, (0, 0)))


def _of(held: HeldEvent, at: int, value: str | None, settled: str, claim: Claim | None) -> Side:
    told = held.thread.tellings[at]
    outlet = told.outlet or short(told.document)
    by = dict(told.sayers).get((claim and claim.statement) or "", outlet)
    place = Place(held.thread.numbers[at], claim.span[0] if claim and claim.span else told.span)
    return Side(value, settled, by, told.day, told.document, told.version, outlet, place)


def _listed(held: HeldEvent) -> Iterator[tuple[Attribute, tuple[str, ...]]]:
    """What else is told of an event, each value once."""
    yield "participant", held.state.participants
    yield "agenda", held.state.agenda
    attributes: tuple[Attribute, ...] = ("absent", "host", "format", "goal")
    for attribute in attributes:
        told = (claim for each in held.thread.tellings for claim in each.claims if claim.attribute == attribute)
        yield attribute, tuple(dict.fromkeys(claim.value for claim in told if claim.value))


class _Firsts:
    """The passages that first tell each value: an item in any letters, somebody who takes part by any of his names."""

    def __init__(self, held: HeldEvent) -> None:
        self._held = held
        self._claimed: dict[tuple[str, str], tuple[int, Claim | None]] = {}
        self._named: dict[str, tuple[int, Claim | None]] = {}
        for at, told in enumerate(held.thread.tellings):
            for claim in told.claims:
                if claim.value:
                    self._claimed.setdefault((claim.attribute, claim.value.lower()), (at, claim))
            for _, name in told.names:
                self._named.setdefault(name, (at, None))

    def of(self, attribute: Attribute, value: str) -> Side:
        """Return the passage of a value; of one telling that names and claims it, the claim."""
        claimed = self._claimed.get((attribute, value.lower()))
        named = self._named.get(value) if attribute == "participant" else None
        found = [each for each in (claimed, named) if each is not None]
        at, claim = min(found, key=itemgetter(0), default=(0, None))
        return _of(self._held, at, value, claim.settled if claim else "settled", claim)
