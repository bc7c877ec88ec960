"""What everything that can be done is called, in the switcher and on the sheet of shortcuts; and its picture."""

from PySide6.QtCore import QCoreApplication

from presence_desktop.gui.shortcuts import Way, Where

_tr = QCoreApplication.translate

ICONS: dict[Way, str] = {
    Way.NEW_ROOM: "plus",
    Way.PUBLIC_ROOMS: "globe",
    Way.SEARCH: "search",
    Way.NOTES: "edit",
    Way.ALL_READ: "check",
    Way.STATUS: "smile",
    Way.PICTURE: "image",
    Way.PASSWORD: "lock",
    Way.DEVICES: "screen",
    Way.SETTINGS: "settings",
    Way.WHY_AWAY: "info",
    Way.SHORTCUTS: "keyboard",
    Way.SERVER: "host",
    Way.LIGHT: "sun",
    Way.DARK: "moon",
    Way.AS_SYSTEM: "screen",
    Way.ENGLISH: "language",
    Way.KOREAN: "language",
    Way.ADD_SERVER: "plus",
    Way.SIGN_OUT: "sign-out",
    Way.QUIT: "quit",
}
"""The icons of what the switcher offers; statuses are shown by their dots."""


def way_words(way: Way) -> str:
    """A way, as a short sentence without a full stop."""
    return _command_words().get(way) or _key_words()[way]


def place_words(where: Where) -> str:
    """A part of the sheet."""
    return {
        Where.ANYWHERE: _tr("ways", "Anywhere"),
        Where.LIST: _tr("ways", "In the list"),
        Where.WRITING: _tr("ways", "While writing"),
        Where.MESSAGES: _tr("ways", "On a message"),
        Where.PICTURES: _tr("ways", "Looking at a picture"),
    }[where]


def _command_words() -> dict[Way, str]:
    return {
        Way.SWITCH: _tr("ways", "Go to a person, a room or a command"),
        Way.SHORTCUTS: _tr("ways", "Keyboard shortcuts"),
        Way.SETTINGS: _tr("ways", "Settings"),
        Way.WHY_AWAY: _tr("ways", "Why do I look away?"),
        Way.STATUS: _tr("ways", "Choose your status"),
        Way.SEARCH: _tr("ways", "Search in all messages"),
        Way.FIND: _tr("ways", "Search in this conversation"),
        Way.NEW_ROOM: _tr("ways", "New room"),
        Way.PUBLIC_ROOMS: _tr("ways", "Public rooms"),
        Way.NOTES: _tr("ways", "Notes to yourself"),
        Way.ALL_READ: _tr("ways", "Mark all conversations as read"),
        Way.ONLINE: _tr("ways", "Status: online"),
        Way.AWAY: _tr("ways", "Status: away"),
        Way.BUSY: _tr("ways", "Status: busy"),
        Way.OFFLINE: _tr("ways", "Status: appear offline"),
        Way.PICTURE: _tr("ways", "Your picture"),
        Way.PASSWORD: _tr("ways", "Change your password"),
        Way.DEVICES: _tr("ways", "Where you are signed in"),
        Way.SERVER: _tr("ways", "Your server"),
        Way.LIGHT: _tr("ways", "Light theme"),
        Way.DARK: _tr("ways", "Dark theme"),
        Way.AS_SYSTEM: _tr("ways", "Theme as the system"),
        Way.ENGLISH: "English",
        Way.KOREAN: "한국어",
        Way.ADD_SERVER: _tr("ways", "Add a server"),
        Way.SIGN_OUT: _tr("ways", "Sign out"),
        Way.QUIT: _tr("ways", "Quit"),
    }


def _key_words() -> dict[Way, str]:
    return {
        Way.TO_SERVER: _tr("ways", "Go to a server, by its place"),
        Way.LIST_SEARCH: _tr("ways", "Find in the list"),
        Way.PREVIOUS: _tr("ways", "Previous conversation"),
        Way.NEXT: _tr("ways", "Next conversation"),
        Way.PREVIOUS_UNREAD: _tr("ways", "Previous unread conversation"),
        Way.NEXT_UNREAD: _tr("ways", "Next unread conversation"),
        Way.OPEN: _tr("ways", "Open"),
        Way.MENU: _tr("ways", "What can be done with it"),
        Way.FAVOURITE: _tr("ways", "Add to the favourites, or remove from them"),
        Way.ROW_UP: _tr("ways", "Move up, into the section above too"),
        Way.ROW_DOWN: _tr("ways", "Move down, into the section below too"),
        Way.FOLD: _tr("ways", "Fold and unfold a section"),
        Way.RENAME: _tr("ways", "Rename a section"),
        Way.REMOVE: _tr("ways", "Remove a section"),
        Way.SEND: _tr("ways", "Send"),
        Way.NEW_LINE: _tr("ways", "New line"),
        Way.EDIT_LAST: _tr("ways", "Edit your last message, while nothing is written"),
        Way.COMPLETE: _tr("ways", "Take the name or emoji that is offered"),
        Way.TO_MESSAGES: _tr("ways", "To the messages"),
        Way.PAGE: _tr("ways", "Scroll the messages"),
        Way.LEAVE: _tr("ways", "Leave what was begun, then the conversation"),
        Way.QUOTED: _tr("ways", "Go to what it answers"),
        Way.REPLY: _tr("ways", "Reply"),
        Way.EDIT: _tr("ways", "Edit"),
        Way.REACT: _tr("ways", "React"),
        Way.PIN: _tr("ways", "Pin or unpin"),
        Way.COPY: _tr("ways", "Copy text"),
        Way.DELETE: _tr("ways", "Delete"),
        Way.TURN: _tr("ways", "Previous and next picture"),
        Way.ZOOM_IN: _tr("ways", "Larger"),
        Way.ZOOM_OUT: _tr("ways", "Smaller"),
        Way.FIT: _tr("ways", "Whole picture or full size"),
        Way.SAVE: _tr("ways", "Save"),
    }
