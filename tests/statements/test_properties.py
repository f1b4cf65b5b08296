"""What holds for the statements of any text: spans inside the text and in order, no crash, ids that exist."""

from __future__ import annotations

import time

from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.language import Annotated
from onrecord.language.parser import parse
from onrecord.language.quotations import find_quotations
from onrecord.nouns import Statement
from onrecord.statements import find_statements
from tests.statements.reading import document, statements

PIECES = [
    "“We are ready,” ", "said Mara Lindqvist", "Reyk said that ", "According to VNA, ", "the pass would open", ". ",
    ", ", "\n", "“", "”", '"', "'", " (the minister) ", "[today] ", "<…> ", "he added: ", "who ", " — ", "denied",
    "As she noted, ", "VNA reports", "…", "Q ",
]  # fmt: skip


def check(text: str, found: tuple[Statement, ...]) -> None:
    ids = [each.id for each in found]
    assert len(set(ids)) == len(ids)
    for each in found:
        assert each.content and 0 <= each.confidence <= 1
        assert each.inside is None or each.inside in ids[: ids.index(each.id)]
        links = [span for link in each.via for span in (*link.span, *link.cue)]
        for spans in (each.content, each.cue, each.speaker.span, links):
            assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(a[1] <= b[0] for a, b in zip(each.content, each.content[1:], strict=False))
        for mark in each.marks:
            assert any(start <= mark.span[0] < mark.span[1] <= end for start, end in each.content)
        assert (each.speaker.span == ()) == (each.speaker.how in ("continued", "unknown"))


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=25))
@example(["“We are ready,” ", "said Mara Lindqvist", "]0"])  # the speaker is a piece of a token
@settings(max_examples=40, deadline=None)
def test_any_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    check(text, statements(text))


def test_time_is_linear() -> None:
    """Eight times as many statements in one paragraph take some eight times as long, not sixty-four times."""

    def seconds(times: int) -> float:
        text = "“We are ready,” said Mara Lindqvist. According to VNA, Reyk believes that “all” is well. " * times
        ((read, tokens, sentences),) = parse([document(text)])
        scene = Annotated(
            document=read, tokens=tuple(tokens), sentences=tuple(sentences), quotations=find_quotations(read)
        )
        assert scene.children
        spent = []
        for _ in range(3):
            began = time.process_time()
            find_statements(scene)
            spent.append(time.process_time() - began)
        return min(spent)

    assert seconds(320) < 8 * seconds(40) * 2.5
