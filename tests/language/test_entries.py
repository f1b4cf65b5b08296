"""The entries of diaries: each takes what its row, its line or the heading above it says, and nothing of another."""

from __future__ import annotations

from msgspec.structs import replace

from onrecord.language import Annotated, annotate
from onrecord.language.entry import DiaryEntry
from onrecord.nouns import Source
from onrecord.page import read_page

WEDNESDAY = "2031-03-12"
LONG = (
    "The foreign ministry of Velmark has put the coming weeks on one page, after complaints by reporters that they "
    "heard of visits only when these were over and the guests were on their way home again."
)


def annotated(text: str, published: str | None = WEDNESDAY) -> Annotated:
    source = Source(raw=text.encode(), charset="utf-8", published=published)
    return next(annotate([read_page(replace(source, media="html" if text.startswith("<") else "text"))]))


def entries(text: str, published: str | None = WEDNESDAY) -> list[tuple[str, str | None, str | None]]:
    """What happens, the day and the hour of each entry."""
    a = annotated(text, published)
    return [(a.text(each.what), each.day and a.text(each.day), each.hour and a.text(each.hour)) for each in a.entries]


def only(text: str) -> tuple[Annotated, DiaryEntry]:
    a = annotated(text)
    (entry,) = a.entries
    return a, entry


def table(*rows: str) -> str:
    """A page with a table: cells parted by strokes, heads where a row begins with an exclamation mark."""
    lines = []
    for row in rows:
        tag = "th" if row.startswith("!") else "td"
        lines.append("".join(f"<{tag}>{cell.strip()}</{tag}>" for cell in row.removeprefix("!").split("|")))
    return page("<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")


def page(body: str) -> str:
    return f"<html lang=en><body><article><h1>Velmark in March</h1><p>{LONG}</p>{body}</article></body></html>"


def test_rows_are_read_by_their_heads_in_any_order() -> None:
    text = table("!Place|Event|Time|Date", "Tarn|Round of talks|10:00|13 March")
    a, entry = only(text)
    assert entries(text) == [("Round of talks", "13 March", "10:00")]
    assert [a.text(place) for place in entry.places] == ["Tarn"]


def test_rows_without_heads_are_read_by_what_they_hold() -> None:
    a = annotated(table("Round of talks|13 March|Tarn", "Vote|tbc|tbc"))
    first, second = a.entries
    assert (a.text(first.what), [a.text(place) for place in first.places]) == ("Round of talks", ["Tarn"])
    assert (second.day, second.undecided and a.text(second.undecided), bool(second.placeless)) == (None, "tbc", True)


def test_a_row_that_is_a_day_stands_above_the_rows_below() -> None:
    rows = ("Tuesday, 18 March", "9:00|Trial of Per Ulm", "11:00|Appeal", "Thursday, 20 March", "9:00|Verdict")
    assert entries(table(*rows)) == [
        ("Trial of Per Ulm", "Tuesday, 18 March", "9:00"),
        ("Appeal", "Tuesday, 18 March", "11:00"),
        ("Verdict", "Thursday, 20 March", "9:00"),
    ]


def test_a_day_over_several_rows_is_that_of_each() -> None:
    rows = "<tr><td rowspan=9>18 March</td><td>Trial</td></tr><tr><td>Appeal</td></tr>"
    assert entries(page(f"<table>{rows}</table>")) == [("Trial", "18 March", None), ("Appeal", "18 March", None)]


def test_a_row_with_a_result_is_over() -> None:
    found = annotated(table("!Date|Match|Score", "15 March|Harl v Selm|2–1", "16 March|Kesh v Orn|")).entries
    assert [each.ahead for each in found] == [False, True]
    assert {each.kind for each in found} == {"sport"}


def test_figures_are_no_entries() -> None:
    assert entries(table("!District|Yes|No", "March Valley|52|48")) == []


def test_lines_stand_under_the_day_above_until_another_stretch_of_text() -> None:
    days = "MONDAY\nParliament votes.\nThe court rules.\n\nTUESDAY\nStrike.\n\nShips were late.\n"
    assert entries(f"What to watch\n\n{LONG}\n\n{days}") == [
        ("Parliament votes.", "MONDAY", None),
        ("The court rules.", "MONDAY", None),
        ("Strike.", "TUESDAY", None),
    ]


def test_an_hour_alone_needs_a_day_above() -> None:
    live = "<h2>14:18 – Vranken lands</h2><p>She is there.</p><h2>13:40 – Talks begin</h2><p>All are in the room.</p>"
    assert entries(page(live)) == []
    hours = "<ul><li>10:00 Opening</li><li>11:00 Lunch</li><li>12:00 – Speech</li></ul>"
    assert entries(page(f"<h2>Programme, 14 March</h2>{hours}")) == [
        ("Opening", "14 March", "10:00"),
        ("Speech", "14 March", "12:00"),
    ]


def test_a_place_stands_behind_the_last_comma() -> None:
    a, entry = only("13 March – Round of talks, Mereth or Tarn")
    assert [a.text(place) for place in entry.places] == ["Mereth", "Tarn"]
    assert entry.choice and a.text(entry.choice) == "or"
    assert only("13 March – Trial of Per Ulm, fraud")[1].places == ()
    assert only("13 March – Figures on trade, February")[1].places == ()


def test_an_entry_may_be_off() -> None:
    for text in ("13 March: Rally (cancelled)", "13 March: CANCELLED – Rally", "13 March: Rally – cancelled"):
        a, entry = only(text)
        assert a.text(entry.what) == "Rally"
        assert entry.off and entry.off[0] == "cancelled" and a.text(entry.off[1]).lower() == "cancelled"


def test_a_day_that_nobody_can_tell_is_none() -> None:
    assert entries("Thursday\n4/3: Meeting\n10:00 Speech\n") == [("Speech", "Thursday", "10:00")]


def test_the_day_on_which_a_page_came_out_is_no_heading() -> None:
    story = "The president meets the king.\n\nThey talk about the dam.\n"
    assert entries(f"Talks on the dam\n\n12 March\n\n{story}") == []
    assert entries(f"Talks on the dam\n\nThursday, 13 March 2031\n\n{story}") == []
    assert entries(f"What comes\n\n13 March\n\n{story}") != []


def test_days_are_read_as_diaries_write_them() -> None:
    assert entries("Mar 17: Talks") == [("Talks", "Mar 17", None)]
    assert entries("17 MAR – Talks") == [("Talks", "17 MAR", None)]
    assert entries("May (tbc): Talks") == [("Talks", "May", None)]
    assert annotated("May be it was Mar.").times == ()
