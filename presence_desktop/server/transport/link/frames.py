"""WebSocket frames (RFC 6455, section 5), from the server's side, without any I/O.

Decides what a well-formed stream of client frames is and which close code answers one that is not. Leaves to
`fast.websocket` what is done with messages. Extensions are never negotiated, so every reserved bit is a violation.
"""

import struct
from typing import Final

CONTINUATION: Final = 0x0
TEXT: Final = 0x1
BINARY: Final = 0x2
CLOSE: Final = 0x8
PING: Final = 0x9
PONG: Final = 0xA

NORMAL: Final = 1000
GOING_AWAY: Final = 1001
PROTOCOL_ERROR: Final = 1002
INVALID_DATA: Final = 1007
POLICY: Final = 1008
TOO_BIG: Final = 1009
UNEXPECTED: Final = 1011

_FIN: Final = 0x80
_MASKED: Final = 0x80
_CONTROL_MAX: Final = 125
_SHORT: Final = tuple(bytes((_FIN | TEXT, size)) for size in range(126))
"""The heads of unmasked, whole text frames of up to 125 bytes."""
_PEER_CODES: Final = frozenset({1000, 1001, 1002, 1003, *range(1007, 1015)})
"""Close codes below 3000 that a peer may send."""

Message = tuple[int, bytes]
"""An opcode (TEXT, BINARY, CLOSE, PING or PONG) and the unmasked payload of the whole message."""


class Violation(Exception):
    """The peer broke the protocol: `code` and `reason` go into the close frame that answers."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def frame(opcode: int, payload: bytes) -> bytes:
    """One whole, unmasked frame."""
    size = len(payload)
    if size < 126:
        return (_SHORT[size] if opcode == TEXT else bytes((_FIN | opcode, size))) + payload
    if size < 65536:
        return struct.pack("!BBH", _FIN | opcode, 126, size) + payload
    return struct.pack("!BBQ", _FIN | opcode, 127, size) + payload


def close_frame(code: int, reason: str = "") -> bytes:
    """A close frame; a reason that does not fit is cut between characters."""
    text = reason.encode()[: _CONTROL_MAX - 2].decode(errors="ignore").encode()
    return frame(CLOSE, struct.pack("!H", code) + text)


def read_close(payload: bytes) -> int:
    """The code of a close frame (1005 when it has none). Raises `Violation`."""
    if not payload:
        return 1005
    if len(payload) == 1:
        raise Violation(PROTOCOL_ERROR, "a close frame with half a code")
    code: int = struct.unpack_from("!H", payload)[0]
    if code not in _PEER_CODES and not 3000 <= code <= 4999:
        raise Violation(PROTOCOL_ERROR, "a close code that may not be sent")
    try:
        payload[2:].decode()
    except UnicodeDecodeError:
        raise Violation(INVALID_DATA, "a close reason that is not UTF-8") from None
    return code


def unmask(data: bytes, mask: bytes) -> bytes:
    """`data` with the four bytes of `mask` laid over it, again and again."""
    size = len(data)
    over = (mask * ((size + 3) >> 2))[:size]
    return (int.from_bytes(data, "little") ^ int.from_bytes(over, "little")).to_bytes(size, "little")


class FrameReader:
    """Puts the bytes of one client together to messages. Holds at most one message of `limit` bytes and a frame."""

    __slots__ = ("_clean", "_limit", "_message", "_needed", "_opcode", "_rest", "violation")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._clean = limit >= _CONTROL_MAX
        self._rest: bytearray | None = None
        self._needed = 0
        self._opcode = 0
        self._message: bytearray | None = None
        self.violation: Violation | None = None
        """Set once the stream is broken: what came before still counts, nothing after it does."""

    def feed(self, data: bytes) -> list[Message]:
        """The messages that `data` completes, in order. Look at `violation` afterwards."""
        size = len(data) - 6
        if 0 <= size < 126 and data[0] == _FIN | TEXT and data[1] == _MASKED | size and self._clean:
            return [(TEXT, unmask(data[6:], data[2:6]))]  # what nearly all data is: one short text
        return self._feed(data)

    def _feed(self, data: bytes) -> list[Message]:
        if self.violation is not None:
            return []
        if self._rest is not None:
            self._rest += data
            if len(self._rest) < self._needed:
                return []
            data, self._rest = bytes(self._rest), None
        messages: list[Message] = []
        start, end = 0, len(data)
        try:
            while start < end:
                start = self._frame(data, start, end, messages)
                if self._rest is not None:
                    break
        except Violation as violation:
            self.violation = violation
        self._clean = self._limit >= _CONTROL_MAX and self._between_messages()
        return messages

    def _between_messages(self) -> bool:
        return self._rest is None and self._message is None and self.violation is None

    def _frame(self, data: bytes, start: int, end: int, messages: list[Message]) -> int:
        """Read one frame; where the next one starts. An incomplete one becomes the rest."""
        if end - start < 2:
            return self._wait(data, start, 2)
        first, second = data[start], data[start + 1]
        if not second & _MASKED:
            raise Violation(PROTOCOL_ERROR, "a frame without a mask")
        body = start + 2
        size = second & 0x7F
        if size >= 126:
            wide = 2 if size == 126 else 8
            if end - body < wide:
                return self._wait(data, start, 2 + wide)
            size = int.from_bytes(data[body : body + wide], "big")
            body += wide
            if size < 126 or (wide == 8 and not 65536 <= size < 1 << 63):
                raise Violation(PROTOCOL_ERROR, "a length that is not written the shortest way")
        if first != _FIN | TEXT or size > self._limit or self._message is not None:
            self._check(first, size)
        finish = body + 4 + size
        if finish > end:
            return self._wait(data, start, finish - start)
        self._take(first, unmask(data[body + 4 : finish], data[body : body + 4]), messages)
        return finish

    def _wait(self, data: bytes, start: int, needed: int) -> int:
        self._rest, self._needed = bytearray(data[start:]), needed
        return len(data)

    def _check(self, first: int, size: int) -> None:
        """What the head of a frame that is not simply a whole text must keep to."""
        opcode = first & 0x0F
        if first & 0x70:
            raise Violation(PROTOCOL_ERROR, "a reserved bit is set")
        if opcode >= CLOSE:
            if opcode > PONG:
                raise Violation(PROTOCOL_ERROR, "an unknown opcode")
            if size > _CONTROL_MAX or not first & _FIN:
                raise Violation(PROTOCOL_ERROR, "a control frame that is long or in pieces")
            return
        if opcode > BINARY:
            raise Violation(PROTOCOL_ERROR, "an unknown opcode")
        if (opcode == CONTINUATION) == (self._message is None):
            raise Violation(PROTOCOL_ERROR, "a piece of no message, or a message inside another")
        if size + len(self._message or b"") > self._limit:
            raise Violation(TOO_BIG, f"a message of more than {self._limit} bytes")

    def _take(self, first: int, payload: bytes, messages: list[Message]) -> None:
        opcode = first & 0x0F
        if first & _FIN and opcode != CONTINUATION:
            messages.append((opcode, payload))
            return
        if self._message is None:
            self._opcode, self._message = opcode, bytearray()
        self._message += payload
        if first & _FIN:
            messages.append((self._opcode, bytes(self._message)))
            self._message = None
