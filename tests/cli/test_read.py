"""`onrecord read` as a user and a script meet it: exit codes, what goes where, whole lines, quiet endings."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

import onrecord.reading
from onrecord.cli import main
from onrecord.cli.endings import quiet_endings, whole
from onrecord.errors import UnreadableInput
from onrecord.nouns import Reading, Source
from tests.strategies import sample_reading

SAMPLE = sample_reading()


class Run(Protocol):
    """Runs ``onrecord read`` with these arguments."""

    def __call__(self, *arguments: str, input: str | None = None) -> Result: ...


def _sample_of(source: Source | UnreadableInput) -> Reading | UnreadableInput:
    if isinstance(source, UnreadableInput):
        return source
    if b"unreadable" in source.raw:
        return UnreadableInput(source.path or "", "it is unreadable")
    document = replace(
        SAMPLE.document, path=source.path, outlet=source.outlet, url=source.url, id=source.published or "undated"
    )
    return replace(SAMPLE, document=document)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in a folder with pages; reading is replaced by the sample, so that no model is loaded."""

    def read_many(sources: Iterable[Source | UnreadableInput], _: object) -> Iterator[Reading | UnreadableInput]:
        yield from map(_sample_of, sources)

    monkeypatch.setattr(onrecord.reading, "read_many", read_many)
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("Talks go on.\n")
    Path("bad.txt").write_text("unreadable")
    Path("two.jsonl").write_text('{"text": "x", "published": "2031-01-02", "outlet": "KarsTel"}\n{"text": "y"}\n')

    def invoke(*arguments: str, input: str | None = None) -> Result:
        return CliRunner().invoke(main, ["read", *arguments], input=input)

    return invoke


