"""The rooms' dialogs: what they ask, what they say when it is refused, and what they offer to whom."""

from types import SimpleNamespace
from typing import TypeVar

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QScrollArea, QTableView, QWidget
from pytestqt.qtbot import QtBot

from presence_desktop.core.changes import Changes
from presence_desktop.gui.people_page import PeoplePage
from presence_desktop.gui.rooms import desk as desk_module
from presence_desktop.gui.rooms import members as members_module
from presence_desktop.gui.rooms.browse import BrowseDialog
from presence_desktop.gui.rooms.desk import RoomDesk
from presence_desktop.gui.rooms.details import DetailsDialog
from presence_desktop.gui.rooms.dialog import AskingDialog
from presence_desktop.gui.rooms.invite import InviteDialog
from presence_desktop.gui.rooms.members import MembersDialog
from presence_desktop.gui.rooms.new_room import NewRoomDialog
from presence_desktop.gui.rooms.talk_menu import TalkMenu
from presence_desktop.protocol.chat import Conversation, Kind, MemberRole, RoomEntry, Visibility
from presence_desktop.protocol.chat_events import DmOpened, RoomDirectory, RoomUpdated
from presence_desktop.protocol.errors import Code
from tests.gui.chat_stage import StagedChats, members, room
from tests.gui.scene import NOON, Scene

Dialog = TypeVar("Dialog", bound=AskingDialog)


@pytest.fixture
def page(talking: Scene, qtbot: QtBot) -> PeoplePage:
    talking.window.show()
    qtbot.waitExposed(talking.window)
    return talking.window.people


def opened(desk: RoomDesk, kind: type[Dialog]) -> Dialog:
    dialog = desk.dialog
    assert isinstance(dialog, kind)
    return dialog


def conversation(talk_id: int) -> Conversation:
    return Conversation(
        id=talk_id, kind=Kind.ROOM, title="New", version=1, created_at=NOON, members=list(members(1, 2))
    )


def names(dialog: AskingDialog) -> list[str]:
    people = dialog.picker.list.people
    return [people.person(row).name for row in range(people.rowCount())]


# --- a new room ---


def test_a_room_is_made_and_opened(
    page: PeoplePage, talking: Scene, chats: StagedChats, qtbot: QtBot
) -> None:
    page.desk.make_room()
    dialog = opened(page.desk, NewRoomDialog)
    assert not dialog.main_button.isEnabled()
    dialog.form.title.edit.setText("  주간 회의 ")
    dialog.form.public.setChecked(True)
    dialog.picker.toggle(3)
    dialog.picker.toggle(6)
    qtbot.keyClick(dialog.form.topic.edit, Qt.Key.Key_Return)
    assert chats.calls[-1] == ("create_room", "주간 회의", "", Visibility.PUBLIC, (3, 6))
    assert not dialog.main_button.isEnabled()
    talking.window.refresh(chats.outcome(code=Code.UNREACHABLE))
    assert dialog.isVisible()
    assert "no connection" in dialog.error.text()
    dialog.main_button.click()
    chats.put(room(77, "주간 회의"))
    talking.window.refresh(chats.outcome(RoomUpdated(conversation=conversation(77))))
    assert page.desk.dialog is None
    assert ("open", 77) in chats.calls


def test_people_are_picked_by_keyboard(page: PeoplePage, qtbot: QtBot) -> None:
    page.desk.make_room()
    dialog = opened(page.desk, NewRoomDialog)
    picker = dialog.picker
    picker.search.setText("ㄱㅁㅅ")
    assert names(dialog) == ["김민서"]
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert picker.chosen == (2,)
    assert picker.search.text() == ""
    assert dialog.isVisible()  # Enter chose, it did not send
    picker.list.setCurrentIndex(picker.list.people.index(1, 0))
    qtbot.keyClick(picker.list, Qt.Key.Key_Space)
    assert len(picker.chosen) == 2
    qtbot.keyClick(picker.list, Qt.Key.Key_Space)
    assert picker.chosen == (2,)
    picker.search.setText("zaphod")
    assert "zaphod" in picker.nobody.text()


