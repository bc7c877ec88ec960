"""Somebody who looks elsewhere is told, and what they answer is done: with the real window, and a service on a bus."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from presence_desktop.app.alerts import Alerts
from presence_desktop.core import incoming
from presence_desktop.core.notifying import Watch
from presence_desktop.desktop.notify import Notifications
from presence_desktop.gui.language import Language, Languages
from presence_desktop.gui.look import Look
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.gui.theme import Scheme
from presence_desktop.gui.watch_menu import WatchMenu
from presence_desktop.protocol.chat import Kind
from presence_desktop.protocol.status import Status
from tests.core.chat.device import Device
from tests.core.chat.world import ROOM, ChatServer
from tests.core.world import change, changes, entry, picture, user
from tests.fakes.notification_service import Service, own_bus

DIRECT = 8


class Desk:
    """A signed-in window, its server, and the alerts beside it."""

    def __init__(self, app: QApplication, bus: str) -> None:
        self.server = ChatServer()
        self.server.room()
        self.server.room(DIRECT, (1, 3), Kind.DIRECT)
        self.device = Device(self.server)
        self.look, self.languages = Look(app, Scheme.LIGHT), Languages(app, Language.ENGLISH)
        self.window = MainWindow(self.device.client, self.look, self.languages, self.device.clock)
        self.notifications = Notifications(bus)
        self.alerts = Alerts(self.window.account, self.window, self.notifications, "1")
        self._taken = 0
        self.device.online()
        self.device.take(incoming.DirectoryArrived([entry(2, "Noah"), entry(3, "Mina")], last=True))
        self.device.take(incoming.People(picture(user(2, "Noah"), user(3, "Mina", Status.AWAY))))
        self.show()

    def show(self) -> None:
        """What the device took in reaches the window."""
        self.device.move()
        for told in self.device.seen[self._taken :]:
            self.window.refresh(told)
        self._taken = len(self.device.seen)

    def say(self, text: str, sender: int = 3, room_id: int = DIRECT, **fields: object) -> None:
        self.server.say(text, sender, room_id, **fields)
        self.show()

    def unread(self, talk_id: int) -> int:
        talk = self.device.chats.get(talk_id)
        assert talk is not None
        return talk.unread

    def leave(self) -> None:
        self.alerts.end()
        self.notifications.end()
        self.window.close()
        self.window.deleteLater()
        self.look.deleteLater()
        self.languages.deleteLater()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[str, Service]]:
    with own_bus(tmp_path) as address:
        made = Service(address)
        yield address, made
        made.end()


@pytest.fixture
def told(service: tuple[str, Service]) -> Service:
    """What the person sees."""
    return service[1]


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, service: tuple[str, Service]) -> Iterator[Desk]:
    made = Desk(qapp, service[0])
    yield made
    made.leave()


def said(service: Service) -> list[tuple[str, str]]:
    return [(card[3], card[4]) for card in service.notified]


def test_a_direct_message_is_told_and_a_click_opens_it(desk: Desk, told: Service, qtbot: QtBot) -> None:
    desk.say("lunch **at noon**?")
    qtbot.waitUntil(lambda: said(told) == [("Mina", "lunch at noon?")])
    desk.window.pages.setCurrentWidget(desk.window.hosting)
    qtbot.waitUntil(lambda: desk.notifications._shown[f"1:talk:{DIRECT}"].number == 7)
    told.tell("ActionInvoked", "us", 7, "default")
    qtbot.waitUntil(lambda: desk.window.people.chat.shown == DIRECT)
    assert desk.window.pages.currentWidget() is desk.window.people
    assert desk.window.isVisible()


def test_an_answer_in_place_is_sent_and_what_it_answers_is_read(
    desk: Desk, told: Service, qtbot: QtBot
) -> None:
    desk.say("lunch?")
    qtbot.waitUntil(lambda: bool(told.notified))
    qtbot.waitUntil(lambda: desk.notifications._shown[f"1:talk:{DIRECT}"].number == 7)
    told.tell("NotificationReplied", "us", 7, "on my way")
    qtbot.waitUntil(lambda: desk.unread(DIRECT) == 0)
    desk.show()
    assert [one.text for one in desk.server.rooms[DIRECT].messages] == ["lunch?", "on my way"]


def test_marked_as_read_without_a_look(desk: Desk, told: Service, qtbot: QtBot) -> None:
    desk.say("one")
    desk.say("two")
    qtbot.waitUntil(lambda: ("Mina (2)", "two") in said(told))
    qtbot.waitUntil(lambda: not desk.notifications._shown[f"1:talk:{DIRECT}"].under_way)
    told.tell("ActionInvoked", "us", 7, "read")
    qtbot.waitUntil(lambda: desk.unread(DIRECT) == 0)
    assert desk.window.people.chat.shown is None
    qtbot.waitUntil(lambda: not desk.notifications._shown)  # read: nothing is left to say


def test_in_a_room_who_said_it_is_told_unless_texts_are_hidden(
    desk: Desk, told: Service, qtbot: QtBot
) -> None:
    desk.say("no news", 2, ROOM)
    desk.say("@user1 come", 2, ROOM, mentions=[1])
    qtbot.waitUntil(lambda: said(told) == [(f"room {ROOM} (2)", "Noah: @user1 come")])
    desk.alerts.texts = False
    desk.say("secret", 3, DIRECT)
    qtbot.waitUntil(lambda: ("Mina", "Mina wrote something") in said(told))
    assert "secret" not in str(said(told))


def test_somebody_who_is_back_is_told_and_a_click_writes_to_them(
    desk: Desk, told: Service, qtbot: QtBot
) -> None:
    kept: list[object] = []
    desk.alerts.watches_changed.connect(kept.append)
    desk.alerts.watch(3, Watch.ONCE)
    desk.device.take(changes(change(3, Status.ONLINE, 20, "Mina")))
    desk.show()
    qtbot.waitUntil(lambda: [title for title, _ in said(told)] == ["Mina is back"])
    assert kept == [{3: Watch.ONCE}, {}]
    qtbot.waitUntil(lambda: desk.notifications._shown["1:person:3"].number == 7)
    told.tell("ActionInvoked", "us", 7, "default")
    qtbot.waitUntil(lambda: desk.window.people.chat.shown == DIRECT)


def test_it_is_wished_for_in_somebody_s_menu(desk: Desk, qtbot: QtBot) -> None:
    page = desk.window.people

    def words(choose: str = "") -> list[tuple[str, bool]]:
        page.desk.open_person_menu(3, QPoint(0, 0))
        menu = page.findChildren(WatchMenu)[-1]
        entries = [(action.text(), action.isChecked()) for action in menu.actions() if action.text()]
        assert menu.title() == "Tell me when Mina is back"
        for action in menu.actions():
            if choose and action.text() == choose:
                action.trigger()
        outer = menu.parent()
        assert isinstance(outer, QMenu)
        outer.close()
        return entries

    assert words("Each time") == [("Once", False), ("Each time", False)]
    assert desk.alerts.rules.watches == {3: Watch.ALWAYS}
    assert words("Not any more") == [("Once", False), ("Each time", True), ("Not any more", False)]
    assert desk.alerts.rules.watches == {}
    page.desk.open_person_menu(1, QPoint(0, 0))  # nobody waits for themselves
    menus = [menu for menu in page.findChildren(QMenu) if menu.isVisible()]
    assert not any(menu.findChildren(WatchMenu) for menu in menus)
    for menu in menus:
        menu.close()


def test_what_is_in_front_of_the_person_is_not_told(desk: Desk, told: Service, qtbot: QtBot) -> None:
    desk.window.show()
    qtbot.waitExposed(desk.window)
    desk.window.activateWindow()
    desk.window.people.open_talk(DIRECT)
    desk.show()
    qtbot.waitUntil(lambda: desk.alerts._looked_at() == DIRECT)
    desk.say("you see this")
    desk.say("@user1 but not this", 2, ROOM, mentions=[1])
    qtbot.waitUntil(lambda: bool(told.notified))
    assert said(told) == [(f"room {ROOM}", "Noah: @user1 but not this")]


def test_where_there_are_several_servers_each_is_named_and_the_right_one_opened(
    desk: Desk, told: Service, qtbot: QtBot
) -> None:
    other = ChatServer()
    other.room(DIRECT, (1, 3), Kind.DIRECT)
    device = Device(other)
    view = desk.window.accounts.add(device.client)
    alerts = Alerts(view, desk.window, desk.notifications, "2")
    device.online()
    device.take(incoming.DirectoryArrived([entry(3, "Mina")], last=True))
    taken = len(device.seen)
    for news in device.seen:
        view.refresh(news)
    other.say("here too", 3, DIRECT)
    device.move()
    for news in device.seen[taken:]:
        view.refresh(news)
    qtbot.waitUntil(lambda: said(told) == [(f"Mina · {view.name}", "here too")])
    qtbot.waitUntil(lambda: desk.notifications._shown[f"2:talk:{DIRECT}"].number == 7)
    told.tell("ActionInvoked", "us", 7, "default")
    qtbot.waitUntil(lambda: desk.window.account is view)
    assert view.people.chat.shown == DIRECT
    assert desk.window.accounts.all[0].people.open_id is None
    desk.notifications.acted.emit("2:nonsense:x", "default")  # nobody's
    alerts.end()


def test_what_the_service_cannot_show_goes_to_the_tray(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = Desk(qapp, f"unix:path={tmp_path}/none")
    with qtbot.waitSignal(desk.notifications.refused, timeout=5000) as refused:
        desk.say("lunch?")
    (card,) = refused.args
    assert (card.key, card.title, card.body) == (f"1:talk:{DIRECT}", "Mina", "lunch?")
    desk.leave()


def test_in_quiet_times_nothing_pops_up_but_from_who_may_break_through(
    desk: Desk, told: Service, qtbot: QtBot
) -> None:
    quiet = True
    desk.alerts.rules.is_quiet = lambda: quiet
    desk.alerts.rules.through = frozenset({2})
    desk.alerts.watch(3, Watch.ONCE)
    desk.say("hush")
    desk.device.take(changes(change(3, Status.ONLINE, 12, "Mina")))
    desk.say("@user1 up", 2, ROOM, mentions=[1])
    qtbot.waitUntil(lambda: len(said(told)) == 1)
    assert "Noah" in said(told)[0][1] + said(told)[0][0]
    assert desk.unread(DIRECT) == 1
    quiet = False
    desk.alerts.quiet_ended()
    qtbot.waitUntil(lambda: len(said(told)) == 2)
    assert "Mina" in said(told)[1][0] + said(told)[1][1]
    assert desk.alerts.rules.watches == {}
