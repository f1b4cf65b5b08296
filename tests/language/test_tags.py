"""Verbs that the parser took for something else, by the tree around them."""

from __future__ import annotations

import pytest

from onrecord.language.tags import mend_tags

VERBS = frozenset({"reassemble", "travel", "approve", "choose", "vote", "carry", "program"})


@pytest.mark.parametrize(
    ("sentence", "mended"),
    [
        # word/tag/head/dep, heads counted from 0
        ("Ministers/NNS/1/nsubj reassemble/JJ/1/ROOT soon/RB/1/advmod", "VBP"),
        ("Parliament/NNP/1/nsubj votes/NNS/1/ROOT today/NN/1/npadvmod", "VBZ"),
        ("Voters/NNS/1/nsubj choose/VB/1/ROOT her/PRP/1/dobj", "VBP"),
        ("She/PRP/1/nsubj carries/NNS/1/ROOT it/PRP/1/dobj", "VBZ"),
        ("United/NNP/1/compound travel/NN/1/ROOT to/IN/1/prep Dol/NNP/2/pobj ./././punct", "VBP"),
    ],
)
def test_what_has_a_subject_and_no_helping_verb_is_a_verb(sentence: str, mended: str) -> None:
    assert tags_of(sentence)[1] == mended


@pytest.mark.parametrize(
    "sentence",
    [
        "Will/MD/2/aux she/PRP/2/nsubj travel/VB/2/ROOT",
        "The/DT/1/det vote/NN/1/ROOT today/NN/1/npadvmod",
        "Space/NNP/1/compound program/NN/1/ROOT :/:/1/punct none/NN/1/appos ././1/punct",
        "They/PRP/1/nsubj alive/JJ/1/ROOT here/RB/1/advmod",
    ],
)
def test_what_is_none_stays_what_it_is(sentence: str) -> None:
    assert tags_of(sentence) == [word.rsplit("/", 3)[1] for word in sentence.split()]


def tags_of(sentence: str) -> list[str]:
    rows = [word.rsplit("/", 3) for word in sentence.split()]
    tags = [row[1] for row in rows]
    heads = [int(row[2]) if row[2].isdigit() else 1 for row in rows]
    mend_tags([row[0] for row in rows], tags, heads, [row[3] for row in rows], VERBS)
    return tags
