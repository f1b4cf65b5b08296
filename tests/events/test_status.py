"""Where in its life an event is: each status by its words, and the cases where the same words say something else."""

from __future__ import annotations

import pytest

from tests.events.reading import claim, events_of, only, values, words


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Velmark will hold a presidential election on 14 September.", "election", "scheduled"),
        ("The upcoming election in Karsenia worries its neighbours.", "election", "planned"),
        ("President Anton Velik called off talks with Karsenia on Monday.", "talks", "cancelled"),
        ("The Velmark-Karsenia summit will not take place.", "meeting", "cancelled"),
        ("The summit, originally scheduled for 22 May, was delayed indefinitely.", "meeting", "postponed"),
        ("Karsenia postponed its parliamentary election until 12 October.", "election", "scheduled"),
        ("The opposition called for an early election.", "election", "mooted"),
        ("A possible meeting between Velik and Dalgard is being discussed.", "meeting", "mooted"),
        ("If a summit is held, the border could open.", "meeting", "mooted"),
        ("Irena Dalgard will visit Lunoria next month.", "visit", "scheduled"),
        ("Velmark and Karsenia agreed to hold talks.", "talks", "planned"),
        ("Talks between Velmark and Karsenia are under way in Port Selm.", "talks", "underway"),
        ("Anton Velik and Irena Dalgard met in Mereth last week.", "meeting", "occurred"),
        ("The talks between Velmark and Karsenia were held in Port Selm.", "talks", "occurred"),
        ("Velmark imposed sanctions on Karsenia in March.", "measure", "occurred"),
        ("Karsenia was sanctioned by Velmark.", "measure", "occurred"),
        ("President Anton Velik was invited to Dravik.", "other", "occurred"),
        ("Anton Velik and Irena Dalgard will not meet on 22 May as planned.", "meeting", "postponed"),
        ("The minister did not rule out a call between Velik and Dalgard next week.", "meeting", "mooted"),
        ("With the Selm summit put off, Dalgard flew home.", "meeting", "postponed"),
        ("Selm election: With all the votes counted, the Harl Party is headed to victory.", "election", "occurred"),
        ("The ferry strike, due to start at midnight, was averted.", "protest", "cancelled"),
        ("They decided that it did not make sense to hold the summit in June.", "meeting", "cancelled"),
        ("The ministers decided that this was not the right time to hold a summit.", "meeting", "cancelled"),
        ("Shares fell after the summit ended without an accord.", "meeting", "occurred"),
    ],
)
def test_kind_and_status(text: str, kind: str, status: str) -> None:
    event = only(text)
    assert (event.kind, event.status) == (kind, status)


def test_what_is_said_to_make_no_sense_is_called_off_only_where_it_was_decided() -> None:
    assert "cancelled" not in {each.status for each in events_of("Critics said it made no sense to hold the vote.")}


def test_what_something_comes_after_is_ahead_and_another_event() -> None:
    summit, meeting = events_of("After the river summit is concluded, Anton Velik will meet Irena Dalgard.")
    assert (summit.status, meeting.status) == ("planned", "planned")


def test_a_postponement_that_is_only_asked_for_leaves_the_plan_standing() -> None:
    assert only("Several parties asked the court to postpone the election.").status == "planned"


def test_a_denial_of_the_place_is_no_cancellation() -> None:
    text = "The summit of Anton Velik and Irena Dalgard will not be held in Port Selm after all."
    event = only(text)
    assert event.status == "planned"
    assert not [c for c in event.claims if c.attribute == "venue"]


def test_a_hedge_stays_a_claim_of_its_own_beside_the_plan() -> None:
    text = (
        "Preparations go on for a possible meeting between Anton Velik and Irena Dalgard. "
        "The planned meeting between Velik and Dalgard pleases Lunoria."
    )
    event = only(text)
    assert event.status == "planned"
    hedged = next(c for c in event.claims if c.settled == "provisional")
    assert words(text, hedged.cue) == ["possible"]


def test_every_status_claim_shows_its_words() -> None:
    text = "The talks planned for Friday have been cancelled, Velmark said."
    event = only(text)
    cues = [words(text, c.cue) for c in event.claims if c.attribute == "status"]
    assert ["cancelled"] in cues
    assert claim(event, "date").value == "2031-04-11"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Velmark announced that it will close its border with Karsenia on 1 December.", ["close"]),
        ("The tariff will come into effect on 6 July.", ["tariff", "come into effect"]),
    ],
)
def test_a_decision_with_a_later_day_is_a_measure(text: str, named: list[str]) -> None:
    event = only(text)
    assert (event.kind, event.status) == ("measure", "scheduled")
    assert words(text, event.mentions) == named


@pytest.mark.parametrize(
    "text",
    [
        "Opinion polls show a narrow lead for Velik.",
        "The storm may lead to floods in Karsenia.",
        "Anton Velik plans to run again.",
        "The assembly is a large building in Dravik.",
        "He was held in contempt of Congress.",
        "The court will apply the Election Law.",
        "Anton Velik was met with applause.",
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert events_of(text) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Lunoria offered to host talks between Velmark and Karsenia.", "mooted"),
        ("No date has been set for the referendum.", "planned"),
        ("The runoff between Velik and Norvik takes place on Sunday.", "scheduled"),
        ("Foreign ministers gather in Port Selm on Monday for a summit.", "scheduled"),
        ("Velmark and Karsenia are to hold talks in Port Selm.", "planned"),
        ("The forum will be held if both sides agree, Velmark said.", "planned"),
    ],
)
def test_what_governs_the_verb_decides(text: str, status: str) -> None:
    assert only(text).status == status


