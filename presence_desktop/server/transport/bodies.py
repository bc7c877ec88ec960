"""No body larger than the limit gets in, and none is held in memory to find that out.

A body that says it is too large, or turns out to be, is read on for a while and thrown away, so that the client gets to
read the answer; then it is refused with 413.
"""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_DRAIN_AT_MOST = 64_000_000


class BodyLimit:
    """ASGI middleware that refuses bodies above `limit` bytes."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what it brings."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._limit:
                await _drain(receive, message, taken)
                raise HTTPException(413, headers={"Connection": "close"})
            return message

        await self._app(scope, counted, send)


async def _drain(receive: Receive, message: Message, taken: int) -> None:
    while message.get("more_body", False) and taken < _DRAIN_AT_MOST:
        message = await receive()
        taken += len(message.get("body", b""))
