"""Takes questions about servers to the person, and the answers to where they are kept.

Decides when a question is asked (once, while the window can be seen) and what is tried again after a yes.
"""

from PySide6.QtCore import QObject

from presence_desktop.app.account import Account
from presence_desktop.core.client import Client
from presence_desktop.core.connection import LinkState
from presence_desktop.core.trust import Pins, Question
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.lock_mark import LockMark
from presence_desktop.gui.look import Look
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.gui.server_key import ServerKeyDialog
from presence_desktop.gui.sign_in import ServerForm
from presence_desktop.gui.trust_dialog import TrustDialog


class Trusting(QObject):
    """Asks about servers in the window."""

    def __init__(self, window: MainWindow, pins: Pins, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._pins, self._look = window, pins, look
        self._declined: Question | None = None
        self._asked_for: Client | None = None
        """Whose question is open."""
        self._heard: set[ServerForm] = set()
        self.dialog: TrustDialog | None = None
        self.details: ServerKeyDialog | None = None

    def attend(self, account: Account) -> None:
        """This account is there from now on."""
        view, client = account.view, account.client
        view.news.connect(lambda changes: self.look(client) if changes.connection else None)
        view.made.connect(lambda page: self._mark(view, page))
        if view.page is not None:
            self._mark(view, view.page)

    def look(self, client: Client) -> None:
        """How things stand with this account may have changed: ask what is to be asked."""
        self._hear_form()
        question = client.connection.question
        if client is self._asked_for and self.dialog is not None and question != self.dialog.question:
            self._close()  # nobody needs the answer any more
        if question is None or question is self._declined or self.dialog is not None:
            return
        if self._is_answered(question) and client.connection.state is not LinkState.SIGNED_OUT:
            client.reconnect_now()  # a try that was under way while the answer was given
            return
        self._asked_for = client
        dialog = self.dialog = TrustDialog(self._look, question, self._window)
        dialog.accepted.connect(lambda: self._agreed(client, question))
        dialog.rejected.connect(lambda: self._declined_it(question))
        dialog.open()

    def show_key(self, server: str) -> None:
        """By what a server is recognised."""
        self.details = ServerKeyDialog(self._look, self._pins, server, self._window)
        self.details.finished.connect(self.details.deleteLater)
        self.details.open()

    def _mark(self, view: AccountView, page: PeoplePage) -> None:
        mark = LockMark(view.client, view.look, self._pins)
        mark.asked.connect(self.show_key)
        view.news.connect(lambda changes: mark.refresh() if changes.connection else None)
        page.add_foot(mark)

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
        if client.connection.question != question:  # somebody signed out, or in elsewhere
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

    def _is_answered(self, question: Question) -> bool:
        known = self._pins.known(question.server)
        return (
            known is not None
            and question.fingerprint is not None
            and known.fingerprint == question.fingerprint
        )

    def _close(self) -> None:
        dialog, self.dialog, self._asked_for = self.dialog, None, None
        if dialog is not None:
            dialog.hide()
            dialog.deleteLater()
