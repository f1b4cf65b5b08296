"""What makes one event of what documents tell of attacks, deaths, disasters, conventions and ceremonies."""

from __future__ import annotations

from msgspec.structs import replace

from onrecord.ledger.matching import threads
from onrecord.ledger.told import Told
from onrecord.nouns import Attribute, Settled, Status
from tests.ledger.test_events import apart, one

Said = tuple[Attribute, str | None, Settled]


def _told(day: str, text: str, name: str, *said: Said, kind: str = "other", status: Status = "occurred") -> Told:
    return one(day, text, name, status, *said, kind=kind)


def _at(place: str) -> Said:
    return "venue", place, "settled"


def _with(who: str) -> Said:
    return "participant", who, "settled"


def test_the_bombing_of_two_embassies_is_the_bombings() -> None:
    both = "in Denmark and Norway"
    several = _told("2031-05-03", f"The bombings {both} shook all.", "bombings", _at("Denmark"), _at("Norway"))
    two = _told("2031-05-20", "The bombing of two Harl embassies in Norway.", "bombing", _at("Norway"))
    single = _told("2031-05-04", "The bombing of the Harl embassy in Norway.", "bombing", _at("Norway"))
    assert not apart(several, two) and apart(several, single)


def test_a_capital_that_begins_a_sentence_is_no_name() -> None:
    first = _told("2031-05-03", "Deadly blasts in Selm killed nine.", "Deadly blasts", _at("Selm"))
    again = _told("2031-05-04", "They saw the Harl Embassy blasts in Selm.", "Harl Embassy blasts", _at("Selm"))
    assert not first.words and not apart(first, again)


def test_a_name_in_a_headline_begins_behind_its_last_small_word() -> None:
    assert _told("2031-05-03", "What They Said At The Selm Debate", "Selm Debate").words == {"selm"}


def test_where_something_happened_may_be_told_behind_its_name_alone() -> None:
    assert _told("2031-05-03", "The derailment near northern Brask, he said.", "derailment").places == {"brask"}
    assert not _told("2031-05-03", "The attack outside the Brask embassy.", "attack").places


def test_the_death_of_one_is_known_by_him_for_years_and_is_no_death_of_another() -> None:
    first = _told("2031-05-03", "The murder of Ana Dalgard shook Selm.", "murder")
    years_on = _told("2033-02-03", "Ana Dalgard was killed in Selm.", "killed", _with("Ana Dalgard"))
    shot = _told("2031-05-04", "The shooting of Ana Dalgard in Selm.", "shooting", _at("Selm"))
    other = _told("2031-05-04", "The murder of Olen Velik shook Selm and Dalgard.", "murder")
    assert not apart(first, years_on) and not apart(first, shot) and apart(first, other)


def test_attacks_in_two_towns_are_two_though_each_text_names_both() -> None:
    selm = _told("2031-05-03", "After Mereth, a blast in Selm, Brask.", "blast", _at("Selm"))
    mereth = _told("2031-05-04", "Before Selm and Brask, a blast in Mereth.", "blast", _at("Mereth"))
    assert apart(selm, mereth)


def test_what_is_told_of_again_is_remembered_by_all_who_tell_of_it_then() -> None:
    blast = "The blasts in Selm"
    says: Said = ("date", "2031", "settled")
    first = _told("2031-05-03", f"{blast} killed nine.", "blasts", _at("Selm"), ("date", "2031-05-02", "settled"))
    year_on = _told("2032-05-03", f"{blast} of 2031 are tried.", "blasts", _at("Selm"), says)
    bare = _told("2032-05-03", f"{blast} are tried.", "blasts", _at("Selm"))
    assert apart(first, bare) and len(threads([first, year_on, bare])) == 1


def test_what_has_no_name_of_its_own_is_known_by_three_that_stand_around_it() -> None:
    first = _told("2031-05-03", "The crash in Selm was told to Dalgard and Velik.", "crash", _at("Selm"))
    same = _told("2031-05-05", "In Selm, Dalgard and Velik spoke of the crash.", "crash")
    other = _told("2031-05-05", "In Selm, Dalgard spoke of the crash.", "crash")
    assert not apart(first, same) and apart(first, other)


def test_conventions_of_two_parties_are_two_and_who_is_there_tells_nothing() -> None:
    name = "National Convention"
    one_side = _told("2031-07-03", f"Dalgard spoke at the Republican {name}.", f"Republican {name}",
                     _with("Ana Dalgard"), kind="conference")  # fmt: skip
    again = _told("2031-07-04", f"Velik spoke at the Republican {name}.", f"Republican {name}",
                  _with("Olen Velik"), kind="conference")  # fmt: skip
    rival = _told("2031-07-05", f"Velik spoke at the Democratic {name}.", f"Democratic {name}", kind="conference")
    assert not apart(one_side, again) and apart(one_side, rival)


def test_a_ceremony_is_the_act_that_it_is_held_for() -> None:
    both = _with("Denmark"), _with("Norway")
    day: Said = ("date", "2031-05-12", "settled")
    join = _told("2031-03-03", "Denmark and Norway will join the Harl Union.", "join", *both, day, status="scheduled")
    text = "Denmark and Norway are invited to a ceremony to mark the accession."
    held = _told("2031-04-03", text, "ceremony", *both, kind="ceremony", status="scheduled")
    another = _told("2031-04-03", text.replace("accession", "feast"), "ceremony", *both, kind="ceremony",
                    status="scheduled")  # fmt: skip
    assert not apart(join, held) and apart(join, another)


