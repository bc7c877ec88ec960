"""The client's mind and its gateway together, against the real server in its own process.

Grace and pings are scaled down; what is measured is told in each test.
"""

import queue
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.changes import Changes
from presence_desktop.core.client import Client
from presence_desktop.core.connection import LinkState
from presence_desktop.core.join_link import JoinLink
from presence_desktop.net.gateway import Gateway
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.status import Reason, Status
from tests.fakes.hostile_proxy import HostileProxy
from tests.fakes.server_process import PASSWORD, ServerProcess, running_server
from tests.net.people import MemorySecrets, SystemClock
from tests.waiting import eventually


@dataclass(frozen=True)
class Who:
    """Somebody with an account."""

    user_id: int
    email: str


class Desk:
    """A desktop without a window: the client, fed by its gateway, taking news in whenever somebody waits."""

    def __init__(self, secrets: MemorySecrets | None = None) -> None:
        self.secrets = secrets or MemorySecrets()
        self.changes: list[Changes] = []
        self.news: list[incoming.Incoming] = []
        self._arrived: queue.SimpleQueue[incoming.Incoming] = queue.SimpleQueue()
        self.gateway = Gateway(self._arrived.put, self.secrets, SystemClock())
        self.client = Client(self.gateway, SystemClock())

    def take(self) -> None:
        """Take in what has arrived."""
        batch = []
        while not self._arrived.empty():
            batch.append(self._arrived.get())
        if batch:
            self.news += batch
            self.changes.append(self.client.apply(batch))
            self.client.order.settle()

    def until(self, predicate: Callable[[], object], within: float = 10) -> float:
        """Go on until it holds; after how many seconds it did."""
        begun = time.monotonic()

        def holds() -> bool:
            self.take()
            return bool(predicate())

        try:
            eventually(holds, within=within)
        except AssertionError:
            raise AssertionError(f"not within {within} s; news: {self.news[-8:]}") from None
        return time.monotonic() - begun

    def sign_in(self, url: str, who: Who) -> None:
        """Sign in, and be online with the whole picture."""
        self.client.sign_in(url, who.email, PASSWORD)
        self.until(lambda: self.online)

    @property
    def online(self) -> bool:
        """Linked, and the picture and the directory are here."""
        link = self.client.connection
        whole = any(isinstance(item, incoming.DirectoryArrived) and item.last for item in self.news)
        return link.state is LinkState.ONLINE and link.link_known and whole

    def sees(self, who: Who) -> Status | None:
        """What the dot of this person shows; None for unknown."""
        contact = self.client.roster.get(who.user_id)
        return contact.status if contact is not None and contact.known else None


MakeDesk = Callable[..., Desk]


@pytest.fixture
def desk() -> Iterator[MakeDesk]:
    made: list[Desk] = []

    def make(secrets: MemorySecrets | None = None) -> Desk:
        made.append(Desk(secrets))
        return made[-1]

    yield make
    for one in made:
        one.client.close()