@pytest.mark.parametrize(
    "text",
    [
        "The Courier reported that Velmark had sounded out a move of the summit to June.",
        "Karsenia wants to move the summit to June.",
    ],
)
def test_a_new_date_that_is_only_meant_is_provisional(text: str) -> None:
    event = only(text)
    assert event.status == "planned"
    assert claim(event, "date").value == "2031-06"
    assert claim(event, "date").settled == "provisional"


def test_a_date_that_is_only_meant_does_not_replace_the_date() -> None:
    event = only("The summit will be held on 22 May. Karsenia wants to move the summit to June.")
    assert event.status == "scheduled"
    assert [(c.value, c.settled) for c in event.claims if c.attribute == "date"] == [
        ("2031-05-22", "settled"),
        ("2031-06", "provisional"),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Velmark asked for a postponement of the summit.", "planned"),
        ("The delay of the summit was requested by Karsenia.", "planned"),
        ("Velmark announced the postponement of the summit.", "postponed"),
        ("The summit is not in doubt, Jonas Hale said.", "planned"),
        ("The meeting was at risk, the minister said.", "planned"),
        ("The castle had a wedding booked for 5 May.", "scheduled"),
    ],
)
def test_what_is_asked_for_or_doubted_is_not_done(text: str, status: str) -> None:
    assert only(text).status == status


def test_a_semicolon_ends_what_a_verb_does() -> None:
    text = "Assembly puts off vote on transit; summit not in doubt, says Hale"
    assert [event.status for event in events_of(text) if event.kind == "meeting"] == ["planned"]


def test_a_day_that_is_denied_is_not_the_day() -> None:
    event = only("The National Assembly will vote on the bill on Tuesday, 27 May, and not on 13 May as planned.")
    assert [c.value for c in event.claims if c.attribute == "date"] == ["2031-05-27"]


def test_the_time_of_the_journey_is_not_that_of_the_invitation() -> None:
    (event,) = events_of("Prime Minister Irena Dalgard has invited the president to Dravik in the autumn.")
    assert not [c for c in event.claims if c.attribute == "date"]


@pytest.mark.parametrize(
    "text",
    [
        "Velmark is an important partner when it comes to nuclear negotiations with Karsenia.",
        "Velmark is in negotiations with Karsenia.",
        "Negotiations between Velmark and Karsenia continue.",
    ],
)
def test_talks_that_go_on_are_under_way(text: str) -> None:
    event = only(text)
    assert (event.kind, event.status) == ("talks", "underway")
    assert "Karsenia" in values(event, "participant")


def test_what_stands_on_an_agenda_is_not_on() -> None:
    text = "The reopening of the pass is on the agenda of the summit."
    assert [event.kind for event in events_of(text)] == ["meeting"]


def test_what_was_delayed_and_will_be_held_on_a_day_is_scheduled() -> None:
    event = only("Karsenia announced that it will hold its delayed parliamentary election on 8 June.")
    assert event.status == "scheduled"
    assert claim(event, "date").value == "2031-06-08"


def test_a_plan_that_is_back_on_the_table_is_planned() -> None:
    assert only("The ministers spoke on Monday. The Karsenia summit is back on the books.").status == "planned"


def test_that_stands_for_an_event_in_a_clause_that_only_an_event_is_in() -> None:
    text = "A trip to Karsenia was set for President Anton Velik. That has been cancelled."
    assert only(text).status == "cancelled"


@pytest.mark.parametrize(
    "text",
    [
        "Karsenia beats Velmark 3-1 in the final of the Harl Cup.",
        "Mereth United beat Selm 3-1 to win the 2030 Harl Cup.",
        "Karsenian voters reject the proposal of the union in a referendum.",
        "President Ana Dalgard arrives in Karsenia on a state visit.",
        "Ana Dalgard is elected president of Karsenia with 54 percent.",
    ],
)
def test_what_is_decided_in_an_event_is_told_of_what_was_held(text: str) -> None:
    assert events_of(text)[0].status == "occurred"


def test_only_an_office_of_state_tells_of_an_election() -> None:
    assert not [
        each for each in events_of("Ana Dalgard was elected chairman of the Harl bank.") if each.kind == "election"
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The museum will be open to visitors from 4 June.", "launch"),
        ("It is due in May, the engineer told them, and the bridge would open on 4 June.", "launch"),
        ("The council gives notice that the structure known as the Harl Bridge shall be open from 4 June.", "launch"),
        ("The judge will publish her report on the ferry on 4 June.", "report"),
        ("The judge has fixed 4 June for the publication of her report.", "report"),
    ],
)
def test_openings_and_reports_are_plans(text: str, kind: str) -> None:
    [event] = [each for each in events_of(text) if each.kind == kind]
    assert event.status == "scheduled" and values(event, "date") == ["2031-06-04"]


def test_a_report_that_was_published_is_out() -> None:
    event = only("The report on the ferry was published on Monday.")
    assert (event.kind, event.status, values(event, "date")) == ("report", "occurred", ["2031-04-07"])


@pytest.mark.parametrize(
    "text",
    [
        "The committee will be open to talks from May.",
        "Ana Dalgard opened a letter on Monday.",
        "In exercise of its powers the council closed the road.",
    ],
)
def test_what_is_opened_is_built_and_powers_are_no_exercise(text: str) -> None:
    assert not {"launch", "exercise"} & {each.kind for each in events_of(text) if each.mentions}
