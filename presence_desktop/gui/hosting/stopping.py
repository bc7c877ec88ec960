"""Asks before the server on this computer stops while others are connected to it, with how many they are.

Decides the words only; whether anybody else is there is told.
"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from presence_desktop.gui.confirm import confirmed


class Stopping(QObject):
    """The questions, over a window; nobody is asked where nobody loses anything.

    It is nobody's child: with whoever asked it is gone.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window

    def may_stop(self, others: int) -> bool:
        """Whether the server may stop, with so many others connected to it."""
        question = self.tr("Stop the server for everybody?")
        told = self.tr("They come back by themselves when you start the server again.")
        return not others or confirmed(
            self._window, question, f"{self._lose(others)} {told}", self.tr("Stop the server")
        )

    def may_quit(self, others: int) -> bool:
        """Whether the app may end, and its server with it."""
        question = self.tr("Quit, and stop the server for everybody?")
        told = self.tr("The server on this computer ends with the app.")
        return not others or confirmed(
            self._window, question, f"{told} {self._lose(others)}", self.tr("Quit")
        )

    def _lose(self, others: int) -> str:
        return self.tr("%n other people are connected and lose the connection.", "", others)
