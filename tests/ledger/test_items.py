"""Who takes part and what is on the agenda: each one once, with all tellings of it and what each brought."""

from __future__ import annotations

from msgspec.structs import replace

from onrecord.ledger.corrections import PERSON
from onrecord.ledger.items import Item, items_of
from onrecord.nouns import Attribute, Claim, Settled
from tests.publish.held import held, told

VELIK, DALGARD = ("velik", "Velik"), ("dalgard", "Irena Dalgard")


def claim(attribute: Attribute, value: str, settled: Settled = "settled", *, at: int = 9, rule: str = "made") -> Claim:
    return Claim(attribute=attribute, value=value, settled=settled, span=((at, at + 4),), statement="s1", by_rule=rule)


FIRST = replace(
    told("2031-03-11", "mooted", names=(VELIK,)),
    claims=(claim("participant", "Velik", at=20), claim("agenda", "the pass", "provisional")),
    sayers=(("s1", "Mara Lindqvist"),),
)
AGAIN = replace(FIRST, day="2031-03-12", document="gazette-2031-03-12", outlet="Port Selm Gazette")
FULLER = replace(
    told("2031-04-15", "scheduled", names=(("velik", "Anton Velik"), DALGARD)),
    claims=(claim("participant", "President Anton Velik"), claim("agenda", "The Pass"), claim("agenda", "tariffs")),
)
DOUBTED = replace(told("2031-05-01", "scheduled", names=()), claims=(claim("agenda", "the pass", "open"),))


def items(*tellings: object) -> dict[str, Item]:
    return {each.value: each for each in items_of(held(*tellings))}  # type: ignore[arg-type]


def turns(item: Item) -> list[tuple[str, str]]:
    return [(each.told.day, each.what) for each in item.turns]


def test_an_item_is_one_by_whatever_name_and_says_what_each_telling_brought() -> None:
    found = items(FIRST, AGAIN, FULLER, DOUBTED)
    assert [*found] == ["Anton Velik", "Irena Dalgard", "the pass", "tariffs"]
    assert turns(found["Anton Velik"]) == [("2031-03-11", "new"), ("2031-03-12", "origin"), ("2031-04-15", "named")]
    assert turns(found["the pass"]) == [
        ("2031-03-11", "new"), ("2031-03-12", "origin"), ("2031-04-15", "confirmed"), ("2031-05-01", "doubted"),
    ]  # fmt: skip
    assert found["Anton Velik"].origins == 3 and found["Irena Dalgard"].origins == 1


def test_what_is_told_again_by_the_same_origin_brings_nothing() -> None:
    event = held(FIRST, AGAIN)
    event = event._replace(origins=event.origins._replace(of=(1, 1)))
    pass_ = next(each for each in items_of(event) if each.attribute == "agenda")
    assert (len(pass_.said), turns(pass_), pass_.origins) == (2, [("2031-03-11", "new")], 1)


def test_the_best_telling_is_the_last_sure_one_with_its_words_and_who_says_it() -> None:
    found = items(FIRST, FULLER, DOUBTED)
    best, first = found["the pass"].best, found["Anton Velik"].said[0]
    assert best is not None and (best.told.day, best.settled, best.place.span) == ("2031-04-15", "settled", (9, 13))
    assert (first.speaker, first.place.span, found["Irena Dalgard"].said[0].claim) == ("Mara Lindqvist", (20, 24), None)
    assert found["Irena Dalgard"].said[0].place.span == FULLER.span, "named, and claimed in no words of its own"
    assert items(DOUBTED)["the pass"].best is not None


def test_a_telling_that_somebody_stays_away_is_none_that_he_takes_part() -> None:
    away = replace(told("2031-04-01", "scheduled", names=(VELIK, DALGARD)), left=(VELIK,))
    velik = items(FIRST, away, FULLER)["Anton Velik"]
    assert [each.told.day for each in velik.said] == ["2031-03-11", "2031-04-15"]
    assert velik.origins == 2 and [*items(FIRST, away)] == ["Irena Dalgard", "the pass"]


def test_what_a_person_decided_says_so() -> None:
    decided = replace(told("2031-05-02", "scheduled", names=()), claims=(claim("host", "Karsenia", rule=f"{PERSON}7"),))
    assert turns(items(FIRST, decided)["Karsenia"]) == [("2031-05-02", "corrected")]


def test_what_no_telling_at_hand_has_is_an_item_without_tellings() -> None:
    event = held(FIRST)
    event = event._replace(state=event.state._replace(participants=("Anton Velik", "Oskar Brandt")))
    velik, brandt, _ = items_of(event)
    assert velik.said[0].called == "Velik", "by the name by which he is known"
    assert (brandt.value, brandt.said, brandt.best, brandt.origins) == ("Oskar Brandt", (), None, 0)
