"""REST: uploads in pieces, files and their thumbnails (docs/protocol.md, "Files").

Whatever somebody uploaded is answered so that no browser runs it: pictures that could be read are shown in place,
everything else is saved. Ids that are none are ids of nothing.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path as FilePath
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from presence_desktop.protocol import chat_rest
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.rest import Success
from presence_desktop.server.domain.files import UNKNOWN_TYPE, shown_in_place
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.services.files.images import thumbnail_type
from presence_desktop.server.services.files.service import BrokenOff, FileService
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.errors import refusals
from presence_desktop.server.transport.rest.ranges import FileAnswer, disposition

SILENCE_SECONDS = 60.0
"""How long the bytes of an upload may fail to come before the call ends."""
BYTES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {UNKNOWN_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""What OpenAPI is told of a call whose body is bytes."""
_PRIVATE = {"Cache-Control": "private, no-cache"}


def _uuid(text: Annotated[str, Path(alias="id", description="A UUID.")]) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(Code.UNKNOWN_FILE) from None


FileId = Annotated[UUID, Depends(_uuid)]
Offset = Annotated[int, Query(ge=0, le=2**53, description="Where these bytes belong: how many came before.")]


def answers_bytes(*types: str) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI is told of answers that carry a file."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {
        200: {"description": "The whole file", "content": dict.fromkeys(types, binary)},
        206: {"description": "The part that `Range` asks for", "content": dict.fromkeys(types, binary)},
        304: {"description": "The client has it already (`If-None-Match`)"},
        416: {"description": "The file has no such part"},
    }


def router(files: FileService, identify: Callable[..., object]) -> APIRouter:
    """The calls under `/api/uploads` and `/api/files`."""
    routes = APIRouter(tags=["files"])
    _uploads(routes, files, identify)
    _downloads(routes, files, identify)
    return routes


def _uploads(routes: APIRouter, files: FileService, identify: Callable[..., object]) -> None:
    caller = Depends(identify)

    @routes.post(
        "/api/uploads",
        response_model=chat_rest.UploadState,
        status_code=201,
        responses={
            200: {"model": chat_rest.UploadState, "description": "It was announced before"},
            **refusals(400, 401, 409, 413, 422, 503),
        },
    )
    async def begin(
        new: Annotated[chat_rest.NewUpload, Body()], who: Annotated[Identity, caller]
    ) -> Response:
        """Announce a file. The same id again says how far it is."""
        state, is_new = await files.begin(who.user_id, new)
        return answer(state, status=201 if is_new else 200)

    @routes.get("/api/uploads/{id}", response_model=chat_rest.UploadState, responses=refusals(401, 404, 503))
    async def state(file_id: FileId, who: Annotated[Identity, caller]) -> Response:
        """How much of it has arrived."""
        return answer(await files.state(who.user_id, file_id))

    @routes.put(
        "/api/uploads/{id}",
        response_model=chat_rest.UploadState,
        responses=refusals(401, 404, 409, 413, 422, 503),
        openapi_extra=BYTES,
    )
    async def append(
        file_id: FileId, offset: Offset, request: Request, who: Annotated[Identity, caller]
    ) -> Response:
        """The bytes from `offset` on, as many as one likes. What arrived before a break is kept."""
        try:
            return answer(await files.append(who.user_id, file_id, offset, arriving(request)))
        except BrokenOff:
            raise Refused(Code.UPLOAD_INCOMPLETE) from None

    @routes.delete("/api/uploads/{id}", response_model=Success, responses=refusals(401, 404, 409, 503))
    async def cancel(file_id: FileId, who: Annotated[Identity, caller]) -> Response:
        """Give it up. A file that is on a message goes with its message only."""
        await files.cancel(who.user_id, file_id)
        return answer(Success())


def _downloads(routes: APIRouter, files: FileService, identify: Callable[..., object]) -> None:
    caller = Depends(identify)

    @routes.get(
        "/api/files/{id}",
        response_class=Response,
        responses=answers_bytes(UNKNOWN_TYPE, "image/*") | refusals(401, 404, 503),
    )
    async def whole(file_id: FileId, who: Annotated[Identity, caller]) -> Response:
        """The file, or the part of it that `Range` asks for."""
        file, path = await files.file(who.user_id, file_id)
        inline = shown_in_place(file)
        headers = {"Content-Disposition": disposition(file.name, inline=inline), **_PRIVATE}
        kind = file.media_type if inline else UNKNOWN_TYPE
        return FileAnswer(path, file.size, kind, str(file_id), headers)

    @routes.get(
        "/api/files/{id}/thumbnail",
        response_class=Response,
        responses=answers_bytes("image/png", "image/jpeg") | refusals(401, 404, 503),
    )
    async def thumbnail(file_id: FileId, who: Annotated[Identity, caller]) -> Response:
        """A small version of a picture: 512 pixels at its longer edge, upright, without the camera's notes."""
        path = await files.thumbnail(who.user_id, file_id)
        size, kind = await asyncio.to_thread(_measured, path)
        headers = {"Content-Disposition": "inline", **_PRIVATE}
        return FileAnswer(path, size, kind, f"{file_id}.thumbnail", headers)


async def arriving(request: Request) -> AsyncIterator[bytes]:
    """The body as it arrives. Raises BrokenOff when it ends early, nothing comes for too long, or the server stops."""
    pieces = request.stream()
    while True:
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                piece = await anext(pieces)
        except StopAsyncIteration:
            return
        except (ClientDisconnect, TimeoutError, asyncio.CancelledError):
            raise BrokenOff from None
        yield piece


def _measured(path: FilePath) -> tuple[int, str]:
    try:
        with path.open("rb") as file:
            head = file.read(8)
        return path.stat().st_size, thumbnail_type(head)
    except FileNotFoundError:
        raise Refused(Code.UNKNOWN_FILE) from None
