"""The tables of the statements room, counted anew: ``calibrate_statements.py GOLD.jsonl [--language en]``.

GOLD holds a document a line: ``{"id", "text", "attrs": [{"source", "cue", "content"}]}`` with spans as lists of pairs.
Three files of ``src/onrecord/statements/<language>/`` are written, in this order, since each leans on the one before:

- ``predicates.toml``: for each word and kind of complement, cases and cases that attribute;
- ``evidence.toml``: the weights of a logistic regression, each case weighed with a table that has not seen it;
- ``confidence.toml``: for each rule, how many of its statements were right (content by half, and the speaker).

Only counts and weights are written, never words of the texts beyond single cue words. About three minutes for six
megabytes of text on one core; the parsed documents are held in memory (some gigabytes).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack

from evaluation.letters import letters
from onrecord import tables
from onrecord.language import Annotated, Quotation, annotate
from onrecord.nouns import Document, Source, Span
from onrecord.page import read_page
from onrecord.statements import clauses, confidence, evidence, find_statements, lexicon
from onrecord.statements.complements import Piece, Predicate, predicates
from onrecord.statements.grouping import neighbours
from onrecord.statements.quoted import AFTER, BEFORE, cue_after, cue_before

ROOM = Path(__file__).resolve().parent.parent / "src" / "onrecord" / "statements"
PENALTY = 3.0
"""L2 penalty of the regression; between 1 and 10 nothing changes on the development data."""

WORD = re.compile(r"[a-z][a-z -]*(?:/[na])?")
"""Keys of the table; what else the parser takes for a verb, such as an apostrophe, is none."""

SOURCE = (
    "by evaluation/calibrate_statements.py on the training part of PolNeAR (Newell et al. 2018),\n"
    "# US news articles of 2016"
)


class Gold(NamedTuple):
    """One document's attributions: contents by cue token, and the tokens that stand in any content."""

    contents: dict[int, list[frozenset[int]]]
    inside: frozenset[int]
    pairs: list[tuple[frozenset[int], frozenset[int]]]
    """Letters of content and source of each attribution."""


class Everything:
    """A collection that holds every key: while the table is counted nothing is left out."""

    def __contains__(self, key: object) -> bool:
        return True


def read_gold(path: Path, language: str) -> list[tuple[Annotated, Gold]]:
    """Return every document annotated, with its gold. Raises OSError and JSONDecodeError on unreadable files."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def documents() -> Iterator[Document]:
        for record in records:
            yield read_page(Source(raw=record["text"].encode(), media="text", charset="utf-8", id=record["id"]))

    return [
        (annotated, _gold(annotated, record["attrs"]))
        for annotated, record in zip(annotate(documents(), language), records, strict=True)
    ]


def _gold(annotated: Annotated, attributions: list[dict[str, Any]]) -> Gold:
    text = annotated.document.text
    contents: dict[int, list[frozenset[int]]] = defaultdict(list)
    inside: set[int] = set()
    pairs = []
    for each in attributions:
        content = letters(text, each.get("content") or [])
        pairs.append((content, letters(text, each.get("source") or [])))
        for span in each.get("cue") or []:
            for i in range(*annotated.token_range(tuple(span))):
                contents[i].append(content)
        for span in each.get("content") or []:
            inside.update(range(*annotated.token_range(tuple(span))))
    return Gold(dict(contents), frozenset(inside), [pair for pair in pairs if pair[0]])


def _likeness(found: frozenset[int], wanted: list[frozenset[int]]) -> float:
    """The largest share of letters that ``found`` has in common with one of those wanted, of all in either."""
    return max((len(found & each) / len(found | each) for each in wanted if found or each), default=0.0)


def _span(annotated: Annotated, piece: Piece) -> list[Span]:
    return [(annotated.tokens[low].start, annotated.tokens[high - 1].end) for low, high in piece.ranges]


def _free(annotated: Annotated, gold: Gold) -> Iterator[tuple[Predicate, tuple[Quotation, ...]]]:
    """The predicates that stand neither in a gold content nor in quotation marks, with their block's quotations."""
    outer: dict[int, list[Quotation]] = defaultdict(list)
    for each in annotated.quotations:
        if each.parent is None and each.use == "speech":
            outer[each.block].append(each)
    for sentence in annotated.sentences:
        here = tuple(outer.get(sentence.block, ()))
        for predicate in predicates(annotated, sentence.first, sentence.last, Everything()):
            if predicate.i in gold.inside or clauses.surrounding(here, annotated.tokens[predicate.i].start):
                continue
            yield predicate, here


