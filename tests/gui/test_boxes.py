"""Boxes that ask: what is said stands in line with its edge, and none of it is cut."""

import pytest
from PySide6.QtWidgets import QLabel

from presence_desktop.gui.confirm import question_box
from presence_desktop.gui.crash import CrashReporter
from tests.gui.scene import Scene

MARGIN = 24


@pytest.mark.parametrize(
    "name", ["디자인", "A room with a name that goes on and on, as names of rooms now and then do"]
)
def test_what_is_asked_is_read_whole(scene: Scene, name: str) -> None:
    box = question_box(scene.window, f"Leave {name}?", "Its messages go from this computer.", "Leave")
    box.show()
    for label in box.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.mapTo(box, label.rect().topLeft()).x() == MARGIN
            assert (
                label.width() >= (label.minimumSizeHint() if label.wordWrap() else label.sizeHint()).width()
            )
            assert label.height() >= label.heightForWidth(label.width())
    assert box.width() <= 600
    box.close()
    box.deleteLater()


def test_the_title_of_a_warning_is_whole_beside_its_sign(scene: Scene) -> None:
    reporter = CrashReporter()
    reporter.window = scene.window
    reporter._show("trace")
    assert reporter.box is not None
    title = next(label for label in reporter.box.findChildren(QLabel) if label.text() == reporter.box.text())
    assert title.width() >= title.sizeHint().width()
    assert not reporter.box.iconPixmap().isNull()
    reporter.box.close()
    reporter.deleteLater()
