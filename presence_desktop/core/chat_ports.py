"""What conversations need from outside, besides the clock: their way to the server, the place where they are kept.

Only shapes. `net` brings the ChatGateway, `disk` the History; `app` joins them.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol
from uuid import UUID

from msgspec import Struct

from presence_desktop.core.chat.row import LocalFile
from presence_desktop.core.rest_call import RestCall
from presence_desktop.protocol import rest
from presence_desktop.protocol.chat import Conversation, Message, SearchQuery
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import Event


class ChatGateway(Protocol):
    """The way of conversations to the server. Every call returns at once; answers come as incoming items."""

    def send(self, event: Event, ask: int | None = None) -> None:
        """As `ports.Gateway.send`: nobody waits for an answer."""
        ...

    def ask(self, event: Event, ask: int) -> None:
        """Send an event and wait for its answer -> `Answered(ask, ...)` or `Refusal(..., ask=ask)`, exactly one.

        Without a link, or when it breaks or stays silent before the answer: `Refusal(UNREACHABLE)`.
        No number is used twice in a run of the app.
        """
        ...

    def search(self, query: SearchQuery, ask: int) -> None:
        """Search on the server -> `Answered(ask, chat_rest.Found)` or `Refusal("search", ..., ask=ask)`."""
        ...

    def upload(self, file_id: UUID, path: str, name: str) -> None:
        """Send a file, or go on with it -> `UploadMoved` (10 a second at most), at last one `UploadEnded`."""
        ...

    def cancel_upload(self, file_id: UUID) -> None:
        """Stop sending this file and have the server forget it; no `UploadEnded` comes."""
        ...

    def fetch_file(self, file_id: UUID, thumbnail: bool, path: str | None = None) -> None:
        """Fetch a file to `path`, None: into the cache -> `FileMoved`, at last `FileArrived` or `FileFailed`.

        What is in the cache already arrives at once.
        """
        ...

    def cancel_fetch(self, file_id: UUID) -> None:
        """Stop fetching this file -> nothing; what has arrived of it is removed."""
        ...

    def forget_file(self, file_id: UUID, path: str | None = None) -> None:
        """Nothing of this file is to be kept: it leaves the cache, and is fetched no further. `path`: where it lay when
        it was sent from here; it goes too if the app had made it.
        """
        ...

    def fetch_avatar(self, avatar: str) -> None:
        """Fetch the picture behind a person's `avatar` into the cache -> `AvatarArrived`; nothing if that fails."""
        ...

    def set_avatar(self, data: bytes | None, ask: int) -> None:
        """Take this picture (PNG, JPEG or WebP), None: none -> `Answered(ask, chat_rest.AvatarTaken)` or
        `Refusal("avatar", ..., ask=ask)`.
        """
        ...

    def call(self, call: RestCall[Any], ask: int) -> None:
        """Make a REST call -> `Answered(ask, ...)` or `Refusal(call.about, ..., ask=ask)`."""
        ...


class OutFile(Struct, frozen=True):
    """A file of a message in the outbox; `id` is what it is uploaded under, for ever."""

    id: UUID
    file: LocalFile
    uploaded: bool = False


class Unsent(Struct, frozen=True):
    """A message in the outbox. `number` is its place there: rising, in the order written."""

    id: UUID
    conversation_id: int
    number: int
    text: str
    written_at: int
    reply_to: UUID | None = None
    files: tuple[OutFile, ...] = ()
    failed: Code | None = None
    """Why the server refused it for good; None: it is to be sent."""


class Progress(Struct, frozen=True):
    """How far this computer is in a conversation."""

    known_change: int = 0
    """Every kept message is right as of this change of the conversation."""
    last_seq: int = 0
    """The newest message heard of."""
    read_seq: int = 0
    """How far one has read here, whether the server knows it yet or not."""
    unread: int = 0
    mentions: int = 0
    muted: bool = False


