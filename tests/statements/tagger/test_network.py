"""The two networks: what they share, and that neither changes what the other sees."""

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


def test_each_has_numbers_of_its_own_for_every_piece(window: Window) -> None:
    networks = network.load()
    lower = network.lower(networks, window)
    seen, plans = network.statements(networks, lower), network.plans(networks, lower)
    assert lower.shape == seen.links.vectors.shape == plans.links.vectors.shape == (len(window.ids), 384)
    assert seen.tags.shape == (len(window.ids), 9) and plans.tags.shape == (len(window.ids), 24)


def test_what_is_seen_of_statements_does_not_hang_on_the_layers_of_plans(window: Window) -> None:
    networks = network.load()
    alone = network.statements(networks._replace(plans=None), network.lower(networks._replace(plans=None), window))
    lower = network.lower(networks, window)
    network.plans(networks, lower)
    beside = network.statements(networks, lower)
    assert np.array_equal(alone.tags, beside.tags)
    assert all(np.array_equal(one, other) for one, other in zip(alone.links, beside.links, strict=True))
