"""The sources of an event as a small graph: who printed whose text, and whose words they rest on.

Promise: a pure function of what was told; every document is a node, below the text that it prints and the people whose
words it rests on, and every node leads to where that is told. The odd case that forced the shape: drawn as a net of
boxes it can't be read on a phone, so it is drawn like the branches of a tree, a line for each, with the lines of
descent at the left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Literal, NamedTuple

from onrecord.ledger.events import HeldEvent
from onrecord.ledger.origins import Text
from onrecord.ledger.told import Told
from onrecord.nouns import Span
from onrecord.publish.days import readable_day
from onrecord.publish.standing import counted
from onrecord.web.pages import short

LINES = 40
"""Nodes that are drawn."""

LETTERS = 40
"""Letters of a label: as many as a phone has room for."""

VOICES = 3
"""People of one origin that are drawn."""

LINE, LEFT, STEP = 26, 12, 24
"""Pixels from line to line, from the edge to the first column of nodes, and from column to column."""

Kind = Literal["voice", "text", "copy"]
COLUMNS: dict[Kind, int] = {"voice": 0, "text": 1, "copy": 2}


class Leads(NamedTuple):
    """Where a node leads: to a statement of a document, to a passage of it, or to the document."""

    document: str
    version: str | None
    span: Span | None = None
    statement: str | None = None


class Node(NamedTuple):
    """Somebody whose words are told, a text, or a copy of it."""

    kind: Kind
    label: str
    leads: Leads
    x: int
    y: int


class Edge(NamedTuple):
    """From a node up to the one that it has its words from; ``copied``: the whole text, else what somebody said."""

    copied: bool
    path: str


class Lineage(NamedTuple):
    """All of a graph; ``more``: how many documents are not drawn."""

    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    more: int
    described: str


def lineage(held: HeldEvent) -> Lineage | None:
    """Return the graph of an event's sources; None where only one document tells of it, in its own words."""
    origins: defaultdict[int, dict[_Name, Told]] = defaultdict(dict)
    texts: dict[_Name, Text] = {}
    for told, origin, text in zip(held.thread.tellings, held.origins.of, held.origins.texts, strict=True):
        origins[origin].setdefault((told.document, told.version), told)
        texts[told.document, told.version] = text
    voices = {origin: _voices(told.values()) for origin, told in origins.items()}
    if len(texts) < 2 and not any(voices.values()):
        return None
    nodes: list[Node] = []
    edges: list[Edge] = []
    drawn = 0
    for origin, documents in origins.items():
        if len(nodes) >= LINES:
            break
        heads = [_add(nodes, "voice", name, leads) for name, leads in voices[origin].items()]
        for printed in dict.fromkeys(texts[document] for document in documents):
            first = documents.get(_named(printed))
            drawn += first is not None
            label = f"{_day(first)}{printed.outlet or short(printed.document)}"
            head = _add(nodes, "text", label, _telling(first) if first else Leads(*_named(printed)))
            edges += [Edge(False, _path(head, voice)) for voice in heads]
            for document, told in documents.items():
                if texts[document] == printed and document != _named(printed) and len(nodes) < LINES:
                    copy = _add(nodes, "copy", f"{_day(told)}{told.outlet or short(told.document)}", _telling(told))
                    edges.append(Edge(True, _path(copy, head)))
                    drawn += 1
    copies = sum(_named(text) != document for document, text in texts.items())
    described = (
        f"{counted(len(origins), 'independent origin')}, {counted(len(texts), 'document')}, {copies} of them copies. "
        "The table of tellings says the same."
    )
    return Lineage(LEFT + LINE * len(nodes), tuple(nodes), tuple(edges), max(0, len(texts) - drawn), described)


_Name = tuple[str, str | None]
"""A document's id and version."""


def _named(text: Text) -> _Name:
    return text.document, text.version


def _voices(tellings: Iterable[Told]) -> dict[str, Leads]:
    """Those whose statements the tellings of one origin rest on, each with the first of them."""
    found: dict[str, Leads] = {}
    for told in tellings:
        for statement, name in told.sayers:
            found.setdefault(name, Leads(told.document, told.version, statement=statement))
    return dict(islice(found.items(), VOICES))


def _telling(told: Told) -> Leads:
    return Leads(told.document, told.version, told.span)


def _add(nodes: list[Node], kind: Kind, label: str, leads: Leads) -> Node:
    line = " ".join(label.split())
    short = line if len(line) <= LETTERS else f"{line[: LETTERS - 1].rstrip()}…"
    nodes.append(Node(kind, short, leads, LEFT + STEP * COLUMNS[kind], LEFT + LINE * len(nodes)))
    return nodes[-1]


def _day(told: Told | None) -> str:
    return f"{readable_day(told.day)}, " if told else ""


def _path(node: Node, parent: Node) -> str:
    """Up from the parent's column: from the node to the left, then to the parent."""
    return f"M{node.x},{node.y} H{parent.x} V{parent.y}"
