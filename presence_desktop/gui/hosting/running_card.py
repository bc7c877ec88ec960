"""How the server on this computer runs on: told in the network, with the computer, beyond the window; its key; its end.

Decides what is shown in which state; what was wished leaves as a signal.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel
from typing_extensions import override

from presence_desktop.core.hosting import HostReport, HostState
from presence_desktop.gui.host_words import stays_sentence
from presence_desktop.gui.hosting.card import Card, check_box, link_button
from presence_desktop.gui.hosting.copy_field import CopyButton
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.trust_dialog import KeyCard


class RunningCard(Card):
    """One per hosting page; there while the server runs, or is about to."""

    stop_asked = Signal()
    find_asked = Signal(bool)
    autostart_asked = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._report = HostReport(HostState.STOPPED)
        self._stays, self._can_autostart = "", False
        self.findable = check_box("findable", self.find_asked)
        self.autostart = check_box("host-autostart", self.autostart_asked)
        self.stays = text_label(role="small")
        self.key_label, self.key, self.copy_key = QLabel(), KeyCard(), CopyButton(look, "key")
        row = QHBoxLayout()
        row.addWidget(self.key_label, 1)
        row.addWidget(self.copy_key)
        self.key_note = text_label(role="small")
        self.stop = link_button("stop-server")
        self.stop.clicked.connect(self.stop_asked)
        self.add(self.findable, self.autostart, self.stays, row, self.key, self.key_note, self.stop)
        self.findable.setChecked(True)
        self.retranslate()

    def show_report(self, report: HostReport) -> None:
        """How the server stands now."""
        self._report = report
        self.retranslate()

    def show_choices(self, *, findable: bool, autostart: bool | None, stays: str) -> None:
        """What is set: told in the network, started with the computer (None: cannot be), and what closing does."""
        self._stays, self._can_autostart = stays, autostart is not None
        self.findable.setChecked(findable)
        self.autostart.setChecked(bool(autostart))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        report = self._report
        self.title.setText(self.tr("How it runs"))
        self.findable.setText(self.tr("Show it to apps in my network"))
        self.autostart.setText(self.tr("Start with the computer"))
        self.stays.setText(stays_sentence(self._stays))
        self.key_label.setText(self.tr("Key"))
        self.key.show_key(report.key)
        self.copy_key.text_to_copy = report.key
        self.copy_key.offer()
        self.copy_key.setAccessibleName(self.tr("Copy the key"))
        self.key_note.setText(
            self.tr("Everything is encrypted. Whoever is asked about the key compares it with this one.")
        )
        self.stop.setText(self.tr("Stop the server"))
        self.setVisible(report.state in (HostState.RUNNING, HostState.RESTARTING))
        self.findable.setVisible(report.reachable)
        self.autostart.setVisible(self._can_autostart)
        self.stays.setVisible(bool(self._stays))
        for part in (self.key_label, self.key, self.copy_key, self.key_note):
            part.setVisible(bool(report.key))
