"""What encrypts the server's connections, and what a request that is not encrypted is told.

Decides the versions that are spoken, and that plain HTTP on an encrypting port gets an answer in words: 426, with the
code `tls_required`, instead of a broken connection. Which certificate is shown is decided in `stores.certificate`.
"""

import ssl
from pathlib import Path
from typing import Any, Final

import msgspec

from presence_desktop.protocol.errors import HTTP_STATUS, MESSAGES, Code
from presence_desktop.protocol.rest import ErrorBody, Failure

_HANDSHAKE: Final = b"\x16"
"""The first byte of every TLS connection."""


def context(certificate: Path, key: Path) -> ssl.SSLContext:
    """For a server with this certificate and key (PEM), both proved before."""
    made = _Context(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.set_alpn_protocols(["http/1.1"])
    made.sslobject_class = _Connection
    made.load_cert_chain(certificate, key)
    return made


class _Connection(ssl.SSLObject):
    """The encryption of one connection; looks at the first byte that comes before it begins."""

    incoming: ssl.MemoryBIO
    outgoing: ssl.MemoryBIO
    _looked = _refused = False

    def do_handshake(self) -> None:
        if self._refused:
            raise ssl.SSLError("plain HTTP went on")
        if not self._looked:
            self._look()
        super().do_handshake()

    def _look(self) -> None:
        come = self.incoming.read()
        if come:
            self._looked = True
            if not come.startswith(_HANDSHAKE):
                self._refused = True
                self.outgoing.write(_PLAIN)
                raise ssl.SSLWantReadError  # the answer is sent, and whoever asked closes
            self.incoming.write(come)


class _Context(ssl.SSLContext):
    def wrap_bio(
        self, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO, *args: Any, **kwargs: Any
    ) -> ssl.SSLObject:
        made = super().wrap_bio(incoming, outgoing, *args, **kwargs)
        if isinstance(made, _Connection):
            made.incoming, made.outgoing = incoming, outgoing
        return made


def _plain_answer() -> bytes:
    code = Code.TLS_REQUIRED
    body = msgspec.json.encode(Failure(error=ErrorBody(code=code.value, message=MESSAGES[code])))
    head = (
        f"HTTP/1.1 {HTTP_STATUS[code]} Upgrade Required\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nUpgrade: TLS/1.2, HTTP/1.1\r\nConnection: Upgrade, close\r\n\r\n"
    )
    return head.encode() + body


_PLAIN: Final = _plain_answer()
