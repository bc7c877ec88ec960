"""What owner and admins do to accounts, and the operator at the command line; who may is `domain.authority`'s.

Each act is one transaction of the store, with its line in the audit log; what it means for people who are connected
(`settle`) has happened when a call returns.
"""

import secrets
from collections.abc import Awaitable, Callable, Sequence

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.accounts import Role, email_key
from presence_desktop.server.domain.authority import ROLES, Act, Standing, refusal
from presence_desktop.server.services.accounts.administration_ports import (
    AdministrationStore,
    AuditRow,
    Deed,
    PersonRow,
)
from presence_desktop.server.services.accounts.passwords import Passwords
from presence_desktop.server.services.accounts.ports import AccountRow
from presence_desktop.server.services.ports import Clock, Profile

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4
_BY_ROLE = {role: act for act, role in ROLES.items()}


async def _nobody_is_here() -> None:
    """Nobody is connected to a command line."""


class Administration:
    """Looks after accounts. `user` is an id or an e-mail address, `by` who does it (None: at the command line)."""

    def __init__(
        self,
        store: AdministrationStore,
        *,
        passwords: Passwords,
        clock: Clock,
        profiles: Callable[[int], Profile | None],
        settle: Callable[[], Awaitable[None]] = _nobody_is_here,
    ) -> None:
        self._store = store
        self._passwords = passwords
        self._clock = clock
        self._profiles = profiles
        self._settle = settle

    def settles(self, settle: Callable[[], Awaitable[None]]) -> None:
        """Call this after every act: it brings what was done to those who are connected."""
        self._settle = settle

    def see(self, by: int, act: Act = Act.LOOK) -> None:
        """Raises Refused(FORBIDDEN) unless this person may do that on the server."""
        profile = self._profiles(by)
        if profile is None or refusal(Standing(by, Role(profile.role)), act) is not None:
            raise Refused(Code.FORBIDDEN)

    async def set_disabled(self, user: int | str, *, disabled: bool, by: int | None = None) -> AccountRow:
        """Shut somebody out, which ends all their sign-ins, or let them in again.

        Raises Refused(UNKNOWN_USER | FORBIDDEN | LAST_OWNER).
        """
        return await self._treat(user, Act.DISABLE if disabled else Act.ENABLE, by)

    async def set_role(self, user: int | str, role: Role, *, by: int | None = None) -> AccountRow:
        """Make somebody an admin or a member, or hand the server over to them: whoever owned it is an admin then.

        Raises Refused(UNKNOWN_USER | FORBIDDEN | LAST_OWNER).
        """
        return await self._treat(user, _BY_ROLE[role], by)

    async def reset_password(
        self, user: int | str, password: str | None = None, *, by: int | None = None
    ) -> str | None:
        """Give somebody another password, which ends all their sign-ins; the one that was made, if none is given.

        Raises Refused(UNKNOWN_USER | FORBIDDEN).
        """
        if by is not None:
            self.see(by)  # before anything is hashed: that is work, and not for everybody to ask for
        made = None if password is not None else _password()
        kept = await self._passwords.hash(password or made or "")
        await self._treat(user, Act.RESET_PASSWORD, by, password_hash=kept)
        return made

    async def record(self, act: Act, *, by: int | None = None, detail: str | None = None) -> None:
        """Log what was done to the server itself. Raises Refused(FORBIDDEN)."""
        await self._store.record(Deed(act, by, self._clock.now()), detail=detail)

    async def people(self, *, after: int, limit: int, find: str | None) -> Sequence[PersonRow]:
        """Accounts by rising id above `after`; `find` stands somewhere in their name or address."""
        return await self._store.people(after=after, limit=limit, find=find, now=self._clock.now())

    async def person(self, user_id: int) -> PersonRow:
        """One account. Raises Refused(UNKNOWN_USER)."""
        found = await self._store.person(user_id, now=self._clock.now())
        if found is None:
            raise Refused(Code.UNKNOWN_USER)
        return found

    async def log(
        self, *, before: int | None, limit: int, kind: str | None = None, find: str | None = None
    ) -> Sequence[AuditRow]:
        """The audit log, the newest lines first, from below the id `before` on.

        `kind` is the first word of an act (`role` of `role.admin`); `find` stands somewhere in who did it, or to whom.
        """
        return await self._store.log(before=before, limit=limit, kind=kind, find=find)

    async def _treat(
        self, user: int | str, act: Act, by: int | None, *, password_hash: str | None = None
    ) -> AccountRow:
        key = user if isinstance(user, int) else email_key(user)
        row = await self._store.treat(key, Deed(act, by, self._clock.now()), password_hash=password_hash)
        await self._settle()
        return row


def _password() -> str:
    """A password to be handed over: 16 letters and digits that cannot be mistaken for each other, 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
