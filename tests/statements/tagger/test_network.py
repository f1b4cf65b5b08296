"""The networks of print and of talk: what they share, and that neither changes what the other sees."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord import Source
from onrecord.language.quotations import find_quotations
from onrecord.page import read_page
from onrecord.statements.tagger import network
from onrecord.statements.tagger.windows import Window, windows

TEXT = (
    "Selm's harbour board will vote on the new tariff on 4 May, its chair Ada Ruhn said on Monday.\n\n"
    "“We have put it off often enough,” Ruhn told the Selm Courier. The ferry union has called a strike for the day."
)


@pytest.fixture(scope="module")
def window() -> Window:
    """The one window of the text."""
    document = read_page(Source(raw=TEXT.encode(), media="text", charset="utf-8", id="board"))
    [found] = windows(document, find_quotations(document))
    return found


def test_print_and_talk_have_numbers_of_their_own_for_every_piece(window: Window) -> None:
    networks = network.load()
    lower = network.lower(networks, window)
    statements, plans = network.in_print(networks, lower)
    talk = network.in_talk(networks, lower)
    assert lower.shape == plans.links.vectors.shape == talk.links.vectors.shape == (len(window.ids), 384)
    assert statements.tags.shape == (len(window.ids), 9)
    assert plans.tags.shape == talk.tags.shape == (len(window.ids), 24)
    assert not np.array_equal(plans.tags, talk.tags)


def test_what_is_seen_in_print_does_not_hang_on_the_layers_of_talk(window: Window) -> None:
    networks = network.load()
    without = networks._replace(talk=None)
    alone = network.in_print(without, network.lower(without, window))
    lower = network.lower(networks, window)
    network.in_talk(networks, lower)
    for one, other in zip(alone, network.in_print(networks, lower), strict=True):
        assert np.array_equal(one.tags, other.tags)
        assert all(np.array_equal(a, b) for a, b in zip(one.links, other.links, strict=True))
