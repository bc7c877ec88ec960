"""A good answer: a wire type, written as JSON once, without being validated again."""

import msgspec
from starlette.responses import Response

from presence_desktop.protocol.wire import Wire


def answer(body: Wire, *, status: int = 200, secret: bool = False) -> Response:
    """The response for this body; `secret` ones are kept by no cache."""
    headers = {"Cache-Control": "no-store"} if secret else {"Cache-Control": "no-cache"}
    return Response(
        msgspec.json.encode(body), status_code=status, media_type="application/json", headers=headers
    )
