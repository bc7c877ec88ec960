"""Nobody in between hears anything: every connection of the app compares the server's key before it says a word."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.join_link import JoinLink
from presence_desktop.core.trust import Guard, Known, MemoryPins, Question
from presence_desktop.disk.pins import PinFile
from presence_desktop.net import link as links
from presence_desktop.net import trust
from presence_desktop.net.gateway import Gateway
from presence_desktop.net.tls import look
from presence_desktop.protocol.errors import Code
from tests.fakes.daemon import free_port
from tests.fakes.server_process import PASSWORD, ServerProcess, running_server
from tests.net.middleman import Middleman
from tests.net.people import MemorySecrets, Person, SystemClock
from tests.net.strangers import Stranger, http
from tests.waiting import eventually

OWNER = "owner@example.org"
OTHER_KEY = "ab" * 32
MakeGuest = Callable[..., Person]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server that encrypts, with its owner."""
    with running_server(tmp_path_factory.mktemp("tls"), plain_http="false") as running:
        running.add("Owner", email=OWNER)
        yield running


@pytest.fixture(scope="module")
def key(server: ServerProcess) -> str:
    return look(server.url)


@pytest.fixture
def between(server: ServerProcess, tmp_path: Path) -> Iterator[Middleman]:
    with Middleman(server.port, tmp_path) as middleman:
        yield middleman


@pytest.fixture
def guest() -> Iterator[MakeGuest]:
    """Makes people whose app knows these servers."""
    made: list[Person] = []

    def make(pins: MemoryPins | PinFile, secrets: MemorySecrets | None = None) -> Person:
        person = Person(secrets)
        person.gateway.close()
        person.gateway = Gateway(person._take, person.secrets, SystemClock(), pins=pins)
        made.append(person)
        return person

    yield make
    for one in made:
        one.gateway.close()


def pinned(url: str, key: str) -> MemoryPins:
    pins = MemoryPins()
    pins.trust(url, key)
    return pins


def test_the_log_names_the_key_that_is_shown(server: ServerProcess, key: str) -> None:
    assert f"fingerprint={key}" in server.log
    assert server.url.startswith("https://")


def test_a_sign_in_says_nothing_to_another_key(between: Middleman, key: str, guest: MakeGuest) -> None:
    mina = guest(pinned(between.url, key))
    between.listening_in = True
    mina.gateway.sign_in(between.url, OWNER, PASSWORD)
    failed = mina.wait(incoming.SignInFailed)
    assert (failed.code, failed.question) == (Code.KEY_CHANGED, None)
    assert between.heard == b""


@pytest.mark.parametrize("way", ["websocket", "polling"])
def test_a_link_says_nothing_to_another_key_and_comes_back_to_the_right_one(
    between: Middleman, key: str, guest: MakeGuest, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "_TRANSPORTS", ([way], [way]))
    mina = guest(pinned(between.url, key))
    mina.come_in(between.url, OWNER, PASSWORD)
    mark = mina.mark
    between.listening_in = True
    between.cut()
    lost = mina.wait(incoming.LinkLost, lambda item: item.code is Code.KEY_CHANGED, after=mark)
    assert lost.question is None
    assert between.heard == b""
    between.listening_in = False
    mina.gateway.reconnect_now()
    mina.wait(incoming.LinkUp, after=mark)


def test_the_pin_survives_a_restart(between: Middleman, key: str, guest: MakeGuest, tmp_path: Path) -> None:
    file, secrets = tmp_path / "pins.json", MemorySecrets()
    PinFile(file).trust(between.url, key)
    first = guest(PinFile(file), secrets)
    first.come_in(between.url, OWNER, PASSWORD)
    first.gateway.close()
    between.listening_in = True
    again = guest(PinFile(file), secrets)
    again.gateway.resume(between.url, OWNER)
    assert again.wait(incoming.LinkLost).code is Code.KEY_CHANGED
    assert between.heard == b""
    between.listening_in = False
    again.gateway.reconnect_now()
    again.wait(incoming.LinkUp)


def test_a_key_that_nobody_knows_is_asked_about(server: ServerProcess, key: str, guest: MakeGuest) -> None:
    pins = MemoryPins()
    mina = guest(pins)
    mina.gateway.sign_in(server.url, OWNER, PASSWORD)
    failed = mina.wait(incoming.SignInFailed)
    assert (failed.code, failed.question) == (Code.KEY_UNKNOWN, Question(server.url, key))
    pins.trust(server.url, key)
    mina.come_in(server.url, OWNER, PASSWORD)


def test_where_authorities_vouched_before_they_must_go_on_to(server: ServerProcess, guest: MakeGuest) -> None:
    pins = MemoryPins()
    pins.vouch(server.url)
    mina = guest(pins)
    mina.gateway.sign_in(server.url, OWNER, PASSWORD)
    failed = mina.wait(incoming.SignInFailed)
    assert (failed.code, failed.question) == (Code.KEY_CHANGED, None)


def test_a_server_that_begins_to_encrypt_keeps_its_name(
    server: ServerProcess, key: str, guest: MakeGuest
) -> None:
    """Who remembers it by `http://` is asked once, and stays signed in under the same name."""
    remembered, secrets, pins = f"http://127.0.0.1:{server.port}", MemorySecrets(), MemoryPins()
    token = server.sign_in(OWNER).refresh_token
    secrets.set(remembered, OWNER, token)
    mina = guest(pins, secrets)
    mina.gateway.resume(remembered, OWNER)
    lost = mina.wait(incoming.LinkLost)
    assert (lost.code, lost.next_try_at) == (Code.TLS_REQUIRED, None)
    assert lost.question == Question(remembered, key)
    pins.trust(remembered, key)
    mina.gateway.reconnect_now()
    assert mina.wait(incoming.SignedIn).server == remembered
    mina.wait(incoming.LinkUp)
    eventually(lambda: secrets.get(remembered, OWNER) not in (None, token))
    typed = guest(pins)
    typed.come_in(server.url, OWNER, PASSWORD)
    assert pins.known(server.url) is None


