"""The model run over documents: windows in, attributions out with their spans.

Promise: a text is tagged the same whatever is tagged beside it; the model is loaded once a process and runs on one
core. The odd case that forced the shape: the 8-bit weights scale each matrix by its largest number, so that windows in
one batch would change each other's figures. Each is run by itself, which is as fast; only the decoding is shared.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.language import Annotated
from onrecord.nouns import Span
from onrecord.statements.tagger import FOLDER
from onrecord.statements.tagger.links import DECODING, Decoding, Found, Outputs, decode, link
from onrecord.statements.tagger.windows import Window, windows

INPUTS = ("ids", "shapes", "states", "places")
OUTPUTS = ("tags", "keys", "bias", "first", "last")


class Attribution(NamedTuple):
    """What the model takes for one attribution. Spans count code points of the document's text."""

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    via: tuple[Span, ...]
    """By way of whom the words came, in text order."""
    cue_score: float
    source_score: float
    content_score: float


@cache
def _told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "tagger.json").read_text(encoding="utf-8"))
    return found


@cache
def _model() -> tuple[Any, NDArray[np.float32]]:
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_ALL
    # The run time's own layer norm is five times as fast by itself as fused with the sum before it.
    session = InferenceSession(
        str(FOLDER / "tagger.onnx"),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],
    )
    return session, np.array(_told()["distance"], dtype=np.float32)


def model_name() -> str:
    """Return the name of the model with the beginning of its hash, as the reading reports it."""
    return str(_told()["name"])


def tag(documents: Sequence[Annotated], how: Decoding = DECODING) -> list[tuple[Attribution, ...]]:
    """Return for each document its attributions in the order of their cues; none for one that is not parsed."""
    laid = [
        (n, window)
        for n, each in enumerate(documents)
        if each.tokens
        for window in windows(each.document, each.quotations)
    ]
    if not laid:
        return [() for _ in documents]  # no model is loaded where there is nothing to look at
    session, distance = _model()
    linked = []
    for _, window in laid:
        inputs = {name: np.array([column], dtype=np.int64) for name, column in zip(INPUTS, window, strict=False)}
        outputs = Outputs(*(each[0] for each in session.run(OUTPUTS, inputs)))
        linked.append(link(outputs, distance, np.array(window.starts) >= 0, how))
    found: list[list[Attribution]] = [[] for _ in documents]
    for (n, window), attributions in zip(laid, decode(linked, how), strict=True):
        found[n] += [_spelled(documents[n].document.text, window, each) for each in attributions]
    return [tuple(each) for each in found]


def _spelled(text: str, window: Window, found: Found) -> Attribution:
    """The pieces as spans, grown to whole words."""

    def span(low: int, high: int) -> Span:
        start, end = window.starts[low], window.ends[high - 1]
        while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        return start, end

    return Attribution(
        cue=span(*found.cue),
        source=span(*found.source) if found.source else None,
        content=tuple(span(low, high) for low, high in found.content),
        via=tuple(span(low, high) for low, high in found.via),
        cue_score=found.cue_score,
        source_score=found.source_score,
        content_score=found.content_score,
    )
