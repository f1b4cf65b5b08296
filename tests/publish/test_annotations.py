"""Readings as Web Annotations, as another JSON-LD processor reads them."""

from __future__ import annotations

import html
import json
import re
from typing import Any, SupportsIndex

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.nouns import Block, Document, Reading
from onrecord.publish.annotations import annotations_of, web_annotations
from onrecord.publish.site import NOWHERE, Site
from onrecord.publish.wayback import STRETCH, Held, WayBack
from tests.publish.held import hostile
from tests.publish.linked import OA, expanded, keys, triples
from tests.strategies import TEXT, at, document, sample_reading

READING = sample_reading()
RAW = TEXT.encode()


def written(*readings: Reading, site: Site = NOWHERE) -> Any:
    return json.loads(b"".join(web_annotations(readings, site)))


def targets(annotation: Any) -> list[Any]:
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def by_name(name: str) -> Any:
    return next(each for each in written(READING)["first"]["items"] if each["id"].endswith(f":{name}"))


def test_every_selector_selects_the_same_words() -> None:
    found = written(READING)["first"]["items"]
    assert len(found) > 15
    for each in (target for annotation in found for target in targets(annotation)):
        quote, position, data = each["selector"]
        words = TEXT[position["start"] : position["end"]]
        assert quote["exact"] == words
        assert (quote["prefix"] + words + quote["suffix"]) in TEXT
        assert data["type"] == "DataPositionSelector" and "refinedBy" not in data
        assert RAW[data["start"] : data["end"]].decode() == words


def test_a_statement_tells_who_said_what_by_way_of_whom() -> None:
    said = by_name("s1")
    assert said["motivation"] == "describing"
    told = "presidential office of Velmark, via KarsTel: a face-to-face meeting is within reach"
    assert said["body"][0]["value"] == told
    assert [each["value"] for each in by_name("s2")["body"][1:]] == [
        "direct", "speech", "affirmed", "elision", "gloss", "insertion",
    ]  # fmt: skip
    assert said["target"]["source"] == "urn:onrecord:document:sample-1"


def test_an_event_its_mentions_and_its_claims_are_told() -> None:
    event = by_name("v1")
    assert len(event["target"]) == len(READING.events[0].mentions)
    assert [each["value"] for each in event["body"][1:]] == ["meeting", "planned"]
    told = [each["body"][0]["value"] for each in written(READING)["first"]["items"] if ":v1-" in each["id"]]
    assert "date: open (open), says Mara Lindqvist, via KarsTel (carried on)" in told
    assert "participant: Anton Velik (settled)" in told


def test_the_source_is_the_page_where_it_has_an_address() -> None:
    def source(url: str | None, site: Site) -> str:
        reading = replace(READING, document=replace(READING.document, url=url))
        found: str = targets(next(annotations_of(reading, site)))[0]["source"]
        return found

    desk = Site(base="https://desk.example")
    assert source("https://courier.example/a?b=1", desk) == "https://courier.example/a?b=1"
    assert source(None, desk) == "https://desk.example/documents/sample-1"
    assert source(None, NOWHERE) == "urn:onrecord:document:sample-1"
    for wrong in (
        "javascript:alert(1)",
        "https://a.example/\u202egpj",
        "https://a b",
        "https://a\n",
        "file:///etc/passwd",
    ):
        assert source(wrong, NOWHERE) == "urn:onrecord:document:sample-1"


def test_another_processor_knows_every_term() -> None:
    found = written(READING, site=Site(title="Summit", itself="https://desk.example/a.jsonld"))
    (collection,) = expanded(found)
    assert collection["@type"] == ["http://www.w3.org/ns/activitystreams#OrderedCollection"]
    assert not {key for key in keys(collection) if ":" not in key}
    lines = triples(found)
    counted = [
        sum(f"<{OA}{term}>" in line for line in lines) for term in ("hasTarget", "DataPositionSelector", "exact")
    ]
    assert counted[0] == sum(len(targets(each)) for each in found["first"]["items"]) == counted[1] == counted[2]
    assert any(f"<{OA}motivatedBy> <{OA}identifying>" in line for line in lines)


def test_nothing_is_a_collection_too() -> None:
    assert written()["first"]["items"] == []


def test_words_beside_a_character_reference_are_those_of_their_run_refined_by_the_words() -> None:
    raw = "<p>Velik &amp; Dalgard met in “Selm”.</p>".encode()
    text = "Velik & Dalgard met in “Selm”."
    block = Block(kind="paragraph", span=(0, len(text)), source=((0, len(text), 3, len(raw) - 4),))
    way = WayBack(Document(id="a", text=text, blocks=(block,)))
    start, end = at("Dalgard", text=text)
    found = way.of((start, end))
    assert found is not None and found.text == (0, len(text))
    reading = replace(READING, document=Document(id="a", text=text, blocks=(block,)))
    entity = replace(READING.entities[1], mentions=(replace(READING.entities[1].mentions[0], span=(start, end)),))
    (only,) = annotations_of(replace(reading, entities=(entity,), times=(), statements=(), events=()))
    data = only["target"]["selector"][2]
    assert (data["start"], data["end"]) == (3, len(raw) - 4)
    assert data["refinedBy"]["prefix"] == "Velik & " and data["refinedBy"]["suffix"] == " met in “Selm”."


