"""The whole line on one screen: sources in, readings out.

Promise: readings come in the order of the sources; a source that can't be read comes out as the `UnreadableInput` that
says why, and the rest of the run goes on, even where the fault is ours (`Defect`); models are loaded once and run in
batches over the blocks of many documents.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from importlib.metadata import version
from itertools import chain
from typing import ParamSpec, TypeVar

from msgspec.structs import replace

from onrecord.errors import Defect, UnreadableInput
from onrecord.events import find_events
from onrecord.garbage import uncollected
from onrecord.language import READ_LANGUAGES, Annotated, Sentence, Token, lay, parse, written_in
from onrecord.language import load as load_language
from onrecord.language import model_name as language_model
from onrecord.nouns import Document, Reader, Reading, Source
from onrecord.page import part_read, read_page
from onrecord.spent import UNMEASURED, Meter
from onrecord.statements import Tagged, find_statements, model_name, tag
from onrecord.statements import load as load_tagger
from onrecord.warn import find_warnings

P = ParamSpec("P")
T = TypeVar("T")
Found = TypeVar("Found")

TOGETHER = 40_000
"""Code points of text in which statements are looked for at once: what the tagger decodes together."""


@cache  # the package's papers are a file
def _version() -> str:
    return version("onrecord")


def reader() -> Reader:
    """Return which version of the program and of its models reads in this process."""
    return Reader(version=_version(), models={"language": language_model(), "statements": model_name()})


def read(source: Source) -> Reading:
    """Return the reading of one source. Raises UnreadableInput with the file and the reason where there is none."""
    for result in read_many([source]):
        if isinstance(result, UnreadableInput):
            raise result
        return result
    raise AssertionError("read_many gives one result a source")


def read_many(
    sources: Iterable[Source | UnreadableInput], meter: Meter = UNMEASURED
) -> Iterator[Reading | UnreadableInput]:
    """Yield for each source, in order, its reading or the reason why it has none.

    Sources that are errors already (a file that was not there) pass through in their place. ``meter``: what the steps
    take is counted there.
    """
    failures: deque[tuple[int, UnreadableInput]] = deque()
    whole: deque[Document] = deque()
    opened = 0

    def documents() -> Iterator[Document]:
        nonlocal opened
        if meter.clocks is not None:  # else what needs them first loads them, and may need none
            with meter.of("models"):
                load_language("en")  # by the name that the parser has it under, else it is loaded twice
                load_tagger()
        for source in meter.each("input", sources):
            try:
                if isinstance(source, UnreadableInput):
                    raise source
                with meter.of("page"):
                    document = _with_language(read_page(source))
            except UnreadableInput as problem:
                failures.append((opened, problem))
            except Exception as error:
                failures.append((opened, Defect(_where(source), error)))
            else:
                whole.append(document)
                yield part_read(document)
            opened += 1

    done = 0
    parsed = meter.each("parser", parse(documents()))
    for reading in _readings(((whole.popleft(), *each) for each in parsed), meter):
        while failures and failures[0][0] == done:
            yield failures.popleft()[1]
            done += 1
        yield reading
        done += 1
    yield from (problem for _, problem in failures)


def read_beside(
    found: Iterable[Found], meter: Meter = UNMEASURED
) -> Iterator[tuple[Found, Reading | UnreadableInput | None]]:
    """Yield what was found, in order, with its reading or the reason why it has none, on one core.

    What is neither a source nor an error passes through in its place with None; where it comes first, it waits for no
    reading. Numpy's own threads are kept out, since who shares documents out over cores has none left for them.
    """
    from threadpoolctl import threadpool_limits

    coming = iter(found)
    read = read_many if meter.clocks is None else partial(read_many, meter=meter)
    with threadpool_limits(1):
        for first in coming:
            if not isinstance(first, Source | UnreadableInput):
                yield first, None
                continue
            taken: deque[Found] = deque()
            for result in read(_taking(chain((first,), coming), taken)):
                while not isinstance(taken[0], Source | UnreadableInput):
                    yield taken.popleft(), None
                yield taken.popleft(), result
            yield from ((each, None) for each in taken)


def _taking(found: Iterable[Found], taken: deque[Found]) -> Iterator[Source | UnreadableInput]:
    """What is to be read; all that comes is put down as taken, in order."""
    for each in found:
        taken.append(each)
        if isinstance(each, Source | UnreadableInput):
            yield each


def _where(source: Source | UnreadableInput) -> str:
    return source.where if isinstance(source, UnreadableInput) else source.path or source.id or "<bytes>"


def _with_language(document: Document) -> Document:
    """The document with the language that its words show, where the page names none."""
    if document.language is not None:
        return document
    shown = next((each for each in READ_LANGUAGES if written_in(document.text, each)), None)
    return replace(document, language=shown)


def _readings(
    parsed: Iterable[tuple[Document, Document, list[Token], list[Sentence]]], meter: Meter
) -> Iterator[Reading | Defect]:
    """The readings of documents, whose parts that are read were parsed, in order; the tagger takes many at once."""
    group: list[tuple[Document, Annotated | Defect]] = []
    waiting = 0
    for document, part, tokens, sentences in parsed:
        with meter.of("language"):
            group.append((document, _tried(document, lay, part, tokens, sentences)))
        waiting += len(part.text)
        if waiting >= TOGETHER:
            yield from _told(group, meter)
            group, waiting = [], 0
    yield from _told(group, meter)


def _told(group: list[tuple[Document, Annotated | Defect]], meter: Meter) -> Iterator[Reading | Defect]:
    laid = [annotated for _, annotated in group if isinstance(annotated, Annotated)]
    try:
        with uncollected(), meter.of("tagger"):
            seen: list[Tagged | None] = list(tag(laid))
    except Exception:
        seen = [None] * len(laid)  # one of them is at fault: each is tagged by itself, so that only that one is lost
    waiting = iter(seen)
    for document, annotated in group:
        if isinstance(annotated, Defect):
            yield annotated
        else:
            yield _tried(document, _finish, document, annotated, next(waiting), meter)


def _tried(document: Document, step: Callable[P, T], *given: P.args, **named: P.kwargs) -> T | Defect:
    try:
        with uncollected():
            return step(*given, **named)
    except Exception as error:
        return Defect(document.path or document.id, error)


def _finish(document: Document, annotated: Annotated, seen: Tagged | None, meter: Meter) -> Reading:
    with meter.of("tagger"):
        attributions, plans = tag([annotated])[0] if seen is None else seen
    with meter.of("statements"):
        statements = find_statements(annotated, attributions)
    with meter.of("events"):
        found = find_events(annotated, statements, plans)
        warnings = find_warnings(document, statements, found.events, annotated.quotations)
    return Reading(
        reader=Reader(version=_version(), models={**annotated.models, "statements": model_name()}),
        document=document,
        entities=annotated.entities,
        times=annotated.times,
        statements=statements,
        events=found.events,
        faint=found.faint,
        warnings=warnings,
    )
