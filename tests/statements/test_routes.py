"""How journalists of many countries tell by way of whom words came to them; every outlet and person is invented."""

from __future__ import annotations

import pytest

from tests.statements.reading import statements, words

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
]


@pytest.mark.parametrize("text", NO_WAYS)
def test_what_is_no_way(text: str) -> None:
    assert not any(each.via for each in statements(text))
