"""The list and what one looks at: side by side where there is room for both, else the one or the other.

Decides which of them is to be seen, and how wide the list is. What stands in them is the page's business.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from presence_desktop.gui import theme

_SIDE = 80 * theme.UNIT
_SIDE_LEAST = 60 * theme.UNIT
_BOTH = 140 * theme.UNIT
"""From this width on there is room for both."""


class Halves(QSplitter):
    """One per page."""

    side_chosen = Signal(int)
    """The person made the list so wide, in logical pixels."""

    def __init__(self, side: QWidget, content: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._side, self._content = side, content
        self.wide = True
        """Whether there is room for both."""
        self.front = False
        """Whether the content is what one looks at, if there is room for one of them only."""
        side.setMinimumWidth(_SIDE_LEAST)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(side)
        self.addWidget(content)
        self.setStretchFactor(1, 1)
        self.set_side(None)
        self.splitterMoved.connect(lambda *_: self.side_chosen.emit(self.sizes()[0]))

    def set_side(self, width: int | None) -> None:
        """The list is to be so wide; None: as it is made for."""
        side = max(_SIDE if width is None else width, _SIDE_LEAST)
        self.setSizes([side, max(sum(self.sizes()) - side, 3 * _SIDE)])

    def set_room(self, width: int) -> None:
        """The page is so wide now."""
        self.wide = width >= _BOTH
        self._arrange()

    def bring(self) -> None:
        """Look at the content."""
        self.front = True
        self._arrange()

    def lead_back(self) -> None:
        """Look at the list; the content stays beside it where there is room."""
        self.front = False
        self._arrange()

    def _arrange(self) -> None:
        self._side.setVisible(self.wide or not self.front)
        self._content.setVisible(self.wide or self.front)
