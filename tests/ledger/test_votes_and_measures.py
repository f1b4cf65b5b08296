"""What looks alike over the years and is two: votes of one land, rounds of talks, measures, contests, meetings."""

from __future__ import annotations

from msgspec.structs import replace

from onrecord.ledger.told import Told, told_by
from onrecord.nouns import Attribute, Entity, Settled, Status
from tests.ledger.test_events import apart, one, telling

Said = tuple[Attribute, str | None, Settled]


def _of(kind: str, day: str, text: str, name: str, *said: Said, status: Status = "planned") -> Told:
    return one(day, text, name, status, *said, kind=kind)


def _with(who: str) -> Said:
    return "participant", who, "settled"


def _on(day: str) -> Said:
    return "date", day, "settled"


def test_two_questions_are_two_referendums_unless_they_are_told_of_in_one_season() -> None:
    def asked(day: str, about: str) -> Told:
        return _of("election", day, f"Denmark plans a referendum on {about}.", "referendum")

    fishing = asked("2031-01-03", "fishing")
    assert apart(fishing, asked("2031-06-03", "taxation"))
    assert not apart(fishing, asked("2031-06-03", "fishing")) and not apart(fishing, asked("2031-02-03", "taxation"))


def test_several_referendums_are_none_of_them() -> None:
    both = _of("election", "2031-01-03", "Denmark plans two referendums.", "referendums")
    single = _of("election", "2031-01-20", "Denmark plans a referendum.", "referendum")
    again = _of("election", "2031-01-20", "Denmark will hold the referendums.", "referendums")
    assert apart(both, single) and not apart(both, again)


def test_what_a_party_holds_within_itself_is_not_the_election_that_it_goes_before() -> None:
    vote = _of("election", "2031-01-03", "Denmark plans its election.", "election")
    nomination = _of("election", "2031-01-20", "In Denmark she seeks the nomination.", "nomination")
    about = _of("election", "2031-01-20", "In Denmark the voting on the nomination nears.", "voting")
    assert apart(vote, nomination) and apart(vote, about)
    assert not apart(vote, _of("election", "2031-01-20", "Denmark nears its election.", "election"))


def test_the_same_done_to_others_is_another_measure() -> None:
    def sent(day: str, what: str) -> Told:
        return _of("measure", day, f"Denmark will send {what} to Norway.", "send", _with("Denmark"), _with("Norway"))

    boats = sent("2031-01-03", "eleven boats")
    assert apart(boats, sent("2031-01-20", "warm blankets")) and not apart(boats, sent("2031-01-20", "old boats"))


def test_measures_around_which_other_states_stand_are_two() -> None:
    def curfew(day: str, land: str) -> Told:
        return _of(
            "measure",
            day,
            f"For Ana Dalgard and the Reyk Fund of {land}, a curfew starts.",
            "curfew",
            _on("2031-02-01"),
        )

    assert apart(curfew("2031-01-03", "Denmark"), curfew("2031-01-20", "Norway"))
    assert not apart(curfew("2031-01-03", "Denmark"), curfew("2031-01-20", "Denmark"))


def test_one_name_of_several_words_makes_no_two_measures_one() -> None:
    def rule(day: str) -> Told:
        text = "By the Northern Grain Council a rule is made."
        return _of("measure", day, text, "rule", ("venue", "Selm", "settled"))

    first, other = rule("2031-01-03"), rule("2031-01-20")
    assert not apart(first, other)
    assert apart(first, replace(other, full=(frozenset({"northern", "grain"}),)))


def test_a_telling_keeps_which_words_around_it_are_one_name() -> None:
    _, reading = telling("2031-01-03", "The Northern Grain Council plans a ban in Selm.", "ban", "planned")
    council = Entity(id="e1", type="organization", name="Northern Grain Council")
    place = Entity(id="e2", type="place", name="Selm")
    (told,) = told_by(replace(reading, entities=(council, place)))
    assert told.full == (frozenset({"northern", "grain"}),)


def test_what_is_of_another_kind_is_not_known_by_one_word_alone() -> None:
    pageant = _of("other", "2031-01-03", "The Velmark pageant nears.", "Velmark pageant")
    forum = _of("conference", "2031-01-20", "The Velmark Forum nears.", "Velmark Forum")
    assert apart(pageant, forum)


def test_a_contest_is_not_the_other_that_its_text_names_besides() -> None:
    cup = _of(
        "sport", "2031-01-03", "The Harlish Grain Cup, before the Harlish Harbour Cup, nears.", "Harlish Grain Cup"
    )
    other = _of("sport", "2031-01-20", "The Harlish Harbour Cup, behind the Grain Cup, nears.", "Harlish Harbour Cup")
    games = _of("sport", "2031-01-20", "The Harlish Grain Cups near.", "Harlish Grain Cups")
    assert apart(cup, other) and not apart(cup, games)


def test_talks_told_of_after_the_day_of_a_numbered_round_are_the_next() -> None:
    sides = _with("Denmark"), _with("Norway")
    second = _of("talks", "2031-01-03", "Denmark and Norway plan a second round of talks.", "second round of talks",
                 *sides, _on("2031-01-04"))  # fmt: skip

    def talks(day: str) -> Told:
        return _of("talks", day, "Denmark and Norway may hold talks.", "talks", *sides, status="mooted")

    assert apart(second, talks("2031-01-14")) and not apart(second, talks("2031-01-04"))


def test_a_vote_long_after_the_day_that_was_set_is_another() -> None:
    def voted(day: str) -> Told:
        return _of(
            "vote", day, "Denmark and Norway held the Selm vote.", "Selm vote", _with("Denmark"), status="occurred"
        )

    set_for = _of(
        "vote", "2031-01-03", "Denmark plans the Selm vote.", "Selm vote", _with("Denmark"), _on("2031-01-10")
    )
    assert apart(set_for, voted("2031-02-20")) and not apart(set_for, voted("2031-01-12"))


def test_a_meeting_of_which_nothing_was_told_for_half_a_year_is_the_next() -> None:
    def meeting(day: str) -> Told:
        return _of("meeting", day, "The Velmark Council meeting nears.", "Velmark Council meeting")

    assert apart(meeting("2031-01-03"), meeting("2031-07-03")) and not apart(
        meeting("2031-01-03"), meeting("2031-04-03")
    )
