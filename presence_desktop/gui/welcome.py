"""The first page: host, join (also what was found in the network), or try it out.

Decides nothing; each choice is a signal.
"""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.card_button import CardButton
from presence_desktop.gui.icons import app_icon
from presence_desktop.gui.look import Look
from presence_desktop.gui.nearby_list import NearbyList
from presence_desktop.gui.panel import ColumnPage, text_label

_MARK = 16 * theme.UNIT
_MARK_EDGE = _MARK * 6 // 128
"""What is left free around the drawing: it begins where the words under it do."""
_ICON = 7 * theme.UNIT
_LINE_LEAST = 30 * theme.UNIT


class Choice(CardButton):
    """A large button: icon, title, and what will happen."""

    def __init__(self, look: Look, name: str, icon: str) -> None:
        super().__init__()
        self._look, self._icon_name = look, icon
        self.setObjectName(name)
        self.setProperty("kind", "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture = QLabel()
        self._arrow = QLabel()
        self._title = text_label(role="strong")
        self._words = text_label(role="small")
        for label in (self._title, self._words):
            label.setMinimumWidth(_LINE_LEAST)
        lines = QVBoxLayout()
        lines.setSpacing(theme.UNIT // 2)
        lines.addWidget(self._title)
        lines.addWidget(self._words)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4 * theme.UNIT, 4 * theme.UNIT, 4 * theme.UNIT, 4 * theme.UNIT)
        layout.setSpacing(4 * theme.UNIT)
        layout.addWidget(self._picture)
        layout.addLayout(lines, 1)
        layout.addWidget(self._arrow)
        self.let_through(self._picture, self._title, self._words, self._arrow)

    def set_texts(self, title: str, words: str) -> None:
        """What it does, in two or three words and in a sentence."""
        self._title.setText(title)
        self._words.setText(words)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)

    def repaint_look(self) -> None:
        """Draw the icons in the colours in force."""
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(self._look.picture(self._icon_name, _ICON, ratio, "link"))
        self._arrow.setPixmap(self._look.icon("chevron-right").pixmap(QSize(18, 18)))


class WelcomePage(ColumnPage):
    """Three choices, and the servers in the network."""

    host_chosen = Signal()
    join_chosen = Signal()
    demo_chosen = Signal()
    sign_in_chosen = Signal()
    looking = Signal(bool)
    """Whether somebody looks at this page, and at what is found in the network."""

    def __init__(self, look: Look, settings_button: QToolButton) -> None:
        super().__init__(look)
        self._trouble: Callable[[], str] | None = None
        self.back_button.hide()
        self.top.addWidget(settings_button)
        mark = QLabel()
        mark.setPixmap(app_icon().pixmap(QSize(_MARK, _MARK)))
        mark.setContentsMargins(-_MARK_EDGE, 0, 0, 0)
        mark.setAccessibleName("Presence Desktop")
        self.column.insertWidget(0, mark)
        self.host = Choice(look, "choice-host", "host")
        self.join = Choice(look, "choice-join", "join")
        self.demo = Choice(look, "choice-demo", "people")
        self.sign_in = QPushButton()
        self.sign_in.setObjectName("sign-in-link")
        self.sign_in.setProperty("kind", "link")
        self.sign_in.clicked.connect(self.sign_in_chosen)
        self.host.clicked.connect(self.host_chosen)
        self.join.clicked.connect(self.join_chosen)
        self.demo.clicked.connect(self.demo_chosen)
        self.nearby = NearbyList(look)
        for choice in (self.host, self.join, self.nearby, self.demo):
            self.column.addWidget(choice)
        self.column.addWidget(self.sign_in, 0, Qt.AlignmentFlag.AlignHCenter)
        self.retranslate()
        self.repaint_look()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.looking.emit(True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.looking.emit(False)

    def say(self, trouble: Callable[[], str] | None) -> None:
        """What went wrong, in the language in force; None: nothing."""
        self._trouble = trouble
        self.lead.setProperty("role", "muted" if trouble is None else "danger")
        self.lead.style().polish(self.lead)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.headline.setText(self.tr("See who is there. Truly."))
        told = self.tr("Your team's messenger, on your own computer. No cloud account.")
        self.lead.setText(told if self._trouble is None else self._trouble())
        self.host.set_texts(
            self.tr("Host on this computer"),
            self.tr("Starts a server here, with an invite to hand out."),
        )
        self.join.set_texts(
            self.tr("Join a server"),
            self.tr("With an invite link, or with an address and a code."),
        )
        self.demo.set_texts(
            self.tr("Try it with simulated colleagues"),
            self.tr("A lively team. Nothing is kept when you close it."),
        )
        self.sign_in.setText(self.tr("I have an account: sign in"))

    @override
    def repaint_look(self) -> None:
        super().repaint_look()
        for choice in (self.host, self.join, self.demo):
            choice.repaint_look()
