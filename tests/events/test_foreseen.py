"""What the tagger sees beside the rules, on plans made by hand."""

from __future__ import annotations

import pytest

from onrecord.events import find_events
from onrecord.events.judge import FEATURES, weights
from onrecord.language import annotate
from onrecord.nouns import Event, Source
from onrecord.page import read_page
from onrecord.statements import Plan, find_statements
from tests.events.reading import TOLD_ON, values


def seen(text: str, *plans: Plan) -> tuple[Event, ...]:
    source = Source(raw=text.encode(), media="text", charset="utf-8", published=TOLD_ON)
    (annotated,) = annotate([read_page(source)])
    return find_events(annotated, find_statements(annotated), plans).events


def plan(text: str, words: str, **told: str) -> Plan:
    """A plan that the tagger is sure of; ``told`` are the words of its parties, date and venue."""

    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    return Plan(
        span=span(words), score=0.95, kind="measure", status="planned", status_score=0.9,
        participants=tuple(span(each) for each in told.get("parties", "").split("; ") if each),
        date=span(told["date"]) if "date" in told else None,
        venue=span(told["venue"]) if "venue" in told else None,
    )  # fmt: skip


def test_an_act_that_is_of_no_clear_kind_has_that_of_the_tagger() -> None:
    text = "The dockers will walk out on 30 May."
    [event] = seen(text, plan(text, "walk out", date="30 May")._replace(kind="protest"))
    assert (event.kind, event.status) == ("protest", "scheduled")


def test_a_noun_that_no_table_holds_is_an_event_with_its_parts() -> None:
    text = "Brandis Cement and Orm Steel expect their merger in Ostrev in June."
    told = plan(text, "merger", parties="Brandis Cement; Orm Steel", date="June", venue="Ostrev")
    [event] = seen(text, told)
    assert (event.kind, event.status) == ("measure", "scheduled")
    assert values(event, "date") == ["2031-06"] and values(event, "venue") == ["Ostrev"]
    assert set(values(event, "participant")) == {"Brandis Cement", "Orm Steel"}
    assert 0.3 < event.confidence < 1


def test_nothing_is_told_that_neither_rules_nor_tagger_believe_in() -> None:
    text = "They spoke of a merger of the two."
    assert seen(text, plan(text, "merger")._replace(score=0.2)) == ()
    assert len(seen(text, plan(text, "merger"))) == 1


def test_the_tagger_gives_no_second_name_to_what_a_table_names() -> None:
    text = "Velmark and Karsenia will hold talks on flood control on 3 May."
    [event] = seen(text, plan(text, "talks"), plan(text, "flood control"))
    assert (event.kind, event.status) == ("talks", "scheduled")


def test_places_and_days_are_no_events() -> None:
    text = "Anton Velik said on Monday that the pass in Norway stays shut until May."
    assert seen(text, *(plan(text, words) for words in ("Velik", "Norway", "May", "Monday"))) == ()


def test_a_place_of_the_tagger_gives_way_to_one_of_the_rules() -> None:
    text = "The summit was moved from Port Selm to Tarnholm."
    [event] = seen(text, plan(text, "summit", venue="Port Selm"))
    assert values(event, "venue") == ["Tarnholm"]


@pytest.mark.parametrize("talk", [False, True])
def test_every_feature_has_a_weight(talk: bool) -> None:
    known = weights("en", talk)
    assert len(known.weights) == len(FEATURES) and 0 < known.least <= 0.5


def test_what_the_tagger_ties_to_an_event_does_not_part_it_from_itself() -> None:
    text = (
        "President Anton Velik of Velmark and Prime Minister Irena Dalgard of Karsenia meet in Tarnholm on 22 May.\n\n"
        "“The summit is not in doubt,” a spokesman for the government in Ostrev said on Tuesday."
    )
    [event] = seen(text, plan(text, "summit", parties="spokesman", venue="Ostrev", date="Tuesday"))
    assert len(event.mentions) == 2
    assert values(event, "date") == ["2031-05-22"] and values(event, "venue") == ["Tarnholm"]


def test_a_move_is_no_event_and_its_day_is_that_of_what_is_moved() -> None:
    text = "Velmark has sounded out a move of the summit to early June."
    [event] = seen(text, plan(text, "summit"), plan(text, "move"))
    assert event.kind == "meeting" and values(event, "date") == ["2031-06"]


@pytest.mark.parametrize("talk", [False, True])
def test_in_talk_the_tagger_ties_only_what_its_sentence_names(talk: bool) -> None:
    told = "There will be a merger in June. Premier Irena Dalgard was in Tarnholm."
    text = f"MS. BRANDT: Good afternoon.\n\nQ    Any news?\n\nMS. BRANDT: {told}" if talk else told
    tied = plan(text, "merger", parties="Irena Dalgard", venue="Tarnholm", date="June")
    [event] = [each for each in seen(text, tied) if each.kind == "measure"]
    assert values(event, "date") == ["2031-06"]
    assert values(event, "venue") == ([] if talk else ["Tarnholm"])
    assert values(event, "participant") == ([] if talk else ["Irena Dalgard"])


def test_in_talk_a_party_is_tied_by_its_name_and_not_by_other_words() -> None:
    told = "Irena Dalgard and the owners want a merger in June in Tarnholm."
    text = f"MS. BRANDT: Good afternoon.\n\nQ    Any news?\n\nMS. BRANDT: {told}"
    tied = plan(text, "merger", parties="Irena Dalgard; the owners", venue="Tarnholm")
    [event] = [each for each in seen(text, tied) if each.kind == "measure"]
    assert values(event, "participant") == ["Irena Dalgard"] and values(event, "venue") == ["Tarnholm"]


@pytest.mark.parametrize(("where", "venue"), [("for Velmark in May", []), ("in Velmark in May", ["Velmark"])])
def test_for_whom_an_event_matters_is_not_where_it_is(where: str, venue: list[str]) -> None:
    text = f"There will be an important merger {where}."
    [event] = seen(text, plan(text, "merger", venue="Velmark", date="May"))
    assert values(event, "venue") == venue
