"""Hostile articles in every format that others read: to other people's readers, what they contain is text there."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import feedparser
import jsonschema
import pytest
from icalendar import Calendar
from lxml import etree, html
from markdown_it import MarkdownIt
from pyarrow import parquet

from onrecord.ledger import Ledger, every_event, open_ledger
from onrecord.publish.choosing import Choice, chosen
from onrecord.publish.formats import FORMATS, Kind
from onrecord.publish.rows import TABLES
from onrecord.publish.schema import SHAPES, schema_of
from onrecord.publish.site import Site
from onrecord.publish.tables import text_of
from tests.hostile import CASES, DRIVING, ledger_of, stands_in
from tests.publish.held import held, told
from tests.publish.linked import expanded

LONGEST = 300
"""Characters of a case by which it is looked for in formats that cut what is long."""


class Held(NamedTuple):
    """A ledger of one article with the words of a case wherever a stranger's words may come in."""

    words: str
    ledger: Ledger

    def written(self, name: str, kind: Kind) -> bytes:
        """Return what the ledger has of a kind, in a format; what the file is called has the words too."""
        event = next(iter(every_event(self.ledger)))
        things = chosen(self.ledger, kind, Choice(words=event.id if kind == "briefs" else ""))
        site = Site(title=self.words, base="https://desk.example/", itself=f"https://desk.example/{name}")
        return b"".join(FORMATS[name].write(kind, things, site))

    def is_in(self, text: str) -> bool:
        """Return whether the words stand in a text, as words."""
        return stands_in(self.words, text, LONGEST)


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    words = CASES[request.param]
    path: Path = ledger_of(tmp_path_factory.mktemp("hostile") / "a", [(request.param, words)])
    with open_ledger(path) as ledger:
        yield Held(words, ledger)


def only_text(shown: str, tags: set[str]) -> str:
    """The text of a piece of HTML, which has no elements but these, and no attribute or address that does anything."""
    found = html.fragment_fromstring(shown, create_parent="div")
    for each in found.iter():
        assert each.tag in tags | {"div"}, each.tag
        assert set(each.attrib) <= {"href", "cite", "class", "id", "dir", "lang", "scope", "rel"}, each.attrib
        for name in ("href", "cite"):
            assert each.get(name, "https://desk.example/").startswith(("https://desk.example/", "#")), each.attrib
    return str(found.text_content())


def test_a_calendar_has_its_own_lines_and_no_others(case: Held) -> None:
    words = case.words
    dated = held(
        told("2031-04-15", "scheduled", ("date", "2031-05-22", "settled"), ("venue", words, "settled"),
             name=words, text=words, outlet=words, names=((words, words),), document=words)
    )  # fmt: skip
    site = Site(title=words, base="https://desk.example/")
    for raw in (case.written("icalendar", "events"), b"".join(FORMATS["icalendar"].write("events", [dated], site))):
        lines = raw.split(b"\r\n")
        assert all(len(line) <= 75 and not re.search(rb"[\0-\x08\x0a-\x1f\x7f]", line) for line in lines)
        unfolded = raw.decode().replace("\r\n ", "").split("\r\n")[:-1]
        assert not any(DRIVING.search(line) for line in unfolded)
        assert {re.split("[:;]", line)[0] for line in unfolded} <= {
            "BEGIN", "END", "VERSION", "PRODID", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "SOURCE", "UID", "DTSTAMP",
            "CREATED", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "STATUS", "CATEGORIES", "DESCRIPTION", "URL", "DTSTART",
            "DTEND", "TRANSP", "LOCATION",
        }  # fmt: skip
        calendar = Calendar.from_ical(raw)
        (entry,) = calendar.subcomponents
        assert entry.name in ("VEVENT", "VJOURNAL") and not entry.subcomponents and not entry.errors
        assert case.is_in(str(entry["DESCRIPTION"])) and case.is_in(str(calendar["NAME"]))
        assert entry.name == "VJOURNAL" or (case.is_in(str(entry["SUMMARY"])) and case.is_in(str(entry["LOCATION"])))
        assert str(entry["URL"]).startswith("https://desk.example/events/E")


@pytest.mark.parametrize("kind", ["changes", "statements"])
def test_feeds_hold_text(case: Held, kind: Kind) -> None:
    raw = case.written("atom", kind)
    root = etree.fromstring(raw)
    names = {etree.QName(each).localname for each in root.iter()}
    assert names <= {"feed", "id", "title", "updated", "link", "entry", "author", "name", "category", "content",
                     "generator", "published", "summary", "subtitle"}, names  # fmt: skip
    found = feedparser.parse(raw)
    assert not found.bozo and found.entries
    as_json = json.loads(case.written("jsonfeed", kind))
    assert [each["content_html"] for each in as_json["items"]] == root.xpath(
        "//a:entry/a:content/text()", namespaces={"a": "http://www.w3.org/2005/Atom"}
    )
    shown = ""
    for entry, item in zip(found.entries, as_json["items"], strict=True):
        assert entry.id == item["id"] and item["url"].startswith("https://desk.example/")
        assert not DRIVING.search(item["title"] + item["content_html"]) and "\n" not in item["title"]
        shown += only_text(item["content_html"], {"ul", "li", "blockquote", "p", "a", "cite", "q"})
    assert case.is_in(shown) and case.is_in(as_json["title"])


