"""Sessions over the plain server: signing in, resuming, leaving; tokens; the keyring's moods; threads."""

import threading
from collections.abc import Iterator

import msgspec
import pytest
import requests

from presence_desktop.core import incoming
from presence_desktop.core.join_link import JoinLink
from presence_desktop.core.ports import Gateway as Port
from presence_desktop.core.ports import Secrets
from presence_desktop.core.trust import MemoryPins
from presence_desktop.net import gateway as gateway_module
from presence_desktop.net.gateway import Gateway
from presence_desktop.net.tokens import EARLY_MS, Tokens
from presence_desktop.net.trust import Trust
from presence_desktop.net.workers import Worker
from presence_desktop.protocol import rest
from presence_desktop.protocol.errors import Code, Refused
from tests.fakes.daemon import Daemon, free_port
from tests.net.conftest import MakePerson
from tests.net.people import MemorySecrets, Person, SystemClock
from tests.net.strangers import Stranger, http
from tests.net.test_strangers import SIGNED_IN, said
from tests.waiting import eventually

PlainServer = tuple[Daemon, int]
MINA = "mina@example.org"


def url(server: PlainServer) -> str:
    return f"http://127.0.0.1:{server[1]}"


def test_it_is_what_the_core_asks_for() -> None:
    gateway: Port = Gateway(lambda _: None, MemorySecrets(), SystemClock())
    secrets: Secrets = MemorySecrets()
    gateway.close()
    assert secrets.get("", "") is None


def test_a_wrong_password_is_refused_and_nothing_is_kept(
    plain_server: PlainServer, person: MakePerson
) -> None:
    mina = person()
    mina.gateway.sign_in(url(plain_server), MINA, "wrong")
    assert mina.wait(incoming.SignInFailed).code is Code.INVALID_CREDENTIALS
    assert mina.secrets.kept == {}


@pytest.mark.parametrize(
    ("email", "name", "password"),
    [
        ("", "mina", "long enough"),
        (MINA, " ", "long enough"),
        (MINA, "mina", "short"),
        (MINA, "mina", "long enough\ud800"),
    ],
)
def test_a_form_that_cannot_be_right_is_refused_here(
    person: MakePerson, email: str, name: str, password: str
) -> None:
    mina = person()
    mina.gateway.register(JoinLink(("http://127.0.0.1:1",)), email, name, password)
    assert mina.wait(incoming.SignInFailed).code is Code.INVALID_PAYLOAD


def test_registering_on_a_server_that_is_not_there(person: MakePerson) -> None:
    mina = person()
    mina.gateway.register(
        JoinLink((f"http://127.0.0.1:{free_port()}",), "invite"), MINA, "mina", "long enough"
    )
    assert mina.wait(incoming.SignInFailed).code is Code.UNREACHABLE


def test_a_kept_session_goes_on_without_a_password(plain_server: PlainServer, person: MakePerson) -> None:
    before = person()
    before.come_in(url(plain_server), MINA)
    eventually(lambda: before.secrets.kept)
    before.gateway.close()
    kept = dict(before.secrets.kept)
    after = person(before.secrets)
    after.gateway.resume(url(plain_server), MINA)
    signed_in = after.wait(incoming.SignedIn)
    assert (signed_in.server, signed_in.user.username) == (url(plain_server), "mina")
    after.wait(incoming.LinkUp)
    eventually(lambda: after.secrets.kept != kept)
    assert len(after.all(incoming.SignedIn)) == 1


@pytest.mark.parametrize(("broken", "code"), [(False, Code.TOKEN_MISSING), (True, Code.NO_KEYRING)])
def test_without_a_kept_session_there_is_nothing_to_resume(
    person: MakePerson, broken: bool, code: Code
) -> None:
    mina = person(MemorySecrets(broken=broken))
    mina.gateway.resume("http://127.0.0.1:1", MINA)
    assert mina.wait(incoming.SignInFailed).code is code
    assert mina.all(incoming.SecretsAwaited) == []


def test_resuming_while_the_server_is_away_goes_on_until_it_is_back(
    plain_server: PlainServer, person: MakePerson
) -> None:
    daemon, mina = plain_server[0], person()
    daemon.kill()
    mina.secrets.kept[url(plain_server), MINA] = "refresh-1-1"
    mina.gateway.resume(url(plain_server), MINA)
    assert mina.wait(incoming.LinkLost).code is Code.UNREACHABLE
    daemon.start()
    mina.wait(incoming.SignedIn, within=8)
    mina.wait(incoming.LinkUp)


