"""An article that came in again under its id: what is told of either text leads to that text, and to no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pytest
from litestar.testing import TestClient
from lxml import html

from onrecord.answers.ledger import Ledger as Asked
from onrecord.ledger import add, events, open_ledger, statements
from onrecord.nouns import Source
from onrecord.reading import reader
from onrecord.web.app import application
from tests.web.serving import Client
from tests.web.test_assistants import call

FIRST = (
    "PORT SELM, 1 May - The talks on water will take place on 20 June in Port Selm, Minister Anna Dalgard said on "
    'Thursday. "We will sign nothing before the vote," Dalgard said. "Water is not for sale," said Mayor Olo Reyk.'
)
SECOND = (
    'PORT SELM, 9 May - Correction follows. "I was misquoted and I am sorry about it all," said Editor Paul Grau. The '
    "talks on water will take place on 2 July in Mereth, Minister Anna Dalgard said on Friday."
)
PAGE = "/statements/s2/again"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("versions") / "a.ledger"
    texts = [("2031-05-01", "Talks on water", FIRST), ("2031-05-09", "Talks on water moved", SECOND)]
    with open_ledger(found, create=True) as ledger:
        for day, title, text in [*texts, ("2131-05-09", "Far off", "The ferry of Selm was painted green.")]:
            name = "far" if title == "Far off" else "again"
            given = Source(raw=text.encode(), id=name, title=title, outlet="The Courier", published=day)
            for _ in add(ledger, [given], reader(), lambda: datetime(2031, 6, 1, tzinfo=UTC), 1):
                pass
    return found


@pytest.fixture(scope="module")
def served(path: Path) -> Iterator[Client]:
    with TestClient(application(path)) as client:
        yield client


def tree(client: Client, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.document_fromstring(answer.text)


def links(client: Client, path: str, begin: str) -> list[str]:
    return [each for each in tree(client, path).xpath("//main//a/@href") if each.startswith(begin)]


@pytest.mark.parametrize("as_of", ["", "&as_of=2031-05-02", "&as_of=2031-05-20"])
def test_a_statement_that_is_found_leads_to_its_own_words(served: Client, as_of: str) -> None:
    found = tree(served, f"/search?q=vote{as_of}").xpath("//article[@class='said']")
    assert len(found) == 1
    for link in found[0].xpath(".//p[@class='source']/a/@href"):
        assert "sign nothing before the vote" in served.get(link).text, link
        assert "misquoted" not in served.get(link).text, link
    (later,) = links(served, "/search?q=misquoted", "/statements/")
    assert "misquoted" in served.get(later).text


def test_a_passage_of_an_assistant_is_of_the_text_that_the_statement_stands_in(path: Path) -> None:
    with open_ledger(path) as ledger:
        for said in statements(ledger):
            start, stop = said.span
            given = {"document": said.document, "start": start, "stop": stop, "version": said.version}
            (item,) = call(path, "get_evidence", **given).structured_content["untrusted"]
            assert item["found"]["text"] == (FIRST if said.version else SECOND)[start:stop]
            assert ("version=" in item["link"]) == bool(said.version)
    with Asked(path) as asked:
        assert asked.reading("again", as_of="2031-05-02").document.text == FIRST
        assert asked.reading("again").document.text == SECOND


def test_the_id_alone_means_the_last_text_of_the_day(served: Client) -> None:
    assert "misquoted" in served.get("/documents/again").text
    then = served.get("/documents/again?as_of=2031-05-02").text
    assert "sign nothing" in then and "A later text came in" not in then
    (version,) = {each.partition("version=")[2] for each in links(served, "/search?q=vote", "/statements/")}
    assert "A later text came in" in served.get(f"/documents/again?version={version}").text
    assert served.get(f"{PAGE}?version=nothing").status_code == 404
    api = "/api/v1/reading?document=again"
    assert served.get(api).json()["document"]["text"] == SECOND
    for asked in ("&as_of=2031-05-02", f"&version={version}"):
        assert served.get(api + asked).json()["document"]["text"] == FIRST
    assert served.get(f"{api}&as_of=2031-04-30").status_code == 404


def test_passages_of_an_event_lead_to_their_words_whatever_comes_in_later(path: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.ledger"
    copy(path, own)
    third = "PORT SELM, 12 May - The talks on water are off, Minister Anna Dalgard said on Monday."
    with TestClient(application(own)) as client:
        told = [each["id"] for each in client.get("/api/v1/events?q=talks+on+water").json()["items"]]
        found = [link for each in told for link in links(client, f"/events/{each}", "/documents/again?passage=")]
        known = {link: "misquoted" in client.get(link).text for link in found}
        assert True in known.values()
        with open_ledger(own) as ledger:
            given = Source(raw=third.encode(), id="again", outlet="The Courier", published="2031-05-12")
            assert [
                each.outcome for each in add(ledger, [given], reader(), lambda: datetime(2031, 6, 1, tzinfo=UTC), 1)
            ] == ["added"]
        assert {link: "misquoted" in client.get(link).text for link in found} == known


@pytest.mark.parametrize("as_of", ["", "?as_of=2031-05-20"])
def test_the_passages_of_an_event_are_those_of_the_text_that_tells_it(served: Client, path: Path, as_of: str) -> None:
    with open_ledger(path) as ledger:
        pages = [f"/events/{each.id}{as_of}" for each in events(ledger, "talks")]
    found = [a for page in pages for a in tree(served, page).xpath("//main//a[contains(@href, 'passage=')]")]
    days = {"1 May 2031": FIRST, "9 May 2031": SECOND}
    told = [(days[day], each.get("href")) for each in found for day in days if day in each.text_content()]
    assert {text for text, _ in told} == {FIRST, SECOND}
    for text, link in told:
        start, stop = map(int, re.findall(r"passage=(\d+)-(\d+)", link)[0])
        lit = tree(served, link).xpath("//*[contains(@class, 'lit-passage')]")
        assert "".join(each.text_content() for each in lit) == text[start:stop], link


def test_a_day_of_publication_that_had_not_come_is_told(served: Client) -> None:
    assert "Its day of publication had not come" in served.get("/documents/far").text
    assert "Its day of publication had not come" not in served.get("/documents/again").text


def test_as_of_a_day_nothing_is_told_of_what_was_published_later(tmp_path: Path) -> None:
    said = "Minister Anna Dalgard said the bridge of Selm would open in spring."
    given = [("early", "2031-04-01", "The Courier"), ("late", "2031-05-01", "The Gazette"), ("some day", None, "Radio")]
    with open_ledger(tmp_path / "a.ledger", create=True) as ledger:
        sources = [
            Source(raw=f"{said} It is {name}.".encode(), id=name, outlet=outlet, published=day)
            for name, day, outlet in given
        ]
        for _ in add(ledger, sources, reader(), lambda: datetime(2031, 6, 1, tzinfo=UTC), 1):
            pass
        (who,) = {each.entity for each in statements(ledger)}
    with TestClient(application(tmp_path / "a.ledger")) as client:
        note = "It was published after 2031-04-20"
        assert note in client.get("/statements/s1/late?as_of=2031-04-20").text
        assert note not in client.get("/statements/s1/early?as_of=2031-04-20").text
        why = tree(client, f"/entities/{who}?as_of=2031-04-20").xpath("//details[@class='why']")[0]
        assert [each.partition("?")[0] for each in why.xpath(".//a/@href")] == ["/documents/early"]
        assert len(tree(client, f"/entities/{who}").xpath("//details[@class='why']//a")) == len(given)
        for page, names in (("/documents", "//select[@id='outlet']/option"), ("/search", "//datalist/option/@value")):
            now, then = (tree(client, page + asked).xpath(names) for asked in ("", "?as_of=2031-04-20"))
            known = [[getattr(each, "text", None) or str(each) for each in some] for some in (now, then)]
            assert [[each for each in some if each != "all"] for some in known] == [
                ["Radio", "The Courier", "The Gazette"], ["The Courier"],
            ]  # fmt: skip
