"""A server on loopback that speaks HTTP/2 over TLS, with certificates of our own, for the tests of fetching."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import ConnectionTerminated, DataReceived, RequestReceived, StreamEnded
from h2.exceptions import ProtocolError

from tests.acquire.misbehaving import PAGE, Server, answer

HERE = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
ELSEWHERE = x509.SubjectAlternativeName([x509.DNSName("courier.example")])
VALID, OVER = timedelta(days=1), timedelta(days=-1)


class Papers(NamedTuple):
    """What proves who a server is."""

    chain: Path
    """Its certificate and key, PEM."""
    trusted: Path
    """The certificate of who signed it, PEM."""


def papers(folder: Path, names: x509.SubjectAlternativeName = HERE, lasts: timedelta = VALID) -> Papers:
    """Make a server's certificate for these names, signed by an authority of its own, that ends in so long."""
    authority, server = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    office = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Registry of Ostrev")])
    now = datetime.now(UTC)

    def begun(subject: x509.Name, key: ec.EllipticCurvePrivateKey, ends: timedelta) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(office).public_key(key.public_key())
        made = made.serial_number(x509.random_serial_number())
        return made.not_valid_before(now - timedelta(days=2)).not_valid_after(now + ends)

    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())
    root = begun(office, authority, VALID).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    root = root.add_extension(x509.SubjectKeyIdentifier.from_public_key(authority.public_key()), critical=False)
    leaf = begun(x509.Name([]), server, lasts).add_extension(names, critical=True)
    leaf = leaf.add_extension(signer, critical=False)
    pem, chain, trusted = serialization.Encoding.PEM, folder / "server.pem", folder / "authority.pem"
    key = server.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    chain.write_bytes(key + leaf.sign(authority, hashes.SHA256()).public_bytes(pem))
    trusted.write_bytes(root.sign(authority, hashes.SHA256()).public_bytes(pem))
    return Papers(chain, trusted)


class EncryptedServer(Server):
    """Answers over TLS; ``spoken``: what it offers to speak, the best first."""

    def __init__(self, chain: Path, spoken: Sequence[str]) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(chain)
        self._context.set_alpn_protocols([*spoken])
        self.spoken: list[str | None] = []
        """What was agreed on, for each connection."""
        self.paths: list[str] = []
        """What was asked for."""
        super().__init__()
        self.address = f"https://127.0.0.1:{self.port}"

    def _connection(self, connection: socket.socket) -> None:
        with suppress(OSError), self._context.wrap_socket(connection, server_side=True) as encrypted:
            agreed = encrypted.selected_alpn_protocol()
            self.spoken.append(agreed)
            (self._two if agreed == "h2" else self._one)(encrypted)

    def _one(self, connection: ssl.SSLSocket) -> None:
        """Answer over HTTP/1.1 and hang up."""
        self.paths.append(connection.recv(4096).split(b" ")[1].decode())
        connection.sendall(answer(PAGE, "200 OK", "Connection: close"))

    def _two(self, connection: ssl.SSLSocket) -> None:
        """Answer over HTTP/2 till the other side hangs up, or an answer ends the connection."""
        speaking = H2Connection(H2Configuration(client_side=False, header_encoding=None))
        speaking.initiate_connection()
        connection.sendall(speaking.data_to_send())
        while received := connection.recv(65_536):
            try:
                events = speaking.receive_data(received)
            except ProtocolError:
                return
            for event in events:
                if isinstance(event, ConnectionTerminated):
                    return
                if isinstance(event, DataReceived):
                    speaking.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                if isinstance(event, RequestReceived):
                    path = dict(event.headers)[b":path"].decode()
                    self.paths.append(path)
                    _answered(speaking, event.stream_id, path)
                    connection.sendall(speaking.data_to_send())
                    if path == "/hangs-up":
                        return
                if isinstance(event, StreamEnded):
                    connection.sendall(speaking.data_to_send())


def _answered(speaking: H2Connection, stream: int, path: str) -> None:
    """Answer a request in the way that its path names."""
    html = [(":status", "200"), ("content-type", "text/html; charset=utf-8")]
    if path == "/moved":
        speaking.send_headers(stream, [(":status", "301"), ("location", "/page")], end_stream=True)
    elif path == "/reset":
        speaking.send_headers(stream, html)
        speaking.reset_stream(stream, ErrorCodes.INTERNAL_ERROR)
    elif path == "/hangs-up":
        speaking.send_headers(stream, html)
        speaking.send_data(stream, PAGE[:20])
    elif path == "/last":
        speaking.send_headers(stream, html)
        speaking.send_data(stream, PAGE, end_stream=True)
        speaking.close_connection(last_stream_id=stream)
    elif path == "/page":
        speaking.send_headers(stream, html)
        speaking.send_data(stream, PAGE[:20])
        speaking.send_data(stream, PAGE[20:], end_stream=True)
    else:
        speaking.send_headers(stream, [(":status", "404")], end_stream=True)


@contextmanager
def encrypted(chain: Path, spoken: tuple[str, ...] = ("h2", "http/1.1")) -> Iterator[EncryptedServer]:
    """A server that runs as long as the block."""
    server = EncryptedServer(chain, spoken)
    try:
        yield server
    finally:
        server.socket.close()
