"""REST: the directory of all people, page by page, from memory."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from presence_desktop.protocol import limits, rest
from presence_desktop.protocol.status import Status
from presence_desktop.server.services.accounts.directory import Accounts
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.errors import refusals

Presence = Callable[[int], tuple[Status, int | None]]


class Page(BaseModel):
    """Which page is asked for. A mistyped parameter is refused: the first page again would be no answer to it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: Annotated[int, Field(ge=0, le=limits.USER_ID_MAX)] = 0
    """The last user id of the page before."""
    limit: Annotated[int, Field(ge=1, le=limits.DIRECTORY_PAGE)] = limits.DIRECTORY_PAGE
    """People on a page."""


def router(accounts: Accounts, status_and_last_seen: Presence, identify: Callable[..., object]) -> APIRouter:
    """The calls under `/api/users`."""
    routes = APIRouter(prefix="/api/users", tags=["people"], dependencies=[Depends(identify)])

    @routes.get("", response_model=rest.DirectoryPage, responses=refusals(401, 422))
    async def directory(wanted: Annotated[Page, Query()]) -> Response:
        """People by rising user id, offline ones too; `next` is the `after` of the next page, null on the last."""
        found = accounts.directory(wanted.after, wanted.limit + 1)
        page = found[: wanted.limit]
        users = []
        for profile in page:
            status, last_seen = status_and_last_seen(profile.user_id)
            users.append(
                rest.DirectoryEntry(
                    user_id=profile.user_id,
                    username=profile.username,
                    avatar=profile.avatar,
                    status=status,
                    last_seen=last_seen,
                    role=profile.role,
                )
            )
        more = len(found) > wanted.limit
        return answer(rest.DirectoryPage(users=users, next=page[-1].user_id if more else None))

    return routes
