"""What the tests of the client's mind stand on: a clock set by hand, a gateway that remembers."""

from presence_desktop.core import incoming
from presence_desktop.core.client import Client
from presence_desktop.core.join_link import JoinLink
from presence_desktop.protocol import events, rest
from presence_desktop.protocol.status import Reason, Status
from tests.wire.made import made

SERVER = "http://127.0.0.1:3001"
ME = rest.Account(user_id=1, username="Mina", email="mina@example.org")


BEGINNING = 1_700_000_000_000
"""What every clock says at first."""


class HandClock:
    """Both clocks, in ms."""

    def __init__(self) -> None:
        self.time = BEGINNING

    def now(self) -> int:
        return self.time

    def monotonic(self) -> int:
        return self.time


class RememberingGateway:
    """Does nothing and remembers everything; `calls` by name, `sent` what went over the link."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[object, ...]]] = []
        self.sent: list[tuple[events.Event, int | None]] = []
        self.prepared: tuple[events.Cursor | None, events.DeviceState | None, events.StatusUpdate | None] = (
            None,
            None,
            None,
        )

    def register(self, link: JoinLink, email: str, username: str, password: str) -> None:
        self.calls.append(("register", (link, email, username, password)))

    def sign_in(self, server: str, email: str, password: str) -> None:
        self.calls.append(("sign_in", (server, email, password)))

    def resume(self, server: str, email: str) -> None:
        self.calls.append(("resume", (server, email)))

    def connect(self) -> None:
        self.calls.append(("connect", ()))

    def prepare(
        self,
        known: events.Cursor | None,
        state: events.DeviceState | None,
        claim: events.StatusUpdate | None,
    ) -> None:
        self.prepared = (known, state, claim)

    def send(self, event: events.Event, ask: int | None = None) -> None:
        self.sent.append((event, ask))

    def fetch_directory(self) -> None:
        self.calls.append(("fetch_directory", ()))

    def reconnect_now(self) -> None:
        self.calls.append(("reconnect_now", ()))

    def pause(self) -> None:
        self.calls.append(("pause", ()))

    def sign_out(self) -> None:
        self.calls.append(("sign_out", ()))

    def close(self) -> None:
        self.calls.append(("close", ()))

    def count(self, name: str) -> int:
        return sum(called == name for called, _ in self.calls)

    def take_sent(self) -> list[tuple[events.Event, int | None]]:
        sent, self.sent = self.sent, []
        return sent


class World:
    """A client with its gateway and clock."""

    def __init__(self) -> None:
        self.gateway = RememberingGateway()
        self.clock = HandClock()
        self.client = Client(self.gateway, self.clock)

    def online(self, *people: events.OnlineUser, plain: bool = False) -> None:
        """Signed in, linked, pictured, with the whole directory."""
        epoch = None if plain else "e1"
        self.client.apply(
            [
                incoming.SignedIn(SERVER, ME),
                up(plain=plain),
                incoming.People(picture(*people, epoch=epoch)),
                incoming.DirectoryArrived((), last=True),
            ]
        )
        self.client.order.settle()
        self.gateway.calls.clear()
        self.gateway.sent.clear()

    def contact_status(self, user_id: int) -> Status | None:
        contact = self.client.roster.get(user_id)
        return None if contact is None else contact.status


def own(
    status: Status = Status.ONLINE, version: int = 5, claim: Status | None = None, **more: object
) -> events.OwnPresence:
    reason = Reason.ACTIVE if claim is None else Reason.MANUAL
    return made(
        events.OwnPresence, status=status, reason=reason, since=1, version=version, claim=claim, **more
    )


def up(
    *,
    plain: bool = False,
    claim: events.StatusUpdate | None = None,
    status: Status = Status.ONLINE,
    word: events.OwnPresence | None = None,
) -> incoming.LinkUp:
    connected = events.Connected(
        user_id=ME.user_id,
        username=ME.username,
        status=status,
        timestamp=BEGINNING,
        epoch=None if plain else "e1",
        own=None if plain else word or own(status),
    )
    return incoming.LinkUp(connected, claim)


def user(
    user_id: int, name: str = "", status: Status = Status.ONLINE, version: int | None = 5, seen: int = 100
) -> events.OnlineUser:
    return events.OnlineUser(
        user_id=user_id, username=name or f"user{user_id}", status=status, last_seen=seen, version=version
    )


def picture(*people: events.OnlineUser, epoch: str | None = "e1", version: int = 10) -> events.OnlineUsers:
    return events.OnlineUsers(
        count=len(people), users=list(people), epoch=epoch, version=version if epoch is not None else None
    )


def change(
    user_id: int, status: Status, version: int, name: str = "", seen: int | None = None
) -> events.PresenceChange:
    return events.PresenceChange(
        user_id=user_id,
        username=name or f"user{user_id}",
        status=status,
        version=version,
        since=version,
        reason=Reason.GONE if status is Status.OFFLINE else Reason.ACTIVE,
        last_seen=seen,
    )


def changes(
    *entries: events.PresenceChange, epoch: str = "e1", version: int | None = None
) -> incoming.PresenceChanged:
    newest = max((entry.version for entry in entries), default=0) if version is None else version
    return incoming.PresenceChanged(
        events.PresenceChanges(epoch=epoch, version=newest, changes=list(entries))
    )


def plain(user_id: int, status: Status, at: int = 200, name: str = "") -> incoming.StatusChanged:
    return incoming.StatusChanged(
        events.UserStatus(user_id=user_id, username=name or f"user{user_id}", status=status, timestamp=at)
    )


def entry(
    user_id: int, name: str = "", last_seen: int | None = None, role: str = "member"
) -> rest.DirectoryEntry:
    return rest.DirectoryEntry(
        user_id=user_id,
        username=name or f"user{user_id}",
        status=Status.OFFLINE,
        last_seen=last_seen,
        role=role,
    )
