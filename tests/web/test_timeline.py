"""Drawings of events: whatever was told they are well-formed, inside their box, and show names of strangers as text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import get_args
from urllib.parse import quote

from hypothesis import given, reject, settings
from hypothesis import strategies as st
from jinja2 import Template

from onrecord.ledger.events import HeldEvent
from onrecord.ledger.origins import Origins, Text
from onrecord.ledger.state import state_of
from onrecord.ledger.tellings import Thread
from onrecord.ledger.told import Told
from onrecord.nouns import Attribute, Claim, Settled, Status
from onrecord.web.lineage import LINES, lineage
from onrecord.web.pages import templates
from onrecord.web.timeline import ROWS, TICKS, Drawing, claims_of, timeline

SVG = "{http://www.w3.org/2000/svg}"

HOSTILE = st.sampled_from([
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</text></svg><b>", "&lt;", "a\x00b\x1b[31m", "‮evil",
    "]]>", "'\"", "Selm", "שלום", "x" * 400, "", "\ud800",
])  # fmt: skip
DATES = st.sampled_from([
    None, "2031-05-22", "2031-05", "2031", "2031-05-22/2031-05-24", "0001", "9999-12-31", "2031-13-45", "2031-02-30",
    "0000", "next year", "2031-W20", "2031-06-01/2031-05-01", "9999-12-01/9999-12-31", "2031-05-01/2040",
])  # fmt: skip


def days(first: str, last: str) -> st.SearchStrategy[str]:
    return st.dates(date.fromisoformat(first), date.fromisoformat(last)).map(date.isoformat)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    attribute: Attribute = draw(st.sampled_from(["date", "previous_date", "venue", "status", "host"]))
    value = draw(DATES if "date" in attribute else HOSTILE)
    return Claim(
        attribute=attribute, value=value, settled=draw(st.sampled_from(get_args(Settled))),
        span=draw(st.sampled_from([(), ((3, 9),)])), statement=draw(st.sampled_from([None, "s1"])), by_rule="made",
    )  # fmt: skip


@st.composite
def held(draw: st.DrawFn) -> HeldEvent:
    """An event as it might be told of, whose tellings are copies of each other or not."""
    first, last = draw(
        st.sampled_from([("2031-03-01", "2031-06-30"), ("1990-01-01", "2090-12-31"), ("0001-01-01", "9999-12-31")])
    )
    told = sorted(draw(st.lists(days(first, last), min_size=1, max_size=12)))
    thread = Thread()
    for at, day in enumerate(told):
        thread.add(
            Told(
                document=draw(st.sampled_from([f"d{at}", "d0", "<b>"])), day=day, number="v1", name=draw(HOSTILE),
                kind="meeting", status=draw(st.sampled_from(get_args(Status))), types=frozenset(), words=frozenset(),
                sides=(), outlet=draw(st.none() | HOSTILE), places=frozenset(), near=frozenset(), years=frozenset(),
                claims=tuple(draw(st.lists(claims(), max_size=4))), names=(), span=(0, 1), text="",
                sayers=draw(st.sampled_from([(), (("s1", "<i>Dalgard</i>"),)])),
            ),
            number=at + 1,
        )  # fmt: skip
    origins = Origins(
        of=tuple(draw(st.integers(1, 3)) for _ in told),
        texts=tuple(
            draw(st.sampled_from([Text(each.document, each.outlet), Text("d0", "wire")])) for each in thread.tellings
        ),
    )
    try:
        return HeldEvent("E0123456789", state_of(thread.tellings), thread, overdue=False, origins=origins)
    except ValueError:  # dates that are none never come out of a reading
        reject()


@cache
def drawn(name: str) -> Template:
    return templates().get_template(name)


WAYS = {
    "to": lambda path, **_: path,
    "part": quote,
    "passage_at": lambda document, span, _: f"{quote(document)}?{span[0]}-{span[1]}",
}
"""What makes addresses in templates (`web.pages.page`)."""


def svg(drawing: Drawing) -> ET.Element:
    return ET.fromstring(drawn("timeline.svg.jinja").render(drawing=drawing, **WAYS))  # noqa: S314 - our own


def per_cent(place: str) -> float:
    assert place.endswith("%")
    return float(place[:-1])


@settings(max_examples=150, deadline=None)
@given(held(), st.none() | days("2031-03-01", "2031-06-30"))
def test_a_timeline_is_well_formed_and_all_of_it_is_inside(event: HeldEvent, as_of: str | None) -> None:
    told = claims_of(event)
    drawing = timeline(told, event, as_of)
    assert drawing is not None
    root = svg(drawing)
    marks = [mark for group in drawing.groups for row in group.rows for mark in row.marks]
    links = root.findall(f".//{SVG}a[@href]")
    assert len(root.findall(f".//{SVG}use")) == len(marks) == len(links)
    places = {f"{quote(each.document)}?{each.span[0]}-{each.span[1]}" for each in told}
    assert {each.get("href") for each in links} <= places and all(each.findtext(f"{SVG}title") for each in links)
    stops = [each for each in links if each.get("tabindex") is None]
    assert len(stops) == sum(len(group.rows) for group in drawing.groups)
    shown = {each.value for each in told}
    if all(
        len({each.value for each in told if each.attribute == name}) <= ROWS for name in ("status", "date", "venue")
    ):
        assert sum(mark.claims for mark in marks) == len(told), shown
    for element in root.iter():
        assert not {"style", "onload", "onerror", "onclick"} & set(element.keys())
        for name in ("x", "x1", "x2"):
            place = element.get(name, "0")
            assert place in ("0", "100%") or 0 <= per_cent(place) <= 100
        if element.tag == f"{SVG}rect":
            assert per_cent(element.attrib["x"]) + per_cent(element.attrib["width"]) <= 100.01
        for name in ("y", "y1", "y2"):
            assert 0 <= float(element.get(name, "0")) <= drawing.height
    assert len(drawing.ticks) <= TICKS
    assert [each.x for each in drawing.ticks] == sorted({each.x for each in drawing.ticks})


@settings(max_examples=100, deadline=None)
@given(held())
def test_marks_of_one_row_stand_apart(event: HeldEvent) -> None:
    drawing = timeline(claims_of(event), event)
    assert drawing is not None
    for row in (row for group in drawing.groups for row in group.rows):
        places = [mark.x for mark in row.marks]
        assert places == sorted(places)
        assert all(later - before >= 1 for before, later in pairwise(places) if later < 98)


@settings(max_examples=150, deadline=None)
@given(held())
def test_the_graph_of_sources_is_well_formed_and_has_every_document(event: HeldEvent) -> None:
    graph = lineage(event)
    if graph is None:
        return
    root = ET.fromstring(drawn("lineage.svg.jinja").render(graph=graph, **WAYS))  # noqa: S314 - our own
    documents = {told.document for told in event.thread.tellings} | {text.document for text in event.origins.texts}
    assert len(root.findall(f"{SVG}a[@href]")) == len(graph.nodes)
    assert not re.search(r"\b1 (independent origins|documents)", graph.described), "read aloud"
    assert all(node.leads.document in documents for node in graph.nodes)
    assert all((node.kind == "voice") == (node.leads.statement is not None) for node in graph.nodes)
    assert len(root.findall(f".//{SVG}circle")) + len(root.findall(f".//{SVG}rect")) == len(graph.nodes) <= LINES + 8
    assert all(0 < node.y < graph.height for node in graph.nodes)
    nodes = {(node.x, node.y) for node in graph.nodes}
    for edge in graph.edges:
        child, across, up = edge.path.split()
        assert tuple(map(int, child[1:].split(","))) in nodes
        assert (int(across[1:]), int(up[1:])) in nodes


def telling(day: str, *said: tuple[Attribute, str | None, Settled], status: Status = "scheduled") -> Told:
    given = tuple(Claim(attribute=a, value=v, settled=s, span=(), by_rule="made") for a, v, s in said)
    return Told(
        document=f"d{day}", day=day, number="v1", name="summit", kind="meeting", status=status, types=frozenset(),
        words=frozenset(), sides=(), outlet="The Courier", places=frozenset(), near=frozenset(), years=frozenset(),
        claims=given, names=(), span=(0, 1), text="",
    )  # fmt: skip


def event_of(*tellings: Told) -> HeldEvent:
    thread = Thread()
    for at, told in enumerate(tellings, 1):
        thread.add(told, number=at)
    return HeldEvent("E0123456789", state_of(thread.tellings), thread, overdue=False)


def rows_of(event: HeldEvent, group: str) -> dict[str, str]:
    drawing = timeline(claims_of(event), event)
    assert drawing is not None
    return {row.label: row.standing for each in drawing.groups if each.name == group for row in each.rows}


def test_dates_that_stand_against_each_other_are_both_rivals() -> None:
    event = event_of(
        telling("2031-05-01", ("date", "2031-05-22", "settled")),
        telling("2031-05-03", ("date", "2031-05-23", "settled")),
    )
    assert rows_of(event, "Date") == {"22 May 2031": "rival", "23 May 2031": "rival"}


def test_a_date_that_was_moved_is_crossed_out_and_the_new_one_stands() -> None:
    moved = telling("2031-05-09", ("previous_date", "2031-05-22", "settled"), ("date", "2031-06-05", "provisional"))
    event = event_of(telling("2031-05-01", ("date", "2031-05-22", "settled")), moved)
    assert rows_of(event, "Date") == {"22 May 2031": "else", "5 June 2031": "stands"}
    drawing = timeline(claims_of(event), event)
    assert drawing is not None
    first, second = drawing.groups[1].rows
    assert [mark.settled for mark in first.marks] == ["settled", "gone"]
    assert [mark.told for mark in second.marks] == ["9 May 2031: 5 June 2031, provisional (The Courier)"]
    assert first.bar is not None and second.bar is not None and first.bar.x < second.bar.x


def test_a_month_is_wider_than_a_day_and_what_is_far_off_is_cut() -> None:
    values = ("2031-06", "2031-06-05", "2131")
    event = event_of(*(telling(f"2031-05-0{at}", ("date", value, "open")) for at, value in enumerate(values, 1)))
    drawing = timeline(claims_of(event), event)
    assert drawing is not None
    month, day, far = (row.bar for row in drawing.groups[1].rows)
    assert month is not None and day is not None and far is not None
    assert month.width > 5 * day.width and not month.after
    assert far.after and 98 <= far.x + far.width <= 100


def test_claims_of_one_day_are_one_mark_with_a_number() -> None:
    told = [telling("2031-05-01", ("venue", "Selm", "settled")) for _ in range(30)]
    event = event_of(*told, telling("2031-06-20"))
    drawing = timeline(claims_of(event), event)
    assert drawing is not None
    [row] = drawing.groups[1].rows
    assert [(mark.claims, mark.settled) for mark in row.marks] == [(30, "settled")]
    assert row.marks[0].told.endswith("; the first of 30 passages")
    assert row.marks[0].leads.document == "d2031-05-01"


def test_of_many_values_those_that_stand_have_a_row_and_the_rest_is_counted() -> None:
    first = date(2031, 5, 1)
    told = [telling((first + timedelta(at)).isoformat(), ("venue", f"Town {at}", "settled")) for at in range(20)]
    drawing = timeline(claims_of(event_of(*told)), event_of(*told))
    assert drawing is not None
    venue = drawing.groups[1]
    assert (len(venue.rows), venue.rows[-1].label) == (ROWS + 1, "12 others")
    assert sum(mark.claims for mark in venue.rows[-1].marks) == 12
    assert "stands" in {row.standing for row in venue.rows}


def test_the_day_as_of_which_it_tells_is_marked_where_the_axis_has_it() -> None:
    event = event_of(telling("2031-05-01", ("date", "2031-05-22", "settled")))
    inside, outside = (timeline(claims_of(event), event, day) for day in ("2031-05-10", "2035-01-01"))
    assert inside is not None and inside.now is not None and inside.now.label == "10 May 2031"
    assert outside is not None and outside.now is None
