"""The keys that the list takes for favourites and sections, while it has the keyboard (`gui.shortcuts` shows them)."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from presence_desktop.core.favourites import Item
from presence_desktop.gui.contacts.sections import OwnSections
from presence_desktop.gui.contacts.upper_order import Head
from presence_desktop.gui.contacts.view import PeopleView

_Key, _Mod = Qt.Key, Qt.KeyboardModifier
TAKEN = {
    "Ctrl+D": (_Key.Key_D, _Mod.ControlModifier),
    "Ctrl+Shift+Up": (_Key.Key_Up, _Mod.ControlModifier | _Mod.ShiftModifier),
    "Ctrl+Shift+Down": (_Key.Key_Down, _Mod.ControlModifier | _Mod.ShiftModifier),
    "F2": (_Key.Key_F2, _Mod.NoModifier),
    "Del": (_Key.Key_Delete, _Mod.NoModifier),
    "Space": (_Key.Key_Space, _Mod.NoModifier),
    "Return": (_Key.Key_Return, _Mod.NoModifier),
    "Enter": (_Key.Key_Enter, _Mod.NoModifier),
    "Left": (_Key.Key_Left, _Mod.NoModifier),
    "Right": (_Key.Key_Right, _Mod.NoModifier),
}


class SectionKeys(QObject):
    """Watches the list."""

    def __init__(self, view: PeopleView, own: OwnSections, here: Callable[[], Item | Head | None]) -> None:
        """`here` says which row has the keyboard."""
        super().__init__(view)
        self._own, self._here = own, here
        view.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        pressed = (event.key(), event.modifiers() & ~_Mod.KeypadModifier)
        name = next((name for name, key in TAKEN.items() if key == pressed), None)
        row = None if name is None else self._here()
        if row is None or name is None:
            return False
        return self._on_item(row, name) if isinstance(row, Item) else self._on_head(row, name)

    def _on_item(self, item: Item, name: str) -> bool:
        own = self._own
        deeds: dict[str, Callable[[], None]] = {
            "Ctrl+D": lambda: own.toggle_favourite(item),
            "Ctrl+Shift+Up": lambda: own.step(item, -1),
            "Ctrl+Shift+Down": lambda: own.step(item, 1),
        }
        return self._do(deeds.get(name))

    def _on_head(self, head: Head, name: str) -> bool:
        own, key = self._own, head.key
        deeds: dict[str, Callable[[], None]] = {
            "Ctrl+Shift+Up": lambda: own.step(head, -1),
            "Ctrl+Shift+Down": lambda: own.step(head, 1),
            "F2": lambda: own.ask_rename(key),
            "Del": lambda: own.ask_remove(key),
            "Space": lambda: own.toggle_fold(key),
            "Return": lambda: own.toggle_fold(key),
            "Enter": lambda: own.toggle_fold(key),
            "Left": lambda: own.toggle_fold(key, folded=True),
            "Right": lambda: own.toggle_fold(key, folded=False),
        }
        return self._do(deeds.get(name))

    def _do(self, deed: Callable[[], None] | None) -> bool:
        if deed is None:
            return False
        deed()
        return True
