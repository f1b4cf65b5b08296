"""A briefing of an invented press room, and what a quote of it is found to be."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.check import Finding, Named, Original, Quote, check, names_of, passages_of
from onrecord.nouns import Document, Source, Sourced, Span
from onrecord.page import read_page

BRIEFING = """Presidential Palace, Ostrev

Press Briefing by Press Secretary Mara Lindqvist

11:05 A.M.

MS. LINDQVIST:  Good morning. The president will not sign the grain treaty before Friday. He's going to meet
Senator Brandt in Mereth, and they'll talk about the harbour (laughter) and the price of salt. There is nothing
that we have to hide from anybody in this room.

Let me be clear: we've spent 1,250 crowns on the bridge, and all of the money was ours. I can’t promise that the
Dalgard ferry will sail on Tuesday, but we are well-prepared for that, and the minister announces the day
himself.

Q  Has the cabinet underestimated how much these repairs would cost every family in Dravik?

MS. LINDQVIST:  I would not say that. The engineers told us that the western arch could carry twice the weight,
and the co-
operation of the port authority was excellent throughout the winter.

Q  And the ferry?

MR. OSTROW:  I would add one thing, because my colleague is too modest. Our people worked through the night so
that nobody in the valley lost their heating. The mayor said "we owe you everything" and I think she meant it.
We first closed the sluice and then opened the northern gate.

THE PRESIDENT:  Thank you both. Our neighbours honour their promises and we honour ours. I have organised three
meetings with the fishermen of Karsten, and never once did they ask for money.

MS. LINDQVIST:  On the schools, the council voted last week to keep every classroom open until the spring
holidays begin. As for the railway, the survey of the tunnel is complete and the drawings were sent to the
contractors in Velmark on Monday.

END

11:20 A.M."""

LINDQVIST = Named(("Mara Lindqvist",), ("press secretary",))
OSTROW = Named(("MR. OSTROW",))


def transcript(text: str = BRIEFING, name: str = "briefing", day: str | None = "2031-03-11") -> Document:
    """The document of a transcript."""
    published = Sourced(value=day, source="given", confidence=1.0) if day else None
    document = read_page(Source(raw=text.encode(), id=name))
    return Document(**{**{f: getattr(document, f) for f in document.__struct_fields__}, "published": published})


def original(document: Document) -> Original:
    """All of a document's passages."""
    passages = passages_of(document)
    labels = tuple(dict.fromkeys(p.speaker for p in passages if p.speaker))
    day = document.published.value if document.published else None
    return Original(document.id, passages, names_of(document), labels, day, document.title)


_ORIGINAL = original(transcript())
TEXT = transcript().text


def found(
    quote: str, speaker: Named = LINDQVIST, pieces: tuple[Span, ...] = (), held: Sequence[Original] = (_ORIGINAL,)
) -> Finding:
    """What becomes of a quote against the briefing."""
    return check(Quote("q", quote, speaker, pieces), held, lambda: held)


def changes(finding: Finding) -> list[tuple[str, str, str, str, str]]:
    """The edits of a finding but for typography: kind, the words of either side, weight and why."""
    return [
        (each.kind, each.quote_words, each.passage_words, each.weight, each.why)
        for each in finding.edits
        if each.kind != "typography"
    ]
