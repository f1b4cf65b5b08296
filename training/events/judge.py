"""How far to trust rules and tagger on planned events: ``python -m training.events.judge ANNOTATIONS TEXTS``.

ANNOTATIONS and TEXTS are as `evaluation.gold.standoff` describes them, of documents that the tagger was not trained on;
those that are held back are left out. Fits `onrecord.events.judge` by logistic regression: a cluster of mentions that
looks ahead is right when one of its mentions meets an annotated event that no likelier one has met. Writes
``src/onrecord/events/en/judge.toml``.
"""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path

import numpy as np
from evaluation.gold.standoff import annotated as read_annotated
from evaluation.gold.standoff import sources
from numpy.typing import NDArray

from onrecord.events import judge
from onrecord.events.find import clusters
from onrecord.events.ground import lay
from onrecord.events.merge import AHEAD, Cluster
from onrecord.language import annotate
from onrecord.nouns import Span
from onrecord.page import read_page
from onrecord.statements import find_statements, tag
from training.statements.weigh import chances_by, fit

FOLDS = 5

NEARLY = 0.005
"""The highest threshold is taken whose F1 is so near the best: precision is what users see."""


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("annotations", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    arguments = parser.parse_args()
    records = read_annotated(arguments.annotations, tuple(arguments.texts), held=False)
    rows: list[tuple[float, ...]] = []
    right: list[float] = []
    folds: list[int] = []
    wanted = 0
    laid = list(annotate(map(read_page, sources(records))))
    for n, (record, annotated, seen) in enumerate(zip(records, laid, tag(laid), strict=True)):
        found = clusters(lay(annotated, find_statements(annotated, seen.attributions)), seen.plans)
        weighed = [cluster for cluster, state in found if state in AHEAD]
        gold: list[Span] = [tuple(event["span"]) for event in record["events"]]
        wanted += len(gold)
        free = list(gold)
        for cluster in sorted(weighed, key=lambda each: -_trust(each)):
            spans = [each.mention.span for each in cluster.seen]
            hit = next((g for g in free if any(a < g[1] and g[0] < b for a, b in spans)), None)
            if hit is not None:
                free.remove(hit)
            rows.append(judge.features(cluster))
            right.append(float(hit is not None))
            folds.append(n % FOLDS)
    x, y, fold = np.array(rows), np.array(right), np.array(folds)
    chances = np.zeros(len(y))
    for each in range(FOLDS):
        chances[fold == each] = chances_by(x[fold == each], fit(x[fold != each], y[fold != each]))
    by_cut = {float(cut): _f1(chances, y, wanted, cut) for cut in np.arange(0.2, 0.7, 0.02)}
    least = max(cut for cut, f1 in by_cut.items() if f1 >= max(by_cut.values()) - NEARLY)
    for cut in (0.3, 0.4, 0.5, least):
        print(f"from {cut:.2f}: F1 {_f1(chances, y, wanted, cut):.3f} of {wanted} events, kept apart by document")
    lines = [
        "# How far rules and tagger are trusted on a planned event, fitted by training.events.judge.",
        f"least = {least:.2f}",
        "# What a present tense with a day ahead is worth at least: the texts fitted on hardly have it.",
        f"timetable = {judge.weights('en').timetable:.1f}",
        "# What a verb that lies ahead on a day of its own is worth at least.",
        f"dated = {judge.weights('en').dated:.2f}",
        "# What a noun of the table with a party or a place is worth at least that is said outright to lie ahead.",
        f"outright = {max(least, judge.weights('en').outright):.2f}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.3f}' for name, weight in zip(judge.FEATURES, fit(x, y), strict=True)),
    ]
    target = Path(str(files("onrecord"))) / "events" / "en" / "judge.toml"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _trust(cluster: Cluster) -> float:
    """A first guess of which of two clusters that meet one event is the one: what the tables name, then the tagger."""
    mentions = [each.mention for each in cluster.seen]
    return max((m.plan.score if m.plan else 0.3) + (m.origin == "table") for m in mentions)


def _f1(chances: NDArray[np.float64], right: NDArray[np.float64], wanted: int, least: float) -> float:
    taken = chances >= least
    return float(2 * right[taken].sum() / max(1, taken.sum() + wanted))


if __name__ == "__main__":
    main()
