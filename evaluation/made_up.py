"""A ledger of a million statements, made by a seeded generator from real readings, and what it costs to ask it.

Run as ``python -m evaluation.made_up LEDGER [STATEMENTS] [SEED]``; prints a line a figure. Each reading that is made is
one of a real text with its people and organisations renamed by words of the same length (so that every span holds) and
its days moved by the same number; the stories of one world share their names, states keep theirs, as in news. What else
it says is in other words of the same length too: else all that is made of one text would be copies of each other. Texts
are read once; what is measured is keeping and asking.
"""

from __future__ import annotations

import json
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

import onrecord.reading
from evaluation.benchmarks import ROOT, SHARED
from onrecord.acquire import open_paths
from onrecord.ledger import Ledger, add, event, events, open_ledger, statements
from onrecord.ledger.alerting import Rule, add_rule, evaluate, remove_rule
from onrecord.ledger.naming import states
from onrecord.nouns import Reader, Reading, Source

STORIES_A_DAY = 25
"""With stories of one to thirty documents a million statements fill about five years."""

FIRST = date(2031, 1, 1)
WORLDS = 400
"""Sets of names; with a million statements each is told of by some hundred documents."""

CHECKPOINTS = (100, 1_000, 10_000, 50_000, 100_000)
QUESTIONS = 200
READER = Reader(version="made-up", models={})
FRESH = 100
"""Documents that are held against an alert rule."""

_TOKEN = re.compile(r"\\(?:u[0-9a-f]{4}|.)|(?<![\d-])(?P<day>\d{4}-\d\d(?:-\d\d)?)(?!\d)|(?P<word>[^\W\d_]+)")
"""What may be another in what is made up, in JSON: days and words, but not the letters of an escape."""

_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_SHORTEST = 4
"""Letters of a word that is another in each story: with the same words all that is made of one text would be copies."""

_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprstv"


class Told(NamedTuple):
    """A reading as JSON in pieces: every second one is a name, a word or a day that is another in each story."""

    pieces: tuple[str, ...]

    def anew(self, others: Mapping[str, str]) -> Reading:
        """Return the reading with others in their places."""
        pieces = list(self.pieces)
        pieces[1::2] = [others[each] for each in pieces[1::2]]
        return _DECODE("".join(pieces))


class Story(NamedTuple):
    """Real readings that belong together, with the words that are names, those that are none, and their days."""

    readings: tuple[Told, ...]
    names: frozenset[str]
    words: frozenset[str]
    days: frozenset[str]
    first: date


def stories() -> list[Story]:
    """Read the texts that all others are made from: whole articles one by one, short news by their story."""
    told: list[list[Source]] = []
    for path in sorted((SHARED / "data" / "asof").glob("*.json")):
        documents = [each for each in json.loads(path.read_bytes())["documents"] if len(each["text"]) < 2000]
        told.append([_source(each["id"], each["text"], each["date"], each["outlet"]) for each in documents])
    news = SHARED / "data" / "polnear" / "dev.jsonl"
    for line in news.read_text(encoding="utf-8").splitlines() if news.exists() else ():
        article = json.loads(line)
        told.append([_source(article["id"], article["text"], "2016-09-15", article["id"].partition("_")[0])])
    told = [each for each in told if each]
    readings = iter(list(onrecord.reading.read_many([source for story in told for source in story])))
    return [_story([next(readings) for _ in story]) for story in told] or [sample_story()]


def sample_story() -> Story:
    """Read the sample story."""
    return _story(onrecord.reading.read_many(open_paths([str(ROOT / "samples" / "summit")])))


def _source(name: str, text: str, day: str, outlet: str) -> Source:
    return Source(raw=text.encode(), id=name, published=day, outlet=outlet, media="text")


