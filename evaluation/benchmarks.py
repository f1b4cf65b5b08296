"""What is measured: for each benchmark its input, its scorer, the figures that are kept and what others reach.

The gold data and the scorers lie beside the project in ``../shared`` and are not shipped with it, since the texts are
their publishers'; where that folder is missing a benchmark is left out and says so. The texts that we wrote ourselves
lie in `evaluation/gold`. Figures are percentages as the scorers print them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.gold import episodes
from evaluation.gold.marked import read_marked
from evaluation.gold.standoff import restored

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SAMPLES = ROOT / "samples" / "summit"

Figures = dict[str, float]


@dataclass(frozen=True)
class Benchmark:
    """One benchmark: ``gold`` is read by onrecord, its readings are scored, ``pick`` keeps the figures that count."""

    name: str
    what: str
    gold: tuple[Path, ...]
    """What must be there; handed to onrecord as it is, unless ``records`` makes something of it."""
    scorer: Path
    scorer_arguments: tuple[str, ...]
    """Where ``READINGS`` stands, the file of readings is put; where ``GOLD``, the gold that was read. One that asks
    gets all of ``gold`` behind them."""
    pick: Callable[[dict[str, Any]], Figures]
    peers: str
    records: Callable[[tuple[Path, ...]], list[dict[str, Any]]] | None = None
    """Makes JSON Lines records of the gold."""
    asks: bool = False
    """Whether the scorer runs onrecord itself, on all of ``gold``; the last line that it prints has the figures."""

    def missing(self) -> Path | None:
        """The first thing that this benchmark needs and that is not there."""
        return next((path for path in (*self.gold, self.scorer) if not path.exists()), None)

    def run(self, folder: Path) -> Figures:
        """Read the gold into ``folder`` and return the figures. Raises CalledProcessError where a step fails."""
        if self.asks:
            printed = self._scored([*self.scorer_arguments, *map(str, self._asked(folder))])
            return self.pick(json.loads(printed.splitlines()[-1]))
        gold = self.gold[0]
        if self.records is not None:
            gold = folder / f"{self.name}.gold.jsonl"
            lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in self.records(self.gold)]
            gold.write_text("".join(lines), encoding="utf-8")
        readings = folder / f"{self.name}.jsonl"
        with readings.open("wb") as out:
            subprocess.run([Path(sys.executable).parent / "onrecord", "read", "--json", gold], stdout=out, check=True)
        put = {"READINGS": str(readings), "GOLD": str(gold)}
        arguments = [put.get(each, each) for each in self.scorer_arguments]
        return self.pick(json.loads(self._scored(arguments)))

    def _asked(self, folder: Path) -> Sequence[Path]:
        """What a scorer that asks is given: the gold, or a file in ``folder`` for each record that is made of it."""
        if self.records is None:
            return self.gold
        made = []
        for number, record in enumerate(self.records(self.gold)):
            made.append(folder / f"{self.name}-{number}.json")
            made[-1].write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        return made

    def _scored(self, arguments: Sequence[str]) -> str:
        """Run the scorer, over this tree's code, and return what it printed."""
        command = str(Path(sys.executable).parent / "onrecord")
        return subprocess.run(
            [sys.executable, self.scorer, *arguments],
            capture_output=True,
            check=True,
            text=True,
            env={**os.environ, "ONRECORD": command, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        ).stdout


def _pages(found: dict[str, Any]) -> Figures:
    return {
        "text F1": round(100 * found["f1"], 2),
        "text precision": round(100 * found["precision"], 2),
        "text recall": round(100 * found["recall"], 2),
        "bodies exactly right": round(100 * found["exact"], 1),
        "blocks whose bytes give their text": found["bytes"],
        "pages missing": found["missing"],
    }


def _statements(found: dict[str, Any]) -> Figures:
    precision, recall, f1 = found["all"]["e2e"]
    return {
        "end to end F1": f1,
        "end to end precision": precision,
        "end to end recall": recall,
        **{f"{form} F1": found[form]["e2e"][2] for form in ("direct", "mixed", "indirect")},
        "right speaker of contents found": found["speaker_accuracy"],
        **{f"{role} exact F1": found["roles_exact"][role][2] for role in ("content", "source", "cue")},
    }


def _as_printed(found: dict[str, Any]) -> Figures:
    return dict(found)


def _planned(found: dict[str, Any]) -> Figures:
    return {
        "events found F1": found["events"][2],
        "whole events F1": found["whole"][2],
        "status of those found": found["status"],
        "kind of those found": found["kind"],
        "date F1": found["date"][2],
        "venue F1": found["venue"][2],
        "participant F1": found["participant"][2],
        "settled or open": found["settled"],
    }


def _times(found: dict[str, Any]) -> Figures:
    return {
        name: found[name][2] if isinstance(found[name], list) else found[name]
        for name in ("relaxed", "strict", "value")
        if name in found
    }


def _annotators(gold: tuple[Path, ...]) -> list[dict[str, Any]]:
    """The records of articles that several people annotated, each under an id of its own."""
    lines = gold[0].read_text(encoding="utf-8").splitlines()
    return [{**record, "id": f"{record['id']} by {record['annotator']}"} for record in map(json.loads, lines)]


def _scored(
    name: str,
    what: str,
    gold: Path | tuple[Path, ...],
    scorer: str | Path,
    pick: Callable[[dict[str, Any]], Figures],
    peers: str,
    records: Callable[[tuple[Path, ...]], list[dict[str, Any]]] | None = None,
) -> Benchmark:
    """Return a benchmark whose gold is itself the input and the scorer takes gold and readings."""
    golds = gold if isinstance(gold, tuple) else (gold,)
    return Benchmark(name, what, golds, SHARED / "score" / scorer, ("GOLD", "READINGS"), pick, peers, records)


def _plans(name: str, what: str, annotations: str, texts: tuple[Path, ...], held: bool | None, peers: str) -> Benchmark:
    """Return a benchmark of planned events whose gold stands off its ``texts``; ``held`` as `restored` has it."""
    gold = (PLANNED / annotations, *texts)
    return _scored(
        name, what, gold, "planned.py", _planned, peers, lambda paths: restored(paths[0], paths[1:], held)
    )  # fmt: skip


def _single(name: str, what: str, gold: str, of: str, peers: str) -> Benchmark:
    """Return a benchmark of single events in texts of ours, by their dates or codes (``of``)."""
    return Benchmark(
        name, what, (GOLD / gold,), GOLD / "events.py", (of, "GOLD", "READINGS"), _as_printed, peers, _items
    )  # fmt: skip


def _diary(name: str, what: str, gold: str) -> Benchmark:
    """Return a benchmark of the entries of diaries in pages of ours."""
    return Benchmark(
        name, what, (GOLD / gold,), GOLD / "diaries.py", ("GOLD", "READINGS"), _as_printed,
        "none: the set is ours", _diaries,
    )  # fmt: skip


def _across(name: str, what: str, of: str, gold: str, peers: str = "none: no other system or data set") -> Benchmark:
    """Return a benchmark of what is the same across documents, ``of`` events or entities (`evaluation.across`)."""
    return Benchmark(
        name, what, (ACROSS / gold, SHARED / "data"), ROOT / "evaluation" / "across.py", (of,), _as_printed,
        peers, asks=True,
    )  # fmt: skip


def _printed(name: str, what: str, gold: str) -> Benchmark:
    """Return a benchmark of printed quotes against transcripts of ours."""
    quotes = GOLD / "quotes"
    return Benchmark(
        name, what, (quotes / gold, quotes / "transcripts.jsonl"), quotes / "score.py", (), _as_printed,
        "none: the set is ours", asks=True,
    )  # fmt: skip


def _episodes(name: str, what: str, gold: str) -> Benchmark:
    """Return a benchmark of questions on episodes of ours (`evaluation.gold.episodes`)."""
    return Benchmark(
        name, what, (GOLD / "asof" / gold, *EPISODE_TEXTS), ASKED, (), _asof,
        "none: the set is ours",
        lambda paths: episodes.restored(paths[0], SHARED / "data"), asks=True,
    )  # fmt: skip


def _items(gold: tuple[Path, ...]) -> list[dict[str, Any]]:
    """Records of texts with one event each, all that is told of the event put aside under ``gold``."""
    read = ("id", "published", "text")
    records = [json.loads(line) for line in gold[0].read_text(encoding="utf-8").splitlines()]
    return [{**{key: record[key] for key in read}, "gold": record} for record in records]


def _diaries(gold: tuple[Path, ...]) -> list[dict[str, Any]]:
    """Records of pages with diaries, what they tell put aside under ``gold``."""
    records = [json.loads(line) for line in gold[0].read_text(encoding="utf-8").splitlines()]
    told = ("events", "perhaps")
    return [
        {**{k: v for k, v in each.items() if k not in told}, "gold": {k: each[k] for k in told if k in each}}
        for each in records
    ]


def _asof(found: dict[str, Any]) -> Figures:
    return {
        "answers wholly right": found["right"],
        "status right": found["status"],
        "date right": found["date"],
        "venue right": found["venue"],
        "evidence cited": found["evidence"],
        "strangers": found["strangers"],
    }


PAGES = SHARED / "data" / "pages"
GOLD = ROOT / "evaluation" / "gold"
PARTS = "abcd"
EPISODES = tuple(sorted((SHARED / "data" / "asof").glob("*.json"))) or (SHARED / "data" / "asof",)
ASKED = ROOT / "evaluation" / "asof.py"
"""Asks with the scorer of episodes that lies beside the project, in one process."""
PLANNED = GOLD / "planned"
ACROSS = GOLD / "across"
POOL = SHARED / "data" / "planned" / "pool.jsonl"
TRANSCRIPTS = SHARED / "data" / "transcripts"
ARTICLE_TEXTS = (
    *(SHARED / "data" / "times" / f"{name}.jsonl" for name in ("aquaint", "timebank", "meantime_dev")),
    SHARED / "data" / "polnear" / "train.jsonl",
)
EPISODE_TEXTS = (POOL, POOL.with_name("dev.jsonl"), TRANSCRIPTS / "briefings.jsonl.gz", *EPISODES)
BRIEFINGS_PEERS = "none: no other system; two people against each other on 80 of them: found 88.3, whole 79.3"
PLANNED_PEERS = "none: no other system; two people against each other on 100 of the items: found 91.1, whole 81.2"

BENCHMARKS = (
    Benchmark(
        "pages",
        "Article text of 181 news pages (public article-extraction benchmark), and the way back to the bytes",
        (PAGES / "html",),
        SHARED / "score" / "pages.py",
        (str(PAGES / "html"), str(PAGES / "ground-truth.json"), "READINGS"),
        _pages,
        "trafilatura 2.3.1 by itself: text F1 96.2 (fast), 96.0 (default); "
        "no other extractor keeps the way back to the bytes",
    ),
    _scored(
        "statements",
        "Attributions of 84 news articles (PolNeAR, development part): "
        "content overlap of at least half and the right speaker; exact: each span by itself, all its letters and "
        "digits and no others (quotation marks, punctuation and blanks never count)",
        SHARED / "data" / "polnear" / "dev.jsonl",
        "statements.py",
        _statements,
        "GenderGapTracker 41.0, Citron retrained 53.1 end to end F1 on the same articles; "
        "two people against each other 75.0 on another sample",
    ),
    Benchmark(
        "statements-weighing",
        "Rules and tagger alone and together, and what a confidence is worth, on the articles of statements",
        (SHARED / "data" / "polnear" / "dev.jsonl",),
        ROOT / "evaluation" / "weighing.py",
        ("GOLD",),
        _as_printed,
        "none",
    ),
    _scored(
        "statements-people",
        "Attributions of 18 news articles that six people annotated each (PolNeAR), against every one of them",
        SHARED / "data" / "polnear" / "multi_annotated.jsonl",
        "statements.py",
        _statements,
        "the people against each other 75.6",
        _annotators,
    ),
    _scored(
        "statements-ours",
        "Attributions of texts that we wrote in the manner of other kinds of news "
        "(wire, translated, court, sport, briefing)",
        (GOLD / "kinds.txt",),
        "statements.py",
        _statements,
        "none: the set is ours",
        read_marked,
    ),
    _scored(
        "statements-gold",
        "Attributions of 33 texts of 27 kinds of news, our own gold; its other half is the next benchmark",
        tuple(GOLD / f"dev-{part}.txt" for part in PARTS),
        "statements.py",
        _statements,
        "none: the set is ours",
        read_marked,
    ),
    _scored(
        "statements-held",
        "Attributions of 33 texts of the same kinds that nobody looked at; worn out by now, since its figures were "
        "printed some forty times while rules were made (statements-fresh is to be believed)",
        tuple(GOLD / f"held-{part}.txt" for part in PARTS),
        "statements.py",
        _statements,
        "none: the set is ours",
        read_marked,
    ),
    _scored(
        "statements-fresh",
        "Attributions of 18 texts of 18 kinds of news that were written anew and that nobody looked at",
        GOLD / "held-f.txt",
        "statements.py",
        _statements,
        "none: the set is ours",
        read_marked,
    ),
    _scored(
        "speakers-gold",
        "Who the speaker is, by way of whom, to whom, where, what an editor put in: the 33 texts of statements-gold",
        tuple(GOLD / f"dev-{part}.txt" for part in PARTS),
        GOLD / "score.py",
        _as_printed,
        "none: no other system or data set",
        read_marked,
    ),
    _scored(
        "speakers-held",
        "The same of the 33 texts of statements-held, worn out likewise (speakers-fresh is to be believed)",
        tuple(GOLD / f"held-{part}.txt" for part in PARTS),
        GOLD / "score.py",
        _as_printed,
        "none: no other system or data set",
        read_marked,
    ),
    _scored(
        "speakers-further",
        "The same of 15 further texts, written before the rules for chains and circumstances were last changed",
        (GOLD / "dev-e.txt",),
        GOLD / "score.py",
        _as_printed,
        "none: no other system or data set",
        read_marked,
    ),
    _scored(
        "speakers-more",
        "The same of 18 more texts, each of another kind of news, written together with those of statements-fresh",
        GOLD / "dev-f.txt",
        GOLD / "score.py",
        _as_printed,
        "none: no other system or data set",
        read_marked,
    ),
    _scored(
        "speakers-fresh",
        "The same of the 18 texts of statements-fresh, that nobody looked at",
        GOLD / "held-f.txt",
        GOLD / "score.py",
        _as_printed,
        "none: no other system or data set",
        read_marked,
    ),
    _scored(
        "planned",
        "Planned events of 150 short news items, development part of our own gold: "
        "found, status, date, venue, participants",
        SHARED / "data" / "planned" / "dev.jsonl",
        "planned.py",
        _planned,
        "none: no other system or data set; two annotators agree on 95 % of whole events",
    ),
    _plans(
        "planned-items",
        "Planned events of 482 short news items drawn by chance (our own gold, looked at)",
        "items.jsonl",
        (POOL,),
        False,
        PLANNED_PEERS,
    ),
    _plans(
        "planned-held",
        "The same of 118 more of those items, that nobody looked at",
        "items.jsonl",
        (POOL,),
        True,
        PLANNED_PEERS,
    ),
    _plans(
        "planned-briefings",
        "Planned events of passages of 110 press briefings (our own gold, looked at)",
        "briefings.jsonl",
        (TRANSCRIPTS / "briefings.jsonl.gz",),
        False,
        BRIEFINGS_PEERS,
    ),
    _plans(
        "planned-briefings-held",
        "The same of 111 more, that nobody looked at",
        "briefings.jsonl",
        (TRANSCRIPTS / "briefings.jsonl.gz",),
        True,
        BRIEFINGS_PEERS,
    ),
    _plans(
        "planned-news",
        "Planned events of 180 passages of news articles, never looked at (our own gold)",
        "news.jsonl",
        ARTICLE_TEXTS,
        None,
        "none: no other system or data set",
    ),
    _plans(
        "planned-articles",
        "Planned events of 40 whole articles (our own gold, a fifth of it held back)",
        "articles.jsonl",
        ARTICLE_TEXTS,
        None,
        "none: no other system or data set",
    ),
    _single(
        "planned-dates",
        "Dates of 60 planned events, each in a sentence or two of ours (looked at)",
        "planned-dates.jsonl",
        "dates",
        "HeidelTime: 9 of 16 such sentences",
    ),
    _single(
        "planned-dates-held",
        "The same of 60 more sentences that nobody looked at",
        "planned-dates-held.jsonl",
        "dates",
        "HeidelTime: 9 of 16 such sentences",
    ),
    _single(
        "planned-dates-more",
        "Dates of 80 planned events in sentences of ours that were written before the rules that read them (looked at)",
        "planned-dates-more.jsonl",
        "dates",
        "HeidelTime: 9 of 16 such sentences",
    ),
    _single(
        "planned-dates-fresh",
        "Dates of 75 planned events in sentences of ours, one for each manner of telling a plan (looked at)",
        "planned-dates-fresh.jsonl",
        "dates",
        "HeidelTime: 9 of 16 such sentences",
    ),
    _single(
        "planned-dates-fresh-held",
        "The same of 75 more of those sentences that nobody looked at",
        "planned-dates-fresh-held.jsonl",
        "dates",
        "HeidelTime: 9 of 16 such sentences",
    ),
    _single(
        "planned-dates-wide",
        "Dates of 69 planned events in sentences of ours, of as many kinds of occasion and turns of phrase (looked at)",
        "planned-dates-wide.jsonl",
        "dates",
        "none: no other system or data set",
    ),
    _single(
        "planned-dates-wide-held",
        "The same of 68 more of those sentences that nobody looked at",
        "planned-dates-wide-held.jsonl",
        "dates",
        "none: no other system or data set",
    ),
    _single(
        "plans-talk",
        "How plans stand as press rooms and short items tell it: 34 that are stated, moved, confirmed, doubted or "
        "called off, and 14 near misses, in sentences of ours (looked at)",
        "plans-talk.jsonl",
        "statuses",
        "none: no other system or data set",
    ),
    _single(
        "plans-talk-held",
        "The same of 33 more plans and 14 near misses that nobody looked at",
        "plans-talk-held.jsonl",
        "statuses",
        "none: no other system or data set",
    ),
    _diary(
        "diaries",
        "Plans of 17 short pages of ours that are diaries or look like them: tables, dated lists, programmes, court "
        "lists, fixtures, results, live reports (looked at)",
        "diaries.jsonl",
    ),
    _diary(
        "diaries-held",
        "The same of nine more pages, written by the same hand before the rules that read them and not looked at",
        "diaries-held.jsonl",
    ),
    _single(
        "codes",
        "PLOVER roots of 66 events, planned and occurred, in sentences of ours (looked at)",
        "codes-dev.jsonl",
        "codes",
        "a large zero-shot model on another set (PLV): root F1 82.1",
    ),
    _single(
        "codes-held",
        "The same of 62 more events that nobody looked at",
        "codes-held.jsonl",
        "codes",
        "a large zero-shot model on another set (PLV): root F1 82.1",
    ),
    Benchmark(
        "ahead",
        "Whether an annotated event lies ahead (FUTURE) or not, 60 Wikinews articles (MEANTIME)",
        (SHARED / "data" / "times" / "meantime_dev.jsonl",),
        ROOT / "evaluation" / "ahead.py",
        ("GOLD",),
        _as_printed,
        "published: F1 65.0",
    ),
    Benchmark(
        "asof",
        "50 questions on nine stories of news with distractors: what was known of an event on a day (a ledger each)",
        EPISODES,
        ASKED,
        (),
        _asof,
        "none: no other system or data set",
        asks=True,
    ),
    _episodes(
        "asof-more",
        "53 questions on ten more such stories that we annotated ourselves, most of them told in briefings of a press "
        "room (looked at: rules were worked from them)",
        "more.jsonl",
    ),
    _episodes(
        "asof-held",
        "51 questions on ten further stories of the same sources, annotated in the same way by the same person; their "
        "mistakes were never looked at, though rules were kept or dropped by this sum as well",
        "held.jsonl",
    ),
    _episodes(
        "asof-fresh",
        "43 questions on nine more stories, annotated before the rules that they first measured (looked at since: "
        "rules were worked from them)",
        "fresh.jsonl",
    ),
    _episodes(
        "asof-unseen",
        "37 questions on seven more stories, all of briefings, annotated before the rules that they first measured; "
        "their mistakes were never looked at, their sums several times while rules were made",
        "unseen.jsonl",
    ),
    _episodes(
        "asof-next",
        "54 questions on nine stories of our own words (wires, local papers, gazettes, briefings, blogs), written "
        "before the rules that they first measured (looked at since)",
        "next.jsonl",
    ),
    _episodes(
        "asof-apart",
        "65 questions on ten stories of our own words (wires, local papers, gazettes, circulars, long press "
        "conferences), written apart from the rules (looked at since: rules were worked from them)",
        "apart.jsonl",
    ),
    _episodes(
        "asof-blind",
        "69 questions on ten more stories of our own words (wires, local papers, court circulars, long briefings of "
        "press rooms), written apart from the rules; neither mistakes nor sums were looked at while rules were made",
        "blind.jsonl",
    ),
    _episodes(
        "asof-later",
        "59 questions on seventeen more stories of the same sources as `asof-more`, annotated and asked once before "
        "anything was worked from them: 51 in a hundred answers were wholly right then (looked at since)",
        "later.jsonl",
    ),
    _across(
        "across-events",
        "Which events of 102 documents are one (our own gold, looked at): pairs of mentions in different documents",
        "events",
        "events-dev.jsonl",
    ),
    _across(
        "across-events-held",
        "The same of 133 more documents, of other stories, that nobody looked at",
        "events",
        "events-held.jsonl",
    ),
    _across(
        "across-events-wide",
        "The same of 339 short items of twenty years, chosen because an earlier onrecord joined what they tell: so its "
        "precision is what to look at, among items that look alike and seldom are (our own gold, looked at)",
        "events",
        "events-wide.jsonl",
        "onrecord before: precision 33.3, recall 97.2",
    ),
    _across(
        "across-entities",
        "Which people and bodies that 71 documents name are one (our own gold, looked at): pairs of mentions in "
        "different documents",
        "entities",
        "entities-dev.jsonl",
        "counting one spelling of a name as one: precision 94.2, recall 75.9",
    ),
    _across(
        "across-entities-held",
        "The same of 92 more documents, of other stories, that nobody looked at",
        "entities",
        "entities-held.jsonl",
        "counting one spelling of a name as one: precision 98.0, recall 76.1",
    ),
    Benchmark(
        "copies",
        "Copies of a wire among 505 texts, most of which three outlets edit: cut from the end, a headline and first "
        "paragraph of their own, other outlets' names, a local paragraph (`evaluation/wire.py`); and the 505 texts by "
        "themselves, stories told by many among them, none a copy of another",
        (
            SHARED / "data" / "polnear" / "dev.jsonl",
            *(SHARED / "data" / "times" / f"{name}.jsonl" for name in ("timebank", "meantime_dev")),
            *EPISODES,
        ),
        ROOT / "evaluation" / "copies.py",
        (),
        _as_printed,
        "none: no other system or data set",
        asks=True,
    ),
    Benchmark(
        "archives",
        "A web archive of 150 answers with everything wrong that archives have (`evaluation/archives.py`), added to a "
        "ledger: what is whole is there and nothing else is, the rest is listed by its place or counted by its type",
        (SAMPLES,),
        ROOT / "evaluation" / "archives.py",
        ("--figures", "--responses", "150"),
        _as_printed,
        "none: the archive is ours",
        asks=True,
    ),
    Benchmark(
        "month",
        "Ten days of a simulated month (`python -m evaluation.month` is the whole one): 12 feeds that fail one poll in "
        "forty tell of 5 planned events, the watch is killed four times, the receiver of its alerts is down a while",
        (),
        ROOT / "evaluation" / "month" / "__main__.py",
        ("--figures", "--days", "10", "--stories", "5", "--feeds", "12", "--noise", "0.1", "--kills", "4"),
        _as_printed,
        "none: the stories are ours (looked at)",
        asks=True,
    ),
    Benchmark(
        "quotes",
        "1,200 made-up quotes of 14 kinds of change, half of them made at run time, against 1,261 transcripts of a "
        "press room (50 million characters): in the transcript that each is said to be from, and in all at once",
        (
            TRANSCRIPTS / "cases-dev.jsonl", TRANSCRIPTS / "briefings.jsonl.gz",
            SHARED / "score" / "check.py", SHARED / "score" / "make_check_cases.py",
        ),
        ROOT / "evaluation" / "quotes.py",
        (),
        _as_printed,
        "none: no other system or data set",
        asks=True,
    ),
    _printed(
        "quotes-ours",
        "37 quotes of three transcripts of ours as outlets print them, by a careful reader's judgment (looked at)",
        "quotes.jsonl",
    ),
    _printed(
        "quotes-ours-held",
        "36 more of three other transcripts that nobody looked at",
        "quotes-held.jsonl",
    ),
    _scored(
        "times-meantime",
        "Time expressions of 60 Wikinews articles (MEANTIME), TempEval-3 measures",
        SHARED / "data" / "times" / "meantime_dev.jsonl",
        "times.py",
        _times,
        "HeidelTime: value F1 80.0",
    ),
    _scored(
        "times-timebank",
        "Time expressions of 183 articles (TimeBank), TempEval-3 measures",
        SHARED / "data" / "times" / "timebank.jsonl",
        "times.py",
        _times,
        "HeidelTime: value F1 78.1 on another sample (TempEval-3 platinum)",
    ),
)  # fmt: skip
