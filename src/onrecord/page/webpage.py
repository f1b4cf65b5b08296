"""A page of HTML as a Document: the article's blocks joined by a blank line, each with its way back to the bytes.

Promise: the words of every block come from the bytes, not from the tree that was built of them, so markup repaired,
moved or dropped on the way can't change a word. The odd case that forced the shape: a page may be an official
transcript, so the blocks are looked at for turns once they stand.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from onrecord.errors import UnreadableInput
from onrecord.nouns import Block, Cell, Document, Dropped, Repair, Run, Source
from onrecord.page import dates
from onrecord.page.article import Chosen, choose, reach
from onrecord.page.decode import Decoded
from onrecord.page.given import given_claims, given_date, given_outlet
from onrecord.page.heads import heads_apart
from onrecord.page.judge import judge
from onrecord.page.limits import LIMITS
from onrecord.page.lines import byline_names, is_account, is_job, split_names, words_of
from onrecord.page.metadata import PageData, articles, claims, page_data, strings
from onrecord.page.mojibake import broken
from onrecord.page.plain import byte_repairs, stated_change, stated_date
from onrecord.page.rows import cells_of
from onrecord.page.scan import Scan, scan
from onrecord.page.transcript import turns
from onrecord.page.tree import leaves, parse
from onrecord.page.words import Mended, Words, runs_of, words_of_leaf

_SITE = re.compile(r"\s+[|\-–—:·•»]+\s+")
_NO_NAME = re.compile(r"https?:|www\.|@|^\W*$|\d{3}")
_AUTHOR_META = ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "citation_author")
_MOST_AUTHORS = 12
_SCRIPT = re.compile(r"<script(?=[\s>])(?![^>]{0,300}json)", re.IGNORECASE)
_BARE = 1_500
"""Code points of text up to which a page with scripts and no article is taken for one that they have yet to build."""
_SAVED = "open it in a browser and save the page as it is shown there, or give its text"
_SCRIPTED = f"there is no text of an article in the page, a script builds it when the page is opened; {_SAVED}"


def read_html(source: Source, decoded: Decoded, where: str) -> Document:
    """Return the Document of a decoded page. Raises UnreadableInput, naming ``where``, if it holds no article."""
    page = decoded.text
    try:
        scanned = scan(page)
    except LookupError as problem:
        raise UnreadableInput(where, f"{problem.args[0]}; it can't be a news page") from problem
    root = parse(scanned.marked) if scanned.starts else None
    if root is None:
        raise UnreadableInput(where, _SCRIPTED if _SCRIPT.search(page) else "there is no text in the page, only markup")
    data = page_data(root)
    published = given_date(source) or dates.published(data, source.url)
    searched = dates.by_search(root) if published is None else None
    titles = _titles(source, data)
    found = leaves(root, scanned.lines)
    cells = cells_of(found, scanned)
    judged = judge(root, found)
    found = found[: reach(found, judged)]
    mended = [Mended(*each) for each in broken(page)[: LIMITS.mended]]
    words = [words_of_leaf(leaf, scanned, page, mended) for leaf in found]
    found, words = heads_apart(found, words, lambda leaf: words_of_leaf(leaf, scanned, page, mended))
    placed = [cells.get(leaf.stretches[0]) for leaf in found]
    chosen = choose(found, words, judged, titles, {i for i, cell in enumerate(placed) if cell is not None})
    text, blocks, dropped, repairs = _compose(chosen, words, placed, decoded, source.raw)
    if not any(b.kind not in ("headline", "byline", "dateline", "caption") for b in blocks):
        raise UnreadableInput(where, _no_article(page, scanned, data))
    if len(text) > LIMITS.text:
        raise UnreadableInput(
            where, f"the article has {len(text):,} characters, more than the {LIMITS.text:,} that are read"
        )
    blocks, transcript = _with_turns(text, blocks)
    changed = stated_change(text, blocks)
    if changed and published and published.detail == "time" and published.value[:10] == changed.value:
        published = stated_date(text, blocks)  # the only day that the markup gives is that of the change
    if changed and searched and searched.value[:10] == changed.value:
        searched = None
    if published is None:
        beside = searched is not None and dates.stands_beside(searched.value, _beside(chosen, words))
        published = searched if beside else stated_date(text, blocks)
    outlet = given_outlet(source) or _outlet(data)
    headline = next((text[slice(*b.span)] for b in blocks if b.kind == "headline"), None)
    return Document(
        id=source.id or hashlib.sha256(source.raw).hexdigest(),
        path=source.path,
        url=source.url or data.url,
        outlet=outlet,
        authors=_authors(data, outlet, [_byline(words[each.leaf]) for each in chosen if each.kind == "byline"]),
        title=source.title or headline or (titles[0] if titles else None),
        language=data.language,
        published=published,
        modified=dates.modified(data) or changed,
        kind="transcript" if transcript else "article",
        encoding=decoded.encoding,
        text=text,
        blocks=tuple(blocks),
        dropped=tuple(dropped),
        repairs=(*byte_repairs(decoded), *repairs),
        publisher_claims=(*given_claims(source), *claims(data)),
        provenance=source.provenance,
    )


def _no_article(page: str, scanned: Scan, data: PageData) -> str:
    """Why a page with some text has no article: it may be data of the publisher, or a script has yet to build it."""
    if any(isinstance(body := thing.get("articleBody"), str) and body.strip() for thing in articles(data)):
        return (
            "no article was found in the text that the page shows, only in its publisher's data (JSON-LD articleBody), "
            f"from which a script may build it; {_SAVED}"
        )
    shown = sum(scanned.ends) - sum(scanned.starts)
    if shown <= _BARE and _SCRIPT.search(page):
        return _SCRIPTED
    return "no article was found in the page; save the article itself, or give its text"


def _compose(
    chosen: Sequence[Chosen], words: Sequence[Words], cells: Sequence[Cell | None], decoded: Decoded, raw: bytes
) -> tuple[str, list[Block], list[Dropped], list[Repair]]:
    """The text of the article with its blocks, what was left out, and what was mended."""
    parts: list[str] = []
    blocks: list[Block] = []
    dropped: list[Dropped] = []
    repairs: list[Repair] = []
    at = 0
    for each in chosen:
        piece = words[each.leaf]
        if each.kind is None:
            if each.dropped is not None and len(dropped) < LIMITS.dropped:
                shown, runs = _shown(piece, runs_of(piece, 0, decoded, raw))
                if runs:
                    dropped.append(Dropped(kind=each.dropped, text=shown, source=runs))
            continue
        start = at + 2 if parts else 0
        runs = runs_of(piece, start, decoded, raw)
        if not runs:
            continue
        at = start + len(piece.text)
        parts.append(piece.text)
        blocks.append(Block(kind=each.kind, span=(start, at), source=runs, cell=cells[each.leaf]))
        for low, high, was, now in piece.mended:
            if len(repairs) < LIMITS.repairs:
                repairs.append(Repair(kind="mojibake", span=(start + low, start + high), was=was, now=now))
    return "\n\n".join(parts), blocks, dropped, repairs


def _beside(chosen: Sequence[Chosen], words: Sequence[Words]) -> list[str]:
    """The short texts above the article's body and just below it, where pages state their date."""
    body = [each.leaf for each in chosen if each.kind in ("paragraph", "list", "turn")]
    if not body:
        return []
    near = [*range(max(0, body[0] - 15), body[0] + 2), *range(body[-1], body[-1] + 3)]
    return [words[i].text for i in near if i < len(words) and len(words[i].text) <= 160]


