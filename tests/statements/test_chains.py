"""By way of whom the words came."""

from __future__ import annotations

import pytest

from onrecord.statements import find_statements, tag
from tests.statements.reading import annotated, statements, words


def chain(text: str, n: int = 0) -> list[tuple[str, str, bool]]:
    """Source, cue and carried of the links of the ``n``th statement."""
    found = statements(text)[n]
    return [(words(text, link.span)[0], words(text, link.cue)[0], link.carried) for link in found.via]


def test_according_to_an_agency_somebody_believes() -> None:
    text = "According to VNA, the Karsenian government believes that the talks will go on."
    (only,) = statements(text)
    assert words(text, only.speaker.span) == ["the Karsenian government"]
    assert words(text, only.cue) == ["believes"]
    assert chain(text) == [("VNA", "According to", False)]


def test_an_agency_named_at_the_end() -> None:
    text = "The Karsenian government believes that the talks will go on, VNA reported."
    found = [each for each in statements(text) if each.via]
    assert [words(text, each.speaker.span) for each in found] == [["The Karsenian government"]]


def test_somebody_is_convinced_an_agency_reports() -> None:
    text = "The Karsenian government is convinced that the talks will go on, VNA reports."
    (only,) = statements(text)
    assert words(text, only.speaker.span) == ["The Karsenian government"]
    assert chain(text) == [("VNA", "reports", False)]


def test_an_agency_that_is_the_only_source_is_the_speaker() -> None:
    text = "According to VNA, the talks will go on."
    (only,) = statements(text)
    assert words(text, only.speaker.span) == ["VNA"] and only.via == ()


def test_a_person_is_no_link() -> None:
    text = "According to Tomas Reyk, the government believes that the talks will go on."
    assert not any(each.via for each in statements(text))


@pytest.mark.parametrize(
    "text",
    [
        "Reyk was quoted by VNA as saying that the pass would open.",
        "In a statement carried by VNA, Reyk said that the pass would open.",
        "VNA quoted Reyk as saying that the pass would open.",
    ],
)
def test_ways_of_naming_the_link(text: str) -> None:
    found = [each for each in statements(text) if each.inside is None]
    links = [(words(text, each.speaker.span), [words(text, link.span) for link in each.via]) for each in found]
    assert links == [(["Reyk"], [["VNA"]])]


def test_an_agency_that_cites() -> None:
    text = "VNA, citing the press secretary, said that the pass would open."
    (only,) = statements(text)
    assert words(text, only.speaker.span) == ["the press secretary"]
    assert [words(text, link.span) for link in only.via] == [["VNA"]]


def test_an_agency_according_to_which_another_says() -> None:
    text = "According to VNA, citing a member of the delegation, Dalgard will come by train."
    (only,) = statements(text)
    assert words(text, only.speaker.span) == ["a member of the delegation"]
    assert [words(text, link.span) for link in only.via] == [["VNA"]]
    assert words(text, only.content) == ["Dalgard will come by train"]


CARRIED = "According to VNA, the Karsenian government believes that the talks will go on.\n"


def test_a_chain_is_carried_to_a_speaker_without_a_name() -> None:
    text = CARRIED + "“We are patient people,” said a spokeswoman for the government."
    assert chain(text, 1) == [("VNA", "According to", True)]


def test_a_chain_is_not_carried_to_a_speaker_with_a_name() -> None:
    assert chain(CARRIED + "“We are patient people,” said Tomas Reyk.", 1) == []


def test_a_chain_is_carried_one_paragraph_and_no_further() -> None:
    text = (
        CARRIED
        + "“We are patient people,” said a spokeswoman for the government.\n"
        + "“We can wait for the others,” the spokeswoman said."
    )
    assert chain(text, 1) and chain(text, 2) == []


def test_a_paragraph_between_breaks_the_chain() -> None:
    text = CARRIED + "The harbour was quiet.\n“We are patient people,” said a spokeswoman for the government."
    assert chain(text, 1) == []


def test_an_agency_that_cites_another_before_the_clause() -> None:
    text = "The Courier reported, citing VNA, that Velmark had sounded out a move."
    (only,) = statements(text)
    assert words(text, only.speaker.span) == ["VNA"] and words(text, only.content) == [
        "that Velmark had sounded out a move"
    ]
    assert chain(text) == [("The Courier", "reported", False)]


def test_an_agency_that_quotes_somebody() -> None:
    text = "“A castle will do for us,” the agency quoted her as saying."
    (only,) = statements(text)
    assert words(text, only.speaker.span) == ["her"]
    assert chain(text) == [("the agency", "quoted", False)]


@pytest.mark.parametrize(
    ("text", "speaker", "outlet"),
    [
        ("KarsTel reports that Reyk said the pass is open.", "Reyk", "KarsTel"),
        (
            "The agency said that, according to its source in Dravik, the pass is open.",
            "its source in Dravik",
            "The agency",
        ),
        ("The Courier, citing two people who were in the room, reported that it is open.", "two people", "The Courier"),
        (
            "The pass opens in May, writes Ostrev Online with reference to the head of the road office Ivo Reyk.",
            "the head of the road office Ivo Reyk",
            "Ostrev Online",
        ),
        ("In a letter obtained by the daily Morrow, Reyk warned that the pass was unsafe.", "Reyk", "the daily Morrow"),
    ],
)
def test_an_outlet_that_passes_words_on_is_their_way(text: str, speaker: str, outlet: str) -> None:
    (only,) = statements(text)
    assert words(text, only.speaker.span) == [speaker]
    assert [words(text, link.span) for link in only.via] == [[outlet]]


