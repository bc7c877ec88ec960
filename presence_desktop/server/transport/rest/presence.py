"""REST: who is online, one person, the counts, the heartbeat of those without a socket (CONTRACT section 5)."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from presence_desktop.protocol import rest
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.services.presence.service import PresenceService
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.errors import refusals
from presence_desktop.server.transport.rest.paths import AnyUser


def router(presence: PresenceService, identify: Callable[..., object]) -> APIRouter:
    """The calls under `/api/online-status`."""
    routes = APIRouter(prefix="/api/online-status", tags=["presence"])

    @routes.get("", response_model=rest.OnlineList, responses=refusals(401), dependencies=[Depends(identify)])
    async def online() -> Response:
        """Everybody who is connected and visible now."""
        users = presence.online()
        return answer(rest.OnlineList(count=len(users), users=users))

    @routes.get(
        "/stats/summary",
        response_model=rest.StatsSummary,
        responses=refusals(401),
        dependencies=[Depends(identify)],
    )
    async def summary() -> Response:
        """How many are connected and visible, by status."""
        return answer(rest.StatsSummary(stats=presence.summary()))

    @routes.post("/heartbeat", response_model=rest.HeartbeatTaken, responses=refusals(401))
    async def heartbeat(who: Annotated[Identity, Depends(identify)]) -> Response:
        """A sign of life: whoever has no socket counts as connected for 75 s after it."""
        return answer(rest.HeartbeatTaken(timestamp=presence.heartbeat(who.user_id, None)))

    @routes.get(
        "/{userId}",
        response_model=rest.OnePresence,
        responses=refusals(400, 401, 404),
        dependencies=[Depends(identify)],
    )
    async def one(user_id: AnyUser) -> Response:
        """One person, connected or not; `lastSeen` is null for somebody who was never here."""
        return answer(presence.one(user_id))

    return routes
