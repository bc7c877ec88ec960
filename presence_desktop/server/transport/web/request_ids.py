"""A name for every REST request, in each line that the log says about it and in its answer's `X-Request-ID`.

A caller (or a proxy) may bring its own, so that one name goes through all logs; what is no harmless word is replaced.
"""

import logging
import re
import secrets
from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from presence_desktop.server.log import fields, request_id

HEADER = "X-Request-ID"
_HARMLESS = re.compile(r"[A-Za-z0-9._-]{1,64}")

_log = logging.getLogger("presence.rest")


class RequestIds:
    """ASGI middleware, outermost of REST. At log level `debug` it tells of every answer; never of a query."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Name the request, and pass it on. It is a task of its own: what is set here ends with it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        brought = Headers(scope=scope).get(HEADER, "")
        name = brought if _HARMLESS.fullmatch(brought) else secrets.token_hex(8)
        request_id.set(name)
        began = perf_counter()

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = name
                if _log.isEnabledFor(logging.DEBUG):
                    took = round((perf_counter() - began) * 1000, 1)
                    asked = {"method": scope["method"], "path": scope["path"]}
                    _log.debug("rest.answered", extra=fields(**asked, status=message["status"], ms=took))
            await send(message)

        await self._app(scope, receive, named)
