"""The window as a person meets it: pages, errors in words, one's own status, the banner, hosting."""

from itertools import count
from types import SimpleNamespace

import msgspec
import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from presence_desktop.core import incoming
from presence_desktop.core.hosting import HostReport, HostRequest, HostState, HostTrouble
from presence_desktop.core.join_link import JoinLink
from presence_desktop.core.rest_call import RestCall
from presence_desktop.gui.form import FormPage
from presence_desktop.gui.main_window import MainWindow
from presence_desktop.protocol import events, rest
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.status import Reason, Status
from tests.gui.chat_stage import StagedChats
from tests.gui.scene import ME, NAMES, NOON, SERVER, Scene, link_up, picture, shows


def fill(form: FormPage, **values: str) -> None:
    for name, value in values.items():
        getattr(form, name).edit.setText(value)


# --- signing in, joining ---


def test_a_wrong_password_is_told_and_everything_stays_typed(scene: Scene) -> None:
    window = scene.window
    window.welcome.sign_in_chosen.emit()
    fill(window.sign_in, server="10.0.0.5", email="sky@example.org", password="secret-word")
    window.sign_in.submit()
    assert scene.gateway.asked == [("sign_in", "https://10.0.0.5:3001", "sky@example.org", "secret-word")]
    assert not window.sign_in.button.isEnabled()
    scene.feed(incoming.SignInFailed(Code.INVALID_CREDENTIALS, "no"))
    assert shows(scene, window.sign_in)
    assert window.sign_in.error.text() == "The e-mail address or the password is wrong."
    assert window.sign_in.button.isEnabled()
    assert window.sign_in.password.text() == "secret-word"


def test_what_is_missing_is_marked_and_nothing_is_sent(scene: Scene) -> None:
    window = scene.window
    window.welcome.join_chosen.emit()
    fill(window.join, server="no address", email="nobody", password="short")
    window.join.submit()
    assert scene.gateway.asked == []
    marked = [field for field in window.join._fields if field.error.text()]
    assert marked == [window.join.server, window.join.username, window.join.email, window.join.password]
    assert window.join.server.edit.accessibleDescription()


def test_joining_with_an_invite(scene: Scene) -> None:
    join = scene.window.join
    scene.window.welcome.join_chosen.emit()
    fill(join, server=SERVER, email="a@b.c", username="Ada", password="long enough", invite="CODE")
    join.submit()
    assert scene.gateway.asked == [("register", JoinLink((SERVER,), "CODE"), "a@b.c", "Ada", "long enough")]


def test_once_in_passwords_are_forgotten_and_the_account_is_remembered(scene: Scene, qtbot: QtBot) -> None:
    window = scene.window
    window.welcome.sign_in_chosen.emit()
    fill(window.sign_in, server=SERVER, email=ME.email, password="secret-word")
    window.sign_in.submit()
    with qtbot.waitSignal(window.account.signed_in) as remembered:
        scene.sign_in()
    assert remembered.args == [SERVER, ME.email]
    assert shows(scene, window.people)
    assert window.sign_in.password.text() == ""


def test_a_resumed_session_goes_straight_to_the_people(scene: Scene) -> None:
    scene.window.resume(SERVER, "sky@example.org")
    assert shows(scene, scene.window.people)
    assert "sky@example.org" in scene.window.people.selector.accessibleName()
    scene.sign_in()
    assert ME.username in scene.window.people.selector.accessibleName()


def test_a_session_that_ended_asks_for_the_password_and_says_why(scene: Scene, qtbot: QtBot) -> None:
    scene.sign_in()
    with qtbot.waitSignal(scene.window.account.signed_out):
        scene.feed(incoming.SignedOut(Code.ACCOUNT_DISABLED))
    assert shows(scene, scene.window.sign_in)
    assert "disabled" in scene.window.sign_in.error.text()
    assert scene.window.people.contacts.model.rowCount() == 0


def test_signing_out_leads_back_to_the_welcome(scene: Scene) -> None:
    scene.sign_in()
    scene.feed(incoming.SignedOut())
    assert shows(scene, scene.window.welcome)


