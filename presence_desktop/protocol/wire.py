"""What all types of the wire have in common: camelCase names, integer milliseconds, and strictness on the way in."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from presence_desktop.protocol import limits

Millis = Annotated[int, Field(strict=True, ge=0, le=2**53)]
"""A moment: integer milliseconds since the Unix epoch, UTC."""
UserId = Annotated[int, Field(strict=True, ge=1, le=limits.USER_ID_MAX)]


class Wire(BaseModel):
    """A payload. Unknown fields are ignored, so that either side may be newer than the other."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        serialize_by_alias=True,
        frozen=True,
        extra="ignore",
    )