def count(data: list[tuple[Annotated, Gold]]) -> dict[str, dict[str, list[int]]]:
    """Return for each key and kind ``[cases, cases that attribute]``."""
    counted: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))

    def add(key: str, kind: str, hit: bool) -> None:
        counted[key][kind][0] += 1
        counted[key][kind][1] += hit

    for annotated, gold in data:
        text = annotated.document.text
        for predicate, _ in _free(annotated, gold):
            wanted = gold.contents.get(predicate.i, [])
            pieces = [(piece.kind, letters(text, _span(annotated, piece))) for piece in predicate.pieces]
            shares = [_likeness(found, wanted) for _, found in pieces]
            for (kind, found), share in zip(pieces, shares, strict=True):
                if found:
                    add(predicate.key, kind, share >= 0.5 and share == max(shares))
        for quotation, start, stop in neighbours(annotated):
            words = letters(text, [quotation.span])
            for cue, kind in (
                (cue_after(annotated, quotation, stop, lambda _word, _kind: 1.0), AFTER),
                (cue_before(annotated, quotation, start, lambda _word, _kind: 1.0), BEFORE),
            ):
                if cue is None or cue.kind != kind or cue.at is None or (kind == BEFORE and cue.at in gold.inside):
                    continue
                held = any(len(words & each) >= 0.8 * len(words) for each in gold.contents.get(cue.at, []))
                add(annotated.tokens[cue.at].lemma, kind, held)
    return counted