def _story(read: Iterable[object]) -> Story:
    readings = [each for each in read if isinstance(each, Reading)]
    names = {
        word
        for reading in readings
        for entity in reading.entities
        if entity.type in {"person", "organization"}
        for word in _NAME.findall(entity.name)
        if word.lower() not in states()
    }
    first = min(each.document.published.value[:10] for each in readings if each.document.published)
    words = {word for reading in readings for word in _words(reading.document.text) if len(word) >= _SHORTEST}
    for reading in readings:
        document = replace(reading.document, text="")
        bare = replace(reading, document=document, statements=tuple(replace(s, words="") for s in reading.statements))
        words -= set(_words(msgspec.json.encode(bare).decode()))
    told = tuple(_told(msgspec.json.encode(each).decode(), names | words) for each in readings)
    others = {piece for each in told for piece in each.pieces[1::2]}
    return Story(told, frozenset(names), frozenset(words), frozenset(others - names - words), date.fromisoformat(first))


def _words(text: str) -> list[str]:
    """The words of a text, or of JSON, that have small letters only."""
    return [word for found in _TOKEN.finditer(text) if (word := found["word"]) and word.islower()]


def _told(written: str, others: Set[str]) -> Told:
    pieces, at = list[str](), 0
    for found in _TOKEN.finditer(written):
        if found["day"] or found["word"] in others:
            pieces += [written[at : found.start()], found.group()]
            at = found.end()
    return Told((*pieces, written[at:]))


class Made(NamedTuple):
    """A document that was made up: what would come in, and its reading."""

    source: Source
    reading: Reading


