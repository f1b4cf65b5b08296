"""What the entries of diaries tell of: one event each, with its own day, hour and place, and nothing of another."""

from __future__ import annotations

import pytest

from onrecord.events import find_events
from onrecord.language import annotate
from onrecord.nouns import Event, Reading, Source
from onrecord.page import read_page
from onrecord.reading import read

from .reading import claim, events_of, only, values, words

LONG = (
    "The offices of the lake states have told reporters what they mean to do in the weeks to come, and asked them to "
    "keep in mind that hours may change."
)


def reading(body: str, published: str = "2031-04-08T12:00:00+02:00") -> Reading:
    page = f"<html lang=en><body><article><h1>Weeks to come</h1><p>{LONG}</p>{body}</article></body></html>"
    return read(Source(raw=page.encode(), media="html", published=published))


def table(*rows: str) -> str:
    """A table whose cells are parted by strokes; the first row has the heads."""
    lines = [
        "".join(f"<{tag}>{cell}</{tag}>" for cell in row.split("|"))
        for row, tag in zip(rows, ["th", *["td"] * len(rows)], strict=False)
    ]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def told(found: Reading, event: Event) -> tuple[str, list[str | None], list[str | None]]:
    """The words of an event, its dates and its places."""
    return found.document.text[slice(*event.span)], values(event, "date"), values(event, "venue")


def test_a_row_is_an_event_with_its_own_day_and_place() -> None:
    found = reading(
        table(
            "Date|Event|Place",
            "10 April|Fourth round of talks|Tarn",
            "16 April|Parliament debates the customs bill|Dravik",
            "May (date to be confirmed)|Leaders’ summit|Mereth or Tarn",
        )
    )
    assert [told(found, event) for event in found.events] == [
        ("Fourth round of talks", ["2031-04-10"], ["Tarn"]),
        ("debates", ["2031-04-16"], ["Dravik"]),
        ("summit", ["2031-05", None], ["Mereth", "Tarn"]),
    ]
    assert [event.status for event in found.events] == ["scheduled"] * 3
    last = found.events[2]
    assert [each.settled for each in last.claims if each.attribute in ("date", "venue")] == [
        "provisional", "open", "provisional", "provisional",
    ]  # fmt: skip
    assert not any(words(found.document.text, each.cue) == ["debates"] for each in found.statements)


def test_what_no_table_of_kinds_names_is_an_event_in_a_diary() -> None:
    found = reading(table("Day|Kick-off|Fixture|Ground", "12 April|15:00|Selm Rovers v Harl Town|Mill Park"))
    (event,) = found.events
    assert (event.kind, event.status) == ("sport", "scheduled")
    day = claim(event, "date")
    assert words(found.document.text, day.span) == ["12 April", "15:00"]


def test_two_rows_of_one_day_are_two_events() -> None:
    found = reading(
        "<h2>Thursday, 10 April</h2>" + table("Time|Case|Room", "9:00|Hearing|Room 1", "11:00|Hearing|Room 2")
    )
    assert [values(event, "venue") for event in found.events] == [["Room 1"], ["Room 2"]]
    assert {value for event in found.events for value in values(event, "date")} == {"2031-04-10"}


def test_what_is_over_is_no_plan() -> None:
    rows = table("Date|What happened", "2 April|Crews walk out in Kesh", "7 April|Talks in Tarn collapse")
    results = table("Date|Match|Score", "9 April|Selm v Harl|2–1", "5 April|Orn v Kesh|0–0")
    assert all(event.status == "occurred" for event in reading(rows).events)
    assert all(event.status == "occurred" for event in reading(results).events)


def test_of_the_day_itself_only_what_is_later_lies_ahead() -> None:
    found = reading("<h2>Programme, 8 April</h2><ul><li>10:00 – Opening session</li><li>15:30 – Signing</li></ul>")
    ahead = [found.document.text[slice(*event.span)] for event in found.events if event.status == "scheduled"]
    assert ahead == ["Signing"]


def test_a_live_report_is_no_programme() -> None:
    found = reading("<h2>14:18 – Vranken lands</h2><p>She is there.</p><h2>13:40 – Council meets</h2><p>So it is.</p>")
    assert not any(event.status in ("scheduled", "planned") for event in found.events)


@pytest.mark.parametrize(
    ("text", "date", "status"),
    [
        ("Monday: The council votes on the tram.", "2031-04-14", "scheduled"),
        ("10 April – Strike of the ferry crews", "2031-04-10", "scheduled"),
        ("TBC – Rally in Kesh", None, "planned"),
        ("10 April: Concert in Kesh (cancelled)", "2031-04-10", "cancelled"),
        ("10-12 April: Book fair, Orn", "2031-04-10/2031-04-12", "scheduled"),
    ],
)
def test_a_dated_line_is_an_event(text: str, date: str | None, status: str) -> None:
    event = only(text)
    assert (values(event, "date"), event.status) == ([date], status)


def test_two_days_of_which_one_will_be_it_are_provisional() -> None:
    event = only("2 or 9 May: Meeting of the council")
    assert [(each.value, each.settled) for each in event.claims if each.attribute == "date"] == [
        ("2031-05-02", "provisional"),
        ("2031-05-09", "provisional"),
    ]


def test_what_was_put_off_keeps_its_day_as_the_one_before() -> None:
    event = only("10 April: Concert in Kesh (postponed)")
    assert (event.status, values(event, "previous_date")) == ("postponed", ["2031-04-10"])


def test_the_days_of_one_week_follow_each_other() -> None:
    text = "Monday: Vote on the budget.\n\nWednesday: Strike of the crews.\n\nSunday: Election in Harl."
    events = events_of(text, "2031-04-11")
    assert [values(event, "date") for event in events] == [["2031-04-14"], ["2031-04-16"], ["2031-04-20"]]


def test_a_day_of_a_diary_without_a_date_of_its_own_is_unknown() -> None:
    assert not any(values(event, "date") for event in events_of("Monday: The council votes on the tram.", None))


def test_a_row_gives_nothing_to_the_text_around() -> None:
    found = reading(table("Date|Event", "10 April|Talks", "16 April|Vote") + "<p>A summit is planned in Orn.</p>")
    summit = next(event for event in found.events if found.document.text[slice(*event.span)] == "summit")
    assert values(summit, "date") == []


def test_the_heads_of_columns_are_no_events() -> None:
    found = reading(
        "<h2>13:40 – ‘No signing this week’</h2>" + table("Date|Meeting", "10 April|Talks", "16 April|Vote")
    )
    assert [found.document.text[slice(*event.span)] for event in found.events if event.status == "scheduled"] == [
        "Talks",
        "Vote",
    ]


def test_what_stands_before_its_cue_is_said_by_now() -> None:
    found = reading("<p>10 April – Vote on the customs bill, the speaker’s office said.</p>")
    assert any(words(found.document.text, each.cue) == ["said"] for each in found.statements)


def test_a_document_that_ends_with_the_verb_of_a_report_is_read() -> None:
    source = Source(raw=b"9:30 a.m. - Trial of the brothers opens", media="text", published="2031-04-08")
    (annotated,) = annotate([read_page(source)])
    assert find_events(annotated, ()).events is not None
