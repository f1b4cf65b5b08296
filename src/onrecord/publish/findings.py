"""Checked quotes and families of quotes as objects for other programs: the command line's lines, the API, assistants.

Promise: the fields are those that docs/check.md gives. The odd case that forced the shape: one quote is checked by
itself, in its article or as one print among many, and each needs to say where it stands.
"""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.check import Finding
from onrecord.check.edits import Edit
from onrecord.ledger.families import Family
from onrecord.nouns import Span
from onrecord.publish.checked import named_in


class FindingObject(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a quote: what ``onrecord check --json`` prints of it."""

    id: str
    article: str | None
    at: int | None
    """Where it begins in the article, in code points of its text."""
    quote: str
    verdict: str
    speaker: str | None
    own: bool | None
    said_by: str | None
    record: str | None
    transcript: str | None
    title: str | None
    date: str | None
    passage: Span | None
    """Where the transcript has it, in code points of its text."""
    places: tuple[Span, ...]
    confidence: float
    note: str | None
    edits: tuple[Edit, ...]

    def _repr_html_(self) -> str:
        from onrecord.publish.notebook import finding_html

        return finding_html(self)


class PrintObject(FindingObject, frozen=True, kw_only=True):
    """One outlet's print of a quote."""

    outlet: str | None
    headline: str | None
    published: str | None


class FamilyObject(msgspec.Struct, frozen=True, kw_only=True):
    """A quote and all its prints: the object of ``onrecord quote --json``."""

    record: str
    transcript: str | None
    title: str | None
    date: str | None
    passage: Span
    said_by: str | None
    counts: dict[str, int]
    prints: tuple[PrintObject, ...]

    def _repr_html_(self) -> str:
        from onrecord.publish.notebook import family_html

        return family_html(self)


def finding_object(finding: Finding, article: str | None = None) -> FindingObject:
    """Return a checked quote for other programs; ``article``: the id of the document that it stands in."""
    return FindingObject(**_finding(finding, article))


def family_object(found: Family) -> FamilyObject:
    """Return a family of quotes for other programs."""
    reference = found.reference
    return FamilyObject(
        record=reference.record,
        transcript=reference.document,
        title=reference.title,
        date=reference.day,
        passage=found.passage,
        said_by=found.said_by,
        counts={str(verdict): count for verdict, count in found.counts.items()},
        prints=tuple(
            PrintObject(
                outlet=each.outlet,
                headline=each.title,
                published=each.published,
                **_finding(each.finding, each.document),
            )
            for each in found.prints
        ),
    )


def _finding(finding: Finding, article: str | None) -> dict[str, Any]:
    quote, original = finding.quote, finding.original
    return {
        "id": quote.id,
        "article": article,
        "at": quote.at if article is not None else None,
        "quote": quote.text,
        "verdict": finding.verdict,
        "speaker": named_in(finding),
        "own": finding.own,
        "said_by": finding.said_by,
        "record": original.record if original else None,
        "transcript": original.document if original else None,
        "title": original.title if original else None,
        "date": original.day if original else None,
        "passage": finding.passage,
        "places": tuple(finding.places),
        "confidence": finding.confidence,
        "note": finding.note or None,
        "edits": finding.edits,
    }
