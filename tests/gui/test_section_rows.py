"""The model of the list stays sound, whatever is done with sections, and is never reset for them."""

from collections.abc import Callable
from itertools import count
from random import Random

import pytest
from PySide6.QtGui import QCursor
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from presence_desktop.core import incoming
from presence_desktop.core.favourites import PEOPLE, person, talk
from presence_desktop.gui.contacts import sections as sections_module
from presence_desktop.gui.contacts.model import CONTACT
from presence_desktop.gui.contacts.pane import ContactPane
from presence_desktop.gui.contacts.upper_order import Head
from presence_desktop.protocol.status import Status
from tests.gui.chat_stage import StagedChats, message, room
from tests.gui.scene import ME, NAMES, Scene, directory, link_up, picture
from tests.gui.test_sections import choose, make
from tests.gui.test_talks import entries, entry, settle


@pytest.fixture
def pane(talking: Scene) -> ContactPane:
    QCursor.setPos(0, 0)
    return talking.window.people.contacts


@pytest.mark.parametrize("seed", range(2))
def test_a_thousand_wishes_keep_the_model_sound(
    pane: ContactPane, talking: Scene, chats: StagedChats, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections_module, "confirmed", lambda *_words: True)
    chance = Random(seed)
    tester = QAbstractItemModelTester(pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    items = [*(person(2 + number) for number in range(len(NAMES))), *(talk(number) for number in range(1, 9))]
    resets: list[None] = []
    pane.model.modelReset.connect(lambda: resets.append(None))
    own, turn = pane.sections, count(100)
    wishes: list[Callable[[], object]] = [
        lambda: own.toggle_favourite(chance.choice(items)),
        lambda: own.put(chance.choice(items), chance.randrange(4), chance.choice(items)),
        lambda: own.step(chance.choice(items), chance.choice((-1, 1))),
        lambda: own.step(Head(own.held.all[chance.randrange(len(own.held.all))].key), chance.choice((-1, 1))),
        lambda: own.toggle_fold(chance.randrange(PEOPLE, 4)),
        lambda: make(pane, chance.choice("abcdef")),
        lambda: own.ask_remove(chance.randrange(4)),
        lambda: talking.change(2 + chance.randrange(len(NAMES)), chance.choice(list(Status)), next(turn)),
        lambda: talking.window.refresh(
            chats.change(chance.choice(list(chats.talks)), last_at=next(turn) * 1000)
        ),
    ]
    for _ in range(200):
        chance.choice(wishes)()
        settle(pane)
        assert not pane.model.upper.stale
        assert len(set(entries(pane))) == len(entries(pane)) or chats.talks.keys() & {2, 4, 5, 7}
        heights = {pane.view.rowHeight(row) for row in pane.model.heading_rows()}
        assert heights <= {pane._delegate.heading_height()}
    assert resets == []
    tester.deleteLater()


def test_five_hundred_rows_come_and_go_without_a_reset(
    pane: ContactPane, talking: Scene, chats: StagedChats, qtbot: QtBot
) -> None:
    resets: list[None] = []
    pane.model.modelReset.connect(lambda: resets.append(None))
    for number in range(500):
        changes = chats.put(
            room(200 + number, f"Room {number}", message(200 + number, 1, 2, "hi", 600 + number))
        )
    talking.window.refresh(changes)
    chosen = talk(300)
    choose(pane, chosen)
    chats.talks = dict(reversed(chats.talks.items()))
    for number in range(500):
        chats.change(200 + number, last_at=number)
    talking.window.refresh(chats.change(200, last_at=10**13))
    settle(pane)
    assert entry(pane.view.currentIndex()) == 300
    assert resets == []


def test_the_list_of_many_people_has_sections_too(scene: Scene) -> None:
    many = [f"Person {index:04}" for index in range(2000)]
    scene.feed(incoming.SignedIn("http://x", ME), link_up(), picture(many), directory(many))
    pane = scene.window.people.contacts
    pane.sections.toggle_favourite(person(1000))
    assert entries(pane)[:3] == ["Favourites", "Person 0998", "People"]
    assert pane.model.row_of(1000) == 1
    assert pane.model.index(3, 0).data(CONTACT) is not None
