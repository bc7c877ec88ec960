"""What vendors' libraries and strangers' servers say, as our codes. The one place where that is decided.

`UNREACHABLE`: nothing answers. `BAD_ANSWER`: something answers, but it is not our server (a captive portal, a
redirect, HTML, wrong JSON). `KEY_UNKNOWN`, `KEY_CHANGED`, `NOT_ENCRYPTED`: the handshake was the end. Anything else is
the server's own code.
"""

import ssl
from collections.abc import Iterator

import requests
import websocket

from presence_desktop.net.reading import read_json
from presence_desktop.net.tls import KeyChanged
from presence_desktop.protocol.errors import BROADER, HTTP_STATUS, Code, Refused
from presence_desktop.protocol.rest import Failure

SESSION_OVER = frozenset(
    {Code.TOKEN_MISSING, Code.TOKEN_INVALID, Code.TOKEN_EXPIRED, Code.TOKEN_REVOKED, Code.ACCOUNT_DISABLED}
)
"""Refusals that no further try with the same token can change."""

_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "PACKET_LENGTH_TOO_LONG"})
"""How OpenSSL says that what answers speaks no TLS."""

_NO_CONNECTION = (
    websocket.WebSocketAddressException,
    websocket.WebSocketConnectionClosedException,
    websocket.WebSocketProxyException,
    websocket.WebSocketTimeoutException,
)


def bad_answer(why: str) -> Refused:
    """What answered does not speak our protocol."""
    return Refused(Code.BAD_ANSWER, why)


def known_code(text: object) -> Code:
    """The code of this name; `SERVER_ERROR` for one that this app does not know yet."""
    try:
        return Code(str(text))
    except ValueError:
        return Code.SERVER_ERROR


def from_requests(error: requests.RequestException) -> Refused:
    """Why a request got no answer. Messages of the library are not passed on: they may name proxies' passwords."""
    if (doubt := _of_handshake(error)) is not None:
        return doubt
    if isinstance(error, requests.exceptions.SSLError):
        return bad_answer("No encrypted connection could be made.")
    if isinstance(error, requests.Timeout):
        return Refused(Code.UNREACHABLE, "The server does not answer in time.")
    if isinstance(error, (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        return Refused(Code.UNREACHABLE, "Nothing answers at this address.")
    if isinstance(error, ValueError):
        return Refused(Code.UNREACHABLE, "This is no address of a server.")
    return bad_answer("The answer could not be read.")


def from_answer(status: int, body: bytes, retry_after: str | None) -> Refused:
    """What an answer that is no success says."""
    if 300 <= status < 400:
        return bad_answer("The address leads somewhere else.")
    try:
        said = read_json(body, Failure).error
    except ValueError:
        return _unsaid(status)
    code = known_code(said.code)
    reason = known_code(said.reason or said.code)
    exact = reason if BROADER.get(reason) is code else code
    return Refused(exact, said.message, retry_after=_seconds(retry_after))


def from_connect_error(data: object) -> Refused:
    """Why a Socket.IO connection was refused: `{message, data: {code, message}}`."""
    inner = data.get("data") if isinstance(data, dict) else None
    if isinstance(inner, dict) and isinstance(inner.get("code"), str):
        return Refused(known_code(inner["code"]), str(inner.get("message") or "") or None)
    return bad_answer("The server refused the connection without a reason we know.")


def from_socketio(error: BaseException) -> Refused:
    """Why a connection could not be opened; the library hides the cause in the chain of its exceptions."""
    causes = list(_chain(error))
    if (doubt := _of_handshake(error)) is not None:
        return doubt
    for cause in causes:
        if isinstance(cause, websocket.WebSocketBadStatusException):
            return _unsaid(cause.status_code)
        if isinstance(cause, requests.RequestException):
            return from_requests(cause)
    if any(isinstance(cause, (OSError, *_NO_CONNECTION)) for cause in causes):
        return Refused(Code.UNREACHABLE, "Nothing answers at this address.")
    return bad_answer("What answers is not a Presence server.")


def ending(data: object) -> Refused:
    """Why the server ends the connection (`session:ended`); a reason that is no code of ours means: try again."""
    said = data if isinstance(data, dict) else {}
    try:
        code = Code(str(said.get("code")))
    except ValueError:
        code = Code.UNAVAILABLE
    return Refused(code, str(said.get("message") or "") or None)


def _of_handshake(error: BaseException) -> Refused | None:
    """What a broken handshake says of the server; None: nothing, or it was not the handshake."""
    causes = [cause for cause in _chain(error) if isinstance(cause, ssl.SSLError)]
    if any(isinstance(cause, KeyChanged) for cause in causes):
        return Refused(Code.KEY_CHANGED, "The server's key is another than the one that is known.")
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Refused(Code.KEY_UNKNOWN, "Nobody vouches for the server's certificate.")
    if any(cause.reason in _NO_TLS for cause in causes):
        return Refused(Code.NOT_ENCRYPTED, "The server speaks without encryption.")
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it, as Python, urllib3 (`reason`) and requests (its arguments) tell it."""
    left, seen = [error], set[int]()
    while left:
        one = left.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        told = (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)
        left += [cause for cause in reversed(told) if isinstance(cause, BaseException)]


def _unsaid(status: int) -> Refused:
    """An error without our body: of a proxy whose server is down, or of something else altogether."""
    if status in (502, 503, 504):
        return Refused(Code.UNAVAILABLE)
    if status == HTTP_STATUS[Code.TLS_REQUIRED]:
        return Refused(Code.TLS_REQUIRED)
    return bad_answer(f"What answers is not a Presence server (HTTP {status}).")


def _seconds(text: str | None) -> float | None:
    return float(text) if text is not None and text.isdecimal() else None
