"""``onrecord check``: quotes against the record of what was said.

Promise: every quote of every article gets one verdict, with the passage and every change; a file that can't be read is
named on standard error and the rest goes on. The odd case that forced the shape: quotes by themselves (JSON Lines, or
on the command line) need no page read, so that no model is loaded for them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from onrecord.cli.copies import counted
from onrecord.cli.endings import ALL_READ, NOTHING_READ, SOME_UNREAD, quiet_endings, whole
from onrecord.cli.ledger import json_option, ledger_option, using_ledger, write_line
from onrecord.cli.outputs import STANDARD_OUTPUT, ReportFile, standard_console
from onrecord.cli.profile import profile_option, profiled
from onrecord.cli.read import iso_date
from onrecord.spent import Meter

if TYPE_CHECKING:
    from onrecord.check import Finding, Quote
    from onrecord.cli.progress import Bar
    from onrecord.errors import UnreadableInput
    from onrecord.ledger import Ledger
    from onrecord.nouns import Document, PrintedQuote, Source

FOUND = 1
"""Exit code where a quote is altered, spliced, somebody else's or not found."""


@click.command(short_help="Check quotes against transcripts: verbatim, cut, changed, somebody else's?")
@click.argument("articles", metavar="[ARTICLE|-]...", nargs=-1)
@click.option(
    "--against",
    multiple=True,
    metavar="TRANSCRIPT",
    help="A transcript, or a file or folder of many.",
)
@ledger_option
@click.option("--quote", metavar="TEXT", help="Check this quote, instead of articles or beside them.")
@click.option("--speaker", metavar="NAME", help="Who is told to have said it: a name, an office or a label.")
@click.option("--date", "day", callback=iso_date, metavar="DATE", help="When the quote was printed.")
@click.option("--transcript", metavar="ID", help="The transcript that the quote is said to be from.")
@json_option
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the report to FILE, one self-contained HTML page with both sides beside each other.",
)
@click.option("--color/--no-color", default=None, help="Colour in the view; by default on a terminal only.")
@profile_option
def check(
    articles: tuple[str, ...], against: tuple[str, ...], ledger: Path, quote: str | None, speaker: str | None,
    day: str | None, transcript: str | None, as_json: bool, html: Path | None, color: bool | None,
    profile: bool,
) -> None:  # fmt: skip
    """Hold every quotation of each ARTICLE against what was said, and say what became of it.

    ARTICLE is what `onrecord read` takes; in JSON Lines a record with "quote" (and optionally "id", "speaker", "date",
    "transcript") is a quote by itself. TRANSCRIPT is what `onrecord read` takes as well. Without --against all
    transcripts of the ledger are searched, then the quotes of its other articles.

    Verdicts: verbatim, marked, trimmed, altered, spliced, reworded, elsewhere, not found (docs/check.md).

    Exit codes: 0 no finding; 1 a quote is altered, spliced, somebody else's or not found; 2 wrong usage; 3 nothing
    could be read; 4 some inputs could not be read; 5 the ledger can't be used.
    """
    if not articles and quote is None:
        raise click.UsageError("name an ARTICLE to check, or give --quote TEXT")
    if quote is None and (speaker or day or transcript):
        raise click.UsageError("--speaker, --date and --transcript belong to --quote TEXT")
    if quote is not None and not quote.strip():
        raise click.UsageError("--quote is empty")
    with quiet_endings(), profiled(profile) as meter, ExitStack() as stack:
        from onrecord.acquire import count_documents, open_quotes
        from onrecord.cli.progress import progress
        from onrecord.nouns import PrintedQuote

        run = _Run(_outputs(as_json, html, color), meter)
        held = stack.enter_context(run.record(against) if against else using_ledger(ledger))
        if against and run.unread and not run.kept:
            click.echo("onrecord: no transcript could be read, so there is nothing to check against", err=True)
            raise SystemExit(NOTHING_READ)
        if quote is not None:
            run.quote(held, PrintedQuote(id="quote", quote=quote, speaker=speaker, date=day, transcript=transcript))
        if articles:
            with progress(
                count_documents(articles), results_on_stdout=as_json or html in (None, STANDARD_OUTPUT)
            ) as bar:
                run.articles(held, open_quotes(articles, sys.stdin.buffer), bar)
        with meter.of("writing"):
            for output in run.outputs:
                output.close()
        told = [f"{counted(run.checked, 'quote')} checked, {run.found} to look into"]
        told += [f"{run.touched} in which a change touches the sense"] if run.touched else []
        told += [f"{counted(run.unread, 'input')} could not be read"] if run.unread else []
        click.echo(f"onrecord: {', '.join(told)}", err=True)
    sys.exit(run.code())


