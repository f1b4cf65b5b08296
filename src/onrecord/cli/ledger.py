"""``onrecord add``, ``statements``, ``documents``, ``problems``, ``stats``: what is kept over many pages.

Promise: questions answer without loading a model; `add` can be stopped and started again at any moment. As everywhere,
results go to standard output and all else to standard error.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli.endings import ALL_READ, NOTHING_READ, SOME_UNREAD, not_stopped, quiet_endings, whole
from onrecord.cli.fetching import fetch_options, fetching
from onrecord.cli.profile import profile_option, profiled
from onrecord.cli.read import iso_date

if TYPE_CHECKING:
    import msgspec

    from onrecord.ledger import Ledger
    from onrecord.ledger.questions import Between

F = TypeVar("F", bound=Callable[..., Any])

LEDGER_UNUSABLE = 5

ledger_option = click.option(
    "--ledger",
    type=click.Path(path_type=Path),
    default=Path("onrecord.ledger"),
    envvar="ONRECORD_LEDGER",
    show_default=True,
    show_envvar=True,
    metavar="FILE",
    help="The ledger's file.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")

MANY = click.IntRange(1, 1_000_000_000)
"""How many there can be: more than any ledger holds, and what SQLite still counts."""

most_option = click.option("--most", type=MANY, default=50, show_default=True, help="How many are shown.")
workers_option = click.option(
    "--workers", type=click.IntRange(1, 1024), help="How many read at once; by default the cores of this machine."
)

FORMS = ("direct", "mixed", "indirect")
"""How a statement may be told."""


def publication_days(command: F) -> F:
    """Options for the days of publication."""
    for name, target, told in (
        ("--as-of", "as_of", "Only what was published by this day; the same as --to."),
        ("--to", "last", "Only what was published by this day."),
        ("--from", "first", "Only what was published on this day or later."),
    ):
        command = click.option(name, target, callback=iso_date, metavar="DATE", help=told)(command)
    return command


def between(first: str | None, last: str | None, as_of: str | None = None) -> Between:
    """Return the days that options ask for: the earlier of two last ones counts.

    Raises UsageError where the first is after the last: there is nothing between them, which would look like an answer.
    """
    from onrecord.ledger.questions import Between

    if first and last and first > last:
        raise click.UsageError(f"{first} is after {last}: no day lies between them. Write the earlier one first.")
    return Between(first, min(filter(None, (last, as_of)), default=None))


@contextmanager
def using_ledger(path: Path, create: bool = False) -> Iterator[Ledger]:
    """Open a ledger and close it; where it can't be used, then or later, end with the sentence that says why."""
    from onrecord.cli.progress import Watching
    from onrecord.ledger import open_ledger
    from onrecord.ledger.access import is_exposed
    from onrecord.ledger.renewing import asked_anew
    from onrecord.ledger.store import LedgerError

    why = [f"{path}: an older onrecord made it, and its tables are changed once, each step whole or not at all"]
    try:
        with open_ledger(path, create, Watching(lambda: why[-1])) as ledger:
            asked = ", ".join(asked_anew(ledger))
            why.append(f"{path}: by newer rules, once: {asked}; what is stopped begins again" if asked else "")
            if is_exposed(ledger):
                click.echo(
                    f"onrecord: {path}: logins or alert targets are in it, and everybody on this machine can read it; "
                    f"take that away with `chmod o-rwx {shlex.quote(str(path))}`",
                    err=True,
                )
            yield ledger
    except LedgerError as problem:
        click.echo(f"onrecord: {problem}", err=True)
        raise SystemExit(LEDGER_UNUSABLE) from None


