"""What is made of pictures: their size, thumbnails, avatars. Runs in a process of its own (`darkroom_work`).

Decides what is decoded at all: four formats, so many pixels, and files of bounded size, since a small file may unfold
into gigabytes. Pillow is loaded when the first picture comes.
"""

import io
import struct
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.files import Look

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


def may_be_picture(media_type: str) -> bool:
    """Whether a file of this type is worth a look."""
    return media_type in _FORMATS.values()


def looked_at(path: Path) -> Look | None:
    """What a picture is, with its thumbnail; None: it cannot be read, or is too large to be."""
    try:
        with path.open("rb") as file:
            return None if path.stat().st_size > DECODED_BYTES else _picture(file)
    except _UNREADABLE:
        return None


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
