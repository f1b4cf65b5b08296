"""From text with its attributions marked in it to gold with offsets: what is written by hand holds no number.

Promise: `statements.jsonl` is what ``python -m evaluation.ours.marked`` makes of `statements.marked.txt`, and a test
says so. The odd case that forced the shape: one word can be the source of two attributions ("she said …, adding that
…"), so a mark bears a list of numbers and the marks of one attribution are gathered over the whole text.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MARK = re.compile(r"\{(?P<role>[CSQ])(?P<numbers>\d+(?:,\d+)*)\|(?P<words>[^{}|]*)\}")
NOBODY = re.compile(r"\{N\|([^{}|]+)\}")
"""Words in quotation marks that nobody says."""
ROLES = {"C": "content", "S": "source", "Q": "cue"}


def documents(marked: str) -> list[dict[str, Any]]:
    """Return the documents of a marked file: ``id``, ``text`` without marks, ``attrs`` in text order of their contents.

    Each attribution has ``content``, ``source`` and ``cue``, lists of ``[start, end)`` in code points of the text.
    Raises ValueError for a brace that is part of no mark, a mark without words and an attribution without content.
    """
    lines = "\n".join(line for line in marked.split("\n") if not line.startswith("#"))
    return [_document(*part.split("\n", 1)) for part in lines.split("=== ")[1:]]


def _document(name: str, body: str) -> dict[str, Any]:
    text = ""
    found: dict[int, dict[str, list[list[int]]]] = defaultdict(lambda: {role: [] for role in ROLES.values()})
    body, at = NOBODY.sub(r"\1", body.strip()), 0
    for mark in MARK.finditer(body):
        text += body[at : mark.start()]
        if not mark["words"]:
            raise ValueError(f"{name}: a mark without words: {mark[0]}")
        span = [len(text), len(text) + len(mark["words"])]
        for number in mark["numbers"].split(","):
            found[int(number)][ROLES[mark["role"]]].append(span)
        text, at = text + mark["words"], mark.end()
    text += body[at:]
    if "{" in text or "}" in text:
        raise ValueError(f"{name}: a brace that is part of no mark")
    for number, attribution in found.items():
        if not attribution["content"]:
            raise ValueError(f"{name}: attribution {number} has no content")
    attrs = sorted(found.values(), key=lambda attribution: attribution["content"])
    return {"id": name, "text": text, "attrs": attrs}


def main() -> None:
    """Write `statements.jsonl` anew."""
    made = documents((HERE / "statements.marked.txt").read_text(encoding="utf-8"))
    lines = [json.dumps(document, ensure_ascii=False) + "\n" for document in made]
    (HERE / "statements.jsonl").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