def test_no_keyring_is_told_once_in_one_sentence(scene: Scene) -> None:
    scene.sign_in()
    scene.feed(incoming.SecretsUnavailable(), incoming.SecretsUnavailable())
    (notice,) = scene.window.people.notices.shown
    assert "no keyring" in notice.words.text()
    notice.closed.emit()
    assert scene.window.people.notices.shown == []


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (Code.INVITE_INVALID, "invite"),
        (Code.INVITE_REQUIRED, "invite"),
        (Code.EMAIL_TAKEN, "email"),
        (Code.UNREACHABLE, "server"),
        (Code.BAD_ANSWER, "server"),
    ],
)
def test_a_refusal_is_told_at_the_field_it_is_about(scene: Scene, code: Code, name: str) -> None:
    join = scene.window.join
    scene.window.welcome.join_chosen.emit()
    fill(join, server=SERVER, email="a@b.c", username="Ada", password="long enough", invite="CODE")
    join.submit()
    scene.feed(incoming.SignInFailed(code, "no"))
    assert [field.edit.objectName() for field in join._fields if field.error.text()] == [f"join-{name}"]
    assert join.error.text() == ""
    assert join.button.isEnabled()


# --- one's own status ---


def test_a_picked_status_is_pending_until_the_server_says_so(scene: Scene) -> None:
    scene.sign_in()
    selector = scene.window.people.selector
    selector.picked.emit(Status.BUSY, None)
    assert "Busy · waiting" in selector.accessibleName()
    event, ask = scene.gateway.sent[-1]
    assert event == events.StatusUpdate(status=Status.BUSY)
    own = events.OwnPresence(
        status=Status.BUSY, reason=Reason.MANUAL, since=NOON, version=3, claim=Status.BUSY
    )
    word = events.StatusUpdated(user_id=1, status=Status.BUSY, timestamp=NOON, own=own)
    scene.feed(incoming.OwnChanged(word, ask))
    assert selector.accessibleName().endswith("Busy")


def test_a_refused_status_goes_back_and_says_why(scene: Scene) -> None:
    scene.sign_in()
    scene.window.people.selector.picked.emit(Status.AWAY, None)
    _, ask = scene.gateway.sent[-1]
    scene.feed(incoming.Refusal("status:update", Code.TOO_MANY_REQUESTS, "slow down", ask))
    assert scene.window.people.selector.accessibleName().endswith("Online")
    assert "Too many tries" in scene.window.people.notices.shown[0].words.text()


def test_the_menu_offers_all_four_and_an_end(scene: Scene, qtbot: QtBot) -> None:
    scene.sign_in()
    selector = scene.window.people.selector
    selector.choices.fill(scene.client.own, NOON)
    actions = {action.text(): action for action in selector.choices.actions() if action.text()}
    assert list(actions)[:4] == ["Online", "Away", "Busy", "Appear offline"]
    assert actions["Online"].isChecked()
    assert not actions["Until I change it"].isEnabled()  # nothing was chosen that could end
    with qtbot.waitSignal(selector.picked) as picked:
        actions["Appear offline"].trigger()
    assert picked.args == [Status.OFFLINE, None]
    selector.choices.fill(scene.client.own, NOON)
    ends = {action.text(): action for action in selector.choices.actions()[5].menu().actions()}
    with qtbot.waitSignal(selector.picked) as picked:
        ends["1 hour"].trigger()
    assert picked.args == [Status.OFFLINE, NOON + 3_600_000]


