"""An account that looks after a server, without one: what is asked is answered from a small made-up server."""

from urllib.parse import parse_qsl, urlsplit

import msgspec
from PySide6.QtWidgets import QApplication

from presence_desktop.core.changes import Changes, Outcome
from presence_desktop.core.client import Client
from presence_desktop.core.incoming import LinkLost, SignedIn
from presence_desktop.core.rest_call import RestCall
from presence_desktop.gui.asks import Asks
from presence_desktop.gui.hosting.office import Office
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.theme import Scheme
from presence_desktop.protocol import admin_rest as wire
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.rest import Success
from presence_desktop.protocol.wire import Wire
from tests.gui.chat_stage import StagedChats
from tests.gui.scene import (
    ME,
    NAMES,
    NOON,
    SERVER,
    NotingGateway,
    StandingClock,
    directory,
    link_up,
    picture,
)
from tests.wire.made import made

DAY = 86_400_000
KEY = "7c1f" * 16


class MadeUpServer:
    """Answers the calls of administration."""

    def __init__(self) -> None:
        names = ("이하늘", *NAMES[:7])
        self.people = {
            number: wire.AdminPerson(
                user_id=number,
                username=name,
                email=f"user{number}@example.org",
                role={1: "owner", 2: "admin"}.get(number, "member"),
                disabled=number == 5,
                created_at=NOON - DAY,
                devices=number % 3,
            )
            for number, name in enumerate(names, 1)
        }
        self.invites = [invite(1, 10, 7), invite(2, 1, 0, "used_up")]
        self.backups = [wire.Backup(name="b.tar.gz", made_at=NOON - 3_600_000, size=1_234_567)]
        self.fingerprint: str | None = KEY
        self.name: str | None = None
        self.lines = [line(number) for number in range(120, 0, -1)]
        self.refusing: Code | None = None
        self.asked: list[str] = []

    def answer(self, call: RestCall[Wire]) -> Wire:
        """What the server says."""
        self.asked.append(f"{call.method} {call.path}")
        makers = {
            "admin:people": lambda: self._page(call.path),
            "admin:invites": lambda: wire.InvitesPage(invites=self.invites),
            "admin:invite": lambda: self._invite(call.body),
            "admin:revoke": lambda: self._revoke(int(call.path.rpartition("/")[2])),
            "admin:server": self._facts,
            "admin:backup": self._back_up,
            "admin:name": lambda: self._name(call.body),
            "admin:log": lambda: self._log(call.path),
            "admin:password": lambda: wire.PasswordWasReset(password="fern-otter-94-lamp"),
        }
        return makers.get(call.about, lambda: self._change(call))()

    def _page(self, path: str) -> Wire:
        find = path.partition("find=")[2]
        found = [person for person in self.people.values() if find in person.email]
        return wire.AdminPeoplePage(people=found)

    def _invite(self, body: Wire | None) -> Wire:
        assert isinstance(body, wire.InviteWanted)
        uses, until = body.uses or 10, body.until or NOON + DAY
        new = invite(len(self.invites) + 1, uses, uses, until=until)
        self.invites.insert(0, new)
        return wire.InviteCreated(id=new.id, invite="K7QM-2XPD-9RTV-HJ4C", expires_at=until, uses=uses)

    def _revoke(self, number: int) -> Wire:
        self.invites = [
            msgspec.structs.replace(one, state="revoked") if one.id == number else one for one in self.invites
        ]
        return Success()

    def _facts(self) -> Wire:
        return wire.ServerFacts(
            version="0.9",
            started_at=NOON - 5 * 3_600_000,
            uptime_seconds=5 * 3600,
            people=len(self.people),
            connected=3,
            connections=4,
            disk=wire.DiskUse(database=4_200_000, files=31_000_000, backups=2_400_000, free=81_000_000_000),
            backups=self.backups,
            tls=wire.Encryption(on=self.fingerprint is not None, fingerprint=self.fingerprint),
            name=self.name,
        )

    def _name(self, body: Wire | None) -> Wire:
        assert isinstance(body, wire.Renaming)
        self.name = body.name
        return wire.Renamed(name=self.name)

    def _log(self, path: str) -> Wire:
        asked = dict(parse_qsl(urlsplit(path).query))
        before, limit = int(asked.get("before", 10**6)), int(asked["limit"])
        kind, find = asked.get("kind", ""), asked.get("find", "")
        found = [
            one
            for one in self.lines
            if one.id < before and one.act.startswith(kind) and find in f"{one.actor} {one.target}"
        ]
        more = found[limit - 1].id if len(found) > limit else None
        return wire.AuditPage(entries=found[:limit], next=more)

    def _back_up(self) -> Wire:
        made = wire.Backup(name="c.tar.gz", made_at=NOON, size=2_345_678)
        self.backups.insert(0, made)
        return wire.BackupMade(backup=made)

    def _change(self, call: RestCall[Wire]) -> Wire:
        *_, number, act = call.path.split("/")
        change: dict[str, object] = {"disabled": act == "disable"}
        if isinstance(call.body, wire.RoleChange):
            change = {"role": call.body.role}
            if call.body.role == "owner":
                self.people[1] = msgspec.structs.replace(self.people[1], role="admin")
        person = self.people[int(number)] = msgspec.structs.replace(self.people[int(number)], **change)
        return wire.OnePerson(person=person)


