"""Signing in, staying signed in, signing out.

Decides nothing that a rule of `domain.accounts` decides; sees to it that a wrong address, a wrong password and a
disabled account cost the same work and get the same answer.
"""

from dataclasses import dataclass, field

from msgspec import Struct

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.rest import Login
from presence_desktop.server.domain.accounts import Rotation, email_key, rotation
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.services.accounts.directory import Accounts, Origin, count_try
from presence_desktop.server.services.accounts.passwords import Passwords
from presence_desktop.server.services.accounts.ports import (
    AccountRow,
    AccountStore,
    NewRefresh,
    RefreshRow,
    SignInStore,
)
from presence_desktop.server.services.accounts.tokens import Identity, Tokens, hashed
from presence_desktop.server.services.ports import Clock, Publisher


@dataclass(frozen=True, slots=True)
class Pair:
    """What a sign-in or a refresh gives: both tokens."""

    token: str = field(repr=False)
    refresh_token: str = field(repr=False)


class SignInLimits(Struct, frozen=True):
    """How many tries per account and per address; for how long (ms) the answer to a refresh is repeated."""

    by_account: Window
    by_address: Window
    replay: int


class SignIns:
    """Gives tokens to people and takes them back."""

    def __init__(
        self,
        *,
        accounts: Accounts,
        store: AccountStore,
        sign_ins: SignInStore,
        passwords: Passwords,
        tokens: Tokens,
        clock: Clock,
        publisher: Publisher,
        limits: SignInLimits,
    ) -> None:
        self._accounts = accounts
        self._store = store
        self._sign_ins = sign_ins
        self._passwords = passwords
        self._tokens = tokens
        self._clock = clock
        self._publisher = publisher
        self._limits = limits

    async def login(self, tried: Login, *, origin: Origin) -> tuple[AccountRow, Pair]:
        """Sign in by password. Raises Refused(TOO_MANY_REQUESTS | INVALID_CREDENTIALS)."""
        key = email_key(tried.email)
        self.count(origin, key)
        row = await self._store.by_email(key)
        matches = await self._passwords.matches(row.password_hash if row else None, tried.password)
        if row is None or row.disabled or not matches:
            raise Refused(Code.INVALID_CREDENTIALS)
        return row, await self.open(row, device=tried.device)

    def count(self, origin: Origin, key: str) -> None:
        """Count a try at the password of the account with this address. Raises Refused(TOO_MANY_REQUESTS)."""
        now = self._clock.now()
        count_try(self._limits.by_address, origin.address, now)
        count_try(self._limits.by_account, key, now)

    async def open(self, row: AccountRow, *, device: str | None = None) -> Pair:
        """A new sign-in for this account, on what calls itself so.

        Raises Refused(INVALID_CREDENTIALS) if the account was shut out, or got another password, since `row` was read:
        that ended the sign-ins there were, and is not to be outrun by one that was on its way.
        """
        now, family, refresh = self._clock.now(), self._tokens.new_family(), self._tokens.new_refresh()
        token = NewRefresh(hashed(refresh), self._tokens.refresh_expiry(now))
        if not await self._sign_ins.open(family, row, token, now=now, device=device):
            raise Refused(Code.INVALID_CREDENTIALS)
        self._accounts.learn(row)
        return self._pair(row, family, refresh, now)

    async def refresh(self, shown: str) -> tuple[AccountRow, Pair]:
        """A new pair for a refresh token, which voids it.

        Raises Refused(TOKEN_INVALID | TOKEN_EXPIRED | TOKEN_REVOKED | ACCOUNT_DISABLED).
        """
        now = self._clock.now()
        token = await self._sign_ins.find(hashed(shown))
        account = await self._store.by_id(token.user_id) if token else None
        if token is None or account is None:
            raise Refused(Code.TOKEN_INVALID)
        if account.disabled:
            raise Refused(Code.ACCOUNT_DISABLED)
        used_at = await self._use(token, shown, now)
        self._accounts.learn(account)
        return account, self._pair(account, token.family, self._tokens.successor(shown), used_at)

    async def logout(self, who: Identity | None, shown: str | None) -> None:
        """End the sign-in of this caller and that of the refresh token: all their tokens are void, their sockets cut.

        Either will do. Raises Refused(TOKEN_INVALID) if there is neither.
        """
        token = await self._sign_ins.find(hashed(shown)) if shown else None
        families = {who.family: who.user_id} if who else {}
        if token is not None:
            families[token.family] = token.user_id
        if not families:
            raise Refused(Code.TOKEN_INVALID)
        for family, user_id in families.items():
            await self.end(family, user_id)

    async def _use(self, row: RefreshRow, shown: str, now: int) -> int:
        """When this token was used for the pair that is to be given; raises Refused if there is none."""
        match rotation(row.state, now=now, replay=self._limits.replay):
            case Rotation.ROTATE:
                successor = self._tokens.successor(shown)
                kept = NewRefresh(hashed(successor), self._tokens.refresh_expiry(now))
                return await self._sign_ins.rotate(row, kept, now=now)
            case Rotation.REPEAT:
                return row.state.used_at or now
            case Rotation.EXPIRED:
                raise Refused(Code.TOKEN_EXPIRED)
            case Rotation.STOLEN:
                await self.end(row.family, row.user_id)
        raise Refused(Code.TOKEN_REVOKED)

    async def end(self, family: str, user_id: int) -> None:
        """End a sign-in of this person: its tokens are void, its sockets are cut."""
        now = self._clock.now()
        await self._sign_ins.revoke(family, now=now)
        self._tokens.revoke(family, at=now)
        self._publisher.cut(user_id, Code.TOKEN_REVOKED, token_family=family)

    def _pair(self, row: AccountRow, family: str, refresh: str, now: int) -> Pair:
        return Pair(self._tokens.access(row.user_id, row.username, family, refresh, now=now), refresh)
