"""The field one writes in: grows with its lines, sends on Enter, never in the middle of a Hangul syllable.

Decides what keys, paste and drop mean; what is sent, and where, is `composer`'s business.
"""

import re

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.protocol import limits

MOST_LINES = 8
MOST_PASTED = 4 * limits.MESSAGE_LENGTH
"""A longer text is not pasted: to lay out millions of characters takes a minute, and they could not be sent."""
_WORD = re.compile(r"(?:^|(?<=[\s(\[\"']))([@:][^\s@:]{0,32})$")
_CODE = re.compile(r"(?:^|(?<=\s)):([\w+\-]{2,32}):$")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Writing(QTextEdit):
    """Plain text of up to eight lines, then it scrolls."""

    focused = Signal(bool)
    """The keyboard came, or went."""
    sent = Signal()
    """Enter."""
    edit_last = Signal()
    """Arrow up in an empty field."""
    escaped = Signal()
    scrolled = Signal(int)
    """Page up (-1) and page down (1): the messages are meant."""
    list_wanted = Signal()
    """The keyboard is to go to the messages."""
    files_given = Signal(list)
    """Paths that were pasted or dropped."""
    picture_given = Signal(QImage)
    too_long = Signal()
    """A text that was pasted or dropped is not taken."""
    word_changed = Signal(str)
    """The `@` or `:` word that ends at the cursor; empty for none."""
    code_typed = Signal(str)
    """An emoji's name was written between colons; the colon at its end was typed just now."""
    completing_key = Signal(int)
    """While a completion is open: up (-1), down (1), take it (0), away with it (2)."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("composer")
        self.completing = False
        """Whether arrows and Enter belong to a list of completions."""
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(theme.UNIT)
        self._preedit = ""
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.textChanged.connect(self._tell_word)
        self.cursorPositionChanged.connect(self._tell_word)
        self._grow()

    @property
    def text(self) -> str:
        """What was written, as it would be sent."""
        return self.toPlainText()

    @property
    def composing(self) -> bool:
        """Whether an input method holds a syllable that is not finished."""
        return bool(self._preedit)

    def set_text(self, text: str) -> None:
        """Put another text in, with the cursor at its end."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def insert(self, text: str) -> None:
        """Write a text where the cursor is."""
        self.insertPlainText(text)

    def finish_syllable(self) -> None:
        """What the input method holds becomes text."""
        if self._preedit:
            QGuiApplication.inputMethod().commit()

    def word(self) -> str:
        """The `@` or `:` word that ends at the cursor."""
        if self.textCursor().hasSelection():
            return ""
        found = _WORD.search(self._before() + self._preedit)
        return found.group(1) if found else ""

    def _before(self) -> str:
        """What stands before the cursor, in its paragraph."""
        cursor = self.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def replace_word(self, text: str) -> None:
        """Put a text in the place of the word at the cursor."""
        self.finish_syllable()
        self.replace_before(len(self.word()), text)

    def replace_before(self, length: int, text: str) -> None:
        """Put a text in the place of so many characters before the cursor."""
        cursor = self.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor, length
        )
        cursor.insertText(text)
        self.setTextCursor(cursor)

    # --- keys ---

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.completing and self._complete(event):
            return
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _ENTER and not shift:
            self.finish_syllable()
            self.sent.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif not self._leads_away(event):
            super().keyPressEvent(event)
            if event.text() == ":" and (found := _CODE.search(self._before())):
                self.code_typed.emit(found.group(1))

    def _leads_away(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        if key == Qt.Key.Key_Up and plain and not self.text and not self.composing:
            self.edit_last.emit()
        elif key == Qt.Key.Key_Up and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.list_wanted.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and plain:
            self.scrolled.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            return False
        return True

    @override
    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab takes a completion, else goes on to the buttons; back, it goes to the messages."""
        if forwards and self.completing:
            self.completing_key.emit(0)
            return True
        if not forwards:
            self.list_wanted.emit()
            return True
        return super().focusNextPrevChild(forwards)

    def _complete(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Tab: 0, Qt.Key.Key_Escape: 2}
        steps |= dict.fromkeys(_ENTER, 0)
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            return False
        self.completing_key.emit(step)
        return True

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self._grow()
        self._tell_word()

    def _tell_word(self) -> None:
        self.word_changed.emit(self.word())

    # --- paste and drop ---

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        paths = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if paths:
            self.files_given.emit(paths)
            return
        text = "" if source.hasUrls() else source.text()  # cells of a spreadsheet come with a picture of them
        image = source.imageData() if source.hasImage() and not text.strip() else None
        if isinstance(image, QImage) and not image.isNull():
            self.picture_given.emit(image)
        elif len(source.text()) > MOST_PASTED:
            self.too_long.emit()
        else:
            self.insertPlainText(source.text())

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()  # files are for the whole conversation
        else:
            super().dragEnterEvent(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragMoveEvent(event)

    # --- size ---

    def _grow(self) -> None:
        line = QFontMetrics(self.font()).lineSpacing()
        margins = 2 * round(self.document().documentMargin()) + 2 * self.frameWidth()
        least, most = line + margins, MOST_LINES * line + margins
        wanted = round(self.document().size().height()) + 2 * self.frameWidth()
        self.setFixedHeight(min(most, max(least, wanted)))
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if wanted > most else policy.ScrollBarAlwaysOff
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(60 * theme.UNIT, self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(20 * theme.UNIT, self.height())