class _Run:
    """What is checked, and what has come of it so far."""

    def __init__(self, outputs: Sequence[Output], meter: Meter) -> None:
        self.outputs, self._meter = outputs, meter
        self.checked = self.found = self.touched = self.read = self.unread = self.kept = 0

    def record(self, paths: tuple[str, ...]) -> Ledger:
        """The transcripts in some files, in a ledger that is in memory; those that can't be read are named."""
        from onrecord.acquire import count_documents, open_paths
        from onrecord.cli.progress import progress
        from onrecord.ledger import record_of

        with progress(count_documents(paths), results_on_stdout=False) as bar, self._meter.of("quotes"):
            return record_of(self._documents(self._meter.each("input", open_paths(paths, sys.stdin.buffer)), bar))

    def _documents(self, sources: Iterable[Source | UnreadableInput], bar: Bar) -> Iterator[Document]:
        from onrecord.errors import UnreadableInput
        from onrecord.page import read_page

        for source in sources:
            try:
                if isinstance(source, UnreadableInput):
                    raise source
                with self._meter.of("page"):
                    document = read_page(source)
            except UnreadableInput as problem:
                self._failed(problem, bar)
            else:
                self.kept += 1
                yield document
            bar.advance()

    def _failed(self, problem: UnreadableInput, bar: Bar) -> None:
        bar.say(f"onrecord: {problem}")
        self.unread += 1

    def articles(self, held: Ledger, given: Iterator[Source | PrintedQuote | UnreadableInput], bar: Bar) -> None:
        """Check what comes in; pages are read many at once, and no model is loaded where there is none."""
        from onrecord.errors import UnreadableInput
        from onrecord.nouns import PrintedQuote

        def pages() -> Iterator[Source]:
            for each in given:
                if isinstance(each, PrintedQuote):
                    self.quote(held, each)
                elif isinstance(each, UnreadableInput):
                    self._failed(each, bar)
                else:
                    yield each
                    continue
                bar.advance()

        waiting = pages()
        with self._meter.of("input"):
            first = next(waiting, None)
        if first is None:
            return
        from onrecord.check import quotes_of
        from onrecord.reading import read_many

        for result in read_many(chain([first], waiting), self._meter):
            if isinstance(result, UnreadableInput):
                self._failed(result, bar)
            else:
                self.read += 1
                for quote in quotes_of(result):
                    self._check(held, quote, result.document)
            bar.advance()

    def quote(self, held: Ledger, given: PrintedQuote) -> None:
        """Check a quote by itself."""
        from onrecord.check import quote_alone

        self.read += 1
        self._check(held, quote_alone(given), None)

    def _check(self, held: Ledger, quote: Quote, article: Document | None) -> None:
        from onrecord.ledger import checked
        from onrecord.publish.checked import is_finding, touches_sense

        with self._meter.of("asking"):
            finding = checked(held, quote, article.id if article else None)
        self.checked += 1
        self.found += is_finding(finding)
        self.touched += touches_sense(finding)
        with self._meter.of("writing"):
            for output in self.outputs:
                output.write(finding, article)

    def code(self) -> int:
        """How the command ends: what could not be read goes before what was found."""
        if self.unread:
            return SOME_UNREAD if self.read else NOTHING_READ
        return FOUND if self.found else ALL_READ


class Output(Protocol):
    """A place where findings go."""

    def write(self, finding: Finding, article: Document | None) -> None:
        """Take one finding, on a quote of an article or on one by itself."""

    def close(self) -> None:
        """Say that there are no more."""


class _Lines:
    """One JSON object a line and quote."""

    def write(self, finding: Finding, article: Document | None) -> None:
        from onrecord.publish.findings import finding_object

        write_line(finding_object(finding, article.id if article else None))

    def close(self) -> None:
        """Nothing is left to do."""


class _View:
    """The view for people on standard output."""

    def __init__(self, color: bool | None) -> None:
        self._console = standard_console(color)

    def write(self, finding: Finding, article: Document | None) -> None:
        from onrecord.cli.differing import print_finding

        with whole():
            print_finding(self._console, finding, (article.title or article.path or "") if article else "")
            sys.stdout.flush()

    def close(self) -> None:
        """Nothing is left to do."""


class _Report:
    """One HTML file, written when all is checked."""

    def __init__(self, path: Path) -> None:
        self._file = ReportFile(path)
        self._findings: list[tuple[Finding, Document | None]] = []

    def write(self, finding: Finding, article: Document | None) -> None:
        self._findings.append((finding, article))

    def close(self) -> None:
        """Write the file, also where nothing was quoted. Raises NotWritten where that fails."""
        from onrecord.publish.checked import report

        self._file.write(report(self._findings))


def _outputs(as_json: bool, html: Path | None, color: bool | None) -> list[Output]:
    if as_json and html == STANDARD_OUTPUT:
        raise click.UsageError("--json and --html - both print to standard output; give the report a file.")
    outputs: list[Output] = [_Lines()] if as_json else []
    outputs += [_Report(html)] if html is not None else []
    return outputs or [_View(color)]
