"""All account services of one server, over a database that may be shared with another."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import OwnPresence
from presence_desktop.protocol.rest import Login, Register
from presence_desktop.server.domain.accounts import Registration
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.domain.presence import Change
from presence_desktop.server.services.accounts.administration import Administration
from presence_desktop.server.services.accounts.devices import Devices
from presence_desktop.server.services.accounts.directory import Accounts, Origin
from presence_desktop.server.services.accounts.invites import Invites
from presence_desktop.server.services.accounts.passwords import Passwords
from presence_desktop.server.services.accounts.sign_ins import Pair, SignInLimits, SignIns
from presence_desktop.server.services.accounts.tokens import Lifetimes, Tokens
from presence_desktop.server.services.upkeep.naming import Naming
from presence_desktop.server.stores.sql import schema
from presence_desktop.server.stores.sql.accounts import SqlAccounts
from presence_desktop.server.stores.sql.administration import SqlAdministration
from presence_desktop.server.stores.sql.database import Database
from presence_desktop.server.stores.sql.invites import SqlInvites
from presence_desktop.server.stores.sql.server_profile import SqlServerProfile
from presence_desktop.server.stores.sql.sign_ins import SqlSignIns

KEY = b"a key for tests that is long enough"
HERE = Origin("127.0.0.1", loopback=True)
ELSEWHERE = Origin("192.0.2.7", loopback=False)
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
PASSWORD = "correct horse"


class TurnedClock:
    """Time stands still until a test turns it on."""

    def __init__(self) -> None:
        self.moment = 1_700_000_000_000

    def now(self) -> int:
        return self.moment

    def ticks(self) -> int:
        return self.moment

    def pass_by(self, ms: int) -> None:
        self.moment += ms


@dataclass
class Cuts:
    """A publisher that remembers whom it was told to cut."""

    cuts: list[tuple[int, Code, str | None]] = field(default_factory=list)

    def publish(self, change: Change) -> None:
        raise AssertionError(change)

    def confirm(self, user_id: int, own: OwnPresence, at: int) -> None:
        raise AssertionError(user_id, own, at)

    def cut(self, user_id: int, code: Code, *, token_family: str | None = None) -> None:
        self.cuts.append((user_id, code, token_family))


class House:
    """One server's account services."""

    def __init__(self, database: Database, clock: TurnedClock, mode: Registration) -> None:
        self.clock, self.cuts = clock, Cuts()
        self.store, self.kept = SqlAccounts(database), SqlSignIns(database)
        self.database = database
        self.invites = Invites(SqlInvites(database), clock=clock, uses=2, life=7 * DAY)
        self.passwords = Passwords(1)
        by_address = Window(60, MINUTE)
        self.accounts = Accounts(
            store=self.store,
            sign_ins=self.kept,
            invites=self.invites,
            passwords=self.passwords,
            clock=clock,
            registration=mode,
            by_address=by_address,
        )
        self.administration = Administration(
            SqlAdministration(database),
            passwords=self.passwords,
            clock=clock,
            profiles=self.accounts.profile,
        )
        self.administration.settles(self.look)
        self.naming = Naming(SqlServerProfile(database), clock)
        self.tokens = Tokens(
            KEY, clock=clock, lifetimes=Lifetimes(12 * HOUR, 30 * DAY), account=self.accounts.is_disabled
        )
        self.sign_ins = SignIns(
            accounts=self.accounts,
            store=self.store,
            sign_ins=self.kept,
            passwords=self.passwords,
            tokens=self.tokens,
            clock=clock,
            publisher=self.cuts,
            limits=SignInLimits(Window(10, MINUTE), by_address, replay=MINUTE),
        )

        self.devices = Devices(
            store=self.store,
            sign_ins=self.kept,
            signing=self.sign_ins,
            passwords=self.passwords,
            clock=clock,
            settle=self.look,
        )

    async def look(self) -> None:
        """Follow the tables once."""
        await self.accounts.look(self.tokens, self.cuts)

    async def login(
        self, email: str = "ann@example.org", password: str = PASSWORD, origin: Origin = ELSEWHERE
    ) -> Pair:
        """Sign in."""
        _, pair = await self.sign_ins.login(Login(email=email, password=password), origin=origin)
        return pair

    async def ann(self) -> Pair:
        """Make the owner, and sign her in."""
        await self.accounts.add("ann@example.org", "Ann", PASSWORD)
        return await self.login()


def wanted(name: str, invite: str | None = None) -> Register:
    """What somebody types to register."""
    return Register(email=f"{name.lower()}@example.org", username=name, password=PASSWORD, invite=invite)


@asynccontextmanager
async def house(
    folder: Path, clock: TurnedClock | None = None, mode: Registration = Registration.INVITE
) -> AsyncIterator[House]:
    """The services on the database in `folder`, started."""
    database = Database(f"sqlite:///{folder / 'presence.db'}")
    await schema.migrate(database)
    built = House(database, clock or TurnedClock(), mode)
    await built.accounts.start()
    try:
        yield built
    finally:
        built.passwords.close()
        await database.close()
