"""A passage that is chosen on the page of a document: facts, comments, and the way to it without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient
from lxml import html

from onrecord.cli import main
from onrecord.ledger import documents, open_ledger
from onrecord.ledger.kept import Kept, kept, original
from onrecord.web import comments
from onrecord.web.app import application
from onrecord.web.pages import part
from tests.web.entering import enter, signed, with_users
from tests.web.serving import Client


class Article(NamedTuple):
    """A document of the story: its page and what is kept of it."""

    path: str
    held: Kept
    ledger: Path

    def at(self, words: str) -> tuple[int, int]:
        start = self.held.reading.document.text.index(words)
        return start, start + len(words)


@pytest.fixture(scope="module")
def moved(sample_ledger: Path) -> Article:
    """The article on the moved venue."""
    with open_ledger(sample_ledger) as ledger:
        name = next(each.name for each in documents(ledger) if "09-venue-moved" in (each.path or ""))
        held = kept(ledger, name)
        assert held is not None
    return Article(f"/documents/{part(name)}", held, sample_ledger)


@pytest.fixture
def writer(sample_ledger: Path, tmp_path: Path) -> Iterator[Client]:
    """Yield a client of the story in which Ben has logged in, who may write."""
    with TestClient(application(with_users(sample_ledger, tmp_path))) as client:
        enter(client, "Ben")
        yield client


def page(client: Client, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_passage_and_the_times_tell_the_bytes_of_the_original(client: Client, moved: Article) -> None:
    document = moved.held.reading.document
    time = moved.held.reading.times[0]
    start, stop = time.span
    tree = page(client, f"{moved.path}?passage={start}-{stop}")
    chosen = text(tree.get_element_by_id("chosen"))
    low, high = (int(each.replace(",", "")) for each in re.findall(r"bytes ~?([\d,]+)–([\d,]+)", chosen)[0])
    with open_ledger(moved.ledger) as ledger:
        raw = original(ledger, moved.held.number)
    assert document.text[start:stop] in raw[low:high].decode(document.encoding)
    assert f"bytes {low:,}–{high:,}" in text(tree.get_element_by_id("f-t1")).replace("~", "")
    (own,) = tree.xpath("//section[@id='chosen']//a[text()='Permalink']/@href")
    assert f"version={moved.held.version}" in own and text(page(client, own).get_element_by_id("chosen")) == chosen


def test_each_paragraph_has_the_way_to_its_own_passage(client: Client, moved: Article) -> None:
    tree = page(client, f"{moved.path}?as_of=2031-06-01")
    links = tree.xpath("//a[contains(@class, 'whole')]")
    blocks = moved.held.reading.document.blocks
    assert len(links) == len(blocks) and len({each.get("aria-label") for each in links}) == len(links)
    for link, block in zip(links, blocks, strict=True):
        start, stop = block.span
        assert link.get("href") == f"{moved.path}?as_of=2031-06-01&passage={start}-{stop}#p{start}-{stop}"
        shown = "".join(each.text_content() for each in page(client, link.get("href")).find_class("lit-passage"))
        assert "".join(shown.split()) == "".join(moved.held.reading.document.text[start:stop].split())


def test_the_facts_of_a_passage_are_lit_chosen_and_said_in_words(client: Client, moved: Article) -> None:
    said = next(each for each in moved.held.reading.statements if each.content)
    start = said.content[0][0]
    tree = page(client, f"{moved.path}?passage={start}-{start + 3}")
    chosen = tree.get_element_by_id("chosen")
    told = {each.get("href").partition("#f-")[2]: text(each.getparent()) for each in chosen.xpath(".//ul/li/a")}
    assert said.id in told and told[said.id].startswith(f"Statement {said.id.removeprefix('s')} ")
    assert f"{len(told)} fact" in text(chosen)
    entries = tree.xpath("//*[@aria-current='true' and starts-with(@id, 'f-')]")
    assert {each.get("id").removeprefix("f-") for each in entries} == set(told)
    assert all("chosen" in each.get("class").split() for each in entries)
    lit = {kind for each in tree.find_class("seg") for kind in each.get("class").split() if kind.startswith("lit-")}
    assert {"lit-passage", "lit-content"} <= lit
    assert tree.xpath("//a[@class='ref' and @href='#chosen']")


def test_a_time_and_what_is_claimed_count_as_facts_of_their_passage(client: Client, moved: Article) -> None:
    time = moved.held.reading.times[0]
    tree = page(client, f"{moved.path}?passage={time.span[0]}-{time.span[1]}")
    assert "Time" in text(tree.get_element_by_id("chosen")) and tree.find_class("lit-time")
    event, claim = next(
        (event, claim) for event in moved.held.reading.events for claim in event.claims
        if claim.span and claim.value and event.span[1] <= claim.span[0][0]
    )  # fmt: skip
    tree = page(client, f"{moved.path}?passage={claim.span[0][0]}-{claim.span[0][1]}")
    words = moved.held.reading.document.text[slice(*event.span)]
    assert any(words in text(each) for each in tree.get_element_by_id("chosen").xpath(".//li"))


def test_a_passage_in_which_nothing_stands_says_so(client: Client, moved: Article) -> None:
    text_of = moved.held.reading.document.text
    start = next(n for n, sign in enumerate(text_of) if sign == "\n")
    tree = page(client, f"{moved.path}?passage={start}-{start + 1}")
    assert "Nothing that was found stands in it" in text(tree.get_element_by_id("chosen"))


def test_talks_stand_beside_their_words_which_are_marked(
    writer: Client, moved: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comments, "SHOWN", 1)
    monkeypatch.setattr("onrecord.web.documents.SHOWN", 1)
    start, stop = moved.at("cracks in")
    at = f"{moved.path}?passage={start}-{stop}"
    form = {"sign": signed(writer, at), "document": moved.held.held.name, "start": str(start), "stop": str(stop)}
    for words in ("How wide?", "Who saw them?"):
        assert writer.post("/comments", data={**form, "next": at, "text": words}).status_code == 200
    beside = page(writer, at)
    assert "Who saw them?" in text(beside.get_element_by_id("chosen"))
    assert not beside.xpath("//main/*[@id='comments']"), "not at the foot of the page"
    tree = page(writer, moved.path)
    assert "".join(each.text_content() for each in tree.find_class("is-comment")) == "cracks in"
    (mark,) = tree.xpath("//a[@data-kind='comments']")
    assert "2 talks" in mark.get("aria-label") and "Comments 2" in text(tree.xpath("//nav[@class='tabs']")[0])
    assert mark.get("href") == f"{moved.path}?beside=comments&fact=k2&talks=1#comment-2"
    found = page(writer, mark.get("href"))
    assert "Who saw them?" in text(found.get_element_by_id("facts")) and found.find_class("lit-comment")
    assert found.xpath("//li[@id='comment-2']") and not found.xpath("//li[@id='comment-1']")
    before = page(writer, found.xpath("//section[@id='comments']//a[@rel='next']/@href")[0])
    assert "How wide?" in text(before.get_element_by_id("comments"))
    assert before.xpath("//section[@id='comments']//a[@rel='prev']/@href")
    assert writer.get(f"{moved.path}?beside=comments&talks=x").status_code == 400


def test_a_passage_is_still_chosen_after_the_login(client: Client, moved: Article) -> None:
    start, stop = moved.at("cracks in")
    path = f"{moved.path}?passage={start}-{stop}"
    (login,) = page(client, path).xpath("//section[@id='comments']//a[starts-with(@href, '/login')]/@href")
    assert f"passage%3D{start}-{stop}" in login


def test_a_passage_that_begins_with_much_white_space_has_its_page(tmp_path: Path) -> None:
    wide = tmp_path / "wide.txt"
    wide.write_text(
        f"The minister spoke.{chr(0x3000) * 500}Then he left for Selm, his office said.\n", encoding="utf-8"
    )
    path = tmp_path / "wide.ledger"
    CliRunner().invoke(main, ["add", str(wide), "--workers", "1", "--ledger", str(path)], catch_exceptions=False)
    with open_ledger(path) as ledger:
        (held,) = documents(ledger)
    with TestClient(application(path)) as client:
        assert client.get(f"/documents/{part(held.name)}?passage=30-540").status_code == 200
