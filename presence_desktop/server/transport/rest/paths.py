"""The parameters in the paths of REST calls, read as strictly as they are written, and those of pages of rows."""

import re
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from presence_desktop.protocol import limits

_INTEGER = re.compile(r"-?[0-9]+")
_DIGITS = 18


def _digits(text: object) -> int:
    """Integers only as they are written: no `1.0`, no `1_000`, no blanks; one too long to be anybody's is nobody's."""
    if not _INTEGER.fullmatch(str(text)):
        raise ValueError("not an integer")
    return int(str(text)) if len(str(text)) <= _DIGITS else 0


AnyUser = Annotated[int, BeforeValidator(_digits), Path(alias="userId", description="Which person.")]
AnyConversation = Annotated[
    int, BeforeValidator(_digits), Path(alias="conversationId", description="Which conversation.")
]
AnyMessage = Annotated[UUID, Path(alias="messageId", description="Which message.")]
AnyInvite = Annotated[int, BeforeValidator(_digits), Path(alias="inviteId", description="Which invite.")]


class NewestFirst(BaseModel):
    """Which page of rows is asked for, the newest first. A mistyped parameter is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    before: Annotated[int, Field(ge=1, le=2**53)] | None = None
    """The last id of the page before."""
    limit: Annotated[int, Field(ge=1, le=limits.ADMIN_PAGE)] = 50
    """Rows on a page."""