def test_words_that_somebody_retells_stand_within_his_statement() -> None:
    text = "Reyk said Velik believes the pass is open. Reyk said he believes Velik."
    retold = [(words(text, each.speaker.span), each.inside) for each in statements(text)]
    assert retold == [(["Reyk"], None), (["Velik"], "s1"), (["Reyk"], None)]


def test_a_chain_is_not_carried_to_somebody_new() -> None:
    assert chain(CARRIED + "“We are patient people,” said another diplomat.", 1) == []


def test_whoever_was_not_named_is_the_same_by_the_and_by_a_pronoun() -> None:
    text = "VNA, citing a senior official, reported that the pass would close.\n\n"
    said = text + "“It was decided on Monday,” the official said. He added that the road was wet."
    assert [chain(said, n)[0][0] for n in (1, 2)] == ["VNA", "VNA"]
    assert chain(text + "“It was decided on Monday,” an official said.", 1) == []


def test_a_frame_holds_all_that_its_speaker_says_in_the_sentence() -> None:
    text = "According to VNA, Reyk said the pass is open, adding that the road is dry."
    assert [words(text, each.speaker.span) for each in statements(text)] == [["Reyk"], ["Reyk"]]
    assert [chain(text, n)[0][0] for n in (0, 1)] == ["VNA", "VNA"]


def test_a_chain_is_carried_to_a_role_only_where_it_is_the_same_voice() -> None:
    reported = "According to VNA, the Karsenian government believes that the talks will go on.\n"
    assert chain(reported + "“We are patient people,” said a spokesman for the ferry line.", 1) == []
    named = "According to VNA, the minister, Tomas Reyk, believes that the talks will go on.\n"
    assert chain(named + "“We are patient people,” the minister said.", 1)[0][0] == "VNA"
    assert chain(named + "“We shall sue,” said a lawyer in Dravik.", 1) == []


def test_who_is_spoken_to_is_no_link() -> None:
    text = "Reyk told VNA that the pass would open."
    (only,) = statements(text)
    assert only.via == () and only.addressee is not None
    assert words(text, only.addressee.span) == ["VNA"]


def test_an_outlet_without_a_name_is_the_one_that_carried_words_last() -> None:
    text = (
        "The daily Bresk, citing a clerk, reported that the pass would close.\n"
        "The newspaper, citing a guard, reported that the road was wet."
    )
    first, second = statements(text)
    assert first.via[0].entity is not None
    assert second.via[0].entity == first.via[0].entity


@pytest.mark.parametrize(
    ("text", "speaker", "links"),
    [
        ("VNA attributed the claim that the talks had failed to a diplomat.", "a diplomat", ["VNA"]),
        ("VNA gives Reyk's words that “the talks have failed”.", "Reyk", ["VNA"]),
        ("Reyk said through a spokesman that the talks had failed.", "Reyk", ["a spokesman"]),
        ("The note, to which Radio Morn had access, says that the talks have failed.", "The note", ["Radio Morn"]),
        ("The talks have failed. This was announced by the minister, Ida Reyk.", "the minister, Ida Reyk", []),
        ("The talks have failed. VNA reports this with reference to the ministry.", "the ministry", ["VNA"]),
    ],
)
def test_ways_of_naming_a_chain(text: str, speaker: str, links: list[str]) -> None:
    found = next(each for each in statements(text) if each.inside is None)
    assert (words(text, found.speaker.span), [words(text, link.span)[0] for link in found.via]) == ([speaker], links)


@pytest.mark.parametrize(
    ("text", "speaker", "links"),
    [
        ("Citing Reyk, VNA reported that the talks had failed.", "Reyk", ["VNA"]),
        ("Reyk told aides that the talks had failed, per the Dravik Ledger.", "Reyk", ["the Dravik Ledger"]),
        (
            "The talks failed, said the minister, Ida Reyk, Yelna Truth reports.",
            "the minister, Ida Reyk",
            ["Yelna Truth"],
        ),
        ("Reyk has said he is tired, and a clerk was cited by Radio Morn as saying that it was late.", "Reyk", []),
        ("Per the Dravik Ledger, Reyk told aides that the talks had failed.", "Reyk", ["the Dravik Ledger"]),
        (
            "The talks will fail, the Dravik Ledger has learned from two diplomats.",
            "two diplomats",
            ["the Dravik Ledger"],
        ),
        ("Interviewed by the weekly Touchline, Reyk said the talks had failed.", "Reyk", []),
    ],
)
def test_ways_that_the_tagger_sees(text: str, speaker: str, links: list[str]) -> None:
    laid = annotated(text)
    found = next(each for each in find_statements(laid, tag([laid])[0].attributions) if each.inside is None)
    assert (words(text, found.speaker.span), [words(text, link.span)[0] for link in found.via]) == ([speaker], links)


def test_who_printed_it_first_is_further_from_the_reader() -> None:
    text = "“We wait,” Reyk said, in remarks first published by the daily Morrow and picked up by VNA."
    (only,) = statements(text)
    assert [words(text, link.span)[0] for link in only.via] == ["VNA", "the daily Morrow"]


def test_an_interview_published_by_nobody_else_is_no_chain() -> None:
    text = "In an interview with VNA published on Monday, Ida Reyk said that the pass was shut."
    assert [each.via for each in statements(text)] == [()]


def test_what_costs_money_is_attributed_to_nobody() -> None:
    assert not any(each.via for each in statements("The company attributed the shortfall to fuel and freight."))


def test_who_is_spoken_to_is_not_carried_on() -> None:
    text = "VNA quoted the prefect, Ida Reyk, as saying that the pass was closed.\n“We wait,” she told the agency."
    assert [[link.carried for link in each.via] for each in statements(text)] == [[False], []]
