"""One's own account: another password, and the devices on which one is signed in.

Whose account it is was found by the token; a new password needs the old one, counted as a try to sign in.
"""

from collections.abc import Awaitable, Callable, Sequence

from presence_desktop.protocol.admin_rest import PasswordChange
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.accounts.directory import Origin
from presence_desktop.server.services.accounts.passwords import Passwords
from presence_desktop.server.services.accounts.ports import AccountStore, SignInRow, SignInStore
from presence_desktop.server.services.accounts.sign_ins import SignIns
from presence_desktop.server.services.accounts.tokens import Identity
from presence_desktop.server.services.ports import Clock


class Devices:
    """Looks after the sign-ins of whoever asks."""

    def __init__(
        self,
        *,
        store: AccountStore,
        sign_ins: SignInStore,
        signing: SignIns,
        passwords: Passwords,
        clock: Clock,
        settle: Callable[[], Awaitable[None]],
    ) -> None:
        self._store = store
        self._sign_ins = sign_ins
        self._signing = signing
        self._passwords = passwords
        self._clock = clock
        self._settle = settle

    async def change_password(self, who: Identity, wanted: PasswordChange, *, origin: Origin) -> None:
        """Another password; all other sign-ins end. Raises Refused(TOO_MANY_REQUESTS | WRONG_PASSWORD)."""
        row = await self._store.by_id(who.user_id)
        if row is None:
            raise Refused(Code.UNKNOWN_USER)
        self._signing.count(origin, row.email)
        if not await self._passwords.matches(row.password_hash, wanted.old_password):
            raise Refused(Code.WRONG_PASSWORD)
        kept = await self._passwords.hash(wanted.new_password)
        if not await self._store.set_password(row, kept, spare=who.family, now=self._clock.now()):
            raise Refused(Code.WRONG_PASSWORD)  # somebody gave another one meanwhile
        await self._settle()

    async def listed(self, who: Identity) -> Sequence[SignInRow]:
        """The sign-ins of this person that hold, the one last used first."""
        return await self._sign_ins.held_by(who.user_id, now=self._clock.now())

    async def end(self, who: Identity, family: str) -> None:
        """End one of them: its tokens are void, its sockets are cut. Raises Refused(NOT_FOUND)."""
        if family not in {row.family for row in await self.listed(who)}:
            raise Refused(Code.NOT_FOUND)
        await self._signing.end(family, who.user_id)
