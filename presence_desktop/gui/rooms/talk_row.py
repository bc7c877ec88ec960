"""Paints one conversation in the list: picture, name, when something was last said, the last line, what is unread.

Decides how a conversation's row looks. What lies behind it is the delegate's, words come from `talk_words`.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.gui import theme
from presence_desktop.gui.avatar import paint_avatar, paint_badge
from presence_desktop.gui.contacts.inks import Inks
from presence_desktop.gui.contacts.person_row import LEFT, PADDING, SIDE
from presence_desktop.gui.dots import BADGE
from presence_desktop.gui.look import Look
from presence_desktop.gui.rooms.face import paint_lock, paint_room
from presence_desktop.gui.rooms.talk_words import Mood, badge_number, short_time, talk_line, talk_title
from presence_desktop.protocol.chat import Kind, Visibility

_GAP = theme.UNIT
_ICON = 14
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_INK = {Mood.PLAIN: "muted", Mood.TYPING: "link", Mood.DRAFT: "danger"}


def paint_talk(
    painter: QPainter,
    card: QRectF,
    talk: Talk,
    backdrop: QColor,
    inks: Inks,
    client: Client,
    look: Look,
    now: int,
) -> None:
    """Draw a conversation into the row's card."""
    picture = QRectF(card.left() + PADDING, card.center().y() - SIDE / 2, SIDE, SIDE)
    paint_face(painter, picture, talk, backdrop, client, look)
    left, right = picture.right() + 3 * theme.UNIT, card.right() - PADDING
    top = card.center().y() - inks.text_height() / 2
    upper = QRectF(left, top, right - left, inks.name_metrics.height())
    lower = QRectF(left, upper.bottom() + theme.UNIT // 2, right - left, inks.line_metrics.height())
    _paint_upper(painter, upper, talk, inks, client, look, now)
    _paint_lower(painter, lower, talk, inks, client, look)


def paint_face(
    painter: QPainter, box: QRectF, talk: Talk, backdrop: QColor, client: Client, look: Look
) -> None:
    """Draw a conversation's picture: the room's, or the other person's with their dot."""
    font = look.font("strong")
    if talk.kind is Kind.ROOM:
        paint_room(painter, box, talk.id, talk.title or "", font)
        if talk.visibility is Visibility.PRIVATE:
            paint_lock(painter, box, look.color("muted"), backdrop)
        return
    title = talk_title(client, talk)
    other = talk.other or 0
    if client.me is not None and other == client.me.user_id:
        title = client.me.username
    paint_avatar(painter, box, other, title, font, look.faces.of(other, round(box.width())))
    contact = client.roster.get(other)
    if contact is not None and not contact.is_me:
        status = contact.status if contact.known else None
        paint_badge(painter, box, BADGE, status, look.palette, backdrop)


def _paint_upper(
    painter: QPainter, box: QRectF, talk: Talk, inks: Inks, client: Client, look: Look, now: int
) -> None:
    painter.setFont(inks.line)
    time = short_time(talk.last_at, now)
    painter.setPen(inks.colors["link" if talk.unread and not talk.muted else "muted"])
    painter.drawText(box, _RIGHT, time)
    room = box.width() - inks.line_metrics.horizontalAdvance(time) - 2 * _GAP
    if talk.muted:
        room -= _ICON + _GAP
    painter.setFont(inks.name)
    painter.setPen(inks.colors["text"])
    title = inks.name_metrics.elidedText(talk_title(client, talk), Qt.TextElideMode.ElideRight, int(room))
    painter.drawText(box, LEFT, title)
    if talk.muted:
        at = box.left() + inks.name_metrics.horizontalAdvance(title) + _GAP
        icon = QRectF(at, box.center().y() - _ICON / 2, _ICON, _ICON)
        look.icon("bell-off").paint(painter, icon.toRect())


def _paint_lower(painter: QPainter, box: QRectF, talk: Talk, inks: Inks, client: Client, look: Look) -> None:
    right = box.right()
    if talk.failed or talk.unsent:
        icon = QRectF(right - _ICON, box.center().y() - _ICON / 2, _ICON, _ICON)
        name, ink = ("warning", "danger") if talk.failed else ("clock", "muted")
        look.icon(name, ink).paint(painter, icon.toRect())
        right = icon.left() - _GAP
    if talk.unread:
        ink = "muted" if talk.muted else "accent"
        right = paint_pill(painter, box, right, badge_number(talk.unread), ink, inks)
    if talk.mentions:
        right = paint_pill(painter, box, right, "@", "accent", inks)
    mood, words = talk_line(client, talk)
    painter.setFont(inks.line)
    painter.setPen(inks.colors[_INK[mood]])
    width = right - box.left() - (_GAP if right < box.right() else 0)
    line = inks.line_metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(width))
    painter.drawText(QRectF(box.left(), box.top(), width, box.height()), LEFT, line)


def paint_pill(painter: QPainter, box: QRectF, right: float, words: str, ink: str, inks: Inks) -> float:
    """Draw a badge that ends at `right`; where the room for what is left of it ends."""
    height = box.height() + 2
    width = max(height, inks.badge_metrics.horizontalAdvance(words) + 2.5 * theme.UNIT)
    pill = QRectF(right - width, box.center().y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.colors[ink])
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setFont(inks.badge)
    painter.setPen(inks.colors["on_accent" if ink == "accent" else "side"])
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
    return pill.left() - _GAP
