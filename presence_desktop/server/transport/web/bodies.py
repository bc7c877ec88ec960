"""No body larger than the limit gets in, and none is held in memory to find that out.

A body that says it is too large, or turns out to be, is read on for a while and thrown away, so that the client gets to
read the answer; then it is refused with 413.
"""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_DRAIN_AT_MOST = 64_000_000


class BodyLimit:
    """ASGI middleware that refuses bodies above `limit` bytes; where a path begins as one in `larger`, above those."""

    def __init__(self, app: ASGIApp, limit: int, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._limit = limit
        self._larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what it brings."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taken, limit = 0, self._limit_of(scope["path"])

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                await _drain(receive, message, taken)
                raise HTTPException(413, headers={"Connection": "close"})
            return message

        await self._app(scope, counted, send)

    def _limit_of(self, path: str) -> int:
        return next((limit for start, limit in self._larger.items() if path.startswith(start)), self._limit)


async def _drain(receive: Receive, message: Message, taken: int) -> None:
    while message.get("more_body", False) and taken < _DRAIN_AT_MOST:
        message = await receive()
        taken += len(message.get("body", b""))
