"""How the server is: who is connected, since when it runs, what takes how much room, and its backups.

Decides what of it is shown; what it is, the server says.
"""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton
from typing_extensions import override

from presence_desktop.core.changes import Outcome
from presence_desktop.gui import theme
from presence_desktop.gui.hosting.card import Card
from presence_desktop.gui.hosting.office import Office
from presence_desktop.gui.hosting.words import disk_lines, size_words
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.when import at
from presence_desktop.gui.words import ask_sentence
from presence_desktop.protocol.admin_rest import ServerFacts


class FactsCard(Card):
    """People, time and room."""

    people_asked = Signal()
    log_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._facts: ServerFacts | None = None
        self._now = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4 * theme.UNIT)
        self._grid.setVerticalSpacing(theme.UNIT)
        self._grid.setColumnStretch(1, 1)
        self.people, self.log = QPushButton(), QPushButton()
        self.people.setObjectName("manage-people")
        self.people.clicked.connect(self.people_asked)
        self.log.setObjectName("audit-log")
        self.log.clicked.connect(self.log_asked)
        self.add(self._grid, self.people, self.log)
        self.retranslate()

    def show_facts(self, facts: ServerFacts | None, now: int) -> None:
        """What the server says of itself; None: nothing yet."""
        self._facts, self._now = facts, now
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.title.setText(self.tr("People and storage"))
        self.people.setText(self.tr("Look after people…"))
        self.log.setText(self.tr("Who did what…"))
        self.repaint_look()
        lines = [] if self._facts is None else self._lines(self._facts)
        for row, (name, value) in enumerate(lines):
            self._label(row, 0, "small").setText(name)
            self._label(row, 1, "body").setText(value)
        for row in range(len(lines), self._grid.rowCount()):
            for column in (0, 1):
                item = self._grid.itemAtPosition(row, column)
                if item is not None and (label := item.widget()) is not None:
                    label.hide()

    @override
    def repaint_look(self) -> None:
        self.people.setIcon(self.look.icon("members"))
        self.log.setIcon(self.look.icon("clock"))

    def _lines(self, facts: ServerFacts) -> list[tuple[str, str]]:
        connected = self.tr("{connected} of {people}").format(connected=facts.connected, people=facts.people)
        return [
            (self.tr("Connected now"), connected),
            (self.tr("Running since"), at(facts.started_at, self._now)),
            *disk_lines(facts.disk),
            (self.tr("Version"), facts.version),
        ]

    def _label(self, row: int, column: int, role: str) -> QLabel:
        item = self._grid.itemAtPosition(row, column)
        label = item.widget() if item is not None else None
        if not isinstance(label, QLabel):
            label = text_label(role=role)
            self._grid.addWidget(label, row, column)
        label.show()
        return label


class BackupsCard(Card):
    """The last backup, and another one now."""

    made = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._office: Office | None = None
        self._facts: ServerFacts | None = None
        self._folder: Path | None = None
        self._busy = False
        self.last = text_label()
        self._note = text_label(role="small")
        self.error = text_label(role="danger")
        self.error.hide()
        self.make, self.open_folder = QPushButton(), QPushButton()
        self.make.setObjectName("back-up")
        self.open_folder.setObjectName("backup-folder")
        self.make.clicked.connect(self._make)
        self.open_folder.clicked.connect(self._open)
        row = QHBoxLayout()
        row.setSpacing(2 * theme.UNIT)
        row.addWidget(self.make)
        row.addWidget(self.open_folder)
        row.addStretch(1)
        self.add(self.last, self._note, self.error, row)
        self.retranslate()

    def attend(self, office: Office | None, folder: Path | None) -> None:
        """Whose server it is; `folder` None: its backups lie on another computer."""
        if office is not self._office:
            if self._office is not None:
                self._office.asks.forget(self)
            self._office, self._facts, self._busy = office, None, False
        self._folder = folder
        self.retranslate()

    def show_facts(self, facts: ServerFacts | None) -> None:
        """What the server says of itself."""
        self._facts = facts
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.title.setText(self.tr("Backups"))
        self.last.setText(self._last_words())
        self._note.setText(
            self.tr("Made by the server once a day. A copy on another disk outlives this computer.")
        )
        self.make.setText(self.tr("Backing up…") if self._busy else self.tr("Back up now"))
        self.make.setEnabled(
            self._office is not None
        )  # also while busy: who pressed it keeps the keyboard there
        self.open_folder.setText(self.tr("Open folder"))
        self.open_folder.setVisible(self._folder is not None and self._folder.is_dir())

    def _last_words(self) -> str:
        if self._facts is None or self._office is None:
            return ""
        if not self._facts.backups:
            return self.tr("There is no backup yet.")
        last, now = self._facts.backups[0], self._office.clock.now()
        said = self.tr("The last one: {time}, {size}")
        return said.format(time=at(last.made_at, now), size=size_words(last.size))

    def _make(self) -> None:
        if self._office is None or self._busy:
            return
        self._busy = True
        if not self._office.ask(self._office.administration.back_up(), self, self._made):
            self._busy = False
        self.retranslate()

    def _made(self, outcome: Outcome) -> None:
        self._busy = False
        self.error.setVisible(outcome.code is not None)
        if outcome.code is not None:
            self.error.setText(ask_sentence(outcome.code))
        self.retranslate()
        self.made.emit()

    def _open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
