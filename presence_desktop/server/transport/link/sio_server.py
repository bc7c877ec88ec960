"""The Socket.IO server under both transports: python-socketio's, held to the protocol.

Decides who may connect to what, what a malformed packet does to its connection, that nothing is told to a socket that
was not accepted yet, and how handlers' exceptions are answered. Leaves sessions to the engine, rooms to the client
manager, and what events mean to the handlers.

Beside python-socketio's handlers (`on`) there is one for what they raise (`on_error`).
"""

import logging
from collections.abc import Callable
from typing import Any, Final

import socketio
from socketio.exceptions import ConnectionRefusedError as Refusal
from socketio.packet import Packet as StockPacket

from presence_desktop.protocol.errors import MESSAGES, Code
from presence_desktop.server.transport.link import sio_codec as codec
from presence_desktop.server.transport.link.engine import Engine, Environ
from presence_desktop.server.transport.link.sio_codec import Malformed, Packet

log = logging.getLogger("presence.socketio")

JOIN_SECONDS: Final = 45.0
"""How long a connection may stand without a namespace."""

CATCH_ALL: Final = "*"
"""What handlers of all other events are registered for."""

ErrorHandler = Callable[[str, str, Exception], Any]
"""`(sid, event, error) -> acknowledgement`: answers what a handler raised."""


