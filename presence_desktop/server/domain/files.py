"""What a file may be called, how large it may be, and which one may be shown in place: rules on values, no I/O.

What a file is (by its content) is found by `services.files` (`sniffing`, `darkroom`); bytes lie in `stores.files`.
"""

import re
import unicodedata

from msgspec import Struct

from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.messages import File

UNKNOWN_TYPE = "application/octet-stream"
"""The media type of what nothing is known about."""
NAME_BYTES = 240
"""What file systems take of a name in UTF-8, with some left for a number in brackets."""
_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_EXTENSION_LENGTH = 16


class Look(Struct, frozen=True):
    """What a picture turned out to be: its size (upright, in pixels), and a small version of it."""

    media_type: str
    width: int
    height: int
    thumbnail: bytes


class Allowance(Struct, frozen=True):
    """How much somebody may upload (settings): bytes of one file, bytes of all, files that are on no message yet."""

    file: int = limits.FILE_BYTES
    quota: int = 2_000_000_000
    waiting: int = 200


def harmless(name: str) -> str:
    """The name under which a file can be shown and saved anywhere: no folders, nothing unseen, nothing reserved.

    Raises Refused(INVALID_FILE_NAME) if nothing is left of it.
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(_seen(letter) for letter in unicodedata.normalize("NFC", last))
    plain = plain.translate(_NOT_IN_NAMES).strip(" .")
    if not plain:
        raise Refused(Code.INVALID_FILE_NAME)
    if _RESERVED.fullmatch(plain.partition(".")[0].strip()):
        plain = f"_{plain}"
    return _shortened(plain)


def shown_in_place(file: File) -> bool:
    """Whether a browser may show it instead of saving it: a picture that could be read as what it says it is."""
    return file.has_thumbnail and file.media_type in _SHOWN


def _seen(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Zs":
        return " "
    return "" if category in _UNSEEN and letter not in _JOINERS else letter


def _shortened(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > _EXTENSION_LENGTH:
        stem, dot, extension = name, "", ""
    end = dot + extension
    stem = stem[: limits.FILE_NAME_LENGTH - len(end)]
    stem = stem.encode()[: NAME_BYTES - len(end.encode())].decode(errors="ignore")
    return (stem.rstrip(" .") if len(stem + end) < len(name) else stem) + end
