"""REST: one's own password, and the devices on which one is signed in."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Request
from starlette.responses import Response

from presence_desktop.protocol import admin_rest, rest
from presence_desktop.server.services.accounts.devices import Devices
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.transport.live.sockets import Sockets
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.callers import Addresses
from presence_desktop.server.transport.rest.errors import refusals

_FAMILY_LENGTH = 32


def router(
    devices: Devices, sockets: Sockets, addresses: Addresses, identify: Callable[..., object]
) -> APIRouter:
    """The calls under `/api/auth` that are about somebody who is signed in."""
    routes = APIRouter(prefix="/api/auth", tags=["accounts"])

    @routes.post(
        "/password", response_model=rest.Success, responses=refusals(400, 401, 403, 413, 422, 429, 503)
    )
    async def password(
        wanted: Annotated[admin_rest.PasswordChange, Body()],
        request: Request,
        who: Annotated[Identity, Depends(identify)],
    ) -> Response:
        """Another password, for whoever knows the old one. All other sign-ins end at once, this one stays."""
        await devices.change_password(who, wanted, origin=addresses(request))
        return answer(rest.Success())

    @routes.get("/devices", response_model=admin_rest.DevicesList, responses=refusals(401, 503))
    async def listed(who: Annotated[Identity, Depends(identify)]) -> Response:
        """Where one is signed in, the one last used first."""
        connected = {socket.family for socket in sockets.of(who.user_id)}
        found = [
            admin_rest.Device(
                id=row.family,
                name=row.device,
                signed_in_at=row.created_at,
                last_used_at=row.used_at,
                connected=row.family in connected,
                current=row.family == who.family,
            )
            for row in await devices.listed(who)
        ]
        return answer(admin_rest.DevicesList(devices=found), secret=True)

    @routes.delete("/devices/{deviceId}", response_model=rest.Success, responses=refusals(400, 401, 404, 503))
    async def end(
        device_id: Annotated[str, Path(alias="deviceId", max_length=_FAMILY_LENGTH)],
        who: Annotated[Identity, Depends(identify)],
    ) -> Response:
        """Sign out on another device, or on this one: its tokens are void, its sockets are cut."""
        await devices.end(who, device_id)
        return answer(rest.Success())

    return routes
