"""The listening sockets and the web server on them: bound before anything is built, taken down within seconds.

Decides how the server ends: nobody new is let in, everybody is told, what is being answered is answered, the rest
is cut.
"""

import contextlib
import os
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from ipaddress import ip_address

import uvicorn

_BACKLOG = 4096


class AddressUnusable(Exception):
    """The address cannot be listened on; the text says why."""


def listen(host: str, port: int) -> list[socket.socket]:
    """Bind every address that this host name stands for; port 0 picks a free one. Raises AddressUnusable."""
    bound: list[socket.socket] = []
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in dict.fromkeys(found):
            chosen = bound[0].getsockname()[1] if bound else port
            bound.append(_bind(family, kind, protocol, (address[0], chosen, *address[2:])))
    except (OSError, UnicodeError) as error:
        close(bound)
        reason = error.strerror if isinstance(error, OSError) else "not a host name"
        raise AddressUnusable(f"{host}:{port}: {reason or error}") from None
    return bound


def close(sockets: Sequence[socket.socket]) -> None:
    """Close what `listen` bound."""
    for bound in sockets:
        bound.close()


def url(sockets: Sequence[socket.socket], *, encrypted: bool = False) -> str:
    """The address to open: the first one bound."""
    host, port = sockets[0].getsockname()[:2]
    scheme = "https" if encrypted else "http"
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def on_loopback(sockets: Sequence[socket.socket]) -> bool:
    """Whether nobody but this machine can connect."""
    return all(ip_address(bound.getsockname()[0].partition("%")[0]).is_loopback for bound in sockets)


def _bind(family: int, kind: int, protocol: int, address: tuple[str | int, ...]) -> socket.socket:
    bound = socket.socket(family, kind, protocol)
    try:
        if os.name == "nt":
            bound.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE"), 1)  # noqa: B009
        else:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.setblocking(False)
        bound.bind(address)
        bound.listen(_BACKLOG)  # now, so that a port that is taken is known before anything is built
    except OSError:
        bound.close()
        raise
    return bound


class WebServer(uvicorn.Server):
    """Uvicorn, with an end of our own. Signals are the caller's business."""

    def __init__(
        self, config: uvicorn.Config, *, ready: Callable[[], None], goodbye: Callable[[], Awaitable[None]]
    ):
        super().__init__(config)
        self._ready = ready
        self._goodbye = goodbye

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Let people in."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let nobody in any more, tell everybody, and cut who does not go."""
        for server in self.servers:
            server.close()
        await self._goodbye()
        await super().shutdown(sockets)