# --- public rooms ---


def directory() -> RoomDirectory:
    return RoomDirectory(
        rooms=[
            RoomEntry(id=1, title="디자인", topic="화면", members=5, joined=True),
            RoomEntry(id=21, title="Lunch", topic="Where today?", members=9, joined=False),
        ]
    )


def test_on_a_small_screen_what_is_asked_scrolls_and_the_buttons_stay_in_view(
    page: PeoplePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1024 × 600 at 200 %."""
    screen = SimpleNamespace(availableSize=lambda: QSize(512, 300))
    monkeypatch.setattr(NewRoomDialog, "screen", lambda _dialog: screen)
    page.desk.make_room()
    dialog = opened(page.desk, NewRoomDialog)
    assert dialog.height() < 300
    assert dialog.rect().contains(dialog.buttons.geometry())
    assert dialog.focusWidget() is dialog.form.title.edit
    dialog.hide()
    dialog.show()
    assert len(dialog.findChildren(QScrollArea)) == 1
    dialog.reject()


def test_a_public_room_is_joined_and_opened(page: PeoplePage, talking: Scene, chats: StagedChats) -> None:
    page.desk.browse()
    dialog = opened(page.desk, BrowseDialog)
    assert "Looking" in dialog.words.text()
    talking.window.refresh(chats.outcome(directory()))
    assert dialog.main_button.text() == "Open"
    dialog.search.setText("today")  # the topic is searched too
    assert dialog.model.rowCount() == 1
    assert dialog.main_button.text() == "Join"
    dialog.main_button.click()
    assert chats.calls[-1] == ("join", 21)
    chats.put(room(21, "Lunch"))
    talking.window.refresh(chats.outcome(RoomUpdated(conversation=conversation(21))))
    assert ("open", 21) in chats.calls
    assert page.desk.dialog is None


def test_a_room_one_is_in_is_just_opened(page: PeoplePage, talking: Scene, chats: StagedChats) -> None:
    page.desk.browse()
    dialog = opened(page.desk, BrowseDialog)
    talking.window.refresh(chats.outcome(directory()))
    dialog.list.activated.emit(dialog.model.index(0, 0))
    assert chats.calls[-1] == ("open", 1)


def test_no_public_room_is_said(page: PeoplePage, talking: Scene, chats: StagedChats) -> None:
    page.desk.browse()
    dialog = opened(page.desk, BrowseDialog)
    talking.window.refresh(chats.outcome(RoomDirectory(rooms=[])))
    assert "no public room" in dialog.words.text()
    dialog.search.setText("x")
    assert "“x”" in dialog.words.text()


# --- inviting ---


def test_only_who_is_not_in_yet_is_offered(page: PeoplePage, talking: Scene, chats: StagedChats) -> None:
    page.desk.invite(1)
    dialog = opened(page.desk, InviteDialog)
    assert not {"김민서", "Noah Fischer", "이하늘"} & set(names(dialog))
    assert not dialog.main_button.isEnabled()
    dialog.picker.toggle(8)
    dialog.main_button.click()
    assert chats.calls[-1] == ("invite", 1, (8,))
    talking.window.refresh(chats.outcome(RoomUpdated(conversation=conversation(1))))
    assert page.desk.dialog is None


# --- members ---


def choose(dialog: MembersDialog, user_id: int) -> None:
    dialog.list.setCurrentIndex(dialog.list.people.index(dialog.list.people.row_of(user_id), 0))


def offered(dialog: MembersDialog) -> set[str]:
    buttons = (dialog.message, dialog.promote, dialog.own, dialog.remove)
    return {button.text() for button in buttons if button.isVisible() and button.isEnabled()}


def test_an_owner_gives_roles_and_removes(
    page: PeoplePage, talking: Scene, chats: StagedChats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members_module, "confirmed", lambda *_: True)
    page.desk.show_members(3)
    dialog = opened(page.desk, MembersDialog)
    first = dialog.list.people.person(0)
    assert (first.user_id, first.note) == (1, "you · Owner")
    assert offered(dialog) == set()  # with oneself there is nothing to do
    choose(dialog, 3)
    assert offered(dialog) == {"Message", "Make member", "Make owner", "Remove"}
    dialog.promote.click()
    assert chats.calls[-1] == ("give_role", 3, 3, MemberRole.MEMBER)
    assert offered(dialog) == {"Message"}
    talking.window.refresh(chats.outcome(code=Code.LAST_OWNER))
    assert "needs an owner" in dialog.error.text()
    choose(dialog, 4)
    dialog.own.click()
    assert chats.calls[-1] == ("give_role", 3, 4, MemberRole.OWNER)
    talking.window.refresh(chats.outcome(RoomUpdated(conversation=conversation(3))))
    dialog.remove.click()
    assert chats.calls[-1] == ("remove", 3, 4)
    talking.window.refresh(chats.change(3, members=members(1, 2, 3, moderator=3)))
    assert dialog.list.people.rowCount() == 3
    assert dialog.windowTitle() == "3 members of Release 1.0"


@pytest.mark.parametrize(
    ("role", "other", "wanted"),
    [
        (MemberRole.MODERATOR, 2, {"Message", "Remove"}),
        (MemberRole.MODERATOR, 9, {"Message"}),
        (MemberRole.MEMBER, 2, {"Message"}),
    ],
)
def test_others_are_offered_what_the_rules_let_them(
    page: PeoplePage, chats: StagedChats, role: MemberRole, other: int, wanted: set[str]
) -> None:
    mine = members(1, 2, 9, owner=9, moderator=1 if role is MemberRole.MODERATOR else 0)
    chats.put(room(60, "Theirs", members=mine, my_role=role, visibility=Visibility.PRIVATE))
    page.desk.show_members(60)
    dialog = opened(page.desk, MembersDialog)
    choose(dialog, other)
    assert offered(dialog) == wanted
    assert dialog.invite.isVisible() is (role is MemberRole.MODERATOR)


def test_a_member_can_be_written_to(page: PeoplePage, chats: StagedChats) -> None:
    page.desk.show_members(1)
    dialog = opened(page.desk, MembersDialog)
    dialog.search.setText("noah")
    choose(dialog, 3)
    dialog.message.click()
    assert chats.calls[-1] == ("open", 2)


def test_a_dialog_goes_when_one_is_put_out(page: PeoplePage, talking: Scene, chats: StagedChats) -> None:
    for show in (page.desk.show_members, page.desk.show_details):
        chats.put(room(61, "Short"))
        show(61)
        talking.window.refresh(chats.drop(61))
        assert page.desk.dialog is None


# --- details ---


def test_only_what_changed_is_sent(page: PeoplePage, talking: Scene, chats: StagedChats) -> None:
    page.desk.show_details(1)
    dialog = opened(page.desk, DetailsDialog)
    assert not dialog.main_button.isEnabled()
    dialog.form.topic.edit.setText("All of it")
    dialog.main_button.click()
    assert chats.calls[-1] == ("update_room", 1, None, "All of it", None)
    talking.window.refresh(chats.outcome(RoomUpdated(conversation=conversation(1))))
    assert page.desk.dialog is None


def test_who_does_not_lead_only_looks(page: PeoplePage, chats: StagedChats) -> None:
    page.desk.show_details(6)
    dialog = opened(page.desk, DetailsDialog)
    assert dialog.main_button is None
    assert dialog.form.title.edit.isReadOnly()
    dialog.mute.setChecked(False)
    assert chats.calls[-1] == ("mute", 6, False)
    dialog.members.click()
    assert opened(page.desk, MembersDialog)


def test_leaving_is_asked_first(
    page: PeoplePage, chats: StagedChats, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter((False, True))
    monkeypatch.setattr(desk_module, "confirmed", lambda *_: next(answers))
    page.desk.leave(6)
    assert chats.calls == []
    page.desk.leave(6)
    assert chats.calls == [("leave", 6)]


# --- direct conversations and menus ---


def test_a_direct_conversation_is_made_when_there_is_none(
    page: PeoplePage, talking: Scene, chats: StagedChats
) -> None:
    page.desk.open_direct(8)
    assert chats.calls[-1] == ("open_direct", 8)
    talking.window.refresh(chats.outcome(code=Code.UNKNOWN_USER))
    assert "no account" in page.notices.shown[0].words.text()
    page.desk.open_direct(8)
    chats.put(room(70, None, kind=Kind.DIRECT, other=8))
    talking.window.refresh(chats.outcome(DmOpened(conversation=conversation(70))))
    assert ("open", 70) in chats.calls


def test_the_menu_of_a_conversation_follows_its_kind_and_role(page: PeoplePage, chats: StagedChats) -> None:
    def words(talk_id: int) -> list[str]:
        menu = TalkMenu(chats.talks[talk_id], page.look, page)
        found = [action.text() for action in menu.actions() if action.text()]
        menu.deleteLater()
        return found

    assert words(1) == [
        "Open", "Mark as read", "Mute", "Pinned messages", "Members…", "Invite people…", "Change room…", "Leave room…",
    ]  # fmt: skip
    assert words(6)[2:] == [
        "Unmute", "Pinned messages", "Members…", "Invite people…", "About this room…", "Leave room…",
    ]  # fmt: skip
    assert words(4) == ["Open", "Mute", "Pinned messages", "Show profile"]


def test_marking_as_read_and_muting(page: PeoplePage, talking: Scene, chats: StagedChats) -> None:
    menu = TalkMenu(chats.talks[1], page.look, page)
    menu.read_asked.connect(page.desk._mark_read)
    menu.mute_asked.connect(page.desk.mute)
    for action in menu.actions()[1:3]:
        action.trigger()
    assert chats.calls == [("mark_read", 1, 40), ("mute", 1, True)]
    menu.deleteLater()


def test_of_a_direct_conversation_the_person_is_shown(page: PeoplePage) -> None:
    page.desk.show_members(2)
    assert page.desk.dialog is None
    assert page.card.name.text() == "Noah Fischer"
    assert page.content.currentWidget() is page.card


# --- for everybody ---


@pytest.mark.parametrize("open_it", ["make_room", "browse", "choose_avatar"])
def test_whatever_takes_the_keyboard_has_a_name(page: PeoplePage, open_it: str) -> None:
    getattr(page.desk, open_it)()
    controls = (QAbstractButton, QLineEdit, QTableView)
    nameless = [
        widget
        for widget in page.desk.dialog.findChildren(QWidget)
        if isinstance(widget, controls)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]
    assert nameless == []


def test_an_answer_for_a_dialog_that_is_gone_hurts_nobody(
    page: PeoplePage, talking: Scene, chats: StagedChats
) -> None:
    page.desk.browse()
    opened(page.desk, BrowseDialog).reject()
    talking.window.refresh(chats.outcome(directory()))
    talking.window.refresh(chats.outcome(code=Code.UNREACHABLE))
    assert len(page.notices.shown) == 1  # nobody waits: it is told on top
    page.desk.browse()
    page.clear()
    assert page.desk.dialog is None
    talking.window.refresh(Changes())


def test_enter_presses_what_has_the_keyboard(page: PeoplePage, chats: StagedChats, qtbot: QtBot) -> None:
    page.desk.show_members(1)
    dialog = opened(page.desk, MembersDialog)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()  # Enter in a search closes nothing
    choose(dialog, 3)
    dialog.message.setFocus()
    qtbot.keyClick(dialog.message, Qt.Key.Key_Return)
    assert chats.calls[-1] == ("open", 2)
    page.desk.show_details(1)
    details = opened(page.desk, DetailsDialog)
    qtbot.keyClick(details.form.title.edit, Qt.Key.Key_Return)
    assert details.isVisible()  # nothing changed yet
    details.form.topic.edit.setText("Other")
    qtbot.keyClick(details.form.title.edit, Qt.Key.Key_Return)
    assert [call[0] for call in chats.calls].count("update_room") == 1
