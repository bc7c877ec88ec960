"""Every refusal of REST in the contract's one shape: `{"success": false, "error": {"code", "message"}}`.

Decides which HTTP status and code a fault of the request gets; refusals of the services bring their code along.
"""

import logging
import math
from collections.abc import Mapping
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from presence_desktop.protocol.errors import BROADER, HTTP_STATUS, MESSAGES, Code, Refused
from presence_desktop.protocol.rest import ErrorBody, Failure
from presence_desktop.server.services.ports import StoreUnavailable

_log = logging.getLogger("presence.rest")

_OF_STATUS = {
    400: Code.MALFORMED,
    404: Code.NOT_FOUND,
    405: Code.METHOD_NOT_ALLOWED,
    413: Code.PAYLOAD_TOO_LARGE,
}
_OF_PATH = {"userId": Code.INVALID_USER_ID, "emoji": Code.INVALID_REACTION}
_UNREADABLE = {"json_invalid", "missing"}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What an operation tells OpenAPI about the ways it may be refused; 500 is always one."""
    meaning = {
        400: "The request could not be read",
        401: "No valid token, or wrong credentials",
        403: "Not allowed",
        404: "Not found",
        409: "Taken",
        413: "Too large",
        422: "A missing or wrong field",
        429: "Too many requests",
        503: "The database does not answer",
    }
    return {
        **{status: {"model": Failure, "description": meaning[status]} for status in statuses},
        500: {"model": Failure, "description": "The server failed"},
    }


def failure(
    code: Code,
    message: str | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    status: int | None = None,
) -> Response:
    """The answer to a refused call."""
    broader = BROADER.get(code)
    said = ErrorBody(
        code=(broader or code).value,
        message=message or MESSAGES[code],
        reason=code.value if broader else None,
    )
    return Response(
        msgspec.json.encode(Failure(error=said)),
        status_code=status or HTTP_STATUS[code],
        media_type="application/json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def install(app: FastAPI) -> None:
    """Make the application answer in this shape, whatever goes wrong."""
    app.exception_handler(Refused)(_refused)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(StoreUnavailable)(_unavailable)
    app.exception_handler(Exception)(_failed)


async def _refused(_request: Request, error: Refused) -> Response:
    headers = {}
    if error.retry_after is not None:
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after)))
    if HTTP_STATUS[error.code] == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return failure(error.code, error.message, headers=headers)


async def _invalid(_request: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    if place[0] == "path":
        return failure(_OF_PATH.get(place[-1], Code.MALFORMED))
    if place[0] == "body" and (first["type"] == "json_invalid" or (len(place) == 1 and _no_json(first))):
        return failure(Code.MALFORMED)
    if place == ["body", "text"] and first["type"] == "string_too_long":
        return failure(Code.TEXT_TOO_LONG)
    return failure(Code.INVALID_PAYLOAD, f"{MESSAGES[Code.INVALID_PAYLOAD]} ({_told(place, first)})")


def _told(place: list[str], error: Mapping[str, Any]) -> str:
    """Which field is wrong, and how. What a type of ours finds wrong with itself names the field."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    name = ".".join(part for part in place[1:] if not part.isdigit()) or place[0]
    return f"{name}: {error['msg']}"


def _no_json(error: Mapping[str, Any]) -> bool:
    return error["type"] in _UNREADABLE or isinstance(error.get("input"), bytes)


async def _http(_request: Request, error: HTTPException) -> Response:
    code = _OF_STATUS.get(error.status_code, Code.SERVER_ERROR)
    return failure(code, headers=error.headers, status=error.status_code)


async def _unavailable(request: Request, error: StoreUnavailable) -> Response:
    reason = {"path": request.url.path, "reason": str(error)}
    _log.error("rest.store-unavailable", extra={"fields": reason})
    return failure(Code.UNAVAILABLE)


async def _failed(request: Request, error: Exception) -> Response:
    _log.error("rest.failed", exc_info=error, extra={"fields": {"path": request.url.path}})
    return failure(Code.SERVER_ERROR)
