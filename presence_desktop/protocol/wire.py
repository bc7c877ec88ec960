"""What all types of the wire have in common: camelCase names, integer milliseconds, and strictness on the way in."""

import unicodedata
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from presence_desktop.protocol import limits

Millis = Annotated[int, Field(strict=True, ge=0, le=2**53)]
"""A moment: integer milliseconds since the Unix epoch, UTC."""
UserId = Annotated[int, Field(strict=True, ge=1, le=limits.USER_ID_MAX)]
RoomId = Annotated[int, Field(strict=True, ge=1, le=limits.USER_ID_MAX)]
"""The id of a conversation, as a place where somebody is (its column is an INT too)."""


def _one_line(text: str) -> str:
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text):
        raise ValueError("not one line of text")
    return text


_Word = TypeVar("_Word", bound=StrEnum)


def known_word(kind: type[_Word], instead: _Word | None = None) -> BeforeValidator:
    """Lets a word by that only a newer side knows: it counts as `instead`."""
    known = frozenset(kind)

    def read(value: object) -> object:
        return instead if isinstance(value, str) and value not in known else value

    return BeforeValidator(read)


PageName = Annotated[str, Field(min_length=1, max_length=limits.PAGE_NAME_LENGTH), AfterValidator(_one_line)]
"""The page of a room that somebody looks at, in the words of a third-party client; one line."""


class Wire(BaseModel):
    """A payload. Unknown fields are ignored, so that either side may be newer than the other."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        serialize_by_alias=True,
        frozen=True,
        extra="ignore",
        defer_build=True,  # what reads and checks a payload is made when the first one comes: a start is sooner done
    )
