"""XML that comes from strangers: feeds, sitemaps, outlines.

Promise: nothing outside the bytes is read, no entity of the document's own is resolved (a document that declares some
is refused), and what is damaged gives as many elements as stand before the damage and after it. The odd case that
forced the shape: after its first error the parser drops every reference that follows, so that ``&lt;p&gt;`` becomes
``p``; feeds are full of ``&nbsp;`` and bare ampersands, so these are put right before it sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html.entities import html5
from typing import TypeAlias

from lxml import etree

from onrecord.errors import UnreadableInput
from onrecord.page.decode import decode

XML: TypeAlias = etree._Element

_DECLARED = re.compile(rb"<\?xml\b[^>]*?encoding\s*=\s*[\"']([\w:.-]+)")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*>")
_OWN_ENTITIES = re.compile(r"<!DOCTYPE[^>\[]*\[")
_PROLOGUE = 10_000
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});|([A-Za-z][A-Za-z0-9]{1,31};)?)")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse(raw: bytes, charset: str | None, where: str) -> XML:
    """Return the root element. Raises UnreadableInput where there is none, or where the XML declares entities."""
    declared = _DECLARED.search(raw, 0, 200)
    try:
        text = decode(raw, charset or (declared[1].decode("ascii") if declared else None), html=False).text
    except LookupError as problem:
        raise UnreadableInput(where, str(problem.args[0])) from problem
    if _OWN_ENTITIES.search(text, 0, _PROLOGUE):
        raise UnreadableInput(where, "this XML declares entities of its own, which onrecord does not resolve")
    clean = _NO_XML.sub("", _mended(_DECLARATION.sub("", text, count=1)))
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False
    )
    try:
        root = etree.fromstring(clean.encode("utf-8"), parser)
    except etree.XMLSyntaxError as problem:
        raise UnreadableInput(where, f"the XML is damaged ({problem.msg})") from problem
    if root is None:
        raise UnreadableInput(where, "the XML is damaged: there is no element in it")
    return root


def _mended(text: str) -> str:
    """The text with references that XML does not know as numbers; what is marked as CDATA stays as it is."""
    pieces: list[str] = []
    at = 0
    while (opens := text.find("<![CDATA[", at)) >= 0 and (closes := text.find("]]>", opens)) >= 0:
        pieces += _REFERENCE.sub(_numbered, text[at:opens]), text[opens : closes + 3]
        at = closes + 3
    return "".join((*pieces, _REFERENCE.sub(_numbered, text[at:])))


def _numbered(found: re.Match[str]) -> str:
    if found[1]:
        return found[0]
    letters = html5.get(found[2] or "")
    return f"&amp;{found[2] or ''}" if letters is None else "".join(f"&#{ord(letter)};" for letter in letters)


def name_of(element: XML) -> str:
    """An element's name without its namespace, in small letters; empty for what is no element.

    A prefix that the document declares nowhere is no part of the name: feeds forget that for ``content:encoded``.
    """
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=1_000)
def _local(tag: str) -> str:
    return re.split("[}:]", tag)[-1].lower()


def space_of(element: XML) -> str:
    """An element's namespace, or its prefix where the document declares none for it."""
    return str(element.tag).lstrip("{").rpartition("}" if "}" in element.tag else ":")[0]


def children(element: XML, *names: str) -> Iterator[XML]:
    """The elements right inside another that have one of these names, whatever their namespace."""
    return (each for each in element if name_of(each) in names)


def text_of(element: XML, *names: str) -> str:
    """The text of the first element right inside another that has one of these names and a text, names in order."""
    for name in names:
        for each in children(element, name):
            if text := words_of(each):
                return text
    return ""


def words_of(element: XML) -> str:
    """All text inside an element, white space at both ends left out."""
    return str(element.xpath("string()") if len(element) else element.text or "").strip()
