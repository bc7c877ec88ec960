"""The demo: a stage with simulated colleagues, and an account of its own on it; both are gone when it is left."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from presence_desktop.app.account import Account
from presence_desktop.app.accounts import Accounts
from presence_desktop.app.demo.cast import ME, PASSWORD
from presence_desktop.app.demo.stage import Stage
from presence_desktop.core.hosting import HostReport
from presence_desktop.gui.host_words import trouble_sentence
from presence_desktop.gui.main_window import MainWindow


class Playing(QObject):
    """One per app, with one demo at a time."""

    def __init__(self, accounts: Accounts, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._accounts, self._window = accounts, window
        self._account: Account | None = None
        self._stage = Stage(self)
        self._stage.ready.connect(self._enter)
        self._stage.failed.connect(self._failed)
        accounts.play_over.connect(lambda: QTimer.singleShot(0, self, self._leave))

    @property
    def running(self) -> bool:
        """Whether there is a demo now."""
        return self._stage.running

    def open(self) -> None:
        """Begin one, or show the one there is."""
        if self._account is not None:
            self._window.coming.open(self._account.view)
            return
        account = self._account = self._accounts.blank()
        self._window.accounts.turn_to(account.view)
        self._window.show_waiting_for_demo()
        account.play(self._stage.open())

    def end(self) -> None:
        """The app ends: so does the stage."""
        self._stage.close()

    def _enter(self, url: str) -> None:
        if self._account is not None:
            view = self._account.view
            view.refresh(view.client.sign_in(url, ME.email, PASSWORD))

    def _failed(self, report: HostReport) -> None:
        self._leave()
        self._window.show_welcome(partial(trouble_sentence, report))

    def _leave(self) -> None:
        if self._account is not None:
            account, self._account = self._account, None
            self._accounts.drop(account)
        self._stage.close()
