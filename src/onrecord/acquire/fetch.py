"""Pages from the web: the only part of onrecord that goes to the network, and only where the user asks for that.

Promise: every address gives its bytes, "nothing new", or the sentence that says why not, within the time, the size, the
redirects and the tries of its `Manners`; nothing is fetched that robots.txt forbids or that is not on the public
internet, also after a redirect. No cookie is kept, no proxy or password of the environment is used. The odd case that
forced the shape: what was learnt of a page (its ETag) may be kept only when the page itself was kept, or a run that is
stopped loses it for good; so the caller keeps it, at the end.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from threading import BoundedSemaphore
from types import TracebackType
from typing import TYPE_CHECKING, Literal, NamedTuple

import httpcore2
import httpx2
import msgspec

from onrecord.acquire.bounded import ENCODINGS, LIMIT, inflated, too_large
from onrecord.acquire.files import Fetched, Found
from onrecord.acquire.hosts import Hosts
from onrecord.acquire.listed import Listed
from onrecord.acquire.media import NEVER, stated
from onrecord.acquire.network import Network, Refused, within
from onrecord.errors import Defect, UnreadableInput
from onrecord.page.address import key_of

if TYPE_CHECKING:
    from onrecord.ledger.acquired import Standing

AGENT = "onrecord"
"""The name by which robots.txt calls us."""

_ROBOTS_BYTES = 500 * 1024
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})


How = Literal["whole", "unchanged", "failed"]


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """How onrecord fetches."""

    agent: str = AGENT
    """The User-Agent header, which begins with `AGENT`."""
    delay: float = 1.0
    """Seconds between two requests to one server."""
    seconds: float = 30.0
    """A request with its whole answer may last so long."""
    idle: float = 10.0
    """Seconds without a byte after which a request is given up."""
    tries: int = 3
    backoff: float = 1.0
    """Seconds before the second try, twice as many before the third; half of them by chance."""
    longest_wait: float = 60.0
    """A server that asks to wait longer (Retry-After) is not asked again in this run."""
    redirects: int = 5
    at_once: int = 8
    """Servers that are asked at one time, by all runs over the same lines together."""
    ahead: int = 32
    """Addresses that are fetched before they are read."""
    allow_private: bool = False


class Validators(NamedTuple):
    """By what a server tells whether a page is new (RFC 9110, 8.8). Empty: it did not say."""

    etag: str
    modified: str


class Memory(NamedTuple):
    """What is known from earlier runs."""

    known: Callable[[str], Validators | None] = lambda address: None
    """What a server said of an address; None: it is to be asked for whole."""
    standing: Callable[[Listed], Standing] = lambda listed: "due"
    """How an address stands that something names: only what is due is asked for."""


class Went(NamedTuple):
    """What became of an address that was asked for."""

    listed: Listed
    how: How


class _Again(Exception):
    """It may go better later; ``after``: in so many seconds, as the server says."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Lines:
    """The connections to servers and how each wants to be asked, for one run or many; to be closed after the last."""

    def __init__(self, manners: Manners, wait: Callable[[float], None] = time.sleep) -> None:
        self.hosts = Hosts(AGENT, manners.delay, wait)
        self.room = BoundedSemaphore(manners.at_once)
        self.pool = httpcore2.ConnectionPool(
            max_connections=manners.at_once * 2,
            max_keepalive_connections=manners.at_once,
            keepalive_expiry=30,
            http2=True,
            network_backend=Network(manners.allow_private),
        )

    def close(self) -> None:
        """End the connections."""
        self.pool.close()


