"""Pictures are read in a thread that comes and goes with them; the window goes on meanwhile."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.gui.chat import decoding
from presence_desktop.gui.chat.decoding import Decoder, Wanted
from tests.gui.chat.conversation import painted


def working() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "decoding"]


def test_all_that_is_wanted_comes_and_the_thread_goes(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    decoder, came = Decoder(), dict[Wanted, QSize]()
    decoder.decoded.connect(lambda wanted, picture: came.update({wanted: picture.size()}))
    path = painted(tmp_path / "a.png")
    decoder.want((path, 90, 60))
    decoder.want((path, 0, 0))
    decoder.want((str(tmp_path / "none.png"), 9, 9))
    qtbot.waitUntil(lambda: len(came) == 3)
    assert [(size.width(), size.height()) for size in came.values()] == [(90, 60), (900, 600), (0, 0)]
    qtbot.waitUntil(lambda: not working())
    decoder.want((path, 30, 20))
    qtbot.waitUntil(lambda: len(came) == 4)


@pytest.mark.parametrize("at_the_end", [False, True])
def test_the_window_goes_on_and_what_is_forgotten_is_not_read(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_the_end: bool
) -> None:
    gate, begun = threading.Event(), list[str]()
    real = decoding.read_image

    def slow(path: str, cover: QSize | None = None) -> object:
        begun.append(path)
        gate.wait(5)
        return real(path, cover)

    monkeypatch.setattr(decoding, "read_image", slow)
    decoder, came = Decoder(), list[QPixmap]()
    decoder.decoded.connect(lambda _wanted, picture: came.append(picture))
    path = painted(tmp_path / "a.png")
    decoder.want((path, 9, 6))
    decoder.want((path, 90, 60))
    qtbot.waitUntil(lambda: bool(begun))
    if at_the_end:
        qapp.aboutToQuit.emit()
    else:
        decoder.forget()
    gate.set()
    qtbot.waitUntil(lambda: bool(came))
    qtbot.waitUntil(lambda: not working())
    assert begun == [path]


def test_one_that_is_gone_is_told_nothing(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    parent = Decoder()
    decoder = Decoder(parent)
    path = painted(tmp_path / "a.png", 3000, 2000)
    for side in range(1, 4):
        decoder.want((path, side, side))
    parent.deleteLater()
    qtbot.waitUntil(lambda: not working())
