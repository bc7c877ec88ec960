"""A field to search in, in which the syllable that an input method still composes counts as typed.

Whoever types Korean has the last syllable in the making until the next one is begun: what is found would always lag by
one. Decides what counts; what is found others say (`core.search` takes half-typed syllables for what they may become).
"""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from presence_desktop.gui import theme

_CLOSER = -theme.UNIT * 3 // 2
"""Qt leaves more room behind the magnifying glass than between any two things that belong together."""


class SearchField(QLineEdit):
    """`text` and `textChanged` tell what is typed together with what is being composed."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextMargins(_CLOSER, 0, 0, 0)
        self._composed = ""

    @override
    def text(self) -> str:
        typed, place = super().text(), self.cursorPosition()
        return f"{typed[:place]}{self._composed}{typed[place:]}"

    @override
    def setText(self, text: str | None, /) -> None:
        self._give_up()
        super().setText(text or "")

    @override
    def clear(self) -> None:
        self._give_up()
        super().clear()

    def _give_up(self) -> None:
        """What is being composed goes with what was typed, whether or not the input method says so."""
        composed, self._composed = self._composed, ""
        if composed:
            self.textChanged.emit(self.text())

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        before, self._composed = self._composed, event.preeditString()
        super().inputMethodEvent(event)
        if self._composed != before:
            self.textChanged.emit(self.text())
