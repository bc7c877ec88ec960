"""Engine.IO packets (protocol 4) as clients send them, strictly.

Decides what a well-formed packet or polling payload is. Leaves to the sessions what is done about one that is not.
"""

import binascii
from base64 import b64decode, b64encode
from typing import Final

from engineio.exceptions import EngineIOError
from engineio.packet import MESSAGE, Packet

SEPARATOR: Final = "\x1e"
_FROM_CLIENTS: Final = "123456"
"""What a client may send: close, ping (as a probe), pong, message, upgrade, noop."""


class MalformedPacket(EngineIOError, OSError):  # type: ignore[misc]
    """The peer broke the protocol; its session is to be closed."""


def decode(data: str | bytes) -> Packet:
    """One packet. Unlike the stock decoder it leaves a message's text alone. Raises `MalformedPacket`."""
    if isinstance(data, bytes):
        return Packet(MESSAGE, data=data)
    if not data or data[0] not in _FROM_CLIENTS:
        raise MalformedPacket("no such packet type")
    return Packet(int(data[0]), data=data[1:])


def encode_payload(packets: list[Packet]) -> bytes:
    """The answer to a poll. The stock encoder cannot send one packet over polling and websockets both."""
    return SEPARATOR.join(
        "b" + b64encode(packet.data).decode() if packet.binary else packet.encode() for packet in packets
    ).encode()


def decode_payload(body: bytes) -> list[Packet]:
    """The packets of one POST. Raises `MalformedPacket`."""
    try:
        parts = body.decode().split(SEPARATOR)
        return [_decode_binary(part) if part[:1] == "b" else decode(part) for part in parts]
    except (UnicodeDecodeError, binascii.Error):
        raise MalformedPacket("a payload that is not text") from None


def _decode_binary(part: str) -> Packet:
    return Packet(MESSAGE, data=b64decode(part[1:], validate=True))
