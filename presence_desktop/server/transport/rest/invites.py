"""REST: invites, made, listed and taken back."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Query
from starlette.responses import Response

from presence_desktop.protocol import admin_rest, rest
from presence_desktop.protocol.errors import Code
from presence_desktop.server.services.accounts.administration import Administration
from presence_desktop.server.services.accounts.administration_ports import InviteRow
from presence_desktop.server.services.accounts.invites import Invites
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.errors import refusals
from presence_desktop.server.transport.rest.paths import AnyInvite, NewestFirst

_STATES: dict[Code | None, Literal["open", "used_up", "expired", "revoked"]] = {
    None: "open",
    Code.INVITE_USED_UP: "used_up",
    Code.INVITE_EXPIRED: "expired",
    Code.INVITE_REVOKED: "revoked",
}


def router(administration: Administration, invites: Invites, identify: Callable[..., object]) -> APIRouter:
    """The calls under `/api/admin/invites`, and `/api/invites`."""
    routes = APIRouter(tags=["administration"])

    @routes.post(
        "/api/invites", response_model=rest.InviteMade, status_code=201, responses=refusals(401, 403, 503)
    )
    async def make_plain(who: Annotated[Identity, Depends(identify)]) -> Response:
        """A new invite (owner and admins). Its code is shown this once; uses and end time are the server's settings."""
        made = await invites.make(by=who.user_id)
        body = rest.InviteMade(invite=made.code, expires_at=made.expires_at, uses=made.uses)
        return answer(body, status=201, secret=True)

    @routes.post(
        "/api/admin/invites",
        response_model=admin_rest.InviteCreated,
        status_code=201,
        responses=refusals(400, 401, 403, 413, 422, 503),
    )
    async def make(
        who: Annotated[Identity, Depends(identify)],
        wanted: Annotated[admin_rest.InviteWanted | None, Body()] = None,
    ) -> Response:
        """A new invite with so many uses, until then. Its code is shown this once."""
        asked = wanted or admin_rest.InviteWanted()
        made = await invites.make(by=who.user_id, uses=asked.uses, until=asked.until)
        body = admin_rest.InviteCreated(
            id=made.invite_id, invite=made.code, expires_at=made.expires_at, uses=made.uses
        )
        return answer(body, status=201, secret=True)

    @routes.get(
        "/api/admin/invites", response_model=admin_rest.InvitesPage, responses=refusals(401, 403, 422, 503)
    )
    async def listed(
        who: Annotated[Identity, Depends(identify)], wanted: Annotated[NewestFirst, Query()]
    ) -> Response:
        """Invites, the newest first; their codes are not kept."""
        administration.see(who.user_id)
        found = await invites.newest(before=wanted.before, limit=wanted.limit + 1)
        page = [_invite(row, why) for row, why in found[: wanted.limit]]
        more = len(found) > wanted.limit
        return answer(admin_rest.InvitesPage(invites=page, next=page[-1].id if more else None), secret=True)

    @routes.delete(
        "/api/admin/invites/{inviteId}",
        response_model=rest.Success,
        responses=refusals(400, 401, 403, 404, 503),
    )
    async def revoke(invite_id: AnyInvite, who: Annotated[Identity, Depends(identify)]) -> Response:
        """Take an invite back: nobody comes in by it any more."""
        administration.see(who.user_id)
        await invites.revoke(invite_id, by=who.user_id)
        return answer(rest.Success())

    return routes


def _invite(row: InviteRow, why: Code | None) -> admin_rest.Invite:
    return admin_rest.Invite(
        id=row.invite_id,
        made_by=row.made_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        uses=row.uses,
        uses_left=row.uses_left,
        revoked_at=row.revoked_at,
        state=_STATES[why],
    )
