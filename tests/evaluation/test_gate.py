"""The gate fails when it should, and its page says what was measured."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from evaluation.benchmarks import BENCHMARKS, ROOT, Benchmark

from evaluation import gate


def benchmark(gold: Path) -> Benchmark:
    return Benchmark("b", "what", (gold,), gold, (), lambda found: {"F1": found["f1"]}, "none")


def test_below_its_floor() -> None:
    assert gate.below({"F1": 49.9}, {"F1": 50.0}) == ["F1 is 49.9, its floor is 50.0"]
    assert gate.below({"F1": 50.0}, {"F1": 50.0}) == []


def test_a_floor_without_a_figure_fails() -> None:
    assert gate.below({}, {"F1": 50.0}) == ["F1 is None, its floor is 50.0"]


def test_page_has_figures_floors_and_command(tmp_path: Path) -> None:
    page = gate.page([(benchmark(tmp_path), {"F1": 61.25, "recall": 60.0}, {"F1": 60.0})])
    assert "| F1 | 61.25 | 60 |" in page
    assert "| recall | 60 |  |" in page
    assert "python -m evaluation.gate b" in page


def test_missing_gold_is_left_out_by_name(tmp_path: Path) -> None:
    assert benchmark(tmp_path / "gone").missing() == tmp_path / "gone"
    assert benchmark(tmp_path).missing() is None


def test_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert gate.main(["nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err


def test_every_floor_belongs_to_a_benchmark() -> None:
    floors = tomllib.loads((ROOT / "evaluation" / "floors.toml").read_text(encoding="utf-8"))
    assert floors and set(floors) <= {each.name for each in BENCHMARKS}