class KeptTalk(Struct, frozen=True):
    """What is kept of a conversation, but for its messages."""

    conversation: Conversation
    progress: Progress = Progress()
    draft: str = ""
    last: Message | None = None
    """Its newest kept message."""


class Kept(Struct, frozen=True):
    """All that is kept of an account, but for messages."""

    account: rest.Account | None = None
    """Who it is; None: nothing is kept yet."""
    talks: tuple[KeptTalk, ...] = ()
    unsent: tuple[Unsent, ...] = ()
    """By `number`."""
    people: tuple[rest.DirectoryEntry, ...] = ()
    """The people as they were last known: names, avatars."""


class History(Protocol):
    """What this computer keeps of one account's conversations. Synchronous; a call takes a few ms at most.

    Nothing is raised: what cannot be read is missing, what cannot be written is not kept, and `failing` says so.
    """

    @property
    def failing(self) -> bool:
        """The last write came to nothing (disk full, no permission)."""
        ...

    @property
    def begun_anew(self) -> int:
        """How often, in this run, what was kept could not be read and was begun anew; the outbox was saved."""
        ...

    def open(self, server: str, email: str) -> Kept:
        """Begin with this account; what is kept of it. Whatever was open before is closed."""
        ...

    def close(self) -> None:
        """End; all that was written is on the disk."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """What is written inside is kept as one or not at all. May be nested: the outermost counts."""
        ...

    def put_account(self, account: rest.Account) -> None:
        """Keep who it is."""
        ...

    def put_people(self, people: Sequence[rest.DirectoryEntry]) -> None:
        """Keep these people, in place of what was kept of them."""
        ...

    def put_talk(self, conversation: Conversation) -> None:
        """Keep a conversation, in place of what was kept of it. How far one is in it stays."""
        ...

    def put_progress(self, conversation_id: int, progress: Progress) -> None:
        """Keep how far one is in a kept conversation."""
        ...

    def drop_talk(self, conversation_id: int) -> None:
        """Remove a conversation with its messages, its draft and its outbox."""
        ...

    def drop_messages(self, conversation_id: int) -> None:
        """Remove a conversation's messages: too much was missed to mend them."""
        ...

    def put_draft(self, conversation_id: int, text: str) -> None:
        """Keep what is written and not sent; empty: nothing."""
        ...

    def put_messages(self, messages: Sequence[Message]) -> None:
        """Keep messages as they are now. An older state (by `change`) never replaces a newer one. Those of the outbox
        leave it in the same step.
        """
        ...

    def messages(self, conversation_id: int, ids: Collection[UUID]) -> list[Message]:
        """Those of these messages that are kept, in any order."""
        ...

    def files(self, conversation_id: int) -> list[UUID]:
        """The files on a conversation's kept messages, in any order. Looks at all of them: 0.1 s for 100,000."""
        ...

    def newest(self, conversation_id: int) -> int:
        """The place of the newest kept message; 0: there is none."""
        ...

    def before(self, conversation_id: int, seq: int, limit: int) -> list[Message]:
        """The kept messages right below `seq`, without a hole, by rising `seq`: empty where `seq - 1` is missing."""
        ...

    def after(self, conversation_id: int, seq: int, limit: int) -> list[Message]:
        """The kept messages right above `seq`, without a hole, by rising `seq`: empty where `seq + 1` is missing."""
        ...

    def put_unsent(self, unsent: Unsent) -> None:
        """Keep a message in the outbox, in place of what was kept under its id. It outlives the app from now on."""
        ...

    def drop_unsent(self, message_id: UUID) -> None:
        """Take a message out of the outbox."""
        ...


def _in_the_middle() -> float:
    return 0.5


class ChatPorts(Struct, frozen=True):
    """All that `Chats` needs from outside."""

    gateway: ChatGateway
    history: History
    chance: Callable[[], float] = _in_the_middle
    """A random number from 0 up to 1, anew each time: how long to wait before trying again."""
