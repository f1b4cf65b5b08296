"""The networks: the pieces of a window in, the numbers of statements and of planned events out.

Promise: what is seen in print hangs on nothing that is learnt of talk, and a window is looked at the same whatever is
looked at beside it. The odd case that forced the shape: in a press room plans are told in other words than in print,
and whatever taught the tagger those words cost it statements, or plans in print. So the lower layers of one encoder are
shared, and print and talk each have the upper ones for themselves. The 8-bit weights scale each matrix by its largest
number, so that windows in one batch would change each other's figures: each is run by itself, which is as fast.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from onrecord.statements.tagger import FOLDER
from onrecord.statements.tagger.links import Floats, Learnt, Projected
from onrecord.statements.tagger.windows import Window

INPUTS = ("ids", "shapes", "states", "places")

SHARED = 4
"""The layers of the encoder, from below, that print and talk have in common; two more are each one's own."""

LOWER = "lower"
"""What the shared layers give, ``[T, H]``: the input of those of print and of talk."""

TALK = ("plans", "vectors", "parts.keys", "parts.bias")
PRINT = (*TALK, "tags", "cues.keys", "cues.bias")
FILES = ("shared.onnx", "print.onnx", "talk.onnx")


class Networks(NamedTuple):
    """What is loaded once a process: the layers that are shared, those of print and of talk, and their links."""

    shared: Any
    print: Any
    talk: Any
    links: dict[str, Learnt]
    """Of ``cues`` and of ``parts`` in print, of parts in ``talk``."""


class Seen(NamedTuple):
    """What a network gives for one thing that is looked for in a window."""

    tags: Floats
    """``[T, n]``: logits of what each piece is."""
    learnt: Learnt
    links: Projected


@cache
def load() -> Networks:
    """Return the networks and what is learnt of links, loaded once a process."""
    with np.load(FOLDER / "links.npz", allow_pickle=False) as saved:
        links = {
            heads: Learnt(*(saved[f"{heads}.{name}"].astype(np.float32, order="C") for name in Learnt._fields))
            for heads in ("cues", "parts", "talk")
        }
    shared, printed, talk = map(_session, FILES)
    return Networks(shared, printed, talk, links)


def _session(name: str) -> Any:
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_ALL
    # The run time's own layer norm is five times as fast by itself as fused with the sum before it.
    return InferenceSession(
        str(FOLDER / name), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


def lower(networks: Networks, window: Window) -> Floats:
    """Return what the shared layers give for a window."""
    inputs = {name: np.array([column], dtype=np.int64) for name, column in zip(INPUTS, window, strict=False)}
    found: Floats = networks.shared.run((LOWER,), inputs)[0][0]
    return found


def in_print(networks: Networks, shared: Floats) -> tuple[Seen, Seen]:
    """Return what is seen of statements and of plans in a window of print, by what the shared layers gave for it."""
    plans, vectors, keys, bias, tags, cue_keys, cue_bias = networks.print.run(PRINT, {LOWER: shared[None]})
    statements = Seen(tags[0], networks.links["cues"], Projected(vectors[0], cue_keys[0], cue_bias[0]))
    return statements, Seen(plans[0], networks.links["parts"], Projected(vectors[0], keys[0], bias[0]))


def in_talk(networks: Networks, shared: Floats) -> Seen:
    """Return what is seen of plans in a window of talk, by what the shared layers gave for it."""
    plans, vectors, keys, bias = networks.talk.run(TALK, {LOWER: shared[None]})
    return Seen(plans[0], networks.links["talk"], Projected(vectors[0], keys[0], bias[0]))
