"""What was known of an event as of a day, asked in one process: ``asof.py EPISODE.json...``.

Promise: the scorer that lies beside the project decides what is right, and its figures are those that it prints when it
runs `onrecord` itself. The odd case that forced the shape: as commands, fifty questions and twenty additions load the
language model and the interpreter seventy times; so its one way to the program is turned to a call of the same command.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from subprocess import CompletedProcess
from types import ModuleType

from click.testing import CliRunner

from onrecord.cli import main as onrecord

SCORER = Path(__file__).resolve().parent.parent.parent / "shared" / "score" / "asof.py"


def run(*arguments: str) -> CompletedProcess[str]:
    """Return what a command of onrecord ends with and prints; documents are read here, where the models are loaded.

    Raises what the command raises where it fails by a fault of ours.
    """
    here = ("--workers", "1") if arguments[0] == "add" else ()
    ended = CliRunner().invoke(onrecord, [*arguments, *here])
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    return CompletedProcess(arguments, ended.exit_code, ended.stdout, ended.stderr)


def scorer(path: Path = SCORER) -> ModuleType:
    """Return the scorer of a file with `run` in place of its own. Raises FileNotFoundError where there is none."""
    spec = spec_from_file_location("scorer_of_episodes", path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    vars(module)["run"] = run
    return module


if __name__ == "__main__":
    scorer().main([each for each in sys.argv[1:] if not each.startswith("-")], "--wrong" in sys.argv)
