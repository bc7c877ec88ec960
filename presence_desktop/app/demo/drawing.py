"""Pictures of the demo, drawn here and written as PNG: bars that a colleague shares, landscapes some have for a face.

Decides what they show; the same every time. No Qt, no imaging library.
"""

import math
import struct
import zlib
from collections.abc import Callable

WIDTH, HEIGHT = 720, 420
_BARS = (310, 296, 318, 274, 240, 182, 121, 96, 88, 84, 79, 81)
_INK = (38, 84, 180)
_LATE = (22, 150, 110)
_LINE = (208, 216, 230)
_EDGE = 48


_FACE = 128
"""Side of a landscape."""

Colour = tuple[int, int, int]


def load_test_png() -> bytes:
    """The bars, as a whole file."""
    return _png(WIDTH, HEIGHT, _pixel)


def landscape_png(sky: Colour, hills: Colour, sun: Colour) -> bytes:
    """Hills under a sky with a sun, as a whole file."""

    def pixel(x: int, y: int) -> Colour:
        ridge = _FACE * 0.66 + 14 * math.sin(x / 17) + 8 * math.sin(x / 7 + 1)
        if y > ridge:
            return _mixed(hills, (0, 0, 0), (y - ridge) / _FACE)
        if (x - _FACE * 0.66) ** 2 + (y - _FACE * 0.34) ** 2 < (_FACE * 0.15) ** 2:
            return sun
        return _mixed(sky, (255, 255, 255), y / _FACE)

    return _png(_FACE, _FACE, pixel)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _png(width: int, height: int, pixel: Callable[[int, int], Colour]) -> bytes:
    rows = b"".join(b"\0" + bytes(part for x in range(width) for part in pixel(x, y)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def _pixel(x: int, y: int) -> Colour:
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
