"""Learn the layers that talk has for its own: ``python -m training.statements.talk --plans ANNOTATIONS TEXTS…``.

The lower layers are those of the shipped ``shared.onnx``, run as in reading, and do not change, so that nothing does of
what is seen in print. The upper ones start from those of a checkpoint of `training.statements.train` and are learnt
with the heads of planned events, from print too: there is more of it, and a plan is a plan. ``--plans`` are as there,
GOLD are files of ours with ``"events"``. A fifth of the annotated texts is kept out by its id: how far to trust what is
seen in talk is fitted on it (`training.events.judge`). `training/statements/make.sh` has all the steps.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from evaluation.gold.standoff import annotated
from numpy.typing import NDArray
from torch import Tensor

from onrecord.statements.tagger import network
from onrecord.statements.tagger.windows import PLACES, Window
from training.statements.examples import (
    Article,
    Example,
    articles,
    batches,
    examples,
    is_kept_out,
    name_pieces,
    read_gold,
    varied,
)
from training.statements.model import Talk
from training.statements.train import averaged, linking, planning, save, told

SEED = 20

LOSSES = ("plans", "parts")

EVEN = torch.tensor([1 / 12, 1 / 6, 1 / 6] * 3)
"""Weights of the losses of membership and of edges, for each kind of part."""

QUIET = 0.35
"""The share of windows without a plan that an epoch sees of passages: most of them have none."""

HALFWAY = 0.5
"""How far from the start to the end the weights lie that are kept (Wortsman et al. 2022, "Robust fine-tuning")."""

LATER = 0.5
"""The share of texts that are taken for a part of a longer one, since in talk a plan seldom stands at the beginning."""


class Lowered(NamedTuple):
    """An example with what the shared layers give for its pieces."""

    example: Example
    lower: NDArray[np.float16]
    """``[T, H]``"""

    @property
    def window(self) -> Window:
        """Its pieces, by whose number batches are made."""
        return self.example.window


def lowered(found: Iterable[Example]) -> list[Lowered]:
    """Return examples with what the shipped network gives for them."""
    networks = network.load()
    return [Lowered(each, network.lower(networks, each.window).astype(np.float16)) for each in found]


def losses(model: Talk, found: list[Lowered]) -> Tensor:
    """The losses ``[2]`` of a batch: tags and links of planned events."""
    length = max(len(each.lower) for each in found)
    lower = torch.zeros(len(found), length, found[0].lower.shape[1])
    empty = torch.ones(len(found), length, dtype=torch.bool)
    for row, each in enumerate(found):
        lower[row, : len(each.lower)] = torch.from_numpy(each.lower)
        empty[row, : len(each.lower)] = False
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = model(lower, empty)
        planned = model.plans(x).float()
    learnt = [each.example for each in found]
    parting = linking(model.parts, x, learnt, [(each.events, each.parts) for each in learnt], EVEN)
    return torch.stack([planning(planned, learnt), parting])


def drawn(read: list[Article], names: list[int], draw: random.Random) -> list[Lowered]:
    """Return the examples of an epoch: windows, names, words left out and where each stands drawn anew."""
    found = []
    for article in read:
        later = draw.random() < LATER
        for each in varied(examples([article], draw), names, draw):
            if not len(each.events) and "range" in article.record and draw.random() >= QUIET:
                continue
            window = each.window
            if later:
                window = window._replace(places=[window.places[0], *[PLACES - 1] * (len(window.places) - 1)])
            found.append(each._replace(window=window))
    return lowered(found)


def main() -> None:
    """Learn and write a checkpoint after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument(
        "--plans", type=Path, nargs="+", action="append", default=[],
        help="annotations of planned events, then their texts; may be given again",
    )  # fmt: skip
    parser.add_argument("--start", type=Path, required=True, help="a checkpoint of training.statements.train")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--heads", type=float, default=1e-3)
    parser.add_argument("--pieces", type=int, default=1600, help="word pieces in a batch")
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    draw = random.Random(arguments.seed)
    records = [record for path in arguments.gold for record in read_gold(path)]
    kept_out: list[dict[str, Any]] = []
    for gold, *texts in arguments.plans:
        for record in annotated(gold, tuple(texts)):
            (kept_out if is_kept_out(record["id"]) else records).append(record)
    read = articles(record for record in records if "events" in record)
    names = name_pieces(examples(read))
    judged = lowered(examples(articles(kept_out)))
    model = Talk()
    started = torch.load(arguments.start)["weights"]
    model.load_state_dict({name: started[name] for name in model.state_dict()})
    groups = [
        {"params": [p], "peak": arguments.rate if name.startswith("layers.") else arguments.heads,
         "weight_decay": 0.01 if p.ndim > 1 else 0.0}
        for name, p in model.named_parameters()
    ]  # fmt: skip
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    step, steps, began = 0, 0, time.time()
    for epoch in range(arguments.epochs):
        learnt = drawn(read, names, draw)
        piles = list(batches(learnt, arguments.pieces, arguments.seed * 1000 + epoch))
        steps = steps or arguments.epochs * len(piles)
        model.train()
        for pile in piles:
            scale = min(1.0, step / (0.08 * steps)) * max(0.02, 1 - step / steps)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * scale
            each = losses(model, pile)
            optimizer.zero_grad()
            each.sum().backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            averaged(average, model, min(0.998, step / (step + 10)))
        mean = {name: torch.lerp(started[name], value, HALFWAY) for name, value in average.items()}
        save(mean, set(), arguments.out)
        print(
            f"epoch {epoch + 1}, {time.time() - began:.0f} s: kept out: {told(kept(average, judged), LOSSES)}",
            flush=True,
        )


def kept(average: dict[str, Tensor], found: list[Lowered]) -> Tensor:
    """Return the losses of averaged weights on examples that are not learnt from."""
    model = Talk()
    model.load_state_dict(average)
    model.eval()
    with torch.no_grad():
        return torch.stack([losses(model, pile) for pile in batches(found, 8000, 0)]).mean(0)


if __name__ == "__main__":
    main()
