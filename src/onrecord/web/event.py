"""The pages of events: the list with its filters, and one event with all that is known of it as of a day.

Promise: every value that is shown says since when, by whom, and in which words; what is contested stands side by side.
The odd case that forced the shape: an event that thousands of documents tell of has a page too, so it is shown by the
last tellings, with the rest behind a link, what changed is worked out for the last days, and the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Annotated, Any, NamedTuple, get_args

from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect, Stream, Template

from onrecord.ledger import Ledger, changes_of, days_told, decided_of, event, listed, related
from onrecord.ledger.changing import Change
from onrecord.ledger.choosing import Asked
from onrecord.ledger.comments import ATTRIBUTES, Subject
from onrecord.ledger.decided import of_relations
from onrecord.ledger.events import HeldEvent, by_ids, row_of
from onrecord.ledger.items import SEVERAL, items_of
from onrecord.ledger.naming import families
from onrecord.ledger.questions import Between, is_event
from onrecord.ledger.recent import recent, tellings
from onrecord.ledger.relating import Beside
from onrecord.ledger.shown import shown
from onrecord.ledger.store import last_versions
from onrecord.ledger.summaries import kept_chronicles
from onrecord.ledger.threads import now_called
from onrecord.nouns import EventKind, Status
from onrecord.publish.objects import still_open
from onrecord.publish.standing import alone, called
from onrecord.web.admission import may_write
from onrecord.web.comments import Talked, talked
from onrecord.web.desk import OfDesk
from onrecord.web.files import EVENT_KINDS, event_file, suffixes
from onrecord.web.known import Fact, deciding, several
from onrecord.web.lineage import lineage
from onrecord.web.pages import AsOf, a_day, a_kind, a_status, moved, page, pages_as_of
from onrecord.web.timeline import claims_of, claims_of_items, timeline
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
"""Tellings that a page shows, the last ones; other tellings come so many to a page."""

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
        asked = Asked(words, day, days, a_status(status), a_kind(kind), AMONG)
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
        others = (
            often.others
            if often
            else [
                (Beside(each.kind, each.event.id, each.decision), row_of(each.event))
                for each in related(ledger, held, day)
            ]
        )
        decided = decided_of(ledger, name)
        beside = of_relations(ledger, decided, day)
        alike = _alike(ledger, held) if may_write(request) else []
        changes, claims, items = often.changes if often else _changes(ledger, held), claims_of(held), items_of(held)
        facts = [*deciding(held, claims, changes), *several(items, often.since if often else {}, decided)]
        talk = _on_claim(talked(request, ledger, Subject(event=name), ATTRIBUTES), facts, about)
        words = shown(ledger, [place for fact in facts for place in fact.places])
        lasting = last_versions(ledger.connection, {told.document for told in held.thread.tellings})
    claims = sorted([*claims, *claims_of_items(items)], key=attrgetter("day"))
    told = list(zip(held.thread.tellings, held.thread.reasons, held.origins.of, held.origins.texts, strict=True))
    return page(
        request,
        "event.html.jinja",
        take=suffixes(*EVENT_KINDS),
        passage_at=lambda document, span, version: pages_as_of(day).passage(
            document, span, version or lasting.get(document)
        ),
        title=called(held),
        as_of=day,
        held=held,
        state=held.state,
        open=still_open(held),
        facts=facts,
        words=words,
        drawing=timeline(claims[-MARKED:], held, day),
        claims=claims[: -LISTED - 1 : -1],
        all_claims=len(claims),
        graph=lineage(held),
        others=others,
        beside=beside,
        told=told[: -TOLD - 1 : -1],
        all_told=often.told if often else len(told),
        last_told=often.shown if often else None,
        changes_since=changes[0].day if changes and changes[0].day != held.state.first_seen else None,
        decided=decided,
        alike=alike,
        steps=steps(days, day),
        talked=talk,
        several=SEVERAL,
        statuses=get_args(Status),
        kinds=get_args(EventKind),
    )


def _tellings(request: Request[Any, Any, Any], ledger: Ledger, name: str, day: str | None, at: int) -> Template:
    """The page of some tellings of an event, those before the ones that are told before."""
    [row] = by_ids(ledger, [name], day)
    some = tellings(ledger, name, day, (at - 1) * TOLD, TOLD)
    called_so = alone(row.name, row.participants, row.venue.value)
    return page(
        request, "tellings.html.jinja", title=f"Tellings of {called_so}", as_of=day,
        name=called_so, event=name, some=some, at=at, first=(at - 1) * TOLD + 1, more=at * TOLD < some.all,
    )  # fmt: skip


MARKED = 3_000
"""Claims that the timeline draws, the last ones."""

LISTED = 300
"""Claims that its table has, the last ones."""


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


def _on_claim(talk: Talked, facts: Sequence[Fact], about: str) -> Talked:
    """The talks with a form for the claim that was chosen; the same where it is none that a talk can be about."""
    attribute, _, at = about.partition(".")
    named = next((fact for fact in facts if fact.attribute == attribute and attribute in ATTRIBUTES), None)
    side = next((each for n, each in enumerate(named.sides, 1) if at == str(n)), None) if named else None
    if side is None or not side.document:
        return talk
    return talk.on(attribute, side.value or "", side.document, side.place.span, side.version)
