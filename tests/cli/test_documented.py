"""docs/command-line.md names every command, option, exit code and kind of file, and none that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import click

from onrecord.acquire.kinds import HOLDINGS
from onrecord.cli import endings, main

PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")


def _section(command: str) -> str:
    return PAGE.split(f"\n## `onrecord {command}`\n")[1].split("\n## ")[0]


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    assert re.findall(r"^## `onrecord ([a-z-]+)`$", PAGE, re.M) == sorted(main.commands)


def test_every_option_is_in_its_commands_section_and_nothing_else_is() -> None:
    for name, command in main.commands.items():
        group = list(command.commands.values()) if isinstance(command, click.Group) else []
        params = [param for each in (command, *group) for param in each.params if isinstance(param, click.Option)]
        options = {option for param in params for option in (*param.opts, *param.secondary_opts) if option[1] == "-"}
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", _section(name))) == options, name
        assert command.help and (command.short_help or command.help)
        assert all(param.help for param in params)
        assert all(each.help and each.short_help and f"`{each.name} " in _section(name) for each in group)


def test_every_kind_of_file_is_named() -> None:
    assert all(f"`{suffix}`" in _section("read") for suffix in HOLDINGS)


def test_every_exit_code_is_named() -> None:
    codes = {value for name, value in vars(endings).items() if name.isupper() and isinstance(value, int)}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", _section("read"), re.M)} == codes
