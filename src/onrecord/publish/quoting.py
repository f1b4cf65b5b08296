"""Who quotes whom, as GraphML for Gephi, Cytoscape, igraph or networkx: outlets, sources between, speakers.

Promise: an arrow goes from who prints words to whom they are from, one step of the chain each, and says how often, how
often in the speaker's own words, and from which day to which. The odd case that forced the shape: a speaker is known
across documents by an id and a link of a chain only by a name, so a name that one speaker alone bears is that speaker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from lxml import etree

from onrecord.ledger.questions import HeldStatement
from onrecord.publish.site import NOWHERE, Site
from onrecord.publish.standing import one_line

GRAPHML = "http://graphml.graphdrawing.org/xmlns"

KEYS = {
    "label": ("node", "string"), "entity": ("node", "string"), "outlet": ("node", "boolean"),
    "speaker": ("node", "boolean"), "url": ("node", "string"), "weight": ("edge", "int"), "direct": ("edge", "int"),
    "first": ("edge", "string"), "last": ("edge", "string"),
}  # fmt: skip
"""What nodes and edges tell, and by which type."""


class Step(NamedTuple):
    """How often words came from one to the next, how often in the speaker's own words, and when."""

    weight: int
    direct: int
    first: str | None
    last: str | None

    def joined(self, other: Step) -> Step:
        """Return both together."""
        days = [day for day in (self.first, self.last, other.first, other.last) if day]
        return Step(
            self.weight + other.weight, self.direct + other.direct, min(days, default=None), max(days, default=None)
        )


class _Quoting:
    """Who is named in chains, and the steps of all chains: by id where there is one, else by name."""

    def __init__(self) -> None:
        self.names: dict[str, Counter[str]] = {}
        self.outlets: set[str] = set()
        self.speakers: set[str] = set()
        self.steps: dict[tuple[str, str], Step] = {}

    def add(self, held: HeldStatement) -> None:
        chain = [(name, name) for name in (held.outlet, *held.via) if name]
        if held.outlet:
            self.outlets.add(held.outlet)
        if held.speaker:
            chain.append((held.entity or held.speaker, held.speaker))
            self.speakers.add(chain[-1][0])
        for node, name in chain:
            self.names.setdefault(node, Counter())[name] += 1
        day = held.published[: len("2031-05-22")] if held.published else None
        step = Step(1, int(held.form != "indirect"), day, day)
        for (start, _), (end, _) in pairwise(chain):
            known = self.steps.get((start, end))
            self.steps[start, end] = known.joined(step) if known else step

    def aliases(self) -> dict[str, str]:
        """The names that one speaker with an id alone bears, with that id."""
        bearers: dict[str, set[str]] = {}
        for node, names in self.names.items():
            for name in names.keys() - {node}:
                bearers.setdefault(name, set()).add(node)
        return {name: min(nodes) for name, nodes in bearers.items() if len(nodes) == 1}


def graphml(statements: Iterable[HeldStatement], site: Site = NOWHERE) -> Iterator[bytes]:
    """Yield a GraphML file of who quotes whom."""
    found = _Quoting()
    for held in statements:
        found.add(held)
    aliases = found.aliases()
    members: dict[str, list[str]] = {}
    for name in found.names:
        members.setdefault(aliases.get(name, name), []).append(name)
    steps: dict[tuple[str, str], Step] = {}
    for ends, step in found.steps.items():
        start, end = (aliases.get(each, each) for each in ends)
        if start != end:
            steps[start, end] = steps[start, end].joined(step) if (start, end) in steps else step
    root = etree.Element(f"{{{GRAPHML}}}graphml", nsmap={None: GRAPHML})
    for key, (what, kind) in KEYS.items():
        etree.SubElement(root, f"{{{GRAPHML}}}key", {"id": key, "for": what, "attr.name": key, "attr.type": kind})
    graph = etree.SubElement(root, f"{{{GRAPHML}}}graph", edgedefault="directed")
    numbers = {node: f"n{number}" for number, node in enumerate(members)}
    for node, own in members.items():
        names = sum((found.names[each] for each in own), Counter[str]())
        entity = node if node not in names else None
        facts = {
            "label": one_line(min(names, key=lambda name: (-names[name], name))), "entity": entity,
            "outlet": _boolean(own, found.outlets), "speaker": _boolean(own, found.speakers),
            "url": site.entity(entity) if entity else None,
        }  # fmt: skip
        _data(etree.SubElement(graph, f"{{{GRAPHML}}}node", id=numbers[node]), facts)
    for (start, end), step in steps.items():
        edge = etree.SubElement(graph, f"{{{GRAPHML}}}edge", source=numbers[start], target=numbers[end])
        _data(edge, step._asdict())
    yield etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _boolean(names: list[str], among: set[str]) -> str:
    return "false" if among.isdisjoint(names) else "true"


def _data(element: Any, facts: dict[str, Any]) -> None:
    for key, value in facts.items():
        if value is not None:
            etree.SubElement(element, f"{{{GRAPHML}}}data", key=key).text = str(value)
