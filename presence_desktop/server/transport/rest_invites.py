"""REST: handing out invites."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from presence_desktop.protocol import rest
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.accounts import Role, may_invite
from presence_desktop.server.services.accounts import Accounts
from presence_desktop.server.services.invites import Invites
from presence_desktop.server.services.tokens import Identity
from presence_desktop.server.transport.answers import answer
from presence_desktop.server.transport.errors import refusals


def router(accounts: Accounts, invites: Invites, identify: Callable[..., object]) -> APIRouter:
    """The calls under `/api/invites`."""
    routes = APIRouter(prefix="/api/invites", tags=["accounts"])

    @routes.post("", response_model=rest.InviteMade, status_code=201, responses=refusals(401, 403, 503))
    async def make(who: Annotated[Identity, Depends(identify)]) -> Response:
        """A new invite (owner and admins). Its code is shown this once; uses and end time are the server's settings."""
        profile = accounts.profile(who.user_id)
        if profile is None or not may_invite(Role(profile.role)):
            raise Refused(Code.FORBIDDEN)
        made = await invites.make(by=who.user_id)
        body = rest.InviteMade(invite=made.code, expires_at=made.expires_at, uses=made.uses)
        return answer(body, status=201, secret=True)

    return routes
