"""How far to trust rules and tagger on planned events: ``python -m training.events.judge --talk ANNOTATIONS TEXTS…``.

ANNOTATIONS and TEXTS are as `evaluation.gold.standoff` describes them. Those of ``--print`` are of documents that the
tagger was not trained on, less those that are held back; of those of ``--talk`` the fifth counts that was kept out when
the layers of talk were learnt. Fits the weights of either or both in `onrecord.events.judge` by logistic regression: a
cluster of mentions that looks ahead is right when one of its mentions meets an annotated event that no likelier one has
met. Writes ``src/onrecord/events/en/judge.toml``; what is not fitted stays.
"""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from evaluation.gold.standoff import annotated as read_annotated
from evaluation.gold.standoff import sources
from numpy.typing import NDArray

from onrecord.events import judge
from onrecord.events.diary import listed
from onrecord.events.find import clusters
from onrecord.events.ground import lay
from onrecord.events.merge import AHEAD, Cluster
from onrecord.language import annotate
from onrecord.nouns import Span
from onrecord.page import read_page
from onrecord.statements import find_statements, tag
from training.statements.examples import is_kept_out
from training.statements.weigh import chances_by, fit

KINDS = {"print": False, "talk": True}

LEAST = {"talk": 0.5}
"""Thresholds that are set: a press room's questions name much that will never be, and one event too many in a story
costs more of its answers than one missed. Elsewhere the threshold is fitted."""

HEAD = """\
# How far rules and tagger are trusted on a planned event, fitted by training.events.judge: in print, and in the turns
# of a transcript. `least` is the least chance of an event that is kept; at least so much is worth, whatever the weights
# say: `timetable`, a present tense with a day ahead; `outright`, a noun of the table with a party or a place that is
# said outright to lie ahead; `dated`, a verb that lies ahead on a day of its own."""
"""What the file says of itself."""

FOLDS = 5

NEARLY = 0.005
"""The highest threshold is taken whose F1 is so near the best: precision is what users see."""


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for kind in KINDS:
        parser.add_argument(
            f"--{kind}", type=Path, nargs="+", action="append", default=[],
            help=f"annotations of {kind}, then their texts; may be given again",
        )  # fmt: skip
    given = vars(parser.parse_args())
    parts = [HEAD]
    for kind, talk in KINDS.items():
        known = judge.weights("en", talk)
        records: list[dict[str, Any]] = []
        for gold, *texts in given[kind]:
            found = read_annotated(gold, tuple(texts), held=None if talk else False)
            records += [each for each in found if not talk or is_kept_out(each["id"])]
        if records:
            known = _fitted(kind, _seen(records, talk), known)
        parts.append(_written(kind, known))
    target = Path(str(files("onrecord"))) / "events" / "en" / "judge.toml"
    target.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _seen(records: list[dict[str, Any]], talk: bool) -> _Seen:
    """What is seen in the annotated documents that are ``talk``, or in those that are print, of what looks ahead."""
    seen = _Seen([], [], [], 0)
    laid = list(annotate(map(read_page, sources(records))))
    wanted = 0
    for n, (record, annotated, tagged) in enumerate(zip(records, laid, tag(laid), strict=True)):
        if talk != any(block.kind == "turn" for block in annotated.document.blocks):
            continue
        ground = lay(annotated, find_statements(annotated, tagged.attributions))
        found = clusters(ground, tagged.plans, listed(ground))
        weighed = [c for c, state in found if state in AHEAD and judge.is_talk(annotated, c) == talk]
        free: list[list[Span]] = [[tuple(s) for s in (e["span"], *e.get("again", ()))] for e in record["events"]]
        wanted += len(free)
        for cluster in sorted(weighed, key=lambda each: -_trust(each)):
            spans = [each.mention.span for each in cluster.seen]
            hit = next((g for g in free if any(a < d and c < b for a, b in spans for c, d in g)), None)
            if hit is not None:
                free.remove(hit)
            seen.rows.append(judge.features(cluster))
            seen.right.append(float(hit is not None))
            seen.folds.append(n % FOLDS)
    return seen._replace(wanted=wanted)


class _Seen(NamedTuple):
    """What is fitted on: a row a cluster, whether it is right, its fold; and how many events are annotated."""

    rows: list[tuple[float, ...]]
    right: list[float]
    folds: list[int]
    wanted: int


def _fitted(kind: str, seen: _Seen, known: judge.Weights) -> judge.Weights:
    """Return the weights of print or talk fitted anew, and tell how good they are."""
    x, y, fold = np.array(seen.rows), np.array(seen.right), np.array(seen.folds)
    chances = np.zeros(len(y))
    for each in range(FOLDS):
        chances[fold == each] = chances_by(x[fold == each], fit(x[fold != each], y[fold != each]))
    by_cut = {float(cut): _f1(chances, y, seen.wanted, cut) for cut in np.arange(0.2, 0.7, 0.02)}
    best = round(max(cut for cut, f1 in by_cut.items() if f1 >= max(by_cut.values()) - NEARLY), 2)
    least = LEAST.get(kind, best)
    for cut in (0.3, 0.4, 0.5, best):
        print(f"{kind}, from {cut:.2f}: F1 {_f1(chances, y, seen.wanted, cut):.3f} of {seen.wanted}, folds kept apart")
    return known._replace(weights=tuple(fit(x, y).tolist()), least=least, outright=max(least, known.outright))


def _written(kind: str, known: judge.Weights) -> str:
    """Return the weights of print or talk as they stand in the file."""
    worth = {name: value for name, value in known._asdict().items() if name != "weights"}
    weights = dict(zip(judge.FEATURES, known.weights, strict=True))
    return "\n".join(
        [
            f"[{kind}]",
            *(f"{name} = {value}" for name, value in worth.items()),
            "",
            f"[{kind}.weights]",
            *(f'"{name}" = {weight:.3f}' for name, weight in weights.items()),
        ]
    )


def _trust(cluster: Cluster) -> float:
    """A first guess of which of two clusters that meet one event is the one: what the tables name, then the tagger."""
    mentions = [each.mention for each in cluster.seen]
    return max((m.plan.score if m.plan else 0.3) + (m.origin == "table") for m in mentions)


def _f1(chances: NDArray[np.float64], right: NDArray[np.float64], wanted: int, least: float) -> float:
    taken = chances >= least
    return float(2 * right[taken].sum() / max(1, taken.sum() + wanted))


if __name__ == "__main__":
    main()
