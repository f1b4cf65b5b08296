"""Who said what as feeds: a search of statements that is saved as an address tells what is said from then on.

Promise: an entry is one statement as one text has it, with its words and who printed them; its id stays over readings
as long as the words do. No clock is asked: it is of its text's publication, at 0:00 UTC where only the day is known.
The odd case that forced the shape: what answers best to words comes first in a search, and in a feed what is newest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime

from onrecord.ledger.questions import HeldStatement
from onrecord.publish.entries import LATEST, NEVER, Entry, atom_of_entries, json_feed_of_entries
from onrecord.publish.facts import FORM_NAMES
from onrecord.publish.report import environment
from onrecord.publish.site import NOWHERE, Site, urn
from onrecord.publish.standing import counted, one_line

TITLED = 120
"""Characters of the words that stand in an entry's title."""


def atom(statements: Iterable[HeldStatement], site: Site = NOWHERE) -> Iterator[bytes]:
    """Yield an Atom feed of statements, the newest of them."""
    return atom_of_entries(_entries(statements, site), site)


def json_feed(statements: Iterable[HeldStatement], site: Site = NOWHERE) -> Iterator[bytes]:
    """Yield a JSON Feed of statements, the newest of them."""
    found = _entries(statements, site)
    return json_feed_of_entries(found, site, f"Who said what; {counted(len(found), 'statement')}")


def _entries(statements: Iterable[HeldStatement], site: Site) -> list[Entry]:
    found: dict[str, HeldStatement] = {}
    for each in sorted(statements, key=lambda each: each.published or "", reverse=True):
        name = _id(each)
        if name not in found or each.version is None:  # several texts of one document have it: the last of them
            found[name] = each
    newest = sorted(found.values(), key=lambda each: each.published or "", reverse=True)[:LATEST]
    return [_entry(each, site) for each in newest]


def _id(held: HeldStatement) -> str:
    digest = hashlib.sha256(f"{held.span[0]}\0{held.words}".encode("utf-8", "replace")).hexdigest()[:12]
    return urn("statement", held.document, digest)


def _entry(held: HeldStatement, site: Site) -> Entry:
    words = one_line(held.words)
    shown = words if len(words) <= TITLED else f"{words[:TITLED].rsplit(' ', 1)[0]} …"
    who = one_line(held.speaker or "somebody unknown")
    title = f"{who}: {shown}" if held.form == "indirect" else f"{who}: “{shown}”"
    template = environment().get_template("said.html.jinja")
    told = template.render(held=held, site=site, line=one_line, who=who, quoted=held.form != "indirect")
    where = site.statement(held.document, held.span, held.edition)
    names = (one_line(held.outlet),) if held.outlet else ()
    form = FORM_NAMES.get(held.form, held.form)
    return Entry(_id(held), title, _moment(held.published), names, where, (form,), told.strip())


def _moment(published: str | None) -> str:
    """A text's publication as the moment that feeds ask for; one without an offset is taken for UTC."""
    found = published or NEVER
    try:
        told = datetime.fromisoformat(found)
    except ValueError:  # a month or a year
        return f"{NEVER}T00:00:00Z"
    moment = told.isoformat(timespec="seconds")
    return moment if told.tzinfo else f"{moment}Z"
