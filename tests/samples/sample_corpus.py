"""The sample corpus as its tests see it: the files, what is expected of them, and a plain reading by XPath.

Promise: nothing here goes through onrecord, so that the corpus is judged by something that shares no mistake with it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from lxml import html

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
SEED = ROOT.parent / "shared" / "seed"
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
PAGES: list[dict[str, Any]] = EXPECTED["pages"]
ARTICLES = [page for page in PAGES if page["kind"] == "article"]
BRIEFING = "summit/03-briefing.txt"

PARAGRAPHS = {
    "The Ostrev Courier": '//div[@itemprop="articleBody"]/p',
    "The Meridian Post": '//div[@class="story-text"]/p',
    "Port Selm Gazette": '//div[@id="text"]/p[not(@class)]',
    "Dravik Daily": '//div[@class="dd-article__text"]/p[not(strong)]',
}
"""Where each outlet's template keeps the paragraphs of the article, and nothing but them."""


def raw(file: str) -> bytes:
    """Return the bytes of a file of the corpus."""
    return (SAMPLES / file).read_bytes()


def tree(page: dict[str, Any]) -> html.HtmlElement:
    """Return the page's element tree, decoded as expected.json says."""
    return html.document_fromstring(raw(page["file"]).decode(page["encoding"]))


def mended(text: str) -> str:
    """Return the text with UTF-8 that was read as windows-1252 put right."""
    octets = bytearray()
    for letter in text:
        try:
            octets += letter.encode("cp1252")
        except UnicodeEncodeError:
            octets += letter.encode("latin-1")
    return octets.decode("utf-8")


def folded(text: str) -> str:
    """Return the text with each run of white space as one space."""
    return " ".join(text.split())


def paragraphs(page: dict[str, Any]) -> list[str]:
    """Return the paragraphs of the article, in order, white space folded and mojibake mended."""
    found = [folded(node.text_content()) for node in tree(page).xpath(PARAGRAPHS[page["outlet"]])]
    return [mended(paragraph) for paragraph in found] if page["mojibake"] else found


def prose(page: dict[str, Any]) -> str:
    """Return what the page tells: its title, paragraphs and lists, or the whole of a transcript."""
    if page["kind"] == "transcript":
        return raw(page["file"]).decode(page["encoding"])
    listed = [folded(node.text_content()) for node in tree(page).xpath('//div[@id="text"]/ul/li')]
    return "\n".join([page["title"], *paragraphs(page), *listed])


def words(text: str) -> list[str]:
    """Return the words of the text in small letters, without punctuation."""
    return re.findall(r"\w+(?:['’]\w+)?", text.lower())


def page_named(file: str) -> dict[str, Any]:
    """Return what is expected of the page of this file name."""
    return next(page for page in PAGES if page["file"] == file)


def _real_names() -> re.Pattern[str]:
    lines = (Path(__file__).parent / "real_names.txt").read_text(encoding="utf-8").splitlines()
    names = [name.replace("_", " ") for line in lines if not line.startswith("#") for name in line.split()]
    return re.compile(rf"\b(?:{'|'.join(names)})\b")


REAL_NAMES = _real_names()
"""Finds a real name that no text of ours may use."""
