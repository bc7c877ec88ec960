"""Reading what other servers wrote: JSON, and the few kinds of values in it. What they mean is the codecs'.

Whatever is none of ours raises `Unreadable`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import orjson

from presence_desktop.protocol import limits

Got = TypeVar("Got")

_LARGEST = 2**53


class Unreadable(Exception):
    """What came is none of ours."""


def reading(data: bytes, shape: Callable[[Any], Got]) -> Got:
    """What `shape` makes of this JSON. Raises Unreadable; `shape` may raise ValueError, TypeError, LookupError."""
    try:
        return shape(orjson.loads(data))
    except (ValueError, TypeError, LookupError) as error:
        raise Unreadable(str(error)) from error


def number(got: Any) -> int:
    """A count, or a moment."""
    if type(got) is not int or not 0 <= got <= _LARGEST:
        raise ValueError("not a number of ours")
    return got


def user_id(got: Any) -> int:
    """The id of a user, or of a conversation."""
    if not 1 <= number(got) <= limits.USER_ID_MAX:
        raise ValueError("not an id")
    return int(got)


def moment(got: Any) -> int | None:
    """A moment in ms, or None."""
    return None if got is None else number(got)


def text(got: Any) -> str:
    """Some text."""
    if not isinstance(got, str):
        raise TypeError("not a text")
    return got


def text_or_none(got: Any) -> str | None:
    """Some text, or None."""
    return None if got is None else text(got)
