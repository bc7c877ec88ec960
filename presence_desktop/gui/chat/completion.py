"""The list over the composer while one writes `@` or `:`: people and emoji that begin so.

Decides who is offered and in which order; the composer has the keyboard all the while.
"""

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from presence_desktop.core.contact import folded
from presence_desktop.gui import theme
from presence_desktop.gui.avatar import avatar_pixmap
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.writing import Writing
from presence_desktop.gui.emoji.book import book
from presence_desktop.gui.look import Look

MOST = 8
_SHEET = """
QListWidget {{ background: transparent; border: none; outline: none; }}
QListWidget::item {{ padding: {unit}px; border-radius: {unit}px; color: {text}; }}
QListWidget::item:hover {{ background: {hover}; }}
QListWidget::item:selected {{ background: {selected}; color: {text}; }}
"""
_FACE = 6 * theme.UNIT


class Offer(Struct, frozen=True):
    """One completion: what is shown, and what is written in its place."""

    label: str
    written: str
    user_id: int | None = None
    emoji: str = ""


class Completion(QFrame):
    """A small list that floats over the messages."""

    taken = Signal(str)
    """The text to be written."""

    def __init__(self, look: Look, company: Company, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._company = look, company
        self.setProperty("kind", "popup")
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(_FACE, _FACE))
        self.list.setObjectName("completion")
        self.list.clicked.connect(self._clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.UNIT, theme.UNIT, theme.UNIT, theme.UNIT)
        layout.addWidget(self.list)
        look.changed.connect(self._dress)
        self._dress()
        self._offers: list[Offer] = []
        self._field: Writing | None = None
        self._edge: QWidget | None = None
        self.hide()

    def attend(self, field: Writing, edge: QWidget) -> None:
        """Offer completions for what is written in this field, right above `edge`."""
        self._field, self._edge = field, edge
        field.word_changed.connect(self._offer)
        field.completing_key.connect(self._key)
        field.code_typed.connect(self._take_code)
        self.taken.connect(field.replace_word)

    def offer_for(self, word: str) -> bool:
        """Show what begins so; whether there is anything."""
        self._offers = self._found(word)
        self.list.clear()
        for offer in self._offers:
            item = QListWidgetItem(offer.label)
            item.setIcon(self._icon(offer))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.setVisible(bool(self._offers))
        self._fit()
        return bool(self._offers)

    def step(self, by: int) -> None:
        """Up, down, or take the one that is chosen (0)."""
        if by == 0:
            self._clicked(self.list.currentIndex())
        elif self._offers:
            self.list.setCurrentRow((self.list.currentRow() + by) % len(self._offers))

    def sit_on(self, edge: QWidget) -> None:
        """Stand right above a widget of the same parent."""
        ground = self.parentWidget()
        if ground is None:
            return
        at = edge.mapTo(ground, edge.rect().topLeft())
        self.move(at.x(), max(0, at.y() - self.height() - theme.UNIT))
        self.raise_()

    def _offer(self, word: str) -> None:
        if self._field is None or self._edge is None:
            return
        offered = bool(word) and self._field.hasFocus() and self.offer_for(word)
        self._field.completing = offered
        self.setVisible(offered)
        if offered:
            self.sit_on(self._edge)

    def _take_code(self, code: str) -> None:
        """`:thumbsup:` becomes the emoji."""
        emoji = book().named(code)
        if emoji is not None and self._field is not None:
            self._field.replace_before(len(code) + 2, emoji.char)

    def _key(self, step: int) -> None:
        if step in (-1, 0, 1):
            self.step(step)
        else:
            self.hide()
        if self._field is not None:
            self._field.completing = self.isVisible()

    def _clicked(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._offers):
            self.hide()
            self.taken.emit(self._offers[index.row()].written)

    def _found(self, word: str) -> list[Offer]:
        if word.startswith("@"):
            return self._people(folded(word[1:]))
        if word.startswith(":") and len(word) >= 3:
            found = book().find(word[1:], MOST)
            return [Offer(emoji.name, f"{emoji.char} ", emoji=emoji.char) for emoji in found]
        return []

    def _people(self, start: str) -> list[Offer]:
        talk = self._company.talk
        members = () if talk is None else talk.members
        ranked: list[tuple[int, str, Offer]] = []
        for member in members:
            contact = self._company.contact(member.user_id)
            if contact is None or contact.is_me:
                continue
            words = contact.sort_name.split()
            if contact.sort_name.startswith(start):
                rank = 0
            elif any(word.startswith(start) for word in words):
                rank = 1
            elif start in contact.sort_name:
                rank = 2
            else:
                continue
            offer = Offer(contact.username, f"{mention(contact.username)} ", contact.user_id)
            ranked.append((rank, contact.sort_name, offer))
        offers = [offer for _rank, _name, offer in sorted(ranked, key=lambda entry: entry[:2])][:MOST]
        if len(members) > 2 and "all".startswith(start):
            offers = [*offers[: MOST - 1], Offer(self.tr("all (everybody here)"), "@all ")]
        return offers

    def _icon(self, offer: Offer) -> QIcon:
        if offer.user_id is not None:
            picture = self._face(offer.user_id)
        elif offer.emoji:
            picture = self._drawn(offer.emoji)
        else:
            picture = self._look.icon("members").pixmap(_FACE, _FACE)
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)
        return icon

    def _drawn(self, emoji: str) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(_FACE * ratio), round(_FACE * ratio))
        picture.fill(Qt.GlobalColor.transparent)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        font = self._look.font("emoji")
        font.setPixelSize(round(_FACE * 0.7))
        painter.setFont(font)
        painter.drawText(QRectF(0, 0, _FACE, _FACE), Qt.AlignmentFlag.AlignCenter, emoji)
        painter.end()
        return picture

    def _face(self, user_id: int) -> QPixmap:
        name = self._company.name(user_id)
        face = self._look.faces.of(user_id, _FACE)
        font = self._look.font("strong")
        return avatar_pixmap(_FACE, user_id, name, font, self.devicePixelRatioF(), None, face)

    def _dress(self) -> None:
        colors = {name: self._look.color(name).name() for name in ("text", "selected", "hover")}
        self.list.setStyleSheet(_SHEET.format(**colors, unit=theme.UNIT))

    def _fit(self) -> None:
        rows = self.list.count()
        height = sum(self.list.sizeHintForRow(row) for row in range(rows))
        width = max((self.list.sizeHintForColumn(0) + 8 * theme.UNIT, 60 * theme.UNIT))
        self.list.setFixedSize(min(width, 100 * theme.UNIT), height + theme.UNIT)
        self.adjustSize()


def mention(name: str) -> str:
    """How somebody is mentioned: `@name`, in quotes where the name holds more than letters, digits, `_`, `.`, `-`."""
    simple = all(letter.isalnum() or letter in "_.-" for letter in name)
    return f"@{name}" if simple else f'@"{name}"'
