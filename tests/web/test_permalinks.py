"""Addresses hold: a newer reading numbers anew, cuts otherwise or finds nothing, and a link leads to the same words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from lxml import html
from msgspec.structs import replace

from onrecord.ledger import By, decide_speaker, decisions, open_ledger, statements
from onrecord.ledger.comments import Subject, comment, talks
from onrecord.nouns import Block, Kept, Reader, Reading, Span, Speaker, Statement
from onrecord.web.app import application
from tests.ledger.keeping import NEW, NOON, OLD, filled, reading_of, source
from tests.web.serving import Client

DAM = "“The dam of Kest will hold through the whole of the spring,”"
FERRY = "the ferries of Ostrev would not sail before noon."
TEXT = f"{DAM} Dalgard said on Monday. Reyk said {FERRY}"
OTHER = f"Correction follows. Grau denied that he had sold the mill of Selm. {TEXT}"


def at(words: str, text: str = TEXT) -> Span:
    return text.index(words), text.index(words) + len(words)


def place(words: str, text: str = TEXT) -> str:
    start, stop = at(words, text)
    return f"{start}-{stop}"


def read_as(text: str, *found: str, reader: Reader = OLD, name: str = "dam") -> Kept:
    """A document read so that it has some words as statements, in their order numbered."""
    given = source(name, text)
    made = reading_of(given)
    (model,) = made.statements

    def said(number: int, words: str) -> Statement:
        form = "direct" if words[0] == "“" else "indirect"
        speaker = Speaker(entity=None, span=(), how="unknown")
        return replace(
            model, id=f"s{number}", form=form, content=(at(words, text),), words=words, speaker=speaker, via=()
        )

    document = replace(made.document, blocks=(Block(kind="paragraph", span=(0, len(text)), source=()),))
    numbered = tuple(said(number, words) for number, words in enumerate(found, 1))
    return Kept(source=given, reading=Reading(reader=reader, document=document, statements=numbered))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with a document of two statements."""
    filled(tmp_path / "a", read_as(TEXT, DAM, FERRY))[0].close()
    return tmp_path / "a"


@pytest.fixture
def client(path: Path) -> Iterator[Client]:
    with TestClient(application(path)) as client:
        yield client


def read_again(path: Path, *found: str) -> None:
    """The document is read by a newer reader, which finds these."""
    filled(path, read_as(TEXT, *found, reader=NEW), reader=NEW)[0].close()


def links(path: Path) -> dict[str, str]:
    """The addresses by which pages lead to statements, by their words."""
    with open_ledger(path) as ledger, TestClient(application(path)) as client:
        found = {}
        for each in statements(ledger):
            tree = html.document_fromstring(client.get(f"/search?q={max(each.words.split(), key=len)}").text)
            (link,) = tree.xpath("//article[@class='said']//a[starts-with(@href, '/statements/')]/@href")
            found[each.words] = str(link)
    return found


def told(client: Client, link: str) -> html.HtmlElement:
    answer = client.get(link)
    assert answer.status_code == 200, link
    return html.document_fromstring(answer.text)


def heading(client: Client, link: str) -> str:
    return str(told(client, link).xpath("string(//h1)")).strip()


def notes(client: Client, link: str) -> str:
    return " ".join(told(client, link).xpath("//main//p[@class='note']//text()"))


def test_a_link_leads_to_the_same_words_whatever_they_are_numbered(client: Client, path: Path) -> None:
    before = links(path)
    assert {words: link.split("?")[0] for words, link in before.items()} == {
        words: f"/statements/{place(words)}/dam" for words in (DAM, FERRY)
    }
    read_again(path, FERRY, DAM)
    assert links(path) == before
    for words, link in before.items():
        assert words in heading(client, link) and notes(client, link) == ""
        assert words in heading(client, f"{link}&as_of=2031-05-30")


def test_a_statement_in_other_bounds_is_the_one_and_says_so(client: Client, path: Path) -> None:
    link = links(path)[FERRY]
    longer = f"Reyk said {FERRY}"
    read_again(path, "Monday.", longer)
    assert longer in heading(client, link)
    assert "in other bounds" in notes(client, link)
    (words,) = told(client, link).xpath("//p[@class='note']/a[text()='these words']/@href")
    assert f"passage={place(FERRY)}" in words
    own = next(each for each in told(client, link).xpath("//a[text()='Permalink']/@href"))
    assert f"/statements/{place(longer)}/dam" in own and notes(client, own) == ""


def test_what_the_newest_reading_does_not_hold_is_told_by_the_one_that_did(client: Client, path: Path) -> None:
    link = links(path)[DAM]
    with open_ledger(path) as ledger:
        about = Subject(document="dam", statement=place(DAM))
        number = comment(ledger, about, "Which dam?", "Ada", NOON)
    read_again(path, FERRY)
    assert DAM in heading(client, link)
    assert "has no statement here" in notes(client, link)
    page = told(client, link).text_content()
    assert "Which dam?" in page and "All prints of it" in page
    assert number and "Events that it speaks of" not in page


