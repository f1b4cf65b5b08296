"""What a page says of itself: titles, outlet, authors, language, dates, and the publisher's structured claims.

Promise: each date says which field gave it and how far to trust it; none is invented, and one that can't be right
(1970, or a century ahead) is not believed. The odd case that forced the shape: JSON-LD comes from strangers, broken,
endless or nested a thousand deep, so it is read by a loop with a limit, and a block that can't be read is no error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from onrecord.nouns import PublisherClaim
from onrecord.page.limits import LIMITS

_ARTICLE = re.compile(
    r"(?:News|Blog|Report|Opinion|Analysis|Review|Live|Back|Scholarly|Tech|Satirical|Social)?\w*(?:Article|BlogPosting|Posting|Report)$"
)
_CLAIMED = re.compile(r"\w*(?:Article|Posting|Event|ClaimReview|Report)$")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*+;?\s*+$"
)
_NO_FACT = (".@type", ".@id")
_SKIPPED_KEYS = frozenset(
    ("articleBody", "text", "@context", "image", "thumbnailUrl", "logo", "potentialAction", "hasPart")
)


class PageData(NamedTuple):
    """The fields of a page's head, as they stand."""

    meta: dict[str, list[str]]
    """Contents of ``meta`` elements by their name or property in lower case."""
    objects: list[dict[str, Any]]
    """The JSON-LD objects in the order of the page, the outer ones first."""
    times: list[tuple[str, str]]
    """``(itemprop or class, datetime)`` of ``time`` elements."""
    title: str | None
    language: str | None
    url: str | None


def page_data(root: Any) -> PageData:
    """Collect the fields from the tree of a page, before anything is taken out of it."""
    meta: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = (element.get("content") or element.get("value") or "").strip()
        if content:
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if key := element.get(attribute):
                    meta.setdefault(key.strip().lower(), []).append(content[: LIMITS.claim_length])
    times = [
        (f"{e.get('itemprop') or ''} {e.get('class') or ''} {'pubdate' if e.get('pubdate') is not None else ''}", stamp)
        for e in root.iter("time")
        if (stamp := (e.get("datetime") or e.get("content") or "").strip())
    ]
    objects: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            objects += _objects(script.text)
    title = next((e.text for e in root.iter("title") if isinstance(e.text, str) and e.text.strip()), None)
    canonical = next(
        (e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical" and e.get("href")),
        None,
    )
    html_root = next(root.iter("html"), root)
    return PageData(
        meta=meta,
        objects=objects,
        times=times[:50],
        title=" ".join(title.split())[: LIMITS.claim_length] if title else None,
        language=_language(html_root.get("lang") or html_root.get("xml:lang"), meta),
        url=canonical if canonical and canonical.startswith("http") else next(iter(meta.get("og:url", [])), None),
    )


def _language(lang: str | None, meta: dict[str, list[str]]) -> str | None:
    for value in (lang, *meta.get("content-language", ()), *meta.get("og:locale", ())):
        if value and (found := re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$|,)", value)):
            return found[1].lower()
    return None


def _objects(text: str) -> list[dict[str, Any]]:
    """The objects of one JSON-LD block, outer ones first; nothing where it can't be read."""
    if len(text) > LIMITS.json_ld_bytes:
        return []
    loaded: Any = None
    mended = _WRAPPER.sub("", text)
    for attempt in (mended, _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", mended))):
        try:
            loaded = msgspec.json.decode(attempt)
            break
        except (msgspec.DecodeError, RecursionError, UnicodeError):
            continue
    else:
        try:
            loaded, _ = json.JSONDecoder(strict=False).raw_decode(mended.lstrip())
        except (ValueError, RecursionError):
            return []
    found: list[dict[str, Any]] = []
    level = [loaded]
    for _ in range(LIMITS.json_ld_depth):
        below: list[Any] = []
        for each in level[:2000]:
            if isinstance(each, dict):
                if each.get("@type"):
                    found.append(each)
                below += [v for v in each.values() if isinstance(v, dict | list)]
            elif isinstance(each, list):
                below += each
        level = below
        if not level or len(found) > 500:
            break
    return found


def types_of(thing: dict[str, Any]) -> list[str]:
    """Return the types of a JSON-LD object, without the vocabulary's address."""
    types = thing.get("@type")
    listed = types if isinstance(types, list) else [types]
    return [t.rsplit("/", 1)[-1] for t in listed if isinstance(t, str)]


def articles(data: PageData) -> list[dict[str, Any]]:
    """Return the JSON-LD objects that are articles, those with a headline first."""
    found = [o for o in data.objects if any(_ARTICLE.match(t) for t in types_of(o))]
    return sorted(found, key=lambda o: not o.get("headline"))


def strings(value: Any) -> list[str]:
    """Return the names in a JSON-LD value: a string, an object with a name, or a list of these."""
    listed = value if isinstance(value, list) else [value]
    found: list[str] = []
    for each in listed[:50]:
        name = each.get("name") if isinstance(each, dict) else each
        if isinstance(name, list):
            name = next((n for n in name if isinstance(n, str)), None)
        if isinstance(name, str) and name.strip():
            found.append(" ".join(name.split())[: LIMITS.claim_length].rstrip())
    return found


def claims(data: PageData) -> tuple[PublisherClaim, ...]:
    """Return the publisher's own statements of fact: articles, events and checked claims, citation fields."""
    found: list[PublisherClaim] = []
    seen: set[tuple[str, str]] = set()
    for thing in data.objects:
        kind = next((t for t in types_of(thing) if _CLAIMED.match(t)), None)
        if kind is None:
            continue
        for path, value in _flat(thing, kind):
            if value and (path, value) not in seen and len(found) < LIMITS.publisher_claims:
                seen.add((path, value))
                found.append(PublisherClaim(source="json-ld", key=path, value=value[: LIMITS.claim_length]))
    for key, values in data.meta.items():
        vocabulary = "opengraph" if key.startswith(("og:", "article:")) else "meta"
        if key.startswith(("citation_", "dc.", "dcterms.", "article:", "og:title", "og:description", "og:site_name")):
            for value in values[:5]:
                if len(found) < LIMITS.publisher_claims:
                    found.append(PublisherClaim(source=vocabulary, key=key, value=value[: LIMITS.claim_length]))
    return tuple(found)


def _flat(thing: dict[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    """The plain values of an object with their paths, four levels deep."""
    waiting: list[tuple[str, Any, int]] = [(kind, thing, 0)]
    n = 0
    while waiting and n < 4 * LIMITS.publisher_claims:
        path, value, depth = waiting.pop(0)
        n += 1
        if isinstance(value, dict) and depth < 4:
            waiting += [(f"{path}.{k}", v, depth + 1) for k, v in list(value.items())[:60] if k not in _SKIPPED_KEYS]
        elif isinstance(value, list) and depth < 4:
            waiting += [(path, v, depth + 1) for v in value[:20]]
        elif isinstance(value, str | int | float) and not isinstance(value, bool) and not path.endswith(_NO_FACT):
            yield path, " ".join(str(value).split())
