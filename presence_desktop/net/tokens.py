"""The tokens of the session: hands out one that is good, and renews it when it is not.

Decides when to refresh: without a token, shortly before it expires, or when the server refused it. Only one refresh
runs at a time, and a session that was left meanwhile gets nothing back. Where tokens are kept is decided in `gateway`.
"""

import base64
import binascii
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from presence_desktop.core.ports import Clock
from presence_desktop.net.rest import Rest
from presence_desktop.net.trust import Trust
from presence_desktop.protocol import rest
from presence_desktop.protocol.errors import Code, Refused

EARLY_MS = 60_000
"""So long before its end a token is renewed."""

Answer = TypeVar("Answer")


@dataclass(slots=True)
class _Pair:
    server: str
    access: str | None = field(repr=False)
    refresh: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is needed to void a session on its server."""

    server: str
    access: str | None = field(repr=False)
    refresh: str = field(repr=False)


class Tokens:
    """The session's tokens. Its methods may be called from any thread; `current` may block for a network call."""

    def __init__(self, clock: Clock, renewed: Callable[[str, rest.SignedIn], None], trust: Trust) -> None:
        """`renewed(server, answer)` is called, in the calling thread, with every new pair that a refresh brought."""
        self.trust = trust
        """Asked before any of them is sent."""
        self._clock = clock
        self._renewed = renewed
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()
        self._pair: _Pair | None = None

    @property
    def server(self) -> str | None:
        """The server of the session, None without one."""
        pair = self._pair
        return None if pair is None else pair.server

    def begin(self, server: str, signed_in: rest.SignedIn) -> None:
        """A session begins with these tokens."""
        with self._lock:
            self._pair = _Pair(server, signed_in.token, signed_in.refresh_token)

    def begin_again(self, server: str, refresh_token: str) -> None:
        """A session goes on with a kept refresh token; the access token is yet to be had."""
        with self._lock:
            self._pair = _Pair(server, None, refresh_token)

    def end(self) -> Leaving | None:
        """The session is over; what it had."""
        with self._lock:
            pair, self._pair = self._pair, None
        return None if pair is None else Leaving(pair.server, pair.access, pair.refresh)

    def current(self, refused: str | None = None) -> str:
        """A good access token; another one than `refused`, which the server did not take. Raises `Refused`."""
        with self._refreshing:
            pair = self._held()
            if pair.access is not None and pair.access != refused and not self._expires(pair.access):
                return pair.access
            return self._refresh(pair)

    def signed(self, call: Callable[[str], Answer]) -> Answer:
        """Make a call with a good token, and once more with another one if the server finds it expired."""
        token = self.current()
        try:
            return call(token)
        except Refused as refused:
            if refused.code is not Code.TOKEN_EXPIRED:
                raise
        return call(self.current(refused=token))

    def _held(self) -> _Pair:
        with self._lock:
            if self._pair is None:
                raise Refused(Code.TOKEN_MISSING)
            return self._pair

    def _refresh(self, pair: _Pair) -> str:
        calls = Rest(pair.server, self.trust)
        try:
            answer = calls.refresh(pair.refresh)
        finally:
            calls.close()
        with self._lock:
            if self._pair is not pair:
                raise Refused(Code.TOKEN_MISSING)
            pair.access, pair.refresh = answer.token, answer.refresh_token
        self._renewed(pair.server, answer)
        return answer.token

    def _expires(self, token: str) -> bool:
        ends = expires_at(token)
        return ends is not None and ends - EARLY_MS <= self._clock.now()


def expires_at(token: str) -> int | None:
    """When the token ends, in ms, as it says of itself; None where it does not say. Nothing is verified."""
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return int(claims["exp"]) * 1000
    except (IndexError, KeyError, TypeError, ValueError, binascii.Error):
        return None
