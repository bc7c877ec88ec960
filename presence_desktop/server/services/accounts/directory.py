"""Accounts: who there is, who may come, who is shut out.

Holds every profile in memory, so that names and the directory cost no query, and follows the table once in a while, so
that what another process does (a second server, `presence-server user disable`) reaches this one within a second.
Signing in and out is `sign_ins`; the rules are `domain.accounts`.
"""

import asyncio
import logging
from bisect import bisect_right, insort
from collections.abc import Callable

from msgspec import Struct

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.rest import Register
from presence_desktop.server.domain.accounts import (
    Registration,
    email_key,
    needs_invite,
    registration_refusal,
)
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.services.accounts.invites import Invites
from presence_desktop.server.services.accounts.passwords import Passwords
from presence_desktop.server.services.accounts.ports import AccountRow, AccountStore, NewAccount, SignInStore
from presence_desktop.server.services.accounts.tokens import Tokens
from presence_desktop.server.services.ports import Clock, Profile, Publisher, StoreUnavailable

_OVERLAP = 15_000
"""How far back (ms) each look at the table reaches: clocks of several servers differ a little, and what is written
bears the moment at which it was asked for, though it may have waited for its turn since (SQLite: 5 s at the most).
"""

_log = logging.getLogger("presence.accounts")


class Origin(Struct, frozen=True):
    """Where a request comes from: an address to count by, and whether it is this very machine."""

    address: str
    loopback: bool


class Accounts:
    """All accounts of this server. Call `start` before anything else."""

    def __init__(
        self,
        *,
        store: AccountStore,
        sign_ins: SignInStore,
        invites: Invites,
        passwords: Passwords,
        clock: Clock,
        registration: Registration,
        by_address: Window,
    ) -> None:
        self._store = store
        self._sign_ins = sign_ins
        self._invites = invites
        self._passwords = passwords
        self._clock = clock
        self._registration = registration
        self._by_address = by_address
        self._profiles: dict[int, Profile] = {}
        self._ids: list[int] = []
        self._disabled: set[int] = set()
        self._seen = 0
        self._looking = asyncio.Lock()
        self._renewed: Callable[[int], None] | None = None
        self._fresh: set[int] = set()
        """Whose row may be newer than what a look that is under way brings."""

    def tells(self, renewed: Callable[[int], None]) -> None:
        """Call this with the id of whoever has another profile from now on, wherever that was changed."""
        self._renewed = renewed

    async def start(self) -> None:
        """Load everybody."""
        for row in await self._store.changed_since(0):
            self.learn(row)

    def profile(self, user_id: int) -> Profile | None:
        """Who this is; None: nobody."""
        return self._profiles.get(user_id)

    def is_disabled(self, user_id: int) -> bool | None:
        """Whether the account is disabled; None: there is none."""
        return user_id in self._disabled if user_id in self._profiles else None

    def __len__(self) -> int:
        return len(self._ids)

    def directory(self, after: int, limit: int) -> list[Profile]:
        """Up to `limit` people with ids above `after`, by rising id; disabled accounts too."""
        start = bisect_right(self._ids, after)
        return [self._profiles[user_id] for user_id in self._ids[start : start + limit]]

    async def register(self, wanted: Register, *, origin: Origin) -> AccountRow:
        """Make an account over HTTP.

        Raises Refused(TOO_MANY_REQUESTS | REGISTRATION_CLOSED | INVITE_REQUIRED | EMAIL_TAKEN),
        or why the invite does not hold.
        """
        count_try(self._by_address, origin.address, self._clock.now())
        accounts = await self._store.count()
        code = registration_refusal(
            self._registration,
            accounts=accounts,
            from_loopback=origin.loopback,
            has_invite=wanted.invite is not None,
        )
        if code is not None:
            raise Refused(code)
        invite = None
        if wanted.invite is not None and needs_invite(self._registration, accounts=accounts):
            invite = await self._invites.look_at(wanted.invite)
        return await self._make(wanted.email, wanted.username, wanted.password, invite)

    async def add(self, email: str, username: str, password: str) -> AccountRow:
        """Make an account by the operator's hand; the first one is the owner. Raises Refused(EMAIL_TAKEN)."""
        return await self._make(email, username, password, None, by_operator=True)

    async def set_avatar(self, user_id: int, avatar: str | None) -> str | None:
        """Give somebody this avatar, or none; the one they had before. Raises Refused(UNKNOWN_USER)."""
        changed = await self._store.set_avatar(user_id, avatar, now=self._clock.now())
        if changed is None:
            raise Refused(Code.UNKNOWN_USER)
        row, before = changed
        self._fresh.add(user_id)
        self.learn(row)
        return before

    def avatars(self) -> set[str]:
        """All avatars that somebody has."""
        return {profile.avatar for profile in self._profiles.values() if profile.avatar is not None}

    async def watch(self, tokens: Tokens, publisher: Publisher, *, every: float) -> None:
        """Follow the tables until cancelled, looking every so many seconds."""
        failing = False
        while True:
            try:
                await self.look(tokens, publisher)
            except StoreUnavailable as error:
                if not failing:
                    _log.error("accounts.store-unavailable", extra={"fields": {"reason": str(error)}})
                failing = True
            else:
                failing = False
            await asyncio.sleep(every)

    async def look(self, tokens: Tokens, publisher: Publisher) -> None:
        """Take in what changed in the tables, and cut the connections of whom it shuts out.

        One look at a time: what was committed before this call is known after it.
        """
        async with self._looking:
            await self._look(tokens, publisher)

    async def _look(self, tokens: Tokens, publisher: Publisher) -> None:
        since = self._seen - _OVERLAP
        self._fresh.clear()
        for row in await self._store.changed_since(since):
            if row.user_id not in self._fresh and self.learn(row):
                publisher.cut(row.user_id, Code.ACCOUNT_DISABLED)
        for revoked in await self._sign_ins.revoked_since(max(since, tokens.oldest_that_matters())):
            if tokens.revoke(revoked.family, at=revoked.revoked_at):
                code = Code.ACCOUNT_DISABLED if revoked.user_id in self._disabled else Code.TOKEN_REVOKED
                publisher.cut(revoked.user_id, code, token_family=revoked.family)
        tokens.forget_expired()
        self._seen = self._clock.now()

    def learn(self, row: AccountRow) -> bool:
        """Take in an account as the table has it; True if it has just been disabled."""
        profile = Profile(row.user_id, row.username, row.avatar, row.role)
        known = self._profiles.get(row.user_id)
        if known is None:
            insort(self._ids, row.user_id)
        if known != profile:
            self._profiles[row.user_id] = profile
            if known is not None and self._renewed is not None:
                self._renewed(row.user_id)
        newly = row.disabled and row.user_id not in self._disabled
        if row.disabled:
            self._disabled.add(row.user_id)
        else:
            self._disabled.discard(row.user_id)
        return newly

    async def _make(
        self, email: str, username: str, password: str, invite: str | None, *, by_operator: bool = False
    ) -> AccountRow:
        new = NewAccount(email_key(email), username, await self._passwords.hash(password))
        row = await self._store.add(new, invite=invite, now=self._clock.now(), by_operator=by_operator)
        self.learn(row)
        return row


def count_try(window: Window, key: str, now: int) -> None:
    """Count one try. Raises Refused(TOO_MANY_REQUESTS) when there were too many."""
    wait = window.take(key, now)
    if wait:
        raise Refused(Code.TOO_MANY_REQUESTS, retry_after=wait / 1000)
