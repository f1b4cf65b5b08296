"""Who quotes whom as GraphML, as another XML parser reads it."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.ledger.questions import HeldStatement
from onrecord.publish.quoting import GRAPHML, KEYS, graphml
from onrecord.publish.site import NOWHERE, Site
from tests.publish.held import hostile
from tests.publish.test_tables import STATEMENT

SAID = replace(STATEMENT, outlet="The Courier", published="2031-05-02T10:00:00Z", via=("VNA",))

Facts = dict[str, str | None]


def read(
    statements: list[HeldStatement], site: Site = NOWHERE
) -> tuple[dict[str, Facts], list[tuple[str, str, Facts]]]:
    """The nodes by label, and the edges by labels."""
    root: Any = ElementTree.fromstring(b"".join(graphml(statements, site)))  # noqa: S314 - ours
    space = f"{{{GRAPHML}}}"
    assert {each.get("id") for each in root.findall(f"{space}key")} == set(KEYS)
    nodes = {each.get("id"): _facts(each) for each in root.iter(f"{space}node")}
    assert all(re.fullmatch(r"n\d+", each) for each in nodes)
    edges = [
        (nodes[each.get("source")]["label"] or "", nodes[each.get("target")]["label"] or "", _facts(each))
        for each in root.iter(f"{space}edge")
    ]
    return {each["label"] or "": each for each in nodes.values()}, edges


def _facts(element: Any) -> Facts:
    return {each.get("key"): each.text for each in element}


def test_an_arrow_is_a_step_of_a_chain_with_how_often_and_when() -> None:
    indirect = replace(SAID, form="indirect", published="2031-05-09")
    nodes, edges = read([SAID, indirect], Site(base="https://desk.example"))
    assert [(start, end) for start, end, _ in edges] == [("The Courier", "VNA"), ("VNA", "Mara Lindqvist")]
    assert edges[1][2] == {"weight": "2", "direct": "1", "first": "2031-05-02", "last": "2031-05-09"}
    assert nodes["Mara Lindqvist"] == {
        "label": "Mara Lindqvist", "entity": "P0123456789", "outlet": "false", "speaker": "true",
        "url": "https://desk.example/entities/P0123456789",
    }  # fmt: skip
    assert nodes["The Courier"]["outlet"] == "true" and nodes["VNA"]["speaker"] == "false"


def test_a_speaker_is_one_by_whatever_names_and_in_chains_too() -> None:
    agency = replace(SAID, speaker="VNA", entity="P2222222222", via=())
    called = [replace(SAID, speaker=name) for name in ("Mara Lindqvist", "Lindqvist", "Mara Lindqvist")]
    nodes, edges = read([*called, agency])
    assert set(nodes) == {"The Courier", "VNA", "Mara Lindqvist"}
    assert nodes["VNA"]["entity"] == "P2222222222"
    assert {(start, end): facts["weight"] for start, end, facts in edges} == {
        ("The Courier", "VNA"): "4", ("VNA", "Mara Lindqvist"): "3",
    }  # fmt: skip


def test_two_of_one_name_stay_two_and_a_chain_by_that_name_is_neither() -> None:
    both = [replace(SAID, speaker="VNA", entity=each, via=()) for each in ("P2222222222", "P3333333333")]
    root = ElementTree.fromstring(b"".join(graphml([*both, SAID])))  # noqa: S314 - ours
    labels = [each.text for each in root.iter(f"{{{GRAPHML}}}data") if each.get("key") == "label"]
    assert labels.count("VNA") == 3


def test_what_is_not_known_is_no_node() -> None:
    nodes, edges = read([replace(SAID, outlet=None, via=(), entity=None, speaker=None, published=None)])
    assert (nodes, edges) == ({}, [])
    nodes, edges = read([replace(SAID, published=None)])
    assert "first" not in edges[0][2]


@settings(deadline=None)
@given(st.lists(hostile, min_size=3, max_size=3))
def test_whatever_a_name_holds_it_is_a_label(texts: list[str]) -> None:
    outlet, via, speaker = texts
    nodes, edges = read([replace(SAID, outlet=outlet, via=(via,), speaker=speaker)])
    assert 1 <= len(nodes) <= 3 and len(edges) <= 2
    assert not any(re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", label) for label in nodes)
