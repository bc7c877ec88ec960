"""Which web pages may talk to the server: those from loopback, the server's own, and those that the settings name.

Decides by the `Origin` header alone. REST and Socket.IO ask the same `Origins`. Cookies are never used, so no
credentials are allowed.
"""

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOOPBACK = re.compile(r"https?://(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
_HEADERS = "Authorization, Content-Type, Range, If-Range, If-None-Match, X-Request-ID"
_EXPOSED = "Retry-After, Content-Range, Accept-Ranges, Content-Disposition, ETag, X-Request-ID"
_MAX_AGE = "600"


class Origins:
    """The origins that are allowed; `*` among the named ones allows all."""

    def __init__(self, named: Collection[str]) -> None:
        self.everybody = "*" in named
        self._named = {origin.rstrip("/").casefold() for origin in named}

    def allows(self, origin: str, host: str | None) -> bool:
        """Whether a page of this origin may call; `host` is the request's own Host header."""
        if self.everybody or _LOOPBACK.fullmatch(origin) or origin.casefold() in self._named:
            return True
        parts = urlsplit(origin)
        return (
            bool(host)
            and parts.scheme in ("http", "https")
            and parts.netloc.casefold() == str(host).casefold()
        )

    def allows_socket(self, origin: str | None, environ: dict[str, Any]) -> bool:
        """The same question as Engine.IO asks it."""
        return origin is not None and self.allows(origin, environ.get("HTTP_HOST"))


class Cors:
    """ASGI middleware: answers preflights, and tells browsers which answers a page may read."""

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer its preflight."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        origin = headers.get("origin")
        if origin is None:
            await self._app(scope, receive, send)
            return
        allowed = self._origins.allows(origin, headers.get("host"))
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await self._preflight(origin, allowed)(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._mark(MutableHeaders(scope=message), origin, allowed)
            await send(message)

        await self._app(scope, receive, marked)

    def _preflight(self, origin: str, allowed: bool) -> Response:
        answer = Response(status_code=204 if allowed else 403)
        self._mark(answer.headers, origin, allowed)
        if allowed:
            answer.headers["Access-Control-Allow-Methods"] = _METHODS
            answer.headers["Access-Control-Allow-Headers"] = _HEADERS
            answer.headers["Access-Control-Max-Age"] = _MAX_AGE
        return answer

    def _mark(self, headers: MutableHeaders, origin: str, allowed: bool) -> None:
        headers.add_vary_header("Origin")
        if allowed:
            headers["Access-Control-Allow-Origin"] = "*" if self._origins.everybody else origin
            headers["Access-Control-Expose-Headers"] = _EXPOSED
