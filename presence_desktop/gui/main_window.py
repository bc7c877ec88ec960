"""The one window: which page is shown, and what a person's wishes are handed to.

Places pages and passes on; it holds no rules. What happens on the link is decided in `core`; what needs another
room (hosting, the demo, remembering) leaves as a signal for `app`.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QMainWindow, QPushButton, QStackedWidget, QToolButton, QWidget
from typing_extensions import override

from presence_desktop.core.changes import Changes
from presence_desktop.core.client import Client
from presence_desktop.core.connection import LinkState
from presence_desktop.core.hosting import HostReport, HostState
from presence_desktop.core.incoming import SignInFailed
from presence_desktop.core.join_link import JoinLink
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.custom_status import CustomForm
from presence_desktop.gui.form import FormPage
from presence_desktop.gui.host_form import HostForm
from presence_desktop.gui.host_words import trouble_sentence
from presence_desktop.gui.hosting_page import HostingPage
from presence_desktop.gui.icons import app_icon, unread_icon
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.gui.settings_menu import SettingsButton
from presence_desktop.gui.sign_in import JoinForm, JoinPage, SignInForm, SignInPage
from presence_desktop.gui.theme import Scheme
from presence_desktop.gui.waiting_page import WaitingPage
from presence_desktop.gui.ways import Ways
from presence_desktop.gui.welcome import WelcomePage
from presence_desktop.gui.words import error_sentence
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.limits import HEARTBEAT_SECONDS
from presence_desktop.protocol.status import Status

_SIZE = (245 * theme.UNIT, 165 * theme.UNIT)
_LEAST = (100 * theme.UNIT, 100 * theme.UNIT)
_SHARE = 0.9
"""No more of a small screen is taken at first."""


class MainWindow(QMainWindow):
    """Everything there is to see."""

    host_asked = Signal(object)
    """A `HostRequest`."""
    host_start_asked = Signal()
    host_stop_asked = Signal()
    host_reach_asked = Signal(bool)
    """Whether the network may reach the server from now on."""
    invite_asked = Signal()
    demo_asked = Signal()
    signed_in = Signal(str, str)
    """The server and the account to remember."""
    signed_out = Signal()
    scheme_chosen = Signal(object)
    language_chosen = Signal(object)
    closed = Signal()
    news = Signal(object)
    """What changed just now (`Changes`), after it is shown."""

    def __init__(
        self, client: Client, look: Look, languages: Languages, clock: Clock, *, outgoing: Path | None = None
    ) -> None:
        """`outgoing` is the folder for pictures that were pasted, until they are sent; None: none can be."""
        super().__init__()
        self.client, self._look, self._languages = client, look, languages
        self.stays: Callable[[], bool] | None = None
        """Asked before the window is closed: whether the app goes on without it (it is hidden or minimised then)."""
        self._quitting = False
        self._asked_from: FormPage | None = None
        self._was_in = False
        self._hosting = False
        self.setWindowIcon(app_icon())
        self.setWindowTitle("Presence Desktop")
        self.setMinimumSize(*_LEAST)
        self.resize(QSize(*_SIZE).boundedTo(self.screen().availableSize() * _SHARE))
        self._gears = [SettingsButton(look, languages, signed_in=signed_in) for signed_in in (False, True)]
        self.welcome = WelcomePage(look, self._gears[0])
        self.sign_in = SignInPage(look)
        self.join = JoinPage(look, clock)
        self.host_form = HostForm(look)
        self.hosting = HostingPage(look)
        self.waiting = WaitingPage(look)
        self.people = PeoplePage(client, look, clock, self._gears[1], outgoing)
        self.pages = QStackedWidget(self)
        self.ways = Ways(client, look, languages, clock, self.people, self.pages)
        for page in self._all_pages():
            self.pages.addWidget(page)
        self.setCentralWidget(self.pages)
        self.welcome.setFocus()
        self._connect_pages()
        self._connect_wishes()
        self._heartbeat = QTimer(self)
        self._heartbeat.setInterval(HEARTBEAT_SECONDS * 1000)
        self._heartbeat.timeout.connect(self._tick)
        self._heartbeat.start()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(lambda: self.refresh(client.chats.tick()))
        self._second.start()
        look.faces.attach(client.avatar_path)

    # --- what app tells ---

    def resume(self, server: str, account: str) -> None:
        """Go straight to the people, as at the last run."""
        self.people.selector.set_name(account)
        self.sign_in.prefill(server, account)
        self.refresh(self.client.resume(server, account))

    def take(self, batch: object) -> None:
        """News from the bridge."""
        if isinstance(batch, tuple):
            self.refresh(self.client.apply(batch))

    def refresh(self, changes: Changes) -> None:
        """Show what changed."""
        if changes.connection:
            self._follow_connection()
        self.people.refresh(changes)
        if changes.talks or changes.talks_moved or changes.connection:
            self._count_unread()
        for notice in changes.notices:
            self.people.notify(partial(error_sentence, notice.code))
        self.news.emit(changes)

    def tell(self, code: Code) -> None:
        """Something is amiss on this computer: said on the first page too, where the person may still be."""
        self.people.notify(partial(error_sentence, code))
        if self.pages.currentWidget() is self.welcome:
            self.show_welcome(error_sentence(code))

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
        """Show a conversation, ready to write."""
        if self.client.chats.get(talk_id) is not None:
            self.pages.setCurrentWidget(self.people)
            self.people.open_talk(talk_id)

    def open_join(self, link: JoinLink | None = None, trouble: str = "") -> None:
        """The page to join, filled in as far as a link told; `trouble` is what was wrong with it."""
        self.join.follow(link)
        self._open(self.join)
        self.join.set_error(trouble)

    def show_hosting(self, report: HostReport) -> None:
        """How the server on this computer stands."""
        self._hosting = report.state is not HostState.STOPPED or self._hosting
        self.hosting.show_report(report)
        self.ways.hosting = self._hosting
        for gear in self._gears:
            gear.hosting = self._hosting
        self.people.contacts.set_hosting(self._hosting)
        self.people.host_strip.show_report(report)
        if report.state is HostState.FAILED:
            self.host_form.set_error(trouble_sentence(report))

    def show_invite(self, code: str) -> None:
        """An invite to hand out."""
        self.hosting.show_invite(code)

    def show_owner_ready(self, url: str, email: str, password: str) -> None:
        """The server runs and has its owner: sign the owner in, with the invite in view."""
        self._asked_from = self.host_form
        self.refresh(self.client.sign_in(url, email, password))

    def show_waiting_for_demo(self) -> None:
        """The stage is being set."""
        self._asked_from = None
        self.pages.setCurrentWidget(self.waiting)

    def show_welcome(self, sentence: str = "") -> None:
        """Back to the beginning, with what went wrong, if anything."""
        self.welcome.lead.setProperty("role", "danger" if sentence else "muted")
        self.welcome.lead.style().polish(self.welcome.lead)
        self.welcome.retranslate()
        if sentence:
            self.welcome.lead.setText(sentence)
        self.pages.setCurrentWidget(self.welcome)
        self.welcome.setFocus()

    def prefill(self, server: str, account: str) -> None:
        """What the last run knew."""
        self.sign_in.prefill(server, account)

    # --- events ---

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
        elif isinstance(focused, QCheckBox) and isinstance(page := self.pages.currentWidget(), FormPage):
            page.submit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Whoever looks away finds the line *new* above what came since."""
        super().changeEvent(event)
        window = self.client.chats.window
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow() and window is not None:
            self.refresh(window.draw_line())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._quitting and self.stays is not None and self.stays():
            event.ignore()
            return
        self._heartbeat.stop()
        self._second.stop()
        super().closeEvent(event)
        self.closed.emit()

    # --- wiring ---

    def _all_pages(self) -> tuple[QWidget, ...]:
        return (
            self.welcome,
            self.sign_in,
            self.join,
            self.host_form,
            self.hosting,
            self.waiting,
            self.people,
        )

    def _connect_pages(self) -> None:
        welcome = self.welcome
        welcome.host_chosen.connect(self._go_host)
        welcome.join_chosen.connect(lambda: self._open(self.join))
        welcome.sign_in_chosen.connect(lambda: self._open(self.sign_in))
        welcome.demo_chosen.connect(self.demo_asked)
        for form in (self.sign_in, self.join, self.host_form):
            form.back.connect(self.show_welcome)
        self.sign_in.other.connect(lambda: self._open(self.join))
        self.join.other.connect(lambda: self._open(self.sign_in))
        self.hosting.back.connect(self._leave_hosting)
        self.hosting.invite_asked.connect(self.invite_asked)
        self.hosting.start_asked.connect(self.host_start_asked)
        self.hosting.stop_asked.connect(self.host_stop_asked)
        self.hosting.reach_asked.connect(self.host_reach_asked)
        self.people.invite_asked.connect(self._go_hosting)
        self.people.host_strip.asked.connect(self._go_hosting)
        self.people.changed.connect(self.refresh)

    def _connect_wishes(self) -> None:
        self.sign_in.asked.connect(self._sign_in)
        self.join.asked.connect(self._join)
        self.host_form.asked.connect(self.host_asked)
        self.people.try_now.connect(self.client.reconnect_now)
        self.people.banner.password_asked.connect(
            lambda: self.take((SignInFailed(Code.KEYRING_CLOSED, "not waited for"),))
        )
        self.people.selector.picked.connect(self._pick)
        self.people.selector.custom_picked.connect(self._pick_custom)
        self.ways.status_chosen.connect(lambda status: self._pick(status, None))
        self.people.selector.why_asked.connect(self.ways.open_status_page)
        self.ways.people_wanted.connect(lambda: self.pages.setCurrentWidget(self.people))
        for button in self._gears:
            button.settings_asked.connect(self.ways.open_settings)
        commands: tuple[SettingsButton | Ways, ...] = (*self._gears, self.ways)
        for gear in commands:
            gear.scheme_chosen.connect(self._choose_scheme)
            gear.language_chosen.connect(self._choose_language)
            gear.hosting_asked.connect(self._go_hosting)
            gear.avatar_asked.connect(self.people.desk.choose_avatar)
            gear.sign_out_asked.connect(self.client.sign_out)
            gear.quit_asked.connect(self.quit)

    # --- wishes ---

    def _sign_in(self, form: SignInForm) -> None:
        self._asked_from = self.sign_in
        self.refresh(self.client.sign_in(form.server, form.email, form.password))

    def _join(self, form: JoinForm) -> None:
        self._asked_from = self.join
        self.sign_in.prefill(form.link.server, form.email)
        self.refresh(self.client.register(form.link, form.email, form.username, form.password))

    def _pick(self, status: Status, until: int | None) -> None:
        self.refresh(self.client.set_status(status, until))

    def _pick_custom(self, form: CustomForm) -> None:
        self.refresh(self.client.set_custom(form.text, form.emoji, form.until))

    def _choose_scheme(self, scheme: Scheme) -> None:
        self._look.set_scheme(scheme)
        self.scheme_chosen.emit(scheme)

    def _choose_language(self, language: Language) -> None:
        self._languages.choose(language)
        self.language_chosen.emit(language)

    def _tick(self) -> None:
        self.refresh(self.client.tick())
        self.people.time_passed()

    # --- pages ---

    def _count_unread(self) -> None:
        """The title and the icon in the task bar tell how much is unread."""
        unread = self.client.chats.unread_total if self.client.connection.signed_in else 0
        self.setWindowTitle(f"({unread}) Presence Desktop" if unread else "Presence Desktop")
        self._gears[1].pictures = self.client.chats.available
        self.setWindowIcon(unread_icon(str(unread) if unread < 100 else "99+") if unread else app_icon())

    def _follow_connection(self) -> None:
        connection = self.client.connection
        if connection.signed_in:
            self._enter()
        elif connection.state is LinkState.SIGNED_OUT:
            self._leave(connection.reason)

    def _enter(self) -> None:
        me = self.client.me
        if me is not None and not self._was_in:
            self._was_in = True
            self.signed_in.emit(self.client.server, me.email)
        if self.pages.currentWidget() in (self.people, self.hosting) or self.ways.in_view:
            return
        from_hosting = self._asked_from is self.host_form
        self.pages.setCurrentWidget(self.hosting if from_hosting else self.people)
        self._asked_from = None
        for form in (self.sign_in, self.join, self.host_form):
            form.set_busy(False)
            form.password.edit.clear()
        if from_hosting:
            self.hosting.focus()
        else:
            self.people.focus()

    def _leave(self, reason: Code | None) -> None:
        if self._asked_from is not None:  # a try to sign in came to nothing
            form, self._asked_from = self._asked_from, None
            form.set_busy(False)
            if reason is not None:
                form.refuse(reason)
            return
        self._was_in = False
        self.people.clear()
        self.signed_out.emit()
        if reason is None:
            self.show_welcome()
            return
        self._open(self.sign_in)
        self.sign_in.refuse(reason)

    def _open(self, form: FormPage) -> None:
        form.set_error("")
        form.set_busy(False)
        self.pages.setCurrentWidget(form)
        form.focus_first()

    def _go_host(self) -> None:
        if self._hosting:
            self._go_hosting()
        else:
            self._open(self.host_form)

    def _go_hosting(self) -> None:
        if not self.hosting.has_invite:
            self.invite_asked.emit()
        self.pages.setCurrentWidget(self.hosting)
        self.hosting.focus()

    def _leave_hosting(self) -> None:
        if self.client.connection.signed_in:
            self.pages.setCurrentWidget(self.people)
            self.people.focus()
        else:
            self.show_welcome()
