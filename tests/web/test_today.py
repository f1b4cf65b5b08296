"""The first page and the list of events: what changed, what a reader has seen, what is coming, open and contested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from onrecord.ledger import open_ledger
from onrecord.ledger.events import Listed
from onrecord.ledger.lately import last_document
from onrecord.ledger.state import Value
from onrecord.web.app import application
from onrecord.web.today import due
from tests.web.entering import enter, signed, with_users
from tests.web.serving import Client


def section(page: str, name: str) -> str:
    """The part of a page under a heading of this id."""
    found = re.search(rf'<section aria-labelledby="{name}">(.*?)</section>', page, re.DOTALL)
    assert found is not None, name
    return found[1]


@pytest.fixture
def last(sample_ledger: Path) -> int:
    with open_ledger(sample_ledger) as ledger:
        return last_document(ledger)


def test_what_changed_since_a_day_is_told_with_both_values_and_the_passage(client: Client) -> None:
    changed = section(client.get("/?as_of=2031-05-20&since=2031-05-01").text, "changed")
    assert "summit</a>" in changed
    assert '<del dir="auto">22 May 2031</del> <ins dir="auto">5 June 2031</ins>' in changed
    assert re.search(r'href="/documents/[^"]+\?as_of=2031-05-20&amp;passage=(\d+-\d+)#p\1"', changed)
    assert "New" not in changed


def test_what_is_new_is_told_apart(client: Client) -> None:
    page = client.get("/?as_of=2031-03-11&since=2031-03-01").text
    assert "Nothing that was known before" in section(page, "changed")
    assert "/events/E" in section(page, "new")


def test_what_is_coming_stands_under_its_time_and_what_has_no_date_under_open(client: Client) -> None:
    page = client.get("/?as_of=2031-05-01").text
    assert "Week of 19 May 2031" in section(page, "coming") and "summit" in section(page, "coming")
    assert re.search(r"second meeting</a>.*?date <.*?○.*?open", section(client.get("/").text, "open"), re.DOTALL)


def test_what_a_reader_has_seen_is_remembered_only_at_his_word(client: Client, last: int) -> None:
    assert "set-cookie" not in client.get("/").headers
    answer = client.post("/seen", data={"document": str(last)}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and f"seen={last}" in cookie and "Path=/" in cookie
    page = client.get("/").text
    assert "Since you looked last" in page
    assert "Nothing that was known before" in section(page, "changed")
    assert "No event is told of for the first time" in section(page, "new")


def test_another_site_can_not_say_what_a_reader_has_seen(client: Client) -> None:
    answer = client.post("/seen", data={"document": "9"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403 and "set-cookie" not in answer.headers


@pytest.fixture
def team(sample_ledger: Path, tmp_path: Path) -> Path:
    return with_users(sample_ledger, tmp_path)


def test_who_is_logged_in_has_one_last_look_on_all_machines(team: Path, last: int) -> None:
    served = application(team)
    with TestClient(served) as one, TestClient(served) as other:
        assert enter(one, "Cy").status_code == enter(other, "cy").status_code == 303
        assert "Since you looked last" not in other.get("/").text
        seen = {"sign": signed(one, "/"), "document": str(last)}
        answer = one.post("/seen", data=seen, follow_redirects=False)
        assert answer.status_code == 303 and "set-cookie" not in answer.headers
        page = other.get("/").text
        assert "Since you looked last" in page and "Nothing that was known before" in section(page, "changed")
        older = {"sign": signed(other, "/"), "document": str(last - 3)}
        assert "Nothing that was known before" in section(other.post("/seen", data=older).text, "changed")
        other.cookies.clear()
        assert "Since you looked last" not in other.get("/").text, "it is his, not the browser's"
        enter(other, "Ben")
        assert "Since you looked last" not in other.get("/").text


def test_what_somebody_has_seen_is_said_by_a_form_of_his_login_alone(team: Path, last: int) -> None:
    with TestClient(application(team)) as client:
        enter(client, "Cy")
        for sign in ({}, {"sign": "0" * 64}):
            assert client.post("/seen", data={**sign, "document": str(last)}).status_code == 403
        assert "Since you looked last" not in client.get("/").text


def test_what_came_behind_what_was_seen_is_told(client: Client, last: int) -> None:
    client.post("/seen", data={"document": str(last - 3)})
    page = client.get("/").text
    assert "/events/E" in section(page, "changed") + section(page, "new")
    assert "Since you looked last" not in client.get("/?since=2031-05-01").text


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "¹", "1; drop"])
def test_a_cookie_of_somebody_else_is_no_harm(client: Client, seen: str) -> None:
    client.cookies.set("seen", seen.encode("ascii", "ignore").decode())
    assert client.get("/").status_code == 200
    assert client.post("/seen", data={"document": seen}, follow_redirects=False).status_code == 303


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    path = tmp_path_factory.mktemp("empty") / "a"
    open_ledger(path, create=True).close()
    with TestClient(application(path)) as client:
        yield client


@pytest.mark.parametrize(
    "path", ["/", "/events", "/events?q=summit", "/events?status=planned", "/sources", "/about", "/keys"]
)
def test_an_empty_ledger_has_all_pages(empty: Client, path: str) -> None:
    answer = empty.get(path)
    assert answer.status_code == 200 and "</html>" in answer.text


def rows(page: str) -> list[str]:
    return re.findall(r'<a class="what" href="/events/(E\w+)', page)


def test_events_are_filtered_by_words_days_status_and_kind(client: Client) -> None:
    assert "Velik–Dalgard summit" in client.get("/events?q=Velik+Dalgard+summit").text
    held = client.get("/events?from=2031-06-01&to=2031-06-10").text
    assert "5 June 2031" in held and "September 2031" not in held
    planned = client.get("/events?status=planned").text
    assert rows(planned) and "is-scheduled" not in planned
    assert rows(client.get("/events?kind=meeting").text)
    assert rows(client.get("/events?kind=exercise").text) == []
    assert "No event answers" in client.get("/events?q=walrus").text


def test_a_list_goes_on_where_it_ended(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rows(client.get("/events").text)
    monkeypatch.setattr("onrecord.web.event.PART", 5)
    first = client.get("/events?as_of=2031-06-06")
    assert rows(first.text.replace("?as_of=2031-06-06", "")) == whole[:5]
    assert "as_of=2031-06-06" in first.text and "part=2" in first.text
    assert rows(client.get("/events?part=2").text) == whole[5:10]
    assert client.get("/events?part=0").status_code == 400


def listed(value: str) -> Listed:
    return Listed("E", "talks", "talks", "planned", Value(value), Value(), (), False, 1)


@pytest.mark.parametrize(
    ("value", "stretch"),
    [
        ("2031-05-22", "Thursday 22 May 2031"),
        ("2031-06-16", "Week of 16 June 2031"),
        ("2031-09-03", "September 2031"),
        ("2031-06", "June 2031, no day yet"),
        ("2031", "2031, no day yet"),
        ("2031-05-18/2031-05-25", "Now"),
        ("2031-03-11/2031-05-31", "Some time up to 31 May 2031"),
        ("2031-05-10", "Under way or overdue"),
        ("next year", "next year"),
    ],
)
def test_the_farther_off_the_longer_the_stretch(value: str, stretch: str) -> None:
    assert [each.name for each in due([listed(value)], "2031-05-20")] == [stretch]
