"""Whether a server may be talked to, and how: the one place where every connection of the app asks.

Decides the real address and the encryption of each connection from what is known of the server (`core.trust.Pins`),
what a failed handshake means, and what the person is to be asked. Nothing is sent before that is settled.
"""

import threading
from typing import Any

import requests
from msgspec import Struct
from requests.adapters import HTTPAdapter
from typing_extensions import override

from presence_desktop.core.address import encrypted, host_and_port, is_loopback, plain
from presence_desktop.core.trust import Guard, Known, Pins, Question
from presence_desktop.net import tls
from presence_desktop.protocol.errors import Code, Refused

_DOUBTS = frozenset({Code.KEY_UNKNOWN, Code.NOT_ENCRYPTED, Code.TLS_REQUIRED})
"""Refusals that a person's word may lift, where the server is not known yet."""


class Way(Struct, frozen=True):
    """How a server is to be reached now."""

    url: str
    """The base URL of every request."""
    context: tls.ServerContext | None
    """What encrypts; None: nothing does."""

    def session(self) -> requests.Session:
        """For requests to this server."""
        session = requests.Session() if self.context is None else _Session(self.url, self.context)
        session.trust_env = not is_loopback(self.url)
        return session


class Trust:
    """What holds for each server. From any thread."""

    def __init__(self, pins: Pins) -> None:
        self._pins = pins
        self._lock = threading.Lock()
        self._vouched: tls.ServerContext | None = None
        self._pinned: dict[str, tls.ServerContext] = {}

    def way(self, server: str) -> Way:
        """How to reach the server. Raises `Refused(NOT_ENCRYPTED)` where others could read along unasked."""
        known = self._known(server)
        if known is not None and known.guard is Guard.KEY:
            return Way(encrypted(server), self._context(known.fingerprint))
        if server.startswith("https:"):
            return Way(server, self._context(None))
        if is_loopback(server) or (known is not None and known.guard is Guard.PLAIN):
            return Way(server, None)
        raise Refused(Code.NOT_ENCRYPTED, "Everybody on the way could read along.")

    def judged(self, server: str, refused: Refused) -> Refused:
        """What a refusal means for this server: one that is known and proves nothing is not asked about."""
        known = self._known(server)
        if refused.code in _DOUBTS and known is not None and known.guard is not Guard.PLAIN:
            return Refused(Code.KEY_CHANGED, "The server does not prove that it is the one that is known.")
        return refused

    def question(self, server: str, refused: Refused) -> Question | None:
        """What to ask the person about a refusal; None: nothing. Looks at the server's key, so it may take a while."""
        if refused.code is Code.NOT_ENCRYPTED:
            return Question(plain(server), None)
        if refused.code not in _DOUBTS:
            return None
        try:
            return Question(server, tls.look(encrypted(server)))
        except OSError:
            return None

    def introduce(self, server: str, key: str) -> bool:
        """An invite names the server's key; whether that is news. Raises `Refused(KEY_CHANGED)` where it is another."""
        known = self._known(server)
        if known is None or known.guard is Guard.PLAIN:
            self._pins.trust(server, key)
            return True
        if known.guard is Guard.KEY and known.fingerprint != key:
            raise Refused(Code.KEY_CHANGED, "The invite names another key than the one that is known.")
        return False

    def forget(self, server: str) -> None:
        """What was introduced turned out not to be there."""
        self._pins.forget(server)

    def accepted(self, server: str) -> None:
        """Somebody is signed in there: what it was recognised by is what it must keep."""
        if server.startswith("https:") and self._known(server) is None:
            self._pins.vouch(server)

    def _known(self, server: str) -> Known | None:
        """What is known; one that began to encrypt is known by its old name, and typed by its new one."""
        known = self._pins.known(server)
        if known is None and server.startswith("https:"):
            known = self._pins.known(plain(server))
            return known if known is not None and known.guard is Guard.KEY else None
        return known

    def _context(self, pin: str | None) -> tls.ServerContext:
        with self._lock:
            if pin is None:
                self._vouched = self._vouched or tls.vouched()
                return self._vouched
            if pin not in self._pinned:
                self._pinned[pin] = tls.pinned(pin)
            return self._pinned[pin]


class _Session(requests.Session):
    """Requests over one context; remembers what went wrong last, for those who only get told that something did."""

    def __init__(self, url: str, context: tls.ServerContext) -> None:
        super().__init__()
        self._pinned = context.pin is not None
        self.trouble: requests.RequestException | None = None
        self.mount("https://", _Adapter(context))
        self.mount("http://", _Nowhere(*host_and_port(url)))

    @override
    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        kwargs["verify"] = not self._pinned  # whatever the environment says: the context compares the key
        try:
            return super().send(request, **kwargs)
        except requests.RequestException as error:
            self.trouble = error
            raise


class _Adapter(HTTPAdapter):
    """Every connection with one context, through a proxy too."""

    def __init__(self, context: tls.ServerContext) -> None:
        self._options: dict[str, Any] = {"ssl_context": context}
        if context.pin is not None:
            self._options |= {"assert_fingerprint": context.pin, "assert_hostname": False}
        super().__init__()

    @override
    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, **kwargs, **self._options)

    @override
    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return super().proxy_manager_for(proxy, **kwargs, **self._options)

    @override
    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """The context has what is needed."""
        conn.cert_reqs = "CERT_REQUIRED" if verify else "CERT_NONE"


class _Nowhere(HTTPAdapter):
    """An encrypted session sends nothing that is not encrypted."""

    def __init__(self, host: str, port: int) -> None:
        self._place = f"{host}:{port}"
        super().__init__()

    @override
    def send(self, *_args: Any, **_kwargs: Any) -> requests.Response:
        raise requests.exceptions.SSLError(f"{self._place} is reached encrypted only")
