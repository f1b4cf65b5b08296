"""In a notebook every answer is HTML that runs, fetches and opens nothing, whatever strangers wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

import onrecord
from onrecord.ledger import every_event, open_ledger
from onrecord.nouns import Source
from tests.hostile import CASES, DRIVING, ledger_of, stands_in

HOSTILE = (
    b'Mara Lindqvist said: "<script>alert(1)</script> <img src=x onerror=alert(1)> </td></table>{{ 7*7 }} '
    b'\xe2\x80\xae \x1b[31m javascript:alert(1) the summit will be held on 4 June 2031 in Mereth."\n'
)


@pytest.fixture
def hostile(tmp_path: Path) -> onrecord.Ledger:
    """Return a ledger of one article that wants to be more than text."""
    ledger = onrecord.Ledger(tmp_path / "hostile.ledger")
    title = '</caption></iframe><script>alert("t")</script>'
    source = Source(
        raw=HOSTILE * 3, media="text", id='"><svg onload=alert(1)>', title=title, outlet="<b>", published="2031-05-22"
    )
    ledger.add(source)
    return ledger


def _only_text(shown: str) -> None:
    """Nothing but tables, lines and a frame that may nothing; no attribute that a browser acts on."""
    found = html.fragment_fromstring(shown, create_parent="div")
    tags = {str(each.tag) for each in found.iter()}
    assert tags <= {
        "div", "section", "p", "b", "span", "code", "table", "caption", "thead", "tbody", "tr", "th", "td",
        "blockquote", "iframe",
    }  # fmt: skip
    for each in found.iter():
        assert set(each.attrib) <= {"dir", "scope", "sandbox", "srcdoc", "width", "height", "title"}
        assert each.tag != "iframe" or each.attrib["sandbox"] == ""
    assert "\x1b" not in shown and "\u202e" not in shown


@pytest.mark.parametrize("case", CASES)
def test_every_hostile_case_is_text(case: str, tmp_path: Path) -> None:
    words = CASES[case]
    path = ledger_of(tmp_path / "a", [(case, words)])
    with open_ledger(path) as held:
        event = next(iter(every_event(held))).id
    with onrecord.Ledger(path) as ledger:
        answers = (
            ledger.statements(), ledger.documents(), ledger.entities(), ledger.sources(), ledger.changes(),
            ledger.event(event), ledger.check(words, speaker=words),
        )  # fmt: skip
        shown = [each._repr_html_() or "" for each in answers]
        for each in shown:
            _only_text(each)
            assert not DRIVING.search(each)
        assert stands_in(words, html.fromstring(f"<div>{''.join(shown)}</div>").text_content(), 40)


def test_hostile_articles_are_text(hostile: onrecord.Ledger) -> None:
    with hostile as ledger:
        document = ledger.documents()[0].name
        reading = ledger.reading(document)
        said, planned = ledger.statements(), ledger.events(dated_from="2031-01-01")
        assert said and planned
        family = ledger.quote("the summit will be held")
        answers = (
            said, planned, ledger.documents(), ledger.entities(), ledger.sources(), ledger.changes(), family, reading,
            ledger.event(planned[0].id), ledger.check('<script>alert("q")</script>', speaker="<i>"),
            onrecord.check(reading, ledger),
        )  # fmt: skip
        for each in answers:
            shown = each._repr_html_()
            assert shown is not None
            _only_text(shown)
        assert "<script>" in html.fromstring(said._repr_html_()).text_content()


def test_a_reading_is_its_report_in_a_frame(ledger: onrecord.Ledger) -> None:
    reading = ledger.reading(ledger.documents()[-1].name)
    shown = reading._repr_html_()
    assert shown is not None
    (frame,) = html.fragment_fromstring(shown, create_parent="div").iter("iframe")
    page = html.document_fromstring(frame.attrib["srcdoc"])
    assert reading.document.title in page.text_content()
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_long_answers_say_how_much_is_left_out(ledger: onrecord.Ledger) -> None:
    found = ledger.statements(most=60)
    shown = html.fragment_fromstring(found._repr_html_(), create_parent="div")
    assert len(shown.xpath(".//tbody/tr")) == 50
    assert f"… {len(found) - 50} more" in shown.text_content()
    assert f"{len(found)} × HeldStatement" in shown.text_content()


def test_a_brief_tells_state_changes_and_passages(ledger: onrecord.Ledger) -> None:
    event = ledger.event("summit Velik", as_of="2031-05-24")
    shown = html.fromstring(event._repr_html_()).text_content()
    assert all(told in shown for told in (event.name, "2031-06-05", "settled", "What changed", "Who tells of it"))
