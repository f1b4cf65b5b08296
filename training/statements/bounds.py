"""Where annotators begin and end cues and sources: ``python -m training.statements.bounds GOLD... --never GOLD``.

Fits `onrecord.statements.bounds` and `onrecord.statements.source_bounds` on articles of GOLD, those of ``--never`` and
those kept out for tuning (their ids stand in ``tagger.json``) left out, and writes ``bounds.json`` beside them. Of the
bounds that a cue or a source may have, those are right that hold the letters and digits of the gold one and no others;
the weights are those by which the right ones are likeliest (conditional logit). Sources are those of the statements
that stand, so ``judge.json`` is fitted before. The tagger has learnt from the same articles, but knows the bounds there
little better than elsewhere: it has 12.6 % of the cues found other than annotators on them, on the 60 kept out 13.1 %.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from evaluation.letters import letters
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from onrecord.language import Annotated, annotate
from onrecord.language.quotations import outer_quotations
from onrecord.statements.bounds import Bounds, Features, rivals
from onrecord.statements.edges import cue_words
from onrecord.statements.judge import judged
from onrecord.statements.learned import learned_drafts
from onrecord.statements.source_bounds import rivals as source_rivals
from onrecord.statements.tagger import FOLDER
from onrecord.statements.tagger.tagger import Attribution, tag
from training.statements.examples import articles, read_gold
from training.statements.weigh import weighable

PENALTY = 4.0
"""L2 penalty on all weights."""

SEEN = 20
"""Cues of whose right or given bounds something is true that has a weight."""


class Choice(NamedTuple):
    """The bounds that one cue may have, the tagger's own first, and which of them are right."""

    features: list[Features]
    right: int


def cue_choices(
    annotated: Annotated, attributions: tuple[Attribution, ...], gold: list[dict[str, Any]]
) -> Iterator[Choice]:
    """Yield a choice for each cue of the tagger that meets one of the gold, where the right bounds are among its."""
    text = annotated.document.text
    wanted = [letters(text, each["cue"]) for each in gold]
    for draft in learned_drafts(annotated, attributions, outer_quotations(annotated.quotations)):
        seen = draft.seen
        if seen is None:
            continue
        found = letters(text, (seen.cue,))
        nearest = max(wanted, key=lambda each: len(each & found), default=frozenset[int]())
        if not nearest & found:
            continue
        yield from _choice(
            annotated, rivals(annotated, cue_words(annotated, seen.cue), seen.near, draft.speaker), nearest
        )


def source_choices(
    annotated: Annotated, attributions: tuple[Attribution, ...], gold: list[dict[str, Any]]
) -> Iterator[Choice]:
    """Yield a choice for each statement that stands and whose cue meets one of the gold that has a source."""
    text = annotated.document.text
    wanted = [(letters(text, each["cue"]), letters(text, each["source"])) for each in gold if each["content"]]
    spoken = tuple(each for each in outer_quotations(annotated.quotations) if each.use == "speech")
    for draft in judged(annotated, weighable(annotated, attributions), spoken):
        found = letters(text, draft.cue)
        cue, source = max(wanted, key=lambda each: len(each[0] & found), default=(frozenset[int](), frozenset[int]()))
        if cue & found and source:
            yield from _choice(annotated, source_rivals(annotated, draft), source)


def _choice(annotated: Annotated, possible: list[tuple[Bounds, Features]], wanted: frozenset[int]) -> Iterator[Choice]:
    """Yield the choice among bounds, where those that hold the letters and digits ``wanted`` are among them."""
    text, tokens = annotated.document.text, annotated.tokens
    spans = [(tokens[first].start, tokens[last - 1].end) for (first, last), _ in possible]
    right = next((n for n, span in enumerate(spans) if letters(text, (span,)) == wanted), None)
    if right is not None:
        yield Choice([features for _, features in possible], right)


def fit(found: list[Choice]) -> dict[str, float]:
    """Return the weights by which the right bounds of all choices are likeliest."""
    seen = Counter(name for each in found for name in {**each.features[0], **each.features[each.right]})
    columns = {name: n for n, name in enumerate(sorted(name for name in seen if seen[name] >= SEEN))}
    values: list[float] = []
    at: list[int] = []
    rows = [0]
    for features in (each for choice in found for each in choice.features):
        known = [(columns[name], value) for name, value in features.items() if name in columns]
        at += [column for column, _ in known]
        values += [value for _, value in known]
        rows.append(len(at))
    table = csr_matrix((values, at, rows), shape=(len(rows) - 1, len(columns)))
    counts = np.array([len(each.features) for each in found])
    first = np.cumsum(counts) - counts
    right = first + np.array([each.right for each in found])
    reached = np.asarray(table[right].sum(0)).ravel()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = table @ weights
        z -= np.repeat(np.maximum.reduceat(z, first), counts)
        sums = np.add.reduceat(np.exp(z), first)
        chance = np.exp(z) / np.repeat(sums, counts)
        value = float((np.log(sums) - z[right]).sum() + PENALTY * weights @ weights / 2)
        return value, table.T @ chance - reached + PENALTY * weights

    weights = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B").x
    return {name: round(float(weights[n]), 3) for name, n in columns.items()}


def learnt_from(paths: Iterable[Path], never: Path | None) -> list[dict[str, Any]]:
    """Return the records of files without those of ``never`` and those kept out for tuning."""
    barred = set(json.loads((FOLDER / "tagger.json").read_text(encoding="utf-8"))["kept_out"])
    if never is not None:
        barred |= {record["id"] for record in read_gold(never)}
    return [record for path in paths for record in read_gold(path) if record["id"] not in barred]


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--never", type=Path, help="a file whose articles are not learnt from")
    arguments = parser.parse_args()
    read = articles(learnt_from(arguments.gold, arguments.never))
    laid = list(annotate(each.document for each in read))
    tagged = tag(laid)
    told: dict[str, Any] = {"fitted_on": {"documents": len(read)}}
    for of, choices in (("cue", cue_choices), ("source", source_choices)):
        found = [
            choice
            for each, annotated, seen in zip(read, laid, tagged, strict=True)
            for choice in choices(annotated, seen.attributions, each.record["attrs"])
        ]
        told[of] = fit(found)
        told["fitted_on"][f"{of}s"] = {"found": len(found), "moved": sum(each.right != 0 for each in found)}
    (FOLDER / "bounds.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(told["fitted_on"]))


if __name__ == "__main__":
    main()
