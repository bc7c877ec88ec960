"""Takes questions about servers to the person, and the answers to where they are kept.

Decides when a question is asked (once, while the window can be seen) and what is tried again after a yes.
"""

from PySide6.QtCore import QObject

from presence_desktop.core.client import Client
from presence_desktop.core.connection import LinkState
from presence_desktop.core.trust import Pins, Question
from presence_desktop.gui.look import Look
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.gui.server_key import ServerKeyDialog
from presence_desktop.gui.sign_in import ServerForm
from presence_desktop.gui.trust_dialog import TrustDialog


class Trusting(QObject):
    """Asks about servers in the window."""

    def __init__(self, window: MainWindow, pins: Pins, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._pins, self._look = window, pins, look
        self._declined: Question | None = None
        self._heard: set[ServerForm] = set()
        self.dialog: TrustDialog | None = None
        self.details: ServerKeyDialog | None = None

    def look(self, client: Client) -> None:
        """How things stand with this account may have changed: ask what is to be asked."""
        self._hear_form()
        question = client.connection.question
        if question is None or question is self._declined or self.dialog is not None:
            return
        dialog = self.dialog = TrustDialog(self._look, question, self._window)
        dialog.accepted.connect(lambda: self._agreed(client, question))
        dialog.rejected.connect(lambda: self._declined_it(question))
        dialog.open()

    def show_key(self, server: str) -> None:
        """By what a server is recognised."""
        self.details = ServerKeyDialog(self._look, self._pins, server, self._window)
        self.details.finished.connect(self.details.deleteLater)
        self.details.open()

    def _hear_form(self) -> None:
        form = self._window.pages.currentWidget()
        if isinstance(form, ServerForm) and form not in self._heard:
            self._heard.add(form)
            form.key_asked.connect(self.show_key)

    def _declined_it(self, question: Question) -> None:
        self._close()
        self._declined = question

    def _agreed(self, client: Client, question: Question) -> None:
        self._close()
        if client.connection.question is not question:  # somebody signed out, or in elsewhere
            return
        if question.fingerprint is None:
            self._pins.allow_plain(question.server)
        else:
            self._pins.trust(question.server, question.fingerprint)
        form = self._window.pages.currentWidget()
        if client.connection.state is not LinkState.SIGNED_OUT:
            client.reconnect_now()
        elif isinstance(form, ServerForm):
            if question.fingerprint is None:
                form.lead_to(question.server)
            form.submit()

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