@pytest.mark.parametrize("code", ["token_revoked", "token_invalid", "account_disabled"])
def test_a_kept_session_that_the_server_ended_is_forgotten(person: MakePerson, code: str) -> None:
    mina = person()
    with Stranger(http("401 Unauthorized", said(code))) as server:
        mina.secrets.kept[server.url, MINA] = "old"
        mina.gateway.resume(server.url, MINA)
        assert mina.wait(incoming.SignedOut).code is Code(code)
        eventually(lambda: not mina.secrets.kept)
        mina.gateway.reconnect_now()
        assert mina.all(incoming.LinkLost) == []


def test_signing_out_voids_the_session_even_with_an_expired_token(
    plain_server: PlainServer, person: MakePerson
) -> None:
    mina = person()
    mina.come_in(url(plain_server), MINA)
    requests.post(f"{url(plain_server)}/void", json={"token": mina.gateway._tokens.current()}, timeout=5)
    mina.gateway.sign_out()
    mina.wait(incoming.SignedOut)
    eventually(
        lambda: requests.post(f"{url(plain_server)}/log", timeout=5).json()["loggedOut"] == ["refresh-1-2"]
    )
    eventually(lambda: mina.secrets.kept == {})


def test_signing_out_of_a_resumed_session_that_never_reached_its_server(person: MakePerson) -> None:
    mina = person()
    server = f"http://127.0.0.1:{free_port()}"
    mina.secrets.kept[server, MINA] = "refresh-1-1"
    mina.gateway.resume(server, MINA)
    mina.wait(incoming.LinkLost)
    mina.gateway.sign_out()
    assert mina.wait(incoming.SignedOut).code is None
    eventually(lambda: mina.secrets.kept == {})


def test_signing_out_when_nobody_is_signed_in(person: MakePerson) -> None:
    mina = person()
    mina.gateway.sign_out()
    assert mina.wait(incoming.SignedOut).code is None


def test_signing_in_again_leaves_the_session_before(plain_server: PlainServer, person: MakePerson) -> None:
    mina, jun = person(), person()
    jun.come_in(url(plain_server), "jun@example.org")
    mina.come_in(url(plain_server), MINA)
    mark = mina.mark
    assert mina.come_in(url(plain_server), "sora@example.org").username == "sora"
    assert mina.all(incoming.LinkLost) == []
    assert [item.user.username for item in mina.all(incoming.SignedIn)[1:]] == ["sora"]
    assert mark < mina.mark


def test_whoever_is_forgotten_leaves_no_secret_however_busy_the_keyring_is(
    plain_server: PlainServer, person: MakePerson
) -> None:
    class Busy(MemorySecrets):
        free = threading.Event()

        def set(self, server: str, account: str, secret: str) -> None:
            self.free.wait(5)
            super().set(server, account, secret)

    mina = person(Busy())
    mina.come_in(url(plain_server), MINA)
    mina.gateway.sign_out()
    mina.wait(incoming.SignedOut)
    closing = threading.Thread(target=mina.gateway.close)
    closing.start()
    eventually(lambda: mina.gateway._keeping._closed)
    Busy.free.set()
    closing.join(5)
    assert mina.secrets.kept == {}


def test_no_keyring_is_told_once(plain_server: PlainServer, person: MakePerson) -> None:
    mina = person(MemorySecrets(broken=True))
    mina.come_in(url(plain_server), MINA)
    mina.wait(incoming.SecretsUnavailable)
    mina.gateway.sign_out()
    mina.wait(incoming.SignedOut)
    mina.come_in(url(plain_server), MINA)
    mina.gateway.close()
    assert len(mina.all(incoming.SecretsUnavailable)) == 1


