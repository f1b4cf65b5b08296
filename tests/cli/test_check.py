"""`onrecord check` and `onrecord quote`, as a user and a script meet them; the sample story is really read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main

SAMPLES = Path(__file__).parents[2] / "samples" / "summit"
BRIEFING = SAMPLES / "03-briefing.txt"
WRONG = SAMPLES / "06-wrong-quote.html"


def run(*arguments: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], input=given, catch_exceptions=False)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("story") / "a.ledger"
    pages = ("03-briefing.txt", "04-wire-courier.html", "05-wire-gazette.html", "06-wrong-quote.html")
    assert run("add", "--ledger", path, *(SAMPLES / each for each in pages)).exit_code == 0
    return path


@pytest.fixture(scope="module")
def against() -> Result:
    return run("check", "--json", "--against", BRIEFING, WRONG)


def test_the_altered_quotes_of_the_sample_story_are_found(against: Result) -> None:
    """The pattern of the first page: a word of time changed, and a gloss inside her quotation marks."""
    assert against.exit_code == 1
    told = [json.loads(line) for line in against.stdout.splitlines()]
    verdicts = [(each["verdict"], each["said_by"]) for each in told]
    assert verdicts.count(("altered", "MS. LINDQVIST")) == 2 and verdicts.count(("verbatim", "MS. LINDQVIST")) == 3
    assert verdicts.count(("not found", None)) == 1
    changes = [edit for each in told for edit in each["edits"] if edit["weight"] == "sense"]
    assert [(each["kind"], each["why"]) for each in changes] == [("replaced", "order"), ("added", "gloss")]
    assert (changes[0]["quote_words"], changes[0]["passage_words"]) == ("then", "simultaneously")
    assert changes[1]["quote_words"].startswith("the district of Kest")
    briefing = BRIEFING.read_text(encoding="utf-8")
    for each in told:
        for edit in each["edits"]:
            assert each["quote"][slice(*edit["quote"])] == edit["quote_words"]
            assert " ".join(briefing[slice(*edit["passage"])].split()) == edit["passage_words"]


def test_the_view_says_by_signs_what_colours_say() -> None:
    told = run("check", "--no-color", "--against", BRIEFING, WRONG)
    text = " ".join(told.stdout.split())
    assert "[-simultaneously-]{+then+}" in text and "“then” stands for “simultaneously” (order)" in text
    assert "Nobody goes first, and that is the whole point. We will open" in text
    assert told.stderr.endswith("3 to look into, 2 in which a change touches the sense\n") and "\x1b" not in told.stdout
    assert "\x1b[" in run("check", "--color", "--against", BRIEFING, WRONG).stdout


def test_a_quote_on_the_command_line() -> None:
    words = "Nobody goes first, and that is the whole point."
    assert run("check", "--against", BRIEFING, "--quote", words, "--speaker", "Mara Lindqvist").exit_code == 0
    other = run("check", "--json", "--against", BRIEFING, "--quote", words.replace("Nobody", "Everybody"))
    assert other.exit_code == 1 and json.loads(other.stdout)["verdict"] == "altered"


def test_quotes_as_json_lines_keep_their_ids(tmp_path: Path) -> None:
    quotes = tmp_path / "quotes.jsonl"
    records = [
        {"id": "a", "quote": "Nobody goes first", "speaker": "MS. LINDQVIST"},
        {"id": 7, "quote": "The lighthouse keepers voted against a longer winter"},
        {"quote": ""},
        {"id": "c", "quote": 3},
        {"neither": 1},
    ]
    quotes.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    told = run("check", "--json", "--against", BRIEFING, quotes)
    found = [json.loads(line) for line in told.stdout.splitlines()]
    assert [(each["id"], each["verdict"]) for each in found] == [("a", "verbatim"), ("7", "not found")]
    for line, reason in ((3, '"quote" is empty'), (4, '"quote" is not a string'), (5, 'neither "text" nor "html"')):
        assert f"{quotes}:{line}: " in told.stderr and reason in told.stderr
    assert told.exit_code == 4


def test_the_report_has_both_sides(tmp_path: Path, against: Result) -> None:
    page = tmp_path / "checked.html"
    told = run("check", "--html", page, "--against", BRIEFING, WRONG)
    assert told.exit_code == 1 and told.stdout == ""
    text = page.read_text(encoding="utf-8")
    assert "As printed" in text and "On record" in text and "simultaneously</del>" in text and "then</ins>" in text
    again = run("check", "--html", WRONG, "--against", BRIEFING, WRONG)
    assert again.exit_code == 2 and "is no report" in again.stderr
    assert WRONG.read_bytes().startswith(b"<!")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check"], "name an ARTICLE to check"),
        (["check", "--speaker", "Roux", "x.html"], "belong to --quote"),
        (["check", "--quote", "  "], "--quote is empty"),
        (["check", "--json", "--html", "-", "x.html"], "give the report a file"),
        (["quote"], "Missing argument"),
    ],
)
def test_wrong_usage_is_told(arguments: list[str], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2 and told in result.stderr


def test_what_can_t_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    missing = tmp_path / "no.txt"
    told = run("check", "--json", "--against", missing, "--against", BRIEFING, "--quote", "Nobody goes first")
    assert told.exit_code == 4 and f"{missing}: there is no such file" in told.stderr
    assert json.loads(told.stdout)["verdict"] == "verbatim"
    alone = run("check", "--against", BRIEFING, missing)
    assert alone.exit_code == 3 and "there is no such file" in alone.stderr
    assert run("check", "--ledger", missing, "--quote", "Nobody goes first").exit_code == 5


def test_the_ledger_s_transcripts_are_searched_without_against(ledger: Path) -> None:
    told = [json.loads(line) for line in run("check", "--json", "--ledger", ledger, WRONG).stdout.splitlines()]
    assert [each["verdict"] for each in told].count("altered") == 2
    assert {each["record"] for each in told} == {"transcript", None}


def test_a_quote_and_its_prints(ledger: Path) -> None:
    told = run("quote", "--ledger", ledger, "--json", "open", "the", "crossing,", "and", "Karsenia", "will")
    found = json.loads(told.stdout)
    assert (found["record"], found["said_by"], found["counts"]) == (
        "transcript", "MS. LINDQVIST", {"verbatim": 2, "altered": 1},
    )  # fmt: skip
    first, *_, last = found["prints"]
    assert first["published"] and first["verdict"] == "verbatim" and last["outlet"] == "Dravik Daily"
    by_id = run("quote", "--ledger", ledger, f"{last['article']}#{last['id']}")
    text = " ".join(by_id.stdout.split())
    assert "3 prints in 3 outlets, against the original: 2 verbatim, 1 altered" in text
    assert "the earliest" not in text, "one has no day"
    assert "[-simultaneously-]{+then+}" in text
    nothing = run("quote", "--ledger", ledger, "zebra crossings in ancient Carthage")
    assert nothing.exit_code == 1 and "”: no article of the ledger quotes this" in nothing.stderr
