"""Whether the speaker that an article names is the one whom a transcript labels: ``MR. CARNEY`` is Jay Carney.

Promise: three answers, yes, no and not known; no is said only of two people with names. The odd case that forced the
shape: ``THE PRESIDENT`` is whoever held the office that day, so an office's label is given a name by the transcript
itself where it has one (another label, its title), else by a table of who held what when.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.language import Parts, lexicon, parts_of
from onrecord.nouns import Document
from onrecord.page import is_asker
from onrecord.tables import table

_HEAD = 400
"""Code points in which a transcript tells what it is; of a title no more are read."""
_NAME = 6
"""Words of a name at most."""


class Named(NamedTuple):
    """Who is told to have said something: any of the names and offices may be how a transcript calls the one."""

    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@lru_cache(2**12)  # of a long run the labels have no end
def _parts(label: str) -> Parts:
    last, comma, first = label.partition(", ")
    turned = f"{first} {last}" if comma and first[:1].isupper() else label  # "Roux, Elin"
    parts = parts_of(turned, lexicon("en"))
    # a body with its article speaks through people: "the White House" is nobody's name
    body = label.startswith(("the ", "The ")) and lexicon("en").class_of(parts.roles) is None
    return parts._replace(words=()) if body else parts


def names_of(document: Document) -> dict[str, str]:
    """Return for the labels of a transcript the name that it means, where the transcript or the table tells."""
    labels = list(dict.fromkeys(block.speaker for block in document.blocks if block.speaker))
    titled = list(_named_in((document.title or "")[:_HEAD]))
    found = {}
    for label in labels:
        parts = _parts(label)
        if parts.words:
            full = (p for p in titled if len(p.words) > 1 and _one(p, parts))
        else:
            full = (p for p in (*map(_parts, labels), *titled) if p.words and p.roles and p.roles == parts.roles)
        name = next((" ".join(p.words).title() for p in full), "")
        if name or not parts.words:
            found[label] = name or _holder(" ".join(parts.roles), document)
    return {label: name for label, name in found.items() if name}


def _named_in(title: str) -> Iterator[Parts]:
    """The people whom a title may name: "Remarks by President Obama and Prime Minister Jane Roe"."""
    small = _small()
    for clause in re.split(r"[^\w'’. \u00a0-]+", title):
        words: list[str] = []
        for word in [*clause.split(), ""]:
            if word[:1].isupper() and word.casefold() not in small:
                words.append(word)
                continue
            for start in range(len(words)):
                for end in range(min(len(words), start + _NAME), start + 1, -1):
                    yield _parts(" ".join(words[start:end]))
            words = []


@cache
def _small() -> frozenset[str]:
    """Words that a title writes with a capital though they name nobody."""
    return frozenset(table("check", "en", "holders")["small"].split())


def _holder(office: str, document: Document) -> str:
    day = (document.published.value if document.published else "")[:10]
    told = " ".join((document.title or "", document.url or "", document.outlet or "", document.text[:_HEAD]))
    for each in table("check", "en", "holders")["office"]:
        if day and each["label"] == office and any(word in told for word in each["where"]):
            for name, first, last in each["holders"]:
                if first <= day and (not last or day < last):
                    return str(name)
    return ""


def same(named: Named, label: str | None, name: str | None = None, others: Iterable[str] = ()) -> bool | None:
    """Return whether ``named`` is the one whom a transcript labels ``label``; None: that can't be told.

    ``name``: whom that label means, as `names_of` tells. ``others``: the labels of that transcript, each of which is
    somebody else, so that who is named by one of them has not spoken under another.
    """
    if label is None or not (named.names or named.roles):
        return None
    others = [other for other in others if other != label]
    if any(each.casefold() == label.casefold() for each in named.names):
        return True
    if any(each.casefold() == other.casefold() for each in named.names for other in others):
        return False
    found = None if is_asker(label) else _fits(named, label, name)
    if found and any(_fits(named, other) and not _one(_parts(other), _parts(label)) for other in others):
        return None  # two people of one surname, and nothing tells which
    if found is None and any(_fits(named, other) for other in others if not is_asker(other)):
        return False
    return found


@lru_cache(1024)
def _fits(named: Named, label: str, name: str | None = None) -> bool | None:
    """Whether a label fits by itself: its name, else its office."""
    ours = [_parts(each)._replace(words=()) if each.islower() else _parts(each) for each in named.names]
    ours += [_parts(each)._replace(words=()) for each in named.roles]  # "harbour master" is nobody's name
    theirs = [_parts(each) for each in (label, name) if each]
    if any(_one(a, b) for a in ours for b in theirs):
        return True
    if any(a.words for a in ours) and any(b.words for b in theirs):
        return False
    return True if {p.roles for p in ours} & {p.roles for p in theirs} - {()} else None


def _one(one: Parts, other: Parts) -> bool:
    """Whether two names can be one person's: one surname, and no given name or title that speaks against it.

    A name of one word may be either end of the other: "MR. BAN" is Ban Ki-moon.
    """
    if {_gender(one), _gender(other)} == {"m", "f"}:
        return False
    ours, theirs = _own(one.words), _own(other.words)
    if not ours or not theirs:
        return False
    if min(len(ours), len(theirs)) == 1:
        single, whole = sorted((ours, theirs), key=len)
        return single[0] in (whole[0], whole[-1])
    return ours[-1] == theirs[-1] and lexicon("en").same_given(ours[0], theirs[0])


def _gender(parts: Parts) -> str | None:
    """What a name's title tells, else its given name."""
    return parts.gender or (lexicon("en").gender_of_given(parts.words[0]) if len(parts.words) > 1 else None)


def _own(words: Sequence[str]) -> list[str]:
    """The words of a name as they are compared, without "de la" and "Jr."."""
    words = [word.casefold().strip(".,") for word in words]
    small = lexicon("en").particles | lexicon("en").name_suffixes
    return [word for word in words if word not in small] or words
