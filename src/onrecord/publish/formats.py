"""The formats that others read: one table of what there is, which the command line and the pages both go by.

Promise: what a format can hold, the suffix of its addresses, its media type and the function that writes it stand here
and nowhere else. The odd case that forced the shape: a library of 45 MB writes one of them and `onrecord --help` has to
answer at once, so that functions are named here and loaded when they are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from onrecord.publish.site import Site

Kind = Literal["documents", "statements", "events", "claims", "evidence", "changes", "readings", "briefs"]
"""What is written: `HeldDocument`, `HeldStatement`, `HeldEvent` (also for ``claims`` and ``evidence``, which are rows
of events), `Change`, `Reading`, `Brief`."""

KINDS: tuple[Kind, ...] = get_args(Kind)


class Format(NamedTuple):
    """A format and what it can hold."""

    name: str
    suffix: str
    media: str
    """The media type, as HTTP gives it."""
    told: str
    """What it is, in a few words."""
    writers: dict[Kind, str]
    """For each kind of things the function that writes them, as ``module:function``, with the kind behind it where one
    function writes several; the first kind is the usual."""
    binary: bool = False
    followed: str = ""
    """What people call it who have a program come for it again and again; empty of files to keep."""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What it can hold."""
        return tuple(self.writers)

    def write(self, kind: Kind, things: Iterable[Any], site: Site) -> Iterator[bytes]:
        """Yield the parts of a file of things of a kind. Raises KeyError for a kind that the format can't hold."""
        module, function, *given = self.writers[kind].split(":")
        parts: Iterator[bytes] = getattr(import_module(f"onrecord.publish.{module}"), function)(things, site, *given)
        return parts


_TABLES: tuple[Kind, ...] = ("events", "claims", "evidence", "changes", "statements", "documents")

FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            "icalendar", ".ics", "text/calendar; charset=utf-8", "events for calendar programs (RFC 5545)",
            {"events": "calendar:calendar"}, followed="iCalendar",
        ),
        Format(
            "atom", ".atom", "application/atom+xml; charset=utf-8",
            "what changed, or who said what, for feed readers (RFC 4287)",
            {"changes": "feeds:atom", "statements": "said:atom"}, followed="Atom",
        ),
        Format(
            "jsonfeed", ".feed.json", "application/feed+json; charset=utf-8", "the same as JSON Feed 1.1",
            {"changes": "feeds:json_feed", "statements": "said:json_feed"}, followed="JSON Feed",
        ),
        Format(
            "jsonl", ".jsonl", "application/jsonl; charset=utf-8", "an object a line, as --json prints it",
            {kind: f"jsonl:json_lines:{kind}" for kind in (*_TABLES, "readings", "briefs")},
        ),
        Format(
            "csv", ".csv", "text/csv; charset=utf-8; header=present", "tables for spreadsheets (RFC 4180)",
            {kind: f"tables:csv_table:{kind}" for kind in _TABLES},
        ),
        Format(
            "parquet", ".parquet", "application/vnd.apache.parquet", "tables for DuckDB, pandas, R",
            {kind: f"tables:parquet_table:{kind}" for kind in _TABLES}, binary=True,
        ),
        Format(
            "annotations", ".annotations.jsonld", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
            "what was found in documents, standing off (W3C Web Annotation)",
            {"readings": "annotations:web_annotations"},
        ),
        Format(
            "schemaorg", ".jsonld", "application/ld+json", "schema.org JSON-LD for search engines and graphs",
            {kind: f"schemaorg:graph:{kind}" for kind in ("events", "statements", "documents")},
        ),
        Format(
            "graphml", ".graphml", "application/graphml+xml", "who quotes whom, for Gephi, networkx, igraph",
            {"statements": "quoting:graphml"},
        ),
        Format(
            "markdown", ".md", "text/markdown; charset=utf-8", "all that is known of an event, to go into a text",
            {"briefs": "brief_files:markdown"},
        ),
        Format(
            "html", ".html", "text/html; charset=utf-8", "the same as a page in one file, to send or print",
            {"briefs": "brief_files:page"},
        ),
    )
}  # fmt: skip
"""All formats by name."""


def format_of(suffix: str, kind: Kind) -> Format | None:
    """Return the format that a suffix stands for among those that can hold a kind of things; None where none does."""
    return next((each for each in FORMATS.values() if each.suffix == suffix and kind in each.writers), None)
