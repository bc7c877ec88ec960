"""What all types of the wire have in common: camelCase names, integer milliseconds, and strictness on the way in.

They are `msgspec` structs: `msgspec.convert` and `msgspec.json.decode` read and check a payload, the constructor checks
nothing. REST describes them by OpenAPI, for which they tell pydantic what they are (`openapi`).
"""

from typing import Annotated, Any, ClassVar, TypeVar, dataclass_transform

import msgspec
from msgspec import Meta

from presence_desktop.protocol import limits

Millis = Annotated[int, Meta(ge=0, le=2**53)]
"""A moment: integer milliseconds since the Unix epoch, UTC."""
UserId = Annotated[int, Meta(ge=1, le=limits.USER_ID_MAX)]
RoomId = Annotated[int, Meta(ge=1, le=limits.USER_ID_MAX)]
"""The id of a conversation, as a place where somebody is (its column is an INT too)."""
PageName = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=limits.PAGE_NAME_LENGTH,
        pattern=r"\A[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+\Z",
    ),
]
"""The page of a room that somebody looks at, in the words of a third-party client; one line."""


class _Named(msgspec.StructMeta):
    """Fields are given by name only, in every class (`msgspec` asks for it class by class)."""

    def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any], **config: Any) -> "_Named":
        return super().__new__(mcs, name, bases, space, **{"kw_only": True, **config})


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(msgspec.field,))
class Wire(msgspec.Struct, metaclass=_Named, frozen=True, rename="camel"):
    """A payload. Unknown fields are ignored, so that either side may be newer than the other."""

    hidden: ClassVar[frozenset[str]] = frozenset()
    """Fields that no `repr` shows."""

    def __repr__(self) -> str:
        told = (
            f"{name}={getattr(self, name)!r}" for name in self.__struct_fields__ if name not in self.hidden
        )
        return f"{type(self).__name__}({', '.join(told)})"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, handler: Any) -> Any:
        from presence_desktop.protocol.openapi import schema

        return schema(cls, handler)


_Kind = TypeVar("_Kind", bound=Wire)


def checked(made: _Kind) -> _Kind:
    """The same, if a payload may say it. Raises ValueError: `msgspec.ValidationError` for what a field may not hold,
    another for what JSON cannot carry (halves of characters).
    """
    return msgspec.json.decode(msgspec.json.encode(made), type=type(made))
