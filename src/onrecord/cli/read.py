"""``onrecord read``: pages in, readings out.

Promise: results on standard output, everything else on standard error; an input that can't be read is named there,
the rest goes on, and the exit code says how it went (see `onrecord.cli.endings`).
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import click

from onrecord.cli.endings import ALL_READ, NOTHING_READ, SOME_UNREAD, not_stopped, quiet_endings
from onrecord.cli.fetching import fetch_options, fetching
from onrecord.cli.profile import profile_option, profiled


def iso_date(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Return the day as given. Raises BadParameter with what to write instead."""
    if value is None:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise click.BadParameter(f"{value!r} is not a day. Write year-month-day, for example 2021-05-25.")


@click.command(short_help="Read pages: who said what, what is planned, which words say so.")
@click.argument("paths", metavar="PATH|-...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line and document instead of the view.")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the report to FILE, one self-contained HTML page (- prints it), instead of the view.",
)
@click.option(
    "--published",
    metavar="DATE",
    callback=iso_date,
    help="The day of publication, as 2021-05-25. A record's own date goes before it.",
)
@click.option("--outlet", metavar="NAME", help="Who published it. A record's own outlet goes before it.")
@click.option("--url", metavar="URL", help="The address of the page; with one document only.")
@click.option("--color/--no-color", default=None, help="Colour in the view; by default on a terminal only.")
@profile_option
@fetch_options
def read(
    paths: tuple[str, ...],
    as_json: bool,
    html: Path | None,
    published: str | None,
    outlet: str | None,
    url: str | None,
    color: bool | None,
    profile: bool,
    fetch: bool,
    allow_private: bool,
) -> None:
    """Read each PATH and print what it holds.

    PATH is a page (HTML, MHTML), a text (.txt, .md), JSON Lines with a document a line ("text" or "html", and
    optionally "id", "title", "url", "outlet", "published" or "date"), a web archive (WARC, WACZ), a feed (RSS, Atom,
    JSON Feed), mail (.eml, mbox), each also with .gz, a folder of these, - for standard input, or with --fetch an
    address of any of these. What a file is, its content tells.

    --json and --html can be given together. Where NO_COLOR is set, the view has no colours.

    Exit codes: 0 all read; 2 wrong usage; 3 nothing could be read; 4 some inputs could not be read; 74 standard output
    or the report could not be written; 130 stopped by Ctrl-C; 141 the reader of the output stopped.
    """
    with quiet_endings():
        from onrecord.acquire import Given, completed, count_bytes, count_documents, open_paths
        from onrecord.cli.outputs import STANDARD_OUTPUT, JsonLines, Output, Report, View
        from onrecord.cli.progress import progress
        from onrecord.errors import UnreadableInput
        from onrecord.reading import read_many

        total = count_documents(paths)
        if url and (len(paths) > 1 or total not in (None, 1)):
            raise click.UsageError(
                "--url names one page, but several documents are to be read; read that one by itself."
            )
        if as_json and html == STANDARD_OUTPUT:
            raise click.UsageError("--json and --html - both print to standard output; give the report a file.")
        outputs: list[Output] = []
        if as_json:
            outputs.append(JsonLines())
        if html is not None:
            outputs.append(Report(html))
        if not outputs:
            outputs.append(View(color))
        read_count = unread_count = 0
        printed = as_json or html in (None, STANDARD_OUTPUT)
        with (
            profiled(profile) as meter,
            fetching(fetch, allow_private) as lend,
            lend(None) as fetcher,
            progress(total, printed, None if fetch else count_bytes(paths)) as bar,
        ):
            opened = open_paths(paths, sys.stdin.buffer, fetcher, bar.taken)
            for result in read_many(completed(opened, Given(published, outlet, url)), meter):
                if isinstance(result, UnreadableInput):
                    bar.say(f"onrecord: {result}")
                    unread_count += 1
                else:
                    with meter.of("writing"):
                        for output in outputs:
                            output.write(result)
                    read_count += 1
                bar.advance()
                not_stopped()
        for output in outputs:
            output.close()
    if unread_count and read_count + unread_count > 1:
        click.echo(f"onrecord: {unread_count} of {read_count + unread_count} documents could not be read", err=True)
    sys.exit(ALL_READ if not unread_count else SOME_UNREAD if read_count else NOTHING_READ)
