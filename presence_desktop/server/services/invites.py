"""Invites: codes that let somebody register, a counted number of times and until an end time.

Decides how a code looks. Codes are kept hashed; whether one holds is a rule of `domain.accounts`.
"""

import secrets
from dataclasses import dataclass, field

from presence_desktop.server.services.account_ports import InviteStore
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.services.tokens import hashed

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_GROUPS, _GROUP = 4, 5


@dataclass(frozen=True, slots=True)
class Invite:
    """A new invite: the only time its code is seen. `expires_at` in ms."""

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
        self, *, by: int | None = None, uses: int | None = None, life: int | None = None
    ) -> Invite:
        """A new invite, made by this user (None: at the server's command line)."""
        now = self._clock.now()
        groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
        invite = Invite(uses or self._uses, now + (life or self._life), "-".join(groups))
        await self._store.add(
            code_hash(invite.code), made_by=by, uses=invite.uses, expires_at=invite.expires_at, now=now
        )
        return invite


def code_hash(code: str) -> str:
    """The hash of a code, however it was typed."""
    return hashed("".join(letter for letter in code.upper() if letter in _LETTERS))
