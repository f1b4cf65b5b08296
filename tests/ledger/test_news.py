"""Which changes of an event nobody is called for."""

from __future__ import annotations

from msgspec.structs import replace

from onrecord.ledger.changing import Change
from onrecord.ledger.news import news
from onrecord.nouns import Attribute
from tests.ledger.test_events import one

HOSTED = one("2031-05-01", "Selm will host the talks.", "talks", "planned", ("host", "Selm", "settled"),
             ("venue", "Selm", "settled"))  # fmt: skip


def _change(attribute: Attribute, was: str | None, now: str | None, what: str = "new") -> Change:
    return Change("E1", "talks", attribute, what, was, now, "2031-05-01", HOSTED)


def test_a_town_that_hosts_is_where_it_is_and_nobody_who_takes_part() -> None:
    selm = _change("participant", None, "Selm")
    assert news([selm], [HOSTED]) == []
    joins = one("2031-05-01", "Selm joins the talks.", "talks", "planned", ("participant", "Selm", "settled"))
    only_host = replace(HOSTED, claims=tuple(c for c in HOSTED.claims if c.attribute != "venue"))
    assert news([selm], [HOSTED, joins]) == news([selm], [only_host]) == [selm]


def test_a_place_told_more_exactly_is_no_other_place() -> None:
    exact = _change("venue", "Selm (settled)", "the court of Selm (settled)", "changed")
    firmer = _change("venue", "Selm (provisional)", "the court of Selm (settled)", "changed")
    other = _change("venue", "Selm (settled)", "Mereth (settled)", "changed")
    assert news([exact, firmer, other], [HOSTED]) == [firmer, other]