class WebFetcher:
    """Fetches addresses, many servers at once and each politely; to be closed, as a context manager does.

    ``now`` tells the time, ``wait`` sleeps; ``memory`` says what earlier runs have learnt; ``lines`` are those of
    earlier runs, which outlast this one, None: its own.
    """

    def __init__(
        self,
        manners: Manners,
        now: Callable[[], datetime],
        wait: Callable[[float], None] = time.sleep,
        memory: Memory | None = None,
        lines: Lines | None = None,
    ) -> None:
        self._manners, self._now, self._wait, self._memory = manners, now, wait, memory or Memory()
        self._closes = lines is None
        self._lines = lines or Lines(manners, wait)
        self._seen: set[str] = set()
        self._threads = ThreadPoolExecutor(manners.at_once, thread_name_prefix="fetch")
        self.learnt: dict[str, Validators] = {}
        """What servers said of pages that were fetched, to be kept when these are kept."""
        self.went: list[Went] = []
        """What became of each address that was asked for, in order."""
        self.kept = 0
        """How many addresses were not asked for, as nothing is new there."""

    def __enter__(self) -> WebFetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=kind is None, cancel_futures=True)
        if self._closes:
            self._lines.close()

    def ahead(
        self, found: Iterable[Found | UnreadableInput | Listed]
    ) -> Iterator[tuple[Found | UnreadableInput | Listed, Fetched | UnreadableInput | None]]:
        """Yield what was found in order, each address with its answer; None: it is no address, or nothing is new."""
        waiting: deque[tuple[Found | UnreadableInput | Listed, Future[Fetched | UnreadableInput | None] | None]] = (
            deque()
        )
        for each in found:
            waiting.append((each, self._begun(each) if isinstance(each, Listed) else None))
            while waiting and (len(waiting) > self._manners.ahead or waiting[0][1] is None):
                yield self._done(*waiting.popleft())
        while waiting:
            yield self._done(*waiting.popleft())

    def _begun(self, listed: Listed) -> Future[Fetched | UnreadableInput | None] | None:
        """The answer to come; None for an address that was fetched in this run already, or is not asked for now."""
        key = key_of(listed.address)
        if key in self._seen:
            return None
        self._seen.add(key)
        if (standing := self._memory.standing(listed)) != "due":
            self.kept += standing == "kept"
            return None
        return self._threads.submit(self.fetch, listed.address, self._memory.known(listed.address))

    def _done(
        self, each: Found | UnreadableInput | Listed, answer: Future[Fetched | UnreadableInput | None] | None
    ) -> tuple[Found | UnreadableInput | Listed, Fetched | UnreadableInput | None]:
        if answer is None or not isinstance(each, Listed):
            return each, None
        result = answer.result()
        how: How = "unchanged" if result is None else "whole" if isinstance(result, Fetched) else "failed"
        self.went.append(Went(each._replace(instead=None), how))
        return each, result

    def fetch(self, address: str, known: Validators | None = None) -> Fetched | UnreadableInput | None:
        """Return what stands at an address; None where it is as it was ``known``."""
        manners = self._manners
        for tried in range(1, manners.tries + 1):
            try:
                return self._followed(address, known)
            except _Again as problem:
                pause = problem.after
                if pause is None:
                    pause = manners.backoff * 2 ** (tried - 1) * random.uniform(0.5, 1)  # noqa: S311  no secret
                if tried == manners.tries or pause > manners.longest_wait:
                    return UnreadableInput(address, f"{problem}; try again later")
                self._wait(pause)
            except Refused as problem:
                return UnreadableInput(address, str(problem))
            except UnreadableInput as problem:
                return problem
            except Exception as problem:  # what strangers name must not end a watch of others
                return Defect(address, problem)
        raise AssertionError("the last try returns")

    def _followed(self, address: str, known: Validators | None) -> Fetched | None:
        """What stands where an address leads. Raises _Again, Refused or UnreadableInput."""
        at = _url(address, address)
        for _ in range(self._manners.redirects + 1):
            origin = f"{at.scheme}://{at.netloc.decode('ascii')}"
            if not self._lines.hosts.allows(origin, str(at), self._robots):
                raise UnreadableInput(address, "the server's robots.txt does not allow it")
            answer = self._asked(origin, at, address, known)
            if not isinstance(answer, httpx2.URL):
                return answer
            at = answer
        raise UnreadableInput(address, f"it leads on to more than {self._manners.redirects} other addresses")

    def _robots(self, address: str) -> str:
        """The text of a robots.txt, empty where there is none. Raises _Again where that can't be told, or Refused."""
        at = _url(address, address)
        try:
            for _ in range(self._manners.redirects + 1):
                origin = f"{at.scheme}://{at.netloc.decode('ascii')}"
                answer = self._asked(origin, at, address, None, robots=True)
                if not isinstance(answer, httpx2.URL):
                    return "" if answer is None else answer.raw.decode("utf-8", "replace")
                at = answer
        except _NotThere:
            return ""
        except UnreadableInput as problem:
            raise _Again(f"the server's robots.txt can't be read: {problem.reason}") from problem
        return ""

    def _asked(
        self, origin: str, at: httpx2.URL, address: str, known: Validators | None, robots: bool = False
    ) -> Fetched | httpx2.URL | None:
        """One request: the answer, where it leads on to, or None: it is not new."""
        headers: dict[bytes | str, bytes | str] = {
            "User-Agent": self._manners.agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
            "Accept-Encoding": ", ".join(ENCODINGS),
            **({"If-None-Match": known.etag} if known and known.etag else {}),
            **({"If-Modified-Since": known.modified} if known and known.modified else {}),
        }
        idle = dict.fromkeys(("connect", "read", "write", "pool"), self._manners.idle)
        with self._lines.hosts.turn(origin), self._lines.room:
            try:
                with (
                    within(self._manners.seconds),
                    self._lines.pool.stream(
                        "GET", str(at.copy_with(fragment=None)), headers=headers, extensions={"timeout": idle}
                    ) as response,
                ):
                    return self._answer(response, at, address, robots)
            except httpcore2.TimeoutException as problem:
                raise _Again("the server does not answer in time") from problem
            except httpcore2.ConnectError as problem:
                raise _Again(f"there is no connection to the server ({problem or 'refused'})") from problem
            except (httpcore2.ProtocolError, httpcore2.NetworkError, OSError) as problem:
                raise _Again(f"the server's answer breaks off or is garbled ({problem})") from problem

    def _answer(
        self, response: httpcore2.Response, at: httpx2.URL, address: str, robots: bool
    ) -> Fetched | httpx2.URL | None:
        said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        status = response.status
        if status == HTTPStatus.NOT_MODIFIED:
            return None
        if status in _MOVED and "location" in said:
            return _url(_joined(at, said["location"]), address)
        if status in _AGAIN:
            raise _Again(f"the server answers {_named(status)}", _seconds(said.get("retry-after", ""), self._now()))
        if status != HTTPStatus.OK:
            kind = _NotThere if 400 <= status < 500 else UnreadableInput
            raise kind(address, f"the server answers {_named(status)}")
        media, charset = stated(said.get("content-type", ""))
        if NEVER.match(media) and not robots:
            raise UnreadableInput(address, f"this is no page but {media}")
        raw = _body(response, address, _ROBOTS_BYTES if robots else LIMIT, cut=robots)
        packed = said.get("content-encoding", "").strip().lower()
        if packed in ENCODINGS:
            raw = inflated(raw, packed, address)
        elif packed not in ("", "identity"):
            raise UnreadableInput(address, f"the answer is packed in a way that nobody asked for ({packed[:40]})")
        if not robots and (said.get("etag") or said.get("last-modified")):
            self.learnt[address] = Validators(said.get("etag", ""), said.get("last-modified", ""))
        moment = self._now().isoformat(timespec="seconds")
        return Fetched(raw, str(at.copy_with(fragment=None)), media, charset or "", moment)


