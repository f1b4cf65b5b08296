"""Time expressions: found whole, valued as TIMEX3 has it, counted from the day of publication and from nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language import annotate
from onrecord.nouns import Block, Document, Sourced, TimeExpression

WEDNESDAY = "2031-05-21"


def times(text: str, published: str | None = WEDNESDAY) -> dict[str, TimeExpression]:
    given_date = Sourced(value=published, source="given", confidence=1.0) if published else None
    block = Block(kind="paragraph", span=(0, len(text)), source=())
    document = Document(id="own", text=text, blocks=(block,), published=given_date)
    return {text[slice(*time.span)]: time for time in next(iter(annotate([document]))).times}


@pytest.mark.parametrize(
    ("text", "words", "value", "interval"),
    [
        ("They met on May 26, 2031.", "May 26, 2031", "2031-05-26", ("2031-05-26", "2031-05-26")),
        ("They met on 26 May 2031 in Mereth.", "26 May 2031", "2031-05-26", ("2031-05-26", "2031-05-26")),
        ("They met on the 26th of May 2031.", "the 26th of May 2031", "2031-05-26", ("2031-05-26", "2031-05-26")),
        ("The treaty of June 2029 holds.", "June 2029", "2029-06", ("2029-06-01", "2029-06-30")),
        ("It was signed in 2027.", "2027", "2027", ("2027-01-01", "2027-12-31")),
        ("The ministers met on Monday.", "Monday", "2031-05-19", ("2031-05-19", "2031-05-19")),
        ("The ministers will meet on Monday.", "Monday", "2031-05-26", ("2031-05-26", "2031-05-26")),
        ("The summit is scheduled for June 12.", "June 12", "2031-06-12", ("2031-06-12", "2031-06-12")),
        ("He arrived yesterday.", "yesterday", "2031-05-20", ("2031-05-20", "2031-05-20")),
        ("They will talk next week.", "next week", "2031-W22", ("2031-05-26", "2031-06-01")),
        ("The museum closes on Monday.", "Monday", "2031-05-26", ("2031-05-26", "2031-05-26")),
        ("Police say on Monday they saw him.", "Monday", "2031-05-19", ("2031-05-19", "2031-05-19")),
        ("They called a strike for Thursday.", "Thursday", "2031-05-22", ("2031-05-22", "2031-05-22")),
        ("They were given until Friday.", "Friday", "2031-05-23", ("2031-05-23", "2031-05-23")),
        ("It will open a week on Sunday.", "a week on Sunday", "2031-06-01", ("2031-06-01", "2031-06-01")),
        ("It will open on Friday week.", "Friday week", "2031-05-30", ("2031-05-30", "2031-05-30")),
        ("It opens two weeks from today.", "two weeks from today", "2031-06-04", ("2031-06-04", "2031-06-04")),
        ("He will speak the day after tomorrow.", "the day after tomorrow", "2031-05-23", ("2031-05-23", "2031-05-23")),
        ("He left the day before yesterday.", "the day before yesterday", "2031-05-19", ("2031-05-19", "2031-05-19")),
        ("It begins on Monday next week.", "Monday next week", "2031-05-26", ("2031-05-26", "2031-05-26")),
        ("On Monday and Tuesday of this week, he is host.", "Monday", "2031-05-19", ("2031-05-19", "2031-05-19")),
        ("They will talk on Friday or Monday of next week.", "Friday", "2031-05-30", ("2031-05-30", "2031-05-30")),
        (
            "They will meet in the first week of July.",
            "the first week of July",
            "2031-07-01/2031-07-07",
            ("2031-07-01", "2031-07-07"),
        ),
        (
            "On the 28th of this month the bank will move.",
            "the 28th of this month",
            "2031-05-28",
            ("2031-05-28", "2031-05-28"),
        ),
        (
            "It will open on the last Sunday of May.",
            "the last Sunday of May",
            "2031-05-25",
            ("2031-05-25", "2031-05-25"),
        ),
        (
            "It is due in the second half of next month.",
            "the second half of next month",
            "2031-06-16/2031-06-30",
            ("2031-06-16", "2031-06-30"),
        ),
        (
            "They will plant trees on the weekend of 21-22 June.",
            "the weekend of 21-22 June",
            "2031-W25-WE",
            ("2031-06-21", "2031-06-22"),
        ),
        (
            "They will march on Christmas Day next year.",
            "Christmas Day next year",
            "2032-12-25",
            ("2032-12-25", "2032-12-25"),
        ),
        ("The rink opens on New Year's Day.", "New Year's Day", "2032-01-01", ("2032-01-01", "2032-01-01")),
        ("It closed last month.", "last month", "2031-04", ("2031-04-01", "2031-04-30")),
        ("He left three days ago.", "three days ago", "2031-05-18", ("2031-05-18", "2031-05-18")),
        ("He left two months ago.", "two months ago", "2031-03", ("2031-03-01", "2031-03-31")),
        ("They will meet later this month.", "later this month", "2031-05", ("2031-05-21", "2031-05-31")),
        ("It was built in the 1990s.", "the 1990s", "199", ("1990-01-01", "1999-12-31")),
        ("The talks are set for the week of June 9.", "the week of June 9", "2031-W24", ("2031-06-09", "2031-06-15")),
        (
            "It closed in the week ending 5 July 2030.",
            "the week ending 5 July 2030",
            "2030-W27",
            ("2030-07-01", "2030-07-07"),
        ),
        ("The talks are due on Thursday.", "Thursday", "2031-05-22", ("2031-05-22", "2031-05-22")),
        ("A vote planned for Friday was put off.", "Friday", "2031-05-23", ("2031-05-23", "2031-05-23")),
        ("Brandt spoke of a planned Sunday visit.", "Sunday", "2031-05-25", ("2031-05-25", "2031-05-25")),
        ("The vote was due on Sunday.", "Sunday", "2031-05-18", ("2031-05-18", "2031-05-18")),
        ("Prices fell ahead of Monday's vote.", "Monday", "2031-05-26", ("2031-05-26", "2031-05-26")),
        ("He will come in autumn.", "autumn", "2031-FA", ("2031-09-01", "2031-11-30")),
        ("They met in late summer.", "late summer", "2030-SU", ("2030-08-01", "2030-08-31")),
        ("He left over the weekend.", "the weekend", "2031-W20-WE", ("2031-05-17", "2031-05-18")),
        ("She will speak at the weekend.", "the weekend", "2031-W21-WE", ("2031-05-24", "2031-05-25")),
        ("The first half of 2030 was quiet.", "The first half of 2030", "2030-H1", ("2030-01-01", "2030-06-30")),
        ("The third round will begin in two weeks.", "in two weeks", "2031-W23", ("2031-06-02", "2031-06-08")),
        ("It fell in last year's third quarter.", "last year's third quarter", "2030-Q3", ("2030-07-01", "2030-09-30")),
        ("It opens by the end of the year.", "the end of the year", "2031", ("2031-09-01", "2031-12-31")),
        ("The sale will close by year-end.", "year-end", "2031-12-31", ("2031-12-31", "2031-12-31")),
        ("She will be back in ten days’ time.", "in ten days’ time", "2031-05-31", ("2031-05-31", "2031-05-31")),
        ("They meet on the twelfth of June.", "the twelfth of June", "2031-06-12", ("2031-06-12", "2031-06-12")),
        ("It was the first of May 2030.", "the first of May 2030", "2030-05-01", ("2030-05-01", "2030-05-01")),
        (
            "She will be there from the 23rd to the 25th.",
            "the 23rd to the 25th",
            "2031-05-23/2031-05-25",
            ("2031-05-23", "2031-05-25"),
        ),
        (
            "The fair runs from the 5th to the 8th of next month.",
            "the 5th to the 8th of next month",
            "2031-06-05/2031-06-08",
            ("2031-06-05", "2031-06-08"),
        ),
        ("They will meet on the 3rd.", "the 3rd", "2031-06-03", ("2031-06-03", "2031-06-03")),
        ("They met on the 28th.", "the 28th", "2031-04-28", ("2031-04-28", "2031-04-28")),
        (
            "A vote is due in the second half of next year.",
            "the second half of next year",
            "2032-H2",
            ("2032-07-01", "2032-12-31"),
        ),
        (
            "A bout is set for a fortnight from today.",
            "a fortnight from today",
            "2031-W23",
            ("2031-06-02", "2031-06-08"),
        ),
        ("He came last summer.", "last summer", "2030-SU", ("2030-06-01", "2030-08-31")),
        ("They meet next spring.", "next spring", "2032-SP", ("2032-03-01", "2032-05-31")),
        ("The treaty of this September holds.", "this September", "2031-09", ("2031-09-01", "2031-09-30")),
        ("It was built in the 20th century.", "the 20th century", "19", ("1900-01-01", "1999-12-31")),
        ("Work began in mid-2029.", "mid-2029", "2029", ("2029-05-02", "2029-09-01")),
        ("They will meet in June.", "June", "2031-06", ("2031-06-01", "2031-06-30")),
        ("It was sold last October.", "last October", "2030-10", ("2030-10-01", "2030-10-31")),
        ("It was sold in March last year.", "March last year", "2030-03", ("2030-03-01", "2030-03-31")),
        ("He prepares for the March meeting with them.", "March", "2031-03", ("2031-03-01", "2031-03-31")),
        ("She left in nineteen ninety-six.", "nineteen ninety-six", "1996", ("1996-01-01", "1996-12-31")),
        ("It was fashionable in the late 70s.", "the late 70s", "197", ("1976-08-31", "1979-12-31")),
        ("Costs rose in fiscal 2030.", "fiscal 2030", "2030", ("2030-01-01", "2030-12-31")),
        ("He died on 3 May. Two days later it rained.", "Two days later", "2031-05-05", ("2031-05-05", "2031-05-05")),
        (
            "Polling day is 6 June. The evening before, they rally.",
            "The evening before",
            "2031-06-05",
            ("2031-06-05",) * 2,
        ),
        ("It ends on 9 June. The day after, they go home.", "The day after", "2031-06-10", ("2031-06-10",) * 2),
        ("It ends on 9 June, and they leave the next day.", "the next day", "2031-06-10", ("2031-06-10",) * 2),
        ("Two days before polls open on 9 June, they rally.", "Two days before", "2031-06-07", ("2031-06-07",) * 2),
        ("A week after it ends on June 9, they meet.", "A week after", "2031-06-16", ("2031-06-16",) * 2),
        (
            "The old line shuts on 9 June. On the same day a new one opens.",
            "the same day",
            "2031-06-09",
            ("2031-06-09",) * 2,
        ),
        (
            "It closes on 9 June; it reopens four weeks after that.",
            "four weeks after that",
            "2031-07-07",
            ("2031-07-07",) * 2,
        ),
        (
            "It was built in 2020. The following year it burnt.",
            "The following year",
            "2021",
            ("2021-01-01", "2021-12-31"),
        ),
        ("The talks resume on Easter Monday 2032.", "Easter Monday 2032", "2032-03-29", ("2032-03-29", "2032-03-29")),
        ("The talks will resume on Labor Day.", "Labor Day", "2031-09-01", ("2031-09-01", "2031-09-01")),
        ("The shops will close on Christmas Day.", "Christmas Day", "2031-12-25", ("2031-12-25", "2031-12-25")),
        ("They met last Thanksgiving.", "last Thanksgiving", "2030-11-28", ("2030-11-28", "2030-11-28")),
    ],
)
def test_dates(text: str, words: str, value: str, interval: tuple[str, str]) -> None:
    found = times(text)
    assert words in found, list(found)
    assert (found[words].type, found[words].value, found[words].interval) == ("DATE", value, interval)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("the week after next", "2031-W23"),
        ("the weekend after next", "2031-W22-WE"),
        ("the month after next", "2031-07"),
        ("the Friday after next", "2031-05-30"),
        ("a fortnight on Monday", "2031-06-09"),
        ("two days before Christmas", "2031-12-23"),
        ("the day after 30 June", "2031-07-01"),
        ("the week before Christmas", "2031-W51"),
        ("the turn of the year", "2031-12-31/2032-01-01"),
        ("Tuesday fortnight", "2031-06-10"),
        ("two weeks on Saturday", "2031-06-07"),
        ("this coming Friday", "2031-05-23"),
        ("the last day of June", "2031-06-30"),
        ("the final day of next month", "2031-06-30"),
        ("the eighteenth of next month", "2031-06-18"),
        ("Guy Fawkes Night", "2031-11-05"),
        ("Remembrance Sunday", "2031-11-09"),
        ("Orthodox Christmas", "2032-01-07"),
        ("Yom Kippur", "2031-09-27"),
        ("Diwali", "2031-11-14"),
        ("Lunar New Year", "2032-02-11"),
        ("06:00 local time (0400 GMT) on Saturday", "2031-05-24T06:00"),
        ("04:12 UTC on June 21", "2031-06-21T04:12Z"),
        ("0900 on 21 June", "2031-06-21T09:00"),
        ("the first Monday of the month", "2031-06-02"),
        ("June the 12th", "2031-06-12"),
        ("Thursday the 12th", "2031-06-12"),
        ("Thursday (June 12)", "2031-06-12"),
        ("12-Jun-2031", "2031-06-12"),
        ("2031/06/12", "2031-06-12"),
        ("17/6", "2031-06-17"),
        ("6/17/31", "2031-06-17"),
        ("30 May–2 June", "2031-05-30/2031-06-02"),
        ("the 2032–33 season", "2032/2033"),
        ("Q3 2031", "2031-Q3"),
        ("year's end", "2031-12-31"),
        ("the new year", "2032"),
        ("three weeks hence", "2031-W24"),
    ],
)
def test_days_reckoned_from_others(words: str, value: str) -> None:
    assert times(f"The council will vote on {words}.")[words].value == value


def test_the_order_of_a_date_in_figures_is_told_by_another_or_not_at_all() -> None:
    assert "12/6" not in times("The council will vote on 12/6 in Mereth.")
    assert times("It met on 30/4. The council will vote on 12/6.")["12/6"].value == "2031-06-12"
    assert times("It met on 4/30. The council will vote on 12/6.")["12/6"].value == "2031-12-06"


@pytest.mark.parametrize(
    ("published", "value"), [("2031-01-20", "2031-SU"), ("2031-05-21", "2032-SU"), ("2031-10-01", "2032-SU")]
)
def test_next_summer_is_not_the_one_about_to_begin(published: str, value: str) -> None:
    assert times("It will open next summer.", published)["next summer"].value == value


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Sales rose in the first quarter. A year earlier they fell.", "A year earlier", "2030-Q1"),
        ("Profit in the fourth quarter of 2030 fell from the year-ago quarter.", "the year-ago quarter", "2029-Q4"),
        ("In the latest quarter sales fell.", "the latest quarter", "2031-Q1"),
        ("Sales rose in April from the same period last year.", "the same period last year", "2030-04"),
        ("On 3 May 2030 it was half of what it was a year earlier.", "a year earlier", "2029-05-03"),
    ],
)
def test_what_a_report_compares_with_is_as_long_as_what_it_reports_on(text: str, words: str, value: str) -> None:
    assert times(text)[words].value == value


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("It lasted three years.", "three years", "DURATION", "P3Y"),
        ("A five-year treaty was signed.", "five-year", "DURATION", "P5Y"),
        ("The talks went on for 36 hours.", "36 hours", "DURATION", "PT36H"),
        ("It took two decades.", "two decades", "DURATION", "P20Y"),
        ("It will be the first visit in nine years.", "nine years", "DURATION", "P9Y"),
        ("They will meet for the first time in six years.", "six years", "DURATION", "P6Y"),
        ("The last talks by envoys of both sides in ten years will end.", "ten years", "DURATION", "P10Y"),
        ("They spoke for half an hour.", "half an hour", "DURATION", "PT0.5H"),
        ("They spoke this morning.", "this morning", "TIME", "2031-05-21TMO"),
        ("They spoke last night.", "last night", "TIME", "2031-05-20TNI"),
        ("They speak tonight.", "tonight", "TIME", "2031-05-21TNI"),
        ("They ate at noon.", "noon", "TIME", "2031-05-21T12:00"),
        ("They ate at 7 p.m. and left.", "7 p.m.", "TIME", "2031-05-21T19:00"),
        ("Two weeks earlier it had closed.", "Two weeks earlier", "DATE", "PAST_REF"),
        ("They will vote at 10 p.m. on Friday.", "10 p.m. on Friday", "TIME", "2031-05-23T22:00"),
        ("It fell at 0800 UTC on Monday.", "0800 UTC on Monday", "TIME", "2031-05-19T08:00Z"),
        ("On 3 May they met; at noon they ate.", "noon", "TIME", "2031-05-03T12:00"),
        ("In the past decade nothing was built.", "the past decade", "DURATION", "P10Y"),
        ("The past five trading days were calm.", "The past five trading days", "DURATION", "P5D"),
        (
            "Play will begin at 3 p.m. on Wednesday the fourth of June.",
            "3 p.m. on Wednesday the fourth of June",
            "TIME",
            "2031-06-04T15:00",
        ),
        ("They meet every day.", "every day", "SET", "P1D"),
        ("It is paid annually.", "annually", "SET", "P1Y"),
        ("They meet on Mondays.", "Mondays", "SET", "XXXX-WXX-1"),
        ("They meet each Thursday.", "each Thursday", "SET", "XXXX-WXX-4"),
        ("The fair is held every July.", "every July", "SET", "XXXX-07"),
        ("The session opens at 9:30 a.m. in Dravik.", "9:30 a.m.", "TIME", "2031-05-21T09:30"),
    ],
)
def test_lengths_sets_and_hours(text: str, words: str, kind: str, value: str) -> None:
    found = times(text)
    assert words in found, list(found)
    assert (found[words].type, found[words].value) == (kind, value)


@pytest.mark.parametrize(
    ("published", "words", "value"),
    [
        ("2031-01-10", "this winter", "2030-WI"),
        ("2031-01-10", "next winter", "2031-WI"),
        ("2031-01-10", "last winter", "2029-WI"),
        ("2031-10-30", "last summer", "2031-SU"),
        ("2031-10-30", "early November", "2031-11"),
    ],
)
def test_seasons_and_months_at_the_turn_of_the_year(published: str, words: str, value: str) -> None:
    assert times(f"The envoys met in {words}.", published)[words].value == value


@pytest.mark.parametrize(
    "text",
    [
        "They met on Monday.",
        "They meet next week.",
        "He came yesterday.",
        "It is on May 26.",
        "It is in the week of May 26.",
        "They will rest in autumn.",
        "He left at the weekend.",
    ],
)
def test_without_a_day_of_publication_nothing_is_resolved(text: str) -> None:
    found = times(text, published=None)
    assert len(found) == 1
    for time in found.values():
        assert time.interval is None
        assert time.anchor is None
        assert time.value is None or not any(part.isdigit() and len(part) == 4 for part in time.value.split("-"))


@pytest.mark.parametrize(
    "text",
    [
        "They may go.",
        "A march began.",
        "He is 52 years old.",
        "About 2000 people came.",
        "The fall of the house was slow.",
        "Spring water is cold.",
        "Prices fall in the hills.",
        "The Christmas market was full.",
        "They live on the 23rd floor.",
        "The first May parade was small.",
    ],
)
def test_words_that_are_no_times(text: str) -> None:
    assert times(text) == {}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "May",
                "Monday",
                "31",
                "February",
                "2031",
                "next",
                "week",
                "0",
                "99",
                "the",
                "in",
                "ago",
                "years",
                ",",
                "a.m.",
            ]
        ),
        max_size=8,
    ),
    st.sampled_from([None, WEDNESDAY, "0001-01-01", "9999-12-31", "soon"]),
)
def test_any_words_give_times_inside_the_text_in_order(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    found = list(times(text, published).values())
    last = 0
    for time in sorted(found, key=lambda each: each.span):
        assert last <= time.span[0] < time.span[1] <= len(text)
        last = time.span[1]
        if time.interval:
            assert time.interval[0] <= time.interval[1]
