"""Comments hold to passages, are only added to, and what is hidden says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

import onrecord.reading
from onrecord.ledger import Ledger, add, decide_same, events
from onrecord.ledger.claimed import standing as claimed_at
from onrecord.ledger.comments import LONGEST, Subject, all_talks, comment, moderate, reply, talks
from onrecord.ledger.items import SEVERAL, Several
from onrecord.ledger.store import Refused
from onrecord.nouns import Claim, Reading, Source
from tests.ledger.keeping import BY, NEW, NOON
from tests.ledger.test_events import BOTH, MORE, STORY, ledger_of, telling, told

__all__ = ["told"]


@pytest.fixture
def held(tmp_path: Path, told: None) -> Iterator[Ledger]:
    with ledger_of(tmp_path / "a.ledger", *STORY) as ledger:
        yield ledger


def summit(ledger: Ledger) -> str:
    return events(ledger, "summit")[0].id


def texts(ledger: Ledger, subject: Subject, moderator: bool = False) -> list[list[str | None]]:
    return [[each.text for each in talk.comments] for talk in talks(ledger, subject, 50, moderator)]


def test_a_talk_about_an_event_and_about_a_claim_of_it(held: Ledger) -> None:
    event = Subject(event=summit(held))
    first = comment(held, event, "  Is that sure?\r\nI doubt it. ", "Ida", NOON)
    second = comment(held, replace(event, attribute="date"), "The ministry says otherwise.", "Per", NOON)
    reply(held, first, "It is.", "Per", NOON)
    assert texts(held, event) == [["The ministry says otherwise."], ["Is that sure?\nI doubt it.", "It is."]]
    (claim,) = talks(held, replace(event, attribute="date"), 50)
    assert (claim.number, claim.attribute, claim.about) == (second, "date", "event") and claim.words
    assert [each.number for each in all_talks(held, 1)] == [second]
    other = next(each.id for each in events(held) if each.id != event.event)
    assert texts(held, Subject(event=other)) == []


def with_words(given: tuple[Source, Reading], words: str) -> tuple[Source, Reading]:
    """A telling whose date is claimed in some of its words."""
    source, reading = given
    start = reading.document.text.index(words)
    (told,) = reading.events
    claims = tuple(
        replace(each, span=((start, start + len(words)),)) if each.attribute == "date" else each for each in told.claims
    )
    return source, replace(reading, events=(replace(told, claims=claims),))


@pytest.fixture
def dated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """A ledger of a summit, first told of without a day, then with one, then with another one."""
    later = telling("2031-05-20", "Dalgard and Velik will now hold their summit on 1 July.", "summit", "scheduled",
                    *BOTH, ("date", "2031-07-01", "settled"))  # fmt: skip
    story = (STORY[0], with_words(MORE[0], "20 June"), with_words(later, "1 July"))
    known = {source.id: reading for source, reading in story}
    monkeypatch.setattr(onrecord.reading, "read_many", lambda given: (known[each.id] for each in given))
    with ledger_of(tmp_path / "a.ledger", *story) as ledger:
        yield ledger


def test_a_talk_about_a_claim_stands_where_what_stands_is_claimed(dated: Ledger) -> None:
    name = summit(dated)
    comment(dated, Subject(event=name), "Why?", "Ida", NOON)
    comment(dated, Subject(event=name, attribute="date"), "Sure?", "Ida", NOON)
    claim, whole = talks(dated, Subject(event=name), 50)
    assert (claim.about, claim.attribute, claim.words) == ("event", "date", "1 July")
    assert claim.document != whole.document and whole.words == STORY[0][1].document.text
    assert [each.number for each in talks(dated, Subject(document=claim.document), 50)] == [claim.number]


def test_a_talk_about_a_claim_that_was_chosen_stands_where_it_is_made(dated: Ledger) -> None:
    name, (source, reading) = summit(dated), with_words(MORE[0], "20 June")
    span = next(each.span[0] for each in reading.events[0].claims if each.attribute == "date")
    chosen = Subject(event=name, attribute="date", document=source.id or "", span=span)
    comment(dated, chosen, "Then?", "Ida", NOON)
    (talk,) = talks(dated, Subject(event=name, attribute="date"), 50)
    assert (talk.about, talk.attribute, talk.span, talk.words) == ("event", "date", span, "20 June")
    for wrong in (
        replace(chosen, attribute="venue"), replace(chosen, span=(0, 1)), replace(chosen, document="none"),
        replace(chosen, attribute=""), replace(chosen, event="E0000000000"),
    ):  # fmt: skip
        with pytest.raises(Refused):
            comment(dated, wrong, "Then?", "Ida", NOON)


@pytest.fixture
def together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Ledger, Subject, Subject]]:
    """A ledger of a document that tells of a summit and a hearing, both of one day in the same words; and the two."""
    text = "Dalgard and Velik will hold a summit and Ida Ruhl a hearing on 20 June."
    source, reading = telling("2031-04-15", text, "summit", "scheduled", *BOTH, ("date", "2031-06-20", "settled"))
    source, reading = with_words((source, reading), "20 June")
    at = text.index("hearing")
    (first,) = reading.events
    ruhl = Claim(attribute="participant", value="Ida Ruhl", settled="settled", span=(), by_rule="made")
    claims = (*(each for each in first.claims if each.attribute != "participant"), ruhl)
    other = replace(first, id="v2", span=(at, at + 7), kind="hearing", claims=claims)
    reading = replace(reading, events=(first, other))
    monkeypatch.setattr(onrecord.reading, "read_many", lambda given: (reading for _ in given))
    with ledger_of(tmp_path / "a.ledger", (source, reading)) as ledger:
        summit, hearing = (
            next(Subject(event=each.id) for each in events(ledger) if each.state.name == name)
            for name in ("summit", "hearing")
        )
        yield ledger, summit, hearing


def test_a_talk_about_a_claim_stands_at_the_event_whose_claim_it_is(together: tuple[Ledger, Subject, Subject]) -> None:
    ledger, summit, hearing = together
    place = claimed_at(ledger, summit.event, "date")
    assert place is not None and place.passage.words == "20 June"
    comment(ledger, replace(summit, attribute="date"), "Sure?", "Ida", NOON)
    (talk,) = talks(ledger, summit, 50)
    chosen = replace(hearing, attribute="date", document=talk.document, span=talk.span)
    comment(ledger, chosen, "Which room?", "Per", NOON)
    assert texts(ledger, summit) == [["Sure?"]] and texts(ledger, hearing) == [["Which room?"]]
    assert texts(ledger, Subject(document=talk.document)) == [["Which room?"], ["Sure?"]]


def test_a_talk_that_does_not_know_its_event_is_on_each_that_rests_on_its_words(
    together: tuple[Ledger, Subject, Subject],
) -> None:
    ledger, summit, hearing = together
    comment(ledger, replace(summit, attribute="date"), "Sure?", "Ida", NOON)
    where = "UPDATE comments SET named_start = ?, named_stop = ?"
    for unknown in ((None, None), (0, 3)):
        ledger.connection.execute(where, unknown)
        assert texts(ledger, summit) == texts(ledger, hearing) == [["Sure?"]]
    at = "Dalgard and Velik will hold a summit".index("summit")
    ledger.connection.execute(where, (at - 2, at + 6))
    assert texts(ledger, summit) == [["Sure?"]] and texts(ledger, hearing) == [], "named in nearly the same words"


@pytest.mark.parametrize("attribute", SEVERAL)
def test_a_talk_can_be_about_each_of_what_an_event_may_have_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attribute: Several
) -> None:
    text = "Orvan will host Dalgard and Velik at a summit."
    source, reading = telling("2031-04-20", text, "summit", "scheduled", *BOTH, (attribute, "Orvan", "settled"))
    told = reading.events[0]
    claims = tuple(replace(each, span=((0, 5),) if each.value == "Orvan" else ()) for each in told.claims)
    reading = replace(reading, events=(replace(told, claims=claims),))
    monkeypatch.setattr(onrecord.reading, "read_many", lambda given: (reading for _ in given))
    with ledger_of(tmp_path / "a.ledger", (source, reading)) as ledger:
        about = Subject(event=summit(ledger), attribute=attribute)
        comment(ledger, about, "Sure?", "Ida", NOON)
        [talk] = talks(ledger, about, 50)
        assert (talk.attribute, talk.span, talk.words) == (attribute, (0, 5), "Orvan")


def test_a_claim_that_no_words_make_is_spoken_of_where_the_event_is_told_of(held: Ledger) -> None:
    name = summit(held)
    comment(held, Subject(event=name, attribute="agenda"), "What about?", "Ida", NOON)
    comment(held, Subject(event=name), "Why?", "Ida", NOON)
    about, whole = talks(held, Subject(event=name), 50)[::-1]
    assert about.attribute == "agenda" and (about.document, about.span) == (whole.document, whole.span)


def test_a_talk_stays_with_its_passage_when_documents_are_read_again_and_events_become_one(held: Ledger) -> None:
    one = summit(held)
    other = next(each.id for each in events(held) if each.id != one)
    comment(held, Subject(event=other), "Here.", "Ida", NOON)
    list(add(held, (given for given, _ in STORY), NEW, lambda: NOON))
    assert texts(held, Subject(event=other)) == [["Here."]]
    decide_same(held, one, other, BY)
    assert texts(held, Subject(event=one)) == [["Here."]]


def test_a_passage_and_all_of_a_document(held: Ledger) -> None:
    name = STORY[0][0].id or ""
    comment(held, Subject(document=name, span=(0, 9)), "Who?", "Ida", NOON)
    assert texts(held, Subject(document=name, span=(0, 9))) == [["Who?"]]
    assert texts(held, Subject(document=name, span=(1, 10))) == [["Who?"]], "nearly the same words"
    assert texts(held, Subject(document=name, span=(8, 30))) == []
    assert texts(held, Subject(document=name)) == [["Who?"]]
    assert texts(held, Subject(document="another")) == []


def test_what_is_hidden_is_kept_and_says_so(held: Ledger) -> None:
    event = Subject(event=summit(held))
    first = comment(held, event, "Rude words.", "Ida", NOON)
    moderate(held, first, "hide", "Ada", "insults", NOON)
    (talk,) = talks(held, event, 50)
    assert talk.comments[0].text is None and talk.comments[0].hidden
    assert (talk.comments[0].hidden.person, talk.comments[0].hidden.reason) == ("Ada", "insults")
    assert texts(held, event, moderator=True) == [["Rude words."]]
    moderate(held, first, "restore", "Ada", "on second thoughts", NOON)
    assert texts(held, event) == [["Rude words."]]


def test_a_closed_talk_takes_no_more(held: Ledger) -> None:
    event = Subject(event=summit(held))
    first = comment(held, event, "One.", "Ida", NOON)
    moderate(held, first, "close", "Ada", "all is said", NOON)
    with pytest.raises(Refused, match="all is said"):
        reply(held, first, "Two.", "Per", NOON)
    moderate(held, first, "reopen", "Ada", "not yet", NOON)
    assert reply(held, first, "Two.", "Per", NOON) > first


@pytest.mark.parametrize(
    "subject",
    [
        Subject(), Subject(event="E0000000000"), Subject(document="none", span=(0, 1)),
        Subject(document="none", statement="s1"), Subject(document="a", span=(5, 5)),
        Subject(document="a", span=(0, 10**9)),
    ],
)  # fmt: skip
def test_what_no_talk_can_be_about(held: Ledger, subject: Subject) -> None:
    with pytest.raises(Refused):
        comment(held, subject, "Hm.", "Ida", NOON)


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST + 1)])
def test_what_is_no_comment(held: Ledger, text: str) -> None:
    with pytest.raises(Refused, match="characters"):
        comment(held, Subject(event=summit(held)), text, "Ida", NOON)


def test_what_is_not_there_or_has_no_reason(held: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    first = comment(held, Subject(event=summit(held)), "One.", "Ida", NOON)
    second = reply(held, first, "Two.", "Ida", NOON)
    with pytest.raises(Refused, match="claim"):
        comment(held, Subject(event=summit(held), attribute="mood"), "One.", "Ida", NOON)
    with pytest.raises(Refused, match="no talk"):
        reply(held, second, "Three.", "Ida", NOON)
    with pytest.raises(Refused, match="no talk"):
        moderate(held, second, "close", "Ada", "why", NOON)
    with pytest.raises(Refused, match="no comment"):
        moderate(held, 99, "hide", "Ada", "why", NOON)
    with pytest.raises(Refused, match="reason"):
        moderate(held, first, "hide", "Ada", "  ", NOON)
    monkeypatch.setattr("onrecord.ledger.comments.REPLIES", 2)
    with pytest.raises(Refused, match="comments; begin another"):
        reply(held, first, "Three.", "Ida", NOON)
