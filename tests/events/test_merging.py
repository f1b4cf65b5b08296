"""One event however often it is named, and two where there are two; how they stand to each other."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.events.kinds import kinds
from onrecord.events.mentions import EventMention
from onrecord.events.merge import Seen, cluster
from onrecord.nouns import Event
from tests.events.reading import events_of, only, values

SCRAPED = """Velmark gets ready for planned summit of Velik and Dalgard

According to VNA, the Velmark presidency sees progress in preparations for a possible face-to-face meeting between \
Presidents Anton Velik and Irena Dalgard.

“We said [last week] that the discussion (a meeting in Mereth between Velmark security adviser Oskar Brandt and \
Karsenian Security Council secretary Pavel Ostrow) was an important step in preparing the planned summit. But we are \
not yet ready to announce [the date and venue of the summit],” said press secretary Mara Lindqvist.

“The goal of such a meeting [between Presidents Velik and Dalgard] would be to reopen the border. We imposed sanctions \
for the arrests,” Lindqvist said.

She also confirmed that fishing rights and the prisoners are likely to be on the agenda for the Velik-Dalgard meeting.
"""


def test_a_scraped_page_with_a_summit_planned_and_a_meeting_held() -> None:
    events = events_of(SCRAPED, published=None)
    summit = next(e for e in events if e.status == "planned")
    held = next(e for e in events if values(e, "venue") == ["Mereth"])
    assert len(summit.mentions) >= 5
    assert values(summit, "participant") == ["Anton Velik", "Irena Dalgard"]
    assert {c.attribute for c in summit.claims if c.settled == "open"} == {"date", "venue"}
    assert [v for v in values(summit, "venue") if v] == []
    assert values(summit, "agenda") == ["fishing rights", "prisoners"]
    assert values(summit, "format") == ["face-to-face"]
    assert held.status == "occurred"
    assert values(held, "participant") == ["Oskar Brandt", "Pavel Ostrow"]
    assert [(r.kind, r.event) for r in held.relations] == [("prepares", summit.id)]
    assert any(e.code and e.code.plover == "SANCTION" and e.code.mode == "occurred" for e in events)


def test_two_elections_in_a_sentence_are_two() -> None:
    events = events_of("Karsenia holds a parliamentary election on 4 May and a presidential election on 14 September.")
    assert sorted(v for e in events for v in values(e, "date") if v) == ["2031-05-04", "2031-09-14"]


def test_a_definite_mention_goes_back_to_the_event() -> None:
    text = "Velmark and Karsenia agreed to hold talks in Port Selm. The talks will begin on 5 May."
    event = only(text)
    assert len(event.mentions) == 2
    assert values(event, "date") == ["2031-05-05"]


def test_what_was_held_is_not_what_is_planned() -> None:
    text = (
        "Anton Velik and Irena Dalgard met in Mereth in March. "
        "Anton Velik and Irena Dalgard will meet again in Port Selm in June."
    )
    first, second = events_of(text)
    assert (first.status, values(first, "venue")) == ("occurred", ["Mereth"])
    assert (second.status, values(second, "venue")) == ("scheduled", ["Port Selm"])


def test_a_meeting_that_prepares_another() -> None:
    text = "Oskar Brandt and Pavel Ostrow met in Mereth on Thursday to prepare the summit of Velik and Dalgard."
    first, second = events_of(text)
    assert [(r.kind, r.event) for r in first.relations] == [("prepares", second.id)]
    assert values(second, "participant") == ["Velik", "Dalgard"]


def _spans(event: Event) -> list[tuple[int, int]]:
    spans = [event.span, *event.mentions, *(s for r in event.relations for s in r.span)]
    for claim in event.claims:
        spans += [*claim.span, *claim.cue]
    return spans


PIECES = [
    "Velmark will hold talks with Karsenia on Friday. ",
    "The summit was postponed until June, said Mara Lindqvist. ",
    "“We do not know the date of the meeting,” she said. ",
    "A second round of the election is planned. ",
    "If talks fail, [the leaders] will not meet. ",
    "Dalgard – Velik: a virtual summit? ",
    "The agenda (fishing rights, the border) is open. ",
    "\n\n",
]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8), st.sampled_from([None, "2031-04-08"]))
def test_spans_stay_inside_and_nothing_is_named_twice(pieces: list[str], published: str | None) -> None:
    text = "".join(["Dravik. ", *pieces])
    events = events_of(text, published)
    for event in events:
        assert all(0 <= start < end <= len(text) for start, end in _spans(event))
        assert 0 < event.confidence <= 1
        assert any(c.attribute == "status" for c in event.claims)
        assert {r.event for r in event.relations} <= {e.id for e in events} - {event.id}
    mentions = [span for event in events for span in event.mentions]
    assert len(mentions) == len(set(mentions))
    assert [e.id for e in events] == [f"v{n}" for n in range(1, len(events) + 1)]


def test_one_that_takes_the_place_of_another() -> None:
    cancelled, instead = events_of("Instead of the summit, a video conference will be held.")
    assert cancelled.status == "cancelled"
    assert [(r.kind, r.event) for r in instead.relations] == [("replaces", cancelled.id)]


def test_talks_ahead_of_a_summit_prepare_it() -> None:
    events = events_of("Ahead of the summit, the foreign ministers held talks in Mereth.")
    talks = next(event for event in events if event.kind == "talks")
    (planned,) = (event for event in events if event.status == "planned")
    assert [(r.kind, r.event) for r in talks.relations] == [("prepares", planned.id)]


def test_an_event_named_ten_thousand_times_takes_no_time() -> None:
    """Each mention is compared with what is known of the event, not with all its mentions: that would take minutes."""
    (entry,) = kinds("en").nouns["summit"]
    seen = [
        Seen(
            EventMention(
                head=i, first=i, last=i + 1, span=(i, i + 1), lemma="summit", entry=entry, verbal=False, definite=True,
                indefinite=False, types=frozenset(), proper=frozenset(), sentence=i,
            ),
            (), (), (), "ahead",
        )
        for i in range(10_000)
    ]  # fmt: skip
    started = time.perf_counter()
    (event,) = cluster(seen)
    assert len(event.seen) == 10_000
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "text",
    [
        "Velmark prepares for the summit on 22 May. The leaders of the two countries are due to meet at Tarnholm.",
        "President Anton Velik will meet Prime Minister Irena Dalgard in May. The venue of the summit is open.",
        "President Anton Velik met Prime Minister Irena Dalgard on Friday. The summit had been planned for March.",
        "President Velik and Prime Minister Dalgard will meet in Mereth. The talks will be held in the castle.",
    ],
)
def test_a_meeting_of_leaders_is_the_summit_that_the_text_speaks_of(text: str) -> None:
    assert len(only(text).mentions) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The foreign ministers of Velmark and Karsenia will meet on 3 May. The venue of the summit is not yet known.",
        "President Anton Velik met the king of Lunoria on Friday. The summit with Karsenia will be held in May.",
        "The leaders of Velmark and Karsenia met in 2022. Their next summit is planned for May.",
        "Velmark will hold a presidential election on 3 May and Karsenia a parliamentary election on 7 June.",
    ],
)
def test_what_others_hold_or_what_is_over_stays_apart(text: str) -> None:
    assert len(events_of(text)) == 2


def test_those_who_meet_for_talks_hold_one_event() -> None:
    event = only("President Anton Velik and Prime Minister Irena Dalgard agreed to meet for talks on Thursday.")
    assert (event.kind, event.status) == ("talks", "scheduled")
    assert len([c for c in event.claims if c.attribute == "participant"]) == 2


def test_a_meeting_moved_is_one_with_what_will_not_be_held_as_planned_and_not_with_what_prepares_it() -> None:
    text = (
        "Velmark and Lunoria move summit to August\n\n"
        "President Anton Velik and President Irena Dalgard will not meet on 22 May as planned, Velmark said. "
        "The meeting has been moved to the second half of August. "
        "Experts are due to meet in Port Selm on Monday for two days of preparatory talks. "
        "If the August meeting fails, shelling could resume."
    )
    summit, talks = (event for event in events_of(text) if event.kind in {"meeting", "talks"})
    assert values(summit, "date")[0] == "2031-08-16/2031-08-31"
    assert values(summit, "previous_date") == ["2031-05-22"]
    assert not values(summit, "venue")
    assert values(talks, "venue") == ["Port Selm"]


def test_a_visit_told_by_a_verb_is_the_visit_named_after_it_and_stands_though_it_had_been_put_off_before() -> None:
    text = (
        "Irena Dalgard is to travel to Mereth on Monday. The visit, her third, had been put off twice because of fog."
    )
    event = only(text)
    assert (event.status, values(event, "date")) == ("scheduled", ["2031-04-14"])


def test_what_one_goes_to_the_polls_in_is_one_election() -> None:
    event = only("Voters in Lunoria will go to the polls on 17 May in a runoff between Anton Velik and Tomas Orde.")
    assert values(event, "date") == ["2031-05-17"]
    assert set(values(event, "participant")) == {"Anton Velik", "Tomas Orde"}


def test_a_bilateral_meeting_is_not_the_numbered_summit_at_which_it_is_held() -> None:
    text = "In Selm he will have a bilateral meeting with the king. They agreed to cancel the R8 Summit in Mereth."
    assert [each.status for each in events_of(text)] == ["planned", "cancelled"]
