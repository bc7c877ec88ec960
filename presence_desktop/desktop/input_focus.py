"""Keeps the input method with what has the keyboard.

A dialog that is deleted after the window behind it has the keyboard again tells the input method that nothing has it:
the next key then arrives as it is, and of a Korean syllable the first letter is a Latin one. Decides nothing; tells the
input method again what Qt itself holds to have the keyboard.
"""

from typing import cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow


class InputFocus(QObject):
    """One per app."""

    def __init__(self, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._again = QTimer(self, interval=0, singleShot=True)
        self._again.timeout.connect(self._tell)
        app.focusObjectChanged.connect(self._changed)

    def end(self) -> None:
        """Watch no more."""
        self._app.focusObjectChanged.disconnect(self._changed)
        self._again.stop()

    def _changed(self, has_it: QObject | None) -> None:
        if has_it is None:
            self._again.start()  # whatever is being deleted shall be gone by then
        else:
            self._again.stop()

    def _tell(self) -> None:
        window = cast("QWindow | None", QGuiApplication.focusWindow())
        has_it = cast("QObject | None", QGuiApplication.focusObject())
        if window is not None and has_it is not None:
            window.focusObjectChanged.emit(has_it)
