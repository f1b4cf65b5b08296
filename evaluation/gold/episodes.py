"""Episodes of our own that stand off their texts: dated documents on one event among others, and what was known when.

Promise: no word of a text that is not ours lies in the project; what is restored has the form of the episodes that lie
beside it, so that one scorer asks both; a document of our own, given whole, is taken as it is. The odd case that forced
the shape: a briefing of an hour has two answers on the event, so a document may be given by `ranges` of its text, and
what lies between is left out with a mark.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.gold.standoff import records

LEFT_OUT = "\n\n[…]\n\n"
"""Stands between two ranges of a document, as in the episodes that lie beside the project."""


def restored(annotations: Path, data: Path) -> list[dict[str, Any]]:
    """Return the episodes of a file of ours with the texts of their documents, as the scorer of episodes wants them.

    ``annotations`` is a JSON Lines file of episodes as `asof/guide.md` describes them; their corpora are files of
    ``data``. Raises KeyError for a document that is not in its corpus.
    """
    lines = annotations.read_text(encoding="utf-8").splitlines()
    return [_whole(json.loads(line), data) for line in lines]


def _whole(episode: dict[str, Any], data: Path) -> dict[str, Any]:
    documents = [
        _document(each, _corpus(data / each["corpus"])[each["id"]]) if "corpus" in each else each
        for each in episode["documents"]
    ]
    return {**episode, "documents": documents}


def _document(kept: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    text = found["text"]
    if "ranges" in kept:
        text = LEFT_OUT.join(text[start:end] for start, end in kept["ranges"])
    told = {"id": kept["id"], "date": kept.get("date") or found.get("published") or found["date"], "text": text}
    return {**told, "title": found.get("title"), "outlet": found.get("outlet")}


@cache
def _corpus(path: Path) -> dict[str, dict[str, Any]]:
    """The documents of a file by their ids."""
    return {record["id"]: record for record in records(path)}
