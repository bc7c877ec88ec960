"""The audit log of a server: who did what to look after it, the newest first, by kind and by person.

Decides when the server is asked for more (at the end of what is shown). The words are `audit_words`'.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QWidget,
)
from typing_extensions import override

from presence_desktop.core.changes import Outcome
from presence_desktop.gui import theme
from presence_desktop.gui.hosting.audit_line import WHO, AuditLines
from presence_desktop.gui.hosting.audit_words import KINDS, act_words, kind_words, who_and_when
from presence_desktop.gui.hosting.office import Office
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.rooms.dialog import AskingDialog
from presence_desktop.gui.search_field import SearchField
from presence_desktop.gui.wheel import leave_wheel
from presence_desktop.protocol.admin_rest import AuditEntry, AuditPage

_SIZE = (130 * theme.UNIT, 140 * theme.UNIT)
_TYPING_MS = 250


class AuditDialog(AskingDialog):
    """The dialog."""

    def __init__(self, office: Office, look: Look, parent: QWidget) -> None:
        super().__init__(office.client, look, office.asks, parent)
        self._office = office
        self._next: int | None = None
        self._wanted = 0
        self.setWindowTitle(self.tr("Who did what"))
        self.kind, self.search, self.list = QComboBox(), SearchField(), QListWidget()
        leave_wheel(self.kind)
        self.kind.setObjectName("log-kind")
        self.kind.setAccessibleName(self.tr("What was done"))
        for kind, words in zip(KINDS, kind_words(), strict=True):
            self.kind.addItem(words, kind)
        self.search.setObjectName("log-search")
        self.search.setMaxLength(254)
        self.search.setPlaceholderText(self.tr("Search names and addresses"))
        self.search.setAccessibleName(self.tr("Search names and addresses"))
        glass = self.search.addAction(look.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        glass.setText(self.search.accessibleName())
        self.list.setAccessibleName(self.windowTitle())
        self.list.setProperty("kind", "page")
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self._lines = AuditLines(look, self.list)
        self.list.setItemDelegate(self._lines)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.note = text_label(role="small")
        filters = QHBoxLayout()
        filters.setSpacing(2 * theme.UNIT)
        filters.addWidget(self.kind)
        filters.addWidget(self.search, 1)
        self.column.addLayout(filters)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.note)
        self.add_close_button()
        self.resize(*_SIZE)
        self._typed = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._typed.timeout.connect(self.look_up)
        self.search.textChanged.connect(lambda: self._typed.start())
        self.kind.currentIndexChanged.connect(lambda: self.look_up())
        self.list.verticalScrollBar().valueChanged.connect(self._more)
        self.list.currentRowChanged.connect(self._walked)
        look.changed.connect(self._paint)
        self.list.setFocus()
        self.look_up()

    def look_up(self) -> None:
        """Ask for the newest lines of what is chosen."""
        self._next = None
        self._ask(None)

    def _ask(self, before: int | None) -> None:
        self._wanted += 1
        number = self._wanted
        changes = self._office.administration.log(before, self.kind.currentData(), self.search.text().strip())
        if not self._office.ask(changes, self, lambda outcome: self._found(outcome, number, before)):
            self._next = before

    def _found(self, outcome: Outcome, number: int, before: int | None) -> None:
        if number != self._wanted:
            return  # something else is wanted by now
        self.fail(outcome.code)
        if not isinstance(outcome.answer, AuditPage):
            self._next = before  # whoever comes to the end again asks again
        else:
            anew = before is None
            if anew:
                self.list.clear()
            now = self._office.clock.now()
            for entry in outcome.answer.entries:
                self.list.addItem(_item(entry, now))
            self._next = outcome.answer.next
            if anew and self.list.count():
                self.list.setCurrentRow(0)
        self._tell()

    def _tell(self) -> None:
        sought = bool(self.search.text().strip() or self.kind.currentData())
        nothing = self.tr("Nothing of this kind is in the log.") if sought else self.tr("The log is empty.")
        kept = self.tr("Every act of looking after this server is kept here, and nobody can change it.")
        self.note.setText(kept if self.list.count() else nothing)

    def _more(self, value: int) -> None:
        if self._next is not None and value == self.list.verticalScrollBar().maximum():
            before, self._next = self._next, None
            self._ask(before)

    def _walked(self, row: int) -> None:
        if row == self.list.count() - 1:
            self._more(self.list.verticalScrollBar().maximum())

    def _paint(self) -> None:
        self._lines.measure()
        self.list.doItemsLayout()

    @override
    def update_buttons(self) -> None:
        """There is nothing to press but *Close*."""


def _item(entry: AuditEntry, now: int) -> QListWidgetItem:
    act, who = act_words(entry, now), who_and_when(entry, now)
    item = QListWidgetItem(act)
    item.setData(WHO, who)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{act}, {who}")
    return item
