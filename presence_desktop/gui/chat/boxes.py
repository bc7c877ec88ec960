"""What a row consists of, as boxes relative to the row's upper left corner; what lies under a point.

Decides nothing: `layouts` says where boxes are, `painter` how they look, `view` what a click on them does.
"""

from enum import Enum, auto

from msgspec import Struct, field
from PySide6.QtCore import QPointF, QRectF

from presence_desktop.core.chat.row import LocalFile, Row
from presence_desktop.gui.chat.document import MessageDocument
from presence_desktop.protocol.chat import Attachment


class Spot(Enum):
    """What can be clicked in a row."""

    SENDER = auto()
    QUOTE = auto()
    TEXT = auto()
    LINK = auto()
    PICTURE = auto()
    FILE = auto()
    CANCEL = auto()
    CHIP = auto()
    MORE_CHIPS = auto()
    RETRY = auto()
    EDIT = auto()
    DISCARD = auto()
    MARK = auto()
    TIME = auto()


class Hit(Struct, frozen=True):
    """What lies under a point: the spot, and the link, emoji or number of the attachment."""

    spot: Spot
    text: str = ""
    number: int = 0


class FileBox(Struct):
    """A picture or a file."""

    rect: QRectF
    attachment: Attachment
    local: LocalFile | None
    picture: bool
    number: int = 0
    """Which of the message's attachments it is."""
    cancel: QRectF | None = None


class Chip(Struct):
    """A reaction."""

    rect: QRectF
    emoji: str
    count: int
    mine: bool


class RowLayout(Struct):
    """Where everything of one row is. Rects that are None are not shown."""

    row: Row
    width: float
    document: MessageDocument | None
    day: QRectF | None = None
    new_line: QRectF | None = None
    card: QRectF = field(default_factory=QRectF)
    """The row without the lines above it: what is lit while the pointer is over it."""
    pinned: QRectF | None = None
    avatar: QRectF | None = None
    header: QRectF | None = None
    name_width: float = 0.0
    time: QRectF | None = None
    quote: QRectF | None = None
    body: QRectF | None = None
    files: list[FileBox] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    more_chips: QRectF | None = None
    trouble: QRectF | None = None
    retry: QRectF | None = None
    edit: QRectF | None = None
    discard: QRectF | None = None
    mark: QRectF | None = None
    height: float = 0.0

    def hit(self, point: QPointF) -> Hit | None:
        """What lies under a point of the row."""
        for spot, rect in self._plain_spots():
            if rect is not None and rect.contains(point):
                return Hit(spot)
        for chip in self.chips:
            if chip.rect.contains(point):
                return Hit(Spot.CHIP, chip.emoji)
        for box in self.files:
            if box.cancel is not None and box.cancel.contains(point):
                return Hit(Spot.CANCEL, number=box.number)
            if box.rect.contains(point):
                return Hit(Spot.PICTURE if box.picture else Spot.FILE, number=box.number)
        return self._hit_text(point)

    def text_place(self, point: QPointF) -> int:
        """The place in the text nearest to a point of the row."""
        if self.body is None or self.document is None:
            return 0
        return self.document.position_at(point - self.body.topLeft())

    def _plain_spots(self) -> tuple[tuple[Spot, QRectF | None], ...]:
        name = None
        if self.header is not None:
            name = QRectF(self.header.topLeft(), self.header.bottomLeft() + QPointF(self.name_width, 0))
        return (
            (Spot.RETRY, self.retry),
            (Spot.EDIT, self.edit),
            (Spot.DISCARD, self.discard),
            (Spot.MORE_CHIPS, self.more_chips),
            (Spot.SENDER, self.avatar),
            (Spot.SENDER, name),
            (Spot.QUOTE, self.quote),
            (Spot.MARK, self.mark),
            (Spot.TIME, self.time),
        )

    def _hit_text(self, point: QPointF) -> Hit | None:
        if self.body is None or self.document is None or not self.body.contains(point):
            return None
        inside = point - self.body.topLeft()
        link = self.document.link_at(inside)
        return Hit(Spot.LINK, link) if link else Hit(Spot.TEXT)
