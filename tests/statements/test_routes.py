"""How journalists of many countries tell by way of whom words came to them; every outlet and person is invented."""

from __future__ import annotations

import pytest

from onrecord.statements import find_statements, tag
from tests.statements.reading import annotated, statements, words

WAYS = [
    # an agency's own sentence, plain
    ("The Board of Ports has ordered all lighthouses dark, Radio Morn reported.", ["Radio Morn"]),
    ("The ministry wants the levy dropped, the daily Selm Lamp wrote on Friday.", ["the daily Selm Lamp"]),
    ("Orlan Pekk intends to sell the brewery, according to the weekly Kontor.", ["the weekly Kontor"]),
    # one outlet that has it from another
    (
        "KarsTel reported, with a link to the Ostrev Echo, that Pekk wants the bridge closed.",
        ["KarsTel", "the Ostrev Echo"],
    ),
    ("The Selm Mail, quoting Radio Morn, said Pekk had promised a vote.", ["The Selm Mail", "Radio Morn"]),
    (
        "The ferry line plans to cut 40 jobs, Radio Morn said, crediting the weekly Kontor.",
        ["Radio Morn", "the weekly Kontor"],
    ),
    (
        "According to the daily Bresk, which picked the story up from the site Harbour Eye, Pekk wants an inquiry.",
        ["the daily Bresk", "the site Harbour Eye"],
    ),
    # a source, by way of an outlet
    ("Radio Morn, citing a clerk at the port, announced that the quay would be shut.", ["Radio Morn"]),
    ("The quay will be shut on Monday, the daily Bresk reported, citing two dockers.", ["the daily Bresk"]),
    ("As the agency TPS writes with reference to the harbour master, the quay will be shut.", ["the agency TPS"]),
    (
        "The portal Selm Today, on the authority of a guard, maintains that the vault was empty.",
        ["The portal Selm Today"],
    ),
    # quoted, cited, heard
    ("“We will not sell,” Pekk was quoted by the daily Bresk as saying.", ["the daily Bresk"]),
    ("Radio Morn quoted Pekk as saying that the quay was safe.", ["Radio Morn"]),
    ("“We will not sell,” the weekly Kontor quoted Pekk as saying.", ["the weekly Kontor"]),
    ("Pekk was cited by Radio Morn as saying that the quay was safe.", ["Radio Morn"]),
    ("“We will not sell,” Pekk said on a programme monitored by TPS.", ["TPS"]),
    # in writing that an outlet had, or printed
    ("In a letter obtained by the Ostrev Echo, Pekk warned that the quay was unsafe.", ["the Ostrev Echo"]),
    ("“The quay is unsafe,” Pekk wrote in a memo seen by the weekly Kontor.", ["the weekly Kontor"]),
    ("In remarks carried by Radio Morn, Pekk said that the quay was safe.", ["Radio Morn"]),
    ("“The quay is unsafe,” Pekk wrote in a message leaked to the site Harbour Eye.", ["the site Harbour Eye"]),
    ("In a message which the weekly Kontor has seen, Pekk warns that the quay is unsafe.", ["the weekly Kontor"]),
    ("In an address broadcast on state television, Pekk said that the quay was safe.", ["state television"]),
    # in a sentence of its own
    ("“The quay is safe,” Pekk said. The remarks were carried by Radio Morn.", ["Radio Morn"]),
    ("“The quay is safe,” said Pekk. This is reported by TPS with a link to KarsTel.", ["TPS", "KarsTel"]),
    ("“The quay is safe,” Pekk said. The agency TPS reports this.", ["The agency TPS"]),
    ("“The quay is safe,” Pekk told dockers. His words were first published by the daily Bresk.", ["the daily Bresk"]),
    ("“The quay is safe,” Pekk said. The interview was broadcast by Radio Morn on Sunday.", ["Radio Morn"]),
    ("Pekk said the quay was safe; the statement was distributed by the agency TPS.", ["the agency TPS"]),
    (
        "“The quay is safe,” Pekk said. The remarks were first aired by Radio Morn, then reprinted by the daily Bresk.",
        ["the daily Bresk", "Radio Morn"],
    ),
    ("“The quay is safe,” Pekk said. We owe the sentence to the Ostrev Echo.", ["the Ostrev Echo"]),
    # translated manners
    ("“The quay is safe,” assures Pekk. His words leads the site Bresk-Inform.", ["the site Bresk-Inform"]),
    (
        "According to the weekly Kontor, which in turn cited Radio Morn, Pekk fears that the quay is unsafe.",
        ["the weekly Kontor", "Radio Morn"],
    ),
    ("In a message read out by his lawyer, Pekk said that he was sorry.", ["his lawyer"]),
    ("“The quay is safe,” Pekk declares in a recording that Radio Morn played twice.", ["Radio Morn"]),
    ("In a dispatch from the agency TPS, Pekk describes the quay as unsafe.", ["the agency TPS"]),
    (
        "“The quay is safe,” Pekk wrote on his page; the post was quoted by the portal Selm Today.",
        ["the portal Selm Today"],
    ),
    ("Radio Morn attributed to Pekk the view that the quay was unsafe.", ["Radio Morn"]),
    # what an outlet says that somebody wants, fears or opposes
    ("The daily Bresk says that Pekk fears a strike by the pilots.", ["The daily Bresk"]),
    ("The harbour board is against a second quay, the newsletter Bollard wrote.", ["the newsletter Bollard"]),
    # credits in brackets
    ("Pekk hopes to list the brewery by spring (Radio Morn/Kontor).", ["Radio Morn", "Kontor"]),
    ("Selm Rovers want Abel Vance back from Ostrev. (Kickbladet, via Radio Morn)", ["Kickbladet", "Radio Morn"]),
    ("“The quay is safe,” Pekk wrote on his page. (Spotted by Radio Morn)", ["Radio Morn"]),
    # an outlet that heads its sentence
    ("The daily Bresk has an essay on cranes, in which Pekk says that they all leak.", ["The daily Bresk"]),
    # beside the speaker, or behind with small words
    ("Pekk, according to Radio Morn, ruled out a sale before Easter.", ["Radio Morn"]),
    ("Pekk intends to sell the brewery, or so the weekly Kontor has it.", ["the weekly Kontor"]),
    ("By the Ostrev Echo’s account, Pekk said that the quay was unsafe.", ["the Ostrev Echo"]),
    # one after another: the last is nearest
    (
        "“The quay is safe,” Pekk says in an account published by the weekly Kontor and translated by the agency TPS.",
        ["the agency TPS", "the weekly Kontor"],
    ),
    (
        "“The quay is safe,” Pekk said. The daily Bresk printed the sentence, and Radio Morn read it out.",
        ["Radio Morn", "The daily Bresk"],
    ),
    # sentences beside the words
    ("“The quay is safe,” Pekk said. His letter, dated Friday, was distributed by the agency TPS.", ["the agency TPS"]),
    ("“The quay is safe,” Pekk said. The interview with him was aired by Radio Morn.", ["Radio Morn"]),
    ("“The quay is safe,” Pekk said. The note reached us through a parent.", ["a parent"]),
    ("Pekk said in a statement issued through the agency TPS that the quay was safe.", ["the agency TPS"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "outlets"), WAYS)
def test_ways_in_which_words_came(text: str, outlets: list[str]) -> None:
    found = [each for each in statements(text) if each.inside is None]
    assert len(found) == 1
    assert [words(text, link.span)[0] for link in found[0].via] == outlets
    assert words(text, found[0].speaker.span) != [outlets[0]]


NO_WAYS = [
    "“The quay is safe,” Pekk told Radio Morn.",
    "Pekk told this newspaper that the quay was safe. A voucher seen by this newspaper tells of repairs.",
    "Radio Morn broadcast the match. “The quay is safe,” Pekk said.",
    "“The quay is safe,” Pekk said. The report of the harbour board was printed by a firm in Selm.",
    "Pekk said the quay was safe. The daily Bresk has moved to Selm.",
    "Pekk hopes for an accord with the oil company (SOKA).",
    "The goals fell late, said Pekk (Tomas Vance/Ida Abel). Tomas Vance and Ida Abel were cheered.",
    "The daily Bresk says that it believes in a second quay.",
    "The daily’s editor, Orlan Pekk, said that he wants a second quay.",
    "PORT SELM: Pekk hopes for a second quay.",
    "Radio Morn broadcast an interview with the mayor. The minister called it a disgrace.",
]


@pytest.mark.parametrize("text", NO_WAYS)
def test_what_is_no_way(text: str) -> None:
    assert not any(each.via for each in statements(text))


SEEN_TOGETHER = [
    # an outlet that hears from somebody, or lets him speak
    ("The weekly Kontor has learned from a clerk that the ferry was sold.", ["The weekly Kontor"]),
    ("Radio Morn has him admitting that the crane was never oiled.", ["Radio Morn"]),
    ("As noted by the podcast Low Tide, Pekk had promised the dockers a new crane.", ["the podcast Low Tide"]),
    ("The harbour board wants the cranes sold, the Nordwire ticker continues.", ["the Nordwire ticker"]),
    (
        "The daily Bresk was reporting, from Radio Morn, that Pekk had demanded an inquiry.",
        ["The daily Bresk", "Radio Morn"],
    ),
    ("Radio Morn: Pekk hopes for a second quay.", ["Radio Morn"]),
    ("Radio Morn broadcast an interview with the mayor. “The quay is safe,” he said.", ["Radio Morn"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "outlets"), SEEN_TOGETHER)
def test_ways_that_rules_and_tagger_see_together(text: str, outlets: list[str]) -> None:
    laid = annotated(text)
    ((attributions, _),) = tag([laid])
    (found,) = [each for each in find_statements(laid, attributions) if each.inside is None]
    assert [words(text, link.span)[0] for link in found.via] == outlets
    assert words(text, found.speaker.span) != [outlets[0]]