def test_a_debate_without_a_day_is_the_one_held_days_before() -> None:
    day: Said = ("date", "2031-05-02", "settled")
    first = _told("2031-05-03", "Dalgard, Velik and Ruhl met in a debate in Selm.", "debate",
                  _with("Ana Dalgard"), day)  # fmt: skip
    soon = _told("2031-05-04", "Dalgard, Velik and Ruhl clashed in a debate.", "debate", _with("Ana Dalgard"))
    assert not apart(first, soon)


def test_a_bare_act_is_known_by_the_paragraph_before_it_and_a_bare_meeting_is_not() -> None:
    text = "Denmark joins the Harl Union in March.\n\nThe {} was planned for long."
    assert _told("2031-01-03", text.format("accession"), "accession", status="planned").near >= {"denmark", "harl"}
    meeting = _told("2031-01-03", text.format("meeting"), "meeting", kind="meeting", status="planned")
    assert "harl" not in meeting.near


def test_a_vote_in_the_month_of_an_election_of_its_sort_is_that_election() -> None:
    election = one("2031-11-25", "Denmark held its parliamentary election.", "parliamentary election", "occurred",
                   _with("Denmark"), ("date", "2031-11-24", "settled"))  # fmt: skip
    vote = _told("2032-06-30", "Denmark's parliamentary vote last November.", "parliamentary vote",
                 ("date", "2031-11", "settled"), _with("Denmark"), kind="vote")  # fmt: skip
    assert not apart(election, vote)


MAY: Said = ("date", "2031-05", "settled")
AROUND = "Ana Dalgard leads Selmark, Obren Ruhl told Harl Mereth"


def _journey(
    day: str, text: str, name: str, *said: Said, status: Status = "planned", document: str = "", spoken: bool = True
) -> Told:
    found = _told(day, f"{AROUND}: {text}", name, ("participant", "Ana Dalgard", "settled"), *said, kind="visit",
                  status=status)  # fmt: skip
    return replace(found, document=document or day, spoken=spoken)


def test_a_stop_that_is_asked_about_is_not_the_trip_told_of_beside_it() -> None:
    stop = _journey("2031-04-12", "she may visit Tarnholm.", "visit", _at("Tarnholm"), MAY, status="mooted")
    trip = _journey("2031-04-12", "her trip to Asia.", "trip", _at("Asia"), MAY)
    elsewhere = _journey("2031-04-13", "her trip to Asia.", "trip", _at("Asia"), MAY)
    assert apart(stop, trip) and not apart(stop, elsewhere)
    assert not apart(replace(stop, spoken=False), replace(trip, spoken=False)), "an article goes from stop to stop"


def test_one_document_tells_of_one_journey_twice_where_it_leads_to_one_place() -> None:
    stop = _journey("2031-04-12", "she will visit Tarnholm.", "visit", _at("Tarnholm"))
    again = _journey("2031-04-12", "the trip to Tarnholm is long.", "trip", _at("Tarnholm"))
    assert not apart(stop, again)


def _done(day: str, text: str, name: str, *said: Said) -> Told:
    return _told(day, text, name, *said, kind="measure", status="planned")


def test_what_one_government_does_is_one_only_where_the_same_is_done() -> None:
    ban = _done("2031-05-03", "The Brask government will ban plastic bags, Olen Velik said.", "ban", _with("Brask"))
    close = _done(
        "2031-05-20", "The Brask government will close its borders, Olen Velik said.", "close", _with("Brask")
    )
    banned = _done("2031-05-20", "Plastic bags are to be banned by Brask, Olen Velik said.", "banned", _with("Brask"))
    assert apart(ban, close) and not apart(ban, banned)


def test_an_illness_alone_makes_no_two_measures_one() -> None:
    drive = _done("2031-05-03", "Brask plans a Selm Fever vaccination.", "Selm Fever vaccination")
    task = _done("2031-05-20", "Harl sets up a Selm task force.", "Selm task force")
    assert apart(drive, task) and not apart(drive, _done("2031-05-20", "The Selm Fever plan.", "Selm Fever plan"))


def test_a_ban_of_last_year_is_not_this_years_unless_it_is_told_of_by_its_name() -> None:
    ban = _done("2031-01-03", "Brask and Harl will ban plastic bags.", "ban", _with("Brask"), _with("Harl"))
    later = replace(ban, day="2031-11-03", document="later")
    named = _done("2031-01-03", "Brask is to vote on the Velik Amendment.", "Velik Amendment", _with("Brask"))
    assert apart(ban, later) and not apart(ban, replace(later, day="2031-03-03"))
    assert not apart(named, replace(named, day="2031-11-03", document="later"))


def test_a_body_of_many_words_takes_part_once() -> None:
    body = _with("Northern Grain Council")
    one_trial = _told("2031-05-03", "The Northern Grain Council holds a hearing.", "hearing", body, kind="hearing")
    other = _told("2031-05-20", "A trial at the Northern Grain Council.", "trial", body, kind="hearing")
    assert apart(one_trial, other)


def test_the_next_of_a_series_is_told_as_ahead_long_after_the_day_of_the_last() -> None:
    def summit(day: str, *said: Said) -> Told:
        return one(day, "The Brask summit is near.", "Brask summit", "planned", *said, kind="meeting")

    last = summit("2031-05-03", ("date", "2031-05-10", "settled"))
    assert apart(last, summit("2031-12-01")) and not apart(last, summit("2031-05-20"))
