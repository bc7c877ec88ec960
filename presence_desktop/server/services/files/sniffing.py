"""What a file is, by its first and last bytes alone: a name proves nothing.

Signatures are puremagic's. Text is text, whatever language it is written in: what a browser could run (HTML, SVG, XML,
scripts) is never called by its name. Whether a picture can be read is found by `darkroom`.
"""

from pathlib import Path

from presence_desktop.server.domain.files import UNKNOWN_TYPE

TEXT = "text/plain"
_ARCHIVE = "application/zip"
"""What begins like an archive may be one of thirty kinds of document: an archive it is in any case."""
_WRITTEN = frozenset({"application/pdf", "application/rtf"})
"""Files of other kinds that may happen to be all text."""
_HEAD, _TAIL = 40_000, 4_000
_SIGNIFICANT = 3
"""Shorter signatures say nothing: every second text begins like some file."""
_RUNS = ("text/", "html", "xml", "svg", "script", "json")
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b") | {127}


def media_type_of(path: Path) -> str:
    """The media type of a file; `application/octet-stream` where its content says nothing. Blocks."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        size = file.seek(0, 2)
        file.seek(max(len(head), size - _TAIL))
        tail = file.read(_TAIL)
    kind = _by_signature(head + tail)
    if _is_text(head, whole=size == len(head)):
        return kind if kind in _WRITTEN else TEXT
    return kind or UNKNOWN_TYPE


def _by_signature(sample: bytes) -> str | None:
    import puremagic

    try:
        found = puremagic.magic_string(sample)
    except puremagic.PureError:
        return None
    fits = [one for one in found if len(one.byte_match) >= _SIGNIFICANT and _is_telling(one.mime_type)]
    best = [one.mime_type.lower() for one in fits if len(one.byte_match) == len(fits[0].byte_match)]
    return _ARCHIVE if _ARCHIVE in best else next(iter(best), None)


def _is_telling(kind: str) -> bool:
    return "/" in kind and not any(word in kind.lower() for word in _RUNS)


def _is_text(head: bytes, *, whole: bool) -> bool:
    if not _CONTROL.isdisjoint(head):
        return False
    for cut in range(1 if whole else 4):  # a character may go on behind what was read
        try:
            head[: len(head) - cut].decode()
        except UnicodeDecodeError:
            continue
        return True
    return False
