"""Invites: codes that let somebody register, a counted number of times and until an end time.

Decides how a code looks. Codes are kept hashed; whether one holds is a rule of `domain.accounts`.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain.accounts import invite_refusal
from presence_desktop.server.domain.authority import Act
from presence_desktop.server.services.accounts.administration_ports import (
    Deed,
    InviteRow,
    InviteStore,
    NewInvite,
)
from presence_desktop.server.services.accounts.tokens import hashed
from presence_desktop.server.services.ports import Clock

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_GROUPS, _GROUP = 4, 5


@dataclass(frozen=True, slots=True)
class Invite:
    """A new invite: the only time its code is seen. `expires_at` in ms."""

    invite_id: int
    uses: int
    expires_at: int
    code: str = field(repr=False)


class Invites:
    """Makes invites; `uses` and `life` (ms) are what one gets unless told otherwise."""

    def __init__(self, store: InviteStore, *, clock: Clock, uses: int, life: int) -> None:
        self._store = store
        self._clock = clock
        self._uses = uses
        self._life = life

    async def make(
        self,
        *,
        by: int | None = None,
        uses: int | None = None,
        life: int | None = None,
        until: int | None = None,
    ) -> Invite:
        """A new invite, made by this user (None: at the server's command line); it holds until then, or for so long.

        Raises Refused(FORBIDDEN | INVALID_END_TIME).
        """
        now = self._clock.now()
        ends = now + (life or self._life) if until is None else until
        if ends <= now:
            raise Refused(Code.INVALID_END_TIME)
        groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
        code = "-".join(groups)
        new = NewInvite(uses or self._uses, ends, code_hash(code))
        invite_id = await self._store.add(new, Deed(Act.INVITE, by, now))
        return Invite(invite_id, new.uses, ends, code)

    async def newest(self, *, before: int | None, limit: int) -> Sequence[tuple[InviteRow, Code | None]]:
        """Invites with ids below `before`, the newest first, each with why it does not hold (None: it does)."""
        now = self._clock.now()
        return [(row, _refusal(row, now)) for row in await self._store.newest(before=before, limit=limit)]

    async def revoke(self, invite_id: int, *, by: int | None = None) -> None:
        """Nobody comes in by it any more. Raises Refused(FORBIDDEN | NOT_FOUND)."""
        if not await self._store.revoke(invite_id, Deed(Act.REVOKE_INVITE, by, self._clock.now())):
            raise Refused(Code.NOT_FOUND)

    async def look_at(self, code: str) -> str:
        """The hash of a code that can be used once more. Raises Refused with why it cannot."""
        hashed_code = code_hash(code)
        row = await self._store.find(hashed_code)
        why = Code.INVITE_UNKNOWN if row is None else _refusal(row, self._clock.now())
        if why is not None:
            raise Refused(why)
        return hashed_code


def _refusal(row: InviteRow, now: int) -> Code | None:
    return invite_refusal(
        uses_left=row.uses_left, expires_at=row.expires_at, revoked_at=row.revoked_at, now=now
    )


def code_hash(code: str) -> str:
    """The hash of a code, however it was typed."""
    return hashed("".join(letter for letter in code.upper() if letter in _LETTERS))