class _NotThere(UnreadableInput):
    """The server says that there is no such page, or not for us."""


def _body(response: httpcore2.Response, address: str, most: int, cut: bool) -> bytes:
    """The body as it was sent, at most so much of it; what is longer is cut or refused."""
    length = next((value for name, value in response.headers if name.lower() == b"content-length"), b"")
    if not cut and length.isdigit() and int(length[:12]) > most:
        raise UnreadableInput(address, too_large("the page"))
    pieces, size = [], 0
    for piece in response.iter_stream():
        pieces.append(piece)
        size += len(piece)
        if size > most:
            if cut:
                break
            raise UnreadableInput(address, too_large("the page"))
    return b"".join(pieces)[: most if cut else None]


def _url(address: str, where: str) -> httpx2.URL:
    """The address, taken apart. Raises UnreadableInput where it is none that can be fetched."""
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, UnicodeError, ValueError) as problem:
        raise UnreadableInput(where, f"this is no web address ({problem})") from problem
    named = url.host and (url.port is None or 0 <= url.port < 2**16)
    if url.scheme not in ("http", "https") or not named:
        raise UnreadableInput(where, f"it leads to {address[:80]!r}, which is no web address")
    if url.userinfo:
        raise UnreadableInput(where, "an address with a password in it is not fetched")
    return url


def _joined(at: httpx2.URL, location: str) -> str:
    try:
        return str(at.join(location.encode("latin-1").decode("utf-8", "replace")))
    except (httpx2.InvalidURL, UnicodeError, ValueError):
        return location


def _named(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _seconds(retry_after: str, now: datetime) -> float | None:
    """How long a server asks to wait (RFC 9110, 10.2.3): seconds, or till a moment."""
    if retry_after.strip().isdecimal():
        return float(retry_after[:9])
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError):
        return None
    return max(0.0, ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds())
