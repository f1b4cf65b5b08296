"""The gate: measure every benchmark, compare with the pinned floors, write docs/quality.md.

Run as ``make evaluate``; arguments name the benchmarks to run (all by default). Exit code 1 when a figure lies below
its floor in `evaluation/floors.toml`. Floors only rise: after a gain, write the new figure there by hand, a little
below what was measured, so that a change of a dependency's last digit does not fail the gate. docs/quality.md is
written only when every benchmark ran and none fell, so that a page with holes never replaces a whole one.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from importlib.metadata import version
from pathlib import Path

from evaluation.benchmarks import BENCHMARKS, ROOT, Benchmark, Figures

FLOORS = ROOT / "evaluation" / "floors.toml"
PAGE = ROOT / "docs" / "quality.md"
MISTAKES = ROOT / "evaluation" / "mistakes.md"
"""What the figures do not show, in words; written by hand after reading, and put at the end of the page."""


def below(figures: Figures, floors: Figures) -> list[str]:
    """Return a sentence for each figure that lies below its floor, or that has a floor and was not measured."""
    return [
        f"{name} is {figures.get(name)}, its floor is {floor}"
        for name, floor in floors.items()
        if (measured := figures.get(name)) is None or measured < floor
    ]


def page(results: list[tuple[Benchmark, Figures, Figures]]) -> str:
    """Return docs/quality.md for ``(benchmark, figures, floors)`` triples."""
    lines = [
        "# Quality",
        "",
        f"Written by `make evaluate` from measured figures, onrecord {version('onrecord')}. "
        "No figure of ours here is typed by hand; those of others are as published, or as measured where we ran them.",
        "A floor is the figure below which the build fails; floors only rise (`evaluation/floors.toml`).",
        "The gold data of others lies beside the project, not in it: its texts are their publishers'. Ours is in "
        "`evaluation/gold`, with the [guide](../evaluation/gold/guide.md) by which it is annotated.",
    ]
    for benchmark, figures, floors in results:
        lines += ["", f"## {benchmark.name}", "", f"{benchmark.what}.", ""]
        lines += ["| figure | measured | floor |", "|---|---|---|"]
        for name, value in figures.items():
            floor = f"{floors[name]:g}" if name in floors else ""
            lines.append(f"| {name} | {value:g} | {floor} |")
        lines += ["", f"Others: {benchmark.peers}.", "", f"Run it alone: `python -m evaluation.gate {benchmark.name}`"]
    return "\n".join(lines) + "\n\n" + MISTAKES.read_text(encoding="utf-8")


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; return the exit code."""
    if unknown := set(names) - {benchmark.name for benchmark in BENCHMARKS}:
        print(f"no such benchmark: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    floors: dict[str, Figures] = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    results: list[tuple[Benchmark, Figures, Figures]] = []
    failures: list[str] = []
    for benchmark in BENCHMARKS:
        if names and benchmark.name not in names:
            continue
        if missing := benchmark.missing():
            print(f"{benchmark.name}: left out, there is no {missing}")
            continue
        with tempfile.TemporaryDirectory() as folder:
            figures = benchmark.run(Path(folder))
        pinned = floors.get(benchmark.name, {})
        results.append((benchmark, figures, pinned))
        failures += [f"{benchmark.name}: {sentence}" for sentence in below(figures, pinned)]
        print(f"{benchmark.name}: " + ", ".join(f"{name} {value:g}" for name, value in figures.items()), flush=True)
    if len(results) == len(BENCHMARKS) and not failures:
        PAGE.write_text(page(results), encoding="utf-8")
    for failure in failures:
        print(f"BELOW ITS FLOOR: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
