"""Several accounts of the whole app, on real servers: side by side, undisturbed, and back after a restart."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.app.wiring import Wiring
from presence_desktop.core.connection import LinkState
from presence_desktop.disk.own_shelf import OwnShelf
from presence_desktop.disk.places import Places
from presence_desktop.disk.settings import KnownServer, Settings, SettingsFile
from presence_desktop.disk.shelf import PictureShelf
from presence_desktop.gui.account_view import AccountView
from presence_desktop.gui.server_words import server_name
from tests.fakes.server_process import PASSWORD, ServerProcess


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("OWN_KEYRING", str(tmp_path / "keyring.json"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.fakes.own_keyring.InFile")
    place = Places(config=tmp_path / "config", data=tmp_path / "data", cache=tmp_path / "cache")
    place.make()
    return place


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[ServerProcess, ServerProcess]]:
    both = ServerProcess(tmp_path / "a"), ServerProcess(tmp_path / "b")
    try:
        for server in both:
            server.start()
        yield both
    finally:
        for server in both:
            server.kill()


class App:
    """The app, from its start to its end."""

    def __init__(self, qapp: QApplication, home: Places, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.wiring = Wiring(qapp, home)
        self.window = self.wiring.window
        self.wiring.begin(demo=False)

    def end(self) -> None:
        self.wiring.end()
        self.window.quit()
        self.window.deleteLater()
        self.wiring.deleteLater()

    def sign_in(self, server: ServerProcess, email: str) -> AccountView:
        """By the form, as a further account where there is one."""
        if self.window.accounts.signed_in:
            self.window.coming.add()
        form = self.window.sign_in
        self.window.entrance.open(form)
        for name, value in {"server": server.url, "email": email, "password": PASSWORD}.items():
            getattr(form, name).edit.setText(value)
        form.submit()
        self.qtbot.waitUntil(lambda: self.window.account.server == server.url, timeout=10_000)
        self.wait(self.window.account, LinkState.ONLINE)
        return self.window.account

    def wait(self, view: AccountView, state: LinkState) -> None:
        def there() -> bool:
            connection = view.client.connection
            return connection.state is state and (connection.link_known or state is not LinkState.ONLINE)

        self.qtbot.waitUntil(there, timeout=15_000)


def kept(home: Places) -> list[tuple[str, bool | None]]:
    return [(one.server, one.stay) for one in SettingsFile(home.settings).load().accounts]


@pytest.mark.alone
def test_two_servers_side_by_side(
    qapp: QApplication, qtbot: QtBot, home: Places, servers: tuple[ServerProcess, ServerProcess]
) -> None:
    one, other = servers
    mina, bora = one.add("Mina"), one.add("Bora")
    ada = other.add("Ada")
    named = other.request("PUT", "/api/admin/server/name", ada, json={"name": "Ada's lab"})
    assert named.ok, named.text

    # one after the other, each with its own way, cache and name
    app = App(qapp, home, qtbot)
    first = app.sign_in(one, mina.email)
    second = app.sign_in(other, ada.email)
    assert [view.client.me.username for view in (first, second) if view.client.me] == ["Mina", "Ada"]
    assert app.window.account is second
    assert kept(home) == [(one.url, True), (other.url, True)]
    assert (first.name, second.name) == (server_name(one.url), "Ada's lab")
    assert app.window.windowTitle() == "Ada's lab · Presence Desktop"
    assert len(list(home.conversations.glob("*.sqlite3"))) == 2

    # the same account once more takes the place of what there is, instead of standing there twice
    third = app.sign_in(other, ada.email)
    qtbot.waitUntil(lambda: app.window.accounts.known == [first, third])
    assert len(list(app.wiring.accounts)) == 2

    # a message comes where nobody looks; a server that is gone disturbs no other
    other.kill()
    app.wait(third, LinkState.LOST)
    made = {"userId": mina.user_id}
    talk = one.post("/api/conversations/direct", bora, json=made).json()["conversation"]["id"]
    message = {"id": "00000000-0000-4000-8000-000000000001", "text": "lunch?"}
    answer: requests.Response = one.post(f"/api/conversations/{talk}/messages", bora, json=message)
    assert answer.ok, answer.text
    qtbot.waitUntil(lambda: app.window.windowTitle() == "(1) Ada's lab · Presence Desktop", timeout=5_000)
    assert (first.unread, third.unread) == (1, 0)
    assert first.client.connection.state is LinkState.ONLINE
    assert app.window.account is third
    app.window.accounts.move(third, -1)
    app.end()

    # both are there again without a password, in the order they were put, the last one in view
    app = App(qapp, home, qtbot)
    assert app.window.account.server == other.url
    assert app.window.account.name == "Ada's lab", "also before the server says so again"
    other.start()
    qtbot.waitUntil(lambda: len(app.window.accounts.signed_in) == 2)
    for view in app.window.accounts.signed_in:
        app.wait(view, LinkState.ONLINE)
    assert [view.server for view in app.window.accounts.known] == [other.url, one.url]
    assert app.window.accounts.known[1].page is None  # made when somebody looks

    # signed out of one: it stays known; removed: it is gone, with the secret of the other left alone
    app.window.client.sign_out()
    qtbot.waitUntil(lambda: app.window.account.server == one.url, timeout=5_000)
    assert kept(home) == [(other.url, False), (one.url, True)]
    app.window.accounts.forget_asked.emit(app.window.accounts.known[0])
    assert kept(home) == [(one.url, True)]
    assert [account.view.server for account in app.wiring.accounts if not account.view.blank] == [one.url]
    app.window.accounts.forget_asked.emit(app.window.account)
    qtbot.waitUntil(lambda: not app.window.accounts.known, timeout=5_000)
    assert kept(home) == []
    assert app.window.pages.currentWidget() is app.window.welcome
    assert list(home.conversations.iterdir()) == []
    qtbot.waitUntil(lambda: json.loads((home.config.parent / "keyring.json").read_text()) == {})
    app.end()


def test_the_files_of_a_server_stay_for_the_other_account_there(
    qapp: QApplication, qtbot: QtBot, home: Places
) -> None:
    url, people = "http://127.0.0.1:9", ("mina@example.org", "bora@example.org")
    known = tuple(KnownServer(server=url, account=email, stay=False) for email in people)
    SettingsFile(home.settings).save(Settings(servers=known))
    shelf = OwnShelf(PictureShelf(home.pictures), lambda: url)
    file = shelf.arriving("picture")
    file.write(b"x")
    file.finish()
    app = App(qapp, home, qtbot)
    qtbot.waitUntil(lambda: len(app.window.accounts.known) == 2)
    for files_left in (True, False):
        app.window.accounts.forget_asked.emit(app.window.accounts.known[0])
        assert (shelf.find("picture") is not None) is files_left
    app.end()


def test_what_comes_from_two_servers_lies_apart(tmp_path: Path) -> None:
    shelf = PictureShelf(tmp_path / "shelf")
    one, other = OwnShelf(shelf, lambda: "http://a"), OwnShelf(shelf, lambda: "http://b")
    file = one.arriving("avatar-1")
    file.write(b"one")
    file.finish()
    assert other.find("avatar-1") is None
    found = one.find("avatar-1")
    assert found is not None
    assert found.read_bytes() == b"one"
    one.use(PictureShelf(tmp_path / "another"))
    assert one.find("avatar-1") is None
    free = one.arriving_at(tmp_path / "free")
    free.write(b"x")
    assert free.finish() == tmp_path / "free"
