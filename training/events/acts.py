"""Which verbs tell an act that is planned: ``python -m training.events.acts ANNOTATIONS TEXTS``.

ANNOTATIONS and TEXTS are as `evaluation.gold.standoff` describes them. Counts for each verb how often, under a sign
that it lies ahead, it is an annotated event; fits a logistic regression over what stands around it, with each verb's
rate taken without the case itself; writes ``src/onrecord/events/en/acts.toml``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from importlib.resources import files
from pathlib import Path

import numpy as np
from evaluation.gold.standoff import restored, sources

from onrecord import odds
from onrecord.events.acts import FEATURES, features, signs_ahead
from onrecord.events.ground import lay
from onrecord.language import annotate
from onrecord.page import read_page
from onrecord.statements.lexicon import smoothed
from training.statements.weigh import chances_by, fit

LEAST = 0.45
"""The threshold, chosen on the items looked at: their F1 is flat from 0.36 to 0.5, and precision what users see."""

OFTEN = 2
"""A verb counted less often is not written down."""


def main() -> None:
    """Count, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("annotations", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    arguments = parser.parse_args()
    records = restored(arguments.annotations, tuple(arguments.texts))
    cases = []
    cases_of: Counter[str] = Counter()
    events_of: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = {}
    for record, annotated in zip(records, annotate(map(read_page, sources(records))), strict=True):
        ground = lay(annotated, ())
        spans = [(record["text"].find(e["span"]), len(e["span"]), e["kind"]) for e in record["events"]]
        for token in annotated.tokens:
            if token.pos != "VERB" or token.dep in {"amod", "compound"}:
                continue
            signs = signs_ahead(ground, token.i)
            if not signs:
                continue
            kind = next((k for at, length, k in spans if at <= token.start < at + length), None)
            cases_of[token.lemma] += 1
            events_of[token.lemma] += kind is not None
            if kind is not None:
                kinds.setdefault(token.lemma, Counter())[kind] += 1
            cases.append((token.lemma, kind is not None, features(ground, token.i, signs, 0.0)))
    rate = sum(events_of.values()) / sum(cases_of.values())
    rows, right = [], []
    for lemma, is_event, given in cases:
        verb = odds.log_odds(smoothed(cases_of[lemma] - 1, events_of[lemma] - is_event, rate))
        rows.append((given[0], verb, *given[2:]))
        right.append(float(is_event))
    weights = fit(np.array(rows), np.array(right))
    lines = [
        "# Verbs of acts that lie ahead: cases under a sign that they do, those that are events, the kind of most.",
        "# Made by training.events.acts from 2,666 annotated texts (evaluation/gold/planned.md): counts, no texts.",
        f"rate = {rate:.3f}",
        f"least = {LEAST}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.3f}' for name, weight in zip(FEATURES, weights, strict=True)),
        "",
        "[verbs]",
    ]
    for lemma, count in sorted(cases_of.items()):
        if count >= OFTEN and lemma.isalpha():
            counted = kinds.get(lemma, Counter({"other": 1}))
            kind = max(sorted(counted), key=lambda each: (counted[each], each != "other"))
            lines.append(f'{lemma} = [{count}, {events_of[lemma]}, "{kind}"]')
    target = Path(str(files("onrecord"))) / "events" / "en" / "acts.toml"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    chances = chances_by(np.array(rows), weights)
    for least in (0.36, LEAST, 0.5):
        taken = chances >= least
        hit = float((taken * np.array(right)).sum())
        precision, recall = hit / taken.sum(), hit / sum(right)
        print(f"from {least}: {taken.sum():.0f} taken, precision {precision:.3f}, recall {recall:.3f}")


if __name__ == "__main__":
    main()