def test_where_the_way_back_is_not_known_there_are_no_bytes() -> None:
    bare = WayBack(document(blocks=()))
    assert bare.of((0, 5)) is None
    assert WayBack(document()).of((5, 5)) is None
    assert WayBack(document()).of((len(TEXT) - 1, len(TEXT) + 5)) is None


LETTERS = {"utf-8": "aé“\U0001f600", "cp1251": "aБя", "gb18030": "aé中", "iso2022_jp": "aあ日", "utf-16-le": "aé“"}


@settings(deadline=None)
@given(st.sampled_from(sorted(LETTERS)), st.data())
def test_the_bytes_of_a_long_run_are_those_of_its_words_whatever_their_encoding(name: str, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(LETTERS[name]), min_size=1, max_size=12))) * 300
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    whole = len(text.encode(name))
    block = Block(kind="paragraph", span=(0, len(text)), source=((0, len(text), 7, 7 + whole),))
    found = WayBack(Document(id="a", text=text, encoding=name, blocks=(block,))).of((start, end))
    assert found == Held((7 + len(text[:start].encode(name)), 7 + len(text[:end].encode(name))), (start, end))


class Counted(str):
    """A text that counts the code points that are taken out of it."""

    taken = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        found = super().__getitem__(key)
        self.taken += len(found)
        return found


def test_of_a_long_run_a_passage_costs_a_stretch() -> None:
    text = Counted("Why is it so? " * 10_000)
    block = Block(kind="paragraph", span=(0, len(text)), source=((0, len(text), 0, len(text)),))
    way = WayBack(Document(id="a", text=text, blocks=(block,)))
    assert all(way.of((at, at + 3)) == Held((at, at + 3), (at, at + 3)) for at in range(0, len(text) - 3, 14))
    assert text.taken < 2 * len(text) + 2 * 10_000 * STRETCH


UNITS = ("a", "Velik ", "“", "é", "&amp;", "&#8220;", "&nbsp;", "&nGt;", "<b>", "</b>", "<i class='x'>")


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(UNITS), min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_the_bytes_that_are_given_hold_the_words(pieces: list[list[str]], data: st.DataObject) -> None:
    raw, text, runs = b"", "", []
    for unit in (unit for piece in pieces for unit in (*piece, "<hr>")):
        if unit.startswith("<"):
            raw += unit.encode()
            continue
        shown = html.unescape(unit)
        runs.append((len(text), len(text) + len(shown), len(raw), len(raw) + len(unit.encode())))
        raw, text = raw + unit.encode(), text + shown
    joined: list[tuple[int, int, int, int]] = []
    for run in runs:  # as the page layer does: what follows without a tag between is one run
        if joined and joined[-1][1] == run[0] and joined[-1][3] == run[2]:
            joined[-1] = (joined[-1][0], run[1], joined[-1][2], run[3])
        else:
            joined.append(run)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    block = Block(kind="paragraph", span=(0, len(text)), source=tuple(joined))
    found = WayBack(Document(id="a", text=text, blocks=(block,))).of((start, end))
    assert found is not None
    low, high = found.text
    assert low <= start and end <= high
    shown = html.unescape(re.sub("<[^>]*>", "", raw[slice(*found.bytes)].decode()))
    assert shown == text[low:high]


@settings(deadline=None)
@given(st.lists(hostile, min_size=3, max_size=3))
def test_whatever_a_text_holds_the_words_stand_as_they_are(texts: list[str]) -> None:
    kept = [each.encode("utf-8", "replace").decode() for each in texts]
    text = "".join(kept)
    mention = replace(READING.entities[0].mentions[0], span=(len(kept[0]), len(kept[0]) + len(kept[1])))
    entity = replace(READING.entities[0], name=kept[2], mentions=(mention,))
    page = Document(id=kept[0], url=kept[1], text=text)
    reading = Reading(reader=READING.reader, document=page, entities=(entity,))
    found = written(reading)
    (only,) = found["first"]["items"]
    assert only["target"]["selector"][0]["exact"] == kept[1]
    assert "\n" not in only["body"][0]["value"]
    assert re.fullmatch(r"urn:onrecord:annotation:[\w.~%-]*:e1", only["id"])
    assert expanded(found)
