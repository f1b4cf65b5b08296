"""What a telling is of that names no event of its own and is of the day of another one."""

from __future__ import annotations

from msgspec.structs import replace

from onrecord.ledger.echoes import echoed, headed, may_echo
from onrecord.ledger.tellings import outline
from onrecord.ledger.told import Told
from onrecord.nouns import Attribute, Settled, Status
from tests.ledger.test_events import one

Said = tuple[Attribute, str | None, Settled]

TENTH: Said = ("date", "2031-05-10", "settled")


def _told(
    text: str, name: str, *said: Said, kind: str = "measure", status: Status = "scheduled", in_: str = ""
) -> Told:
    found = one("2031-05-02", text, name, status, *said, kind=kind)
    return replace(found, document=in_ or found.document)


IN_SELM: Said = ("venue", "Selm", "settled")
STRIKE = _told("Ferrymen will strike in Selm, Ana Dalgard says.", "strike", TENTH, IN_SELM, kind="protest", in_="wire")


def _is_of(told: Told, *known: Told) -> bool:
    return may_echo(told) and echoed(told, [outline(known)]) == 0


def test_what_the_same_text_goes_on_to_tell_of_the_day_is_no_event_of_its_own() -> None:
    stop = _told("They will stop work on 10 May.", "stop", TENTH, in_="wire")
    other_day = _told("They will stop work on 11 May.", "stop", ("date", "2031-05-11", "settled"), in_="wire")
    assert _is_of(stop, STRIKE) and not _is_of(other_day, STRIKE)
    assert not _is_of(replace(stop, document="other"), STRIKE)  # nothing but the day is common to both


def test_who_does_something_of_his_own_that_day_does_not_do_the_other() -> None:
    rate = _told("The bank will raise its rate on 10 May.", "raise", TENTH, ("participant", "the bank", "settled"),
                 in_="wire")  # fmt: skip
    assert not rate.keys and not _is_of(rate, STRIKE)


def test_what_may_be_of_two_alike_is_of_neither() -> None:
    forum = _told("Ana Dalgard opens the forum in Selm.", "forum", TENTH, IN_SELM, kind="conference", in_="gazette")
    quay = _told("In Selm the quays fall silent on 10 May, Dalgard says.", "fall silent", TENTH)
    known = [outline([STRIKE]), outline([forum])]
    assert echoed(quay, known[:1]) == echoed(quay, known[1:]) == 0
    assert echoed(quay, known) is None and echoed(quay, known[::-1]) is None
    assert echoed(quay, [outline([STRIKE, replace(STRIKE, document="second")]), known[1]]) == 0, (
        "most tell of the strike"
    )


def test_two_names_and_the_day_tell_another_text_of_the_same() -> None:
    quay = _told("In Selm the quays fall silent on 10 May, Dalgard says.", "fall silent", TENTH)
    market = _told("In Selm the market closes on 10 May.", "closes", TENTH)
    assert _is_of(quay, STRIKE) and not _is_of(market, STRIKE)


def test_a_name_or_a_clear_kind_of_its_own_makes_two() -> None:
    regatta = _told("On 10 May the Selm Regatta begins, Dalgard says.", "Selm Regatta", TENTH, in_="wire")
    vote = _told("Parliament in Selm votes on 10 May, Dalgard says.", "votes", TENTH, kind="vote", in_="wire")
    elsewhere = _told("They will sit in Brask on 10 May.", "sit", TENTH, ("venue", "Brask", "settled"), in_="wire")
    assert not any(_is_of(each, STRIKE) for each in (regatta, vote, elsewhere))


def test_on_a_journey_there_is_more_than_one_event_a_day() -> None:
    journey = _told("Dalgard will travel to Selm on 10 May.", "travel", TENTH, kind="visit", in_="wire")
    speech = _told("There she will speak on 10 May.", "speak", TENTH, kind="other", in_="wire")
    assert not _is_of(speech, journey)


