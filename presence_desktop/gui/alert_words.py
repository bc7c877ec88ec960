"""What notifications say: who, where, what; without the text where the person wants it so.

Decides the wording only; what is worth telling `core.notifying` decides.
"""

from PySide6.QtCore import QCoreApplication

from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.gui.rooms.talk_words import message_line, name_of, talk_title
from presence_desktop.protocol.chat import Kind

_tr = QCoreApplication.translate


def talk_alert(client: Client, talk: Talk, *, texts: bool) -> tuple[str, str]:
    """Title and text for what is new in a conversation; `texts` False: what was written is not shown."""
    title = talk_title(client, talk)
    if talk.unread > 1:
        title = f"{title} ({talk.unread})"
    last = talk.last
    me = client.me.user_id if client.me is not None else None
    if last is None or last.sender_id == me:
        return title, _tr("alerts", "Something new")
    sender = name_of(client, last.sender_id)
    if not texts:
        return title, _tr("alerts", "{name} wrote something").format(name=sender)
    line = message_line(last)
    return title, f"{sender}: {line}" if talk.kind is Kind.ROOM else line


def back_alert(client: Client, user_id: int) -> tuple[str, str]:
    """Title and text for somebody who is back."""
    return (
        _tr("alerts", "{name} is back").format(name=name_of(client, user_id)),
        _tr("alerts", "Online now. You wanted to be told."),
    )


def hidden_alert(*, hosting: bool = False) -> tuple[str, str]:
    """Title and text when the window was closed and the app goes on; `hosting`: and a server with it."""
    if hosting:
        text = _tr(
            "alerts",
            "Presence Desktop goes on in the tray, and your server with it. To end both, choose Quit there.",
        )
    else:
        text = _tr(
            "alerts",
            "Presence Desktop goes on in the tray, so that you get messages. To end it, choose Quit there.",
        )
    return _tr("alerts", "Still here"), text


def open_word() -> str:
    """The button that opens what a notification is about."""
    return _tr("alerts", "Open")


def reply_word() -> str:
    """The button to answer."""
    return _tr("alerts", "Reply")


def read_word() -> str:
    """The button that needs no look."""
    return _tr("alerts", "Mark as read")
