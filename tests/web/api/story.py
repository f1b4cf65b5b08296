"""The examples of the API's document, made of the sample story: ``python -m tests.web.api.story`` writes them again."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from litestar.testing import TestClient

from onrecord.alerts.messages import payload
from onrecord.ledger import changes
from onrecord.ledger.alert_rules import Rule, Target
from onrecord.ledger.outbox import Alert, Delivery
from onrecord.publish.formats import Kind
from onrecord.web.api.described import EXAMPLES
from onrecord.web.app import application
from onrecord.web.files import EVENT_FILES, PATHS
from tests.samples.sample_corpus import SAMPLES
from tests.web.entering import bearer, with_users
from tests.web.serving import Client, story

HOOK = "https://alerts.example/hook"
HELD = files("onrecord.web.api") / EXAMPLES

SENT: dict[str, tuple[str, dict[str, Any]]] = {
    "check": (
        "check",
        {"quote": "The pass will be open on the first of July.", "speaker": "Mara Lindqvist", "date": "2031-06-06"},
    ),
    "begin-talk": (
        "comments",
        {"text": "The ministry has another day.", "about": {"event": ""}},
    ),
    "add-document": ("documents", {"text": "Ana Dalgard said that the pass would open.", "published": "2031-06-07"}),
    "reply": ("comments/1/replies", {"text": "It was put right at noon."}),
    "decide": (
        "decisions",
        {"kind": "claim", "event": "", "attribute": "venue", "value": "Ostrev", "reason": "Seen."},
    ),
    "make-webhook": (
        "webhooks",
        {
            "name": "summit date",
            "url": HOOK,
            "events": ["Velik Dalgard summit"],
            "attributes": ["date"],
            "what": ["settled"],
        },
    ),
    "moderate": ("comments/1/moderation", {"what": "close", "reason": "It is cleared up."}),
}
LISTS = 1
"""Things of each list that an example has."""
TEXT = 160
"""Code points of each text."""


def made(client: Client, writes: dict[str, str]) -> dict[str, Any]:
    """Return the example of each operation: what is answered and what was sent."""
    document = client.get("/api/v1/documents").json()["items"][0]["name"]
    event = client.get("/api/v1/events?q=summit").json()["items"][0]["id"]
    entity = client.get("/api/v1/entities").json()["items"][0]["id"]
    asked = {
        "events": "events?q=summit&most=1",
        "event": f"events/{event}?as_of=2031-05-10",
        "changes": "changes?since=2031-05-01&most=1",
        "decisions": "decisions",
        "documents": "documents?most=1",
        "reading": f"reading?document={quote(document)}",
        "statements": "statements?q=pass&most=1",
        "sources": "sources?most=1",
        "copies": "copies?most=1",
        "quotes": f"quotes?of={quote('the pass')}",
        "entities": "entities?most=1",
        "entity": f"entities/{entity}",
        "search": "search?q=summit&most=1",
        "search-statements": "search/statements?q=summit&most=1",
        "search-documents": "search/documents?q=summit+venue&most=1",
        "search-events": "search/events?q=summit&most=1",
        "search-entities": "search/entities?q=velik&most=1",
        "stats": "stats",
        "problems": "problems",
        "comments": f"comments?event={event}",
        "webhooks": "webhooks",
        "webhook": "webhooks/summit%20date",
    }
    SENT["decide"][1]["event"] = event
    SENT["begin-talk"][1]["about"]["event"] = event
    found: dict[str, dict[str, Any]] = {}
    for name, (path, body) in SENT.items():
        answer = client.post(f"/api/v1/{path}", json=body, headers=writes)
        assert answer.status_code < 300, answer.text
        found[name] = {"sent": body, "answer": _short(answer.json())}
    found["make-webhook"]["answer"] |= {"secret": "whsec_…"}
    found["alert"] = _alert(client, event)
    found["try-webhook"] = {"answer": {"sent": True, "error": None}}
    asked["addition"] = f"additions/{found['add-document']['answer']['id']}"
    taken = {name.replace(".", "-"): {"answer": _file(client, path)} for name, path in _files(event, document).items()}
    return {name: {"answer": _got(client, path)} for name, path in asked.items()} | found | taken


def _got(client: Client, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, (path, answer.text)
    return _short(answer.json())


def _files(event: str, document: str) -> dict[str, str]:
    """The address of each file that people can read, narrowed so that it is short."""
    few: dict[Kind, str] = {
        "documents": "to=2031-03-11", "statements": "q=venue", "readings": f"q={quote(document)}",
        **dict.fromkeys(("events", "claims", "evidence"), f"q={event}&as_of=2031-03-11"),
        "changes": f"q={event}&to=2031-03-20",
    }  # fmt: skip
    every = {path[1:]: (form, f"{path[1:]}?{few[kind]}") for path, (form, kind) in PATHS.items()}
    one = {f"event{end}": (form, f"events/{event}{end}?as_of=2031-03-11") for end, (form, _) in EVENT_FILES.items()}
    return {name: path for name, (form, path) in (every | one).items() if form.name not in ("html", "parquet")}


def _file(client: Client, path: str) -> Any:
    """A file as an example: what is JSON shortened, of tables and lines the first."""
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, (path, answer.text)
    media, text = answer.headers["Content-Type"].partition(";")[0], answer.content.decode("utf-8-sig")
    if media.endswith("+json"):
        return _short(answer.json())
    if media == "application/jsonl":
        return json.dumps(_short(json.loads(text.partition("\n")[0])), ensure_ascii=False) + "\n"
    return "".join(text.splitlines(keepends=True)[:2]) if media == "text/csv" else text


def _alert(client: Client, event: str) -> dict[str, Any]:
    """What a webhook is sent of an event's date, and a trial."""
    with client.app.state.desk.ledger() as ledger:
        of_date = [each for each in changes(ledger) if (each.event, each.attribute) == (event, "date")]
    moved = next(each for each in of_date if each.what == "changed")
    rule, where = Rule(name="summit date", address="https://desk.example"), Target(HOOK, None, False)
    at = f"{moved.day}T07:30:05+00:00"
    told = {"story": (Alert(change=moved, origins=1, rule=rule.name),), "trial": ()}
    return {
        name: _short(json.loads(payload(Delivery(number=1, message="", made=at, rule=rule, target=where, alerts=each))))
        for name, each in told.items()
    }


def _short(value: Any) -> Any:
    """A value with short lists and texts, and with paths as they are from the project's folder."""
    if isinstance(value, dict):
        return {key: _short(each) for key, each in value.items()}
    if isinstance(value, list):
        return value if all(isinstance(each, int) for each in value) else [_short(each) for each in value[:LISTS]]
    if isinstance(value, str):
        value = value.replace(f"{SAMPLES.parent}/", "")
        return value if len(value) <= TEXT else f"{value[:TEXT]}…"
    return value


def main() -> None:
    """Write the examples."""
    with TemporaryDirectory() as folder:
        ledger = with_users(story(Path(folder) / "story.ledger"), Path(folder))
        with TestClient(application(ledger), base_url="https://desk.example") as client:
            told = json.dumps(made(client, bearer(ledger, "Ada")), indent=1, ensure_ascii=False)
    Path(str(HELD)).write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
