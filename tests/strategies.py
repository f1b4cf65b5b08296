"""Readings made by hand, of an invented summit, for the rooms that show and write readings."""

from __future__ import annotations

from onrecord.nouns import (
    Block,
    BlockKind,
    Claim,
    Code,
    Document,
    Dropped,
    Entity,
    Event,
    Mark,
    Mention,
    Reader,
    Reading,
    Relation,
    Role,
    Sourced,
    Span,
    Speaker,
    Statement,
    TimeExpression,
    Via,
    Warning,
)

HEADLINE = "Velik and Dalgard may meet before the summer, Ostrev says"
PARAGRAPHS = (
    "According to KarsTel, the presidential office in Ostrev believes a face-to-face meeting between President Anton "
    "Velik and Prime Minister Irena Dalgard is within reach.",
    "“We said [last week] that the talks (a meeting in Mereth between Oskar Brandt and Pavel Ostrow) were a useful "
    "step towards the summit. <…> We are not ready to name [the day or the place]”, said press secretary Mara "
    "Lindqvist.",
    "She denied that the summit would be moved to Dravik. “Prisoners and grain are likely to be on the agenda.”",
    "“The foreign minister told me: ‘Nothing is agreed’,” Lindqvist said on Tuesday.",
)
TEXT = "\n\n".join((HEADLINE, *PARAGRAPHS))


