"""The keys between the search field and the list below it: down into it, up out of it, and letters always search.

Decides where the keyboard goes. What is opened is the pane's business. Where letters are composed of several keys
(Korean, Japanese, Chinese) they have to be typed in the field: begun elsewhere, the first would fall apart.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from presence_desktop.gui.contacts.view import PeopleView

_Key, _Mod = Qt.Key, Qt.KeyboardModifier
_COMPOSED = (QLocale.Language.Korean, QLocale.Language.Japanese, QLocale.Language.Chinese)
_ENTER = (_Key.Key_Return, _Key.Key_Enter)


class SearchKeys(QObject):
    """Watches both."""

    left = Signal()
    """Escape: back to where one was."""

    def __init__(
        self,
        search: QLineEdit,
        view: PeopleView,
        first: Callable[[], QModelIndex],
        open_found: Callable[[QModelIndex], None],
    ) -> None:
        """`first` tells the first row that is no heading, an invalid index if there is none."""
        super().__init__(view)
        self._search, self._view, self._first, self._open_found = search, view, first, open_found
        for watched in (search, view):
            watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() == _Key.Key_Escape and event.modifiers() == _Mod.NoModifier:
            self._escape()
            return True
        return self._in_search(event) if watched is self._search else self._in_list(event)

    def _escape(self) -> None:
        """What was searched for goes first."""
        if self._search.text():
            self._search.clear()
        else:
            self.left.emit()

    def _in_search(self, event: QKeyEvent) -> bool:
        key = event.key()
        first = self._first()
        if not first.isValid():
            return False
        if key in _ENTER and self._search.text().strip():
            self._open_found(first)
            return True
        if key not in (_Key.Key_Down, *_ENTER):
            return False
        if not self._view.currentIndex().isValid():
            self._view.setCurrentIndex(first)
        self._view.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _in_list(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~(_Mod.KeypadModifier | _Mod.ShiftModifier)
        if held != _Mod.NoModifier:
            return False
        if event.key() == _Key.Key_Up and not event.modifiers() & _Mod.ShiftModifier and self._at_the_top():
            self._search.setFocus(Qt.FocusReason.BacktabFocusReason)
            return True
        text = event.text()
        if not text.strip() or not text.isprintable() or self._composes():
            return False
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.insert(text)
        return True

    @staticmethod
    def _composes() -> bool:
        return QGuiApplication.inputMethod().locale().language() in _COMPOSED

    def _at_the_top(self) -> bool:
        """Whether the keyboard is on the first row that it can be on."""
        model, row = self._view.model(), self._view.currentIndex().row()
        above = (model.flags(model.index(place, 0)) for place in range(row))
        return not any(flags & Qt.ItemFlag.ItemIsSelectable for flags in above)
