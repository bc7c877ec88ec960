"""All that can be done by a key or from the quick switcher: one table, which also binds the keys.

Decides which key does what. Doing it is the business of whoever hands the deeds to `bind`; keys marked `BY_WIDGET` are
taken by the widget that has the keyboard, and a test holds that they are these.
"""

from collections.abc import Callable, Mapping
from enum import Enum, auto

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from presence_desktop.protocol.status import Status


class Where(Enum):
    """Where a key works; the parts of the sheet."""

    ANYWHERE = auto()
    LIST = auto()
    WRITING = auto()
    MESSAGES = auto()
    PICTURES = auto()


class Way(Enum):
    """Something that can be done."""

    SWITCH = auto()
    SHORTCUTS = auto()
    SETTINGS = auto()
    WHY_AWAY = auto()
    STATUS = auto()
    SEARCH = auto()
    FIND = auto()
    NEW_ROOM = auto()
    PUBLIC_ROOMS = auto()
    NOTES = auto()
    ONLINE = auto()
    AWAY = auto()
    BUSY = auto()
    OFFLINE = auto()
    PICTURE = auto()
    PASSWORD = auto()
    DEVICES = auto()
    SERVER = auto()
    LIGHT = auto()
    DARK = auto()
    AS_SYSTEM = auto()
    ENGLISH = auto()
    KOREAN = auto()
    TO_SERVER = auto()
    ADD_SERVER = auto()
    SIGN_OUT = auto()
    QUIT = auto()
    LIST_SEARCH = auto()
    PREVIOUS = auto()
    NEXT = auto()
    PREVIOUS_UNREAD = auto()
    NEXT_UNREAD = auto()
    ALL_READ = auto()
    OPEN = auto()
    MENU = auto()
    FAVOURITE = auto()
    ROW_UP = auto()
    ROW_DOWN = auto()
    FOLD = auto()
    RENAME = auto()
    REMOVE = auto()
    SEND = auto()
    NEW_LINE = auto()
    EDIT_LAST = auto()
    COMPLETE = auto()
    TO_MESSAGES = auto()
    PAGE = auto()
    LEAVE = auto()
    QUOTED = auto()
    REPLY = auto()
    EDIT = auto()
    REACT = auto()
    PIN = auto()
    COPY = auto()
    DELETE = auto()
    ZOOM_IN = auto()
    ZOOM_OUT = auto()
    FIT = auto()
    TURN = auto()
    SAVE = auto()


KEYS: Mapping[Where, Mapping[Way, tuple[str, ...]]] = {
    Where.ANYWHERE: {
        Way.SWITCH: ("Ctrl+K",),
        Way.SHORTCUTS: ("Ctrl+/",),
        Way.SETTINGS: ("Ctrl+,",),
        Way.STATUS: ("Ctrl+Shift+S",),
        Way.FIND: ("Ctrl+F",),
        Way.SEARCH: ("Ctrl+Shift+F",),
        Way.NEW_ROOM: ("Ctrl+N",),
        Way.TO_SERVER: tuple(f"Ctrl+{place}" for place in range(1, 10)),
        Way.QUIT: ("Ctrl+Q",),
    },
    Where.LIST: {
        Way.LIST_SEARCH: ("Ctrl+L",),
        Way.PREVIOUS: ("Alt+Up",),
        Way.NEXT: ("Alt+Down",),
        Way.PREVIOUS_UNREAD: ("Alt+Shift+Up",),
        Way.NEXT_UNREAD: ("Alt+Shift+Down",),
        Way.ALL_READ: ("Shift+Esc",),
        Way.OPEN: ("Enter",),
        Way.MENU: ("Menu",),
        Way.FAVOURITE: ("Ctrl+D",),
        Way.ROW_UP: ("Ctrl+Shift+Up",),
        Way.ROW_DOWN: ("Ctrl+Shift+Down",),
        Way.FOLD: ("Left", "Right"),
        Way.RENAME: ("F2",),
        Way.REMOVE: ("Del",),
    },
    Where.WRITING: {
        Way.SEND: ("Enter",),
        Way.NEW_LINE: ("Shift+Enter",),
        Way.EDIT_LAST: ("Up",),
        Way.COMPLETE: ("Tab",),
        Way.TO_MESSAGES: ("Ctrl+Up",),
        Way.PAGE: ("PgUp", "PgDown"),
        Way.LEAVE: ("Esc",),
    },
    Where.MESSAGES: {
        Way.QUOTED: ("O",),
        Way.REPLY: ("R",),
        Way.EDIT: ("E",),
        Way.REACT: ("+",),
        Way.PIN: ("P",),
        Way.COPY: ("Ctrl+C",),
        Way.DELETE: ("Del",),
    },
    Where.PICTURES: {
        Way.TURN: ("Left", "Right"),
        Way.ZOOM_IN: ("+",),
        Way.ZOOM_OUT: ("-",),
        Way.FIT: ("0",),
        Way.SAVE: ("S",),
    },
}
"""Every key there is, by where it works."""

STATUSES: Mapping[Way, Status] = {
    Way.ONLINE: Status.ONLINE,
    Way.AWAY: Status.AWAY,
    Way.BUSY: Status.BUSY,
    Way.OFFLINE: Status.OFFLINE,
}
"""The ways that choose a status."""

BOUND = frozenset(KEYS[Where.ANYWHERE]) | {
    Way.LIST_SEARCH,
    Way.PREVIOUS,
    Way.NEXT,
    Way.PREVIOUS_UNREAD,
    Way.NEXT_UNREAD,
    Way.ALL_READ,
}
"""Those that `bind` binds for a window; widgets take the others while they have the keyboard."""


_NATIVE = QKeySequence.SequenceFormat.NativeText
_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def keys_of(way: Way) -> tuple[str, ...]:
    """The keys of a way, as Qt writes them everywhere (`Ctrl+K`); none: it has no key."""
    return next((ways[way] for ways in KEYS.values() if way in ways), ())


def spoken_keys(way: Way) -> list[str]:
    """The keys of a way in words, as this system writes them."""
    return [QKeySequence(key).toString(_NATIVE) for key in keys_of(way)]


def shown_keys(way: Way) -> list[str]:
    """The same as they stand on the keys: arrows are drawn."""
    return [_drawn(key) for key in keys_of(way)]


def _drawn(key: str) -> str:
    before, plus, last = key.rpartition("+")
    if last not in _ARROWS:
        return QKeySequence(key).toString(_NATIVE)
    held = QKeySequence(f"{before}{plus}A").toString(_NATIVE).removesuffix("A")
    return f"{held}{_ARROWS[last]}"


def bind(owner: QWidget, deeds: Mapping[Way, Callable[[], object]]) -> None:
    """From now on the keys of these ways do this, wherever in `owner` the keyboard is."""
    for way, do in deeds.items():
        for key in keys_of(way):
            QShortcut(QKeySequence(key), owner).activated.connect(do)
