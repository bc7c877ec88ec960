"""The Socket.IO server of the fast transport: messages are handled where they arrive, plain functions without a task.

Decides which messages are handled at once, which start a task, and which the session has to wait for. Leaves what is
well-formed to `sio_server` and `sio_codec`.
"""

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson

from presence_desktop.server.transport.fast.clients import CONNECTED, Client, FastClients
from presence_desktop.server.transport.fast.hub import Hub
from presence_desktop.server.transport.fast.session import FastEngine, FastSession, Step
from presence_desktop.server.transport.link import sio_codec as codec
from presence_desktop.server.transport.link.engine_session import start
from presence_desktop.server.transport.link.sio_codec import Malformed
from presence_desktop.server.transport.link.sio_server import CATCH_ALL, SioServer


class FastServer(SioServer):
    """A Socket.IO server on a `FastEngine`."""

    eio: FastEngine
    manager: FastClients

    def __init__(self, hub: Hub, **options: Any) -> None:
        engine: Callable[..., FastEngine] = partial(FastEngine, hub=hub)
        super().__init__(engine_class=engine, client_manager=FastClients(hub), **options)
        self.eio.receiver = self.receive
        self._plain: dict[str, Callable[..., Any]] = {}
        self._by_text: dict[str, Callable[..., Any]] = {}
        """The plain functions again, by the whole text of an event without a payload: a heartbeat's, above all."""

    def on(self, event: str, handler: Any = None, namespace: str | None = None) -> Any:
        """Register an event handler, as python-socketio does; a plain function will be called without a task."""
        if handler is None:
            return partial(self.on, event, namespace=namespace)
        if namespace in (None, "/"):
            self._plain.pop(event, None)
            self._by_text.clear()
            if not inspect.iscoroutinefunction(handler):
                self._plain[event] = handler
            for name, plain in self._plain.items():
                if name != CATCH_ALL:
                    self._by_text["2" + orjson.dumps([name]).decode()] = plain
        super().on(event, handler, namespace)
        return handler

    def receive(self, session: FastSession, message: str | bytes) -> Step | None:
        """Take a message; what is returned the session has to wait for. Raises `Malformed`."""
        if type(message) is str and message[:1] == "2" and session.sid not in self._awaited:
            client = session.clients.get("/")
            if client is not None and client.state == CONNECTED:
                handler = self._by_text.get(message)
                if handler is not None:
                    try:
                        handler(client.sid)
                    except Exception as error:  # noqa: BLE001 - as in `_call`
                        self.failed(client.sid, message[3:-2], error)
                    return None
                at = message.find("[", 1, 18)
                number = message[1:at] if at > 1 else ""
                if at == 1 or (number.isascii() and number.isdecimal()):
                    self._event(client, int(number) if number else None, codec.load(message[at:]))
                    return None
        return self._other(session, message)

    def _event(self, client: Client, ack: int | None, data: Any) -> None:
        if not codec.is_event(data):
            raise Malformed("a payload that this packet type cannot have")
        name, arguments = data[0], (client.sid, *data[1:])
        handler = self._plain.get(name)
        if handler is None and name not in self.handlers.get("/", ()):
            handler, arguments = self._plain.get(CATCH_ALL), (name, *arguments)
        if handler is None or name == CATCH_ALL:
            start(self._run(client, ack, data))
            return
        self._call(client, name, handler, arguments, ack)

    def _call(
        self,
        client: Client,
        name: str,
        handler: Callable[..., Any],
        arguments: tuple[Any, ...],
        ack: int | None,
    ) -> None:
        try:
            answer = handler(*arguments)
        except Exception as error:  # noqa: BLE001 - whatever it is, the error handler answers it
            answer = self.failed(client.sid, name, error)
        if ack is not None:
            client.session.tell(codec.encode_ack(ack, answer))

    async def _run(self, client: Client, ack: int | None, data: list[Any]) -> None:
        answer = await self._trigger_event(data[0], client.namespace, client.sid, *data[1:])
        if ack is not None and answer is not self.not_handled:
            client.session.tell(codec.encode_ack(ack, answer, client.namespace))

    def _other(self, session: FastSession, message: str | bytes) -> Step | None:
        packet = self.whole(session.sid, message)
        if packet is None:
            return None
        if packet.kind == codec.CONNECT:
            return partial(self._handle_connect, session.sid, packet.namespace, packet.data)
        self.require_connected(session.sid, packet.namespace)
        if packet.kind == codec.DISCONNECT:
            return partial(
                self._handle_disconnect, session.sid, packet.namespace, self.reason.CLIENT_DISCONNECT
            )
        client = session.clients[packet.namespace]
        if packet.kind not in (codec.EVENT, codec.BINARY_EVENT):
            return partial(self._handle_ack, session.sid, packet.namespace, packet.ack, packet.data)
        if client.connected and packet.namespace == "/":
            self._event(client, packet.ack, packet.data)
        elif client.connected:
            start(self._run(client, packet.ack, packet.data))
        return None

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        self._awaited.pop(eio_sid, None)
        session = self.eio.sockets.get(eio_sid)
        for namespace in list(session.clients) if session is not None else ():
            await self._handle_disconnect(eio_sid, namespace, reason)
        self.environ.pop(eio_sid, None)
