"""The report: one HTML page that holds the articles and, beside each, the facts with their passages.

Promise: one file, no request to any host, no script needed; whatever an article contains is shown as text. A fact's
link goes to its passage in the article and lights it up (``:target`` and ``:has()``); a number in the article goes
back to the fact. The odd case that forced the shape: the policy in the page allows one style sheet by its hash, so
there are no style attributes and the rules that light up each fact are written into that sheet.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.nouns import Reading
from onrecord.publish import facts
from onrecord.publish.harmless import harmless
from onrecord.publish.sections import Section, section


def report(readings: Sequence[Reading]) -> str:
    """Return the report on ``readings`` as the text of one HTML page (to be written as UTF-8)."""
    sections = [section(f"d{number}", reading) for number, reading in enumerate(readings, 1)]
    style = _sheets("palette.css", "report.css", "article.css") + "\n".join(_lighting(each) for each in sections)
    script = resource("report.js")
    page = environment().get_template("report.html.jinja")
    return page.render(
        sections=sections,
        style=Markup(style),  # noqa: S704 - our own sheet and names that this file makes of numbers
        style_hash=digest(style),
        script=Markup(script),  # noqa: S704 - our own script, a file of the package
        script_hash=digest(script),
        versions=sorted({f"onrecord {reading.reader.version}" for reading in readings}),
        at="#{}".format,
        back="#f-{}".format,
    )


def _lighting(shown: Section) -> str:
    """The rules that light up a fact's passages and mark it while the page's target is the fact or its place."""
    roles: dict[str, set[str]] = {}
    for block in (shown.heading, *shown.blocks) if shown.heading else shown.blocks:
        for segment in block.segments:
            for passage in segment.covering:
                roles.setdefault(passage.fact, set()).add(passage.role)
    rules: list[str] = []
    for fact, found in roles.items():
        chosen = f"#{shown.anchor}:has(:is(#{fact},#f-{fact}):target)"
        rules.extend(
            f"{chosen} .{fact}-{role}{{--light:var(--light-{role});--ink-lit:var(--lit)}}" for role in sorted(found)
        )
        rules.append(f"{chosen} #f-{fact}{{--chosen:var(--card);--chosen-edge:var(--accent)}}")
    return "\n".join(rules)


def _sheets(*names: str) -> str:
    return "".join(resource(name) for name in names)


def digest(content: str) -> str:
    """Return the SHA-256 of a style sheet or script as a page's policy has it."""
    return base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


@cache
def resource(name: str) -> str:
    """Return one of the package's files for pages."""
    return (files("onrecord.publish") / "assets" / name).read_text(encoding="utf-8")


@cache
def environment(package: str = "onrecord.publish", folder: str = "assets") -> Environment:
    """Return what fills pages from the templates of a package's folder, which may use those of reports too.

    All is made harmless and escaped on its way into a page, and undefined names are errors.
    """
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package, folder), PackageLoader("onrecord.publish", "assets")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        auto_reload=False,  # templates are files of the package; looking at each for changes takes a tenth of a page
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "signs": facts.SETTLED_SIGNS, "attribution": facts.attribution, "forms": facts.FORM_NAMES,
        "polarities": facts.POLARITY_NAMES, "mark_names": facts.MARK_NAMES,
    }  # fmt: skip
    return made


def _harmless(value: object) -> object:
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value
