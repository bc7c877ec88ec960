"""*Tell me when she is back*: the part of somebody's menu where one wishes for it, and takes it back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from presence_desktop.core.notifying import Watch


class WatchMenu(QMenu):
    """Once, each time, or not; what holds is ticked."""

    chosen = Signal(object)
    """A `Watch`, or None: not any more."""

    def __init__(self, name: str, held: Watch | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Tell me when {name} is back").format(name=name))
        self._add(self.tr("Once"), Watch.ONCE, held)
        self._add(self.tr("Each time"), Watch.ALWAYS, held)
        if held is not None:
            self.addSeparator()
            self._add(self.tr("Not any more"), None, held)

    def _add(self, word: str, how: Watch | None, held: Watch | None) -> None:
        action = self.addAction(word)
        action.setCheckable(how is not None)
        action.setChecked(how is not None and how is held)
        action.triggered.connect(lambda: self.chosen.emit(how))
