"""What a person can do, and what every piece of news does: the client's mind, in one thread, without I/O.

Decides nothing by itself that a part of its own decides: `connection` how things stand, `own` one's own status,
`picture` who is there, `order` in which order. Here they are joined, and the gateway is told what to send.
"""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from presence_desktop.core import incoming
from presence_desktop.core.activity import IDLE_LIMIT_SECONDS, device_state, is_news
from presence_desktop.core.avatars import Avatars
from presence_desktop.core.changes import Changes, Notice
from presence_desktop.core.chat.chats import Chats
from presence_desktop.core.chat.engine import UNASKED, Engine
from presence_desktop.core.chat.memory_history import MemoryHistory
from presence_desktop.core.chat.nowhere import Nowhere
from presence_desktop.core.chat_ports import ChatPorts
from presence_desktop.core.collected import Collected
from presence_desktop.core.connection import Connection, LinkState
from presence_desktop.core.contact_order import ContactOrder
from presence_desktop.core.join_link import JoinLink
from presence_desktop.core.own_status import OwnStatus
from presence_desktop.core.picture import Picture
from presence_desktop.core.ports import Clock, Gateway
from presence_desktop.core.pulse import Pulse
from presence_desktop.core.roster import Roster
from presence_desktop.core.server_time import ServerTime
from presence_desktop.protocol import rest
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import CustomStatus, DeviceState, Heartbeat, StatusUpdate
from presence_desktop.protocol.status import Status

_CHAT_NEWS = (
    incoming.ChatEvent,
    incoming.Answered,
    incoming.UploadMoved,
    incoming.UploadEnded,
    incoming.FileMoved,
    incoming.FileArrived,
    incoming.FileFailed,
)
_OWN_ASKS = frozenset({StatusUpdate.name, CustomStatus.name})
_NO_CUSTOM = Notice(Code.UNKNOWN_EVENT, CustomStatus.name)
"""A plain server knows no custom status."""


