"""Rows of the list are dragged within, between and out of sections; sections themselves are dragged too."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from pytestqt.qtbot import QtBot

from presence_desktop.core.favourites import FAVOURITES, Item, Sections, person, talk
from presence_desktop.gui.contacts.model import MIME
from presence_desktop.gui.contacts.pane import ContactPane
from presence_desktop.gui.contacts.upper_order import Head
from presence_desktop.protocol.status import Status
from tests.gui.chat_stage import StagedChats, room
from tests.gui.scene import Scene
from tests.gui.test_sections import ETHAN, GRACE, choose, kept, make, pane, upper
from tests.gui.test_talks import entries, entry

__all__ = ["kept", "pane"]


class Drag:
    """A row on its way."""

    def __init__(self, pane: ContactPane, row: Item | Head) -> None:
        self.pane, self.view, self.data = pane, pane.view, QMimeData()
        choose(pane, row)
        self.data.setData(MIME, b"")
        self.view.begin_drag()

    def place(self, row: Item | Head, *, lower: bool) -> QPointF:
        at = self.pane.model.row_of_item(row)
        assert at is not None
        height = self.view.rowHeight(at)
        return QPointF(20, self.view.rowViewportPosition(at) + height * (0.75 if lower else 0.25))

    def over(self, row: Item | Head, *, lower: bool = False) -> bool:
        rules = (
            Qt.DropAction.MoveAction,
            self.data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        place = self.place(row, lower=lower)
        enter = QDragEnterEvent(place.toPoint(), *rules)
        self.view.dragEnterEvent(enter)
        move = QDragMoveEvent(place.toPoint(), *rules)
        self.view.dragMoveEvent(move)
        return enter.isAccepted() and move.isAccepted() and self.view.mark.isVisibleTo(self.view)

    def drop(self, row: Item | Head, *, lower: bool = False) -> None:
        rules = (
            Qt.DropAction.MoveAction,
            self.data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        self.over(row, lower=lower)
        self.view.dropEvent(QDropEvent(self.place(row, lower=lower), *rules))
        self.view.end_drag()
        assert self.view.mark.isHidden()


@pytest.fixture
def shown(pane: ContactPane, talking: Scene, qtbot: QtBot) -> ContactPane:
    talking.window.resize(1000, 1400)
    talking.window.show()
    qtbot.waitExposed(talking.window)
    return pane


def test_dragged_into_the_favourites_which_appear_while_one_drags(shown: ContactPane) -> None:
    drag = Drag(shown, talk(3))
    assert entries(shown)[:2] == ["Favourites", "Conversations"]
    assert drag.over(Head(FAVOURITES))
    drag.drop(Head(FAVOURITES), lower=True)
    assert upper(shown) == ["Favourites", 3]
    assert entry(shown.view.currentIndex()) == 3


def test_a_drag_that_ends_nowhere_changes_nothing(shown: ContactPane, kept: list[Sections]) -> None:
    before = entries(shown)
    drag = Drag(shown, talk(3))
    assert not drag.over(talk(1))
    drag.drop(talk(1))
    assert entries(shown) == before
    assert kept == []


def test_rows_are_dragged_within_between_and_out_of_sections(shown: ContactPane) -> None:
    work = make(shown, "Work", talk(3))
    shown.sections.put(talk(6), work)
    shown.sections.put(person(ETHAN), FAVOURITES)
    assert upper(shown) == ["Favourites", "Ethan Walker", "Work", 3, 6]
    Drag(shown, talk(6)).drop(talk(3))
    assert upper(shown) == ["Favourites", "Ethan Walker", "Work", 6, 3]
    Drag(shown, talk(3)).drop(person(ETHAN), lower=True)
    assert upper(shown) == ["Favourites", "Ethan Walker", 3, "Work", 6]
    Drag(shown, person(ETHAN)).drop(talk(6), lower=True)
    assert upper(shown) == ["Favourites", 3, "Work", 6, "Ethan Walker"]
    Drag(shown, person(ETHAN)).drop(talk(1))
    assert upper(shown) == ["Favourites", 3, "Work", 6]
    Drag(shown, person(GRACE)).drop(Head(work))
    assert upper(shown) == ["Favourites", 3, "Work", "Grace Kim", 6]


def test_sections_are_dragged(shown: ContactPane) -> None:
    work, family = make(shown, "Work", talk(3)), make(shown, "Family", talk(6))
    shown.sections.put(person(ETHAN), FAVOURITES)
    Drag(shown, Head(family)).drop(Head(FAVOURITES))
    assert upper(shown) == ["Family", 6, "Favourites", "Ethan Walker", "Work", 3]
    Drag(shown, Head(family)).drop(person(ETHAN))
    assert upper(shown) == ["Favourites", "Ethan Walker", "Family", 6, "Work", 3]
    Drag(shown, Head(FAVOURITES)).drop(talk(1))
    assert upper(shown) == ["Family", 6, "Work", 3, "Favourites", "Ethan Walker"]
    Drag(shown, Head(family)).drop(talk(3), lower=True)
    assert upper(shown) == ["Work", 3, "Family", 6, "Favourites", "Ethan Walker"]
    assert shown.sections.held.get(work) is shown.sections.held.all[0]


def test_rows_stand_while_one_drags(shown: ContactPane, talking: Scene, chats: StagedChats) -> None:
    drag = Drag(shown, talk(3))
    before = entries(shown)
    talking.window.refresh(chats.put(room(90, "New")))
    talking.change(ETHAN, Status.OFFLINE, 50)
    assert entries(shown) == before
    drag.drop(Head(FAVOURITES))
    assert 90 in entries(shown)


def test_what_others_drag_means_nothing_here(shown: ContactPane) -> None:
    event = QDragEnterEvent(
        QPoint(20, 20),
        Qt.DropAction.MoveAction,
        QMimeData(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    shown.view.dragEnterEvent(event)
    assert not event.isAccepted()
