"""Tool tips and menus show what people and servers are called, whatever it looks like."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QApplication

from presence_desktop.core import incoming
from presence_desktop.gui.panel import ElidedLabel
from presence_desktop.gui.verbatim import tip
from tests.gui.scene import ME, SERVER, Scene, directory, link_up, picture


def read(told: str) -> str:
    """What Qt shows of it."""
    return QTextDocumentFragment.fromHtml(told).toPlainText() if told.startswith("<div") else told


@pytest.mark.parametrize(
    "words",
    [
        "김민서",
        "<b>Mina</b>\nOnline",
        "<img src='//elsewhere/x.png'>",
        "&lt;i&gt;",
        "A & B",
        "1 < 2\n  3 > 2",
    ],
)
def test_markup_is_shown_as_it_was_typed(words: str) -> None:
    assert read(tip(words)) == words


def test_words_without_it_are_handed_over_as_they_are() -> None:
    assert tip("Mina\n온라인") == "Mina\n온라인"


def test_names_in_lists_and_labels_are_no_markup(scene: Scene, qapp: QApplication) -> None:
    names = ("<h1>Admin</h1>",)
    scene.feed(incoming.SignedIn(SERVER, ME), link_up(), picture(names), directory(names))
    model = scene.window.people.contacts.model
    told = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert read(told).startswith("<h1>Admin</h1>\n")
    label = ElidedLabel()
    label.setText(names[0])
    label.resize(10, 10)
    label.show()
    assert read(label.toolTip()) == names[0]
    label.close()


def test_a_server_with_an_ampersand_keeps_it_in_menus(scene: Scene) -> None:
    scene.sign_in()
    scene.client.connection.server_name = "R&D"
    told = [action.text() for action in scene.window.rail.menu(scene.window.account).actions()]
    assert {"Sign out of R&&D", "Remove R&&D…"} <= set(told)
