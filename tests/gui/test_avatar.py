"""One's own picture: read, cropped, sent small; people's pictures stand where their letters stood."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QFont, QGuiApplication, QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.gui.avatar import paint_avatar
from presence_desktop.gui.avatar_dialog import AvatarDialog, png
from presence_desktop.gui.crop import MOST, SIDE, CropView
from presence_desktop.gui.faces import Faces
from presence_desktop.gui.look import Look
from presence_desktop.protocol import limits
from presence_desktop.protocol.chat_rest import AvatarTaken
from presence_desktop.protocol.errors import Code
from tests.gui.chat_stage import StagedChats
from tests.gui.scene import Scene

RED, BLUE = QColor("#cc2222"), QColor("#2222cc")


def halves(width: int = 900, height: int = 600) -> QImage:
    """Red on the left, blue on the right."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(RED)
    painter = QPainter(image)
    painter.fillRect(width // 2, 0, width // 2, height, BLUE)
    painter.end()
    return image


@pytest.fixture
def dialog(talking: Scene, qtbot: QtBot) -> AvatarDialog:
    talking.window.show()
    qtbot.waitExposed(talking.window)
    talking.window.people.desk.choose_avatar()
    opened = talking.window.people.desk.dialog
    assert isinstance(opened, AvatarDialog)
    return opened


# --- cropping ---


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> CropView:
    made = CropView(Look(qapp))
    qtbot.addWidget(made)
    made.show_image(halves())
    return made


def test_the_middle_is_in_view_first(view: CropView) -> None:
    assert view.part() == QRectF(150, 0, 600, 600)


def test_the_window_never_looks_past_the_edge(view: CropView) -> None:
    view.move_by(10_000, 10_000)
    assert view.part() == QRectF(0, 0, 600, 600)
    view.move_by(-10_000, 0)
    assert view.part() == QRectF(300, 0, 600, 600)
    view.set_zoom(99)
    assert view.zoom == MOST
    view.set_zoom(0)
    assert view.zoom == 1
    assert view.part().right() <= 900


def test_mouse_wheel_and_keys_move_and_enlarge(view: CropView, qtbot: QtBot) -> None:
    view.show()
    left = view.part().left()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(130, 100))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(130, 100))
    assert view.part().left() < left
    qtbot.keyClick(view, Qt.Key.Key_Left)
    moved = view.part().left()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.part().left() < moved
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    zoomed = view.zoom
    assert zoomed > 1
    wheel = QWheelEvent(
        QPointF(10, 10), QPointF(10, 10), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, wheel)
    assert view.zoom > zoomed
    for _ in range(30):
        qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == 1


def test_what_is_in_view_is_what_is_cut_out(view: CropView) -> None:
    view.move_by(-SIDE, 0)
    view.set_zoom(4)
    cut = view.cropped(512)
    assert (cut.width(), cut.height()) == (150, 150)  # never larger than what was there
    assert cut.pixelColor(75, 75) == BLUE
    view.set_zoom(1)
    assert view.cropped(256).width() == 256


# --- the dialog ---


def test_a_picture_is_sent_small_and_square(
    dialog: AvatarDialog, talking: Scene, chats: StagedChats, tmp_path: Path
) -> None:
    assert not dialog.main_button.isEnabled()
    path = tmp_path / "me.png"
    assert halves(3000, 2000).save(str(path))
    dialog.load(str(path))
    dialog.zoom.setValue(50)
    assert dialog.view.zoom == pytest.approx(1 + (MOST - 1) / 2)
    dialog.main_button.click()
    name, data = chats.calls[-1]
    assert name == "set_avatar"
    sent = QImage.fromData(data)
    assert sent.width() == sent.height() == 512
    assert len(data) < limits.AVATAR_BYTES
    talking.window.refresh(chats.outcome(code=Code.INVALID_IMAGE))
    assert "cannot be read" in dialog.error.text()
    dialog.main_button.click()
    talking.window.refresh(chats.outcome(AvatarTaken(avatar="/api/avatars/x.png")))
    assert talking.window.people.desk.dialog is None


def test_even_noise_fits_into_what_the_server_takes() -> None:
    noise = QImage(512, 512, QImage.Format.Format_RGB32)
    for row in range(512):
        for column in range(512):
            noise.setPixel(column, row, (row * 7919 + column * 104_729) * 2_654_435_761 & 0xFFFFFF)
    assert len(png(noise)) < limits.AVATAR_BYTES


@pytest.mark.parametrize("content", [b"", b"no picture at all", b"\x89PNG\r\n\x1a\n truncated"])
def test_what_is_no_picture_is_refused(dialog: AvatarDialog, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "me.png"
    path.write_bytes(content)
    dialog.load(str(path))
    assert "cannot be read" in dialog.error.text()
    assert not dialog.main_button.isEnabled()


def test_pictures_are_pasted_and_dropped(dialog: AvatarDialog, tmp_path: Path) -> None:
    QGuiApplication.clipboard().setImage(halves(60, 40))
    dialog._paste()
    assert dialog.ready()
    assert dialog.view.part().width() == 40
    path = tmp_path / "drop.png"
    halves(90, 80).save(str(path))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.dropEvent(drop)
    assert dialog.view.part().width() == 80


def test_a_picture_can_be_taken_away(dialog: AvatarDialog, chats: StagedChats) -> None:
    dialog.remove.clicked.emit()
    assert chats.calls[-1] == ("set_avatar", None)


# --- people's pictures ---


def test_a_picture_stands_where_letters_stood(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "face.png"
    halves(64, 64).save(str(path))
    faces = Faces()
    assert faces.of(7, 40) is None
    faces.attach({7: str(path)}.get)
    face = faces.of(7, 40)
    assert face is not None
    assert faces.of(7, 40) is face  # read once
    assert faces.of(8, 40) is None
    canvas = QImage(40, 40, QImage.Format.Format_RGB32)
    canvas.fill(QColor("#ffffff"))
    painter = QPainter(canvas)
    paint_avatar(painter, QRectF(0, 0, 40, 40), 7, "Ada", QFont(), face)
    painter.end()
    assert canvas.pixelColor(8, 20).red() > 150 > canvas.pixelColor(8, 20).blue()
    assert canvas.pixelColor(32, 20).blue() > 150 > canvas.pixelColor(32, 20).red()
    assert canvas.pixelColor(1, 1) == QColor("#ffffff")  # it is round


def test_a_picture_that_cannot_be_read_leaves_the_letters(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"nothing")
    faces = Faces()
    faces.attach(lambda _: str(path))
    assert faces.of(7, 40) is None