def made_up(told: list[Story], seed: int) -> Iterator[Made]:
    """Yield made-up documents without end in the order of their days, each story of drawn names from its day on."""
    draw = random.Random(seed)
    worlds: list[dict[str, str]] = [{} for _ in range(WORLDS)]
    waiting: list[tuple[str, str, Made]] = []
    words: dict[int, list[str]] = {}
    for word in sorted(frozenset().union(*(story.words for story in told))):
        words.setdefault(len(word), []).append(word)
    for number in count():
        begins = FIRST + timedelta(number // STORIES_A_DAY)
        while waiting and waiting[0][0] < begins.isoformat():
            yield heappop(waiting)[-1]
        story, world = draw.choice(told), draw.choice(worlds)
        for word in sorted(story.names - world.keys()):
            world[word] = _word(draw, len(word))
        others = {word: world[word] for word in story.names}
        others |= {word: draw.choice(words[len(word)]) for word in sorted(story.words)}
        others |= {day: _moved(day, (begins - story.first).days) for day in story.days}
        for at, each in enumerate(story.readings):
            reading = each.anew(others)
            document = replace(reading.document, id=f"made-{number}-{at}", path=None, url=None)
            day = document.published.value if document.published else ""
            source = _source(document.id, document.text, day, document.outlet or "")
            heappush(waiting, (day, document.id, Made(source, replace(reading, document=document))))


_DECODE = msgspec.json.Decoder(Reading).decode


def _word(draw: random.Random, length: int) -> str:
    letters = [draw.choice(_CONSONANTS if at % 2 == 0 else _VOWELS) for at in range(length)]
    return "".join(letters).capitalize()


def _moved(day: str, shift: int) -> str:
    year, month, *rest = day.split("-")
    try:
        moved = date(int(year), int(month), int(rest[0] if rest else 15)) + timedelta(shift)
    except ValueError:
        return day
    return moved.isoformat() if rest else moved.isoformat()[: len("2031-05")]


def fill(path: Path, most: int, seed: int, say: Callable[[str], None] = print) -> None:
    """Fill a ledger until it holds so many statements, and say what documents cost along the way."""
    made = made_up(stories(), seed)
    waiting: dict[str, Reading] = {}
    held = documents = 0

    def sources(documents: int) -> Iterator[Source]:
        nonlocal held
        for source, reading in (next(made) for _ in range(documents)):
            waiting[source.id or ""] = reading
            held += len(reading.statements)
            yield source

    onrecord.reading.read_many = lambda given: (waiting.pop(each.id or "") for each in given)  # type: ignore
    with open_ledger(path, create=True) as ledger:

        def keep(documents: int) -> float:
            some = list(sources(documents))
            start = time.process_time()
            for _ in add(ledger, some, READER, lambda: datetime.now(UTC)):
                pass
            return 1000 * (time.process_time() - start) / documents

        while held < most:
            step = min(1_000, next((each for each in CHECKPOINTS if each > documents), documents + 1_000) - documents)
            cost = keep(step)
            documents += step
            if documents in CHECKPOINTS:
                say(f"the {documents}th document: {cost:.1f} ms of processor time, of the last {step}")
    size = path.stat().st_size
    say(f"{documents} documents, {held} statements, {size / held:.0f} bytes a statement")


def ask(path: Path, seed: int, say: Callable[[str], None] = print) -> None:
    """Ask a ledger drawn questions and say how long the slowest twentieth takes."""
    draw = random.Random(seed)
    start = time.perf_counter()
    with open_ledger(path) as ledger:
        say(f"open: {1000 * (time.perf_counter() - start):.1f} ms")
        (last,) = ledger.connection.execute("SELECT max(id) FROM statements").fetchone()
        (most,) = ledger.connection.execute("SELECT max(id) FROM events").fetchone()

        def words() -> str:
            row = ledger.connection.execute("SELECT words FROM statements WHERE id >= ?", (draw.randint(1, last),))
            found = re.findall(r"\w{4,}", row.fetchone()[0]) or ["said"]
            return " ".join(draw.sample(found, min(len(found), draw.randint(1, 3))))

        def name() -> str:
            row = ledger.connection.execute("SELECT body FROM events WHERE id >= ?", (draw.randint(1, most),))
            told = json.loads(row.fetchone()[0])
            named = [str(each) for _, each in told["names"][:2]] + [str(each) for each in told["places"][:1]]
            return " ".join([*named, str(told["name"])])

        (until,) = ledger.connection.execute("SELECT max(day) FROM events").fetchone()
        days = (date.fromisoformat(until) - FIRST).days

        def day() -> str:
            return (FIRST + timedelta(draw.randrange(days))).isoformat()

        for what, question in (
            ("search", lambda: statements(ledger, words())),
            ("event", lambda: event(ledger, name(), day())),
            ("events --as-of", lambda: events(ledger, as_of=day())),
        ):
            taken = []
            for _ in range(QUESTIONS):
                start = time.perf_counter()
                question()
                taken.append(1000 * (time.perf_counter() - start))
            p95 = statistics.quantiles(taken, n=20)[-1]
            say(f"{what}: median {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms")
        say(f"alerts: {_alerting(ledger):.1f} ms of processor time a document, of the last {FRESH}")
    say(f"memory: {_memory()} MiB at most")


def _alerting(ledger: Ledger) -> float:
    """What it takes to hold a document against an alert rule that asks for everything, in ms of processor time."""
    now = datetime.now(UTC)
    add_rule(ledger, Rule(name=READER.version), now)
    ledger.connection.execute("UPDATE alert_rules SET document = document - ?", (FRESH,))
    start = time.process_time()
    evaluate(ledger, now)
    taken = 1000 * (time.process_time() - start)
    remove_rule(ledger, READER.version, now)
    return taken / FRESH


def _memory() -> int:
    """MiB that this program took at most; on Linux `getrusage` counts what the one that started it had taken too."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(arguments: list[str]) -> int:
    """Fill the ledger where it is not there, and ask it; return the exit code."""
    path, *numbers = arguments
    most, seed = (*map(int, numbers), *(1_000_000, 1)[len(numbers) :])
    if not Path(path).exists():
        fill(Path(path), most, seed)
        command = [sys.executable, "-m", "evaluation.made_up", *arguments]
        return subprocess.run(command, check=False).returncode  # without the models, whose memory is not the ledger's
    ask(Path(path), seed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
