"""A signed-in window without a server: a gateway that only notes, a clock that stands, people off the wire."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QWidget

from presence_desktop.core import incoming
from presence_desktop.core.chat.chats import Chats
from presence_desktop.core.client import Client
from presence_desktop.core.join_link import JoinLink
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.gui.theme import Scheme
from presence_desktop.protocol import events, rest
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import Cursor, DeviceState, Event, StatusUpdate
from presence_desktop.protocol.status import Reason, Status

NOON = 1_763_899_200_000
SERVER = "http://127.0.0.1:3001"
ME = rest.Account(user_id=1, username="이하늘", email="sky@example.org", role="owner")
NAMES = (
    "김민서", "Noah Fischer", "박지후", "Amelia Clarke", "최서연", "Lucas Martin", "정도윤", "Sofia Rossi",
    "강하은", "Ethan Walker", "Grace Kim", "윤지호",
)  # fmt: skip
STATUSES = (Status.ONLINE, Status.ONLINE, Status.BUSY, Status.AWAY, Status.OFFLINE)
CUSTOM = {2: ("🎧", "Deep work until lunch"), 4: ("📅", "주간 회의"), 6: ("🏠", "Working from home")}


class StandingClock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> int:
        return self.moment

    def monotonic(self) -> int:
        return self.moment


class NotingGateway:
    """Notes what it is asked to do."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.sent: list[tuple[Event, int | None]] = []

    def register(self, link: JoinLink, email: str, username: str, password: str) -> None:
        self.asked.append(("register", link, email, username, password))

    def sign_in(self, server: str, email: str, password: str) -> None:
        self.asked.append(("sign_in", server, email, password))

    def resume(self, server: str, email: str) -> None:
        self.asked.append(("resume", server, email))

    def connect(self) -> None:
        self.asked.append(("connect",))

    def prepare(self, known: Cursor | None, state: DeviceState | None, claim: StatusUpdate | None) -> None:
        """What would be carried."""

    def send(self, event: Event, ask: int | None = None) -> None:
        self.sent.append((event, ask))

    def fetch_directory(self) -> None:
        self.asked.append(("fetch_directory",))

    def reconnect_now(self) -> None:
        self.asked.append(("reconnect_now",))

    def pause(self) -> None:
        self.asked.append(("pause",))

    def sign_out(self) -> None:
        self.asked.append(("sign_out",))

    def close(self) -> None:
        self.asked.append(("close",))


class Scene:
    """The window with all it stands on."""

    def __init__(
        self,
        app: QApplication,
        scheme: Scheme = Scheme.LIGHT,
        language: Language = Language.ENGLISH,
        chats: Chats | None = None,
    ) -> None:
        self.clock, self.gateway = StandingClock(), NotingGateway()
        self.client = Client(self.gateway, self.clock)
        if chats is not None:
            self.client.chats = chats
        self.look, self.languages = Look(app, scheme), Languages(app, language)
        self.window = MainWindow(self.client, self.look, self.languages, self.clock)

    def feed(self, *items: incoming.Incoming) -> None:
        """News, as the bridge would bring it."""
        self.window.take(items)

    def sign_in(self, names: Sequence[str] = NAMES) -> None:
        """Signed in, the link up, everybody known."""
        self.feed(incoming.SignedIn(SERVER, ME), link_up(), picture(names), directory(names))

    def lose_link(self) -> None:
        """The server does not answer any more."""
        self.feed(incoming.LinkLost(Code.UNREACHABLE, "refused", self.clock.moment + 4000))

    def change(self, user_id: int, status: Status, version: int) -> None:
        """Somebody changes."""
        name = NAMES[(user_id - 2) % len(NAMES)]
        change = events.PresenceChange(
            user_id=user_id,
            username=name,
            status=status,
            version=version,
            since=self.clock.moment,
            reason=Reason.MANUAL,
        )
        self.feed(
            incoming.PresenceChanged(events.PresenceChanges(epoch="e", version=version, changes=[change]))
        )

    def leave(self) -> None:
        """Close the window, and forget the look."""
        self.window.close()
        self.window.deleteLater()
        self.look.deleteLater()
        self.languages.choose(Language.ENGLISH)
        self.languages.deleteLater()


def link_up() -> incoming.LinkUp:
    own = events.OwnPresence(status=Status.ONLINE, reason=Reason.ACTIVE, since=NOON - 600_000, version=1)
    return incoming.LinkUp(
        events.Connected(
            user_id=1,
            username=ME.username,
            status=Status.ONLINE,
            timestamp=NOON,
            epoch="e",
            version=1,
            own=own,
        )
    )


def status_of(index: int) -> Status:
    return STATUSES[index * 7 % len(STATUSES)]


def picture(names: Sequence[str]) -> incoming.People:
    here = [
        events.OnlineUser(
            user_id=index + 2,
            username=name,
            status=status_of(index),
            last_seen=NOON - 1000,
            version=1,
            since=NOON - 60_000 * (index + 1),
            reason=Reason.ACTIVE if status_of(index) is Status.ONLINE else Reason.MANUAL,
            emoji=CUSTOM.get(index + 2, (None, None))[0],
            text=CUSTOM.get(index + 2, (None, None))[1],
        )
        for index, name in enumerate(names)
        if status_of(index) is not Status.OFFLINE
    ]
    users = events.OnlineUsers(count=len(here), users=here, epoch="e", version=1)
    return incoming.People(users)


def directory(names: Sequence[str]) -> incoming.DirectoryArrived:
    entries = [
        rest.DirectoryEntry(
            user_id=index + 2,
            username=name,
            status=status_of(index),
            last_seen=None if index % 11 == 10 else NOON - 300_000 * (index + 1),
        )
        for index, name in enumerate(names)
    ]
    return incoming.DirectoryArrived(entries, last=True)


def shows(scene: Scene, page: QWidget) -> bool:
    """Whether this page is the one in view."""
    return scene.window.pages.currentWidget() is page
