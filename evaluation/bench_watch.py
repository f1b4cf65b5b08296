"""What `onrecord watch` does with many sources on one core: how late polls are, what it holds, how much it reads.

Run as ``python -m evaluation.bench_watch``; ``--help`` tells the rest. A server of ours, a process of its own, has a
feed on each of many addresses of this machine; each time that a feed is asked for it names pages that are new, in
short, so that all of them are fetched. One of the feeds has pages that are long, as transcripts are. The watch is the
real one, with its manners: a second between two requests to one server.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, islice, pairwise
from pathlib import Path
from threading import Thread

from evaluation.bench_adding import ADDING, anonymous, short_news
from onrecord.ledger import open_ledger
from onrecord.ledger.followed import follow

LONG = "127.1.0.1"
"""The address whose pages are long."""

SHOWN = 60.0
"""Seconds between two lines of what the watch holds."""

_POLL = re.compile(r"onrecord: (\S+) http://([\d.]+):\d+/feed: (\d+) added")


def serve(items: int, words: int) -> None:
    """Serve feeds of so many new items each time, till this process is ended; print the port."""
    news, numbers = short_news(7), defaultdict[str, Iterator[int]](count)

    def page(long: bool) -> str:
        texts = [next(news).raw.decode() for _ in range(max(words // 80, 1) if long else 3)]
        paragraphs = "".join(f"<p>{part}</p>" for text in texts for part in text.split("\n\n"))
        return f"<html><body><article><h1>News</h1>{paragraphs}</article></body></html>"

    class Feeds(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = str(self.headers["Host"])
            if self.path == "/feed":
                new = islice(numbers[host], items)
                each = (f"<item><link>http://{host}/{n}</link><description>In short.</description></item>" for n in new)
                self._answer(f"<rss><channel><title>{host}</title>{''.join(each)}</channel></rss>")
            elif self.path == "/robots.txt":
                self._answer("")
            else:
                self._answer(page(host.startswith(LONG + ":")))

        def _answer(self, text: str) -> None:
            body = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *given: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("0.0.0.0", 0), Feeds)  # noqa: S104  all addresses of loopback are wanted
    print(server.server_port, flush=True)
    server.serve_forever()


def watch(feeds: int, every: timedelta, seconds: float, port: int) -> None:
    """Watch so many feeds for some time, and print what comes of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.ledger"
        with open_ledger(path, create=True) as ledger:
            for number in range(feeds):
                address = f"http://127.1.0.{number + 1}:{port}/feed"
                follow(ledger, address, every, datetime.now(UTC) + every * number / feeds)
        command = [sys.executable, "-c", ADDING, "watch", "--allow-private", "--ledger", str(path)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
            told: list[str] = []
            assert running.stderr is not None
            Thread(target=told.extend, args=(running.stderr,), daemon=True).start()
            ends, began = time.monotonic() + seconds, time.monotonic()
            while time.monotonic() < ends and running.poll() is None:
                time.sleep(min(SHOWN, seconds))
                print(f"after {time.monotonic() - began:4.0f} s  {_held(running.pid)}  {len(told):4} polls", flush=True)
            running.send_signal(signal.SIGTERM)
        _say(told, every)


def _held(process: int) -> str:
    """What a process holds and has taken, without pages of files."""
    own = anonymous(process)
    spent = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return f"{own:6.1f} MiB  {sum(map(int, spent)) / os.sysconf('SC_CLK_TCK'):6.1f} s of its processor"


def _say(told: list[str], every: timedelta) -> None:
    """Print how late the polls were."""
    polls = defaultdict[str, list[datetime]](list)
    added = 0
    for line in told:
        if found := _POLL.match(line):
            polls[found[2]].append(datetime.fromisoformat(found[1]))
            added += int(found[3])
        else:
            print(line.rstrip())
    gaps = sorted((later - sooner) / every for moments in polls.values() for sooner, later in pairwise(moments))
    number = sum(map(len, polls.values()))
    print(f"{number} polls of {len(polls)} sources, {added} documents added")
    if gaps:
        middle, slow = statistics.median(gaps), gaps[int(len(gaps) * 0.95)]
        print(f"from one poll of a source to its next, in times of what was asked for ({every}):")
        print(f"median {middle:.2f}, slowest twentieth {slow:.2f}, most {gaps[-1]:.2f}")


def main() -> None:
    """Serve, or watch what is served."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.bench_watch", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--feeds", type=int, default=60)
    parser.add_argument("--items", type=int, default=2, help="that are new at each poll")
    parser.add_argument("--long", type=int, default=20_000, metavar="WORDS", help="of each page of one of the feeds")
    parser.add_argument("--every", type=float, default=300, metavar="SECONDS")
    parser.add_argument("--seconds", type=float, default=900, help="how long it is watched")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.items, given.long)
        return
    command = [sys.executable, "-m", "evaluation.bench_watch", "--serve", "--items", given.items, "--long", given.long]
    with subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            watch(given.feeds, timedelta(seconds=given.every), given.seconds, int(server.stdout.readline()))
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