@click.command(short_help="Read pages into a ledger.")
@click.argument("paths", metavar="PATH|-...", nargs=-1)
@ledger_option
@click.option("--published", metavar="DATE", callback=iso_date, help="The day of publication, where a page has none.")
@click.option("--outlet", metavar="NAME", help="Who published it, where a page does not say.")
@workers_option
@click.option("--retry", is_flag=True, help="Read again the files that could not be read before.")
@profile_option
@fetch_options
def add(
    paths: tuple[str, ...],
    ledger: Path,
    published: str | None,
    outlet: str | None,
    workers: int | None,
    retry: bool,
    profile: bool,
    fetch: bool,
    allow_private: bool,
) -> None:
    """Read each PATH and keep what it holds in a ledger, which is made where there is none.

    PATH is what `onrecord read` takes: pages, archives, feeds, mail, with --fetch also addresses of any of these. A
    document that is there already is not read again, so that a run that was stopped goes on with the same command.
    What can't be read is named and listed by `onrecord problems`.

    Exit codes: 0 all added or known; 2 wrong usage; 3 nothing could be read; 4 some inputs could not be read; 5 the
    ledger can't be used; 130 stopped by Ctrl-C.
    """
    if not paths and not retry:
        raise click.UsageError("name a PATH to add, or --retry")
    with quiet_endings():
        from datetime import UTC, datetime

        from onrecord.acquire import Given, count_bytes, count_documents
        from onrecord.acquire.taking import Way, asking_all, take
        from onrecord.cli.progress import progress
        from onrecord.ledger import Added
        from onrecord.ledger import problems as problems_of

        with profiled(profile) as meter, using_ledger(ledger, create=True) as opened:
            if retry:
                paths = (*paths, *dict.fromkeys(_file(each.place) for each in problems_of(opened)))
            total = count_documents(paths)
            memory = asking_all(opened) if fetch and not retry else None  # what failed is asked for whole
            with (
                fetching(fetch, allow_private) as lend,
                lend(memory) as fetcher,
                progress(total, results_on_stdout=False, size=None if fetch else count_bytes(paths)) as bar,
            ):

                def done(each: Added) -> None:
                    if each.outcome == "problem":
                        bar.say(f"onrecord: {each.place}: {each.reason}")
                    bar.advance()
                    not_stopped()

                at_once = 1 if total == 1 else workers or os.cpu_count() or 1
                given = Given(published, outlet, None)
                way = Way(lambda: datetime.now(UTC), fetcher, given, at_once, sys.stdin.buffer, meter)
                taken = take(opened, paths, way, done, bar.taken)
    unread = len(taken.problems)
    told = f"{taken.added} added, {taken.known} there already, {unread} could not be read"
    click.echo(f"onrecord: {ledger}: {told}", err=True)
    sys.exit(ALL_READ if not unread else SOME_UNREAD if taken.added + taken.known else NOTHING_READ)


def _file(place: str) -> str:
    """The file of a place, which may name a line in it, or the bytes of an archive in an archive; or the address."""
    from onrecord.acquire.counting import is_address

    file = place
    while not is_address(place) and ":" in file and not Path(file).exists():
        file = file.rpartition(":")[0]
    return file if Path(file).exists() else place


def write_line(told: str | dict[str, Any] | msgspec.Struct) -> None:
    """Write a line: an object for programs as it is, words for people with nothing in them that a terminal obeys."""
    import msgspec

    from onrecord.publish.harmless import harmless

    line = harmless(told) if isinstance(told, str) else msgspec.json.encode(told).decode()
    with whole():
        sys.stdout.write(line + "\n")


def _print(rows: list[Any], as_json: bool, shown: Callable[[Any], str]) -> None:
    """Print rows as JSON Lines, or as people read them."""
    for row in rows:
        write_line(row if as_json else shown(row))


