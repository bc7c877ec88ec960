"""Until when something holds: 30 minutes, 1 hour, 4 hours, today, or a date and time.

Decides the choices and what they mean in milliseconds; whether an end has passed is the server's to say.
"""

from PySide6.QtCore import QCoreApplication, QDateTime
from PySide6.QtWidgets import QDateTimeEdit, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from presence_desktop.gui import theme
from presence_desktop.gui.panel import text_label
from presence_desktop.gui.scrim import VeiledDialog
from presence_desktop.gui.wheel import leave_wheel
from presence_desktop.gui.when import HOUR, MINUTE, end_of_today

_tr = QCoreApplication.translate


def end_times(now: int) -> list[tuple[str, int]]:
    """The usual ends: what they are called, and the moment (ms)."""
    return [
        (_tr("end_time", "30 minutes"), now + 30 * MINUTE),
        (_tr("end_time", "1 hour"), now + HOUR),
        (_tr("end_time", "4 hours"), now + 4 * HOUR),
        (_tr("end_time", "Today"), end_of_today(now)),
    ]


class EndTimeDialog(VeiledDialog):
    """Asks for a date and a time."""

    def __init__(self, now: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Until when?"))
        label = text_label(self.tr("Ends by itself at"))
        self.edit = QDateTimeEdit(QDateTime.fromMSecsSinceEpoch(now + HOUR))
        self.edit.setCalendarPopup(True)
        leave_wheel(self.edit)
        self.edit.setMinimumDateTime(QDateTime.fromMSecsSinceEpoch(now + MINUTE))
        self.edit.setAccessibleName(label.text())
        label.setBuddy(self.edit)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("kind", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(5 * theme.UNIT,) * 4)
        layout.setSpacing(3 * theme.UNIT)
        for widget in (label, self.edit, buttons):
            layout.addWidget(widget)

    def moment(self) -> int:
        """What was chosen, in milliseconds."""
        return self.edit.dateTime().toMSecsSinceEpoch()


def ask_end_time(now: int, parent: QWidget) -> int | None:
    """Ask for an end; None when the person thinks better of it."""
    dialog = EndTimeDialog(now, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.moment() if accepted else None
