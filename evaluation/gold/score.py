"""Score readings against our own gold: ``score.py GOLD.jsonl READINGS.jsonl``, GOLD made by `read_marked`.

Statements are paired one to one by the overlap of their contents (letters and digits only, intersection over union, at
least half), outermost with outermost and inner with inner. Of those found it is asked whether speaker, kind of naming,
chain, addressee, occasion, polarity and editors' marks are right:

- ``speaker given right``: of the statements whose speaker the gold knows and the reading gives, the share with the
  right entity: one of its names or mentions is the gold's name, or holds its last word;
- ``speaker given``: of those whose speaker the gold knows, the share for which the reading gives any;
- ``speaker invented``: of those whose speaker the text does not tell, the share for which the reading has one;
- ``chains whole``: of the statements that came by way of somebody, the share whose links are all there, in order;
- ``chains right``: of the chains that the reading gives, the share that is whole and right;
- ``marks`` F1 over the editors' marks of statements found; ``insertions and elisions`` recall over these two kinds;
- ``quotations lost`` and ``quotations joined``: of the gold's quotations, the share of which the reading has less than
  half, and the share that shares a statement with another one's quotation.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from evaluation.letters import letters

LEAST = 0.5
_OPENING, _CLOSING = "“\"‘'«„", "”\"’'»“"


def paired(text: str, gold: list[Any], found: list[Any]) -> list[tuple[int, int]]:
    """Return the pairs of places of those whose contents overlap by at least half, best pairing first."""
    sides = [[letters(text, each["content"]) for each in side] for side in (gold, found)]
    if not gold or not found:
        return []
    overlap = np.array([[len(g & p) / max(1, len(g | p)) for p in sides[1]] for g in sides[0]])
    return [(int(i), int(j)) for i, j in zip(*linear_sum_assignment(-overlap), strict=True) if overlap[i, j] >= LEAST]


def score(gold: list[dict[str, Any]], readings: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Return the figures in per cent. Raises KeyError for a text without a reading."""
    counts: Counter[str] = Counter()
    for document in gold:
        _document(counts, document, readings[document["id"]])

    def share(part: str, whole: str) -> float:
        return round(100 * counts[part] / max(1, counts[whole]), 1)

    precision, recall = share("inner", "inner found"), share("inner", "inner gold")
    marks = 2 * counts["mark"] / max(1, counts["marks gold"] + counts["marks found"])
    return {
        "statements found": share("pair", "gold"),
        "speaker given right": share("speaker right", "speaker given"),
        "speaker given": share("speaker given", "speaker known"),
        "speaker invented": share("speaker invented", "speaker untold"),
        "how": share("how", "pair"),
        "polarity": share("polarity", "polarity gold"),
        "chains whole": share("chain", "chains gold"),
        "chains right": share("chain", "chains found"),
        "addressee": share("addressee", "addressees gold"),
        "occasion": share("occasion", "occasions gold"),
        "marks F1": round(100 * marks, 1),
        "insertions and elisions": share("plain mark", "plain marks"),
        "statements inside F1": round(2 * precision * recall / max(0.1, precision + recall), 1),
        "quotations lost": share("quotation lost", "quotations"),
        "quotations joined": share("quotation joined", "quotations"),
    }


def _document(counts: Counter[str], document: dict[str, Any], reading: dict[str, Any]) -> None:
    text = document["text"]
    names = {entity["id"]: _names(text, entity) for entity in reading["entities"]}
    outer = [each for each in document["statements"] if each["inside"] is None]
    found = [each for each in reading["statements"] if each["inside"] is None]
    pairs = paired(text, outer, found)
    counts["gold"] += len(outer)
    for i, j in pairs:
        _pair(counts, text, outer[i], found[j], names)
    inner = [each for each in document["statements"] if each["inside"] is not None]
    within = [each for each in reading["statements"] if each["inside"] is not None]
    counts["inner gold"] += len(inner)
    counts["inner found"] += len(within)
    counts["inner"] += len(paired(text, inner, within))
    counts["chains found"] += sum(bool(each["via"]) for each in found)
    counts["chains gold"] += sum(bool(each["via"] or each["carried"]) for each in outer)
    quotations = [letters(text, each["content"]) for each in outer if _is_quoted(text, each)]
    contents = [letters(text, each["content"]) for each in found]
    counts["quotations"] += len(quotations)
    for n, quotation in enumerate(quotations):
        holders = [content for content in contents if 2 * len(content & quotation) > len(quotation)]
        counts["quotation lost"] += not holders
        counts["quotation joined"] += any(
            2 * len(holder & other) > len(other) for holder in holders for m, other in enumerate(quotations) if m != n
        )


def _is_quoted(text: str, statement: dict[str, Any]) -> bool:
    return all(text[start] in _OPENING and text[end - 1] in _CLOSING for start, end in statement["content"])


def _names(text: str, entity: dict[str, Any]) -> set[str]:
    mentions = {text[slice(*each["span"])] for each in entity["mentions"] if each["form"] != "pronoun"}
    return {each.casefold().removeprefix("the ") for each in {entity["name"], *entity["aliases"], *mentions}}


def _pair(
    counts: Counter[str], text: str, gold: dict[str, Any], found: dict[str, Any], names: dict[str, set[str]]
) -> None:
    counts["pair"] += 1
    speaker = found["speaker"]
    counts["how"] += speaker["how"] == gold["how"]
    given = names.get(speaker["entity"] or "")
    if gold["speaker"] is None:
        counts["speaker untold"] += 1
        counts["speaker invented"] += given is not None
    else:
        counts["speaker known"] += 1
        counts["speaker given"] += given is not None
        name = gold["speaker"].casefold().removeprefix("the ")
        counts["speaker right"] += given is not None and _is_called(name, given)
    if gold["polarity"] != "affirmed":
        counts["polarity gold"] += 1
        counts["polarity"] += found["polarity"] == gold["polarity"]
    if gold["via"] or gold["carried"]:
        counts["chain"] += _same_chain(text, gold, found, names)
    for role in ("addressee", "occasion"):
        if gold[role]:
            counts[f"{role}s gold"] += 1
            other = found[role] or {"span": []}
            counts[role] += bool(letters(text, gold[role]) & letters(text, other["span"]))
    marks = {(kind, *span) for kind, span in gold["marks"]}
    seen = {(each["kind"], *each["span"]) for each in found["marks"]}
    counts["marks gold"] += len(marks)
    counts["marks found"] += len(seen)
    counts["mark"] += len(marks & seen)
    plain = {each for each in marks if each[0] in ("insertion", "elision")}
    counts["plain marks"] += len(plain)
    counts["plain mark"] += len(plain & seen)


def _is_called(name: str, given: set[str]) -> bool:
    return any(name == each or name.split()[-1] in each.split() for each in given)


def _same_chain(text: str, gold: dict[str, Any], found: dict[str, Any], names: dict[str, set[str]]) -> bool:
    if gold["carried"]:
        name = gold["carried"].casefold().removeprefix("the ")
        given = [link for link in found["via"] if link["carried"]]
        return len(given) == 1 and _is_called(name, names.get(given[0]["entity"] or "", set()))
    if len(gold["via"]) != len(found["via"]):
        return False
    links = zip(gold["via"], found["via"], strict=True)
    return all(letters(text, spans) & letters(text, link["span"]) for spans, link in links)


def main(gold: str, readings: str) -> None:
    """Print the figures as one JSON object."""
    documents, read = (
        [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()] for path in (gold, readings)
    )
    print(json.dumps(score(documents, {reading["document"]["id"]: reading for reading in read}), indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
