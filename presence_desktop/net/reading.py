"""What the other side told, read as a type of the wire: the one place where a payload is checked as it comes in.

Decides what is no payload at all. What becomes of one that cannot be read is decided where it came in.
"""

from typing import Any, TypeVar

import msgspec

_Kind = TypeVar("_Kind")


def read_json(content: bytes, kind: type[_Kind]) -> _Kind:
    """What these bytes say. Raises ValueError for whatever is no such JSON."""
    try:
        return msgspec.json.decode(content, type=kind)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def read(data: object, kind: Any) -> Any:
    """What this payload of an event says, as `kind`. Raises ValueError for whatever is no such payload.

    By way of JSON: Python's reader lets halves of characters in, which nothing here could write to the disk.
    """
    return read_json(msgspec.json.encode(data), kind)
