"""The networks: the pieces of a window in, the numbers of statements and of planned events out.

Promise: what is seen of statements hangs on nothing that is learnt of plans alone, and a window is looked at the same
whatever is looked at beside it. The odd case that forced the shape: plans are told in other words than statements, and
training both at once cost statements what plans gained. So the lower layers of one encoder are shared and stay as they
are when plans are learnt; the upper ones each have for themselves. The 8-bit weights scale each matrix by its largest
number, so that windows in one batch would change each other's figures: each is run by itself, which is as fast.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from onrecord.statements.tagger import FOLDER
from onrecord.statements.tagger.links import Floats, Learnt, Projected
from onrecord.statements.tagger.windows import Window

INPUTS = ("ids", "shapes", "states", "places")

SHARED = 4
"""The layers of the encoder, from below, that statements and plans have in common; two more are each one's own."""

LOWER = "lower"
"""What the shared layers give, ``[T, H]``: the input of those of statements and of plans."""

STATEMENTS = ("tags", "vectors", "cues.keys", "cues.bias")
PLANS = ("plans", "vectors", "parts.keys", "parts.bias")
FILES = ("shared.onnx", "statements.onnx", "plans.onnx")


class Networks(NamedTuple):
    """What is loaded once a process: the layers that are shared, those of statements and of plans, and their links."""

    shared: Any
    statements: Any
    plans: Any
    cues: Learnt
    parts: Learnt


class Numbers(NamedTuple):
    """What a network gives for the pieces of one window."""

    tags: Floats
    """``[T, n]``: logits of what each piece is."""
    links: Projected


@cache
def load() -> Networks:
    """Return the networks and what is learnt of links, loaded once a process."""
    with np.load(FOLDER / "links.npz", allow_pickle=False) as saved:
        cues, parts = (
            Learnt(*(saved[f"{heads}.{name}"].astype(np.float32, order="C") for name in Learnt._fields))
            for heads in ("cues", "parts")
        )
    shared, statements, plans = (_session(FOLDER / name) for name in FILES)
    return Networks(shared, statements, plans, cues, parts)


def _session(path: Path) -> Any:
    """Return the session of a network's file, on one core."""
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_ALL
    # The run time's own layer norm is five times as fast by itself as fused with the sum before it.
    return InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


def lower(networks: Networks, window: Window) -> Floats:
    """Return what the shared layers give for a window."""
    inputs = {name: np.array([column], dtype=np.int64) for name, column in zip(INPUTS, window, strict=False)}
    found: Floats = networks.shared.run((LOWER,), inputs)[0][0]
    return found


def statements(networks: Networks, shared: Floats) -> Numbers:
    """Return what is seen of statements in a window, by what the shared layers gave for it."""
    return _numbers(networks.statements.run(STATEMENTS, {LOWER: shared[None]}))


def plans(networks: Networks, shared: Floats) -> Numbers:
    """Return what is seen of plans in a window, by what the shared layers gave for it."""
    return _numbers(networks.plans.run(PLANS, {LOWER: shared[None]}))


def _numbers(found: list[Floats]) -> Numbers:
    tags, vectors, keys, bias = found
    return Numbers(tags[0], Projected(vectors[0], keys[0], bias[0]))
