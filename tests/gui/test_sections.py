"""Favourites and sections in the list: by menu, key and drag; the model stays sound, and nobody is listed twice."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from presence_desktop.core.favourites import FAVOURITES, PEOPLE, Item, Sections, person, talk
from presence_desktop.gui.contacts import sections as sections_module
from presence_desktop.gui.contacts.model import HEADING, TALK
from presence_desktop.gui.contacts.pane import ContactPane
from presence_desktop.gui.contacts.section_keys import TAKEN
from presence_desktop.gui.contacts.section_menu import heading_menu
from presence_desktop.gui.contacts.upper_order import Head
from presence_desktop.gui.shortcuts import KEYS, Way, Where
from tests.gui.chat_stage import StagedChats, direct, message
from tests.gui.scene import NAMES, Scene
from tests.gui.test_talks import entries, entry, settle

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ETHAN = 2 + NAMES.index("Ethan Walker")
GRACE = 2 + NAMES.index("Grace Kim")


@pytest.fixture
def pane(talking: Scene) -> ContactPane:
    QCursor.setPos(0, 0)
    return talking.window.people.contacts


@pytest.fixture
def kept(pane: ContactPane) -> list[Sections]:
    """What was to be kept, each time."""
    told: list[Sections] = []
    pane.sections.changed.connect(told.append)
    return told


def choose(pane: ContactPane, row: Item | Head) -> None:
    place = pane.model.row_of_item(row)
    assert place is not None
    pane.view.setCurrentIndex(pane.model.index(place, 0))


def upper(pane: ContactPane) -> list[object]:
    """All above the conversations."""
    shown = entries(pane)
    return shown[: shown.index("Conversations")] if "Conversations" in shown else shown


def press(qtbot: QtBot, pane: ContactPane, key: Qt.Key, with_keys: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(pane.view, key, with_keys or Qt.KeyboardModifier.NoModifier)


# --- favourites ---


def test_a_favourite_stands_on_top_and_nowhere_else(pane: ContactPane, kept: list[Sections]) -> None:
    pane.sections.toggle_favourite(person(ETHAN))
    assert upper(pane) == ["Favourites", "Ethan Walker"]
    assert entries(pane).count("Ethan Walker") == 1
    assert kept[-1].all[0].items == (person(ETHAN),)
    pane.sections.toggle_favourite(person(ETHAN))
    assert upper(pane) == []
    assert "Ethan Walker" in entries(pane)


def test_with_whom_one_talks_is_there_with_the_conversation(pane: ContactPane, chats: StagedChats) -> None:
    other = chats.talks[2].other
    assert other is not None
    pane.sections.toggle_favourite(person(other))
    pane.sections.toggle_favourite(talk(3))
    assert upper(pane) == ["Favourites", 2, 3]
    shown = entries(pane)
    assert shown.count(2) == shown.count(3) == 1
    assert pane.model.talk_ids()[:2] == [2, 3]


def test_a_favourite_becomes_a_conversation_in_its_place(
    pane: ContactPane, talking: Scene, chats: StagedChats
) -> None:
    pane.sections.toggle_favourite(person(GRACE))
    pane.sections.toggle_favourite(person(ETHAN))
    talking.window.refresh(chats.put(direct(70, GRACE, message(70, 1, GRACE, "Hi"))))
    settle(pane)
    assert upper(pane)[:2] == ["Favourites", 70]
    talking.window.refresh(chats.drop(70))
    settle(pane)
    assert upper(pane)[1] == "Grace Kim"


def test_what_is_gone_leaves_the_list_and_comes_back_to_its_place(
    pane: ContactPane, talking: Scene, chats: StagedChats
) -> None:
    pane.sections.toggle_favourite(talk(3))
    pane.sections.toggle_favourite(talk(6))
    gone = chats.talks[3]
    talking.window.refresh(chats.drop(3))
    assert upper(pane) == ["Favourites", 6]
    talking.window.refresh(chats.put(gone))
    settle(pane)
    assert upper(pane) == ["Favourites", 3, 6]


def test_a_search_lists_everybody_and_no_sections(pane: ContactPane) -> None:
    pane.sections.toggle_favourite(person(ETHAN))
    pane.sections.toggle_favourite(talk(3))
    pane.search.setText("r")
    assert "Favourites" not in entries(pane)
    assert "Ethan Walker" in entries(pane)
    assert 3 in entries(pane)
    assert not pane.model.flags(pane.model.index(1, 0)) & Qt.ItemFlag.ItemIsDragEnabled
    pane.search.clear()
    assert upper(pane) == ["Favourites", "Ethan Walker", 3]


def test_what_was_kept_is_there_before_anybody_is(scene: Scene) -> None:
    pane = scene.window.people.contacts
    pane.sections.begin(Sections().put(person(ETHAN), FAVOURITES).add("Work").put(person(999), 1))
    scene.sign_in()
    assert entries(pane)[:4] == ["Favourites", "Ethan Walker", "Work", "People"]
    assert entries(pane).count("Ethan Walker") == 1
    assert len(entries(pane)) == len(NAMES) + 3


def test_somebody_else_has_other_sections(pane: ContactPane) -> None:
    pane.sections.toggle_favourite(person(ETHAN))
    pane.start_over()
    assert pane.sections.held == Sections()
    assert upper(pane) == []


# --- sections ---


def make(pane: ContactPane, name: str, item: Item | None = None) -> int:
    pane.sections.ask_new(item)
    dialog = pane.sections.dialog
    assert dialog is not None
    dialog.edit.setText(name)
    dialog.submit()
    return pane.sections.held.all[-1].key


def test_a_section_is_made_named_and_removed(
    pane: ContactPane, kept: list[Sections], monkeypatch: pytest.MonkeyPatch
) -> None:
    work = make(pane, "Work", person(ETHAN))
    make(pane, "  Family ")
    assert upper(pane) == ["Work", "Ethan Walker", "Family"]
    pane.sections.ask_rename(work)
    dialog = pane.sections.dialog
    assert dialog is not None
    dialog.edit.setText("family")
    dialog.submit()
    assert not dialog.error.isHidden()
    dialog.edit.setText(" ")
    assert not dialog.button.isEnabled()
    dialog.submit()
    dialog.edit.setText("회사")
    dialog.submit()
    assert upper(pane) == ["회사", "Ethan Walker", "Family"]
    monkeypatch.setattr(sections_module, "confirmed", lambda *_words: False)
    pane.sections.ask_remove(work)
    assert upper(pane)[0] == "회사"
    monkeypatch.setattr(sections_module, "confirmed", lambda *_words: True)
    pane.sections.ask_remove(work)
    assert upper(pane) == ["Family"]
    assert "Ethan Walker" in entries(pane)
    assert [section.name for section in kept[-1].all] == ["", "Family"]
    pane.sections.ask_remove(FAVOURITES)
    assert len(pane.sections.held.all) == 2


def test_a_folded_section_shows_what_is_unread_in_it(pane: ContactPane) -> None:
    pane.sections.toggle_favourite(talk(1))
    pane.sections.toggle_favourite(person(ETHAN))
    heading = pane.model.index(0, 0)
    pane.view.clicked.emit(heading)
    assert upper(pane) == ["Favourites"]
    told = heading.data(HEADING)
    assert (told.folded, told.entries, told.unread) == (True, 2, 3)
    assert (
        heading.data(Qt.ItemDataRole.AccessibleTextRole) == "Favourites, section, 2 entries, folded, 3 unread"
    )
    pane.view.clicked.emit(heading)
    assert upper(pane) == ["Favourites", 1, "Ethan Walker"]
    assert heading.data(Qt.ItemDataRole.AccessibleTextRole) == "Favourites, section, 2 entries"


def test_what_is_unread_in_a_folded_section_is_found_by_its_key(pane: ContactPane, talking: Scene) -> None:
    pane.sections.put(talk(1), FAVOURITES)
    pane.sections.toggle_fold(FAVOURITES)
    page = talking.window.people
    page._step(1, unread=True)
    assert page.chat.shown == 1
    page.open_talk(2)
    page._step(-1)
    assert page.chat.shown == 2  # no step leads into what is folded otherwise


def test_where_a_row_went_is_said_aloud(pane: ContactPane, monkeypatch: pytest.MonkeyPatch) -> None:
    aloud: list[str] = []
    monkeypatch.setattr(sections_module.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        sections_module.QAccessible, "updateAccessibility", lambda event: aloud.append(event.message())
    )
    pane.sections.toggle_favourite(person(ETHAN))
    pane.sections.step(person(ETHAN), 1)
    assert aloud == ["Ethan Walker: Favourites, 1 of 1", "Ethan Walker: in no section"]


# --- by keyboard ---


def test_the_table_of_keys_says_what_the_list_takes() -> None:
    ways = (Way.FAVOURITE, Way.ROW_UP, Way.ROW_DOWN, Way.FOLD, Way.RENAME, Way.REMOVE)
    shown = {key for way in ways for key in KEYS[Where.LIST][way]}
    assert shown == TAKEN.keys() - {"Space", "Return", "Enter"}


def test_a_row_goes_anywhere_by_keyboard_and_keeps_the_keyboard(pane: ContactPane, qtbot: QtBot) -> None:
    make(pane, "Work", talk(3))
    choose(pane, person(ETHAN))
    press(qtbot, pane, Qt.Key.Key_D, CTRL)
    assert upper(pane) == ["Favourites", "Ethan Walker", "Work", 3]
    press(qtbot, pane, Qt.Key.Key_Down, CTRL | SHIFT)
    assert upper(pane) == ["Work", "Ethan Walker", 3]
    assert entry(pane.view.currentIndex()) == "Ethan Walker"
    assert pane.sections.spoken(person(ETHAN)) == "Ethan Walker: Work, 1 of 2"
    press(qtbot, pane, Qt.Key.Key_Down, CTRL | SHIFT)
    assert upper(pane) == ["Work", 3, "Ethan Walker"]
    press(qtbot, pane, Qt.Key.Key_Down, CTRL | SHIFT)
    assert upper(pane) == ["Work", 3]
    assert entry(pane.view.currentIndex()) == "Ethan Walker"
    assert pane.sections.spoken(person(ETHAN)) == "Ethan Walker: in no section"
    press(qtbot, pane, Qt.Key.Key_Up, CTRL | SHIFT)
    press(qtbot, pane, Qt.Key.Key_Up, CTRL | SHIFT)
    press(qtbot, pane, Qt.Key.Key_Up, CTRL | SHIFT)
    assert upper(pane) == ["Favourites", "Ethan Walker", "Work", 3]


def test_a_section_is_folded_moved_and_renamed_by_keyboard(pane: ContactPane, qtbot: QtBot) -> None:
    work = make(pane, "Work", talk(3))
    make(pane, "Family")
    choose(pane, Head(work))
    for key, after in (
        (Qt.Key.Key_Left, ["Work", "Family"]),
        (Qt.Key.Key_Right, ["Work", 3, "Family"]),
        (Qt.Key.Key_Space, ["Work", "Family"]),
        (Qt.Key.Key_Return, ["Work", 3, "Family"]),
    ):
        press(qtbot, pane, key)
        assert upper(pane) == after
    press(qtbot, pane, Qt.Key.Key_Down, CTRL | SHIFT)
    assert upper(pane) == ["Family", "Work", 3]
    assert pane.sections.spoken(Head(work)) == "Section Work, 2 of 2"
    assert entry(pane.view.currentIndex()) == "Work"
    press(qtbot, pane, Qt.Key.Key_Up, CTRL | SHIFT)
    assert upper(pane) == ["Work", 3, "Family"]
    press(qtbot, pane, Qt.Key.Key_F2)
    assert pane.sections.dialog is not None
    assert pane.sections.dialog.edit.text() == "Work"
    pane.sections.dialog.reject()


def test_arrows_reach_every_heading(pane: ContactPane, qtbot: QtBot) -> None:
    make(pane, "Work", talk(3))
    choose(pane, talk(3))
    press(qtbot, pane, Qt.Key.Key_Up)
    assert entry(pane.view.currentIndex()) == "Work"
    press(qtbot, pane, Qt.Key.Key_Down)
    press(qtbot, pane, Qt.Key.Key_Down)
    assert entry(pane.view.currentIndex()) == "Conversations"
    press(qtbot, pane, Qt.Key.Key_Down)
    assert pane.view.currentIndex().data(TALK) is not None


# --- by menu ---


def words(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_the_menu_of_somebody_leads_into_any_section(pane: ContactPane) -> None:
    make(pane, "Work")
    menu = QMenu()
    pane.add_wishes(menu, person(ETHAN))
    assert words(menu) == ["Add to favourites", "Section"]
    inner = menu.actions()[-1].menu()
    assert isinstance(inner, QMenu)
    assert words(inner) == ["Favourites", "Work", "In no section", "New section…"]
    inner.actions()[1].trigger()
    assert upper(pane) == ["Work", "Ethan Walker"]
    again = QMenu()
    pane.add_wishes(again, person(ETHAN))
    chosen = again.actions()[-1].menu()
    assert isinstance(chosen, QMenu)
    assert [action.isChecked() for action in chosen.actions()[:3]] == [False, True, False]
    chosen.actions()[2].trigger()
    assert upper(pane) == ["Work"]
    again.actions()[1].trigger()
    assert upper(pane) == ["Favourites", "Ethan Walker", "Work"]
    for one in (menu, again):
        one.deleteLater()


def test_the_menu_of_a_heading(pane: ContactPane, talking: Scene) -> None:
    work = make(pane, "Work", talk(3))
    make(pane, "Family")
    menu = heading_menu(talking.look, pane.sections, work, pane)
    assert words(menu) == ["Fold", "Move up", "Move down", "Rename…", "Remove section", "New section…"]
    assert [action.isEnabled() for action in menu.actions()[:3]] == [True, False, True]
    menu.actions()[2].trigger()
    assert upper(pane) == ["Family", "Work", 3]
    menu.actions()[0].trigger()
    assert upper(pane) == ["Family", "Work"]
    menu.deleteLater()
    plain = heading_menu(talking.look, pane.sections, PEOPLE, pane)
    assert words(plain) == ["Fold", "New section…"]
    plain.actions()[0].trigger()
    assert entries(pane)[-1] == "People"
    plain.deleteLater()
