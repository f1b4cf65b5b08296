"""Archives to Parquet: each document once, each file whole, whoever is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pytest
from pyarrow import parquet

import onrecord.reading
from onrecord.acquire import open_paths
from onrecord.scale import Step, over_pool, scale
from onrecord.scale.inputs import inputs_of
from onrecord.scale.manifest import read_manifest
from onrecord.scale.shards import TRIES, Entry, Failed, Input, Shard, made_of, read_shard
from onrecord.spent import UNMEASURED, Clocks, Meter
from tests.ledger.keeping import NEW, OLD
from tests.scale.making import Kill, by_hand, records

T = TypeVar("T")
R = TypeVar("R")

ROOT = Path(__file__).parents[2]
ONE = over_pool(1)

pytestmark = pytest.mark.usefixtures("read_by_hand")


def digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.parquet")}


def test_an_input_becomes_files_that_say_what_they_were_made_of(tmp_path: Path) -> None:
    path = records(tmp_path / "wire.jsonl", [f"n{n}" for n in range(7)], bad=["n4"])
    steps: list[Step] = []
    manifest = scale([str(path)], tmp_path / "out", ONE, 3, steps.append)
    digest = sha256(path.read_bytes()).hexdigest()
    files = [f"wire.jsonl-{digest[:12]}-{part:05}.parquet" for part in range(3)]
    assert [each.file for each in manifest.files] == files == sorted(digests(tmp_path / "out"))
    for part, entry in enumerate(manifest.files):
        written = (tmp_path / "out" / entry.file).read_bytes()
        assert (entry.sha256, entry.bytes) == (sha256(written).hexdigest(), len(written))
        assert entry.made == made_of(tmp_path / "out" / entry.file)
        made = entry.made
        assert (made.input, made.input_digest, made.input_bytes) == (str(path), digest, path.stat().st_size)
        assert (made.part, made.parts, made.shard_documents, made.reader) == (part, 3, 3, OLD)
    counts = manifest.counts
    assert (counts.documents, counts.problems, counts.statements) == (6, 1, 6)
    assert [each.rows for each in manifest.files] == [3, 3, 1]
    assert read_manifest(tmp_path / "out") == manifest
    (problem,) = map(json.loads, (tmp_path / "out" / "problems.jsonl").read_text().splitlines())
    assert (problem["place"], problem["reason"]) == (f"{path}:5", "it is unreadable")
    assert [(step.done, step.shards, step.there) for step in steps] == [(0, 3, 0), (1, 3, 0), (2, 3, 0), (3, 3, 0)]


def test_rows_are_in_the_order_of_the_input_and_hold_what_was_read(tmp_path: Path) -> None:
    path = records(tmp_path / "wire.jsonl", ["east", "north", "west"], bad=["north"])
    (entry,) = scale([str(path)], tmp_path / "out", ONE).files
    east, north, west = parquet.read_table(tmp_path / "out" / entry.file).to_pylist()
    assert (east["document"], east["outlet"], str(east["day"])) == ("east", "The Courier", "2031-04-30")
    assert (north["document"], north["problem"], north["statements"]) == (None, "it is unreadable", [])
    assert west["original"] == west["text"].encode() == b"Dalgard said the bridge west would open."
    (said,) = west["statements"]
    assert (said["speaker"], said["via"], said["words"]) == ("Dalgard", ["VNA"], west["text"])


def test_what_was_read_by_these_rules_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = records(tmp_path / "wire.jsonl", [f"n{n}" for n in range(5)]), tmp_path / "out"
    scale([str(path)], out, ONE, 2)
    made = {each: (out / each).stat().st_mtime_ns for each in digests(out)}
    (out / "manifest.json").unlink()
    first = next(iter(sorted(made)))
    (out / first).unlink()
    steps: list[Step] = []
    manifest = scale([str(path)], out, ONE, 2, steps.append)
    assert [(step.done, step.shards, step.there) for step in steps] == [(0, 1, 2), (1, 1, 2)]
    assert manifest.counts.documents == 5
    assert {each: (out / each).stat().st_mtime_ns for each in made if each != first}.items() <= made.items()
    monkeypatch.setattr(onrecord.reading, "reader", lambda: NEW)
    manifest = scale([str(path)], out, ONE, 2)
    assert {each.made.reader.models["statements"] for each in manifest.files} == {"two"}


def test_an_input_that_changed_or_is_cut_otherwise_replaces_what_was_there(tmp_path: Path) -> None:
    path, other, out = records(tmp_path / "wire.jsonl", "abcde"), records(tmp_path / "b.jsonl", "z"), tmp_path / "out"
    scale([str(path), str(other)], out, ONE, 2)
    assert scale([str(path)], out, ONE, 4).counts.documents == 6
    assert len(digests(out)) == 3
    records(path, "abcdefg")
    manifest = scale([str(path)], out, ONE, 4)
    assert manifest.counts.documents == 8 and len(digests(out)) == 3
    assert {each.made.input for each in manifest.files} == {str(path), str(other)}


def test_pages_of_a_folder_are_one_input_and_its_archives_are_others(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"Dalgard said {name}.", encoding="utf-8")
    records(folder / "wire.jsonl", "de")
    manifest = scale([str(folder), str(tmp_path / "gone.jsonl")], tmp_path / "out", ONE)
    assert {(Path(each.made.input).name, each.rows) for each in manifest.files} == {("pages", 3), ("wire.jsonl", 2)}
    (failed,) = manifest.failed
    assert failed.input.endswith("gone.jsonl") and "No such file" in failed.reason
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".parquet", ".json", ".jsonl"}
    (none,) = inputs_of([str(tmp_path / "out")])  # readings are no input
    assert isinstance(none, Failed) and none.reason == "there are no pages in this folder"


def test_a_worker_that_is_killed_amid_a_shard_changes_nothing(tmp_path: Path) -> None:
    path = records(tmp_path / "wire.jsonl", [f"n{n}" for n in range(6)], bad=["n3"])
    kill = Kill("n4", str(tmp_path / "killed"))
    scale([str(path)], tmp_path / "whole", ONE, 3)
    manifest = scale([str(path)], tmp_path / "out", by_hand(over_pool(2), kill), 3)
    assert Path(kill.mark).exists() and not manifest.failed
    assert digests(tmp_path / "out") == digests(tmp_path / "whole") and len(manifest.files) == 2
    assert not list((tmp_path / "out").glob(".*"))


def test_a_shard_that_does_not_come_back_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = records(tmp_path / "wire.jsonl", [f"n{n}" for n in range(6)])

    def losing(work: Callable[[Sequence[T]], list[R]], each: Sequence[T]) -> Iterator[R]:
        return (result for one in each if not (isinstance(one, Shard) and one.part == 1) for result in work([one]))

    manifest = scale([str(path)], tmp_path / "out", losing, 2)
    assert [(each.part, each.reason[:26]) for each in manifest.failed] == [(1, "whoever reads it is killed")]
    assert [each.made.part for each in manifest.files] == [0, 2]
    assert "killed" in (tmp_path / "out" / "problems.jsonl").read_text()
    assert scale([str(path)], tmp_path / "out", ONE, 2).counts.documents == 6


def test_a_shard_that_was_begun_too_often_is_given_up(tmp_path: Path) -> None:
    read = Input(name=str(tmp_path / "a"), paths=(str(records(tmp_path / "a", "x")),))
    shard = Shard(input=read, digest="0" * 64, size=1, part=0, parts=1, documents=5, folder=str(tmp_path))
    for each in range(TRIES):
        (tmp_path / f".{shard.file}.{each}").touch()
    assert [type(read_shard(shard, UNMEASURED)) for _ in range(2)] == [Failed, Entry]
    assert not list(tmp_path.glob(".*"))


def test_a_mistake_of_ours_costs_one_shard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = records(tmp_path / "a.jsonl", "xy"), records(tmp_path / "b.jsonl", "z")

    def opened(paths: Sequence[str]) -> Iterator[object]:
        if paths == (str(bad),):
            raise RuntimeError("out of order")
        return open_paths(paths)

    monkeypatch.setattr("onrecord.scale.shards.open_paths", opened)
    manifest = scale([str(good), str(bad)], tmp_path / "out", ONE)
    (failed,) = manifest.failed
    assert "onrecord failed here (RuntimeError: out of order)" in failed.reason and manifest.counts.documents == 2
    monkeypatch.setattr("onrecord.scale.inputs.open_paths", opened)
    (failed,) = scale([str(good), str(bad)], tmp_path / "other", ONE).failed
    assert failed.part is None and "out of order" in failed.reason


def test_a_folder_that_cant_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="exist"):
        scale([str(records(tmp_path / "wire.jsonl", "a"))], tmp_path / "file", ONE)


KILLED = """
import sys, time
from pathlib import Path
import onrecord.reading
from onrecord.scale import over_pool, scale
from tests.ledger.keeping import OLD, read_many
onrecord.reading.read_many = lambda sources: (time.sleep(0.002) or each for each in read_many(sources))
onrecord.reading.reader = lambda: OLD
scale([sys.argv[1]], Path(sys.argv[2]), over_pool(1), 5, lambda step: print(step.done, flush=True))
"""


def test_killed_at_any_moment_the_files_are_whole_and_the_run_goes_on(tmp_path: Path) -> None:
    path, out = records(tmp_path / "wire.jsonl", [f"n{n}" for n in range(60)]), tmp_path / "out"
    scale([str(path)], tmp_path / "whole", ONE, 5)
    command = [sys.executable, "-c", KILLED, str(path), str(out)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    kills = 0
    for wait in (0.0, 0.03):
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(wait)
            run.send_signal(signal.SIGKILL)
            kills += run.wait() == -signal.SIGKILL
        assert digests(out).items() <= digests(tmp_path / "whole").items()
    assert kills
    manifest = scale([str(path)], out, ONE, 5)
    assert digests(out) == digests(tmp_path / "whole") and manifest.counts.documents == 60
    assert not list(out.glob(".*")) and not manifest.failed


def test_ray_gives_the_same_as_the_pool(tmp_path: Path) -> None:
    ray = pytest.importorskip("ray", reason="Ray is an extra: pip install 'onrecord[ray]'")
    from onrecord.scale.on_ray import NoCluster, over_ray

    path = records(tmp_path / "wire.jsonl", [f"n{n}" for n in range(6)], bad=["n3"])
    try:
        kill = Kill("n4", str(tmp_path / "killed"))
        meter = Meter(Clocks(time.process_time, time.monotonic))
        manifest = scale([str(path)], tmp_path / "ray", by_hand(over_ray(1), kill), 3, meter=meter)
    except NoCluster as problem:
        pytest.skip(str(problem))
    finally:
        ray.shutdown()
    assert Path(kill.mark).exists()  # an actor was killed amid a shard
    assert {"cutting", "packing", "writing"} <= meter.so_far().keys(), "what actors took is told"
    assert scale([str(path)], tmp_path / "pool", ONE, 3).counts == manifest.counts
    assert digests(tmp_path / "ray") == digests(tmp_path / "pool") and len(manifest.files) == 2
    assert [each for each in manifest.failed if isinstance(each, Failed)] == []
