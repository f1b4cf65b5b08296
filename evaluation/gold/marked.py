"""From texts with their statements marked in them to gold with offsets; `guide.md` says what the marks mean.

Promise: what is written by hand holds no number; a mark that means nothing is an error that names the text. The odd
case that forced the shape: marks stand in each other (a statement in a statement, an insertion in a quotation), so a
text is read once from left to right with a stack of what is open.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

OPENING = re.compile(r"\{(?P<role>[CSQAOV])(?P<numbers>[\d.,]+)\||\{(?P<plain>[IEGXN])\|")
HOWS = frozenset({"name", "role", "pronoun", "continued", "collective", "unnamed", "unknown"})
POLARITIES = frozenset({"affirmed", "denied", "refused", "asked"})
ROLES = {"C": "content", "S": "source", "Q": "cue", "A": "addressee", "O": "occasion"}
MARKS = {"I": "insertion", "E": "elision", "G": "gloss", "X": "sic"}
_UNTOLD: dict[str, Any] = {"how": None, "speaker": None, "inside": None, "carried": None, "polarity": None}
"""What is known of a statement in a text without ``@`` lines: where it stands, and that it is an outermost one."""

KEYS = frozenset({"speaker", "inside", "carried", "polarity"})


def documents(marked: str) -> list[dict[str, Any]]:
    """Return the documents of a marked file: ``id``, ``kind``, ``published``, ``text``, ``statements`` in text order.

    A statement has ``content``, ``source``, ``cue``, ``addressee``, ``occasion`` (lists of ``[start, end)`` in code
    points of the text), ``via`` (a list of such lists, nearest to the reader first), ``marks``, ``how``, ``speaker``
    (a name or None), ``inside`` (the place in ``statements`` of the one that it stands in, or None), ``carried`` and
    ``polarity``. In a text without ``@`` lines the last five are None. Raises ValueError with the text's id for a mark
    or a line that means nothing.
    """
    return [_document(*part.split("\n", 1)) for part in re.split(r"^=== ", marked, flags=re.MULTILINE)[1:]]


def attributions(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document as the scorer of outermost attributions wants it: ``id``, ``text``, ``attrs``."""
    outermost = [each for each in document["statements"] if each["inside"] is None]
    attrs = [
        {
            **{role: each[role] for role in ("content", "source", "cue")},
            "via": [span for link in each["via"] for span in link],
        }
        for each in outermost
    ]
    return {"id": document["id"], "text": document["text"], "attrs": attrs}


def _document(name: str, body: str) -> dict[str, Any]:
    name = name.strip()
    lines = body.split("\n")
    comments = " ".join(line[1:].strip() for line in lines if line.startswith("#"))
    header = dict(re.findall(r"(\w+): ([^;]+)", comments))
    told = [line for line in lines if re.match(r"@\d", line)]
    marked = "\n".join(line for line in lines if not re.match(r"#|@\d", line)).strip()
    text, roles, marks = _unmarked(name, marked)
    statements = {}
    for line in told:
        number, facts = _facts(name, line)
        if number in statements:
            raise ValueError(f"{name}: two lines @{number}")
        statements[number] = facts
    if not told:
        statements = {number: dict(_UNTOLD) for number in roles}
    if set(statements) != set(roles):
        raise ValueError(f"{name}: marks and lines differ on {sorted(set(statements) ^ set(roles))}")
    for number, facts in statements.items():
        facts.update(_spans(name, number, roles[number]))
        facts["marks"] = [
            [kind, span] for kind, span in marks if any(s <= span[0] and span[1] <= e for s, e in facts["content"])
        ]
        if facts["speaker"] is not None and facts["speaker"] not in text:
            raise ValueError(f"{name}: @{number}: {facts['speaker']!r} does not stand in the text")
    reach = {number: (each["content"][0][0], -each["content"][-1][1]) for number, each in statements.items()}
    order = sorted(statements, key=reach.__getitem__)
    for number, facts in statements.items():
        outer = facts["inside"]
        if outer is not None:
            if outer not in statements or not any(
                s <= facts["content"][0][0] and facts["content"][0][1] <= e for s, e in statements[outer]["content"]
            ):
                raise ValueError(f"{name}: @{number} does not stand inside @{outer}")
            facts["inside"] = order.index(outer)
    return {
        "id": name,
        "kind": header.get("kind", "").strip(),
        "published": header.get("published", "").strip() or None,
        "text": text,
        "statements": [statements[number] for number in order],
    }


