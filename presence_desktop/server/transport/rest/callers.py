"""Who calls: the token of a REST request, and the address it comes from.

`X-Forwarded-For` counts only where it was added by a proxy that the settings name as trusted.
"""

from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.accounts.directory import Origin
from presence_desktop.server.services.accounts.tokens import Identity

bearer = HTTPBearer(auto_error=False, bearerFormat="JWT", description="The token that signing in gives.")
Shown = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


def caller(
    authenticate: Callable[[str], Identity], touch: Callable[[int], None]
) -> Callable[[Shown], Awaitable[Identity]]:
    """A dependency that says who calls, and tells presence that they are alive. Raises Refused with 401."""

    async def identify(shown: Shown) -> Identity:
        if shown is None:
            raise Refused(Code.TOKEN_MISSING)
        identity = authenticate(shown.credentials)
        touch(identity.user_id)
        return identity

    return identify


class Addresses:
    """Tells where requests come from."""

    def __init__(self, trusted: Sequence[str]) -> None:
        self._trusted = [ip_network(network, strict=False) for network in trusted]

    def __call__(self, request: Request) -> Origin:
        """The nearest address that is no trusted proxy; loopback only if nobody forwarded the request."""
        peer = request.client.host if request.client else ""
        hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
        forwarded = bool(hops) or "forwarded" in request.headers
        while hops and self._is_trusted(peer):
            peer = hops.pop()
        address = _address(peer)
        return Origin(_counted(address) if address else peer, _is_loopback(address) and not forwarded)

    def _is_trusted(self, peer: str) -> bool:
        address = _address(peer)
        return address is not None and any(_within(address, network) for network in self._trusted)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _counted(address: IPv4Address | IPv6Address) -> str:
    """One household, one count: an IPv6 caller has a whole /64."""
    return str(address) if address.version == 4 else str(ip_network(f"{address}/64", strict=False))


def _is_loopback(address: IPv4Address | IPv6Address | None) -> bool:
    return address is not None and address.is_loopback


def _within(address: IPv4Address | IPv6Address, network: IPv4Network | IPv6Network) -> bool:
    return address.version == network.version and address in network
