"""Connections that go only where they may, and end when their time is over.

Promise: a name is resolved once, what it resolves to is checked, and the connection is made to the very address that
was checked, so that no second answer of the name server leads elsewhere; no look-up, read, write or handshake lasts
longer than what is left of the request's time. The odd cases that forced the shape: a server that sends one byte a
second keeps every timeout for one read from firing, ``http://2130706433/`` is this very machine, and a name server that
does not answer holds who asks it for as long as the system likes.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any

import httpcore2

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_MOST_TRIED = 4
_time = threading.local()


class Refused(Exception):
    """The address leads where onrecord does not go, or to a server that does not prove to be the one of its name."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Have all that this thread sends and receives inside end after so many seconds, with httpcore2's timeouts."""
    _time.ends = time.monotonic() + seconds
    try:
        yield
    finally:
        _time.ends = None


def _left(timeout: float | None) -> float | None:
    ends: float | None = getattr(_time, "ends", None)
    if ends is None:
        return timeout
    left = ends - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time for this request is over")
    return left if timeout is None else min(left, timeout)


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the public internet, also where an IPv4 address is wrapped into IPv6.

    Source: IANA's registries of special-purpose addresses, as the standard library keeps them; RFC 6052 (NAT64).
    """
    number = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(number, ipaddress.IPv6Address):
        inside = number.ipv4_mapped or number.sixtofour or (number.teredo or (None, None))[1]
        if number in _NAT64:
            inside = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(str(inside))
        if number.is_site_local:  # given up for new networks (RFC 3879), and still routed inside old ones
            return False
    return number.is_global and not (number.is_multicast or number.is_reserved or number.is_unspecified)


def resolved(host: str, port: int | None, seconds: float | None) -> list[str]:
    """Return the numeric addresses of a name, looked up in so many seconds; None: however long it takes.

    Nothing ends a look-up: a thread of its own makes it, which is left behind where it takes longer. Raises
    ConnectError where there is no such name, ConnectTimeout where no answer comes in time.
    """
    answer: Future[list[str]] = Future()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.set_result(list(dict.fromkeys(str(each[4][0]) for each in found)))
        except Exception as problem:
            answer.set_exception(problem)

    threading.Thread(target=look_up, name="look-up", daemon=True).start()
    try:
        return answer.result(seconds)
    except TimeoutError as problem:
        raise httpcore2.ConnectTimeout(f"the name server tells nothing of {host} in time") from problem
    except (OSError, UnicodeError) as problem:
        raise httpcore2.ConnectError(f"there is no server of this name ({host})") from problem


class Network(httpcore2.NetworkBackend):
    """What httpcore2 connects by."""

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Return a connection. Raises Refused where the name leads to no public address, ConnectError for the rest."""
        addresses = resolved(host, port, _left(timeout))
        allowed = [each for each in addresses if self._allow_private or is_public(each)]
        if not allowed:
            raise Refused(f"{host} is at {', '.join(addresses[:2])}, which is no public address (--allow-private)")
        failed: Exception = httpcore2.ConnectError(host)
        for address in allowed[:_MOST_TRIED]:
            try:
                stream = self._plain.connect_tcp(address, port, _left(timeout), local_address, socket_options)
                return _Timed(stream)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as problem:
                failed = problem
        raise failed

    def connect_unix_socket(self, *given: Any, **named: Any) -> httpcore2.NetworkStream:
        """Refuse: no address of the web is a socket of this machine."""
        raise Refused("no address of the web is a socket of this machine")


class _Timed(httpcore2.NetworkStream):
    """A connection whose every step ends with the request's time."""

    def __init__(self, plain: httpcore2.NetworkStream) -> None:
        self._plain = plain

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        return self._plain.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all bytes."""
        self._plain.write(buffer, _left(timeout))

    def close(self) -> None:
        """End the connection."""
        self._plain.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Return the encrypted connection; a handshake has many reads, so a timer ends the whole of it.

        Raises Refused where the certificate does not prove that this is the server.
        """
        left = _left(timeout)
        alarm = threading.Timer(left or 60, _cut, [self._plain.get_extra_info("socket")])
        alarm.daemon = True
        alarm.start()
        try:
            return _Timed(self._plain.start_tls(ssl_context, server_hostname, left))
        except httpcore2.ConnectError as problem:
            if isinstance(problem.__cause__, ssl.SSLCertVerificationError):
                why = problem.__cause__.verify_message
                raise Refused(f"the server's certificate is not accepted ({why})") from problem
            raise
        finally:
            alarm.cancel()

    def get_extra_info(self, info: str) -> Any:
        """What httpcore2 asks of a connection."""
        return self._plain.get_extra_info(info)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
