"""Encrypted connections to one server: the context that all of them use, and the key that a server shows.

Decides when a server's key is compared with the one it must have: in the handshake, before anything else is sent,
whichever library asked for the connection. Which key that is, is decided in `trust`.
"""

import hashlib
import selectors
import socket
import ssl
import threading
from typing import Any

import certifi
from typing_extensions import override

from presence_desktop.core.address import host_and_port

LOOK_SECONDS = 4.0


class KeyChanged(ssl.SSLCertVerificationError):
    """The server's key is another than the one it is recognised by."""


class ServerContext(ssl.SSLContext):
    """What all connections to one server are made with; `pin` is the fingerprint its key must have, None: any."""

    pin: str | None = None


class _Socket(ssl.SSLSocket):
    """Compares the key in the handshake; and one thread may read while another writes.

    OpenSSL wants one call at a time for each connection, and Python lets go of its own lock meanwhile. So they take
    turns, and whoever waits for data waits outside of its turn.
    """

    @override
    def do_handshake(self, block: bool = False) -> None:
        super().do_handshake(block)
        self._turn = threading.Lock()
        pin = self.context.pin if isinstance(self.context, ServerContext) else None
        if pin is not None and fingerprint_of(self.getpeercert(binary_form=True)) != pin:
            raise KeyChanged("the server's key is another than the one it is recognised by")

    @override
    def recv(self, buflen: int = 1024, flags: int = 0) -> bytes:
        patience = self.gettimeout()
        while True:
            with self._turn:
                self.settimeout(0)
                try:
                    return super().recv(buflen, flags)
                except ssl.SSLWantReadError:
                    pass
                finally:
                    self.settimeout(patience)
            self._wait(patience)

    @override
    def send(self, data: Any, flags: int = 0) -> int:
        with self._turn:
            return super().send(data, flags)

    def _wait(self, patience: float | None) -> None:
        """Until there is something to read. Raises `OSError`."""
        with selectors.DefaultSelector() as selector:
            try:
                selector.register(self, selectors.EVENT_READ)
            except ValueError:  # closed by another thread
                raise OSError("the connection was closed") from None
            if not selector.select(patience):
                raise TimeoutError("timed out")


def pinned(fingerprint: str) -> ServerContext:
    """For the server whose key has this fingerprint: names and dates in its certificate do not matter."""
    context = _context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.pin = fingerprint
    return context


def vouched() -> ServerContext:
    """For a server whose certificate an authority vouches for: those of this computer, and Mozilla's."""
    context = _context()
    context.load_default_certs()
    context.load_verify_locations(certifi.where())  # some systems have none where OpenSSL looks
    return context


def look(server: str) -> str:
    """The fingerprint of the key that the server at this base URL shows; nothing is sent. Raises `OSError`."""
    host, port = host_and_port(server)
    context = _context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection((host, port), timeout=LOOK_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as connection,
    ):
        return fingerprint_of(connection.getpeercert(binary_form=True))


def fingerprint_of(certificate: bytes | None) -> str:
    """SHA-256 of a certificate (DER), as hexadecimal digits."""
    return hashlib.sha256(certificate or b"").hexdigest()


def _context() -> ServerContext:
    context = ServerContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = _Socket
    return context
