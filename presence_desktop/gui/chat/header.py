"""Over the messages: what the conversation is called, what it is about, who is here, and where else one can go.

Decides how that is laid out; the words come from `core` and `gui.words`.
"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.avatar import avatar_pixmap, paint_avatar
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.sentences import listed
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ElidedLabel, Panel
from presence_desktop.gui.rooms.face import paint_lock, paint_room
from presence_desktop.gui.verbatim import tip
from presence_desktop.gui.words import status_line
from presence_desktop.protocol.chat import Kind, Visibility

_FACE = 9 * theme.UNIT
_LINE = 11 * theme.UNIT - 1
"""As high as name and topic, also where there is no topic."""
_HERE = 6 * theme.UNIT
_SHOWN = 4
_ROOMY = 110 * theme.UNIT
"""From this width on there is room for the faces of who is here."""
_ICON = QSize(20, 20)


class _Title(QWidget):
    """Name and topic; a click asks for more of it."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = ElidedLabel("title")
        self.topic = ElidedLabel("muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.name)
        layout.addWidget(self.topic)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()


class Header(Panel):
    """One line above the messages."""

    back = Signal()
    details = Signal()
    members = Signal()
    pins = Signal()
    search = Signal()

    def __init__(self, client: Client, look: Look, company: Company, clock: Clock) -> None:
        super().__init__(look)
        self._client, self._company, self._clock = client, company, clock
        self.back_button = self._button("back-to-list", self.back)
        self.members_button = self._button("members", self.members)
        self.members_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.pins_button = self._button("pins", self.pins)
        self.search_button = self._button("find", self.search)
        self._face = QLabel()
        self.title = _Title()
        self.title.clicked.connect(self.details)
        self.here = QLabel()
        self.back_button.hide()
        self._lay_out()
        self.retranslate()
        self.repaint_look()

    def set_narrow(self, narrow: bool) -> None:
        """Whether the list is out of sight, so that there must be a way back."""
        self.back_button.setVisible(narrow)

    def people(self) -> set[int]:
        """Whose face or status it shows."""
        talk = self._company.talk
        if talk is None:
            return set()
        return set(self._client.chats.here(talk.id)) if talk.other is None else {talk.other}

    def refresh(self) -> None:
        """Say what holds now."""
        talk = self._company.talk
        if talk is None:
            return
        self.title.name.setText(self._company.title())
        about = self._about(talk)
        self.title.topic.setText(about)
        self.title.topic.setVisible(bool(about))
        room = talk.kind is Kind.ROOM
        self.members_button.setVisible(room)
        self.members_button.setText(str(len(talk.members)))
        self.members_button.setAccessibleName(self.tr("%n members", "", len(talk.members)))
        self._show_face(talk)
        self._show_here(talk)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.size().width() >= _ROOMY) != (event.oldSize().width() >= _ROOMY):
            self.refresh()

    @override
    def retranslate(self) -> None:
        for button, words in (
            (self.back_button, self.tr("Back to the list")),
            (self.members_button, self.tr("Members")),
            (self.pins_button, self.tr("Pinned messages")),
            (self.search_button, self.tr("Search here")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self.refresh()

    @override
    def repaint_look(self) -> None:
        self.back_button.setIcon(self.look.icon("back"))
        self.members_button.setIcon(self.look.icon("members"))
        self.pins_button.setIcon(self.look.icon("pin"))
        self.search_button.setIcon(self.look.icon("search"))
        self.refresh()

    def _about(self, talk: Talk) -> str:
        if talk.kind is Kind.ROOM:
            return talk.topic
        contact = self._company.contact(talk.other)
        return status_line(contact, self._clock.now()) if contact is not None else ""

    def _show_face(self, talk: Talk) -> None:
        ratio = self.devicePixelRatioF()
        if talk.kind is Kind.ROOM:
            self._face.setPixmap(self._room_picture(talk, ratio))
            return
        contact = self._company.contact(talk.other)
        status = contact.status if contact is not None and contact.known else None
        noted = talk.other == self._company.me  # of oneself one's own card says it
        dot = None if noted else (status, self.look.palette, self.look.color("page"))
        user_id, name = talk.other or 0, self._company.name(talk.other)
        face = self.look.faces.of(user_id, _FACE)
        font = self.look.font("strong")
        self._face.setPixmap(avatar_pixmap(_FACE, user_id, name, font, ratio, dot, face))

    def _room_picture(self, talk: Talk, ratio: float) -> QPixmap:
        picture = _blank(_FACE + 4, _FACE + 4, ratio)
        painter = QPainter(picture)
        box = QRectF(0, 0, _FACE, _FACE)
        paint_room(painter, box, talk.id, talk.title or "", self.look.font("strong"))
        if talk.visibility is Visibility.PRIVATE:
            paint_lock(painter, box, self.look.color("muted"), self.look.color("page"))
        painter.end()
        return picture

    def _show_here(self, talk: Talk) -> None:
        """Who else has a room open now, as a few faces."""
        here = self._client.chats.here(talk.id) if talk.kind is Kind.ROOM else ()
        self.here.setVisible(bool(here) and self.width() >= _ROOMY)
        if not here:
            return
        names = [self._company.name(user_id) for user_id in here]
        words = self.tr("Here now: {names}").format(names=listed(names))
        self.here.setToolTip(tip(words))
        self.here.setAccessibleName(words)
        self.here.setPixmap(self._stack(here[:_SHOWN]))

    def _stack(self, user_ids: tuple[int, ...]) -> QPixmap:
        step, rim = _HERE * 0.84, 2
        picture = _blank(
            round(_HERE + step * (len(user_ids) - 1)) + 2 * rim, _HERE + 2 * rim, self.devicePixelRatioF()
        )
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, user_id in enumerate(user_ids):
            box = QRectF(rim + at * step, rim, _HERE, _HERE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.look.color("page"))
            painter.drawEllipse(box.adjusted(-rim, -rim, rim, rim))
            face, name = self.look.faces.of(user_id, _HERE), self._company.name(user_id)
            paint_avatar(painter, box, user_id, name, self.look.font("strong"), face)
        painter.end()
        return picture

    def _button(self, name: str, asked: SignalInstance) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setIconSize(_ICON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(asked)
        return button

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(4 * theme.UNIT, 2 * theme.UNIT, 3 * theme.UNIT, 2 * theme.UNIT)
        line.setSpacing(2 * theme.UNIT)
        line.addStrut(_LINE)
        line.addWidget(self.back_button)
        line.addWidget(self._face)
        line.addWidget(self.title, 1)
        line.addWidget(self.here)
        line.addWidget(self.members_button)
        line.addWidget(self.pins_button)
        line.addWidget(self.search_button)
        rule = QFrame()
        rule.setProperty("kind", "line")
        rule.setFixedHeight(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(line)
        outer.addWidget(rule)


def _blank(width: int, height: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(ratio)
    return picture
