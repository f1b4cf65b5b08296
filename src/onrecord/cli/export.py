"""``onrecord export``: what a ledger holds as files that other programs read.

Promise: a file is written whole or not at all, and is the same for the same ledger and day whenever it is written. The
odd case that forced the shape: a ledger may hold more than fits into memory, so what is written goes out in parts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.endings import not_stopped, quiet_endings, whole
from onrecord.cli.events import STATUSES, kind_option, no_such_event
from onrecord.cli.ledger import FORMS, between, ledger_option, using_ledger
from onrecord.cli.outputs import STANDARD_OUTPUT, write_file
from onrecord.cli.profile import profile_option, profiled
from onrecord.cli.read import iso_date
from onrecord.publish.formats import FORMATS, KINDS, Kind

if TYPE_CHECKING:
    from onrecord.cli.progress import Bar

NO_EVENTS = frozenset({"documents", "statements", "readings", "briefs"})
"""What neither a status nor a kind of event chooses."""

_FORMATS = "\n".join(f"  {each.name:<12} {each.told}; {', '.join(each.kinds)}" for each in FORMATS.values())


@click.command(
    short_help="Files for other programs: calendars, feeds, tables, annotations.",
    epilog=f"\b\nFormats, and what each can hold:\n{_FORMATS}",
)
@click.argument("format_name", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.argument("words", nargs=-1)
@ledger_option
@click.option("--of", "kind", type=click.Choice(KINDS), help="What is written; by default what FORMAT is first for.")
@click.option("--as-of", callback=iso_date, metavar="DATE", help="What was known on this day; by default all that is.")
@click.option("--from", "first", callback=iso_date, metavar="DATE", help="Only from this day on.")
@click.option("--to", "last", callback=iso_date, metavar="DATE", help="Only up to this day.")
@click.option("--status", type=click.Choice(STATUSES), help="Only events in this state.")
@kind_option
@click.option("--by", default="", metavar="NAME", help="Only statements of whoever is called so, or an id.")
@click.option("--about", default="", metavar="NAME", help="Only statements that speak of this, or an id.")
@click.option("--form", type=click.Choice(FORMS), help="Only statements of this form.")
@click.option("--outlet", metavar="NAME", help="Only statements that this outlet published.")
@click.option("--title", default="On record", show_default=True, metavar="NAME", help="What the file calls itself.")
@click.option("--base-url", metavar="URL", help="Where `onrecord serve` shows the ledger, for links to its pages.")
@click.option("--url", metavar="URL", help="Where the file itself will be, for those who subscribe to it.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=STANDARD_OUTPUT,
    metavar="FILE",
    help="The file to write; by default standard output.",
)
@profile_option
def export(
    format_name: str, words: tuple[str, ...], ledger: Path, kind: Kind | None, as_of: str | None, first: str | None,
    last: str | None, status: str | None, event_kind: str | None, by: str, about: str, form: str | None,
    outlet: str | None, title: str, base_url: str | None, url: str | None, output: Path, profile: bool,
) -> None:  # fmt: skip
    """Write what answers to WORDS, or all that the ledger holds, as a file in FORMAT.

    Of briefs WORDS name an event, of readings the id of a document, else they are a search. Days choose events by when
    they take place, all else by when it was published.

    Exit codes: 0 written; 1 no such event; 2 wrong usage; 5 the ledger can't be used; 74 the file can't be written.
    """
    chosen_format = FORMATS[format_name]
    kind = kind or chosen_format.kinds[0]
    if kind not in chosen_format.kinds:
        raise click.UsageError(f"{format_name} can't hold {kind}, only {', '.join(chosen_format.kinds)}.")
    if kind in NO_EVENTS and (status or event_kind):
        raise click.UsageError(f"--status and --kind do not choose {kind}.")
    if kind != "statements" and (by or about or form or outlet):
        raise click.UsageError("--by, --about, --form and --outlet choose statements alone.")
    if kind == "briefs" and not words:
        raise click.UsageError("briefs tell of one event; name it by its id or by WORDS.")
    if kind == "documents" and words:
        raise click.UsageError("documents can't be searched for words; choose them by --from and --to.")
    if chosen_format.binary and output == STANDARD_OUTPUT and sys.stdout.isatty():
        raise click.UsageError(f"{format_name} is not for a terminal; name a file with -o.")
    with quiet_endings():
        from onrecord.cli.progress import Of, progress
        from onrecord.errors import MissingExtra
        from onrecord.publish.choosing import Choice, chosen, how_many
        from onrecord.publish.site import Site

        site = Site(title=title, base=base_url, itself=url, as_of=as_of)
        choice = Choice(
            words=" ".join(words), as_of=as_of, days=between(first, last), status=status, kind=event_kind,
            followed=bool(chosen_format.followed), by=by, about=about, form=form, outlet=outlet,
        )  # fmt: skip
        with (
            profiled(profile) as meter,
            using_ledger(ledger) as opened,
            progress(how_many(opened, kind, choice), output == STANDARD_OUTPUT, of=Of("writing", kind)) as bar,
        ):
            things: Iterable[Any] = _told(meter.each("asking", chosen(opened, kind, choice)), bar)
            if kind == "briefs" and not (things := list(things)):
                no_such_event(choice.words, as_of)
            try:
                parts = meter.each("writing", chosen_format.write(kind, things, site))
            except MissingExtra as problem:
                raise click.UsageError(str(problem)) from None
            if output != STANDARD_OUTPUT:
                write_file(output, parts)
                return
            for part in parts:
                with whole():
                    sys.stdout.buffer.write(part)


def _told(things: Iterable[Any], bar: Bar) -> Iterator[Any]:
    """Yield things, and tell the bar when each of them is done."""
    for thing in things:
        yield thing
        bar.advance()
        not_stopped()
