"""REST: what owner and admins do to accounts, and the log of it."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from presence_desktop.protocol import admin_rest, limits
from presence_desktop.server.domain.accounts import Role
from presence_desktop.server.services.accounts.administration import Administration
from presence_desktop.server.services.accounts.administration_ports import AuditRow, PersonRow
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.transport.rest.answers import answer
from presence_desktop.server.transport.rest.errors import refusals
from presence_desktop.server.transport.rest.paths import AnyUser, NewestFirst

LastSeen = Callable[[int], tuple[object, int | None]]
_REFUSALS = refusals(400, 401, 403, 404, 413, 422, 503)


class People(BaseModel):
    """Which page of people is asked for. A mistyped parameter is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: Annotated[int, Field(ge=0, le=limits.USER_ID_MAX)] = 0
    """The last user id of the page before."""
    limit: Annotated[int, Field(ge=1, le=limits.ADMIN_PAGE)] = 50
    """People on a page."""
    find: Annotated[str, Field(min_length=1, max_length=limits.EMAIL_LENGTH)] | None = None
    """Stands somewhere in their name or address."""


class AuditLines(NewestFirst):
    """Which lines of the audit log are asked for."""

    kind: Literal["account", "role", "password", "invite", "backup", "server", "database"] | None = None
    """What was done, by the first word of the act."""
    find: Annotated[str, Field(min_length=1, max_length=limits.EMAIL_LENGTH)] | None = None
    """Stands somewhere in the name of who did it, or in the address of whom it was done to."""


def router(
    administration: Administration, status_and_last_seen: LastSeen, identify: Callable[..., object]
) -> APIRouter:
    """The calls under `/api/admin/people`, and `/api/admin/audit`."""
    routes = APIRouter(prefix="/api/admin", tags=["administration"])

    def shown(row: PersonRow) -> admin_rest.AdminPerson:
        _, last_seen = status_and_last_seen(row.account.user_id)
        return _person(row, last_seen)

    _reading(routes, administration, identify, shown)
    _treating(routes, administration, identify, shown)
    return routes


def _reading(
    routes: APIRouter,
    administration: Administration,
    identify: Callable[..., object],
    shown: Callable[[PersonRow], admin_rest.AdminPerson],
) -> None:
    @routes.get("/people", response_model=admin_rest.AdminPeoplePage, responses=refusals(401, 403, 422, 503))
    async def people(
        who: Annotated[Identity, Depends(identify)], wanted: Annotated[People, Query()]
    ) -> Response:
        """Accounts by rising user id; `next` is the `after` of the next page, null on the last."""
        administration.see(who.user_id)
        found = await administration.people(after=wanted.after, limit=wanted.limit + 1, find=wanted.find)
        page = [shown(row) for row in found[: wanted.limit]]
        more = len(found) > wanted.limit
        body = admin_rest.AdminPeoplePage(people=page, next=page[-1].user_id if more else None)
        return answer(body, secret=True)

    @routes.get("/audit", response_model=admin_rest.AuditPage, responses=refusals(401, 403, 422, 503))
    async def audit(
        who: Annotated[Identity, Depends(identify)], wanted: Annotated[AuditLines, Query()]
    ) -> Response:
        """Who did what to whom, the newest first; `next` is the `before` of the next page, null on the last."""
        administration.see(who.user_id)
        found = await administration.log(
            before=wanted.before, limit=wanted.limit + 1, kind=wanted.kind, find=wanted.find
        )
        page = [_entry(row) for row in found[: wanted.limit]]
        more = len(found) > wanted.limit
        return answer(admin_rest.AuditPage(entries=page, next=page[-1].id if more else None), secret=True)


def _treating(
    routes: APIRouter,
    administration: Administration,
    identify: Callable[..., object],
    shown: Callable[[PersonRow], admin_rest.AdminPerson],
) -> None:
    async def as_it_is(user_id: int) -> Response:
        person = await administration.person(user_id)
        return answer(admin_rest.OnePerson(person=shown(person)), secret=True)

    @routes.post("/people/{userId}/password", response_model=admin_rest.PasswordWasReset, responses=_REFUSALS)
    async def password(
        user_id: AnyUser,
        who: Annotated[Identity, Depends(identify)],
        wanted: Annotated[admin_rest.PasswordReset | None, Body()] = None,
    ) -> Response:
        """Give somebody another password, and end all their sign-ins. One the server made is told this once."""
        given = wanted.password if wanted else None
        made = await administration.reset_password(user_id, given, by=who.user_id)
        return answer(admin_rest.PasswordWasReset(password=made), secret=True)

    @routes.post("/people/{userId}/disable", response_model=admin_rest.OnePerson, responses=_REFUSALS)
    async def disable(user_id: AnyUser, who: Annotated[Identity, Depends(identify)]) -> Response:
        """Shut somebody out: all their sign-ins end at once."""
        await administration.set_disabled(user_id, disabled=True, by=who.user_id)
        return await as_it_is(user_id)

    @routes.post("/people/{userId}/enable", response_model=admin_rest.OnePerson, responses=_REFUSALS)
    async def enable(user_id: AnyUser, who: Annotated[Identity, Depends(identify)]) -> Response:
        """Let somebody in again."""
        await administration.set_disabled(user_id, disabled=False, by=who.user_id)
        return await as_it_is(user_id)

    @routes.post("/people/{userId}/role", response_model=admin_rest.OnePerson, responses=_REFUSALS)
    async def role(
        user_id: AnyUser,
        who: Annotated[Identity, Depends(identify)],
        wanted: Annotated[admin_rest.RoleChange, Body()],
    ) -> Response:
        """Make somebody an admin or a member, or hand the server over: the owner is an admin from then on."""
        await administration.set_role(user_id, Role(wanted.role), by=who.user_id)
        return await as_it_is(user_id)


def _person(row: PersonRow, last_seen: int | None) -> admin_rest.AdminPerson:
    account = row.account
    return admin_rest.AdminPerson(
        user_id=account.user_id,
        username=account.username,
        email=account.email,
        avatar=account.avatar,
        role=account.role,
        disabled=account.disabled,
        created_at=row.created_at,
        last_seen=last_seen,
        devices=row.devices,
    )


def _entry(row: AuditRow) -> admin_rest.AuditEntry:
    return admin_rest.AuditEntry(
        id=row.row_id,
        at=row.at,
        actor_id=row.actor_id,
        actor=row.actor,
        act=row.act,
        target_id=row.target_id,
        target=row.target,
        detail=row.detail,
    )