def write_predicates(counted: dict[str, dict[str, list[int]]], path: Path) -> None:
    """Write the counts; entries of fewer than three cases and of no consequence are left out."""
    seldom: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for key, kinds in counted.items():
        for kind, (cases, hits) in kinds.items():
            if cases < 8 or kind in (AFTER, BEFORE):
                kind += lexicon.word_class(key)
                seldom[kind][0] += cases
                seldom[kind][1] += hits
    rates = {kind: round(hits / cases, 3) for kind, (cases, hits) in sorted(seldom.items()) if cases >= 12}
    lines = [
        "# How often which word, with which complement, attributes something: [cases, cases that attribute].",
        '# "say" with a bare clause, "claim/n" (a noun) with a that-clause, "confident/a" (an adjective) and so on;',
        "# the kinds are those of complements.py. [kinds] is the rate among words seen seldom, on which what is not",
        '# listed leans; "that/a" is that of adjectives, "of/n" that of nouns.',
        f"# Source: counted {SOURCE};",
        "# counts of single words, no text of the articles. Entries of fewer than three cases are left out.",
        "",
        "[kinds]",
        *(f'"{kind}" = {rate}' for kind, rate in rates.items()),
        "",
        "[words]",
    ]
    for key, kinds in sorted(counted.items()):
        row = {
            kind: (cases, hits)
            for kind, (cases, hits) in sorted(kinds.items())
            if cases >= 3
            and max(rate := rates.get(kind + lexicon.word_class(key), 0.0), lexicon.smoothed(cases, hits, rate))
            >= clauses.CONSIDERED
        }
        if row and WORD.fullmatch(key):
            inner = ", ".join(f'"{kind}" = [{cases}, {hits}]' for kind, (cases, hits) in row.items())
            lines.append(f'"{key}" = {{ {inner} }}')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_evidence(data: list[tuple[Annotated, Gold]], language: str, path: Path) -> None:
    """Fit and write the weights. A case's own count is taken out of the table before the table is asked."""
    words = lexicon.lexicon(language)
    seen: list[tuple[str, ...]] = []
    odds: list[float] = []
    hits: list[bool] = []
    for annotated, gold in data:
        text = annotated.document.text
        for predicate, here in _free(annotated, gold):
            if not annotated.tokens[predicate.i].pos.startswith(("V", "A")) and predicate.key not in words.words:
                continue
            best = max(predicate.pieces, key=lambda piece: words.chance(predicate.key, piece.kind))
            if words.chance(predicate.key, best.kind) < clauses.CONSIDERED / 2:
                continue
            found = letters(text, _span(annotated, best))
            hit = _likeness(found, gold.contents.get(predicate.i, [])) >= 0.5
            cases, right = words.words.get(predicate.key, {}).get(best.kind, (0, 0))
            rate = words.rate(predicate.key, best.kind)
            own = lexicon.smoothed(cases - 1, right - hit, rate) if cases else rate
            speaker = clauses.speaker_of(annotated, predicate)
            seen.append(evidence.evidence_for(annotated, predicate, best, speaker, here))
            odds.append(evidence.log_odds(own))
            hits.append(hit)
    common = Counter(each for row in seen for each in set(row))
    names = sorted(each for each, times in common.items() if times >= 25)
    place = {each: i for i, each in enumerate(names)}
    rows, columns = [], []
    for i, row in enumerate(seen):
        for each in set(row) & place.keys():
            rows.append(i)
            columns.append(place[each])
    flags = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(seen), len(names)))
    matrix = hstack([flags, csr_matrix(np.array(odds)[:, None]), csr_matrix(np.ones((len(seen), 1)))]).tocsr()
    wanted = np.array(hits, float)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        free = weights.copy()
        free[-2:] = 0
        slope = matrix.T @ (1 / (1 + np.exp(-scores)) - wanted) + PENALTY * free
        return float(np.sum(np.logaddexp(0, scores) - wanted * scores) + PENALTY / 2 * np.sum(free**2)), slope

    fitted = minimize(loss, np.zeros(len(names) + 2), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    lines = [
        "# How much each thing that can be seen of a possible cue speaks for it, in log odds (logistic regression, L2",
        '# penalty). "word" multiplies the log odds of the table predicates.toml; evidence.py explains the others.',
        f"# Source: fitted {SOURCE}; numbers only.",
        "",
        "[weights]",
        f"bias = {fitted[-1]:.3f}",
        f"word = {fitted[-2]:.3f}",
        *(f'"{name}" = {value:.2f}' for name, value in zip(names, fitted, strict=False) if abs(value) >= 0.05),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_confidence(data: list[tuple[Annotated, Gold]], path: Path) -> None:
    """Measure each rule's statements: right where content (by half) and speaker are those of one attribution."""
    counted: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0.0])
    for annotated, gold in data:
        text = annotated.document.text
        before = frozenset[int]()
        for statement in find_statements(annotated):
            if statement.inside:
                continue
            content, source = letters(text, statement.content), letters(text, statement.speaker.span)
            if statement.speaker.how == "continued":
                # the gold joins such a quotation to the one before it: right where both have one source
                right = any(len(content & c) >= 0.8 * len(content) and s & before for c, s in gold.pairs)
            else:
                right = any(
                    len(content & c) >= 0.5 * len(content | c) and (bool(s & source) or not (s or source))
                    for c, s in gold.pairs
                )
                before = source
            row = counted[confidence.family(statement.by_rule)]
            row[0] += 1
            row[1] += right
            row[2] += statement.confidence
    lines = [
        "# How often each rule's statements are right: [statements, right ones, sum of the chances it gave].",
        "# Right: half of the content and the speaker are those of one annotated attribution. PolNeAR leaves out what",
        "# other statements hold, and joins paragraphs of one speaker, so that the rates are on the careful side.",
        f"# Source: measured {SOURCE}.",
        "",
        "[rules]",
        *(f'"{rule}" = [{int(n)}, {int(right)}, {total:.1f}]' for rule, (n, right, total) in sorted(counted.items())),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Read the gold once, then count, fit and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--language", default="en")
    options = parser.parse_args()
    data = read_gold(options.gold, options.language)
    folder = ROOM / options.language
    write_predicates(count(data), folder / "predicates.toml")
    forget()
    write_evidence(data, options.language, folder / "evidence.toml")
    forget()
    (folder / "confidence.toml").write_text("[rules]\n", encoding="utf-8")
    write_confidence(data, folder / "confidence.toml")


def forget() -> None:
    """Let the tables be read again: they have just been written."""
    tables.table.cache_clear()
    lexicon.lexicon.cache_clear()
    evidence.weights.cache_clear()
    confidence.rates.cache_clear()


if __name__ == "__main__":
    main()
