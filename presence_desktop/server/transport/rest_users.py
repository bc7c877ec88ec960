"""REST: the directory of all people, page by page, from memory."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from presence_desktop.protocol import limits, rest
from presence_desktop.protocol.status import Status
from presence_desktop.server.services.accounts import Accounts
from presence_desktop.server.transport.answers import answer
from presence_desktop.server.transport.errors import refusals

After = Annotated[int, Query(ge=0, le=limits.USER_ID_MAX, description="The last user id of the page before.")]
Limit = Annotated[int, Query(ge=1, le=limits.DIRECTORY_PAGE, description="People on a page.")]
Presence = Callable[[int], tuple[Status, int | None]]


def router(accounts: Accounts, status_and_last_seen: Presence, identify: Callable[..., object]) -> APIRouter:
    """The calls under `/api/users`."""
    routes = APIRouter(prefix="/api/users", tags=["people"], dependencies=[Depends(identify)])

    @routes.get("", response_model=rest.DirectoryPage, responses=refusals(401, 422))
    async def directory(after: After = 0, limit: Limit = limits.DIRECTORY_PAGE) -> Response:
        """People by rising user id, offline ones too; `next` is the `after` of the next page, null on the last."""
        found = accounts.directory(after, limit + 1)
        page = found[:limit]
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
        more = len(found) > limit
        return answer(rest.DirectoryPage(users=users, next=page[-1].user_id if more else None))

    return routes