def _unmarked(
    name: str, marked: str
) -> tuple[str, dict[int, list[tuple[str, list[int]]]], list[tuple[str, list[int]]]]:
    """The text without its marks; for each number its roles with their spans; the editors' marks with their spans."""
    text: list[str] = []
    length = at = 0
    opened: list[tuple[str, str, int]] = []
    roles: dict[int, list[tuple[str, list[int]]]] = defaultdict(list)
    marks: list[tuple[str, list[int]]] = []
    for brace in re.finditer(r"[{}]", marked):
        text.append(marked[at : brace.start()])
        length += brace.start() - at
        if brace[0] == "{":
            opening = OPENING.match(marked, brace.start())
            if not opening:
                raise ValueError(f"{name}: a mark that means nothing: {marked[brace.start() : brace.start() + 20]!r}")
            opened.append((opening["role"] or opening["plain"], opening["numbers"] or "", length))
            at = opening.end()
            continue
        if not opened:
            before = marked[max(0, brace.start() - 20) : brace.start()]
            raise ValueError(f"{name}: a closing brace too many after {before!r}")
        role, numbers, start = opened.pop()
        span, at = [start, length], brace.end()
        words = "".join(text)[start:]
        if not words or words != words.strip():
            raise ValueError(f"{name}: a mark that is empty or begins or ends with a blank: {words!r}")
        if role in MARKS:
            marks.append((MARKS[role], span))
        elif role != "N":
            for number in numbers.split(","):
                outer, _, link = number.partition(".")
                roles[int(outer)].append((f"V{link}" if role == "V" else role, span))
    if opened:
        raise ValueError(f"{name}: {len(opened)} marks are not closed")
    return "".join([*text, marked[at:]]), roles, marks


def _facts(name: str, line: str) -> tuple[int, dict[str, Any]]:
    number, _, rest = line[1:].partition(" ")
    how, *pairs = [part.strip() for part in rest.split(";")]
    facts = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    polarity = facts.get("polarity", "affirmed")
    known = how in HOWS and polarity in POLARITIES and set(facts) <= KEYS
    if not known or len(facts) != len(pairs) or "speaker" not in facts:
        raise ValueError(f"{name}: a line that can't be read: {line!r}")
    return int(number), {
        "how": how,
        "speaker": None if facts["speaker"] == "-" else facts["speaker"],
        "inside": int(facts["inside"]) if "inside" in facts else None,
        "carried": facts.get("carried"),
        "polarity": polarity,
    }


def _spans(name: str, number: int, roles: list[tuple[str, list[int]]]) -> dict[str, Any]:
    found: dict[str, Any] = {
        role: sorted(span for letter, span in roles if letter == key) for key, role in ROLES.items()
    }
    if not found["content"]:
        raise ValueError(f"{name}: statement {number} has no content")
    links = sorted({letter for letter, _ in roles if letter.startswith("V")})
    if links != [f"V{i + 1}" for i in range(len(links))]:
        raise ValueError(f"{name}: the links of statement {number} are not counted from 1")
    found["via"] = [sorted(span for letter, span in roles if letter == link) for link in links]
    return found


def read_marked(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Return the documents of several files, each with its ``attrs`` for the scorer of outermost attributions."""
    found = [document for path in paths for document in documents(path.read_text(encoding="utf-8"))]
    return [{**document, **attributions(document)} for document in found]


def main(paths: list[str]) -> None:
    """Say for each file what it holds, or what is wrong with it."""
    for path in paths:
        read = documents(Path(path).read_text(encoding="utf-8"))
        statements, words = sum(len(each["statements"]) for each in read), sum(len(d["text"].split()) for d in read)
        print(f"{path}: {len(read)} texts, {statements} statements, {words} words")


if __name__ == "__main__":
    main(sys.argv[1:])