def test_appearing_offline_is_told_plainly_with_its_end(scene: Scene) -> None:
    scene.sign_in()
    end = NOON + 1_800_000
    versions = count(3)

    def shown(status: Status, until: int | None, text: str | None) -> str:
        claim = None if status is Status.ONLINE else status
        own = events.OwnPresence(
            status=status,
            reason=Reason.MANUAL,
            since=NOON,
            version=next(versions),
            claim=claim,
            claim_until=until,
            text=text,
        )
        word = events.StatusUpdated(user_id=1, status=status, timestamp=NOON, own=own)
        scene.feed(incoming.OwnChanged(word, None))
        return scene.window.people.selector._line.text()

    assert shown(Status.ONLINE, None, "Reading") == "Reading"
    assert shown(Status.OFFLINE, None, "Reading") == "Appear offline"
    assert shown(Status.OFFLINE, end, "Reading").startswith("Appear offline · until ")
    busy = shown(Status.BUSY, end, "Reading")
    assert busy.startswith("Busy · until ")
    assert busy.endswith(" · Reading")


# --- the link ---


def test_the_banner_tells_why_and_counts_down(scene: Scene) -> None:
    scene.sign_in()
    banner = scene.window.people.banner
    assert banner.isHidden()
    scene.lose_link()
    assert not banner.isHidden()
    assert "does not answer" in banner.words.text()
    assert banner.countdown.text() == "Next try in 4 s"
    scene.clock.moment += 3000
    banner._count()
    assert banner.countdown.text() == "Next try in 1 s"
    banner.button.click()
    assert scene.gateway.asked[-1] == ("reconnect_now",)
    assert "Unknown" in scene.window.people.selector.accessibleName()
    scene.sign_in()
    assert banner.isHidden()


def test_every_30_s_a_heartbeat(scene: Scene) -> None:
    scene.sign_in()
    heartbeat = scene.window.accounts.heartbeat
    assert heartbeat.isActive()
    assert heartbeat.interval() == 30_000
    scene.gateway.sent.clear()
    heartbeat.timeout.emit()
    assert [event.name for event, _ in scene.gateway.sent] == ["heartbeat"]


# --- hosting ---


def test_hosting_asks_for_an_owner_and_then_makes_an_invite(scene: Scene, qtbot: QtBot) -> None:
    window, chats = scene.window, StagedChats()
    scene.client.chats = chats
    window.welcome.host_chosen.emit()
    fill(window.host_form, username="Ada", email="ada@example.org", password="long enough")
    window.host_form.reachable.setChecked(True)
    with qtbot.waitSignal(window.host_asked) as asked:
        window.host_form.submit()
    request = asked.args[0]
    assert isinstance(request, HostRequest)
    assert request.reachable
    assert "long enough" not in repr(request)
    running = HostReport(HostState.RUNNING, SERVER, "http://192.168.0.12:3001", reachable=True)
    window.show_hosting(running)
    window.show_owner_ready(SERVER, "ada@example.org", "long enough")
    scene.sign_in()
    assert shows(scene, window.hosting)
    (call,) = (made[1] for made in chats.calls if made[0] == "call")
    assert isinstance(call, RestCall)
    assert (call.method, call.path) == ("POST", "/api/admin/invites")
    window.hosting.go_on.click()
    assert shows(scene, window.people)
    assert not window.people.contacts.new.isHidden()  # though its page is made only now


def test_a_server_that_ended_is_told_until_it_runs_again(scene: Scene) -> None:
    window = scene.window
    scene.sign_in()
    window.show_hosting(HostReport(HostState.RUNNING, SERVER, SERVER))
    strip = window.people.host_strip
    assert strip.isHidden()
    window.show_hosting(HostReport(HostState.FAILED, trouble=HostTrouble.ENDED))
    assert not strip.isHidden()
    assert strip.words.text() == "The server ended by itself."
    strip.button.click()
    assert shows(scene, window.hosting)
    assert window.focusWidget() is window.hosting.machine.start
    window.show_hosting(HostReport(HostState.RUNNING, SERVER, SERVER))
    assert strip.isHidden()


def test_the_network_can_be_let_in_later(scene: Scene, qtbot: QtBot) -> None:
    window = scene.window
    window.show_hosting(HostReport(HostState.RUNNING, SERVER, SERVER))
    assert "only this computer" in window.hosting.lead.text()
    with qtbot.waitSignal(window.hosting.reach_asked) as asked:
        window.hosting.machine.reachable.click()
    assert asked.args == [True]
    window.show_hosting(HostReport(HostState.RUNNING, SERVER, "http://10.0.0.5:3001", reachable=True))
    assert window.hosting.machine.reachable.isChecked()
    assert "Others need no more" in window.hosting.lead.text()


