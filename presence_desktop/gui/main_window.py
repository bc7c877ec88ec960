"""The one window: which account and which page is shown, and what a person's wishes are handed to.

Places pages and passes on; it holds no rules. What happens on a link is decided in `core`; what needs another room
(hosting, the demo, remembering, further accounts) leaves as a signal for `app`.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from presence_desktop.core.changes import Changes
from presence_desktop.core.client import Client
from presence_desktop.core.hosting import HostReport
from presence_desktop.core.join_link import JoinLink
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.account_pages import AccountPages
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.account_views import AccountViews
from presence_desktop.gui.coming import Coming
from presence_desktop.gui.entrance import Entrance
from presence_desktop.gui.hosting.looking_after import LookingAfter
from presence_desktop.gui.icons import app_icon, unread_icon
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.gui.rail import Rail
from presence_desktop.gui.theme import Scheme
from presence_desktop.gui.ways import Ways
from presence_desktop.gui.words import error_sentence
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.status import Status

if TYPE_CHECKING:
    from presence_desktop.gui.custom_status import CustomForm
    from presence_desktop.gui.host_form import HostForm
    from presence_desktop.gui.hosting.page import HostingPage
    from presence_desktop.gui.sign_in import JoinPage, SignInPage
    from presence_desktop.gui.welcome import WelcomePage

_SIZE = (245 * theme.UNIT, 165 * theme.UNIT)
_LEAST = (90 * theme.UNIT, 120 * theme.UNIT)
_SHARE = 0.9
"""No more of a small screen is taken at first."""


class MainWindow(QMainWindow):
    """Everything there is to see."""

    host_asked = Signal(object)
    """A `HostRequest`."""
    demo_asked = Signal()
    scheme_chosen = Signal(object)
    language_chosen = Signal(object)
    closed = Signal()
    news = Signal(object, object)
    """Of which account (`AccountView`), and what changed just now (`Changes`), after it is shown."""

    def __init__(
        self, client: Client, look: Look, languages: Languages, clock: Clock, *, outgoing: Path | None = None
    ) -> None:
        """`client` is the first account's. `outgoing` is the folder for pictures that were pasted, until they are
        sent; None: none can be.
        """
        super().__init__()
        self._look, self._languages = look, languages
        self.may_close: Callable[[bool], bool] | None = None
        """Asked before the window is closed (True: the app is to end, whatever closing does); False: it stays."""
        self._quitting = False
        self.setWindowIcon(app_icon())
        self.setWindowTitle("Presence Desktop")
        room = self.screen().availableSize() * _SHARE
        self.resize(QSize(*_SIZE).boundedTo(room))
        self.pages = QStackedWidget(self)
        self.pages.setMinimumSize(
            QSize(*_LEAST).boundedTo(room)
        )  # with a rail beside them the window is wider
        self.made = AccountPages(self, look, languages, clock, outgoing)
        self.entrance = Entrance(look, clock, self.made.entrance_gear, self.pages)
        self.accounts = AccountViews(look, self.made.make, self)
        self.accounts.add(client)
        self.looking_after = LookingAfter(self.accounts, look, self.pages)
        self.coming = Coming(self.accounts, self.entrance, self)
        self.ways = Ways(self.accounts, look, languages, clock, self.pages)
        self.rail = Rail(self.accounts, look, self)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.rail)
        row.addWidget(self.pages, 1)
        self.setCentralWidget(middle)
        self._connect()

    # --- accounts ---

    @property
    def account(self) -> AccountView:
        """The account in view."""
        return self.accounts.here

    @property
    def client(self) -> Client:
        """Its mind."""
        return self.account.client

    @property
    def people(self) -> PeoplePage:
        """Its page."""
        return self.account.people

    def resume(self, server: str, account: str) -> None:
        """Go straight to the people, as at the last run."""
        self.people.selector.set_name(account)
        self.account.resume(server, account)
        self.people.focus()

    def take(self, batch: object) -> None:
        """News for the account in view."""
        self.account.take(batch)

    def refresh(self, changes: Changes) -> None:
        """Show what changed in the account in view."""
        self.account.refresh(changes)

    def drop(self, view: AccountView) -> None:
        """Show an account no more."""
        in_view, page = view is self.account, view.page
        self.accounts.drop(view)
        if in_view:
            self.coming.open(self.account)
        if page is not None:
            self.made.remove(page)

    # --- what app tells ---

    def tell(self, code: Code) -> None:
        """Something is amiss on this computer: said on the first page too, where the person may still be."""
        self.account.notify(partial(error_sentence, code))
        if not self.pages.count() or self.pages.currentWidget() is self.welcome:
            self.show_welcome(partial(error_sentence, code))

    def come_forward(self) -> None:
        """Be in front of the other windows, wherever it was."""
        self.setWindowState(
            (self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
        )
        self.show()
        self.raise_()
        self.activateWindow()

    def quit(self) -> None:
        """End the app, whatever closing the window does."""
        self._quitting = True
        self.close()

    def open_talk(self, talk_id: int) -> None:
        """Show a conversation of the account in view, ready to write."""
        if self.client.chats.get(talk_id) is not None:
            self.pages.setCurrentWidget(self.people)
            self.people.open_talk(talk_id)

    def open_join(self, link: JoinLink | None = None, trouble: str = "") -> None:
        """The page to join, filled in as far as a link told; `trouble` is what was wrong with it. Whoever is on that
        server already is shown it.
        """
        if link is not None and self.coming.is_there(link):
            return
        self.accounts.turn_to(self.accounts.blank())
        self.join.follow(link)
        self.entrance.open(self.join)
        self.join.set_error(trouble)

    def show_hosting(self, report: HostReport) -> None:
        """How the server on this computer stands."""
        self.looking_after.show_report(report)
        self.entrance.show_hosting(report)

    def show_owner_ready(self, url: str, email: str, password: str) -> None:
        """The server runs and has its owner: sign the owner in, with the invite in view."""
        self.looking_after.invite_when_ready()
        self.coming.sign_in_owner(url, email, password)

    def show_waiting_for_demo(self) -> None:
        """The stage is being set."""
        self.coming.forget_try()
        self.pages.setCurrentWidget(self.entrance.waiting)

    def show_welcome(self, trouble: Callable[[], str] | None = None) -> None:
        """Back to the beginning, with what gives the words for what went wrong, if anything."""
        self.entrance.show_welcome(trouble, way_back=bool(self.accounts.signed_in))

    # --- pages ---

    @property
    def welcome(self) -> "WelcomePage":
        """See `Entrance`; so are the next ones."""
        return self.entrance.welcome

    @property
    def sign_in(self) -> "SignInPage":
        """For an account that there is."""
        return self.entrance.sign_in

    @property
    def join(self) -> "JoinPage":
        """For a new account."""
        return self.entrance.join

    @property
    def host_form(self) -> "HostForm":
        """For the first account of a server here."""
        return self.entrance.host_form

    @property
    def hosting(self) -> "HostingPage":
        """The server on this computer; see `LookingAfter`."""
        return self.looking_after.hosting

    @property
    def all_pages(self) -> tuple[QWidget, ...]:
        """Every page there can be, made now at the latest."""
        return *self.entrance.all, self.hosting, self.looking_after.elsewhere, self.people

    # --- events ---

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if not self.pages.count():
            self.show_welcome()
        super().showEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as it does in dialogs."""
        focused = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focused, QToolButton) and focused.menu() is not None:
            focused.showMenu()
        elif isinstance(focused, QPushButton | QToolButton):
            focused.click()
        elif isinstance(focused, QCheckBox):
            self.entrance.submit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Whoever looks away finds the line *new* above what came since."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            window = self.client.chats.window
            if window is not None:
                self.refresh(window.draw_line())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        quitting, self._quitting = self._quitting, False
        if self.may_close is not None and not self.may_close(quitting):
            event.ignore()
            return
        self.accounts.stop()
        super().closeEvent(event)
        self.closed.emit()

    # --- wiring ---

    def _connect(self) -> None:
        entrance = self.entrance
        entrance.host_chosen.connect(self._go_host)
        entrance.demo_chosen.connect(self.demo_asked)
        entrance.host_asked.connect(self.host_asked)
        entrance.begin_asked.connect(lambda: self.show_welcome())
        entrance.back.connect(self.coming.back)
        self.accounts.news.connect(self._take_news)
        self.accounts.turned.connect(self.ways.start_over)
        self.looking_after.changed.connect(self.made.offer_hosting)
        self.looking_after.back.connect(self.coming.back)
        self.looking_after.sign_in_asked.connect(self.coming.sign_in_to)
        self.made.take_commands(self.ways)
        self.ways.status_chosen.connect(lambda status: self.pick(status, None))
        self.ways.people_wanted.connect(self.show_people)
        self.ways.account_wanted.connect(self.coming.open)
        self.rail.opened.connect(self.coming.open)
        self.accounts.turned.connect(self._show_title)
        self.rail.add_asked.connect(self.coming.add)

    # --- wishes ---

    def pick(self, status: Status, until: int | None) -> None:
        """Choose a status by hand."""
        for view in self.accounts.chosen_for:
            view.refresh(view.client.set_status(status, until))

    def pick_custom(self, form: "CustomForm") -> None:
        """Say something beside the status."""
        for view in self.accounts.chosen_for:
            view.refresh(view.client.set_custom(form.text, form.emoji, form.until))

    def choose_scheme(self, scheme: Scheme) -> None:
        """Light, dark, or as the system."""
        self._look.set_scheme(scheme)
        self.scheme_chosen.emit(scheme)

    def choose_language(self, language: Language) -> None:
        """From now on it is spoken."""
        self._languages.choose(language)
        self.language_chosen.emit(language)

    # --- pages ---

    @property
    def at_the_entrance(self) -> bool:
        """Whether what is in view is for whoever is not signed in (yet)."""
        page = self.pages.currentWidget()
        return page is None or self.entrance.has(page)

    def show_people(self) -> None:
        """The people of the account in view."""
        self.pages.setCurrentWidget(self.people)

    def show_own_server(self) -> None:
        """The server on this computer."""
        self.pages.setCurrentWidget(self.hosting)
        self.hosting.focus()

    def show_hosting_page(self) -> None:
        """The server on this computer, or the one that the account in view looks after."""
        self.looking_after.open()

    def _take_news(self, view: AccountView, changes: Changes) -> None:
        if changes.talks or changes.talks_moved or changes.connection:
            self._show_title()
        self.news.emit(view, changes)

    def _show_title(self) -> None:
        """The title and the icon in the task bar tell how much is unread; the title, what the server calls itself."""
        unread, connection = self.accounts.unread, self.client.connection
        called = f"{connection.server_name} · " if connection.signed_in and connection.server_name else ""
        self.setWindowTitle(f"{f'({unread}) ' if unread else ''}{called}Presence Desktop")
        self.setWindowIcon(unread_icon(str(unread) if unread < 100 else "99+") if unread else app_icon())

    def _go_host(self) -> None:
        if self.looking_after.report is not None:
            self.show_own_server()
        else:
            self.entrance.open(self.host_form)