class SioServer(socketio.AsyncServer):  # type: ignore[misc]  # python-socketio ships no types
    """`engine_class(**options)` makes the engine; the manager must hold back what is told before acceptance."""

    eio: Engine

    def __init__(self, *, engine_class: Callable[..., Engine], client_manager: Any, **options: Any) -> None:
        self._engine_class = engine_class
        self._awaited: dict[str, Packet] = {}
        self._error_handler: ErrorHandler = _log_error
        super().__init__(client_manager=client_manager, logger=log, **options)
        self.eio.is_stray = self._is_stray

    def _engineio_server_class(self) -> Callable[..., Engine]:
        return self._engine_class

    def on_error(self, handler: ErrorHandler) -> None:
        """Register what answers an exception of any event's handler; what it returns is the acknowledgement."""
        self._error_handler = handler

    def failed(self, sid: str, event: str, error: Exception) -> Any:
        """What to acknowledge when a handler raised `error`."""
        return self._error_handler(sid, event, error)

    def serves(self, namespace: str) -> bool:
        """Whether there is such a namespace."""
        return (
            namespace in self.handlers or namespace in self.namespace_handlers or namespace in self.namespaces
        )

    def _is_stray(self, session: Any) -> bool:
        if self.eio.now() - session.born < JOIN_SECONDS:
            return False
        sids = (self.manager.sid_from_eio_sid(session.sid, one) for one in self.manager.get_namespaces())
        return not any(sids)

    async def close(self, linger: float = 1.0) -> None:
        """End every connection, telling each; `linger` is how many seconds the last words may take."""
        await self.eio.close(linger)

    # messages

    async def _handle_eio_message(self, eio_sid: str, data: str | bytes) -> None:
        try:
            await self._take(eio_sid, data)
        except Malformed as fault:
            log.info("socket.malformed sid=%s %s", eio_sid, fault)
            self._awaited.pop(eio_sid, None)
            if (session := self.eio.sockets.get(eio_sid)) is not None:
                await session.close(reason=self.reason.TRANSPORT_ERROR)

    async def _take(self, eio_sid: str, data: str | bytes) -> None:
        packet = self.whole(eio_sid, data)
        if packet is None:
            return
        if packet.kind == codec.CONNECT:
            await self._handle_connect(eio_sid, packet.namespace, packet.data)
            return
        self.require_connected(eio_sid, packet.namespace)
        if packet.kind == codec.DISCONNECT:
            await self._handle_disconnect(eio_sid, packet.namespace, self.reason.CLIENT_DISCONNECT)
        elif packet.kind in (codec.EVENT, codec.BINARY_EVENT):
            await self._handle_event(eio_sid, packet.namespace, packet.ack, packet.data)
        else:
            await self._handle_ack(eio_sid, packet.namespace, packet.ack, packet.data)

    def whole(self, eio_sid: str, data: str | bytes) -> Packet | None:
        """The packet that this message completes, or None while attachments are awaited. Raises `Malformed`."""
        awaited = self._awaited.get(eio_sid)
        if awaited is None:
            return self._begin(eio_sid, data)
        if not isinstance(data, bytes):
            raise Malformed("text where an attachment was awaited")
        if awaited.size + len(data) > self.eio.max_http_buffer_size:
            raise Malformed("attachments that are too large together")
        if not awaited.attach(data):
            return None
        del self._awaited[eio_sid]
        return awaited

    def _begin(self, eio_sid: str, data: str | bytes) -> Packet | None:
        if not isinstance(data, str):
            raise Malformed("an attachment of nothing")
        packet = codec.decode(data)
        if not packet.wanted:
            return packet
        self.require_connected(eio_sid, packet.namespace)
        self._awaited[eio_sid] = packet
        return None

    def require_connected(self, eio_sid: str, namespace: str) -> None:
        """Raises `Malformed` unless this connection has asked for this namespace and was accepted."""
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace)
        if sid is None or self.manager.is_pre_connected(sid, namespace):
            raise Malformed("a packet for a namespace that was not connected to")

    # connecting

    async def _handle_connect(self, eio_sid: str, namespace: str, data: dict[str, Any] | None) -> None:
        if not self.serves(namespace):
            await self._refuse(eio_sid, namespace, {"message": "Invalid namespace"})
            return
        sid = await self.manager.pre_connect(eio_sid, namespace)
        if sid is None:
            raise Malformed("a second connect to one namespace")
        refusal = await self._ask(sid, namespace, self.environ[eio_sid], data)
        if refusal is not None:
            await self._refuse(eio_sid, namespace, refusal)
            await self.manager.disconnect(sid, namespace, ignore_queue=True)
            return
        await self._send_packet(eio_sid, StockPacket(codec.CONNECT, {"sid": sid}, namespace=namespace))
        await self.manager.connect(sid, namespace)

    async def _ask(self, sid: str, namespace: str, environ: Environ, data: Any) -> Any:
        """Ask the connect handler; the refusal's payload, or None if it accepts."""
        try:
            accepted = await self._trigger_event("connect", namespace, sid, environ, data)
        except Refusal as refusal:
            return refusal.error_args
        except Exception:
            log.exception("the connect handler failed")
            return {"message": MESSAGES[Code.SERVER_ERROR], "data": {"code": Code.SERVER_ERROR.value}}
        return Refusal().error_args if accepted is False else None

    async def _refuse(self, eio_sid: str, namespace: str, why: Any) -> None:
        await self._send_packet(eio_sid, StockPacket(codec.CONNECT_ERROR, why, namespace=namespace))

    # handlers

    def _get_event_handler(self, event: Any, namespace: str, args: tuple[Any, ...]) -> Any:
        if event == CATCH_ALL:  # a client may name its event so; it is an unknown one like others
            return self.handlers.get(namespace, {}).get(CATCH_ALL), (event, *args)
        return super()._get_event_handler(event, namespace, args)

    async def _trigger_event(self, event: str, namespace: str, *arguments: Any) -> Any:
        if event in self.reserved_events:
            return await super()._trigger_event(event, namespace, *arguments)
        try:
            return await super()._trigger_event(event, namespace, *arguments)
        except Exception as error:  # noqa: BLE001 - whatever it is, the error handler answers it
            return self.failed(arguments[0], event, error)

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        self._awaited.pop(eio_sid, None)
        await super()._handle_eio_disconnect(eio_sid, reason)


def _log_error(sid: str, event: str, error: Exception) -> None:
    log.error("the handler of %r failed", event, exc_info=error)
