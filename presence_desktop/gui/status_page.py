"""The status page, "Why do I look away?": what others see, why, and all that bears on it; copied with one click.

Decides how the facts are laid out and that they are told anew each second while one looks; what they are is
`status_facts`' business.
"""

import platform
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, qVersion
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout
from typing_extensions import override

from presence_desktop import __version__
from presence_desktop.core.client import Client
from presence_desktop.core.device_report import DeviceReport
from presence_desktop.core.hush import Hush
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.dots import BADGE, dot_pixmap
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ColumnPage, text_label
from presence_desktop.gui.status_facts import Part, answer, as_text, parts, shown_status
from presence_desktop.gui.words import status_word

_SAID_MS = 2000
_NAME = 34 * theme.UNIT


class StatusPage(ColumnPage):
    """One per window."""

    def __init__(self, client: Client, look: Look, clock: Clock) -> None:
        super().__init__(look)
        self._client, self._clock = client, clock
        self.device: Callable[[], DeviceReport] = DeviceReport
        """Asked for what this computer tells; `app` knows."""
        self.hush: Callable[[], Hush] = Hush
        """Asked for what bears on what pops up; `app` knows."""
        self._told: tuple[Part, ...] = ()
        self._dot = QLabel()
        self.status = text_label(role="title")
        line = QHBoxLayout()
        line.setSpacing(2 * theme.UNIT)
        line.addWidget(self._dot)
        line.addWidget(self.status, 1)
        self.column.insertLayout(1, line)
        self.copy = QPushButton()
        self.copy.setObjectName("copy-report")
        self.copy.clicked.connect(self._copy)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4 * theme.UNIT)
        self.column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(self._facts)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.tell)
        self._said = QTimer(self, interval=_SAID_MS, singleShot=True)
        self._said.timeout.connect(self._offer_copy)
        self.start_at_top()
        self.retranslate()
        self.repaint_look()

    def focus(self) -> None:
        """Put the keyboard on what there is to do."""
        self.copy.setFocus()

    def tell(self) -> None:
        """Say how things stand now; what stays the same is not touched."""
        client, report = self._client, self.device()
        status = shown_status(client)
        self.status.setText(status_word(status))
        self._dot.setPixmap(dot_pixmap(status, self.look.palette, BADGE, self.devicePixelRatioF()))
        self.lead.setText(answer(client, report))
        told = parts(client, report, self.hush(), self._clock.now())
        if _shape(told) == _shape(self._told):
            self._change(told)
        else:
            self._build(told)
        self._told = told

    def text(self) -> str:
        """The page, as it is copied."""
        system = f"Presence Desktop {__version__}, Python {platform.python_version()}, Qt {qVersion()}"
        lead = f"{self.status.text()}: {self.lead.text()}"
        where = f"{platform.platform()}, {QGuiApplication.platformName()}"
        return as_text(self.headline.text(), lead, self._told, f"{system}, {where}")

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """From now on each second; the link's pulse is felt at once."""
        self._client.tick()
        self.tell()
        self._second.start()
        super().showEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._second.stop()
        super().hideEvent(event)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.headline.setText(self.tr("Why do I look away?"))
        self._offer_copy()
        self._told = ()
        if self.isVisible():
            self.tell()

    @override
    def repaint_look(self) -> None:
        super().repaint_look()
        self._offer_copy()
        self._told = ()
        if self.isVisible():
            self.tell()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copy.setText(self.tr("Copied"))
        self.copy.setIcon(self.look.icon("check", "online"))
        self._said.start()

    def _offer_copy(self) -> None:
        self.copy.setText(self.tr("Copy all of this"))
        self.copy.setIcon(self.look.icon("copy"))

    def _build(self, told: tuple[Part, ...]) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if (card := item.widget()) is not None:
                card.hide()
                card.deleteLater()
        self._values: list[QLabel] = []
        for part in told:
            self._facts.addWidget(self._card(part))

    def _card(self, part: Part) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "card")
        rows = QGridLayout(card)
        rows.setContentsMargins(*(4 * theme.UNIT,) * 4)
        rows.setHorizontalSpacing(4 * theme.UNIT)
        rows.setVerticalSpacing(2 * theme.UNIT)
        rows.setColumnMinimumWidth(0, _NAME)
        rows.setColumnStretch(1, 1)
        rows.addWidget(text_label(part.title, "strong"), 0, 0, 1, 2)
        for number, fact in enumerate(part.facts, 1):
            name = text_label(fact.name, "muted")
            value = text_label(fact.value, "danger" if fact.warning else "body")
            value.setAccessibleName(f"{fact.name}: {fact.value}")
            rows.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            rows.addWidget(value, number, 1)
            self._values.append(value)
        return card

    def _change(self, told: tuple[Part, ...]) -> None:
        facts = [fact for part in told for fact in part.facts]
        for fact, value in zip(facts, self._values, strict=True):
            if value.text() != fact.value:
                value.setText(fact.value)
                value.setAccessibleName(f"{fact.name}: {fact.value}")


def _shape(told: tuple[Part, ...]) -> list[tuple[str, bool]]:
    """What must stay for the values alone to be set anew."""
    return [(part.title + fact.name, fact.warning) for part in told for fact in part.facts]
