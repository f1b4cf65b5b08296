"""How far to trust tagger and rules together: ``python -m training.statements.weigh GOLD.jsonl``.

Fits `onrecord.statements.judge` by logistic regression on articles of GOLD that the shipped tagger was not trained on
(their ids stand in ``tagger.json``) and writes ``judge.json`` beside it. A candidate is right when its content overlaps
a gold content by at least half (letters and digits, intersection over union) and their sources meet.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from evaluation.letters import letters
from numpy.typing import NDArray
from scipy.optimize import minimize

from onrecord.language import Annotated, annotate
from onrecord.language.quotations import outer_quotations
from onrecord.statements.find import rule_drafts
from onrecord.statements.judge import FEATURES, Candidate, candidates
from onrecord.statements.learned import learned_drafts
from onrecord.statements.tagger import FOLDER
from onrecord.statements.tagger.tagger import Attribution, tag
from training.statements.examples import articles, read_gold

PENALTY = 1.0
"""L2 penalty on all weights but the constant."""


def fit(features: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights of a logistic regression, the first one (the constant) unpenalised."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = features @ weights
        held = np.r_[0, weights[1:]]
        chance = 1 / (1 + np.exp(-z))
        value = float((np.logaddexp(0, z) - right * z).sum() + PENALTY * (held**2).sum() / 2)
        return value, features.T @ (chance - right) + PENALTY * held

    found: NDArray[np.float64] = minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B").x
    return found


def chances_by(features: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chances that a regression of these weights gives to rows of features."""
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-features @ weights))
    return chances


def is_right(text: str, candidate: Candidate, gold: list[tuple[frozenset[int], frozenset[int]]]) -> bool:
    """Return whether content and speaker of a candidate are those of an attribution of the gold."""
    content, source = letters(text, candidate.draft.content), letters(text, candidate.draft.speaker)
    return any(2 * len(content & c) >= len(content | c) and (source & s or not (source or s)) for c, s in gold)


def weighable(annotated: Annotated, attributions: tuple[Attribution, ...]) -> list[Candidate]:
    """Return the candidates of a document as `onrecord.statements.judge.weighed` sees them."""
    outer = outer_quotations(annotated.quotations)
    rules = [each for each in rule_drafts(annotated, outer) if not each.in_marks]
    spoken = tuple(each for each in outer if each.use == "speech")
    return candidates(annotated, rules, learned_drafts(annotated, attributions, outer), spoken)


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("gold", type=Path)
    arguments = parser.parse_args()
    kept_out = set(json.loads((FOLDER / "tagger.json").read_text(encoding="utf-8"))["kept_out"])
    read = articles(record for record in read_gold(arguments.gold) if record["id"] in kept_out)
    laid = list(annotate(each.document for each in read))
    features: list[tuple[float, ...]] = []
    right: list[bool] = []
    for each, annotated, seen in zip(read, laid, tag(laid), strict=True):
        text = annotated.document.text
        gold = [(letters(text, a["content"]), letters(text, a["source"])) for a in each.record["attrs"] if a["content"]]
        for candidate in weighable(annotated, seen.attributions):
            features.append(candidate.features)
            right.append(is_right(text, candidate, gold))
    weights = fit(np.array(features), np.array(right, dtype=float))
    told = {
        "weights": {name: round(float(weight), 3) for name, weight in zip(FEATURES, weights, strict=True)},
        "fitted_on": {"articles": len(read), "candidates": len(right), "right": sum(right)},
    }
    (FOLDER / "judge.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(told["fitted_on"]))


if __name__ == "__main__":
    main()
