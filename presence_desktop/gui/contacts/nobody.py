"""What stands where the list of people would, while it is empty: why, and what to do next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout
from typing_extensions import override

from presence_desktop.core.connection import Connection, LinkState
from presence_desktop.gui import theme
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import Panel, text_label


class Nobody(Panel):
    """An empty list's picture, words and next step."""

    invite_asked = Signal()
    messages_asked = Signal(str)
    """What was sought among names is to be sought in messages."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, kind="side")
        self._search = ""
        self._waiting = True
        self._hosting = self._can_search = False
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = text_label(role="muted")
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = QPushButton()
        self.button.clicked.connect(self._go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * theme.UNIT, 0, 6 * theme.UNIT, 12 * theme.UNIT)
        layout.setSpacing(3 * theme.UNIT)
        layout.addStretch(1)
        for widget in (self._picture, self.words):
            layout.addWidget(widget)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self.repaint_look()
        self.retranslate()

    def set_hosting(self, hosting: bool) -> None:
        """Whether an invite can be handed out from here."""
        self._hosting = hosting
        self.retranslate()

    def show_for(self, search: str, connection: Connection, *, can_search: bool) -> None:
        """Say why the list is empty: nothing found, not known yet, or nobody else; whether messages can be searched."""
        self._search, self._can_search = search, can_search
        self._waiting = connection.state is not LinkState.ONLINE or not connection.link_known
        self.retranslate()
        self.repaint_look()

    def _go_on(self) -> None:
        if self._search:
            self.messages_asked.emit(self._search)
        else:
            self.invite_asked.emit()

    @override
    def retranslate(self) -> None:
        self.button.setText(self.tr("Search in messages") if self._search else self.tr("Show the invite"))
        offered = self._can_search if self._search else self._hosting and not self._waiting
        self.button.setVisible(offered)
        if self._search:
            self.words.setText(self.tr("Nobody and no room is called “{name}”.").format(name=self._search))
        elif self._waiting:
            self.words.setText(self.tr("Looking who is there…"))
        elif self._hosting:
            self.words.setText(
                self.tr("Nobody else is here yet.\nHand out the invite, and they will appear.")
            )
        else:
            self.words.setText(self.tr("Nobody else has an account here yet."))

    @override
    def repaint_look(self) -> None:
        icon = "search" if self._search else "people"
        self._picture.setPixmap(self.look.picture(icon, theme.EMPTY_ICON, self.devicePixelRatioF()))