class AnsweringChats(StagedChats):
    """Keeps the calls of administration until they are answered."""

    def __init__(self) -> None:
        super().__init__()
        self.server = MadeUpServer()
        self.waiting: list[tuple[int, RestCall[Wire]]] = []

    def call(self, call: RestCall[Wire]) -> Changes:
        changes = super().call(call)
        assert changes.asked is not None
        self.waiting.append((changes.asked, call))
        return changes


class OfficeStage:
    """An office, and the server it asks; no window around it."""

    def __init__(
        self, app: QApplication, scheme: Scheme = Scheme.LIGHT, language: Language = Language.ENGLISH
    ) -> None:
        self.chats, self.asks = AnsweringChats(), Asks()
        self.server = self.chats.server
        self.clock, self.gateway = StandingClock(), NotingGateway()
        self.client = Client(self.gateway, self.clock)
        self.client.chats = self.chats
        self.look, self.languages = Look(app, scheme), Languages(app, language)
        self.sign_in()
        self.office = Office(self.client, self.asks)

    def sign_in(self, role: str = "owner") -> None:
        """Signed in, the link up, everybody known."""
        me = msgspec.structs.replace(ME, role=role)
        self.client.apply([SignedIn(SERVER, me), link_up(), picture(NAMES), directory(NAMES)])

    def lose_link(self) -> None:
        """The server does not answer any more."""
        self.client.apply([LinkLost(Code.UNREACHABLE, "refused", self.clock.moment + 4000)])

    def leave(self) -> None:
        """Forget the look and the language."""
        self.look.deleteLater()
        self.languages.choose(Language.ENGLISH)
        self.languages.deleteLater()

    def settle(self) -> None:
        """Answer all that was asked, and what is asked for that."""
        settle(self.chats, self.asks)


def line(number: int) -> wire.AuditEntry:
    """A line of the audit log: 1 to 4 are one of each sort."""
    told = {
        1: {"act": "account.added", "target_id": 1, "target": "user1@example.org"},
        2: {
            "act": "role.admin",
            "actor_id": 1,
            "actor": "이하늘",
            "target_id": 2,
            "target": "user2@example.org",
        },
        3: {
            "act": "invite.made",
            "actor_id": 2,
            "actor": "김민서",
            "detail": f"#7, 10 uses, until {NOON + DAY}",
        },
        4: {"act": "weather.changed", "actor_id": 9, "detail": "rain"},
    }
    usual = {"act": "backup.made", "actor_id": 1, "actor": "이하늘", "detail": f"b{number}.tar"}
    return made(wire.AuditEntry, id=number, at=NOON - DAY + number, **told.get(number, usual))


def settle(chats: AnsweringChats, asks: Asks) -> None:
    """Answer all that was asked through these."""
    while chats.waiting:
        ask, call = chats.waiting.pop(0)
        if chats.server.refusing is not None:
            outcome = Outcome(ask, call.about, code=chats.server.refusing)
        else:
            outcome = Outcome(ask, call.about, chats.server.answer(call))
        asks.take([outcome])


def invite(
    number: int, uses: int, left: int, state: str = "open", until: int = NOON + 3 * DAY
) -> wire.Invite:
    """An invite as the server lists it."""
    return made(
        wire.Invite, id=number, created_at=NOON, expires_at=until, uses=uses, uses_left=left, state=state
    )
