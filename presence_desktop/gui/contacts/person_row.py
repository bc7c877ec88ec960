"""Paints one person in the list: avatar with the dot, name, and the line under it.

Decides how a person's row looks. What lies behind it is the delegate's, words come from `gui.words`.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from presence_desktop.core.contact import Contact
from presence_desktop.core.ports import Clock
from presence_desktop.gui import theme
from presence_desktop.gui.avatar import paint_avatar, paint_badge
from presence_desktop.gui.contacts.inks import Inks
from presence_desktop.gui.dots import BADGE
from presence_desktop.gui.look import Look
from presence_desktop.gui.words import status_line
from presence_desktop.protocol.status import Status

SIDE = 10 * theme.UNIT
PADDING = 2 * theme.UNIT
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_person(
    painter: QPainter, card: QRectF, contact: Contact, backdrop: QColor, inks: Inks, look: Look, clock: Clock
) -> None:
    """Draw a person into the row's card."""
    avatar = QRectF(card.left() + PADDING, card.center().y() - SIDE / 2, SIDE, SIDE)
    face = look.faces.of(contact.user_id, SIDE)
    paint_avatar(painter, avatar, contact.user_id, contact.username, inks.name, face)
    status = contact.status if contact.known else None
    paint_badge(painter, avatar, BADGE, status, look.palette, backdrop)

    left = avatar.right() + 3 * theme.UNIT
    width = card.right() - PADDING - left
    names, lines = inks.name_metrics, inks.line_metrics
    top = card.center().y() - inks.text_height() / 2
    here = contact.known and contact.status is not Status.OFFLINE
    painter.setFont(inks.name)
    painter.setPen(inks.colors["text" if here else "muted"])
    name = names.elidedText(contact.username, Qt.TextElideMode.ElideRight, int(width))
    painter.drawText(QRectF(left, top, width, names.height()), LEFT, name)
    painter.setFont(inks.line)
    painter.setPen(inks.colors["muted"])
    line = status_line(contact, clock.now())
    line = lines.elidedText(line, Qt.TextElideMode.ElideRight, int(width))
    below = QRectF(left, top + names.height() + theme.UNIT // 2, width, lines.height())
    painter.drawText(below, LEFT, line)