def test_a_server_elsewhere_is_looked_after_by_who_owns_it(scene: Scene) -> None:
    window = scene.window
    scene.client.chats = StagedChats()
    scene.sign_in()
    assert window.ways.hosting
    assert window.people.settings_button.hosting
    window.show_hosting_page()
    assert shows(scene, window.looking_after.elsewhere)
    assert window.looking_after.elsewhere.lead.text() == SERVER
    window.show_hosting(HostReport(HostState.RUNNING, SERVER, SERVER))
    window.show_hosting_page()
    assert shows(scene, window.hosting)
    window.show_people()
    window.show_hosting(HostReport(HostState.STOPPED, SERVER))  # where it is started again
    window.show_hosting_page()
    assert shows(scene, window.hosting)
    assert window.focusWidget() is window.hosting.machine.start
    scene.feed(incoming.SignedOut())
    assert "Sign in to this server" in window.hosting.server.nobody.text()
    assert not window.hosting.server.nobody.isHidden()


def test_who_owns_no_server_finds_none_to_look_after(scene: Scene) -> None:
    scene.feed(incoming.SignedIn(SERVER, msgspec.structs.replace(ME, role="member")), link_up())
    assert not scene.window.ways.hosting
    assert not scene.window.people.settings_button.hosting


def test_who_is_made_admin_is_told_and_finds_the_server_in_the_menu(scene: Scene) -> None:
    member = msgspec.structs.replace(ME, role="member")
    scene.feed(incoming.SignedIn(SERVER, member), incoming.SignedIn(SERVER, ME))
    scene.feed(incoming.SignedIn(SERVER, member), link_up(), picture(NAMES))
    window = scene.window
    window.show_people()
    assert window.people.notices.shown == []  # what is kept of the last run is no news
    me = rest.DirectoryEntry(user_id=1, username=ME.username, status=Status.ONLINE, role="admin")
    scene.feed(incoming.DirectoryArrived([me], last=True))
    assert window.people.settings_button.hosting
    assert "look after this server" in window.people.notices.shown[0].words.text()
    scene.feed(incoming.DirectoryArrived([msgspec.structs.replace(me, role="member")], last=True))
    assert not window.people.settings_button.hosting
    assert len(window.people.notices.shown) == 1


def test_a_server_that_cannot_start_says_why_on_the_form(scene: Scene) -> None:
    window = scene.window
    window.welcome.host_chosen.emit()
    window.show_hosting(HostReport(HostState.FAILED, trouble=HostTrouble.PORT_BUSY, detail="3001"))
    assert "3001" in window.host_form.error.text()


def test_whoever_comes_back_begins_where_one_searches_or_in_the_list(scene: Scene) -> None:
    window = scene.window
    window.resume(SERVER, ME.email)
    contacts = window.people.contacts
    assert window.focusWidget() is contacts.search  # nobody is known yet
    scene.sign_in()
    window.people.focus()
    assert window.focusWidget() is contacts.view


def test_on_a_small_screen_the_window_may_be_small(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1024 × 600 at 200 %."""
    screen = SimpleNamespace(availableSize=lambda: QSize(512, 300))
    monkeypatch.setattr(MainWindow, "screen", lambda _window: screen)
    small = Scene(qapp)
    assert small.window.minimumHeight() < 300
    assert small.window.height() < 300
    monkeypatch.undo()
    small.leave()


def test_a_window_that_was_kept_beyond_the_screen_comes_back_onto_it(scene: Scene, qtbot: QtBot) -> None:
    window = scene.window
    window.setGeometry(5_000, 5_000, 600, 500)
    held = window.saveGeometry()
    window.restoreGeometry(held)
    window.show()
    qtbot.waitExposed(window)
    assert window.screen().geometry().contains(window.geometry())
