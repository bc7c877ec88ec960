"""REST: registering, signing in, staying signed in, signing out (CONTRACT sections 3 and 12)."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Body, Request
from starlette.responses import Response

from presence_desktop.protocol import rest
from presence_desktop.protocol.errors import Refused
from presence_desktop.server.services.accounts.directory import Accounts
from presence_desktop.server.services.accounts.ports import AccountRow
from presence_desktop.server.services.accounts.sign_ins import Pair, SignIns
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.callers import Addresses, Shown
from presence_desktop.server.transport.rest.errors import refusals


def router(
    accounts: Accounts, sign_ins: SignIns, addresses: Addresses, authenticate: Callable[[str], Identity]
) -> APIRouter:
    """The calls under `/api/auth`."""
    routes = APIRouter(prefix="/api/auth", tags=["accounts"])

    @routes.post("/login", response_model=rest.SignedIn, responses=refusals(400, 401, 413, 422, 429, 503))
    async def login(tried: Annotated[rest.Login, Body()], request: Request) -> Response:
        """Sign in. A wrong password, an unknown address and a disabled account get the same 401."""
        row, pair = await sign_ins.login(tried, origin=addresses(request))
        return _signed_in(row, pair)

    @routes.post(
        "/register",
        response_model=rest.SignedIn,
        status_code=201,
        responses=refusals(400, 403, 409, 413, 422, 429, 503),
    )
    async def register(wanted: Annotated[rest.Register, Body()], request: Request) -> Response:
        """Make an account, and be signed in with it. The first one, from this machine only, owns the server."""
        row = await accounts.register(wanted, origin=addresses(request))
        return _signed_in(row, await sign_ins.open(row, device=wanted.device), status=201)

    @routes.post("/refresh", response_model=rest.SignedIn, responses=refusals(400, 401, 413, 422, 503))
    async def refresh(shown: Annotated[rest.Refresh, Body()]) -> Response:
        """A new pair of tokens; the old refresh token is void (the same request within 60 s gets the same pair)."""
        row, pair = await sign_ins.refresh(shown.refresh_token)
        return _signed_in(row, pair)

    @routes.post("/logout", response_model=rest.Success, responses=refusals(400, 401, 413, 422, 503))
    async def logout(bearer: Shown, body: Annotated[rest.Refresh | None, Body()] = None) -> Response:
        """End this sign-in: both tokens are void, its sockets are cut at once. Either token will do."""
        who, refresh_token = None, body.refresh_token if body else None
        try:
            who = authenticate(bearer.credentials if bearer else "")
        except Refused:
            if refresh_token is None:
                raise
        await sign_ins.logout(who, refresh_token)
        return answer(rest.Success())

    return routes


def _signed_in(row: AccountRow, pair: Pair, *, status: int = 200) -> Response:
    user = rest.Account(
        user_id=row.user_id, username=row.username, email=row.email, avatar=row.avatar, role=row.role
    )
    body = rest.SignedIn(token=pair.token, refresh_token=pair.refresh_token, user=user)
    return answer(body, status=status, secret=True)
