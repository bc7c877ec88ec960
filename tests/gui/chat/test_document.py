"""A message's text as it is laid out: what stands around it never runs into it."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from presence_desktop.gui.chat.document import Dress, MessageDocument
from presence_desktop.gui.chat.markdown import read
from presence_desktop.gui.look import Look

CODE = "```\ncode\n```"
BOX = 8


@pytest.mark.parametrize(
    "text", [CODE, f"{CODE}\nafter", f"before\n{CODE}", f"before\n{CODE}\nafter", "alone"]
)
def test_a_box_of_code_has_its_room_at_every_edge(qapp: QApplication, text: str) -> None:
    look = Look(qapp)
    made = MessageDocument(read(text), Dress(look))
    made.set_width(400)
    layout = made.text.documentLayout()
    boxes = []
    for number in range(made.text.blockCount()):
        block = made.text.findBlockByNumber(number)
        around = BOX if block.text() == "code" else 0
        boxes.append(layout.blockBoundingRect(block).adjusted(0, -around, 0, around))
    assert boxes[0].top() >= 0
    assert boxes[-1].bottom() <= made.height
    assert all(above.bottom() <= below.top() for above, below in pairwise(boxes))
    look.deleteLater()


def test_the_box_of_a_task_is_drawn_and_its_sign_is_copied(qapp: QApplication) -> None:
    look = Look(qapp)
    made = MessageDocument(read("- [x] done\n- [ ] open"), Dress(look))
    made.set_width(200)
    image = QImage(200, round(made.height), QImage.Format.Format_RGB32)
    image.fill(look.color("page"))
    painter = QPainter(image)
    made.paint(painter, QPointF(0, 0))
    painter.end()
    accent, middle = look.color("accent"), image.height() // 2
    assert count(image, accent, 0, middle) > 60
    assert count(image, accent, middle, image.height()) == 0
    assert made.selected_text(0, made.length) == "☑\tdone\n☐\topen"
    look.deleteLater()


def count(image: QImage, color: QColor, top: int, bottom: int) -> int:
    """So many points of a picture's part have this colour."""
    return sum(image.pixelColor(x, y) == color for y in range(top, bottom) for x in range(24))
