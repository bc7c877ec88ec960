"""Several accounts in one window: each undisturbed by the others, one of them in view."""

from collections.abc import Iterator
from itertools import count

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.core import incoming
from presence_desktop.core.client import Client
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.server_words import server_name
from presence_desktop.gui.shortcuts import Way
from presence_desktop.gui.switcher_rows import Row, TalkPlace
from presence_desktop.gui.tray import Tray
from presence_desktop.protocol import rest
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.events import StatusUpdate
from presence_desktop.protocol.status import Status
from tests.gui.chat_stage import StagedChats
from tests.gui.scene import ME, NAMES, NOON, SERVER, NotingGateway, Scene, directory, link_up, picture, shows

STUDIO = "https://studio.example.org"
ADA = rest.Account(user_id=1, username="Ada", email="ada@example.org", role="member")


class Town(Scene):
    """A window that can have further accounts."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app, chats=StagedChats())
        self.gateways: dict[AccountView, NotingGateway] = {self.window.account: self.gateway}
        self.window.accounts.fresh = self.fresh

    def fresh(self) -> AccountView:
        gateway = NotingGateway()
        client = Client(gateway, self.clock)
        client.chats = StagedChats()
        view = self.window.accounts.add(client)
        self.gateways[view] = gateway
        return view

    def join_studio(self) -> AccountView:
        """Signed in to a second server."""
        self.window.coming.add()
        form = self.window.sign_in
        self.window.entrance.open(form)
        values = {"server": STUDIO, "email": ADA.email, "password": "secret-word"}
        for name, value in values.items():
            getattr(form, name).edit.setText(value)
        form.submit()
        view = self.window.accounts.blank()
        view.take((incoming.SignedIn(STUDIO, ADA), link_up(), picture(NAMES), directory(NAMES)))
        return view


@pytest.fixture
def town(qapp: QApplication, qtbot: QtBot) -> Iterator[Town]:
    staged = Town(qapp)
    staged.sign_in()
    yield staged
    staged.leave()


def test_a_further_server_comes_to_stand_beside_the_first(town: Town) -> None:
    window, first = town.window, town.window.account
    assert not window.rail.isVisibleTo(window)
    window.coming.add()
    assert shows(town, window.welcome)
    assert not window.welcome.back_button.isHidden()
    assert window.rail.isVisibleTo(window)  # the way back to the first
    assert [sign.view for sign in window.rail.signs] == [first]
    studio = town.join_studio()
    assert window.account is studio
    assert shows(town, studio.people)
    assert studio.people is not first.people
    assert [sign.view for sign in window.rail.signs] == [first, studio]
    assert [sign.isChecked() for sign in window.rail.signs] == [False, True]
    assert first.client.connection.signed_in
    assert town.gateways[first].asked[-1] == ("fetch_directory",)


def test_whoever_thought_better_of_it_goes_back(town: Town) -> None:
    first = town.window.account
    town.window.coming.add()
    town.window.welcome.back_button.click()
    assert town.window.account is first
    assert shows(town, first.people)


def test_a_server_that_is_lost_disturbs_no_other(town: Town) -> None:
    first, studio = town.window.account, town.join_studio()
    studio.take((incoming.LinkLost(Code.UNREACHABLE, "refused", NOON + 4000),))
    town.window.coming.open(first)
    assert first.people.banner.isHidden()
    assert not studio.people.banner.isHidden()
    one, other = town.window.rail.signs
    assert one.accessibleName() == f"{first.name}, {ME.email}, Online, Unread: {first.unread}"
    assert "Unknown" in other.accessibleName()
    studio.take((incoming.LinkLost(Code.UNREACHABLE, "refused", NOON + 8000),))
    assert town.window.account is first  # what happens there leads nobody away from here
    assert shows(town, first.people)


def test_keys_go_from_server_to_server(town: Town, qtbot: QtBot) -> None:
    first, studio = town.window.account, town.join_studio()
    town.window.show()
    town.window.activateWindow()
    assert QTest.qWaitForWindowActive(town.window)
    for key, view in ((Qt.Key.Key_1, first), (Qt.Key.Key_2, studio), (Qt.Key.Key_9, studio)):
        QTest.keyClick(town.window, key, Qt.KeyboardModifier.ControlModifier)
        assert town.window.account is view
    assert len(town.window.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly)) >= 9


def test_the_title_and_the_tray_tell_the_sum_and_each(town: Town) -> None:
    first, studio = town.window.account, town.join_studio()
    both = first.unread + studio.unread
    assert both > first.unread > 0
    town.window.accounts.news.emit(studio, town.client.tick().__class__(talks_moved=True))
    assert town.window.windowTitle() == f"({both}) Presence Desktop"
    tray = Tray(town.window.accounts)
    tray._list_servers()
    words = [action.text() for action in tray._menu.actions()]
    assert f"studio.example.org · Unread: {studio.unread}" in words
    asked: list[object] = []
    tray.account_asked.connect(asked.append)
    tray._servers[1].trigger()
    assert asked == [studio]
    tray.end()


def test_a_status_is_chosen_here_or_on_all_servers(town: Town) -> None:
    first, studio = town.window.account, town.join_studio()

    def sent(view: AccountView) -> list[object]:
        return [event for event, _ in town.gateways[view].sent if isinstance(event, StatusUpdate)]

    menu = studio.people.selector.choices
    studio.people.selector.picked.emit(Status.BUSY, None)
    assert (sent(first), len(sent(studio))) == ([], 1)
    menu.fill(studio.client.own, NOON)
    (action,) = (action for action in menu.actions() if action.text() == "On all servers")
    assert not action.isChecked()
    action.trigger()
    studio.people.selector.picked.emit(Status.AWAY, None)
    assert sent(first) == [StatusUpdate(status=Status.AWAY)]
    assert len(sent(studio)) == 2
    first.take((incoming.SignedOut(None),))
    menu.fill(studio.client.own, NOON)
    assert "On all servers" not in [action.text() for action in menu.actions()]


def test_the_switcher_leads_to_every_server(town: Town) -> None:
    first, studio = town.window.account, town.join_studio()
    town.window.ways.open_switcher()
    switcher = town.window.ways.switcher
    assert switcher is not None
    switcher.search.setText("release")
    targets = [switcher.model.target(row) for row in range(switcher.model.rowCount())]
    assert [target.view for target in targets if isinstance(target, TalkPlace)] == [studio, first]
    words = [str(switcher.model.data(switcher.model.index(row, 0))) for row in range(2)]
    assert "127.0.0.1" not in words[0]
    assert words[1].endswith(first.name)
    row = switcher.model.entry(targets[1] or Way.QUIT)
    assert isinstance(row, Row)
    switcher.list.setCurrentIndex(switcher.model.index(1, 0))
    switcher.grab()
    switcher.choose()
    assert town.window.account is first
    assert first.people.chat.shown == 3
    assert studio.people.open_id is None


def test_the_one_signed_out_of_stays_known_and_another_comes_into_view(town: Town) -> None:
    first, studio = town.window.account, town.join_studio()
    studio.take((incoming.SignedOut(None),))
    assert town.window.account is first
    assert shows(town, first.people)
    sign = town.window.rail.signs[1]
    assert "Signed out" in sign.accessibleName()
    sign.click()
    form = town.window.sign_in
    assert shows(town, form)
    assert (form.server.text(), form.email.text()) == (STUDIO, ADA.email)
    assert sign.isChecked()
    form.password.edit.setText("secret-word")
    form.submit()
    assert town.gateways[studio].asked[-1] == (
        "sign_in",
        STUDIO,
        ADA.email,
        "secret-word",
    )  # no third account


def test_a_session_that_ends_elsewhere_leads_nobody_away(town: Town) -> None:
    first, studio = town.window.account, town.join_studio()
    town.window.coming.open(first)
    studio.take((incoming.SignedOut(Code.ACCOUNT_DISABLED),))
    assert shows(town, first.people)
    town.window.rail.go_to(1)
    assert shows(town, town.window.sign_in)


def test_they_are_moved_and_removed_by_menu(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    first, studio = town.window.account, town.join_studio()
    rail = town.window.rail
    told: list[object] = []
    town.window.accounts.arranged.connect(lambda: told.append("arranged"))
    town.window.accounts.forget_asked.connect(told.append)

    def act(view: AccountView, words: str) -> None:
        menu = rail.menu(view)
        (action,) = (action for action in menu.actions() if action.text().startswith(words))
        action.trigger()
        menu.close()

    act(studio, "Move up")
    assert [sign.view for sign in rail.signs] == [studio, first]
    act(studio, "Move down")
    assert [sign.view for sign in rail.signs] == [first, studio]
    act(first, "Open")
    assert town.window.account is first
    act(studio, "Sign out of studio.example.org")
    assert town.gateways[studio].asked[-1] == ("sign_out",)
    answers = iter((False, True))
    monkeypatch.setattr("presence_desktop.gui.rail.confirmed", lambda *_: next(answers))
    act(studio, "Remove")
    assert told == ["arranged", "arranged"]
    act(studio, "Remove")
    assert told[-1] is studio
    town.window.drop(studio)
    assert not rail.isVisibleTo(town.window)


def test_the_one_in_view_is_removed(town: Town) -> None:
    first, studio = town.window.account, town.join_studio()
    town.window.drop(studio)
    assert town.window.account is first
    assert shows(town, first.people)
    town.window.drop(first)
    assert town.window.account.blank
    assert shows(town, town.window.welcome)


def test_what_is_said_of_an_account_nobody_looked_at_waits(town: Town) -> None:
    view = town.fresh()
    numbers = count()
    for _ in range(20):
        number = next(numbers)
        view.notify(f"sentence {number}")
    view.clear()
    view.notify("kept")
    assert view.page is None
    assert [notice.words.text() for notice in view.people.notices.shown] == ["kept"]
    view.notify("at once")
    assert len(view.people.notices.shown) == 2


@pytest.mark.parametrize(
    ("server", "name"),
    [
        (SERVER, "This computer"),
        ("http://localhost:8080", "This computer:8080"),
        (STUDIO, "studio.example.org"),
        ("https://192.168.0.12:3001", "192.168.0.12"),
        ("https://www.lab.org:4000", "www.lab.org:4000"),
    ],
)
def test_servers_are_called_by_their_address(server: str, name: str) -> None:
    assert server_name(server) == name
