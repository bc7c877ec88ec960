"""The right side: the person looked at, or an invitation to choose one.

Decides how somebody is told in full; what is known of them comes from `core`.
"""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from presence_desktop.core.contact import Contact
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.avatar import avatar_pixmap
from presence_desktop.gui.dots import dot_pixmap
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import Panel, text_label
from presence_desktop.gui.when import ago, at
from presence_desktop.gui.words import begun, custom_words, reason_words, status_word
from presence_desktop.protocol.status import Status

_SIDE = 24 * theme.UNIT
_WIDTH = 90 * theme.UNIT


class ProfileCard(Panel):
    """One person in full."""

    back = Signal()
    """Back to the list, in a window too small for both."""
    message_asked = Signal(int)
    """The direct conversation with this person (by user id) is wanted."""
    menu_asked = Signal(int, QPoint)
    """What else can be done with this person, asked for at this place."""

    def __init__(self, look: Look, clock: Clock) -> None:
        super().__init__(look)
        self._clock = clock
        self.message = QPushButton()
        self.message.setProperty("kind", "primary")
        self.message.setCursor(Qt.CursorShape.PointingHandCursor)
        self.message.clicked.connect(self._message)
        self.more = QToolButton()
        self.more.setIconSize(QSize(20, 20))
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.clicked.connect(self._ask_menu)
        self._can_write = False
        self.back_button = QToolButton()
        self.back_button.setIconSize(QSize(20, 20))
        self.back_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back_button.clicked.connect(self.back)
        self.back_button.hide()
        self._contact: Contact | None = None
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setContentsMargins(theme.UNIT, 0, 0, 0)  # as much as the dot stands out at the right
        self.name = text_label(role="headline")
        self.name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._dot = QLabel()
        self.status = QLabel()
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.custom = text_label()
        self.custom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._facts = QGridLayout()
        self._hint_icon = QLabel()
        self._hint_icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint = text_label(role="muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._card = self._person_part()
        self._empty = self._empty_part()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * theme.UNIT, 6 * theme.UNIT, 6 * theme.UNIT, 6 * theme.UNIT)
        layout.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(2)
        for part in (self._card, self._empty):
            middle = QHBoxLayout()
            middle.addStretch(1)
            middle.addWidget(part, 100)
            middle.addStretch(1)
            layout.addLayout(middle)
        layout.addStretch(3)
        self.show_contact(None)

    def show_contact(self, contact: Contact | None) -> None:
        """Look at this person; None: at nobody."""
        self._contact = contact
        self._card.setVisible(contact is not None)
        self._empty.setVisible(contact is None)
        self.refresh()

    def set_can_write(self, can_write: bool) -> None:
        """Whether one can write to people here: the server knows conversations."""
        self._can_write = can_write
        self.refresh()

    def set_narrow(self, narrow: bool) -> None:
        """Whether the list is out of sight, so that there must be a way back."""
        self.back_button.setVisible(narrow)

    def set_anybody(self, anybody: bool) -> None:
        """Whether there is somebody to choose."""
        self._hint.setVisible(anybody)
        self._hint_icon.setVisible(anybody)

    def refresh(self) -> None:
        """Draw what is known now."""
        if self._contact is not None:
            self._draw(self._contact)
        self.back_button.setIcon(self.look.icon("back"))
        self.back_button.setToolTip(self.tr("Back"))
        self.back_button.setAccessibleName(self.tr("Back"))
        self.message.setText(self.tr("Message"))
        self.more.setIcon(self.look.icon("more"))
        self.more.setToolTip(self.tr("More"))
        self.more.setAccessibleName(self.tr("More"))
        somebody = self._contact is not None and not self._contact.is_me
        self.more.setVisible(somebody)
        self.message.setVisible(self._can_write and somebody)
        if self._can_write:
            self._hint.setText(
                self.tr("Choose a conversation on the left,\nor somebody to see how they are.")
            )
        else:
            self._hint.setText(
                self.tr("Choose somebody on the left to see how they are, since when, and why.")
            )
        icon = "message" if self._can_write else "people"
        self._hint_icon.setPixmap(self.look.picture(icon, theme.EMPTY_ICON, self.devicePixelRatioF()))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()  # on this screen, which may be a sharper one

    @override
    def retranslate(self) -> None:
        self.refresh()

    @override
    def repaint_look(self) -> None:
        self.refresh()

    def _draw(self, contact: Contact) -> None:
        look, ratio = self.look, self.devicePixelRatioF()
        status = contact.status if contact.known else None
        dot = (status, look.palette, look.color("raised"))
        face = look.faces.of(contact.user_id, _SIDE)
        picture = avatar_pixmap(
            _SIDE, contact.user_id, contact.username, look.font("strong"), ratio, dot, face
        )
        self._picture.setPixmap(picture)
        self.name.setText(contact.username)
        self._dot.setPixmap(dot_pixmap(status, look.palette, ratio=ratio))
        self.status.setText(status_word(status))
        custom = custom_words(contact.emoji, contact.text) if status is not None else ""
        self.custom.setText(custom)
        self.custom.setVisible(bool(custom))
        self._tell_facts(self._told(contact, status))

    def _message(self) -> None:
        if self._contact is not None:
            self.message_asked.emit(self._contact.user_id)

    def _ask_menu(self) -> None:
        if self._contact is not None:
            place = self.more.mapToGlobal(self.more.rect().bottomLeft())
            self.menu_asked.emit(self._contact.user_id, place)

    def _told(self, contact: Contact, status: Status | None) -> list[tuple[str, str]]:
        """What is known, label and value."""
        now = self._clock.now()
        if status is None:
            return [(self.tr("Why"), self.tr("There is no connection to the server."))]
        facts = []
        if status is not Status.OFFLINE:
            if words := reason_words(contact.reason):
                facts.append((self.tr("Why"), begun(words)))
            if contact.since is not None:
                facts.append((self.tr("Since"), at(contact.since, now)))
        elif contact.last_seen is not None:
            seen = f"{ago(contact.last_seen, now)} ({at(contact.last_seen, now)})"
            facts.append((self.tr("Last seen"), seen))
        else:
            facts.append((self.tr("Last seen"), self.tr("Never yet")))
        if contact.role == "owner":
            facts.append((self.tr("Role"), self.tr("Runs this server")))
        return facts

    def _tell_facts(self, facts: list[tuple[str, str]]) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (label, value) in enumerate(facts):
            name, words = text_label(label, "muted"), text_label(value)
            name.setWordWrap(False)
            self._facts.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(words, row, 1)

    def _person_part(self) -> QWidget:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setMaximumWidth(_WIDTH)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        line = QHBoxLayout()
        line.setSpacing(2 * theme.UNIT)
        line.addStretch(1)
        line.addWidget(self._dot)
        line.addWidget(self.status)
        line.addStretch(1)
        self._facts.setHorizontalSpacing(4 * theme.UNIT)
        self._facts.setVerticalSpacing(2 * theme.UNIT)
        self._facts.setColumnStretch(1, 1)
        rule = QFrame()
        rule.setProperty("kind", "line")
        rule.setFixedHeight(1)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(6 * theme.UNIT, 8 * theme.UNIT, 6 * theme.UNIT, 6 * theme.UNIT)
        layout.setSpacing(3 * theme.UNIT)
        layout.addWidget(self._picture)
        layout.addWidget(self.name)
        layout.addLayout(line)
        layout.addWidget(self.custom)
        deeds = QHBoxLayout()
        deeds.setSpacing(theme.UNIT)
        deeds.addStretch(1)
        deeds.addWidget(self.message)
        deeds.addWidget(self.more)
        deeds.addStretch(1)
        layout.addLayout(deeds)
        layout.addSpacing(theme.UNIT)
        layout.addWidget(rule)
        layout.addSpacing(theme.UNIT)
        layout.addLayout(self._facts)
        return card

    def _empty_part(self) -> QWidget:
        empty = QWidget()
        empty.setMaximumWidth(_WIDTH)
        layout = QVBoxLayout(empty)
        layout.setSpacing(4 * theme.UNIT)
        layout.addWidget(self._hint_icon)
        layout.addWidget(self._hint)
        return empty
