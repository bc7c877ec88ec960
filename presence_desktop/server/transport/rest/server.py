"""REST: how the server stands, and a backup now, for owner and admins; its name, for the owner."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Body, Depends
from starlette.responses import Response

from presence_desktop.protocol import admin_rest
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.services.upkeep.overview import Overview
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.errors import refusals


def router(overview: Overview, identify: Callable[..., object]) -> APIRouter:
    """The calls under `/api/admin/server`, and `/api/admin/backup`."""
    routes = APIRouter(prefix="/api/admin", tags=["administration"])

    @routes.get("/server", response_model=admin_rest.ServerFacts, responses=refusals(401, 403, 503))
    async def server(who: Annotated[Identity, Depends(identify)]) -> Response:
        """How long it runs, who is connected to this process, what it takes on the disk, its backups."""
        return answer(await overview.facts(by=who.user_id), secret=True)

    @routes.post(
        "/backup", response_model=admin_rest.BackupMade, status_code=201, responses=refusals(401, 403, 503)
    )
    async def backup(who: Annotated[Identity, Depends(identify)]) -> Response:
        """Make a backup now, while everybody goes on; it answers when that is done."""
        made = await overview.back_up(by=who.user_id)
        return answer(admin_rest.BackupMade(backup=made), status=201, secret=True)

    @routes.put(
        "/server/name", response_model=admin_rest.Renamed, responses=refusals(400, 401, 403, 413, 422, 503)
    )
    async def name(
        who: Annotated[Identity, Depends(identify)], wanted: Annotated[admin_rest.Renaming, Body()]
    ) -> Response:
        """What the server is called, for the owner to say; clients are told when they connect."""
        return answer(
            admin_rest.Renamed(name=await overview.rename(wanted.name, by=who.user_id)), secret=True
        )

    return routes