@pytest.mark.parametrize("kind", TABLES)
def test_no_cell_of_a_table_is_run_or_leaves_its_place(case: Held, kind: Kind, tmp_path: Path) -> None:
    raw = case.written("csv", kind)
    text = raw.decode("utf-8-sig")
    assert not DRIVING.search(text.replace("\r\n", ""))
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(TABLES[kind].columns)}
    for parted in (",", ";", "\t"):  # as spreadsheets of different countries take it
        cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=parted) for cell in row]
        assert not [cell for cell in cells if re.match(r"[ \"]*[=+\-@＝＋－＠]", cell)]
    (tmp_path / "a.parquet").write_bytes(case.written("parquet", kind))
    exact = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert len(exact) == len(rows) - 1 > 0
    asked = duckdb.sql(f"SELECT * FROM '{tmp_path}/a.parquet'")  # noqa: S608 - ours
    assert asked is not None and asked.fetchall() == [tuple(each.values()) for each in exact]
    told = [value for each in exact for value in each.values() if isinstance(value, str)]
    assert case.words in told, "programs have the words as they stand"
    assert case.is_in(" ".join(text_of(cell) for row in rows for cell in row))


def test_json_is_as_its_schemas_say(case: Held) -> None:
    for kind in FORMATS["jsonl"].kinds:
        lines = case.written("jsonl", kind).splitlines()
        assert lines
        for line in lines:
            found = json.loads(line)
            if kind in SHAPES:
                jsonschema.validate(found, schema_of(kind))
        assert json.dumps(case.words)[1:-1][:LONGEST] in json.dumps([json.loads(line) for line in lines])


def test_annotations_select_the_words(case: Held) -> None:
    found = json.loads(case.written("annotations", "readings"))
    (reading,) = chosen(case.ledger, "readings", Choice())
    text = reading.document.text
    assert expanded(found) and case.is_in(found["label"])
    for each in found["first"]["items"]:
        targets = each["target"] if isinstance(each["target"], list) else [each["target"]]
        for target in targets:
            assert re.match(r"urn:onrecord:document:|https://(desk|courier)\.example/", target["source"])
            quote, position, *_ = target["selector"]
            assert quote["exact"] == text[position["start"] : position["end"]]


@pytest.mark.parametrize("kind", ["events", "statements", "documents"])
def test_linked_data_can_stand_in_a_page(case: Held, kind: Kind) -> None:
    raw = case.written("schemaorg", kind).decode()
    page = html.document_fromstring(f'<body><script type="application/ld+json">{raw}</script></body>')
    (script,) = page.iter("script")
    assert [each.tag for each in page.iter()][-1] == "script" and script.text == raw
    found = json.loads(script.text)
    assert expanded(found) and json.dumps(case.words)[1:-1][:LONGEST] in json.dumps(found)


def test_a_graph_has_its_nodes_and_arrows_and_nothing_else(case: Held) -> None:
    root = etree.fromstring(case.written("graphml", "statements"), etree.XMLParser(resolve_entities=False))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    inside = {"graphml": {"key", "graph"}, "graph": {"node", "edge"}, "node": {"data"}, "edge": {"data"}}
    for each in root.iter():
        name = each.tag.removeprefix(space)
        assert {child.tag.removeprefix(space) for child in each} <= inside.get(name, set())
    keys = {each.get("id"): each for each in root.iter(f"{space}key")}
    nodes = [each.get("id") for each in root.iter(f"{space}node")]
    assert nodes and len(nodes) == len(set(nodes))
    assert all({each.get("source"), each.get("target")} <= set(nodes) for each in root.iter(f"{space}edge"))
    for each in root.iter(f"{space}data"):
        assert keys[each.get("key")].get("for") == each.getparent().tag.removeprefix(space)
        assert not DRIVING.search(each.text or "")
    assert case.is_in(" ".join(each.text or "" for each in root.iter(f"{space}data")))


BRIEF = {
    "h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "blockquote", "a", "code", "span",
    "strong", "em",
}  # fmt: skip


def test_a_brief_in_markdown_is_text(case: Held) -> None:
    raw = case.written("markdown", "briefs").decode()
    assert not DRIVING.search(raw)
    shown = MarkdownIt("commonmark", {"linkify": False}).enable("table").render(raw)
    assert case.is_in(only_text(shown, BRIEF))


def test_a_brief_in_one_file_runs_and_fetches_nothing(case: Held) -> None:
    raw = case.written("html", "briefs").decode()
    page = html.document_fromstring(raw)
    assert not DRIVING.search(raw)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert {each.tag for each in page.iter()} <= BRIEF | {
        "html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer", "ol", "dl", "dt", "dd",
        "q", "cite", "time", "details", "summary", "mark", "div", "article", "b", "small", "nav", "bdi",
    }  # fmt: skip
    for each in page.iter():
        assert not any(name.startswith("on") or name in ("style", "src", "action") for name in each.attrib)
        assert each.get("href", "#").startswith(("https://desk.example/", "#"))
    assert case.is_in(page.text_content()) and case.is_in(page.findtext(".//title"))