def test_a_place_of_which_no_reading_tells_leads_to_its_words(client: Client) -> None:
    words = "Dalgard said on Monday."
    answer = client.get(f"/statements/{place(words)}/dam?as_of=2031-05-30", follow_redirects=False)
    assert answer.status_code == 307 and "as_of=2031-05-30" in answer.headers["location"]
    lit = told(client, answer.headers["location"]).xpath("//*[contains(@class, 'lit-passage')]")
    assert "".join(each.text_content() for each in lit) == words
    for nowhere in (f"9000-{len(TEXT) + 9000}/dam", f"{place(words)}/nothing", "5-5/dam", "s7/dam"):
        assert client.get(f"/statements/{nowhere}").status_code == 404, nowhere
        assert client.get(f"/quotes/{nowhere}").status_code == 404, nowhere


@pytest.mark.parametrize("kind", ["statements", "quotes"])
def test_an_old_address_by_number_leads_to_the_place_that_it_meant(client: Client, path: Path, kind: str) -> None:
    answer = client.get(f"/{kind}/s1/dam?as_of=2031-05-30", follow_redirects=False)
    assert answer.status_code == 307
    begin = f"/{kind}/{place(DAM)}/" if kind == "statements" else f"/{kind}/{at(DAM)[0] + 1}-{at(DAM)[1] - 1}/"
    location = answer.headers["location"]
    assert location.startswith(f"{begin}dam?as_of=2031-05-30&version=") and "number" not in location
    assert DAM[1:-1] in told(client, location).text_content()
    read_again(path, "Monday.", FERRY, DAM)
    later = client.get(f"/{kind}/s3/dam", follow_redirects=False).headers["location"]
    assert later.startswith(begin) and "number" not in later, "one reading alone has it"


def test_a_number_of_which_readings_mean_different_words_says_so(client: Client, path: Path) -> None:
    read_again(path, FERRY, DAM)
    assert FERRY in heading(client, "/statements/s1/dam")
    assert "The number s1 is of one reading" in notes(client, "/statements/s1/dam")
    (other,) = told(client, "/statements/s1/dam").xpath("//p[@class='note']/a/@href")
    assert DAM in heading(client, other) and notes(client, other) == ""
    assert "The number s2 is of one reading" in notes(client, "/quotes/s2/dam")


def test_an_address_is_of_one_text_also_when_another_comes_in_under_the_id(client: Client, path: Path) -> None:
    link = links(path)[DAM]
    filled(path, read_as(OTHER, "he had sold the mill of Selm."))[0].close()
    assert DAM in heading(client, link)
    assert "A later text came in" in notes(client, link)
    (of_last,) = (each for words, each in links(path).items() if "mill" in words)
    assert "mill of Selm" in heading(client, of_last)


def test_the_prints_of_a_quote_hold_to_its_place(client: Client, path: Path) -> None:
    whole = told(client, links(path)[DAM])
    (link,) = whole.xpath("//a[text()='All prints of it']/@href")
    read_again(path, FERRY, DAM)
    page = told(client, link)
    assert page.xpath("//li[contains(@class, 'chosen')]") and notes(client, link) == ""
    assert client.get(link.replace("as_of", "x") + "&as_of=2031-01-01").status_code == 200
    answer = client.get(f"/quotes/{place(FERRY)}/dam", follow_redirects=False)
    assert answer.headers["location"].startswith("/documents/dam?passage=" + place(FERRY))
    listed = client.get(f"/api/v1/quotes?of=dam%23{place(DAM)}").json()
    assert [each["article"] for each in listed["prints"]] == ["dam"]


def test_what_people_say_and_decide_of_a_place_stays_with_its_words(client: Client, path: Path) -> None:
    link = links(path)[FERRY]
    with open_ledger(path) as ledger:
        comment(ledger, Subject(document="dam", statement="s2"), "Noon of which day?", "Ada", NOON)
    read_again(path, FERRY, DAM)
    with open_ledger(path) as ledger:
        by = By("Ada", "she said so", NOON)
        decide_speaker(ledger, "dam", place(FERRY), "Olo Reyk", by)
        (talk,) = talks(ledger, Subject(document="dam", statement=place(FERRY)), 9)
        assert talk.comments[0].text == "Noon of which day?" and len(decisions(ledger)) == 1
        assert {each.words: each.speaker for each in statements(ledger)}[FERRY] == "Olo Reyk"
    page = told(client, link).text_content()
    assert "Noon of which day?" in page and "Olo Reyk" in page


def test_nothing_is_looked_through_to_find_a_place(path: Path) -> None:
    """Of a million statements those of one document are looked at."""
    from onrecord.ledger.kept import kept
    from onrecord.ledger.places import meant_by, statement_at

    seen: list[str] = []
    with open_ledger(path) as ledger:
        held = kept(ledger, "dam")
        assert held is not None
        ledger.connection.set_trace_callback(seen.append)
        assert statement_at(ledger, held, at("Dalgard said on Monday.")) is None
        assert meant_by(ledger.connection, held.number, "s1") is not None
        ledger.connection.set_trace_callback(None)
        plans = [row[3] for each in seen for row in ledger.connection.execute(f"EXPLAIN QUERY PLAN {each}")]
    assert plans and not [each for each in plans if each.startswith("SCAN")], plans


def test_a_ledger_that_is_made_anew_answers_old_addresses(client: Client, path: Path, tmp_path: Path) -> None:
    link = links(path)[DAM]
    filled(tmp_path / "b", read_as(TEXT, FERRY))[0].close()
    with TestClient(application(tmp_path / "b")) as anew:
        assert DAM in told(anew, link).xpath("string(//blockquote[contains(@class, 'passage')])")
