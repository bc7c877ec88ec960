"""What a person arranged is kept with the account, and is there again after a restart; quiet holds for all accounts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from presence_desktop.app.own_order import OwnOrder
from presence_desktop.app.wiring import Wiring
from presence_desktop.core import incoming
from presence_desktop.core.favourites import FAVOURITES, PEOPLE, TALKS, Sections, person, talk
from presence_desktop.core.hush import Hush
from presence_desktop.core.notifying import Notifying, Watch
from presence_desktop.core.quiet import Cause, Quiet
from presence_desktop.core.working_hours import WorkingHours
from presence_desktop.disk.places import Places
from presence_desktop.disk.settings import Settings, SettingsFile, watched_as
from presence_desktop.gui.emoji.book import book
from presence_desktop.protocol import rest
from tests.gui.scene import ME, NAMES, SERVER, Scene, directory, link_up, picture

Start = Callable[[], Wiring]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    places = Places(config=tmp_path / "config", data=tmp_path / "data", cache=tmp_path / "cache")
    places.make()
    return places


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, home: Places) -> Iterator[Start]:
    """Starts the app of this home, after the one that ran."""
    running: list[Wiring] = []

    def end() -> None:
        for wiring in running:
            wiring.end()
            wiring.window.quit()
            wiring.window.deleteLater()
            wiring.deleteLater()
        running.clear()

    def begin() -> Wiring:
        end()
        running.append(Wiring(qapp, home))
        assert running[-1].around  # the window was painted
        return running[-1]

    yield begin
    end()


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot) -> Iterator[Scene]:
    made = Scene(qapp)
    yield made
    made.leave()


def sign_in(wiring: Wiring, server: str = SERVER) -> None:
    wiring.accounts.here.view.take(
        (incoming.SignedIn(server, ME), link_up(), picture(NAMES), directory(NAMES))
    )


def test_sections_and_who_may_break_through_are_there_again(start: Start, home: Places) -> None:
    first = start()
    sign_in(first)
    page = first.window.people
    page.contacts.sections.toggle_favourite(person(3))
    page.contacts.sections.put(talk(7), FAVOURITES)
    page.contacts.sections.toggle_fold(PEOPLE)
    menu = QMenu()
    for add in page.desk.extras:
        add(menu, person(4))
    menu.actions()[-1].trigger()
    menu.deleteLater()
    assert first.around.keeping.held().through == ((4, NAMES[2]),)
    second = start()
    assert second.around.keeping.held().through is None
    sign_in(second)
    account = second.accounts.here
    assert account.alerts.rules.through == {4}
    held = second.window.people.contacts.sections.held
    assert held.all[0].items == (person(3), talk(7))
    assert person(3) in account.view.near.items
    assert held.is_folded(PEOPLE)
    assert not held.is_folded(TALKS)
    second.window.ways.setting_chosen.emit("through", 4)
    assert SettingsFile(home.settings).load().through == {account.kept_as: frozenset()}


def test_another_account_has_others_and_who_leaves_takes_them_along(start: Start) -> None:
    wiring = start()
    sign_in(wiring)
    sections = wiring.window.people.contacts.sections
    sections.toggle_favourite(person(3))
    wiring.accounts.here.view.take((incoming.SignedOut(None),))
    assert sections.held == Sections()
    sign_in(wiring, "http://other")
    assert sections.held == Sections()
    wiring.accounts.here.view.take((incoming.SignedOut(None),))
    sign_in(wiring)
    assert sections.held.all[0].items == (person(3),)


def test_what_was_opened_last_is_near_again_after_a_restart_and_a_sign_out(start: Start) -> None:
    first = start()
    sign_in(first)
    for item in (person(3), talk(7)):
        first.window.people.opened.emit(item)
    first.accounts.here.view.take((incoming.SignedOut(None),))
    assert first.accounts.here.view.near.recent == ()
    sign_in(first)
    first.window.people.opened.emit(person(3))
    second = start()
    sign_in(second)
    assert second.accounts.here.view.near.recent == (person(3), talk(7))


def arrange(wiring: Wiring) -> None:
    """Something of everything that is kept by account."""
    account = wiring.accounts.here
    sections = wiring.window.people.contacts.sections
    sections.toggle_favourite(person(3))
    sections.toggle_fold(PEOPLE)
    wiring.window.people.opened.emit(person(3))
    wiring.orders.of(account).let_through(4, on=True)
    account.alerts.watches_changed.emit({4: Watch.ALWAYS})
    wiring.orders.end()


def arranged(home: Places) -> list[set[str]]:
    """Whose is kept, of each kind."""
    kept = SettingsFile(home.settings).load()
    return [set(one) for one in (kept.sections, kept.folded, kept.recent, kept.through, kept.watched)]


@pytest.mark.parametrize("first_out", [True, False], ids=["signed out", "signed in"])
def test_with_a_forgotten_account_all_that_was_arranged_goes(
    start: Start, home: Places, qtbot: QtBot, first_out: bool
) -> None:
    wiring = start()
    view = wiring.window.account
    sign_in(wiring)
    arrange(wiring)
    assert arranged(home) == [{f"{SERVER} {ME.user_id}"}] * 5
    beside = rest.Account(user_id=9, username="Bora", email="bora@example.org")
    wiring.window.coming.add()
    wiring.accounts.here.view.take((incoming.SignedIn(SERVER, beside), link_up(), directory(NAMES)))
    arrange(wiring)
    assert arranged(home) == [{f"{SERVER} {ME.user_id}", f"{SERVER} 9"}] * 5

    if first_out:
        view.take((incoming.SignedOut(None),))
    wiring.window.accounts.forget_asked.emit(view)
    if not first_out:
        view.take((incoming.SignedOut(None),))
    qtbot.waitUntil(lambda: len(list(wiring.accounts)) == 1)
    assert arranged(home) == [{f"{SERVER} 9"}] * 5

    # nothing is kept that tells whose it was: nobody else is on this server
    here = wiring.window.account
    here.take((incoming.SignedOut(None),))
    for path in home.conversations.iterdir():
        path.unlink()
    wiring.window.accounts.forget_asked.emit(here)
    assert arranged(home) == [set()] * 5
    assert list(home.conversations.iterdir()) == []


def test_the_page_may_be_made_later(scene: Scene) -> None:
    rules = Notifying(scene.client)
    kept = Settings().changed(
        sections={watched_as(SERVER, ME.user_id): Sections().put(person(3), FAVOURITES).all}
    )
    order = OwnOrder(scene.client, rules, scene.window.account.near, lambda: kept, lambda **_fields: None)
    scene.sign_in()
    order.begin()
    order.attach(scene.window.people)
    assert scene.window.people.contacts.sections.is_favourite(person(3))


def test_of_the_demo_nothing_is_kept(start: Start, home: Places) -> None:
    wiring = start()
    wiring.accounts.here.playing = True
    sign_in(wiring)
    wiring.window.people.contacts.sections.toggle_favourite(person(3))
    wiring.orders.of(wiring.accounts.here).let_through(3, on=True)
    kept = SettingsFile(home.settings).load()
    assert (kept.sections, kept.through) == ({}, {})


def test_quiet_holds_for_all_accounts_and_after_a_restart(start: Start) -> None:
    first = start()
    first.quiet.pause(first.quiet.now() + 600_000)
    first.window.ways.setting_chosen.emit("hours", WorkingHours().with_day(5, None))
    assert all(account.alerts.rules.is_quiet() for account in first.accounts)
    second = start()
    assert second.quiet.times.pause_until == first.quiet.times.pause_until
    assert all(account.alerts.rules.is_quiet() for account in second.accounts)
    second.quiet.stop()
    assert not any(account.alerts.rules.is_quiet() for account in second.accounts)
    third = start()
    assert third.quiet.times.pause_until is None


def test_hours_that_were_tampered_with_are_the_usual_ones(start: Start, home: Places) -> None:
    SettingsFile(home.settings).save(
        SettingsFile(home.settings).load().changed(hours={"on": True, "days": [None]})
    )
    assert start().quiet.times.hours == WorkingHours(True)


def test_emoji_used_last_are_there_again(start: Start, home: Places) -> None:
    before = [one.char for one in book().recent]
    wiring = start()
    wiring._after_first_paint(demo=False)
    book().used("🥑")
    assert SettingsFile(home.settings).load().recent_emoji[0] == "🥑"
    book().recall(before)


def test_the_status_page_is_told_why_nothing_pops_up(start: Start) -> None:
    wiring = start()
    assert wiring.window.ways.hush() == Hush()
    sign_in(wiring)
    order = wiring.orders.of(wiring.accounts.here)
    order.let_through(4, on=True)
    wiring.quiet.set_hours(WorkingHours(True, (None,) * 7))
    assert wiring.window.ways.hush() == Hush(True, Quiet(Cause.HOURS, None), True, None, 1)
    wiring.around.keeping.choose("notices", False)
    assert not wiring.window.ways.hush().on


def test_the_list_is_as_wide_as_it_was_made_on_every_account_and_after_a_restart(
    start: Start, home: Places
) -> None:
    first = start()
    sign_in(first)
    halves = first.window.people.halves
    first.window.show()
    assert halves.sizes()[0] == 320
    halves.moveSplitter(400, 1)
    assert halves.sizes()[0] == 400
    second = start()
    assert SettingsFile(home.settings).load().side == 400
    sign_in(second)
    second.window.show()
    assert second.window.people.halves.sizes()[0] == 400
    other = second.accounts.blank().view
    assert other.people.halves is not second.window.people.halves
    second.window.people.halves.moveSplitter(300, 1)
    second.window.pages.setCurrentWidget(other.people)
    assert other.people.halves.sizes()[0] == 300
