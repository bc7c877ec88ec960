"""REST: one's own avatar, set and taken away, and everybody's, to be fetched (docs/protocol.md, "Files")."""

import asyncio
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from presence_desktop.protocol import chat_rest, limits
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.services.files.avatars import AvatarService
from presence_desktop.server.services.files.service import BrokenOff
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.errors import refusals
from presence_desktop.server.transport.rest.files import BYTES, answers_bytes, arriving
from presence_desktop.server.transport.rest.ranges import FileAnswer

_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Disposition": "inline"}


def router(avatars: AvatarService, identify: Callable[..., object]) -> APIRouter:
    """The calls under `/api/users/me/avatar` and `/api/avatars`."""
    routes = APIRouter(tags=["people"])
    caller = Depends(identify)

    @routes.put(
        "/api/users/me/avatar",
        response_model=chat_rest.AvatarTaken,
        responses=refusals(401, 409, 413, 422, 429, 503),
        openapi_extra=BYTES,
    )
    async def take(request: Request, who: Annotated[Identity, caller]) -> Response:
        """A PNG, JPEG or WebP of 2 MB at most. The middle of it becomes a PNG of 256 by 256; everybody is told."""
        taken = await avatars.set(who.user_id, await _body(request))
        return answer(chat_rest.AvatarTaken(avatar=taken))

    @routes.delete("/api/users/me/avatar", response_model=chat_rest.AvatarTaken, responses=refusals(401, 503))
    async def clear(who: Annotated[Identity, caller]) -> Response:
        """No avatar any more; everybody is told."""
        await avatars.clear(who.user_id)
        return answer(chat_rest.AvatarTaken(avatar=None))

    @routes.get(
        "/api/avatars/{name}",
        response_class=Response,
        responses=answers_bytes("image/png") | refusals(404),
    )
    async def fetch(name: Annotated[str, Path(description="As `avatar` has it.")]) -> Response:
        """An avatar. No token is asked for: its name is known to those who were told of it."""
        path = await asyncio.to_thread(avatars.find, name)
        size = (await asyncio.to_thread(path.stat)).st_size
        return FileAnswer(path, size, "image/png", name.partition(".")[0], _FOR_EVER)

    return routes


async def _body(request: Request) -> bytes:
    data = bytearray()
    try:
        async for piece in arriving(request):
            data += piece
            if len(data) > limits.AVATAR_BYTES:
                raise Refused(Code.FILE_TOO_LARGE)
    except BrokenOff:
        raise Refused(Code.UPLOAD_INCOMPLETE) from None
    return bytes(data)