@click.command(short_help="Who said what, over all pages of a ledger.")
@click.argument("words", nargs=-1)
@ledger_option
@click.option("--by", default="", metavar="NAME|ID", help="Only what this speaker said, under whatever name.")
@click.option("--about", default="", metavar="NAME|ID", help="Only what speaks of this person, body, place or event.")
@click.option("--form", type=click.Choice(FORMS), help="Only statements of this form.")
@publication_days
@most_option
@json_option
def statements(
    words: tuple[str, ...], ledger: Path, by: str, about: str, form: str | None, first: str | None,
    last: str | None, as_of: str | None, most: int, as_json: bool,
) -> None:  # fmt: skip
    """Find statements that hold all WORDS, best first; without words the latest first.

    Each comes with who said it, by way of whom, in which document and where in its text.
    """
    with quiet_endings():
        from onrecord.ledger import statements as statements_of
        from onrecord.ledger.questions import HeldStatement

        def shown(row: HeldStatement) -> str:
            via = f", via {', '.join(row.via)}" if row.via else ""
            where = ", ".join(each for each in (row.published and row.published[:10], row.outlet) if each)
            told = f"{row.speaker or 'unknown'}{via}: {row.words}"
            return f"{told}\n  — {row.title or row.document} ({where or 'no day known'})"

        with using_ledger(ledger) as opened:
            days = between(first, last, as_of)
            _print(statements_of(opened, " ".join(words), by, form, days, most, about), as_json, shown)


SEARCHED = 50
"""Documents that a search shows where nobody says how many."""


@click.command(short_help="The documents of a ledger, and their full text searched.")
@click.argument("words", nargs=-1)
@ledger_option
@click.option("--by", default="", metavar="NAME|ID", help="Only those in which this speaker is heard.")
@click.option("--about", default="", metavar="NAME|ID", help="Only those that tell of this event or name this one.")
@click.option("--outlet", metavar="NAME", help="Only what this outlet published.")
@publication_days
@click.option("--most", type=MANY, help="How many are shown: of a search 50, at most 200; else all.")
@json_option
def documents(
    words: tuple[str, ...], ledger: Path, by: str, about: str, outlet: str | None, first: str | None,
    last: str | None, as_of: str | None, most: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Find documents whose title or text holds all WORDS, best first; without words list them, the latest first.

    Each that words are asked of comes with the passages that hold them and where these stand in its text.
    """
    with quiet_endings():
        from itertools import islice

        from onrecord.ledger import documents as documents_of
        from onrecord.ledger.questions import HeldDocument
        from onrecord.ledger.said import Asked
        from onrecord.ledger.searching import search_documents

        def shown(row: HeldDocument) -> str:
            day = (row.published or "")[:10] or "no day known"
            told = f"{day}  {row.title or row.name}  ({row.outlet or 'outlet not known'}, {row.statements} statements)"
            return "\n".join((told, *(f"  {at.span[0]}-{at.span[1]}: {at.text}" for at in row.passages)))

        with using_ledger(ledger) as opened:
            days = between(first, last, as_of)
            if words or by or about or outlet:
                asked = Asked(" ".join(words), by, about, None, outlet, days)
                found = search_documents(opened, asked, most=most or SEARCHED).items
            else:
                found = list(islice(documents_of(opened, days), most))
            _print(found, as_json, shown)


@click.command(short_help="What could not be read into a ledger, and why.")
@ledger_option
@json_option
def problems(ledger: Path, as_json: bool) -> None:
    """List what could not be read and has not been since; `onrecord add --retry` tries it again."""
    with quiet_endings():
        from onrecord.ledger import problems as problems_of

        with using_ledger(ledger) as opened:
            _print(problems_of(opened), as_json, lambda row: f"{row.place}: {row.reason}")


@click.command(short_help="How much a ledger holds.")
@ledger_option
@json_option
def stats(ledger: Path, as_json: bool) -> None:
    """Count what a ledger holds: documents, readings, statements, events, entities, decisions, problems, bytes."""
    import json

    with quiet_endings():
        from onrecord.ledger import stats as stats_of

        with using_ledger(ledger) as opened:
            held = stats_of(opened)
        with whole():
            lines = [json.dumps(held)] if as_json else [f"{count:>12,}  {name}" for name, count in held.items()]
            sys.stdout.write("\n".join(lines) + "\n")
