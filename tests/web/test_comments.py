"""Comments on pages and by API: said, answered, hidden, closed; what is written is shown as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from lxml import html

from onrecord.web import comments
from onrecord.web.admission import WRITES
from onrecord.web.app import application
from onrecord.web.limits import Limit
from onrecord.web.linked import linked
from tests.web.entering import bearer, enter, signed, with_users

Client = TestClient[Litestar]


@pytest.fixture
def ledger(sample_ledger: Path, tmp_path: Path) -> Path:
    return with_users(sample_ledger, tmp_path)


@pytest.fixture
def client(ledger: Path) -> Iterator[Client]:
    with TestClient(application(ledger)) as client:
        yield client


def summit(client: Client) -> str:
    return str(client.get("/api/v1/events?q=summit").json()["items"][0]["id"])


def test_a_reader_says_something_and_another_hides_it(client: Client, ledger: Path) -> None:
    page = f"/events/{summit(client)}"
    assert "Log in</a> to say something" in client.get(page).text
    enter(client, "Ben")
    said = {"sign": signed(client, page), "event": summit(client), "attribute": "date", "next": page}
    answer = client.post(
        "/comments", data={**said, "text": "Is <b>this</b> sure? https://desk.example/a."}, follow_redirects=False
    )
    assert answer.status_code == 303 and answer.headers["Location"] == f"{page}#comment-1"
    shown = client.get(page).text
    assert "Is &lt;b&gt;this&lt;/b&gt; sure?" in shown and "<b>this</b>" not in shown
    assert '<a href="https://desk.example/a" rel="nofollow noopener noreferrer ugc"' in shown and "on its date" in shown
    assert client.post("/comments/1/reply", data={**said, "text": "Yes."}).status_code == 200
    assert client.post("/comments/1/moderate", data={**said, "what": "hide", "reason": "no"}).status_code == 403
    enter(client, "Ada")
    done = {"sign": signed(client, page), "next": page}
    assert client.post("/comments/1/moderate", data={**done, "what": "hide", "reason": "off topic"}).status_code == 200
    assert client.post("/comments/1/moderate", data={**done, "what": "close", "reason": "all said"}).status_code == 200
    assert "sure?" in client.get(page).text and "off topic" in client.get("/comments").text
    client.cookies.clear()
    others = client.get(page).text
    assert "sure?" not in others and "Hidden by" in others and "off topic" in others and "all said" in others
    enter(client, "Ben")
    assert (
        client.post("/comments/1/reply", data={**said, "sign": signed(client, page), "text": "But."}).status_code == 422
    )


def listed(client: Client, asked: str) -> tuple[str, list[str], str]:
    """The number on the tab of comments, the comments that a search lists, and by whom they can be narrowed."""
    tree = html.document_fromstring(client.get(f"/search?what=comments&{asked}").text)
    (tab,) = tree.xpath("//nav[@class='tabs']//a[@aria-current]/span/text()")
    shown = [each.text_content().strip() for each in tree.xpath("//ol[@class='items dated']/li/div/p[1]")]
    narrowed = "".join(each.text_content() for each in tree.xpath("//section[@class='facet']//li"))
    return tab, shown, narrowed


def test_comments_are_searched_and_what_is_hidden_is_found_by_moderators_alone(client: Client) -> None:
    page = f"/events/{summit(client)}"
    enter(client, "Ben")
    said = {"sign": signed(client, page), "event": summit(client), "next": page}
    for each in ("A <b>rumour</b> of the quay.", "The quay is closed."):
        client.post("/comments", data={**said, "text": each})
    assert listed(client, "q=rumour") == ("1", ["A <b>rumour</b> of the quay."], "Ben 1")
    assert listed(client, "q=QUAY&by=ben")[:2] == ("2", ["The quay is closed.", "A <b>rumour</b> of the quay."])
    enter(client, "Ada")
    client.post("/comments/1/moderate", data={"sign": signed(client, page), "what": "hide", "reason": "off topic"})
    hidden = client.get("/search?q=quay&what=comments").text
    assert listed(client, "q=rumour")[0] == "1" and "· hidden" in html.document_fromstring(hidden).text_content()
    client.cookies.clear()
    for asked in ("q=rumour", "q=topic", "by=Ada"):
        assert listed(client, asked)[:2] == ("0", []), asked
    assert listed(client, "q=quay")[:2] == ("1", ["The quay is closed."])
    elsewhere = html.document_fromstring(client.get("/search?q=rumour").text)
    assert elsewhere.xpath("//nav[@class='tabs']//a[contains(., 'Comments')]/span/text()") == ["0"]


def test_the_address_of_a_comment_leads_to_the_part_in_which_it_stands(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comments, "SHOWN", 2)
    page = f"/events/{summit(client)}"
    enter(client, "Ben")
    said = {"sign": signed(client, page), "event": summit(client), "next": page}
    for number in range(1, 6):
        client.post("/comments", data={**said, "text": f"Comment {number}."})
    client.post("/comments/1/reply", data={**said, "text": "An answer."})
    for number, part in ((5, 1), (4, 1), (3, 2), (1, 3), (6, 3)):
        led = client.get(f"/comments/{number}?as_of=2031-06-01", follow_redirects=False)
        assert led.headers["Location"] == f"/comments?part={part}&as_of=2031-06-01#comment-{number}"
        assert f'id="comment-{number}"' in client.get(led.headers["Location"]).text
    assert client.get("/comments/7").status_code == 404


def test_what_was_hidden_and_closed_is_shown_and_open_again(client: Client) -> None:
    page = f"/events/{summit(client)}"
    enter(client, "Ben")
    given = {"sign": signed(client, page), "event": summit(client), "next": page}
    assert client.post("/comments", data={**given, "text": "Is this sure?"}).status_code == 200
    enter(client, "Ada")
    done = {"sign": signed(client, page), "next": page, "reason": "a reason"}

    def offered() -> set[str]:
        return set(html.document_fromstring(client.get(page).text).xpath("//button[@name='what']/@value"))

    assert offered() == {"hide", "close"}
    for what in ("hide", "close"):
        assert client.post("/comments/1/moderate", data={**done, "what": what}).status_code == 200
    assert offered() == {"restore", "reopen"}
    for what in ("restore", "reopen"):
        answer = client.post("/comments/1/moderate", data={**done, "what": what}, follow_redirects=False)
        assert answer.status_code == 303 and answer.headers["Location"] == f"{page}#comment-1"
    assert offered() == {"hide", "close"}
    for wrong in ({"what": "burn"}, {"what": "hide", "reason": " "}):
        assert client.post("/comments/1/moderate", data={**done, **wrong}).status_code in (400, 422)
    client.cookies.clear()
    others = client.get(page).text
    assert "Is this sure?" in others and "Hidden by" not in others and "Closed by" not in others
    enter(client, "Ben")
    again = {**given, "sign": signed(client, page)}
    assert client.post("/comments/1/moderate", data={**again, "what": "restore", "reason": "x"}).status_code == 403
    assert "It is." in client.post("/comments/1/reply", data={**again, "text": "It is."}).text


def test_who_writes_too_often_is_told_when_to_go_on(client: Client, ledger: Path) -> None:
    now = [0.0]
    client.app.state["writes"] = Limit(*WRITES, now=lambda: now[0])
    event, page = summit(client), f"/events/{summit(client)}"
    enter(client, "Ben")
    form, writes = {"sign": signed(client, page), "event": event, "next": page}, bearer(ledger, "Ben", "write")

    def write(way: str) -> Any:
        now[0] += 0.1
        if way == "form":
            return client.post("/comments", data={**form, "text": "Again."}, follow_redirects=False)
        return client.post("/api/v1/comments", json={"text": "Again.", "about": {"event": event}}, headers=writes)

    assert {write(way).status_code for _ in range(WRITES[0] // 2) for way in ("form", "api")} == {303, 201}
    for way in ("form", "api"):
        refused = write(way)
        assert refused.status_code == 429 and 50 < int(refused.headers["Retry-After"]) <= 60, way
    assert refused.headers["content-type"].startswith("application/problem+json")
    ada = bearer(ledger, "Ada")
    others = client.post("/api/v1/comments", json={"text": "I too.", "about": {"event": event}}, headers=ada)
    assert others.status_code == 201, "others are not slowed down"
    now[0] += int(refused.headers["Retry-After"])
    assert write("form").status_code == 303


def test_statements_and_passages_have_talks(client: Client) -> None:
    held = client.get("/api/v1/statements?most=1").json()["items"][0]
    name, (start, stop) = quote(held["document"], safe=""), held["span"]
    enter(client, "Ben")
    for page, about in (
        (f"/statements/{start}-{stop}/{name}", {"statement": f"{start}-{stop}"}),
        (f"/documents/{name}?passage={start}-{stop}", {"start": str(start), "stop": str(stop)}),
    ):
        shown = client.get(page).text
        assert all(f'name="{key}" value="{value}"' in shown for key, value in about.items())
        said = {
            "sign": signed(client, page),
            "document": held["document"],
            **about,
            "next": page,
            "text": "Who says so?",
        }
        assert client.post("/comments", data=said).status_code == 200
        assert "Who says so?" in client.get(page).text
    whole = client.get(f"/documents/{name}?beside=comments").text
    assert whole.count("Who says so?") == 2 and "choose a passage" in whole
    assert "Who says so?" not in client.get(f"/documents/{name}").text, "only what is chosen stands beside the article"


def test_talks_by_api(client: Client, ledger: Path) -> None:
    event, writes = summit(client), bearer(ledger, "Ben")
    made = client.post("/api/v1/comments", json={"text": "One.", "about": {"event": event}}, headers=writes)
    assert made.status_code == 201
    number = made.json()["number"]
    more = client.post(f"/api/v1/comments/{number}/replies", json={"text": "Two."}, headers=writes)
    assert more.status_code == 201
    tag = client.get(f"/api/v1/comments?event={event}").headers["ETag"]
    (talk,) = client.get(f"/api/v1/comments?event={event}").json()["items"]
    assert [each["text"] for each in talk["comments"]] == ["One.", "Two."] and talk["comments"][0]["person"] == "Ben"
    hide = {"what": "hide", "reason": "a test"}
    assert client.post(f"/api/v1/comments/{number}/moderation", json=hide, headers=writes).status_code == 403
    assert (
        client.post(f"/api/v1/comments/{number}/moderation", json=hide, headers=bearer(ledger, "Ada")).status_code
        == 201
    )
    (talk,) = client.get(f"/api/v1/comments?event={event}", headers={"If-None-Match": tag}).json()["items"]
    assert talk["comments"][0]["text"] is None
    seen = client.get("/api/v1/comments", headers=bearer(ledger, "Ada")).json()["items"]
    assert seen[0]["comments"][0]["text"] == "One."
    refused = client.post("/api/v1/comments", json={"text": "x", "about": {"event": "E0"}}, headers=writes)
    assert refused.status_code == 422 and "no event" in refused.json()["detail"]


def test_a_claim_of_an_event_has_the_way_to_speak_of_it(client: Client, ledger: Path) -> None:
    path = f"/events/{summit(client)}?as_of=2031-06-01"
    links = html.document_fromstring(client.get(path).text).xpath("//a[contains(@class, 'speak')]")
    assert {each.text_content().partition(":")[0] for each in links} >= {
        "comment on its status", "comment on its date", "comment on its venue", "comment on its participant",
    }  # fmt: skip
    (date,) = [each.get("href") for each in links if "about=date.1" in each.get("href")]
    assert "as_of=2031-06-01" in date and date.endswith("#say")
    assert "about%3Ddate.1" in client.get(date).text, "the login leads back to it"
    enter(client, "Ben")
    tree = html.document_fromstring(client.get(date).text)
    (form,) = tree.xpath("//details[@class='say' and @open]//form[@action='/comments']")
    given = {each.get("name"): each.get("value") for each in form.xpath(".//input")}
    assert given["attribute"] == "date" and "about" not in given["next"]
    shown = client.post("/comments", data={**given, "text": "Is that day sure?"})
    assert shown.status_code == 200 and "on its date" in shown.text
    (talk,) = client.get(f"/api/v1/comments?event={summit(client)}").json()["items"]
    assert [str(each) for each in talk["span"]] == [given["start"], given["stop"]]
    assert f"passage={given['start']}-{given['stop']}" in shown.text and talk["document"] == given["document"]
    absent = {"kind": "claim", "event": summit(client), "attribute": "absent", "value": "Pavel Orm", "reason": "ill"}
    assert client.post("/api/v1/decisions", json=absent, headers=bearer(ledger, "Ben")).status_code == 201
    tree = html.document_fromstring(client.get(f"/events/{summit(client)}?about=absent.1").text)
    (form,) = tree.xpath("//details[@class='say' and @open]//form[@action='/comments']")
    assert "On who stays away, Pavel Orm" in " ".join(form.text_content().split())
    shown = client.post("/comments", data={**dict(form.form_values()), "text": "Is he?"})
    assert "on who stays away" in shown.text
    for nothing in ("date.9", "date", "mood.1", "host.1", "x" * 500):
        plain = html.document_fromstring(client.get(f"{path}&about={nothing}").text)
        assert plain.xpath("//select[@name='attribute']") and not plain.xpath("//details[@class='say' and @open]")


def test_talks_before_the_last_ones_are_reached(client: Client, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    event, writes = summit(client), bearer(ledger, "Ben")
    for text in ("One.", "Two.", "Three."):
        given = {"text": text, "about": {"event": event}}
        assert client.post("/api/v1/comments", json=given, headers=writes).status_code == 201
    monkeypatch.setattr(comments, "SHOWN", 2)
    for path, key in (
        (f"/events/{event}", "talks"),
        (f"/events/{event}?as_of=2031-06-01", "talks"),
        ("/comments", "part"),
    ):
        last = html.document_fromstring(client.get(path).text)
        assert said(last) == ["Three.", "Two."]
        (before,) = last.xpath("//nav[@aria-label='Parts of the comments']/a/@href")
        assert f"{key}=2" in before and before.endswith("#comments") and ("as_of" in before) == ("as_of" in path)
        first = html.document_fromstring(client.get(before).text)
        assert said(first) == ["One."]
        (back,) = first.xpath("//nav[@aria-label='Parts of the comments']/a/@href")
        assert said(html.document_fromstring(client.get(back).text)) == ["Three.", "Two."] and key not in back
        beyond = client.get(before.replace("=2#", "=9#"))
        assert beyond.status_code == 200 and "none so far back" in beyond.text
    for wrong in ("0", "x", "99999999999", "0" * 8 + "19999999999999999999", "²"):
        assert client.get(f"/events/{event}?talks={wrong}").status_code == 400
        assert client.get(f"/comments?part={wrong}").status_code == 400


def said(page: html.HtmlElement) -> list[str]:
    """What is said in the talks of a page, as it stands there."""
    return [each.text_content() for each in page.xpath("//*[@class='talks']//p[@class='said']")]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see https://a.example/b?c=d&e.", "https://a.example/b?c=d&amp;e"),
        ("(http://a.example/b)", "http://a.example/b"), ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("javascript:alert(1)", None), ("ftp://a.example", None), ("data:text/html,x", None),
        ("https://a.example/\u202eb", None), ('https://a.example/"onmouseover="x', "https://a.example/"),
        ("<script>https://a.example</script>", "https://a.example"), ("//a.example", None),
    ],
)  # fmt: skip
def test_only_addresses_of_pages_are_links(text: str, link: str | None) -> None:
    made = str(linked(text))
    assert made.count("<") == (2 if link else 0)
    assert link is None or f'<a href="{link}" rel="nofollow noopener noreferrer ugc"' in made
