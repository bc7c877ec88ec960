"""What a room is: title, topic, and who finds it; the part that making and changing one have in common."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from presence_desktop.gui import theme
from presence_desktop.gui.fields import Field
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import text_label
from presence_desktop.protocol import limits
from presence_desktop.protocol.chat import Visibility

_ICON = QSize(20, 20)


class RoomForm(QWidget):
    """A part of a dialog."""

    changed = Signal()
    submitted = Signal()
    """Enter was pressed in a field."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.title = Field("room-title", limits.ROOM_TITLE_LENGTH)
        self.topic = Field("room-topic", limits.ROOM_TOPIC_LENGTH)
        self.title.set_texts(self.tr("Name"), self.tr("e.g. Design, 주간 회의"))
        self.topic.set_texts(self.tr("Topic (optional)"), self.tr("What is it about?"))
        self._ways = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * theme.UNIT)
        layout.addWidget(self.title)
        layout.addWidget(self.topic)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(2 * theme.UNIT)
        self._lines.setVerticalSpacing(3 * theme.UNIT)
        self._lines.setColumnStretch(2, 1)
        layout.addLayout(self._lines)
        self.private = self._way(look, "lock", self.tr("Private"), self.tr("Only people who are invited."))
        self.public = self._way(
            look, "globe", self.tr("Public"), self.tr("Everybody here can find and join it.")
        )
        self.private.setChecked(True)
        self._ways.buttonToggled.connect(self.changed)
        for field in (self.title, self.topic):
            field.edit.textChanged.connect(self.changed)
            field.edit.returnPressed.connect(self.submitted)

    @property
    def visibility(self) -> Visibility:
        """Who is to find it."""
        return Visibility.PUBLIC if self.public.isChecked() else Visibility.PRIVATE

    def fill(self, title: str, topic: str, visibility: Visibility) -> None:
        """Show a room as it is."""
        self.title.edit.setText(title)
        self.topic.edit.setText(topic)
        self.public.setChecked(visibility is Visibility.PUBLIC)
        self.private.setChecked(visibility is Visibility.PRIVATE)

    def set_read_only(self, read_only: bool) -> None:
        """Whether it can only be looked at."""
        for field in (self.title, self.topic):
            field.edit.setReadOnly(read_only)
        for button in self._ways.buttons():
            button.setEnabled(not read_only or button.isChecked())

    def _way(self, look: Look, icon: str, word: str, told: str) -> QRadioButton:
        button = QRadioButton(word)
        button.setAccessibleDescription(told)
        self._ways.addButton(button)
        picture = QLabel()
        picture.setPixmap(look.icon(icon).pixmap(_ICON))
        words = text_label(told, "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        line = len(self._ways.buttons()) - 1
        for column, part in enumerate((button, picture, words)):
            self._lines.addWidget(part, line, column)
        return button