class LockedSecrets(MemorySecrets):
    """A keyring that waits for its owner."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = threading.Event()

    def _check(self) -> None:
        self.opened.wait(30)


@pytest.fixture
def locked() -> Iterator[LockedSecrets]:
    secrets = LockedSecrets()
    yield secrets
    secrets.opened.set()


def test_a_locked_keyring_holds_nobody_up(
    plain_server: PlainServer, person: MakePerson, locked: LockedSecrets
) -> None:
    mina = person(locked)
    mina.come_in(url(plain_server), MINA)
    assert locked.kept == {}
    locked.opened.set()
    eventually(lambda: locked.kept)


def test_that_a_locked_keyring_is_waited_for_is_told_and_once_it_opens_all_goes_on(
    plain_server: PlainServer, person: MakePerson, locked: LockedSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway_module, "KEYRING_SECONDS", 0.05)
    locked.kept[url(plain_server), MINA] = "refresh-1-1"
    mina = person(locked)
    mina.gateway.resume(url(plain_server), MINA)
    mina.wait(incoming.SecretsAwaited)
    assert mina.all(incoming.LinkTrying) == []
    locked.opened.set()
    mina.wait(incoming.LinkUp)


@pytest.mark.parametrize("leaves", [True, False])
def test_a_keyring_that_opens_too_late_brings_nobody_in_again(
    plain_server: PlainServer, person: MakePerson, locked: LockedSecrets, leaves: bool
) -> None:
    locked.kept[url(plain_server), MINA] = "refresh-1-1"
    mina = person(locked)
    mina.gateway.resume(url(plain_server), MINA)
    if leaves:
        mina.gateway.sign_out()
        mina.wait(incoming.SignedOut)
    else:
        mina.come_in(url(plain_server), MINA)
    locked.opened.set()
    mina.gateway.close()
    assert len(mina.all(incoming.SignedIn)) == (0 if leaves else 1)
    assert mina.all(incoming.SignInFailed) == []


def test_all_news_comes_from_threads_that_are_gone_after_close(
    plain_server: PlainServer, person: MakePerson
) -> None:
    before = set(threading.enumerate())
    mina = person()
    mina.come_in(url(plain_server), MINA)
    mina.gateway.fetch_directory()
    mina.gateway.fetch_directory()
    mina.wait(incoming.DirectoryArrived)
    mina.gateway.close()
    assert set(threading.enumerate()) - before == set()
    assert threading.current_thread().name not in mina.threads
    mina.gateway.sign_in(url(plain_server), MINA, "right")
    assert set(threading.enumerate()) - before == set()


def test_a_directory_that_cannot_be_read_is_not_told(person: MakePerson) -> None:
    mina = person()
    mina.gateway.fetch_directory()
    with Stranger(http("500 Oops", said("server_error"))) as server:
        mina.gateway._tokens.begin(server.url, msgspec.convert(SIGNED_IN, rest.SignedIn))
        eventually(lambda: _asked(mina, server))
        mina.gateway.close()
    assert mina.news == []


def _asked(mina: Person, server: Stranger) -> bool:
    mina.gateway.fetch_directory()
    return b"/api/users?after=0&limit=500" in server.asked


class HandClock:
    def __init__(self) -> None:
        self.time = 1_700_000_000_000

    def now(self) -> int:
        return self.time

    def monotonic(self) -> int:
        return self.time


def test_tokens_are_renewed_early_one_at_a_time_and_not_for_nobody(plain_server: PlainServer) -> None:
    clock, renewed = HandClock(), list[rest.SignedIn]()
    tokens = Tokens(clock, lambda _, answer: renewed.append(answer), Trust(MemoryPins()))
    with pytest.raises(Refused) as nobody:
        tokens.current()
    assert nobody.value.code is Code.TOKEN_MISSING
    ends = "h.eyJleHAiOiAxNzAwMDAwMDAwfQ.s"
    tokens.begin(
        url(plain_server),
        msgspec.convert(SIGNED_IN | {"token": ends, "refreshToken": "refresh-1-1"}, rest.SignedIn),
    )
    clock.time -= EARLY_MS + 1
    assert tokens.current() == ends
    clock.time += 1
    got: list[str] = []
    asking = [threading.Thread(target=lambda: got.append(tokens.current(refused=ends))) for _ in range(5)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(renewed) == 1
    assert set(got) == {renewed[0].token}
    assert "refresh" not in repr(tokens.end())
    assert tokens.end() is None
    assert tokens.server is None


def test_a_session_that_was_left_while_its_token_was_renewed_stays_left(person: MakePerson) -> None:
    renewed: list[str] = []
    with Stranger(
        http("200 OK", msgspec.json.encode(msgspec.convert(SIGNED_IN, rest.SignedIn)).decode().encode())
    ) as server:
        tokens = Tokens(HandClock(), lambda _, answer: renewed.append(answer.token), Trust(MemoryPins()))
        tokens.begin_again(server.url, "refresh-1-1")
        entered, go_on = threading.Event(), threading.Event()
        original = server._serve

        def slowly(connection: object, answer: bytes) -> None:
            entered.set()
            go_on.wait(10)
            original(connection, answer)  # type: ignore[arg-type]

        server._serve = slowly  # type: ignore[method-assign]
        refusals: list[Code] = []

        def ask() -> None:
            try:
                tokens.current()
            except Refused as refused:
                refusals.append(refused.code)

        asking = threading.Thread(target=ask)
        asking.start()
        assert entered.wait(10)
        tokens.end()
        go_on.set()
        asking.join()
    assert (refusals, renewed) == ([Code.TOKEN_MISSING], [])


def test_a_worker_outlives_a_job_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    worker, done = Worker("jobs"), threading.Event()
    worker.do(lambda: [][0])
    worker.do(done.set)
    assert done.wait(10)
    assert "IndexError" in caplog.text
    worker.stop()
    assert worker.join(2)
    worker.do(done.clear)
    assert done.is_set()
