"""One tagger of several: ``python -m training.statements.mean CHECKPOINT... --out CHECKPOINT``.

The weights are the means of those given, which must have begun from one checkpoint and differ by what they saw and in
what order (Wortsman et al. 2022, "Model soups"): costs nothing when run and evens out what a seed decides.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.statements.train import save, started_from


def main() -> None:
    """Write the mean. Raises ValueError where the checkpoints were kept from other articles."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("checkpoints", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    held = set(torch.load(arguments.checkpoints[0], weights_only=True)["held"])
    found = [started_from(path, held) for path in arguments.checkpoints]
    save({name: torch.stack([each[name] for each in found]).mean(0) for name in found[0]}, held, arguments.out)


if __name__ == "__main__":
    main()
