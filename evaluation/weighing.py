"""What rules and tagger are worth, alone and together, and whether a confidence means what it says.

``weighing.py GOLD.jsonl`` prints one JSON object. Right is a statement whose content overlaps a gold content by at
least half and whose source meets the gold's, each gold attribution counted once; only outermost statements count.

- ``rules alone F1``, ``tagger alone F1``, ``together F1``;
- ``calibration``: 100 less the expected calibration error of the confidences (ten bins; Naeini et al. 2015);
- ``right from 0.9 up`` and so on: of the statements with such a confidence, the share that is right;
- ``precision above 0.8`` and ``recall above 0.8``: what a user gets who asks for a confidence of 0.8.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from evaluation.letters import letters
from onrecord.language import Annotated, annotate
from onrecord.language.quotations import outer_quotations
from onrecord.nouns import Source, Span
from onrecord.page import read_page
from onrecord.statements import find_statements, tag
from onrecord.statements.learned import learned_drafts

LEAST = 0.45
"""The tagger's own probability of a cue from which its attribution counts where it is alone."""

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
HIGH = 0.8

Told = tuple[tuple[Span, ...], tuple[Span, ...], float]
"""Content, source and confidence of one statement."""


def right(text: str, gold: list[dict[str, Any]], told: list[Told]) -> NDArray[np.bool_]:
    """Return for each statement told whether it is right, by the best pairing with the gold."""
    result = np.zeros(len(told), dtype=bool)
    wanted = [(letters(text, each["content"]), letters(text, each["source"])) for each in gold if each["content"]]
    found = [(letters(text, content), letters(text, source)) for content, source, _ in told]
    if not wanted or not found:
        return result
    overlap = np.array([[len(g & p) / max(1, len(g | p)) for p, _ in found] for g, _ in wanted])
    for i, j in zip(*linear_sum_assignment(-overlap), strict=True):
        (_, source), (_, given) = wanted[i], found[j]
        result[j] = overlap[i, j] >= 0.5 and bool(source & given or not (source or given))
    return result


def tellings(laid: list[Annotated]) -> dict[str, list[list[Told]]]:
    """Return for each way of finding statements what it tells of each document."""
    told: dict[str, list[list[Told]]] = {"rules alone": [], "tagger alone": [], "together": []}
    for annotated, seen in zip(laid, tag(laid), strict=True):
        for name, statements in (
            ("rules alone", find_statements(annotated, None)),
            ("together", find_statements(annotated, seen.attributions)),
        ):
            outermost = [each for each in statements if each.inside is None]
            told[name].append([(each.content, each.speaker.span, each.confidence) for each in outermost])
        drafts = learned_drafts(annotated, seen.attributions, outer_quotations(annotated.quotations))
        told["tagger alone"].append([(each.content, each.speaker, each.score) for each in drafts if each.score > LEAST])
    return told


def figures(gold: list[dict[str, Any]]) -> dict[str, float]:
    """Return the figures in per cent."""
    texts = [read_page(Source(raw=each["text"].encode(), media="text", charset="utf-8")) for each in gold]
    laid = list(annotate(texts))
    wanted = sum(bool(each["content"]) for record in gold for each in record["attrs"])
    result: dict[str, float] = {}
    for name, told in tellings(laid).items():
        hits = np.concatenate([right(r["text"], r["attrs"], t) for r, t in zip(gold, told, strict=True)])
        result[f"{name} F1"] = round(200 * hits.sum() / max(1, len(hits) + wanted), 1)
    confidence = np.array([each[2] for document in told for each in document])
    bins = np.minimum((confidence * 10).astype(int), 9)
    gaps = [abs(hits[bins == n].mean() - confidence[bins == n].mean()) * (bins == n).mean() for n in set(bins.tolist())]
    result["calibration"] = round(100 * (1 - sum(gaps)), 1)
    for low, high in pairwise(EDGES):
        chosen = (confidence >= low) & (confidence < high)
        if chosen.any():
            result[f"right from {low:g} to {min(high, 1):g}"] = round(100 * hits[chosen].mean(), 1)
    chosen = confidence >= HIGH
    result[f"precision above {HIGH}"] = round(100 * hits[chosen].mean(), 1)
    result[f"recall above {HIGH}"] = round(100 * hits[chosen].sum() / max(1, wanted), 1)
    return result


if __name__ == "__main__":
    records = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    print(json.dumps(figures(records), indent=1))
