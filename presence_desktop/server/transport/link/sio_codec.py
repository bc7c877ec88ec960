"""Socket.IO packets (protocol 5) as text and back: strict in what it takes, made once in what it gives.

Decides what a well-formed packet is: kinds, namespaces, ids, payload shapes, attachments, reserved event names.
Leaves to others what a packet means and what is done with a connection that sent a malformed one (`sio_server`).
Text here is without Engine.IO's leading `4`.
"""

import re
from typing import Any, Final

import orjson
from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from socketio.packet import Packet as StockPacket

from presence_desktop.server.transport.link.frames import BINARY, TEXT, frame

CONNECT: Final = 0
DISCONNECT: Final = 1
EVENT: Final = 2
ACK: Final = 3
CONNECT_ERROR: Final = 4
BINARY_EVENT: Final = 5
BINARY_ACK: Final = 6

ATTACHMENTS_MAX: Final = 64
"""Attachments of one packet, at most."""
RESERVED: Final = frozenset(
    {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"}
)
"""Event names that a client must never send: they name what the server itself tells its handlers."""

_SHORT: Final = tuple(frame(TEXT, b"4" * (size + 1))[:3] for size in range(125))
"""What stands before the text of a short packet: the frame's head and Engine.IO's `4`."""
_HEAD: Final = re.compile(r"([0-4]|[56]([0-9]{1,3})-)(?:(/[^,]*)(?:,|\Z))?([0-9]{1,16})?(.*)\Z", re.DOTALL)


class Malformed(ValueError):
    """The peer broke the protocol; its connection is to be closed."""


class Packet:
    """One packet as it came. `wanted` is how many attachments are still to come."""

    __slots__ = ("ack", "attachments", "data", "kind", "namespace", "wanted")

    def __init__(self, kind: int, namespace: str, ack: int | None, data: Any, wanted: int = 0) -> None:
        self.kind = kind
        self.namespace = namespace
        self.ack = ack
        self.data = data
        self.wanted = wanted
        self.attachments: list[bytes] = []

    def attach(self, data: bytes) -> bool:
        """Take one attachment; true once the packet is whole. Raises `Malformed`."""
        self.attachments.append(data)
        self.wanted -= 1
        if self.wanted:
            return False
        self.fill()
        return True

    @property
    def size(self) -> int:
        """Bytes of the attachments that came so far."""
        return sum(map(len, self.attachments))

    def fill(self) -> None:
        """Put the attachments where their placeholders stand. Raises `Malformed`."""
        try:
            self.data = _filled(self.data, self.attachments)
        except RecursionError:
            raise Malformed("a payload nested too deeply") from None


def decode(text: str) -> Packet:
    """The packet that `text` holds. Raises `Malformed`."""
    head = _HEAD.match(text)
    if head is None:
        raise Malformed("no such packet type")
    kind, count, namespace, ack, body = int(head[1][0]), int(head[2] or 0), head[3], head[4], head[5]
    if count > ATTACHMENTS_MAX:
        raise Malformed("too many attachments")
    packet = Packet(
        kind,
        "/" if namespace is None else namespace.partition("?")[0],
        None if ack is None else int(ack),
        load(body) if body else None,
        count,
    )
    if not _PAYLOAD_OK[kind](packet):
        raise Malformed("a payload that this packet type cannot have")
    if count == 0 and kind >= BINARY_EVENT:
        packet.fill()
    return packet


def load(body: str) -> Any:
    """The JSON in `body`. Raises `Malformed`."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Malformed("a payload that is no JSON") from None


def is_event(data: Any) -> bool:
    """Whether this is an event's payload: an array with a name first, and not a reserved one."""
    if type(data) is not list or not data:
        return False
    name = data[0]
    return (type(name) is str and name not in RESERVED) or type(name) is int


_PAYLOAD_OK: Final = (
    lambda packet: packet.data is None or type(packet.data) is dict,
    lambda packet: packet.data is None,
    lambda packet: is_event(packet.data),
    lambda packet: packet.ack is not None and type(packet.data) is list,
    lambda packet: False,
    lambda packet: is_event(packet.data),
    lambda packet: packet.ack is not None and type(packet.data) is list,
)


def _filled(data: Any, attachments: list[bytes]) -> Any:
    if type(data) is list:
        return [_filled(item, attachments) for item in data]
    if type(data) is not dict:
        return data
    if data.get("_placeholder") is not True:
        return {key: _filled(value, attachments) for key, value in data.items()}
    number = data.get("num")
    if type(number) is not int or not 0 <= number < len(attachments):
        raise Malformed("a placeholder for no attachment")
    return attachments[number]


class Encoded:
    """One packet ready to go out: encoded once, sent to any number of sockets, over any transport.

    `text` is the packet (UTF-8, without Engine.IO's `4`), `attachments` what follows it, `frame` all of it as
    unmasked websocket frames.
    """

    __slots__ = ("_packets", "attachments", "frame", "text")

    def __init__(self, text: bytes, attachments: tuple[bytes, ...] = ()) -> None:
        self.text = text
        self.attachments = attachments
        size = len(text)
        self.frame = _SHORT[size] + text if size < 125 else frame(TEXT, b"4" + text)
        for attachment in attachments:
            self.frame += frame(BINARY, attachment)
        self._packets: tuple[Any, ...] | None = None

    @property
    def packets(self) -> tuple[Any, ...]:
        """The same as Engine.IO packets, for polling and for the stock transport."""
        if self._packets is None:
            parts: list[str | bytes] = [self.text.decode(), *self.attachments]
            self._packets = tuple(EnginePacket(MESSAGE, data=part) for part in parts)
        return self._packets


def encode_event(event: str, data: Any = None, namespace: str = "/", ack: int | None = None) -> Encoded:
    """An event. As with python-socketio a tuple is several arguments, None is no argument."""
    if type(data) is dict and ack is None and namespace == "/":  # what nearly all events are
        try:
            return Encoded(b"2" + orjson.dumps([event, data]))
        except TypeError:
            return _encode_stock(EVENT, [event, data], namespace, ack)
    return _encode(EVENT, [event, *_arguments(data)], namespace, ack)


def encode_ack(ack: int, data: Any = None, namespace: str = "/") -> Encoded:
    """The answer to event number `ack`; arguments as in `encode_event`."""
    return _encode(ACK, _arguments(data), namespace, ack)


def _arguments(data: Any) -> list[Any]:
    if data is None:
        return []
    return list(data) if type(data) is tuple else [data]


def _encode(kind: int, data: list[Any], namespace: str, ack: int | None) -> Encoded:
    try:
        body = orjson.dumps(data)
    except TypeError:  # bytes, keys that are no strings, lone surrogates: what only the stock encoder knows
        return _encode_stock(kind, data, namespace, ack)
    head = b"%d" % kind
    if namespace != "/":
        head += namespace.encode() + b","
    if ack is not None:
        head += b"%d" % ack
    return Encoded(head + body)


def _encode_stock(kind: int, data: list[Any], namespace: str, ack: int | None) -> Encoded:
    parts = StockPacket(kind, data=data, namespace=namespace, id=ack).encode()
    text, *attachments = parts if isinstance(parts, list) else [parts]
    return Encoded(text.encode(), tuple(bytes(part) for part in attachments))
