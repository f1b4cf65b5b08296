"""How pages are made: one frame for all, the day as of which they tell, and addresses that stay.

Promise: every page has an address that gives it again, the day included. The odd case that forced the shape: a reader
who has gone back to a day goes on reading as of that day, so every link of a page carries it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from http import HTTPStatus
from typing import Annotated, Any, TypeVar, get_args
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment
from litestar import Request
from litestar.exceptions import ValidationException
from litestar.params import QueryParameter
from litestar.response import Redirect, Template
from markupsafe import Markup, escape

from onrecord.ledger.naming import families
from onrecord.nouns import EntityType, Form, Status
from onrecord.publish.days import readable_day, with_days
from onrecord.publish.facts import ATTRIBUTE_NAMES, RELATIONS
from onrecord.publish.harmless import harmless
from onrecord.publish.report import environment
from onrecord.publish.site import Site
from onrecord.publish.standing import TURNS, alone, counted
from onrecord.web.admission import sign
from onrecord.web.feeds import KEY, OF_CHANGES, is_feed
from onrecord.web.linked import linked

T = TypeVar("T")

KNOWN = 2_000
"""Values that can be chosen of which it is remembered how they are written."""

SIGNS = {"settled": "●", "provisional": "◐", "open": "○", "contested": "◆", "not_mentioned": "–"}
"""Signs that tell without colour how settled a value is; the report's, and one for what is contested."""

AsOf = Annotated[
    str | None, QueryParameter(name="as_of", description="Only what was published by this day counts: 2031-05-24.")
]


def a_day(given: str | None) -> str | None:
    """Return a day as it was given, ISO 8601; None for none. Raises ValidationException for anything else."""
    if not given:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise ValidationException(f"“{given}” is no day; write it as 2031-05-24") from None


def a_status(given: str | None) -> Status | None:
    """Return how events are to stand, as it was given; None for any. Raises ValidationException for anything else."""
    return one_of(get_args(Status), given, "status")


def a_form(given: str | None) -> Form | None:
    """Return how words are to be told, as it was given; None for any. Raises ValidationException for anything else."""
    return one_of(get_args(Form), given, "form")


def a_kind(given: str | None) -> str | None:
    """Return of which kind events are to be, as it was given; None for any. Raises ValidationException for another."""
    return one_of(families(), given, "kind")


def a_type(given: str | None) -> EntityType | None:
    """Return what somebody is to be, as it was given; None for any. Raises ValidationException for anything else."""
    return one_of(get_args(EntityType), given, "type")


def one_of(known: tuple[T, ...], given: str | None, key: str, noun: str = "") -> T | None:
    """Return which of some choices was given; None for none. Raises ValidationException for what is none of them.

    ``key``: what is chosen, as an address has it; ``noun``: what people call it, where that is another word.
    """
    if not given:
        return None
    for each in known:
        if each == given:
            return each
    told = f"“{given}” is no {noun or key}; there are {', '.join(map(str, known))}"
    raise ValidationException(told, extra=[{"key": key, "message": told}])


def templates() -> Environment:
    """Return what fills the pages.

    ``|day`` writes a date in words, ``|told`` the days in a change, ``|short`` the id of a document, ``|of_it`` what of
    an event is spoken of, ``counted`` a number with its noun, ``options`` what can be chosen of many; ``signs`` are
    those of what is settled and open, ``relations`` the words for how events stand to each other, ``attributes`` and
    ``turns`` those for what is told of them and for what each telling brings; ``is_feed`` tells whether one can
    subscribe to a path, ``of_changes`` are the feeds of what changed.
    """
    made = environment("onrecord.web", "templates")
    made.filters["day"] = readable_day
    made.filters["linked"] = linked
    made.filters["told"] = _told
    made.filters["short"] = short
    made.filters["of_it"] = _of_it
    made.globals |= {"signs": SIGNS, "counted": counted, "relations": RELATIONS, "alone": alone}
    attributes = dict[str, str](ATTRIBUTE_NAMES.items(), name="name", kind="kind")
    made.globals |= {"attributes": attributes, "turns": TURNS, "options": options}
    made.globals |= {"is_feed": is_feed, "of_changes": OF_CHANGES}
    return made


