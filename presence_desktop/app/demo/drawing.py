"""A picture that a colleague shares: bars over a soft ground, drawn here and written as PNG. No Qt, no imaging library.

Decides what it shows; the same every time.
"""

import struct
import zlib

WIDTH, HEIGHT = 720, 420
_BARS = (310, 296, 318, 274, 240, 182, 121, 96, 88, 84, 79, 81)
_INK = (38, 84, 180)
_LATE = (22, 150, 110)
_LINE = (208, 216, 230)
_EDGE = 48


def load_test_png() -> bytes:
    """The whole file."""
    rows = b"".join(b"\0" + bytes(part for x in range(WIDTH) for part in _pixel(x, y)) for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def _pixel(x: int, y: int) -> tuple[int, int, int]:
    left, foot = x - _EDGE, HEIGHT - _EDGE - y
    step = (WIDTH - 2 * _EDGE) // len(_BARS)
    number, inside = divmod(left, step)
    if left >= 0 and number < len(_BARS) and 0 <= foot < _BARS[number] and 8 <= inside < step - 8:
        return _LATE if number > 5 else _INK
    if foot >= 0 and foot % 80 == 0 and _EDGE <= x < WIDTH - _EDGE:
        return _LINE
    shade = 250 - y * 14 // HEIGHT
    return shade, shade + 2, 255


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
