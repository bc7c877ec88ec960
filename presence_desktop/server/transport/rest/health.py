"""REST: whether the server runs, and whether it can serve."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from starlette.responses import Response

from presence_desktop import __version__
from presence_desktop.protocol import rest
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.errors import refusals


def router(ready: Callable[[], Awaitable[bool]], linked: Callable[[], bool] | None) -> APIRouter:
    """`/healthz` and `/readyz`, open to everybody."""
    routes = APIRouter(tags=["operation"])

    @routes.get("/healthz", response_model=rest.Health, responses=refusals())
    async def healthz() -> Response:
        """The process runs and answers."""
        return answer(rest.Health(version=__version__))

    @routes.get("/readyz", response_model=rest.Readiness, responses=refusals(503))
    async def readyz() -> Response:
        """The process can serve: it has started, and its database answers.

        Without its Redis it serves its own people, so it stays in: 200, and `degraded`.
        """
        if not await ready():
            raise Refused(Code.UNAVAILABLE)
        if linked is None:
            return answer(rest.Readiness(version=__version__))
        if linked():
            return answer(rest.Readiness(version=__version__, redis="up"))
        return answer(rest.Readiness(status="degraded", version=__version__, redis="down"))

    return routes