def test_a_new_date_in_the_text_that_puts_an_event_off_is_its_date() -> None:
    put_off = _told("The strike in Selm is put off.", "strike", kind="protest", status="postponed", in_="wire")
    stop = _told("They will stop work on 15 May.", "stop", ("date", "2031-05-15", "settled"), in_="wire")
    assert _is_of(stop, put_off) and not _is_of(replace(stop, document="other"), put_off)


def test_what_is_over_has_no_day_to_come() -> None:
    held = _told("The strike in Selm began on 1 May.", "strike", ("date", "2031-05-10", "settled"), kind="protest",
                 status="occurred", in_="wire")  # fmt: skip
    stop = _told("They stopped work on 10 May.", "stop", TENTH, status="occurred", in_="wire")
    assert not may_echo(stop) and not _is_of(replace(stop, status="scheduled"), held)


def test_what_people_decided_is_left_to_them() -> None:
    stop = replace(_told("They will stop work on 10 May.", "stop", TENTH, in_="wire"), apart=frozenset({(3, 2)}))
    assert not _is_of(stop, replace(STRIKE, apart=frozenset({(3, 1)})))


def test_what_only_the_headline_names_is_the_event_that_the_text_goes_on_to_tell_of() -> None:
    fair = _told("The Brask Ferry Congress will be held in Selm on 10 May.", "Brask Ferry Congress", TENTH, IN_SELM,
                 kind="conference", in_="wire")  # fmt: skip
    known, other = outline([fair]), outline([STRIKE])
    meet = _told("Brask ferrymen to meet in Selm", "meet", IN_SELM, kind="meeting", status="planned", in_="wire")
    assert headed(meet, [known]) == 0 and headed(meet, [other, known]) == 1
    assert headed(meet, [known, outline([fair])]) is None, "it may be of either"
    eleventh: Said = ("date", "2031-05-11", "settled")
    later = _told("Brask ferrymen to meet in Selm", "meet", eleventh, IN_SELM, kind="meeting", in_="wire")
    named = _told("Karsenia ferrymen to meet in Selm", "meet", IN_SELM, ("participant", "Karsenia", "settled"),
                  kind="meeting", status="planned", in_="wire")  # fmt: skip
    held = _told("Brask ferrymen meet in Selm", "meet", IN_SELM, kind="meeting", status="occurred", in_="wire")
    assert [headed(each, [known]) for each in (later, named, held)] == [None, None, None]


def test_a_headline_that_keeps_the_old_day_of_what_is_corrected_below_it_tells_of_no_event_of_its_own() -> None:
    ninth: Said = ("date", "2031-05-09", "settled")
    quay: Said = ("participant", "Gull Quay", "settled")
    opening = _told("Gull Quay in Selm will be opened on 10 May.", "opened", TENTH, quay, kind="launch", in_="wire")
    known = outline([opening])
    old = _told("Gull Quay opens on 9 May", "opens", ninth, quay, kind="launch", in_="wire")
    assert headed(old, [known]) == 0 and headed(old, [known, outline([old])]) == 1, "one is of its very day"
    assert headed(old, [known, known]) is None, "it may be of either"
    elsewhere = _told("Selm Market opens on 9 May", "opens", ninth, ("participant", "Selm Market", "settled"),
                      kind="launch", in_="wire")  # fmt: skip
    nameless = _told("New quay opens on 9 May", "opens", ninth, kind="launch", in_="wire")
    unclear = _told("Gull Quay to be told on 9 May", "told", ninth, quay, kind="other", in_="wire")
    assert [headed(each, [known]) for each in (elsewhere, nameless, unclear)] == [None, None, None]


def test_what_stands_below_a_headline_tells_the_day_by_which_an_event_is_known() -> None:
    opening = _told("Gull Quay in Selm will be opened on 10 May.", "opened", TENTH, kind="launch", in_="wire")
    ninth: Said = ("date", "2031-05-09", "settled")
    old = replace(_told("Gull Quay opens on 9 May", "opens", ninth, kind="launch", in_="wire"), heading=True)
    assert outline([opening, old]).date == outline([opening]).date
    assert outline([opening, replace(old, document="other")]).date == outline([old]).date
