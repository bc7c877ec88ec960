"""What the wheel does above a field that stands on a page: it scrolls the page, and never changes the field.

Qt's own lists and times take every turn of the wheel for a choice: whoever scrolls past them would change a setting
without having seen it, and the page would stop there. Arrows, digits and the opened list still choose.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class _Through(QObject):
    """Hands the wheel on to what the field stands on."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel:
            return False
        event.ignore()
        return True


def leave_wheel(*fields: QWidget) -> None:
    """The wheel above these scrolls the page that they are on."""
    for field in fields:
        field.installEventFilter(_Through(field))
