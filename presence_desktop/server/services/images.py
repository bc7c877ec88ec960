"""What is made of pictures: their size, thumbnails, avatars. Everything here blocks: call it from a thread.

Decides what is decoded at all: four formats, so many pixels, and files of bounded size, since a small file may unfold
into gigabytes. Pillow is loaded when the first picture comes.
"""

import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.sniffing import media_type_of

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS = 50_000_000
"""Larger pictures are kept, but never decoded here."""
DECODED_BYTES = 50_000_000
"""Nor are those whose file is larger: some decoders hold the whole of it."""
THUMBNAIL_EDGE = 512
AVATAR_EDGE = 256
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_OF_AVATARS = ("PNG", "JPEG", "WEBP")
_ORIENTATION, _SIDEWAYS = 0x0112, (5, 6, 7, 8)
_UNREADABLE = (
    OSError, ValueError, SyntaxError, TypeError, LookupError, EOFError, ArithmeticError, MemoryError, RuntimeError,
    struct.error, zlib.error,
)  # fmt: skip
"""What decoders raise at files that are not what they seem."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a file turned out to be. Of pictures that could be decoded there are sizes (upright) and a thumbnail too."""

    media_type: str
    width: int | None = None
    height: int | None = None
    thumbnail: bytes | None = None


def looked_at(path: Path) -> Look:
    """What a file is, by its content."""
    media_type = media_type_of(path)
    if media_type not in _FORMATS.values() or path.stat().st_size > DECODED_BYTES:
        return Look(media_type)
    try:
        with path.open("rb") as file:
            return _picture(file)
    except _UNREADABLE:
        return Look(media_type)


def avatar(data: bytes) -> bytes:
    """A square PNG of the middle of a picture, with nothing but its pixels. Raises Refused(INVALID_IMAGE)."""
    from PIL import ImageOps

    edge = (AVATAR_EDGE, AVATAR_EDGE)
    try:
        with _opened(io.BytesIO(data), _OF_AVATARS) as image:
            image.draft("RGB", (AVATAR_EDGE * 2, AVATAR_EDGE * 2))
            upright = ImageOps.exif_transpose(image)
            return _written(ImageOps.fit(_plain(upright), edge), "PNG")
    except _UNREADABLE:
        raise Refused(Code.INVALID_IMAGE) from None


def thumbnail_type(head: bytes) -> str:
    """The media type of a thumbnail, by its first bytes."""
    return "image/png" if head.startswith(b"\x89PNG") else "image/jpeg"


def _picture(file: IO[bytes]) -> Look:
    from PIL import ImageOps

    with _opened(file, tuple(_FORMATS)) as image:
        media_type = _FORMATS[str(image.format)]
        width, height = image.size
        if image.getexif().get(_ORIENTATION) in _SIDEWAYS:
            width, height = height, width
        image.draft("RGB", (THUMBNAIL_EDGE * 2, THUMBNAIL_EDGE * 2))
        upright = ImageOps.exif_transpose(image)
        small = _plain(upright)
        small.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE))
        return Look(media_type, width, height, _written(small, "PNG" if small.mode == "RGBA" else "JPEG"))


def _opened(file: IO[bytes], formats: tuple[str, ...]) -> "Image":
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # it would only warn; the bound is here
    image = Image.open(file, formats=formats)
    if image.width * image.height > PIXELS:
        image.close()
        raise ValueError("too many pixels")
    return image


def _plain(image: "Image") -> "Image":
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _written(image: "Image", kind: str) -> bytes:
    clean = image.copy()
    clean.info = {}
    out = io.BytesIO()
    clean.save(out, kind, quality=85, optimize=True)
    return out.getvalue()
