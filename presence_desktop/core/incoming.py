"""What reaches the client's mind from outside: one frozen type per kind of news.

Worker threads hand these to one `post(item)`; `Client.apply` takes them in the GUI thread, in the order posted.
Payloads are already validated wire types: what could not be read arrives as `Unreadable`.
"""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from presence_desktop.core.trust import Question
from presence_desktop.protocol import chat, events, rest
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.wire import Wire


class SignedIn(Struct, frozen=True):
    """A sign-in, a registration or a resumed session was accepted by `server` (its base URL)."""

    server: str
    user: rest.Account


class SignInFailed(Struct, frozen=True):
    """A sign-in, a registration or a resume came to nothing; nobody is signed in."""

    code: Code
    message: str
    question: Question | None = None
    """What the person may decide, after which it can be tried again."""


class SignedOut(Struct, frozen=True):
    """The session is over: by own wish (`code` None), or ended by the server for this reason."""

    code: Code | None = None


class LinkTrying(Struct, frozen=True):
    """A try to open the link begins; `attempt` counts from 0 since the link was last up."""

    attempt: int


class LinkUp(Struct, frozen=True):
    """The server accepted the connection. `claim` is the choice that travelled with the connect message."""

    connected: events.Connected
    claim: events.StatusUpdate | None = None


class LinkLost(Struct, frozen=True):
    """There is no link (any more), or a try failed; the next one comes at `next_try_at` (ms), None: when told to."""

    code: Code
    message: str
    next_try_at: int | None = None
    question: Question | None = None
    """What the person may decide; until then nothing is tried."""


class People(Struct, frozen=True):
    """The whole picture of who is connected and visible."""

    users: events.OnlineUsers


class StatusChanged(Struct, frozen=True):
    """One person's change, in the plain shape of the contract."""

    change: events.UserStatus


class PresenceChanged(Struct, frozen=True):
    """A batch of versioned changes."""

    changes: events.PresenceChanges


class OwnChanged(Struct, frozen=True):
    """The server's word on oneself. `ask` is the number given to `Gateway.send` if this answers it."""

    update: events.StatusUpdated
    ask: int | None = None


class Acked(Struct, frozen=True):
    """A heartbeat was answered."""

    ack: events.HeartbeatAck


class Refusal(Struct, frozen=True):
    """The request named `event` was refused. `ask` is the number it was made under.

    Every `ask` ends so or as `Answered`, once: without a link, or when it breaks first, with the code of the lost link.
    """

    event: str
    code: Code
    message: str
    ask: int | None = None
    retry_after: int | None = None
    """In ms, where the server said so."""


class Unreadable(Struct, frozen=True):
    """A payload of `event` could not be read and was dropped: what it would have told is missing."""

    event: str


class DirectoryArrived(Struct, frozen=True):
    """A page of all people, offline ones too; `last` for the last page."""

    entries: Sequence[rest.DirectoryEntry]
    last: bool


class SecretsUnavailable(Struct, frozen=True):
    """No keyring keeps the session: it lasts for this run only. `code`: there is none, or it stays closed."""

    code: Code = Code.NO_KEYRING


class SecretsAwaited(Struct, frozen=True):
    """The keyring was asked for the kept session some seconds ago and has not answered: it may be asking its owner."""


class ChatEvent(Struct, frozen=True):
    """The server told something of conversations: one of the events of `protocol.chat_events`, `LocationChanged` or
    `TypingChanged`.
    """

    event: events.Event


class Answered(Struct, frozen=True):
    """An ask was answered with the type that the event's docstring names (`location_events.Done` for plain success)."""

    ask: int
    answer: Wire


class UploadMoved(Struct, frozen=True):
    """So many bytes of an upload are on the server."""

    id: UUID
    sent: int
    total: int


class UploadEnded(Struct, frozen=True):
    """An upload is complete (`file`), or came to nothing for now (`code`); the same id goes on where it stopped.

    `UNREACHABLE`, `UNAVAILABLE` and the like: later. `UNREADABLE_FILE`: the file on this computer is gone.
    """

    id: UUID
    file: chat.Attachment | None = None
    code: Code | None = None


class FileMoved(Struct, frozen=True):
    """So many bytes of a file have arrived."""

    id: UUID
    received: int
    total: int


class FileArrived(Struct, frozen=True):
    """A file, or its thumbnail, is here."""

    id: UUID
    thumbnail: bool
    path: str
    kept: bool = True
    """In the cache; False: saved where the person wished."""


class FileFailed(Struct, frozen=True):
    """A file, or its thumbnail, could not be fetched."""

    id: UUID
    code: Code
    thumbnail: bool = False


class AvatarArrived(Struct, frozen=True):
    """The picture behind somebody's `avatar` is here."""

    avatar: str
    path: str


Incoming = (
    SignedIn
    | SignInFailed
    | SignedOut
    | LinkTrying
    | LinkUp
    | LinkLost
    | People
    | StatusChanged
    | PresenceChanged
    | OwnChanged
    | Acked
    | Refusal
    | Unreadable
    | DirectoryArrived
    | SecretsUnavailable
    | SecretsAwaited
    | ChatEvent
    | Answered
    | UploadMoved
    | UploadEnded
    | FileMoved
    | FileArrived
    | FileFailed
    | AvatarArrived
)
