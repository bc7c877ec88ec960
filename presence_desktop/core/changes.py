"""What one step of the client changed, for whoever paints. Views decide what to do with it."""

from uuid import UUID

from msgspec import Struct

from presence_desktop.core.chat.window_news import WindowNews
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.wire import Wire


class Notice(Struct, frozen=True):
    """Something to tell the person, in the window's own words: `code`, and the event it is about, if any."""

    code: Code
    about: str | None = None
    """The refused event's name (`status:update`, `status:custom`); None when it is about the app itself."""


class Outcome(Struct, frozen=True):
    """How an ask ended whose number was `Changes.asked`: with an answer, or with the code of what hindered it."""

    ask: int
    about: str
    """The event's name; `search`, `avatar` where there is none."""
    answer: Wire | None = None
    """`DmOpened`, `RoomUpdated`, `RoomRemoved`, `RoomDirectory`, `MessageChanged`, `MessagePage` (pins),
    `chat_rest.Found` (search), `chat_rest.AvatarTaken`: as the verb of `Chats` says.
    """
    code: Code | None = None
    """None: it was done."""


class Lost(Struct, frozen=True):
    """A conversation one is no longer in, by no wish made here; nothing of it stays on this computer."""

    title: str | None
    """A room's; None for a direct conversation."""
    other: int | None
    """The other person of a direct conversation."""
    texts: tuple[str, ...]
    """What one had written there that the server did not get: what waited to be sent, then the draft."""
    by: int | None = None
    """Who put one out, where the server said so: it does to those who are here when it happens."""


class Changes(Struct, frozen=True):
    """What differs after a step. Nothing else may have changed on the screen."""

    people: frozenset[int] = frozenset()
    """The contacts whose paint changed, by user id."""
    everyone: bool = False
    """All contacts' paint changed (the link was lost or found, a whole picture arrived); `people` then says nothing."""
    reordered: bool = False
    """`order.stale`: rows wait to move, come or go; they do so in `order.settle()` or `order.take()`, not before."""
    own: bool = False
    """The own card: `own`, `me`."""
    connection: bool = False
    """`connection`: the state, its reason, the next try."""
    notices: tuple[Notice, ...] = ()
    chat: WindowNews = ()
    """What happened to the rows of `chats.window`, step by step."""
    window: bool = False
    """Something about the window that is no row: another conversation is open or none, `loading_*`, `has_*`, `error`,
    who has it open (`chats.here`).
    """
    talks: frozenset[int] = frozenset()
    """The conversations whose entry in the list changed, came or went."""
    talks_moved: bool = False
    """`chats.ids()` gives another order or other conversations."""
    files: frozenset[UUID] = frozenset()
    """The files on messages of which `chats.file(id)` says something else."""
    asked: int | None = None
    """The number of the ask this call began; its `Outcome` comes later, exactly one."""
    outcomes: tuple[Outcome, ...] = ()
    lost: tuple[Lost, ...] = ()
    """Rooms one was put out of, now or while away; direct conversations only where something was written in them."""

    def __bool__(self) -> bool:
        return any(getattr(self, field) not in _NOTHING for field in self.__struct_fields__)


_NOTHING: tuple[object, ...] = (frozenset(), False, (), None)
