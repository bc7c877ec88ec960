"""Strips across the window: the banner while the link is down, the word that the own server is down, and notices that
can be put away.

Decides how they look and that the countdown counts; why the link is down is told by `core`.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton
from typing_extensions import override

from presence_desktop.core.connection import Connection, LinkState
from presence_desktop.core.hosting import HostReport, HostState
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.host_words import trouble_sentence
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.words import error_sentence, link_sentence
from presence_desktop.protocol.errors import Code

_ICON = QSize(18, 18)


class Strip(QFrame):
    """An icon, a sentence, and room for a button."""

    def __init__(self, look: Look, icon: str, mood: str) -> None:
        super().__init__()
        self._look, self._icon_name, self._mood = look, icon, mood
        self.setProperty("kind", "strip")
        self.setProperty("mood", mood)
        self._icon = QLabel()
        self.words = text_label()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(4 * theme.UNIT, 2 * theme.UNIT, 3 * theme.UNIT, 2 * theme.UNIT)
        self.row.setSpacing(3 * theme.UNIT)
        self.row.addWidget(self._icon)
        self.row.addWidget(self.words, 1)
        look.changed.connect(self.repaint_look)
        self.repaint_look()

    def say(self, sentence: str) -> None:
        """Show the sentence, and tell screen readers if it is a new one."""
        if sentence == self.words.text():
            return
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def repaint_look(self) -> None:
        """Draw the icon in the colours in force."""
        self._icon.setPixmap(self._look.icon(self._icon_name, self._mood).pixmap(_ICON))

    def retranslate(self) -> None:
        """Set every text, in the language in force."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class LinkBanner(Strip):
    """Says that there is no link, why, and when the next try is; or that the keyring is waited for."""

    try_now = Signal()
    password_asked = Signal()
    """The person would rather type the password than wait for the keyring."""

    def __init__(self, look: Look, connection: Connection, clock: Clock) -> None:
        super().__init__(look, "offline", "caution")
        self._connection, self._clock = connection, clock
        self.explained = False
        """Whether another strip says why the link is down."""
        self.button = QPushButton()
        self.button.setObjectName("try-now")
        self.button.clicked.connect(self.try_now)
        self.password = QPushButton()
        self.password.setObjectName("use-password")
        self.password.clicked.connect(self.password_asked)
        self.countdown = QLabel()
        for part in (self.countdown, self.button, self.password):
            self.row.addWidget(part)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count)
        self.retranslate()
        self.hide()

    def refresh(self) -> None:
        """Show or hide, by how the link stands."""
        lost, waits = self._connection.state is LinkState.LOST, self._connection.awaits_keyring
        lost = lost and not self.explained
        if waits:
            self.say(error_sentence(Code.KEYRING_WAITS))
        if lost:
            lead = self.tr("No connection. Nobody's status is known right now.")
            self.say(f"{lead} {link_sentence(self._connection.reason)}")
            self._count()
            self._second.start()
        else:
            self._second.stop()
        for part in (self.countdown, self.button):
            part.setVisible(lost)
        self.password.setVisible(waits)
        self.setVisible(lost or waits)

    @override
    def retranslate(self) -> None:
        self.button.setText(self.tr("Try now"))
        self.password.setText(self.tr("Use my password"))
        if not self.isHidden():
            self.refresh()

    def _count(self) -> None:
        at = self._connection.next_try_at
        left = 0 if at is None else -(-(at - self._clock.now()) // 1000)
        trying = left <= 0
        self.countdown.setText(self.tr("Trying…") if trying else self.tr("Next try in %n s", "", left))


class HostStrip(Strip):
    """Says that the server on this computer is down, leads to its page, and starts again what was stopped by hand."""

    asked = Signal()
    start_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "host", "caution")
        self._report = HostReport(HostState.STOPPED)
        self.start, self.button = QPushButton(), QPushButton()
        self.start.setObjectName("start-again")
        self.start.clicked.connect(self.start_asked)
        self.button.clicked.connect(self.asked)
        self.row.addWidget(self.start)
        self.row.addWidget(self.button)
        self.retranslate()
        self.hide()

    def show_report(self, report: HostReport, *, own: bool) -> None:
        """Show or hide, by how the server stands; `own`: it is the one of this page's account, which needs it."""
        self._report = report
        self.retranslate()
        stopped = own and report.state is HostState.STOPPED
        self.setVisible(stopped or report.state in (HostState.FAILED, HostState.RESTARTING))

    @override
    def retranslate(self) -> None:
        self.button.setText(self.tr("Your server…"))
        self.start.setText(self.tr("Start it again"))
        self.start.setVisible(self._report.state in (HostState.STOPPED, HostState.FAILED))
        stopped = self.tr(
            "The server on this computer is stopped. Nobody's status is known until it runs again."
        )
        self.say(stopped if self._report.state is HostState.STOPPED else trouble_sentence(self._report))


class Notice(Strip):
    """Something to know, until it is put away."""

    closed = Signal()

    def __init__(self, look: Look, sentence: Callable[[], str], copy: str = "") -> None:
        """`sentence` gives it in the language in force; `copy` is a text of the person's own that is left over, to be
        copied.
        """
        super().__init__(look, "info", "notice")
        self._sentence, self.left_over = sentence, copy
        self.copy = QPushButton()
        self.copy.setVisible(bool(copy))
        self.copy.clicked.connect(self._copy)
        self._copied = False
        self.row.addWidget(self.copy)
        self._close = QToolButton()
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.closed)
        self.row.addWidget(self._close)
        self.retranslate()
        self.repaint_look()

    @override
    def repaint_look(self) -> None:
        super().repaint_look()
        if hasattr(self, "_close"):
            self._close.setIcon(self._look.icon("close", "notice"))

    @override
    def retranslate(self) -> None:
        self.say(self._sentence())
        self.copy.setText(self.tr("Copied") if self._copied else self.tr("Copy what you wrote"))
        self._close.setToolTip(self.tr("Close"))
        self._close.setAccessibleName(self.tr("Close"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.left_over)
        self._copied = True
        self.retranslate()
