"""A conversation one is no longer in, in words."""

from PySide6.QtCore import QCoreApplication

from presence_desktop.core.changes import Lost
from presence_desktop.core.client import Client
from presence_desktop.gui.rooms.talk_words import name_of

_tr = QCoreApplication.translate


def lost_sentence(client: Client, lost: Lost) -> str:
    """What happened, by whom if that is known, and whether something one wrote is left over."""
    if lost.title is None:
        words = _tr("talks", "The conversation with {name} is no longer there. What you wrote was not sent.")
        return words.format(name=name_of(client, lost.other))
    words = {
        (False, False): _tr("talks", "You are no longer in “{room}”."),
        (False, True): _tr("talks", "You are no longer in “{room}”. What you wrote there was not sent."),
        (True, False): _tr("talks", "{name} took you out of “{room}”."),
        (True, True): _tr("talks", "{name} took you out of “{room}”. What you wrote there was not sent."),
    }[lost.by is not None, bool(lost.texts)]
    return words.format(room=lost.title, name=name_of(client, lost.by))