def options(values: Iterable[str], chosen: str | None) -> Markup:
    """Return what stands in a ``select``: an option a value, ``chosen`` among them as such."""
    return Markup("".join(_option(each, each == chosen) for each in values))  # noqa: S704 - each is escaped


@lru_cache(KNOWN)
def _option(value: str, chosen: bool) -> str:
    """One of them: hundreds of outlets are the same on the next page, and took half of its time to write."""
    return f"<option{' selected' if chosen else ''}>{escape(harmless(value))}</option>"


def _told(words: str, attribute: str) -> str:
    """The words of a change (`changing.Change`), the days in them written out."""
    words = words.replace(" (settled)", "").replace("none (open)", "open")
    return with_days(words) if attribute == "date" else words


def _of_it(attribute: str) -> str:
    """What of an event something is said on."""
    return "who stays away" if attribute == "absent" else f"its {attribute}"


def short(document: str) -> str:
    """Return the id of a document as people can read it: of one that is made of its bytes the beginning."""
    return f"{document[:8]}…" if _DIGEST.fullmatch(document) else document


_DIGEST = re.compile(r"[0-9a-f]{64}")


def page(
    request: Request[Any, Any, Any],
    template: str,
    *,
    title: str,
    as_of: str | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    **told: Any,
) -> Template:
    """Return a page of a template, with what all pages have.

    ``title``, ``as_of``; ``here``: the path, ``kept``: what else was asked but a key, as pairs; ``to(path, **query)``:
    an address as of the same day, parts of whose path are to be escaped by ``part``; ``passage_at(document, span,
    version)``: the address of a passage, ``version``: which of the texts of one id, None for the last (of a page that
    gives its own, None for what was the last when it was made); ``statement_at``
    and ``quote_at``: the same of a statement and of the prints of a quote; ``person``: who is logged in, or None;
    ``sign``: what his forms carry.
    """

    def to(path: str, /, **query: str | None) -> str:
        wanted = {key: value for key, value in ({"as_of": as_of} | query).items() if value}
        return path + (f"?{urlencode(wanted)}" if wanted else "")

    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in ("as_of", KEY)]
    told |= {"person": request.scope.get("user"), "sign": sign(request)}
    site = pages_as_of(as_of)
    told |= {"here": "/" + _path(request).lstrip("/"), "kept": kept, "to": to, "part": part}
    told |= {"statement_at": site.statement, "quote_at": site.quote}
    told.setdefault("passage_at", site.passage)
    return Template(template, context={"title": title, "as_of": as_of, **told}, status_code=status)


def pages_as_of(as_of: str | None) -> Site:
    """Return the pages as links from one to another have them, as of a day."""
    return Site(base="", as_of=as_of)


def moved(request: Request[Any, Any, Any], path: str) -> Redirect:
    """Return the way to where what is asked for is now; all that was asked of it is asked there too.

    Browsers don't keep it: the id can hold again, once a decision is taken back.
    """
    asked = request.scope["query_string"].decode("latin-1")  # as it was sent: what reads it keeps no order
    return Redirect(f"{path}?{asked}" if asked else path, status_code=307)


def part(name: str) -> str:
    """Return a name of strangers as one part of a path."""
    return quote(name, safe="")


def the_rest(request: Request[Any, Any, Any], before: int) -> str:
    """Return what stands in an address behind its first parts: a name of strangers, as `part` made it one.

    Slashes are the name's own, doubled ones and the last too, which the way to a handler leaves out.
    """
    return unquote(_path(request).split("/", before + 1)[-1])


def _path(request: Request[Any, Any, Any]) -> str:
    """The path of an address as it was sent: what is escaped in it is no sign of the path."""
    path: bytes = request.scope["raw_path"].partition(b"?")[0]
    return path.decode("ascii", "replace")
