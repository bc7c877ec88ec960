"""The way in and out of the live link: who is let in, and what a connection's end means.

What somebody who was let in is told first is `welcome`'s.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from socketio.exceptions import ConnectionRefusedError as SioRefused

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import ConnectAuth
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.services.presence.service import PresenceService
from presence_desktop.server.transport.link.sio_server import SioServer
from presence_desktop.server.transport.live.answers import fault
from presence_desktop.server.transport.live.sockets import Socket, Sockets
from presence_desktop.server.transport.live.welcome import Welcome


class Door:
    """Lets clients in and out. `authenticate` raises `Refused` for a token that is not good."""

    def __init__(
        self,
        authenticate: Callable[[str], Identity],
        sockets: Sockets,
        welcome: Welcome,
        presence: PresenceService,
    ) -> None:
        self._authenticate = authenticate
        self._sockets = sockets
        self._welcome = welcome
        self._presence = presence

    def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Accept the connection, or refuse it with `{code, message}` as the data of `connect_error`."""
        try:
            hello = _hello(auth)
            identity = self._authenticate(hello.token)
            self._presence.profile(identity.user_id)
            socket = Socket(sid, identity.user_id, identity.family, hello)
            self._sockets.add(socket)
        except Refused as refusal:
            raise SioRefused(
                refusal.message, {"code": refusal.code.value, "message": refusal.message}
            ) from None
        self._welcome.later(socket)

    def disconnect(self, sid: str, reason: str = "") -> None:
        """A connection is gone. Only a goodbye of either side is one; everything else may come back."""
        socket = self._sockets.remove(sid)
        self._welcome.drop(sid)
        if socket is not None and socket.welcomed:
            graceful = reason in (SioServer.reason.CLIENT_DISCONNECT, SioServer.reason.SERVER_DISCONNECT)
            self._presence.disconnect(socket.user_id, sid, graceful=graceful)

    def socket(self, sid: str) -> Socket | None:
        """The socket of a request; one that was quicker than its welcome is welcomed first."""
        socket = self._sockets.get(sid)
        if socket is not None and not socket.welcomed:
            self._welcome.now()
        return socket


def _hello(auth: Any) -> ConnectAuth:
    token = auth.get("token") if isinstance(auth, dict) else None
    if token is None or token == "":
        raise Refused(Code.TOKEN_MISSING)
    try:
        return msgspec.convert(auth, ConnectAuth)
    except msgspec.ValidationError as error:
        wrong_token = fault(error)[0] == "token"
        raise Refused(Code.TOKEN_INVALID if wrong_token else Code.INVALID_PAYLOAD) from None
