"""The REST calls of one server: asks, bounds the time and size of answers, reads them into wire types.

Every failure is a `Refused` with a code of ours (`errors`). Which token a call carries, and what to do about one that
expired, is decided in `tokens`.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

import msgspec
import requests

from presence_desktop.net.encoding import said
from presence_desktop.net.errors import bad_answer, from_answer, from_requests
from presence_desktop.net.mending import mended
from presence_desktop.net.reading import read, read_json
from presence_desktop.net.trust import Trust
from presence_desktop.protocol import limits, rest
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.wire import Wire

CONNECT_SECONDS = 4.0
READ_SECONDS = 10.0
WHOLE_SECONDS = 20.0
"""No answer may take longer than this, however steadily it drips."""
ANSWER_BYTES = 4_000_000

Answer = TypeVar("Answer", bound=Wire)


class Bearer(requests.auth.AuthBase):
    """Puts the token into the header, whatever a .netrc says."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """What requests calls."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Bytes(Protocol):
    """What a body can be read from; as many bytes come as `len` says."""

    def __len__(self) -> int:
        """All of its bytes."""
        ...

    def read(self, size: int = -1) -> bytes:
        """The next ones."""
        ...


class Rest:
    """The calls of the server at this base URL. To be used by one thread at a time."""

    def __init__(self, server: str, trust: Trust) -> None:
        self._server, self._trust = server, trust
        self._base = ""
        self._session: requests.Session | None = None

    def close(self) -> None:
        """Drop the connections."""
        if self._session is not None:
            self._session.close()

    def login(self, login: rest.Login) -> rest.SignedIn:
        """`POST /api/auth/login`."""
        return self._call("POST", "/api/auth/login", rest.SignedIn, body=login)

    def register(self, register: rest.Register) -> rest.SignedIn:
        """`POST /api/auth/register`."""
        return self._call("POST", "/api/auth/register", rest.SignedIn, body=register)

    def refresh(self, refresh_token: str) -> rest.SignedIn:
        """`POST /api/auth/refresh`: a new pair; the same again within 60 s gives the same pair."""
        return self._call(
            "POST", "/api/auth/refresh", rest.SignedIn, body=rest.Refresh(refresh_token=refresh_token)
        )

    def logout(self, token: str, refresh_token: str) -> None:
        """`POST /api/auth/logout`: voids both."""
        body = rest.Refresh(refresh_token=refresh_token)
        self._call("POST", "/api/auth/logout", rest.Success, body=body, token=token)

    def health(self) -> None:
        """`GET /healthz`: whether a server answers, and is the right one."""
        self._call("GET", "/healthz", rest.Health)

    def directory(self, token: str, after: int) -> rest.DirectoryPage:
        """`GET /api/users`: the page of people with ids above `after`."""
        path = f"/api/users?after={after}&limit={limits.DIRECTORY_PAGE}"
        return self._call("GET", path, rest.DirectoryPage, token=token)

    def _call(
        self,
        method: str,
        path: str,
        answer: type[Answer],
        *,
        body: Wire | Bytes | bytes | None = None,
        token: str | None = None,
        patience: float = READ_SECONDS,
    ) -> Answer:
        """Ask, and read the answer; a `Wire` travels as JSON, other bodies as the bytes they are.

        `patience`: so many seconds may the server think.
        """
        data = msgspec.json.encode(said(body)) if isinstance(body, Wire) else body
        kind = "application/json" if data is None or isinstance(body, Wire) else "application/octet-stream"
        try:
            with self._exchange(
                method, path, token, data, {"Accept": "application/json", "Content-Type": kind}, patience
            ) as got:
                content = _bounded(got)
        except requests.RequestException as error:
            raise self._judged(error) from None
        try:
            return read_json(content, answer)
        except ValueError:
            return _piece_by_piece(path, answer, content)

    @contextmanager
    def _exchange(
        self,
        method: str,
        path: str,
        token: str | None,
        body: Bytes | bytes | None,
        headers: dict[str, str],
        patience: float = READ_SECONDS,
    ) -> Iterator[requests.Response]:
        """The answer, its body not read yet. Redirects are not followed: nobody else gets the password.

        Raises `Refused` where the server refuses; what the network does comes as requests has it.
        """
        session = self._opened()
        with session.request(
            method,
            self._base + path,
            data=body,
            headers=headers,
            auth=_NoAuth() if token is None else Bearer(token),
            timeout=(CONNECT_SECONDS, patience),
            allow_redirects=False,
            stream=True,
        ) as response:
            if not 200 <= response.status_code < 300:
                content, retry_after = _bounded(response), response.headers.get("Retry-After")
                raise from_answer(response.status_code, content, retry_after)
            yield response

    def _opened(self) -> requests.Session:
        """The session to this server. Raises `Refused` where it may not be talked to."""
        if self._session is None:
            way = self._trust.way(self._server)
            self._base, self._session = way.url, way.session()
        return self._session

    def _judged(self, error: requests.RequestException) -> Refused:
        return self._trust.judged(self._server, from_requests(error))


class _NoAuth(requests.auth.AuthBase):
    """No header at all, whatever a .netrc says."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def _bounded(response: requests.Response) -> bytes:
    ends = time.monotonic() + WHOLE_SECONDS
    content = bytearray()
    for chunk in response.iter_content(65_536):
        content += chunk
        if len(content) > ANSWER_BYTES:
            raise bad_answer("The answer is too large.")
        if time.monotonic() > ends:
            raise Refused(Code.UNREACHABLE, "The server does not answer in time.")
    return bytes(content)


def _piece_by_piece(path: str, answer: type[Answer], content: bytes) -> Answer:
    """An answer in which a message cannot be read costs that message alone. Raises `Refused`."""
    try:
        whole: Answer = read(mended(path.partition("?")[0], read_json(content, object)), answer)
    except ValueError:
        raise bad_answer("What answers is not a Presence server.") from None
    return whole