def _shown(piece: Words, runs: tuple[Run, ...]) -> tuple[str, tuple[Run, ...]]:
    """A dropped text cut to the length that is listed, at the end of a run."""
    if len(piece.text) <= LIMITS.dropped_length:
        return piece.text, runs
    kept = tuple(run for run in runs if run[1] <= LIMITS.dropped_length) or runs[:1]
    return (piece.text[: kept[-1][1]], kept) if kept else ("", ())


def _with_turns(text: str, blocks: list[Block]) -> tuple[list[Block], bool]:
    """The blocks as turns of speakers, where the page is a transcript."""
    spoken = turns([text[b.span[0] : min(b.span[1], b.span[0] + 200)] for b in blocks])
    if spoken is None:
        return blocks, False
    body = ("paragraph", "list", "subheading", "standfirst", "pullquote")
    return [
        Block(kind="turn", span=b.span, source=b.source, speaker=turn.speaker) if turn.speaker and b.kind in body else b
        for b, turn in zip(blocks, spoken, strict=True)
    ], True


def _titles(source: Source, data: PageData) -> list[str]:
    """The titles that the source and the head give, best first; the page's own last, without the site's name."""
    found = [source.title] if source.title else []
    found += [name for thing in articles(data) for name in strings(thing.get("headline"))][:2]
    for key in ("og:title", "twitter:title", "title", "dc.title", "citation_title", "headline"):
        found += data.meta.get(key, [])[:1]
    site = words_of(_outlet(data) or "")
    plain: list[str] = []
    for title in [*found, *([data.title] if data.title else [])]:
        title = " ".join(title.split())[: LIMITS.claim_length]
        parts = _SITE.split(title)
        if len(parts) > 1 and (words_of(parts[-1]) == site or (title == data.title and len(words_of(parts[-1])) <= 4)):
            title = title[: title.rindex(parts[-1])].rstrip(" |-–—:·•»")
        if title and title not in plain:
            plain.append(title)
    return plain


def _outlet(data: PageData) -> str | None:
    """The publisher's name, by the article's structured data or by the site's name."""
    for thing in articles(data):
        if names := strings(thing.get("publisher")):
            return names[0]
    for key in ("og:site_name", "application-name", "citation_journal_title", "dc.publisher"):
        if values := data.meta.get(key):
            return " ".join(values[0].split())
    return None


def _byline(piece: Words) -> str:
    """The words of a byline, with a comma before an element of its own that says what somebody does."""
    line, at = "", 0
    for start, end, _, _ in piece.parts:
        words = piece.text[start:end]
        line += ", " + words if line and is_job(words) else piece.text[at:start] + words
        at = end
    return line + piece.text[at:]


def _authors(data: PageData, outlet: str | None, bylines: Sequence[str]) -> tuple[str, ...]:
    """Who wrote it: structured data, else the head's fields, else the byline."""
    sources = (
        [name for thing in articles(data)[:2] for key in ("author", "creator") for name in strings(thing.get(key))],
        [value for key in _AUTHOR_META for value in data.meta.get(key, ())[:20]],
        [stated for line in bylines if (stated := byline_names(line))],
    )
    publisher = words_of(outlet or "")
    for names in sources:
        found: dict[tuple[str, ...], str] = {}
        for part in (part for name in names for part in split_names(byline_names(name) or name)):
            words = words_of(part)
            known = words in found or words == publisher
            behind = found and (is_job(part) or (publisher and words[: len(publisher)] == publisher))
            if 2 <= len(part) <= 60 and not (_NO_NAME.search(part) or is_account(part) or known or behind):
                found[words] = part
        if found:
            return tuple(found.values())[:_MOST_AUTHORS]
    return ()
