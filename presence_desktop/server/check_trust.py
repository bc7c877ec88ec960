"""By what `presence-server check` recognises the server that it proves: authorities, or a fingerprint that it was told.

Decides that nothing, the token least of all, is sent to a server that shows another certificate.
"""

import hashlib
import socket
import ssl
from typing import Any
from urllib.parse import urlsplit

import requests
from msgspec import Struct
from requests.adapters import HTTPAdapter


class NotTrusted(Exception):
    """The server is not to be talked to; the text says why."""


class Trusted(Struct, frozen=True):
    """How to reach the server."""

    session: requests.Session
    options: dict[str, Any]
    """More options for Socket.IO's client."""


def trusted(url: str, fingerprint: str | None, timeout: float) -> Trusted:
    """For a server at this URL, whose certificate has this fingerprint (None: vouched for). Raises NotTrusted."""
    session = requests.Session()
    if not url.startswith("https:"):
        return Trusted(session, {})
    shown = _shown(url, timeout)
    found = hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest()
    context = ssl.create_default_context() if fingerprint is None else _only(shown)
    if fingerprint not in (None, found):
        raise NotTrusted(f"the certificate's fingerprint is {found}, not the one that was named")
    if fingerprint is None and not _vouched(url, context, timeout):
        raise NotTrusted(f"nobody vouches for the certificate; its fingerprint is {found} (--fingerprint)")
    session.mount("https://", _Adapter(context))
    return Trusted(
        session, {"http_session": session, "websocket_extra_options": {"sslopt": {"context": context}}}
    )


def read_fingerprint(text: str) -> str:
    """A SHA-256 fingerprint as people write it, as 64 hexadecimal digits. Raises ValueError."""
    digits = text.replace(":", "").replace(" ", "").lower()
    if len(bytes.fromhex(digits)) != hashlib.sha256().digest_size:
        raise ValueError("no SHA-256 fingerprint")
    return digits


def _shown(url: str, timeout: float) -> str:
    try:
        return ssl.get_server_certificate(_place(url), timeout=timeout)
    except OSError as error:
        raise NotTrusted(f"no answer: {error.strerror or type(error).__name__}") from None


def _vouched(url: str, context: ssl.SSLContext, timeout: float) -> bool:
    host, port = _place(url)
    try:
        with (
            socket.create_connection((host, port), timeout=timeout) as plain,
            context.wrap_socket(plain, server_hostname=host),
        ):
            return True
    except ssl.SSLCertVerificationError:
        return False
    except OSError as error:
        raise NotTrusted(f"no answer: {error.strerror or type(error).__name__}") from None


def _only(certificate: str) -> ssl.SSLContext:
    """Takes this certificate and no other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_verify_locations(cadata=certificate)
    return context


def _place(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 443


class _Adapter(HTTPAdapter):
    """Every connection with one context."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        hostname = None if self._context.check_hostname else False
        super().init_poolmanager(
            connections, maxsize, block, ssl_context=self._context, assert_hostname=hostname, **kwargs
        )

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """The context has what is needed."""
        conn.cert_reqs = "CERT_REQUIRED"
