"""Readings as W3C Web Annotations (JSON-LD): what was found in a document, standing off from it, for annotation tools.

Promise: each annotation says which words it is about, in three ways that agree: the words with some before and after
(TextQuoteSelector), their code points in the text (TextPositionSelector) and their bytes in the original file
(DataPositionSelector). Recommendation of 23 February 2017. The odd case that forced the shape: a document keeps the way
back to its bytes run by run, and within a run that holds character references only the run is known to the byte; then
the bytes are those of the run, refined by the words in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import Any

import msgspec

from onrecord.nouns import Document, Reading, Span
from onrecord.publish import facts
from onrecord.publish.site import NOWHERE, Site, urn, web_address
from onrecord.publish.standing import one_line
from onrecord.publish.wayback import WayBack

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

AROUND = 32
"""Code points before and after the words by which they are found again in a text that has changed."""

Object = dict[str, Any]


def web_annotations(readings: Iterable[Reading], site: Site = NOWHERE) -> Iterator[bytes]:
    """Yield the parts of an AnnotationCollection with one page, an annotation a line."""
    name = site.itself or urn("annotations", site.title)
    page = f"{name}#page" if site.itself else f"{name}:page"
    head = {
        "@context": CONTEXT, "id": name, "type": "AnnotationCollection", "label": one_line(site.title),
        "generator": {"id": urn("version", version("onrecord")), "type": "Software", "name": "onrecord"},
    }  # fmt: skip
    first = {"id": page, "type": "AnnotationPage", "partOf": name, "startIndex": 0}
    yield msgspec.json.encode(head)[:-1] + b',"first":' + msgspec.json.encode(first)[:-1] + b',"items":['
    begun = False
    for reading in readings:
        for each in annotations_of(reading, site):
            yield (b",\n" if begun else b"\n") + msgspec.json.encode(each)
            begun = True
    yield b"\n]}}\n"


def annotations_of(reading: Reading, site: Site = NOWHERE) -> Iterator[Object]:
    """Yield the annotations of one reading: its entities and times, then its statements, then its events and claims."""
    index, places = facts.indexed(reading), _Places(reading.document, site)
    for entity in reading.entities:
        if entity.mentions:
            bodies = [_body(entity.name, "identifying"), _body(entity.type, "classifying")]
            yield places.annotation(entity.id, "identifying", bodies, [each.span for each in entity.mentions])
    for number, time in enumerate(reading.times, 1):
        if time.value:
            bodies = [_body(time.value, "classifying"), _body(time.type, "tagging")]
            yield places.annotation(f"t{number}", "classifying", bodies, [time.span])
    for said in reading.statements:
        voice = facts.voice(index, said)
        who = ", via ".join((voice.name, *facts.chain(index, said)))
        tags = [said.form, said.kind, said.polarity, *sorted({mark.kind for mark in said.marks})]
        bodies = [_body(f"{who}: {said.words}", "describing"), *(_body(tag, "tagging") for tag in tags)]
        yield places.annotation(said.id, "describing", bodies, said.content)
    for event in reading.events:
        bodies = [_body(facts.words_at(reading, [event.span]), "identifying")]
        bodies += [_body(tag, "tagging") for tag in (event.kind, event.status)]
        yield places.annotation(event.id, "identifying", bodies, dict.fromkeys((event.span, *event.mentions)))
        for number, row in enumerate(facts.rows(index, event), 1):
            by = facts.attribution(row)
            told = f"{row.attribute}: {row.value or 'open'} ({row.settled}){f', says {by}' if by else ''}"
            spans = (*row.claim.span, *row.claim.cue) or (event.span,)
            bodies = [_body(told, "describing"), _body(row.settled, "tagging")]
            yield places.annotation(f"{event.id}-{number}", "describing", bodies, spans)


def _body(value: str, purpose: str) -> Object:
    return {"type": "TextualBody", "value": one_line(value), "format": "text/plain", "purpose": purpose}


class _Places:
    """Where the words of one document are."""

    def __init__(self, document: Document, site: Site) -> None:
        self._document = document
        self._source = web_address(document.url) or site.document(document.id) or urn("document", document.id)
        self._held = WayBack(document)

    def annotation(self, name: str, motivation: str, bodies: Sequence[Object], spans: Iterable[Span]) -> Object:
        """An annotation of some words; where there are several each is a target."""
        targets = [self._target(span) for span in spans]
        return {
            "id": urn("annotation", self._document.id, name), "type": "Annotation", "motivation": motivation,
            "body": list(bodies), "target": targets[0] if len(targets) == 1 else targets,
        }  # fmt: skip

    def _target(self, span: Span) -> Object:
        start, end = span
        text = self._document.text
        quote = {
            "type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        }  # fmt: skip
        found: list[Object] = [quote, {"type": "TextPositionSelector", "start": start, "end": end}]
        if (own := self._held.of(span)) is not None:
            selector: Object = {"type": "DataPositionSelector", "start": own.bytes[0], "end": own.bytes[1]}
            low, high = own.text
            if own.text != span:
                low, high = max(low, start - AROUND), min(high, end + AROUND)
                selector["refinedBy"] = quote | {"prefix": text[low:start], "suffix": text[end:high]}
            found.append(selector)
        return {"type": "SpecificResource", "source": self._source, "selector": found}