def at(words: str, nth: int = 0, text: str = TEXT) -> Span:
    """The span of the ``nth`` place of ``words`` in ``text``."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return (start, start + len(words))


def document(text: str = TEXT, **changes: object) -> Document:
    """A document whose blocks are the paragraphs of ``text``, the first of them the headline."""
    blocks = []
    start = 0
    for i, words in enumerate(text.split("\n\n")):
        kind: BlockKind = "paragraph" if i else "headline"
        end = start + len(words)
        run = (start, end, len(text[:start].encode()), len(text[:end].encode()))
        blocks.append(Block(kind=kind, span=(start, end), source=(run,)))
        start = end + 2
    fields: dict[str, object] = {
        "id": "sample-1",
        "path": "courier.html",
        "outlet": "The Ostrev Courier",
        "title": text.split("\n\n")[0],
        "language": "en",
        "published": Sourced(value="2031-03-11", source="metadata", confidence=0.95, detail="json-ld datePublished"),
        "text": text,
        "blocks": tuple(blocks),
        "dropped": (Dropped(kind="boilerplate", text="Sign up for our evening letter", source=((0, 30, 900, 930),)),),
    }
    return Document(**{**fields, **changes})  # type: ignore[arg-type]


def _person(number: int, name: str, *mentions: Span, roles: tuple[Role, ...] = ()) -> Entity:
    return Entity(
        id=f"e{number}",
        type="person",
        name=name,
        roles=roles,
        mentions=tuple(Mention(span=span, form="name") for span in mentions),
    )


def sample_reading() -> Reading:
    """A reading with every kind of thing that a view has to show."""
    quote = at(PARAGRAPHS[1][: PARAGRAPHS[1].index(", said")])
    told = at("“The foreign minister told me: ‘Nothing is agreed’,”")
    lindqvist = Speaker(entity="e3", span=(at("press secretary Mara Lindqvist"),), how="name")
    statements = (
        Statement(
            id="s1", form="indirect", cue=(at("believes"),), by_rule="sample", confidence=0.8,
            content=(at("a face-to-face meeting between President Anton Velik and Prime Minister Irena Dalgard is "
                        "within reach"),),
            speaker=Speaker(entity="e4", span=(at("the presidential office in Ostrev"),), how="name"),
            via=(Via(entity="e5", span=(at("KarsTel"),), cue=(at("According to"),)),),
            words="a face-to-face meeting is within reach",
        ),
        Statement(
            id="s2", form="direct", content=(quote,), cue=(at("said", 1),), speaker=lindqvist, by_rule="sample",
            confidence=0.97, words="We said that the talks were a useful step towards the summit. …",
            via=(Via(entity="e5", span=(at("KarsTel"),), cue=(), carried=True),),
            marks=(
                Mark(kind="insertion", span=at("[last week]")),
                Mark(kind="gloss", span=at("(a meeting in Mereth between Oskar Brandt and Pavel Ostrow)")),
                Mark(kind="elision", span=at("<…>")),
                Mark(kind="insertion", span=at("[the day or the place]")),
            ),
        ),
        Statement(
            id="s3", form="indirect", content=(at("the summit would be moved to Dravik"),), cue=(at("denied"),),
            speaker=Speaker(entity="e3", span=(at("She"),), how="pronoun"), polarity="denied", by_rule="sample",
            confidence=0.9, words="the summit would be moved to Dravik",
        ),
        Statement(
            id="s4", form="direct", content=(at("“Prisoners and grain are likely to be on the agenda.”"),), cue=(),
            speaker=Speaker(entity="e3", span=(), how="continued"), by_rule="sample", confidence=0.7,
            words="Prisoners and grain are likely to be on the agenda.",
        ),
        Statement(
            id="s5", form="direct", content=(told,), cue=(at("said", 2),), by_rule="sample", confidence=0.9,
            speaker=Speaker(entity="e3", span=(at("Lindqvist", 1),), how="name"),
            words="The foreign minister told me: ‘Nothing is agreed’,",
        ),
        Statement(
            id="s6", form="direct", content=(at("‘Nothing is agreed’"),), cue=(at("told me"),), inside="s5",
            speaker=Speaker(entity=None, span=(at("The foreign minister"),), how="unnamed"), by_rule="sample",
            confidence=0.9, words="Nothing is agreed",
        ),
    )  # fmt: skip
    summit = at("a face-to-face meeting between President Anton Velik and Prime Minister Irena Dalgard")
    not_ready = at("not ready to name")
    events = (
        Event(
            id="v1", span=summit, mentions=(summit, at("the summit"), at("the summit", 1)), kind="meeting",
            code=Code(plover="CONSULT", mode="planned"), status="planned", by_rule="sample", confidence=0.9,
            claims=(
                Claim(attribute="participant", value="Anton Velik", entity="e1", settled="settled",
                      span=(at("President Anton Velik"),)),
                Claim(attribute="participant", value="Irena Dalgard", entity="e2", settled="settled",
                      span=(at("Prime Minister Irena Dalgard"),)),
                Claim(attribute="date", value=None, settled="open", span=(at("the day"),), cue=(not_ready,),
                      statement="s2", as_of="2031-03-11"),
                Claim(attribute="venue", value=None, settled="open", span=(at("the place"),), cue=(not_ready,),
                      statement="s2", as_of="2031-03-11"),
                Claim(attribute="agenda", value="prisoners", settled="provisional", span=(at("Prisoners"),),
                      cue=(at("are likely to be"),), statement="s4", as_of="2031-03-11"),
                Claim(attribute="format", value="face-to-face", settled="settled", span=(at("face-to-face"),)),
            ),
        ),
        Event(
            id="v2", span=at("a meeting in Mereth between Oskar Brandt and Pavel Ostrow"),
            mentions=(at("a meeting in Mereth between Oskar Brandt and Pavel Ostrow"), at("the talks")),
            kind="meeting", code=Code(plover="CONSULT", mode="occurred"), status="occurred", by_rule="sample",
            confidence=0.8,
            claims=(
                Claim(attribute="venue", value="Mereth", settled="settled", span=(at("Mereth"),), statement="s2"),
                Claim(attribute="participant", value="Oskar Brandt", settled="settled", span=(at("Oskar Brandt"),)),
            ),
            relations=(Relation(kind="prepares", event="v1", span=(at("a useful step towards"),)),),
        ),
    )  # fmt: skip
    gloss = at("(a meeting in Mereth between Oskar Brandt and Pavel Ostrow)")
    return Reading(
        reader=Reader(version="0.1.0", models={"language": "sample-1"}),
        document=document(),
        entities=(
            _person(1, "Anton Velik", at("Anton Velik")),
            _person(2, "Irena Dalgard", at("Irena Dalgard")),
            _person(3, "Mara Lindqvist", at("Mara Lindqvist"), at("Lindqvist", 1),
                    roles=(Role(title="press secretary", span=at("press secretary")),)),
            Entity(id="e4", type="organization", name="presidential office of Velmark"),
            Entity(id="e5", type="organization", name="KarsTel", mentions=(Mention(span=at("KarsTel"), form="name"),)),
        ),
        times=(TimeExpression(span=at("Tuesday"), type="DATE", value="2031-03-11", anchor="published"),),
        statements=statements,
        events=events,
        warnings=(Warning(kind="gloss-in-quote", message="Words of the reporter stand in a quotation.", span=gloss),),
    )  # fmt: skip
