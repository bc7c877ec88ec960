"""The server on this computer: its state, its address, and an invite to hand out."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.hosting import HostReport, HostState
from presence_desktop.gui import theme
from presence_desktop.gui.dots import dot_pixmap
from presence_desktop.gui.host_words import state_word, trouble_sentence
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ColumnPage, text_label
from presence_desktop.protocol.status import Status

_SAID_MS = 2000
_DOTS = {
    HostState.RUNNING: Status.ONLINE,
    HostState.STARTING: Status.AWAY,
    HostState.FAILED: Status.BUSY,
    HostState.STOPPED: Status.OFFLINE,
}


class CopyField(QWidget):
    """Something to read and to copy."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.label = QLabel()
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setReadOnly(True)
        self.label.setBuddy(self.line)
        self.button = QPushButton()
        self.button.setObjectName(f"copy-{name}")
        self.button.clicked.connect(self._copy)
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(_SAID_MS)
        self._said.timeout.connect(self.say_copy)
        row = QHBoxLayout()
        row.setSpacing(2 * theme.UNIT)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(self.label)
        layout.addLayout(row)

    def set_texts(self, label: str) -> None:
        """What it is."""
        self.label.setText(label)
        self.line.setAccessibleName(label)
        self.button.setAccessibleName(self.tr("Copy: {what}").format(what=label))
        self.say_copy()

    def set_value(self, value: str, placeholder: str = "") -> None:
        """What to copy; until it is there, the placeholder says why not."""
        self.line.setText(value)
        self.line.setCursorPosition(0)
        self.line.setPlaceholderText(placeholder)
        self.button.setEnabled(bool(value))

    def say_copy(self) -> None:
        """Offer to copy (again)."""
        self.button.setText(self.tr("Copy"))
        self.button.setIcon(self._look.icon("copy"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.line.text())
        self.button.setText(self.tr("Copied"))
        self.button.setIcon(self._look.icon("check", "online"))
        self._said.start()


class HostingPage(ColumnPage):
    """Shown after the server was started, and from the main window at any time."""

    invite_asked = Signal()
    start_asked = Signal()
    stop_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._report = HostReport(HostState.STOPPED)
        self._invite = ""
        self._dot = QLabel()
        self.state = text_label(role="strong")
        line = QHBoxLayout()
        line.setSpacing(2 * theme.UNIT)
        line.addWidget(self._dot)
        line.addWidget(self.state, 1)
        card = QFrame()
        card.setProperty("kind", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(5 * theme.UNIT, 5 * theme.UNIT, 5 * theme.UNIT, 5 * theme.UNIT)
        inside.setSpacing(4 * theme.UNIT)
        self.trouble = text_label(role="danger")
        self.address = CopyField(look, "address")
        self.invite = CopyField(look, "invite")
        self.reach = text_label(role="small")
        self.new_invite = self._link(self.invite_asked)
        inside.addLayout(line)
        for widget in (self.trouble, self.address, self.reach, self.invite, self.new_invite):
            inside.addWidget(widget)
        self.column.addWidget(card)
        self.go_on = QPushButton()
        self.go_on.setObjectName("go-on")
        self.go_on.setProperty("kind", "primary")
        self.go_on.clicked.connect(self.back)
        self.start = QPushButton()
        self.start.setProperty("kind", "primary")
        self.start.clicked.connect(self.start_asked)
        self.stop = self._link(self.stop_asked)
        for button in (self.start, self.go_on, self.stop):
            self.column.addWidget(button)
        self.retranslate()
        self.repaint_look()

    def show_report(self, report: HostReport) -> None:
        """How the server stands now."""
        self._report = report
        self.retranslate()
        self.repaint_look()

    def show_invite(self, code: str) -> None:
        """A code to hand out."""
        self._invite = code
        self.retranslate()

    @property
    def has_invite(self) -> bool:
        """Whether a code is shown."""
        return bool(self._invite)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        report = self._report
        running = report.state is HostState.RUNNING
        self.headline.setText(self.tr("Your server"))
        self.lead.setText(self.tr("Hand out the address and the invite code; that is all others need."))
        self.lead.setVisible(running)
        self.state.setText(state_word(report.state))
        self.trouble.setText(trouble_sentence(report))
        self.trouble.setVisible(report.trouble is not None)
        self.address.set_texts(self.tr("Address"))
        self.address.set_value(report.address)
        self.invite.set_texts(self.tr("Invite code"))
        self.invite.set_value(self._invite, self.tr("being made…"))
        self.new_invite.setText(self.tr("Make another code"))
        self.reach.setVisible(running)
        self.reach.setText(
            self.tr("Everybody in your network can reach it. The connection is not encrypted yet.")
            if report.reachable
            else self.tr("Only this computer can reach it.")
        )
        self.go_on.setText(self.tr("Go to the people"))
        self._weigh(self.go_on, "primary" if running else "plain")
        for part in (self.address, self.invite, self.new_invite):
            part.setVisible(running)
        self.start.setText(self.tr("Start the server"))
        self.start.setVisible(report.state in (HostState.STOPPED, HostState.FAILED))
        self.stop.setText(self.tr("Stop the server"))
        self.stop.setVisible(running)

    @override
    def repaint_look(self) -> None:
        super().repaint_look()
        self._dot.setPixmap(dot_pixmap(_DOTS[self._report.state], self.look.palette))
        for field in (self.address, self.invite):
            field.say_copy()

    def _weigh(self, button: QPushButton, kind: str) -> None:
        """Which button stands out follows from what is to be done next."""
        if button.property("kind") != kind:
            button.setProperty("kind", kind)
            button.style().polish(button)

    def _link(self, signal: object) -> QPushButton:
        button = QPushButton()
        button.setProperty("kind", "link")
        button.setFocusPolicy(self.back_button.focusPolicy())
        button.clicked.connect(signal)
        return button
