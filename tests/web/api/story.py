"""The examples of the API's document, made of the sample story: ``python -m tests.web.api.story`` writes them again."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from litestar.testing import TestClient

from onrecord.web.api.described import EXAMPLES
from onrecord.web.app import application
from tests.samples.sample_corpus import SAMPLES
from tests.web.entering import bearer, with_users
from tests.web.serving import Client, story

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
            "url": "https://alerts.example/hook",
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
    found["try-webhook"] = {"answer": {"sent": True, "error": None}}
    asked["addition"] = f"additions/{found['add-document']['answer']['id']}"
    return {name: {"answer": _got(client, path)} for name, path in asked.items()} | found


def _got(client: Client, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, (path, answer.text)
    return _short(answer.json())


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
        with TestClient(application(ledger)) as client:
            told = json.dumps(made(client, bearer(ledger, "Ada")), indent=1, ensure_ascii=False)
    Path(str(HELD)).write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
