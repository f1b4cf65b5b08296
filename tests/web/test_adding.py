"""Documents by POST: read by the models in a process of their own, kept once, told about later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from lxml import html

from onrecord.acquire.bounded import LIMIT
from onrecord.ledger.store import SENT
from onrecord.web import adding, bringing
from onrecord.web.app import application
from tests.web.api.test_api import is_problem
from tests.web.entering import bearer, enter, signed, with_users

Client = TestClient[Litestar]

ADDRESS = "/api/v1/documents"
STORY = (
    "<html><head><title>Ferry talks on Monday</title></head><body><article><h1>Ferry talks on Monday</h1>"
    "<p>Talks on the ferry will be held in Ostrev on Monday, the minister, Ana Dalgard, said.</p>"
    "<p>“We will not close the line,” she said.</p></article></body></html>"
)


@pytest.fixture(scope="module")
def ledger(sample_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_users(sample_ledger, tmp_path_factory.mktemp("adding"))


@pytest.fixture(scope="module")
def client(ledger: Path) -> Iterator[Client]:
    with TestClient(application(ledger)) as client:
        client.headers.update(bearer(ledger, "Ben"))
        yield client


def test_a_document_is_read_kept_once_and_told_about(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    html = {"Content-Type": "text/html; charset=utf-8"}
    monkeypatch.setattr(adding, "PATIENCE", 0.0)
    sent = client.post(f"{ADDRESS}?id=a/b%20c&outlet=The+Courier&published=2031-06-08", content=STORY, headers=html)
    assert sent.status_code == 202 and sent.json()["outcome"] == "waiting"
    monkeypatch.setattr(adding, "PATIENCE", 120.0)
    again = client.post(f"{ADDRESS}?id=a/b%20c&outlet=The+Courier&published=2031-06-08", content=STORY, headers=html)
    assert again.status_code == 201 and again.json()["document"] == "a/b c"
    told = client.get(sent.headers["Location"]).json()
    assert (told["outcome"], told["document"]) == ("added", "a/b c")
    reading = client.get(again.headers["Location"]).json()
    assert reading["document"]["outlet"] == "The Courier" and reading["statements"]
    known = client.post(f"{ADDRESS}?id=a/b%20c&outlet=The+Courier&published=2031-06-08", content=STORY, headers=html)
    assert known.status_code == 200 and known.json()["outcome"] == "known"
    record = {"text": "Ana Dalgard said the line would stay open.", "id": "d2", "published": "2031-06-09"}
    assert client.post(ADDRESS, json=record).json()["document"] == "d2"
    broken = client.post(ADDRESS, content=b"%PDF-1.7 " + b"x" * 50, headers=html)
    assert "PDF" in is_problem(broken, 422)["detail"]
    (problem,) = client.get("/api/v1/problems").json()["items"]
    assert problem["place"].startswith(SENT)


def test_what_is_no_document_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    is_problem(client.post(ADDRESS, content=b"x", headers={"Content-Type": "application/pdf"}), 415)
    is_problem(client.post(ADDRESS, json={"html": 1}), 400)
    is_problem(client.post(ADDRESS, json={"words": "x"}), 400)
    assert "neither" in is_problem(client.post(ADDRESS, json={"id": "x"}), 422)["detail"]
    is_problem(client.post(ADDRESS, content=b"x" * (LIMIT + 1), headers={"Content-Type": "text/plain"}), 413)
    is_problem(client.get(f"/api/v1/additions/{'0' * 64}"), 404)
    is_problem(client.get("/api/v1/additions/none"), 400)
    monkeypatch.setattr(adding, "WAITING", 0)
    full = client.post(ADDRESS, json={"text": "Another one."})
    assert is_problem(full, 503) and full.headers["Retry-After"]


def test_a_process_that_ends_is_started_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    state = client.app.state.adding
    client.post(ADDRESS, json={"text": "Ana Dalgard said so.", "id": "d3"})
    for process in list(state._pool._processes.values()):
        process.terminate()
        process.join()
    monkeypatch.setattr(adding, "PATIENCE", 120.0)
    assert client.post(ADDRESS, json={"text": "Ana Dalgard said more.", "id": "d5"}).status_code == 201


def brought(
    client: Client, form: dict[str, str], file: tuple[str, bytes] | None = None, sign: str = ""
) -> html.HtmlElement:
    sent = client.post(
        "/add", data={"sign": sign or signed(client, "/add"), **form}, files={"file": file} if file else {}
    )
    assert sent.status_code == 200, sent.text
    return html.document_fromstring(sent.text)


def told(page: html.HtmlElement) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.xpath("//ol[contains(@class, 'brought')]/li")]


def test_people_bring_documents_by_form(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Log in" in client.get("/add").text and 'name="file"' not in client.get("/add").text
    enter(client, "Ben")
    monkeypatch.setattr(adding, "PATIENCE", 120.0)
    said = {"published": "2031-06-08", "outlet": "The Courier", "title": "On the line", "id": "pasted 1"}
    page = brought(client, {**said, "text": "Talks on the ferry will be held in Ostrev on 11 June, Ana Dalgard said."})
    assert told(page) == ["Read: On the line The Courier, 8 June 2031 · 1 statement, 1 event"]
    assert client.get(page.xpath("//ol[contains(@class, 'brought')]//a/@href")[0]).status_code == 200
    lines = (
        b'{"text": "The line is open.", "id": "l1", "published": "2031-06-09"}\nno json\n{"text": "It is.", "id": "l3"}'
    )
    one, two, three = told(brought(client, {"outlet": "The Gazette", "id": "none of theirs"}, ("<b>.jsonl", lines)))
    assert one.startswith("Read: l1 The Gazette, 9 June 2031") and two.startswith("Not read: <b>.jsonl:2")
    assert "no day of publication" in three and "bring it again with its day" in three
    (again,) = told(brought(client, {"outlet": "The Gazette"}, ("b.jsonl", lines.splitlines()[0])))
    assert again.startswith("It was there already: l1")


def test_what_a_form_brings_is_refused_with_the_reason(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(client, "Ben")
    assert "PDF" in told(brought(client, {}, ("a.html", b"%PDF-1.7 x")))[0]
    assert "Nothing was sent" in brought(client, {}).text_content()
    monkeypatch.setattr(bringing, "MOST", 1)
    monkeypatch.setattr(adding, "WAITING", 0)
    page = brought(client, {}, ("a.jsonl", b'{"text": "One.", "id": "m1"}\n{"text": "Two.", "id": "m2"}'))
    assert ["too many documents wait" in each for each in told(page)] == [
        True
    ] and "more than 1 doc" in page.text_content()
    assert client.post("/add", data={"sign": "0" * 64, "text": "x"}).status_code == 403
    big = {"file": ("big.txt", b"x" * (LIMIT + 1_000_001))}
    assert client.post("/add", data={"sign": signed(client, "/add")}, files=big).status_code == 413


def test_what_is_still_being_read_is_told_of_later(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(client, "Ben")
    monkeypatch.setattr(adding, "PATIENCE", 0.0)
    page = brought(client, {"text": "Ana Dalgard said that it would be read later.", "id": "later"})
    (link,) = page.xpath("//ol[contains(@class, 'brought')]//a/@href")
    for _ in range(600):
        (what,) = told(html.document_fromstring(client.get(link).text))
        if not what.startswith("Being read"):
            break
        sleep(0.2)
    assert what.startswith("Read: later")
    assert client.get(f"/add/{'0' * 64}").status_code == 404


def test_nobody_brings_anything_without_a_login(ledger: Path) -> None:
    with TestClient(application(ledger)) as client:
        sent = client.post("/add", data={"text": "x"}, follow_redirects=False)
        assert sent.status_code == 303 and sent.headers["Location"].startswith("/login")
        enter(client, "Cy")
        assert client.post("/add", data={"text": "x"}, follow_redirects=False).status_code == 403