def test_json_is_one_line_a_document_in_order(run: Run) -> None:
    result = run("--json", "b.txt", "a.txt", "two.jsonl")
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["document"]["path"] for line in lines] == ["b.txt", "a.txt", "two.jsonl:1", "two.jsonl:2"]
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("paths", "code", "named"),
    [
        (["a.txt"], 0, []),
        (["gone.txt"], 3, ["gone.txt"]),
        (["gone.txt", "bad.txt"], 3, ["gone.txt", "bad.txt", "2 of 2"]),
        (["a.txt", "bad.txt", "b.txt", "gone.txt"], 4, ["bad.txt", "gone.txt", "2 of 4"]),
    ],
)
def test_exit_code_and_names_of_what_could_not_be_read(run: Run, paths: list[str], code: int, named: list[str]) -> None:
    result = run("--json", *paths)
    assert result.exit_code == code
    assert all(name in result.stderr for name in named)
    assert len(result.stdout.splitlines()) == len([path for path in paths if path in ("a.txt", "b.txt")])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Missing argument"),
        (["--published", "25.5.2031", "a.txt"], "'25.5.2031' is not a day. Write year-month-day"),
        (["--published", "2031-02-30", "a.txt"], "not a day"),
        (["--published", "20310203", "a.txt"], "not a day"),
        (["--url", "https://x.example", "a.txt", "b.txt"], "--url names one page"),
        (["--url", "https://x.example", "."], "--url names one page"),
        (["--url", "https://x.example", "two.jsonl"], "--url names one page"),
        (["--html", "no/such/folder.html", "a.txt"], "make it first"),
        (["--html", ".", "a.txt"], "is a directory"),
        (["--html", "b.txt", "a.txt"], "no report"),
        (["--json", "--html", "-", "a.txt"], "give the report a file"),
        (["--nonsense", "a.txt"], "No such option"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(run: Run, arguments: list[str], sentence: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr and result.stdout == ""


def test_what_the_user_says_is_added_and_a_records_own_words_win(run: Run) -> None:
    result = run("--json", "--published", "2031-03-11", "--outlet", "Dravik Daily", "a.txt", "two.jsonl")
    documents = [json.loads(line)["document"] for line in result.stdout.splitlines()]
    assert [each["id"] for each in documents] == ["2031-03-11", "2031-01-02", "2031-03-11"]
    assert [each["outlet"] for each in documents] == ["Dravik Daily", "KarsTel", "Dravik Daily"]


def test_url_is_given_to_the_one_page(run: Run) -> None:
    result = run("--json", "--url", "https://courier.example/1", "a.txt")
    assert json.loads(result.stdout)["document"]["url"] == "https://courier.example/1"


def test_standard_input(run: Run) -> None:
    result = run("--json", "-", input="Talks go on.\n")
    assert result.exit_code == 0 and json.loads(result.stdout)["document"]["path"] == "-"


def test_view_is_plain_in_a_pipe_and_coloured_when_asked(run: Run) -> None:
    plain, coloured = run("a.txt"), run("--color", "a.txt")
    assert "\x1b[" not in plain.stdout and "WHO SAID WHAT" in plain.stdout
    assert "\x1b[" in coloured.stdout
    assert "\x1b[" not in run("--no-color", "a.txt").stdout


def test_report_is_written_instead_of_the_view_and_beside_json(run: Run) -> None:
    result = run("--html", "out.html", "a.txt", "b.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "out.html" in result.stderr
    page = Path("out.html").read_text(encoding="utf-8")
    assert "On record: 2 documents" in page
    assert len(run("--json", "--html", "out.html", "a.txt").stdout.splitlines()) == 1


def test_report_goes_to_standard_output_where_its_file_is_a_dash(run: Run) -> None:
    result = run("--html", "-", "a.txt", "bad.txt")
    assert result.exit_code == 4 and "bad.txt" in result.stderr and "wrote" not in result.stderr
    assert result.stdout.startswith("<!doctype html>") and result.stdout.rstrip().endswith("</html>")
    assert not Path("-").exists()


def test_only_a_report_is_written_over(run: Run) -> None:
    Path("page.html").write_text("<p>Talks go on.</p>")
    assert run("--html", "page.html", "a.txt").exit_code == 2
    assert Path("page.html").read_text() == "<p>Talks go on.</p>"
    for _ in range(2):
        assert run("--html", "out.html", "a.txt").exit_code == 0


def test_a_report_that_can_not_be_written_leaves_the_one_before(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("--html", "out.html", "a.txt").exit_code == 0
    before = Path("out.html").read_bytes()

    def full(path: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = run("--html", "out.html", "b.txt")
    assert result.exit_code == 74 and "out.html can't be written: No space left" in result.stderr
    assert Path("out.html").read_bytes() == before
    assert not [each for each in Path().iterdir() if each.name.startswith(".out.html")]


def test_no_report_where_nothing_was_read(run: Run) -> None:
    assert run("--html", "out.html", "gone.txt").exit_code == 3
    assert not Path("out.html").exists()


def test_names_of_files_can_not_drive_the_terminal(run: Run) -> None:
    result = run("--json", "gone\x1b[2J.txt")
    assert "\x1b" not in result.stderr and "gone" in result.stderr


# What follows needs a process of its own: pipes, signals, locales, the time to start.

SLOW = """
import sys, time, onrecord.reading
sys.path.insert(0, {root!r})
from tests.cli.test_read import _sample_of
def read_many(sources, _):
    for source in sources:
        yield _sample_of(source)
        time.sleep({pause})
onrecord.reading.read_many = read_many
from onrecord.cli import main
main()
"""
ROOT = str(Path(__file__).parents[2])


def start(pause: float, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    code = SLOW.format(root=ROOT, pause=pause)
    return subprocess.Popen(
        [sys.executable, "-c", code, "read", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # what `readline` takes beyond its line is lost to `communicate`
        env={**os.environ, **environment},
    )


@pytest.fixture
def many(tmp_path: Path) -> str:
    path = tmp_path / "many.jsonl"
    path.write_text('{"text": "x"}\n' * 5000)
    return str(path)


def test_reader_that_leaves_early_is_no_error(many: str) -> None:
    process = start(0, "--json", many)
    assert process.stdout and process.stderr
    assert json.loads(process.stdout.readline())
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(30) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("arguments", [["read", "--json"], ["read"], ["schema"]])
def test_full_disk_is_told_in_a_sentence(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.txt").write_text("x")
    paths = [str(tmp_path / "a.txt")] if arguments[0] == "read" else []
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(
            [sys.executable, "-c", SLOW.format(root=ROOT, pause=0), *arguments, *paths],
            stdout=full, stderr=subprocess.PIPE, check=False, timeout=30,
        )  # fmt: skip
    assert process.returncode == 74
    (line,) = process.stderr.decode().splitlines()
    assert line.startswith("onrecord: standard output can't be written: No space left")


def test_an_interrupt_that_python_can_not_raise_is_not_lost() -> None:
    class Thrown:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    reached: list[str] = []
    with pytest.raises(SystemExit) as ended, quiet_endings():
        thrown = Thrown()
        del thrown
        reached.append("on")
        with whole():
            reached.append("a line")
    assert ended.value.code == 130 and reached == ["on"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with quiet_endings(), whole():
        reached.append("another run")
    assert reached == ["on", "another run"]


def _interrupted(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """What a program prints until it ends by Ctrl-C, pressed once."""
    process.send_signal(signal.SIGINT)
    return process.communicate(timeout=30)


def test_interrupt_leaves_whole_lines(many: str) -> None:
    process = start(0.01, "--json", many)
    assert process.stdout and process.stderr
    first = process.stdout.readline()
    out, err = _interrupted(process)
    assert process.returncode == 130
    assert err == b""
    lines = (first + out).splitlines(keepends=True)
    assert len(lines) < 5000
    assert all(line.endswith(b"}\n") and json.loads(line) for line in lines)


def test_json_is_utf8_and_comes_line_by_line_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    for locale in ("C", "en_US.ISO-8859-1"):
        process = start(0, "--json", str(tmp_path / "a.txt"), LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
        out, err = process.communicate(timeout=30)
        assert process.returncode == 0, err
        assert "“We said" in json.loads(out.decode("utf-8"))["document"]["text"]


def test_view_survives_a_terminal_without_unicode(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    process = start(0, str(tmp_path / "a.txt"), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert b"WHO SAID WHAT" in out and b"Mara Lindqvist" in out


def test_help_and_version_load_no_library() -> None:
    code = (
        "import sys; sys.argv = ['onrecord', '--help']\n"
        "from onrecord.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('spacy', 'lxml', 'trafilatura', 'rich', 'jinja2', 'msgspec') if m in sys.modules])\n"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert printed.splitlines()[-1] == "[]"


def test_progress_is_drawn_for_people_only(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.cli.progress import progress

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    with progress(10) as bar:
        bar.advance()
        bar.say("one is bad")
    assert capfd.readouterr().err == "one is bad\n"
    for total, drawn in ((1, False), (10, True), (None, True)):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress(total) as bar:
            bar.advance()
            bar.say("one is \x1b[2Jbad")
        assert ("reading" in terminal.getvalue()) is drawn
        assert "\x1b[2Jbad" not in terminal.getvalue() and "bad" in terminal.getvalue()