QUICK = {
    "registration": "open",
    "grace_seconds": 0.5,
    "ping_interval_seconds": 0.5,
    "ping_timeout_seconds": 0.5,
    "write_seconds": 0.01,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One running server for all tests that leave it running."""
    with running_server(tmp_path_factory.mktemp("shared"), **QUICK) as running:
        yield running


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[ServerProcess]:
    """A server that the test may end."""
    with running_server(tmp_path, **QUICK) as running:
        yield running


def account(server: ServerProcess, name: str) -> Who:
    """A new account of this name."""
    email = f"{name}-{uuid.uuid4().hex[:8]}@example.org"
    body = {"email": email, "username": name, "password": PASSWORD}
    answer = server.post("/api/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    return Who(answer.json()["user"]["userId"], email)


def two(server: ServerProcess) -> tuple[Who, Who]:
    """Mina and Jun."""
    return account(server, "Mina"), account(server, "Jun")


@pytest.fixture
def pair(server: ServerProcess, desk: MakeDesk) -> tuple[Desk, Desk, Who, Who]:
    """Mina's and Jun's desks, both online on the shared server; and who they are."""
    mina, jun = two(server)
    hers, his = desk(), desk()
    hers.sign_in(server.url, mina)
    his.sign_in(server.url, jun)
    hers.until(lambda: hers.sees(jun) is Status.ONLINE, within=2)
    return hers, his, mina, jun


Pair = tuple[Desk, Desk, Who, Who]


def test_registering_signs_in_and_the_same_address_again_is_refused(
    server: ServerProcess, desk: MakeDesk
) -> None:
    hers, again = desk(), desk()
    email = f"sora-{uuid.uuid4().hex}@example.org"
    hers.client.register(JoinLink((server.url,)), email, "소라", PASSWORD)
    hers.until(lambda: hers.online)
    assert hers.client.me is not None
    assert hers.client.me.username == "소라"
    again.client.register(JoinLink((server.url,)), email, "소라", PASSWORD)
    again.until(lambda: again.client.connection.reason is Code.EMAIL_TAKEN)


def test_a_wrong_password_and_an_unknown_account_are_refused_alike(
    server: ServerProcess, desk: MakeDesk
) -> None:
    mina, his = account(server, "Mina"), desk()
    for email in (mina.email, "nobody@example.org"):
        his.client.sign_in(server.url, email, "wrong horse")
        his.until(lambda: his.client.connection.state is LinkState.SIGNED_OUT)
        assert his.client.connection.reason is Code.INVALID_CREDENTIALS


def test_who_is_not_here_is_listed_as_offline(server: ServerProcess, desk: MakeDesk) -> None:
    mina, jun = two(server)
    hers = desk()
    hers.sign_in(server.url, mina)
    assert hers.sees(jun) is Status.OFFLINE
    assert hers.client.order.index(jun.user_id) is not None


def test_every_choice_is_confirmed_and_seen(pair: Pair) -> None:
    hers, his, _, jun = pair
    for status in (Status.BUSY, Status.AWAY, Status.OFFLINE, Status.ONLINE):
        his.client.set_status(status)
        assert (his.client.own.choice, his.client.own.pending) == (status, True)
        hers.until(lambda wanted=status: hers.sees(jun) is wanted, within=2)  # type: ignore[misc]
        his.until(lambda: not his.client.own.pending, within=2)
        assert (his.client.own.choice, his.client.own.shown) == (status, status)


def test_a_custom_status_with_an_end_time_ends_by_itself(pair: Pair) -> None:
    hers, his, _, jun = pair
    until = SystemClock().now() + 1500
    his.client.set_custom("점심", "🍜", until)
    his.until(lambda: his.client.own.text == "점심", within=2)
    assert (his.client.own.emoji, his.client.own.text_until) == ("🍜", until)
    shown = hers.client.roster.get(jun.user_id)
    assert shown is not None
    hers.until(lambda: (shown.text, shown.emoji) == ("점심", "🍜"), within=2)
    hers.until(lambda: shown.text is None, within=4)
    his.until(lambda: his.client.own.text is None, within=2)


def test_a_refused_choice_falls_back_and_says_why(pair: Pair) -> None:
    _, his, _, _ = pair
    his.client.set_status(Status.BUSY, until=1)
    his.until(lambda: not his.client.own.pending)
    assert his.client.own.choice is Status.ONLINE
    told = [notice for changes in his.changes for notice in changes.notices]
    assert [(notice.code, notice.about) for notice in told] == [(Code.INVALID_END_TIME, "status:update")]


def test_idle_and_locked_devices_are_seen_as_away(pair: Pair) -> None:
    hers, his, _, jun = pair
    his.client.device_state(0, locked=True)
    hers.until(lambda: hers.sees(jun) is Status.AWAY, within=2)
    his.until(lambda: his.client.own.reason is Reason.LOCKED, within=2)
    assert (his.client.own.shown, his.client.own.choice) == (Status.AWAY, Status.ONLINE)
    his.client.device_state(1, locked=False)
    hers.until(lambda: hers.sees(jun) is Status.ONLINE, within=2)
    his.client.device_state(4000, locked=False)
    his.until(lambda: his.client.own.reason is Reason.IDLE, within=2)


def test_two_devices_of_one_person_agree(server: ServerProcess, desk: MakeDesk) -> None:
    jun = account(server, "Jun")
    first, second = desk(), desk()
    first.sign_in(server.url, jun)
    second.sign_in(server.url, jun)
    first.client.set_status(Status.BUSY)
    second.until(lambda: second.client.own.choice is Status.BUSY, within=2)
    second.client.set_status(Status.ONLINE)
    first.until(lambda: first.client.own.choice is Status.ONLINE and not first.client.own.pending, within=2)


def test_a_restarted_app_is_online_again_without_a_password(server: ServerProcess, desk: MakeDesk) -> None:
    jun, before = account(server, "Jun"), desk()
    before.sign_in(server.url, jun)
    before.client.set_status(Status.BUSY)
    before.until(lambda: not before.client.own.pending)
    before.until(lambda: before.secrets.kept)
    before.client.close()
    after = desk(before.secrets)
    after.client.resume(server.url, jun.email)
    assert after.until(lambda: after.online) < 2
    assert after.client.own.choice is Status.BUSY
    assert after.client.me is not None


def test_a_stopped_or_killed_server_makes_everybody_unknown_and_all_is_right_again_when_it_is_back(
    own_server: ServerProcess, desk: MakeDesk
) -> None:
    mina, jun = two(own_server)
    hers, his = desk(), desk()
    hers.sign_in(own_server.url, mina)
    his.sign_in(own_server.url, jun)
    his.client.set_status(Status.BUSY)
    hers.until(lambda: hers.sees(jun) is Status.BUSY)
    own_server.stop()
    hers.until(lambda: hers.client.connection.state is LinkState.LOST, within=3)
    own_server.start()
    assert hers.until(lambda: hers.online, within=8) < 5
    hers.until(lambda: hers.sees(jun) is Status.BUSY)
    own_server.kill()
    assert hers.until(lambda: hers.client.connection.state is LinkState.LOST, within=5) < 2
    assert hers.sees(jun) is None
    hers.client.set_status(Status.AWAY)
    own_server.start()
    assert hers.until(lambda: hers.online, within=8) < 5
    assert his.until(lambda: his.online, within=8) < 5
    hers.until(lambda: hers.sees(jun) is Status.BUSY)
    his.until(lambda: his.sees(mina) is Status.AWAY)
    assert (hers.client.own.choice, hers.client.own.pending) == (Status.AWAY, False)


def test_after_a_cut_only_what_changed_is_told(server: ServerProcess, desk: MakeDesk) -> None:
    mina, jun = two(server)
    hers, his = desk(), desk()
    his.sign_in(server.url, jun)
    with HostileProxy(server.port) as proxy:
        hers.sign_in(f"http://127.0.0.1:{proxy.port}", mina)
        hers.until(lambda: hers.sees(jun) is Status.ONLINE)
        proxy.refusing = True
        proxy.cut()
        hers.until(lambda: hers.client.connection.state is LinkState.LOST)
        his.client.set_status(Status.BUSY)
        his.until(lambda: not his.client.own.pending)
        mark = len(hers.news)
        proxy.refusing = False
        hers.client.reconnect_now()
        hers.until(lambda: hers.sees(jun) is Status.BUSY)
        since = [type(item) for item in hers.news[mark:]]
        assert incoming.PresenceChanged in since
        assert incoming.People not in since
        hers.client.close()


def test_a_swallowing_line_is_noticed_within_the_ping_times(server: ServerProcess, desk: MakeDesk) -> None:
    mina, jun = two(server)
    hers = desk()
    with HostileProxy(server.port) as proxy:
        hers.sign_in(f"http://127.0.0.1:{proxy.port}", mina)
        proxy.swallowing = True
        assert hers.until(lambda: hers.client.connection.state is LinkState.LOST) < 0.5 + 0.5 + 2.5
        assert hers.sees(jun) is None
        proxy.swallowing = False
        hers.until(lambda: hers.online, within=15)
        hers.client.close()


def test_signing_out_is_seen_within_a_second_and_ends_the_session(
    server: ServerProcess, desk: MakeDesk, pair: Pair
) -> None:
    hers, his, _, jun = pair
    his.until(lambda: his.secrets.kept)
    kept = dict(his.secrets.kept)
    his.client.sign_out()
    assert hers.until(lambda: hers.sees(jun) is Status.OFFLINE) < 1
    his.until(lambda: his.client.connection.state is LinkState.SIGNED_OUT)
    his.until(lambda: not his.secrets.kept)
    his.client.close()
    thief = desk()
    thief.secrets.kept = kept
    thief.client.resume(server.url, jun.email)
    thief.until(lambda: thief.client.connection.reason is Code.TOKEN_REVOKED)


def test_closing_the_app_is_seen_within_a_second(pair: Pair) -> None:
    hers, his, _, jun = pair
    his.client.close()
    assert hers.until(lambda: hers.sees(jun) is Status.OFFLINE) < 1


def test_a_session_revoked_elsewhere_ends_here_too(server: ServerProcess, desk: MakeDesk) -> None:
    jun, his, twin = account(server, "Jun"), desk(), desk()
    his.sign_in(server.url, jun)
    his.until(lambda: his.secrets.kept)
    twin.secrets.kept = dict(his.secrets.kept)
    twin.client.resume(server.url, jun.email)
    twin.until(lambda: twin.online)
    twin.client.sign_out()
    his.until(lambda: his.client.connection.reason is Code.TOKEN_REVOKED, within=5)
    assert his.client.connection.state is LinkState.SIGNED_OUT
    his.until(lambda: not his.secrets.kept)


def test_a_disabled_account_is_cut_and_told_why(server: ServerProcess, desk: MakeDesk) -> None:
    account(server, "Mina")
    jun, his = account(server, "Jun"), desk()
    his.sign_in(server.url, jun)
    his.until(lambda: his.secrets.kept)
    assert server.command("user", "disable", jun.email).returncode == 0
    his.until(lambda: his.client.connection.reason is Code.ACCOUNT_DISABLED, within=5)
    assert his.client.connection.state is LinkState.SIGNED_OUT
    his.until(lambda: not his.secrets.kept)


def test_an_expired_token_is_renewed_without_anybody_noticing(tmp_path: Path, desk: MakeDesk) -> None:
    with running_server(tmp_path, access_token_seconds=1, registration="open") as server:
        mina, hers = account(server, "Mina"), desk()
        hers.sign_in(server.url, mina)
        hers.until(lambda: hers.secrets.kept)
        pair = hers.gateway._tokens._pair
        assert pair is not None
        header, kept = {"Authorization": f"Bearer {pair.access}"}, dict(hers.secrets.kept)
        eventually(lambda: server.get("/api/users", headers=header).status_code == 401)
        mark = len(hers.news)
        hers.client.reconnect_now()
        hers.until(lambda: any(isinstance(item, incoming.LinkUp) for item in hers.news[mark:]))
        assert [item.message for item in hers.news if isinstance(item, incoming.LinkLost)] == [
            "The connection is made anew."
        ]
        hers.until(lambda: hers.secrets.kept != kept)
        hers.client.close()


def test_a_pause_is_a_goodbye_and_waking_brings_everything_back(pair: Pair) -> None:
    hers, his, mina, jun = pair
    his.client.pause()
    assert hers.until(lambda: hers.sees(jun) is Status.OFFLINE) < 1
    his.client.reconnect_now()
    hers.until(lambda: hers.sees(jun) is Status.ONLINE, within=3)
    his.until(lambda: his.sees(mina) is Status.ONLINE)
