"""Pictures for tests: real ones, and some that are not what they seem."""

import io
import struct
import zipfile
import zlib

from PIL import Image


def picture(
    kind: str = "PNG", size: tuple[int, int] = (640, 400), mode: str = "RGB", **more: object
) -> bytes:
    """A picture whose left half is red and whose right half is blue; with transparency, one corner lets through."""
    image = Image.new("RGB", size, (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    image = image.convert(mode)
    if mode == "RGBA":
        image.paste((0, 0, 0, 0), (0, 0, size[0] // 4, size[1] // 4))
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def sideways(size: tuple[int, int] = (640, 400), kind: str = "JPEG") -> bytes:
    """A picture taken with the camera turned by 90 degrees, with a place and a maker in its notes."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRET CAMERA"
    exif.get_ifd(0x8825)[2] = (37.0, 33.0, 0.0)
    return picture(kind, size, exif=exif.tobytes())


def png_of(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG that says it is so large; its compressed rows are these bytes, repeated zeros if none are given."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(rows or b"\x00" * 10_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    )


def zipped(name: str = "inside.txt") -> bytes:
    """An archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, "hello " * 100)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """A picture, read."""
    return Image.open(io.BytesIO(data))
