"""The server on this computer: the program, and all that its owner looks after.

Decides what stands where and which button is the next one; what was wished leaves as a signal.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from presence_desktop.core.hosting import HostReport, HostState
from presence_desktop.gui.hosting.card import weigh
from presence_desktop.gui.hosting.log_card import LogCard
from presence_desktop.gui.hosting.machine_card import MachineCard
from presence_desktop.gui.hosting.office import Office
from presence_desktop.gui.hosting.panel import ServerPanel
from presence_desktop.gui.hosting.running_card import RunningCard
from presence_desktop.gui.hosting.stopping import Stopping
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ColumnPage


class HostingPage(ColumnPage):
    """Shown after the server was started, and from the main window at any time."""

    start_asked = Signal()
    stop_asked = Signal()
    reach_asked = Signal(bool)
    """Whether the network may reach it from now on."""
    find_asked = Signal(bool)
    """Whether it is told to apps in the network."""
    autostart_asked = Signal(bool)
    """Whether the app, and with it the server, starts with the computer."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.report = HostReport(HostState.STOPPED)
        self.others: Callable[[], int] = int
        """Asked how many others are connected to it."""
        self.machine, self.server = MachineCard(look), ServerPanel(look)
        self.running, self.log = RunningCard(look), LogCard(look)
        self.go_on = QPushButton()
        self.go_on.setObjectName("go-on")
        self.go_on.clicked.connect(self.back)
        for part in (self.machine, self.server, self.running, self.log):
            self.column.addWidget(part)
        self.top.addWidget(self.go_on)
        self.machine.start_asked.connect(self.start_asked)
        self.running.stop_asked.connect(self._stop)
        self.machine.reach_asked.connect(self.reach_asked)
        self.running.find_asked.connect(self.find_asked)
        self.running.autostart_asked.connect(self.autostart_asked)
        self.start_at_top()
        self.retranslate()
        self.repaint_look()

    def attend(self, office: Office | None, backups: Path | None) -> None:
        """The account that owns this server, if it is signed in here, and the folder of the server's backups."""
        self.server.attend(office, backups)

    def show_report(self, report: HostReport) -> None:
        """How the server stands now."""
        self.report = report
        typing = self.focusWidget() if self.isVisible() else None
        self.machine.show_report(report)
        self.running.show_report(report)
        self.server.show_place((report.address, *report.further), report.key or None)
        self.server.follow()
        self.server.setVisible(report.state is HostState.RUNNING)
        self.retranslate()
        if typing is not None and not typing.isVisible():
            self.focus()

    def focus(self) -> None:
        """Put the keyboard on what is to be done next."""
        running = self.report.state is HostState.RUNNING
        (self.go_on if running else self.machine.start).setFocus()

    def _stop(self) -> None:
        if Stopping(self.window()).may_stop(self.others()):
            self.stop_asked.emit()

    @override
    def retranslate(self) -> None:
        super().retranslate()
        running = self.report.state is HostState.RUNNING
        self.headline.setText(self.tr("Your server"))
        self.lead.setText(
            self.tr("Hand out the invite link or the QR code. Others need no more.")
            if self.report.reachable
            else self.tr("So far only this computer can join. To invite others, let your network in below.")
        )
        self.lead.setVisible(running)
        self.go_on.setText(self.tr("Go to the people"))
        weigh(self.go_on, "primary" if running else "plain")