def test_plain_http_that_others_could_hear_is_asked_about_before_anything_is_sent(
    guest: MakeGuest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust, "is_loopback", lambda _: False)
    pins, refusal = (
        MemoryPins(),
        json.dumps({"success": False, "error": {"code": "forbidden", "message": "So."}}),
    )
    with Stranger(http("403 Forbidden", refusal.encode())) as plain:
        mina = guest(pins)

        def tried(server: str) -> incoming.SignInFailed:
            mark = mina.mark
            mina.gateway.sign_in(server, OWNER, PASSWORD)
            return mina.wait(incoming.SignInFailed, after=mark)

        for typed in (plain.url, plain.url.replace("http:", "https:")):
            failed = tried(typed)
            assert (failed.code, failed.question) == (Code.NOT_ENCRYPTED, Question(plain.url, None))
            assert b"POST" not in plain.asked
        pins.allow_plain(plain.url)
        assert tried(plain.url).code is Code.FORBIDDEN
        pins.trust(plain.url, OTHER_KEY)  # it encrypted once
        failed = tried(plain.url)
        assert (failed.code, failed.question) == (Code.KEY_CHANGED, None)


def test_a_link_leads_to_the_first_address_that_answers_with_its_key(
    server: ServerProcess, key: str, guest: MakeGuest
) -> None:
    nobody, pins = f"https://127.0.0.1:{free_port()}", MemoryPins()
    invite = server.post("/api/invites", server.sign_in(OWNER)).json()["invite"]
    mina = guest(pins)
    mina.gateway.register(JoinLink((nobody, server.url), invite, key), "mina@example.org", "mina", PASSWORD)
    assert mina.wait(incoming.SignedIn).server == server.url
    assert pins.known(server.url) == Known(Guard.KEY, key)
    assert pins.known(nobody) is None


def test_a_link_with_another_key_leads_nowhere(server: ServerProcess, key: str, guest: MakeGuest) -> None:
    pins = MemoryPins()
    mina = guest(pins)
    link = JoinLink((server.url,), "code", OTHER_KEY)
    mina.gateway.register(link, "mina@example.org", "mina", PASSWORD)
    assert mina.wait(incoming.SignInFailed).code is Code.KEY_CHANGED
    known = guest(pinned(server.url, key))
    known.gateway.register(link, "mina@example.org", "mina", PASSWORD)
    assert known.wait(incoming.SignInFailed).code is Code.KEY_CHANGED


def test_the_address_that_answers_is_the_one_that_is_asked_about(
    server: ServerProcess, key: str, guest: MakeGuest
) -> None:
    """A link without a key, as a server that was found in the network makes one."""
    mina = guest(MemoryPins())
    link = JoinLink((f"https://127.0.0.1:{free_port()}", server.url), "code")
    mina.gateway.register(link, "mina@example.org", "mina", PASSWORD)
    failed = mina.wait(incoming.SignInFailed)
    assert (failed.code, failed.question) == (Code.KEY_UNKNOWN, Question(server.url, key))


def test_somebody_else_at_one_address_does_not_keep_a_link_from_the_others(
    server: ServerProcess, between: Middleman, key: str, guest: MakeGuest
) -> None:
    """The same private address is another computer's in another network; who it was is not remembered."""
    between.listening_in = True
    invite = server.post("/api/invites", server.sign_in(OWNER)).json()["invite"]
    pins = MemoryPins()
    mina = guest(pins)
    mina.gateway.register(
        JoinLink((between.url, server.url), invite, key), "yuna@example.org", "yuna", PASSWORD
    )
    assert mina.wait(incoming.SignedIn).server == server.url
    assert (pins.known(between.url), between.heard) == (None, b"")
    nobody = f"https://127.0.0.1:{free_port()}"
    mina.gateway.register(JoinLink((nobody, between.url), "code", key), "una@example.org", "una", PASSWORD)
    assert mina.wait(incoming.SignInFailed).code is Code.KEY_CHANGED


def test_where_no_address_answers_the_first_one_is_told_of(guest: MakeGuest) -> None:
    mina = guest(MemoryPins())
    addresses = tuple(f"http://127.0.0.1:{free_port()}" for _ in range(2))
    mina.gateway.register(JoinLink(addresses, "code"), "mina@example.org", "mina", PASSWORD)
    assert mina.wait(incoming.SignInFailed).code is Code.UNREACHABLE


def test_sessions_that_the_server_ends_leave_no_thread_behind(
    server: ServerProcess, key: str, guest: MakeGuest
) -> None:
    """Both sides end the connection at the same moment; ten times, since that is a race."""
    for _ in range(10):
        mina = guest(pinned(server.url, key))
        mina.come_in(server.url, OWNER, PASSWORD)
        headers = {"Authorization": f"Bearer {mina.gateway._tokens.current()}"}
        body = {"refreshToken": mina.gateway._tokens._held().refresh}
        assert server.post("/api/auth/logout", json=body, headers=headers).ok
        mina.wait(incoming.SignedOut)
        mina.gateway.close()
        assert mina.gateway._link.join(2)
    eventually(lambda: not [one for one in threading.enumerate() if "loop" in one.name], within=3)
