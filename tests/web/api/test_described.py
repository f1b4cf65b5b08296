"""What the document of the API tells besides answers in JSON: the files, and what is sent to webhooks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator
from lxml import etree

from onrecord.alerts import alert, try_out
from onrecord.ledger.alert_rules import Rule, add_rule, rule_named
from onrecord.publish.formats import FORMATS
from onrecord.web.api.described import described
from onrecord.web.app import application
from onrecord.web.files import EVENT_FILES, PATHS
from tests.alerts.receiving import Receiver, receiver
from tests.ledger.test_alerting import more
from tests.ledger.test_events import STORY, ledger_of, told
from tests.web.api.test_random import NOWHERE
from tests.web.serving import Client

__all__ = ["receiver", "told"]

DOCUMENT = described(application(NOWHERE).openapi_schema.to_schema())
FILES = {path: item["get"] for path, item in DOCUMENT["paths"].items() if item.get("get", {}).get("tags") == ["files"]}


@pytest.fixture(scope="module")
def event(served_story: Client) -> str:
    name: str = served_story.get("/api/v1/events", params={"q": "summit"}).json()["items"][0]["id"]
    return name


def test_every_file_of_a_page_is_described() -> None:
    of_all, of_one = {f"/api/v1{path}" for path in PATHS}, {f"/api/v1/events/{{id}}{end}" for end in EVENT_FILES}
    assert set(FILES) == of_all | of_one
    assert {path.rpartition("/")[2].partition(".")[2] for path in FILES} == {
        form.suffix[1:] for form in FORMATS.values()
    }


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_what_the_document_says(client: Client, event: str, path: str) -> None:
    answer = client.get(path.replace("{id}", event))
    (media,) = FILES[path]["responses"]["200"]["content"]
    assert answer.status_code == 200 and answer.content and answer.headers["ETag"]
    assert answer.headers["Content-Type"].partition(";")[0] == media
    page = client.get(path.replace("{id}", event).removeprefix("/api/v1"))
    assert page.headers["Content-Type"] == answer.headers["Content-Type"]


@pytest.mark.parametrize("query", ["", "as_of=", "as_of=2031-05-10"])
def test_the_file_of_an_event_is_as_of_a_day(client: Client, event: str, query: str) -> None:
    program, page = (client.get(f"{begin}/events/{event}.md?{query}") for begin in ("/api/v1", ""))
    assert program.text == page.text and "Velik" in page.text


@pytest.mark.parametrize(("query", "status"), [("as_of=null", 400), ("as_of=soon", 400), ("as_of=1999-01-01", 200)])
def test_a_day_that_is_none_is_told_as_everywhere(client: Client, event: str, query: str, status: int) -> None:
    answer = client.get(f"/api/v1/events/{event}.ics?{query}")
    assert answer.status_code == status
    if status == 400:
        assert answer.headers["Content-Type"] == "application/problem+json"


def _example(name: str) -> Any:
    (content,) = FILES[f"/api/v1/{name}"]["responses"]["200"]["content"].values()
    return content["examples"]["story"]["value"]


def test_examples_of_files_are_such_files() -> None:
    for name in ("events.ics", "events/{id}.ics"):
        calendar = Calendar.from_ical(_example(name))
        assert [each.name for each in calendar.subcomponents] == ["VJOURNAL"]
    for name in ("changes.atom", "statements.atom", "events/{id}.atom"):
        feed = feedparser.parse(_example(name))
        assert feed.version == "atom10" and feed.entries and not feed.bozo
    for name in ("changes.feed.json", "statements.feed.json"):
        assert _example(name)["version"] == "https://jsonfeed.org/version/1.1" and _example(name)["items"]
    assert etree.fromstring(_example("statements.graphml").encode()).tag.endswith("graphml")
    assert _example("statements.csv").startswith("document,") and _example("statements.csv").count("\n") == 2


@pytest.mark.usefixtures("told")
def test_a_message_to_a_webhook_is_as_the_document_says(tmp_path: Path, receiver: Receiver) -> None:
    sent = DOCUMENT["webhooks"]["alert"]["post"]
    schema = sent["requestBody"]["content"]["application/json"]["schema"] | {"components": DOCUMENT["components"]}
    with ledger_of(tmp_path / "l", STORY[0]) as ledger:
        rule = Rule(name="every", to=(receiver.address,), private=True, address="https://desk.example")
        receiver.secret = add_rule(ledger, rule, datetime.now(UTC)).targets[0].secret or ""
        more(ledger, STORY[1])
        alert(ledger, lambda: datetime.now(UTC))
        kept = rule_named(ledger, "every")
        assert kept is not None
        try_out(kept, lambda: datetime.now(UTC))
    assert [body["type"] for _, body in receiver.came] == ["changes", "trial"]
    for head, (_, body) in zip(receiver.heads, receiver.came, strict=True):
        Draft202012Validator(schema).validate(body)
        assert {each["name"] for each in sent["parameters"]} <= set(head)
    with_more = receiver.came[0][1] | {"type": "other"}
    assert list(Draft202012Validator(schema).iter_errors(with_more))
