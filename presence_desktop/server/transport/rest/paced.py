"""Who calls, counted: a dependency of REST calls that may not be made too often."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends

from presence_desktop.server.services.accounts.tokens import Identity

Caller = Callable[..., object]
"""A dependency that says who calls, as an `Identity`."""


def paced(identify: Caller, count: Callable[[int], None]) -> Caller:
    """`identify`, and `count` told who it is, which raises Refused for one call too many."""

    async def counted(who: Annotated[Identity, Depends(identify)]) -> Identity:
        count(who.user_id)
        return who

    return counted
