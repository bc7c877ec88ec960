"""The server as a program on this computer: its state, its addresses, whether the network may reach it, starting it.

Decides what is shown in which state; what was wished leaves as a signal. How it runs on is `running_card`'s business.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton
from typing_extensions import override

from presence_desktop.core.hosting import HostReport, HostState
from presence_desktop.gui import theme
from presence_desktop.gui.dots import dot_pixmap
from presence_desktop.gui.host_words import state_word, trouble_sentence
from presence_desktop.gui.hosting.card import Card, check_box
from presence_desktop.gui.hosting.copy_field import CopyField
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.protocol.status import Status

_DOTS = {
    HostState.RUNNING: Status.ONLINE,
    HostState.STARTING: Status.AWAY,
    HostState.RESTARTING: Status.AWAY,
    HostState.FAILED: Status.BUSY,
    HostState.STOPPED: Status.OFFLINE,
}


class MachineCard(Card):
    """One per hosting page."""

    start_asked = Signal()
    reach_asked = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._report = HostReport(HostState.STOPPED)
        self._dot = QLabel()
        line = QHBoxLayout()
        line.setSpacing(2 * theme.UNIT)
        line.addWidget(self._dot)
        self.lines.removeWidget(self.title)
        line.addWidget(self.title, 1)
        self.trouble = text_label(role="danger")
        self.address = CopyField(look, "address")
        self.further = text_label(role="small")
        self.reachable = check_box("reachable", self.reach_asked)
        self.reach_note = text_label(role="small")
        self.start = QPushButton()
        self.start.setObjectName("start-server")
        self.start.setProperty("kind", "primary")
        self.start.clicked.connect(self.start_asked)
        self.add(line, self.trouble, self.address, self.further, self.reachable, self.reach_note, self.start)
        self.retranslate()
        self.repaint_look()

    def show_report(self, report: HostReport) -> None:
        """How the server stands now."""
        self._report = report
        self.retranslate()
        self.repaint_look()

    @override
    def retranslate(self) -> None:
        report = self._report
        running = report.state is HostState.RUNNING
        self.title.setText(state_word(report.state))
        self.trouble.setText(trouble_sentence(report))
        self.trouble.setVisible(report.trouble is not None)
        self.address.set_texts(self.tr("Address"))
        self.address.set_value(report.address)
        self.further.setText(self.tr("Or: {addresses}").format(addresses="  ".join(report.further)))
        self.reachable.setText(self.tr("Reachable from my network"))
        self.reachable.setChecked(report.reachable)
        self.reach_note.setText(self.tr("A change starts the server anew; everybody is back within seconds."))
        self.start.setText(self.tr("Start the server"))
        self.start.setVisible(report.state in (HostState.STOPPED, HostState.FAILED, HostState.RESTARTING))
        for part in (self.address, self.reachable, self.reach_note):
            part.setVisible(running)
        self.further.setVisible(running and bool(report.further))

    @override
    def repaint_look(self) -> None:
        self._dot.setPixmap(dot_pixmap(_DOTS[self._report.state], self.look.palette))
