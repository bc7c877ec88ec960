"""What a second start and a `presence://` link do: the window comes forward, the page to join is filled in.

Decides when: whoever is signed in stays so, and finds the page filled in after signing out.
"""

from PySide6.QtCore import QCoreApplication, QObject, Qt

from presence_desktop.core.connection import LinkState
from presence_desktop.core.join_link import JoinLink, read_join_link
from presence_desktop.gui.main_window import MainWindow

_tr = QCoreApplication.translate


class JoinByLink(QObject):
    """Takes links to the window."""

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._waiting: JoinLink | None = None
        window.signed_out.connect(self._free, Qt.ConnectionType.QueuedConnection)  # the welcome page first

    def called(self, link: str) -> None:
        """The app was started once more, with a link perhaps."""
        self._window.come_forward()
        if link:
            self.take(link)

    def take(self, text: str) -> None:
        """Somebody followed a link."""
        link = read_join_link(text)
        if self._window.client.connection.state is not LinkState.SIGNED_OUT:
            self._waiting = link
            self._window.people.notify(self._stay_sentence() if link else self._wrong_sentence())
        elif link is None:
            self._window.open_join(trouble=self._wrong_sentence())
        else:
            self._window.open_join(link)

    def _free(self) -> None:
        if self._waiting is not None:
            link, self._waiting = self._waiting, None
            self._window.open_join(link)

    def _stay_sentence(self) -> str:
        return _tr("joining", "You are signed in already. To join with the link you opened, sign out first.")

    def _wrong_sentence(self) -> str:
        return _tr("joining", "The link you opened is not complete. Ask for the address and the invite code.")
