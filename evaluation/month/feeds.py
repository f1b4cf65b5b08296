"""What the invented outlets send: RSS, Atom and JSON Feed, whole or with summaries, and the pages behind them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import NamedTuple

from evaluation.month.script import Item, Outlet

NEWEST = 20
"""Items that a feed has."""

MEDIA = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


class Held(NamedTuple):
    """As of when and from where a feed is sent."""

    now: datetime
    changed: datetime
    at: str
    """Where the server is."""
    ending: str
    """What the ids of items end in: another one after the outlet changed its program."""


def feed(outlet: Outlet, items: Sequence[Item], held: Held) -> bytes:
    """Return the feed of an outlet with its newest ``items``, which are its own in their order."""
    shown = [each for each in items if each.moment <= held.now][-NEWEST:][::-1]
    return {"rss": _rss, "atom": _atom, "json": _json}[outlet.kind](outlet, shown, held).encode()


def _paragraphs(words: str) -> str:
    return "".join(f"<p>{escape(each, quote=False)}</p>" for each in words.split("\n"))


def _summary(words: str) -> str:
    return words.split("\n")[0]


def _id(item: Item, held: Held) -> str:
    return f"{item.outlet}-{item.number}{held.ending}"


def _rss(outlet: Outlet, items: Sequence[Item], held: Held) -> str:
    def entry(item: Item) -> str:
        words = item.told(held.now)
        whole = f"<content:encoded>{escape(_paragraphs(words))}</content:encoded>" if outlet.whole else ""
        return (
            f"<item><title>{escape(item.title)}</title><link>{held.at}{item.path}</link>"
            f'<guid isPermaLink="false">{_id(item, held)}</guid><pubDate>{format_datetime(item.moment)}</pubDate>'
            f"<description>{escape(_summary(words))}</description>{whole}</item>"
        )

    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(outlet.name)}</title><link>{held.at}/{outlet.slug}/</link>"
        f"<description>All of {escape(outlet.name)}</description>{''.join(map(entry, items))}</channel></rss>"
    )


def _atom(outlet: Outlet, items: Sequence[Item], held: Held) -> str:
    def entry(item: Item) -> str:
        words = item.told(held.now)
        whole = f'<content type="html">{escape(_paragraphs(words))}</content>' if outlet.whole else ""
        return (
            f"<entry><title>{escape(item.title)}</title><id>urn:{_id(item, held)}</id>"
            f'<link rel="alternate" href="{held.at}{item.path}"/><published>{item.moment.isoformat()}</published>'
            f"<updated>{item.changed(held.now).isoformat()}</updated><summary>{escape(_summary(words))}</summary>{whole}</entry>"
        )

    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(outlet.name)}</title><id>urn:{outlet.slug}</id>'
        f"<updated>{held.changed.isoformat()}</updated>{''.join(map(entry, items))}</feed>"
    )


def _json(outlet: Outlet, items: Sequence[Item], held: Held) -> str:
    def entry(item: Item) -> dict[str, str]:
        words = item.told(held.now)
        parts = {"content_html": _paragraphs(words)} if outlet.whole else {"summary": _summary(words)}
        return {
            "id": _id(item, held), "url": held.at + item.path, "title": item.title,
            "date_published": item.moment.isoformat(), **parts,
        }  # fmt: skip

    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": outlet.name, "items": [entry(each) for each in items]})


def page(outlet: Outlet, item: Item, now: datetime, at: str) -> bytes:
    """Return the page of an item at a moment."""
    name, title = escape(outlet.name), escape(item.title)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | {name}</title>'
        f'<meta property="og:site_name" content="{name}"><meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="{item.moment.isoformat()}">'
        f'<link rel="canonical" href="{at}{item.path}"></head><body>'
        f'<nav><a href="/">{name}</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>'
        f"<article><h1>{title}</h1><p class=meta><time>{item.moment:%d %B %Y, %H:%M}</time></p>"
        f"{_paragraphs(item.told(now))}</article>"
        f"<aside><h2>Most read</h2><ul><li>The crossword</li><li>What is on</li></ul></aside>"
        f"<footer>© {name}. All rights reserved.</footer></body></html>"
    ).encode()