class Client:
    """The one object the window talks to. Call it from one thread only."""

    def __init__(self, gateway: Gateway, clock: Clock, chat: ChatPorts | None = None) -> None:
        """`chat` None: no conversations."""
        self._gateway = gateway
        self._clock = clock
        self._device: DeviceState | None = None
        self.idle_limit = IDLE_LIMIT_SECONDS
        """After how many idle seconds the server calls a device idle."""
        self._extended = False
        self.connection = Connection()
        self.pulse = Pulse()
        self.time = ServerTime(clock, self.pulse)
        """What the server's moments are compared with."""
        self.own = OwnStatus()
        self.roster = Roster()
        self.order = ContactOrder(self.roster)
        self._picture = Picture(gateway, self.connection, self.roster, self.own)
        self.me: rest.Account | None = None
        self.server = ""
        self._with_chat = chat is not None
        ports = chat or ChatPorts(Nowhere(), MemoryHistory())
        self._talking = Engine(ports, self.time)
        self._avatars = Avatars(ports.gateway)
        self.chats = Chats(self._talking, self.roster)
        self._on: dict[type, Callable[[Any, Collected], None]] = {
            incoming.SignedIn: self._signed_in,
            incoming.SignInFailed: self._sign_in_failed,
            incoming.SignedOut: self._signed_out,
            incoming.LinkTrying: self._link_trying,
            incoming.LinkUp: self._link_up,
            incoming.LinkLost: self._link_lost,
            incoming.People: self._picture.people,
            incoming.StatusChanged: self._picture.status_changed,
            incoming.PresenceChanged: self._picture.presence_changed,
            incoming.OwnChanged: self._own_changed,
            incoming.Acked: self._acked,
            incoming.Refusal: self._refusal,
            incoming.Unreadable: self._unreadable,
            incoming.DirectoryArrived: self._directory,
            incoming.SecretsUnavailable: lambda item, out: out.notices.append(Notice(item.code)),
            incoming.SecretsAwaited: self._secrets_awaited,
            incoming.AvatarArrived: self._avatar_arrived,
            **dict.fromkeys(_CHAT_NEWS, self._chat),
        }

    # --- what a person (or the computer) does ---

    def register(self, link: JoinLink, email: str, username: str, password: str) -> Changes:
        """Make an account on the server that the link leads to, and sign in."""
        self.connection.signing_in()
        self._gateway.register(link, email, username, password)
        return Changes(connection=True)

    def sign_in(self, server: str, email: str, password: str) -> Changes:
        """Sign in with a password."""
        self.connection.signing_in()
        self._gateway.sign_in(server, email, password)
        return Changes(connection=True)

    def resume(self, server: str, email: str) -> Changes:
        """Be signed in again without a password, as at the last run."""
        self.server = server
        self.connection.connecting()
        with self._talking.step() as news:
            out = Collected(news)
            if self._with_chat:
                self._remember(server, email, out)
        self._gateway.resume(server, email)
        return self._changes(out, connection=True)

    def sign_out(self) -> None:
        """Leave for good: the secret is forgotten. The answer comes as news."""
        self._gateway.sign_out()

    def close(self) -> None:
        """The app ends; takes at most 2 s."""
        self._gateway.close()
        self._talking.history.close()

    def reconnect_now(self) -> None:
        """Try at once: the banner's button, the network changed, the computer woke up."""
        self._gateway.reconnect_now()

    def pause(self) -> None:
        """The computer goes to sleep: say goodbye first. `reconnect_now` ends it."""
        self._gateway.pause()

    def set_status(self, status: Status, until: int | None = None) -> Changes:
        """Choose one's own status by hand, until this moment (ms) or until taken back. `ONLINE` takes it back."""
        return self._ask(StatusUpdate(status=status, until=until))

    def set_custom(self, text: str | None, emoji: str | None = None, until: int | None = None) -> Changes:
        """Set one's custom text (at most 100 characters) and emoji; both None clear it."""
        return self._ask(CustomStatus(text=text, emoji=emoji, until=until))

    def search(self, text: str) -> Changes:
        """List only those whose name answers the search; an empty text lists all."""
        self.order.set_filter(text)
        return Changes(reordered=self.order.stale)

    def device_state(self, idle_seconds: int | None, locked: bool) -> None:
        """What the device says of itself (`idle_seconds` None: it cannot tell). Told at once when it crosses a line."""
        before, self._device = self._device, device_state(idle_seconds, locked=locked)
        self._prepare()
        if self.connection.state is LinkState.ONLINE and is_news(before, self._device, self.idle_limit):
            self._beat()

    def tick(self) -> Changes:
        """Every 30 s: a sign of life; and whatever was left unanswered is asked again."""
        outdated = self.own.outdated(self.time.now())
        if self.connection.state is LinkState.ONLINE:
            self._beat()
            self._send_asks()
            self._picture.complete()
        self._prepare()
        return Changes(own=outdated)

    def avatar_path(self, user_id: int) -> str | None:
        """Where somebody's picture is on this computer. If it is not here yet it is fetched, once; `Changes.people`
        names who got theirs.
        """
        contact = self.roster.get(user_id)
        return None if contact is None else self._avatars.path(contact.avatar)

    # --- what is told ---

    def apply(self, batch: Sequence[incoming.Incoming]) -> Changes:
        """Take news in, in the order it came."""
        with self._talking.step() as news:
            collected = Collected(news)
            for item in batch:
                self._on[type(item)](item, collected)
        self._picture.seek(self._talking.people_of(news.talks))
        self._prepare()
        return self._changes(collected)

    def _signed_in(self, item: incoming.SignedIn, out: Collected) -> None:
        if self.me is not None and (self.server, self.me.user_id) != (item.server, item.user.user_id):
            self._forget(out)
        self.server, self.me = item.server, item.user
        if self._with_chat:
            self._talking.signed_in(item.server, item.user, out.chat)
        self.roster.set_me(item.user.user_id)
        out.people.add(item.user.user_id)
        if not self.connection.signed_in:
            self.connection.server_name = ""  # what is known may be another server's
            self.connection.connecting()
        out.connection = out.own = True
        self._gateway.connect()

    def _sign_in_failed(self, item: incoming.SignInFailed, out: Collected) -> None:
        if self.me is not None:
            self._forget(out)
        self.connection.signed_out(item.code, item.question)
        out.connection = True

    def _signed_out(self, item: incoming.SignedOut, out: Collected) -> None:
        self._forget(out)
        self.connection.signed_out(item.code)
        out.connection = out.own = True

    def _link_trying(self, _item: incoming.LinkTrying, out: Collected) -> None:
        self.connection.trying()
        out.own |= self.own.outdated(self.time.now())
        out.connection = True

    def _link_up(self, item: incoming.LinkUp, out: Collected) -> None:
        word = item.connected
        self.connection.up(word.server_name)
        self.pulse.welcomed(word.timestamp, self._clock.now())
        self._extended = word.epoch is not None
        self.idle_limit = word.idle_seconds or IDLE_LIMIT_SECONDS
        self.own.link_lost()
        self.own.connected(word, item.claim)
        if not self._extended and self.own.drop_custom():
            out.notices.append(_NO_CUSTOM)
        self._send_asks()
        self._picture.linked()
        self._avatars.linked()
        self._talking.link_up(out.chat, extended=self._extended)
        out.connection = out.own = True

    def _link_lost(self, item: incoming.LinkLost, out: Collected) -> None:
        self.connection.lost(item.code, item.next_try_at, item.question)
        self.own.link_lost()
        self.pulse.lost()
        self.roster.doubt()
        self._talking.link_lost(out.chat)
        out.connection = out.own = out.everyone = True

    def _own_changed(self, item: incoming.OwnChanged, out: Collected) -> None:
        self.own.confirm(item.update, item.ask)
        out.own = True

    def _acked(self, item: incoming.Acked, _out: Collected) -> None:
        """The link is alive; `net` watches that by itself."""
        self.pulse.answered(item.ack.timestamp, self._clock.monotonic(), self._clock.now())

    def _refusal(self, item: incoming.Refusal, out: Collected) -> None:
        if item.event in UNASKED:
            return
        if item.event not in _OWN_ASKS and item.ask is not None:
            self._talking.take(item, out.chat)
        elif item.ask is None or self.own.refuse(item.ask):
            out.notices.append(Notice(item.code, item.event))
            out.own = True

    def _unreadable(self, item: incoming.Unreadable, out: Collected) -> None:
        if self._picture.missed(item.event):
            out.notices.append(Notice(Code.MALFORMED))
        else:
            self._talking.missed(item.event)

    def _directory(self, item: incoming.DirectoryArrived, out: Collected) -> None:
        self._picture.directory(item, out)
        self._talking.history.put_people(item.entries)
        for entry in item.entries:
            if self.me is not None and entry.user_id == self.me.user_id and entry.role != self.me.role:
                self.me = replace(self.me, role=entry.role)
                out.connection = True

    def _secrets_awaited(self, _item: incoming.SecretsAwaited, out: Collected) -> None:
        self.connection.awaiting_keyring()
        out.connection = True

    def _chat(self, item: incoming.Incoming, out: Collected) -> None:
        self._talking.take(item, out.chat)

    def _avatar_arrived(self, item: incoming.AvatarArrived, out: Collected) -> None:
        self._avatars.arrived(item.avatar, item.path)
        out.people |= {contact.user_id for contact in self.roster if contact.avatar == item.avatar}

    # --- parts of the above ---

    def _ask(self, what: StatusUpdate | CustomStatus) -> Changes:
        if not self.connection.signed_in:
            return Changes()
        online = self.connection.state is LinkState.ONLINE
        if online and not self._extended and isinstance(what, CustomStatus):
            return Changes(notices=(_NO_CUSTOM,))
        self.own.ask(what)
        if online:
            self._send_asks()
        self._prepare()
        return Changes(own=True)

    def _beat(self) -> None:
        """A sign of life; a plain server is told no more than that."""
        self.pulse.beat(self._clock.monotonic())
        self._gateway.send(Heartbeat(state=self._device if self._extended else None))

    def _send_asks(self) -> None:
        monotonic = self._clock.monotonic()
        for ask in self.own.unsent(monotonic):
            self._gateway.send(ask.what, ask.number)
            self.own.sent(ask, monotonic)

    def _remember(self, server: str, email: str, out: Collected) -> None:
        """Show what is kept of this account until the server says more."""
        if self.me is not None:
            self._forget(out)
        kept = self._talking.begin(server, email, out.chat)
        self.me = kept.account
        if self.me is not None:
            self.roster.set_me(self.me.user_id)
            out.people |= self.roster.enlist(kept.people, pictured=False)
            out.own = True

    def _changes(self, out: Collected, *, connection: bool = False) -> Changes:
        self.order.note(out.people)
        return out.changes(reordered=self.order.stale, connection=connection)

    def _forget(self, out: Collected) -> None:
        self._talking.signed_out(out.chat)
        self._avatars.clear()
        self.me = None
        self.own.clear()
        self._picture.clear()
        self.order.note_all()
        out.everyone = True

    def _prepare(self) -> None:
        """The next connect message carries how things stand now."""
        self._gateway.prepare(self.roster.cursor, self._device, self.own.pending_claim)
