"""Transcripts in TEI, as corpora of parliaments and oral history keep them: their utterances as turns of a text.

Promise: `Source.raw` is the text that is made of them, a turn a paragraph with its speaker before it in capitals, so
that places of a reading count in that text. The odd case that forced the shape: who speaks is a reference (``#roux``)
whose name stands in the header, or nowhere, and then the reference is the name. TEI P5: ``u``, ``said``, ``sp``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from onrecord.errors import UnreadableInput
from onrecord.nouns import Source

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_UTTERANCES = frozenset({"u", "said", "sp"})
_HEARD = frozenset({"vocal", "kinesic", "incident", "stage"})
"""What is described and was not said: it stands in brackets."""
_NOT_SAID = frozenset({"note", "speaker", "pause", "shift", "bibl"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_tei(raw: bytes, where: str) -> Source:
    """Return the source that a TEI file holds. Raises UnreadableInput where it is damaged or nobody speaks in it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as problem:
        raise UnreadableInput(where, f"the XML is damaged ({problem.msg})") from problem
    people = {
        each.get(_ID): name
        for each in root.iter()
        if _name(each) in ("person", "personGrp") and each.get(_ID) and (name := _first(each, "persName", "name"))
    }
    turns = []
    for each in root.iter():
        if _name(each) in _UTTERANCES and not any(_name(above) in _UTTERANCES for above in each.iterancestors()):
            who = (each.get("who") or "").split(" ")[0]
            speaker = people.get(who.lstrip("#")) or _first(each, "speaker") or who.lstrip("#") or "?"
            words = " ".join("".join(_said(each)).split())
            if words:
                turns.append(f"{speaker.rstrip(':. ').upper()}:  {words}")
    if not turns:
        raise UnreadableInput(where, "this TEI file has no utterances (u, said or sp); save its text as .txt")
    days = (day for each in root.iter() if _name(each) == "date" and _DAY.match(day := each.get("when") or ""))
    return Source(
        raw="\n\n".join(turns).encode("utf-8"),
        path=where,
        media="text",
        charset="utf-8",
        title=_first(root, "title") or None,
        published=next(days, None),
    )


def _name(element: etree._Element) -> str:
    """An element's name without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _first(element: etree._Element, *names: str) -> str:
    """The text of the first element of one of these names in another; a name in parts has the surname last."""
    for each in element.iter():
        if _name(each) == "persName" == names[0] and (given := _first(each, "forename")):
            return f"{given} {_first(each, 'surname')}".strip()
        if _name(each) in names and (text := " ".join("".join(each.itertext()).split())):
            return text
    return ""


def _said(element: etree._Element) -> Iterator[str]:
    """The words of an utterance, with blanks where an element stands between two of them."""
    yield element.text or ""
    for child in element:
        name = _name(child)
        if name in _HEARD:
            yield f" ({' '.join(''.join(child.itertext()).split()).strip('()')}) "
        elif name and name not in _NOT_SAID:
            yield " " if name in ("p", "l", "ab", "seg", "s") else ""
            yield from _said(child)
        yield child.tail or ""
