"""The brief of an event as files: Markdown that goes into a text, and a page in one file.

Promise: whatever an article holds is shown as text, in Markdown too; the page makes no request to any host and runs no
script. The odd case that forced the shape: relatives of Markdown make links of bare addresses, formulas of dollars and
tags of braces, so all of these signs are escaped in texts of strangers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from markupsafe import Markup

from onrecord.publish.brief import Brief, brief_rows, item_lines
from onrecord.publish.report import digest, environment, resource
from onrecord.publish.site import NOWHERE, Site
from onrecord.publish.standing import called, fact_line, one_line

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|~$&@^]|(?<=:)//|(?<=www)\.", re.IGNORECASE)
"""What CommonMark and its relatives take for more than text inside a line: marks, links, tags, tables, formulas."""


def markdown(briefs: Iterable[Brief], site: Site = NOWHERE) -> Iterator[bytes]:
    """Yield the briefs of events as Markdown (CommonMark with tables)."""
    begun = False
    for brief in briefs:
        text = "\n".join(_markdown_lines(brief, site)) + "\n"
        yield ("\n" + text if begun else text).encode("utf-8")
        begun = True


def page(briefs: Iterable[Brief], site: Site = NOWHERE) -> Iterator[bytes]:
    """Yield the briefs of events as one HTML page in one file: no request to any host, no script."""
    style = resource("palette.css") + resource("report.css") + resource("brief.css")
    found = environment().get_template("brief.html.jinja").render(
        briefs=list(briefs),
        site=site,
        rows=brief_rows,
        items=item_lines,
        called=called,
        line=one_line,
        fact=fact_line,
        style=Markup(style),  # noqa: S704 - our own sheets, files of the package
        style_hash=digest(style),
        version=f"onrecord {version('onrecord')}",
    )  # fmt: skip
    yield found.encode("utf-8")


def escaped_markdown(text: str) -> str:
    """Return a text in one line that Markdown shows as it is, to stand behind other words."""
    return _MARKDOWN.sub(lambda found: "".join(f"\\{each}" for each in found.group()), one_line(text))


def _markdown_lines(brief: Brief, site: Site) -> Iterator[str]:
    held, shown = brief.held, escaped_markdown
    address = site.event(held.id)
    yield f"# {shown(called(held))}"
    yield ""
    known = f"as of {site.as_of}" if site.as_of else f"as of all that was told by {held.thread.tellings[-1].day}"
    yield f"{held.state.kind}, {known}; {f'[{held.id}](<{address}>)' if address else held.id}"
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield from (f"| {name} | {shown(value)} |" for name, value in brief_rows(brief))
    if brief.items:
        yield ""
        yield "## Who takes part, and the agenda"
        yield ""
    for item in item_lines(brief):
        where = site.passage(item.told.document, item.span, item.told.version)
        words = f"“{shown(item.words)}”"
        yield f"- {shown(item.known)}: {f'[{words}](<{where}>)' if where else words}"
        yield from (f"  - {shown(line)}" for line in item.history)
    yield ""
    yield "## What changed"
    yield ""
    yield from (f"- {each.day}: {shown(fact_line(each))}" for each in brief.changes)
    yield ""
    yield "## Who tells of it"
    for told, why in brief.told:
        where = site.passage(told.document, told.span, told.version)
        who = f"[{told.day}](<{where}>)" if where else told.day
        yield ""
        yield f"{who}, {shown(told.outlet or told.document)}: {told.status}"
        yield ""
        yield f"> “{shown(told.text)}”"
        if why:
            yield ">"
            yield f"> The same event: {shown('; '.join(why))}"
