"""Who may break through quiet times, among the settings: each by name, to be taken out again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from presence_desktop.gui import theme
from presence_desktop.gui.panel import ElidedLabel, text_label
from presence_desktop.gui.settings.row import Row


class ThroughRow(Row):
    """Says how many there are, and names them below."""

    removed = Signal(int)
    """Somebody is not to break through any more, by user id."""

    def __init__(self) -> None:
        self.count = text_label(role="muted")
        self.count.setWordWrap(False)
        super().__init__("through", self.count)
        self.people: dict[int, QPushButton] = {}
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.UNIT)
        self.outer.addWidget(self._list)

    def show_people(self, people: tuple[tuple[int, str], ...] | None) -> None:
        """Who they are, as ids and names; None: nobody is signed in."""
        self.offered = people is not None
        while (line := self._lines.takeAt(0)) is not None:
            if (widget := line.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.people.clear()
        for user_id, name in people or ():
            self._lines.addWidget(self._line(user_id, name))
        self._list.setVisible(bool(people))
        self.count.setText(self.tr("Nobody yet") if not people else str(len(people)))

    def _line(self, user_id: int, name: str) -> QWidget:
        line = QWidget()
        label: QLabel = ElidedLabel()
        label.setText(name)
        button = self.people[user_id] = QPushButton(self.tr("Remove"))
        button.setAccessibleName(self.tr("Remove {name}").format(name=name))
        button.clicked.connect(lambda: self.removed.emit(user_id))
        both = QHBoxLayout(line)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(label, 1)
        both.addWidget(button)
        return line
