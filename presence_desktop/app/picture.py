"""`--screenshot PATH`: a picture of the window once it is populated, and a word on where things are."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from presence_desktop.core.chat.chats import Chats
from presence_desktop.gui.main_window import MainWindow

_LOOK_MS = 100
_CALM_MS = 700
"""The list has to stay as long as this before it counts as populated."""
_SHOWN_MS = 1_500
"""So long a conversation is open before the picture is taken: its own pictures have arrived then."""


def _mentioned(chats: Chats, talk_id: int) -> bool:
    talk = chats.get(talk_id)
    return talk is not None and talk.mentions > 0


class Picture(QObject):
    """Waits, takes the picture, says so once."""

    def __init__(self, window: MainWindow, path: Path, at_least: int, say: Callable[[str], object]) -> None:
        """`at_least` people have to be listed; 0: the window as it comes up."""
        super().__init__(window)
        self._window, self._path, self._at_least, self._say = window, path, at_least, say
        self._calm = 0
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._try)
        self._look.start()

    def _try(self) -> None:
        self._calm = self._calm + _LOOK_MS if self._populated() else 0
        if self._calm == _CALM_MS and self._at_least:
            self._open_a_conversation()
        if self._calm >= (_CALM_MS + _SHOWN_MS if self._at_least else _CALM_MS):
            self._look.stop()
            self._take()

    def _populated(self) -> bool:
        if not self._at_least:
            return self._window.isVisible()
        client = self._window.client
        there = client.connection.link_known and client.chats.known
        return there and self._window.people.contacts.model.rowCount() >= self._at_least

    def _open_a_conversation(self) -> None:
        """The one in which oneself was mentioned, else the newest."""
        chats = self._window.client.chats
        talks = sorted(chats.ids(), key=lambda talk_id: not _mentioned(chats, talk_id))
        if talks:
            self._window.people.open_talk(talks[0])

    def _take(self) -> None:
        picture = self._window.screen().grabWindow(self._window.winId())
        if picture.isNull():  # no screen to grab from, as under the offscreen platform
            picture = self._window.grab()
        saved = picture.save(str(self._path))
        self._say(
            f"Screenshot: {self._path}" if saved else f"The screenshot could not be written: {self._path}"
        )
        if self._window.client.server:
            self._say(f"Server: {self._window.client.server}")
        self._say("The app goes on; Ctrl-C ends it.")
