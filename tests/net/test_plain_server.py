"""Against a server that speaks the plain contract and no more."""

import time

import pytest
import requests

from presence_desktop.core import incoming
from presence_desktop.protocol import events
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.status import Status
from tests.fakes.daemon import Daemon
from tests.fakes.hostile_proxy import HostileProxy
from tests.net.conftest import MakePerson
from tests.waiting import eventually

PlainServer = tuple[Daemon, int]


def url(server: PlainServer) -> str:
    return f"http://127.0.0.1:{server[1]}"


def test_sign_in_connect_choose_and_leave(plain_server: PlainServer, person: MakePerson) -> None:
    mina, jun = person(), person()
    assert mina.come_in(url(plain_server), "mina@example.org").username == "mina"
    jun.come_in(url(plain_server), "jun@example.org")
    mina.sees("jun", Status.ONLINE)
    jun.gateway.send(events.StatusUpdate(status=Status.BUSY), ask=7)
    assert jun.wait(incoming.OwnChanged, lambda item: item.ask == 7).update.status is Status.BUSY
    mina.sees("jun", Status.BUSY)
    jun.gateway.send(events.Heartbeat())
    jun.wait(incoming.Acked)
    mark, left = mina.mark, time.monotonic()
    jun.gateway.sign_out()
    assert jun.wait(incoming.SignedOut).code is None
    mina.sees("jun", Status.OFFLINE, after=mark, within=1)
    assert time.monotonic() - left < 1
    eventually(lambda: jun.secrets.kept == {})  # a thread of its own sees to the keyring


def test_once_the_link_is_up_nothing_sent_is_dropped(plain_server: PlainServer, person: MakePerson) -> None:
    """The plain server greets before it accepts: what is sent at the first word must arrive all the same."""
    mina = person()
    take = mina.gateway._link._post

    def answer_at_once(item: incoming.Incoming) -> None:
        if isinstance(item, incoming.LinkUp):
            mina.gateway.send(events.StatusUpdate(status=Status.AWAY), ask=3)
        take(item)

    mina.gateway._link._post = answer_at_once
    mina.come_in(url(plain_server), "mina@example.org")
    assert mina.wait(incoming.OwnChanged, lambda item: item.ask == 3, within=3).update.status is Status.AWAY


def test_messages_are_handled_in_the_order_they_came(plain_server: PlainServer, person: MakePerson) -> None:
    mina = person()
    mina.come_in(url(plain_server), "mina@example.org")
    mark = mina.mark
    line = mina.gateway._link._line
    assert line is not None
    line._socket.emit("burst", 2000)
    eventually(lambda: len(mina.news) >= mark + 2000, within=20)
    order = [item.change.timestamp for item in mina.news[mark:] if isinstance(item, incoming.StatusChanged)]
    assert order == list(range(2000))


def test_an_expired_token_is_renewed_without_anybody_noticing(
    plain_server: PlainServer, person: MakePerson
) -> None:
    mina = person()
    mina.gateway.sign_in(url(plain_server), "mina@example.org", "right")
    mina.wait(incoming.SignedIn)
    token = mina.gateway._tokens.current()
    requests.post(f"{url(plain_server)}/void", json={"token": token}, timeout=5)
    mina.gateway.connect()
    mina.wait(incoming.LinkUp)
    mina.gateway.fetch_directory()
    assert mina.wait(incoming.DirectoryArrived).last
    assert mina.all(incoming.LinkLost) == []
    assert mina.secrets.kept[url(plain_server), "mina@example.org"].startswith("refresh-1-")


def test_the_directory_renews_an_expired_token_by_itself(
    plain_server: PlainServer, person: MakePerson
) -> None:
    mina = person()
    mina.come_in(url(plain_server), "mina@example.org")
    token = mina.gateway._tokens.current()
    requests.post(f"{url(plain_server)}/void", json={"token": token}, timeout=5)
    mina.gateway.fetch_directory()
    assert [entry.username for entry in mina.wait(incoming.DirectoryArrived).entries] == ["mina"]


def test_a_killed_server_is_noticed_at_once_and_found_again(
    plain_server: PlainServer, person: MakePerson
) -> None:
    mina = person()
    mina.come_in(url(plain_server), "mina@example.org")
    daemon, mark = plain_server[0], mina.mark
    daemon.kill()
    lost = mina.wait(incoming.LinkLost, after=mark, within=2)
    assert lost.code is Code.UNREACHABLE
    assert lost.next_try_at is not None
    daemon.start()
    back = time.monotonic()
    mina.wait(incoming.LinkUp, after=mark, within=5)
    assert time.monotonic() - back < 5


def test_a_line_that_swallows_everything_is_noticed_within_its_ping_times(
    plain_server: PlainServer, person: MakePerson
) -> None:
    mina = person()
    with HostileProxy(plain_server[1]) as proxy:
        mina.come_in(f"http://127.0.0.1:{proxy.port}", "mina@example.org")
        mark = mina.mark
        proxy.swallowing = True
        begun = time.monotonic()
        mina.wait(incoming.LinkLost, after=mark, within=5)
        assert time.monotonic() - begun < 0.4 + 0.4 + 2.5
        proxy.swallowing = False
        mina.wait(incoming.LinkUp, after=mark, within=15)
        mina.gateway.close()


def test_hurrying_leaves_a_line_that_may_be_dead(plain_server: PlainServer, person: MakePerson) -> None:
    mina = person()
    with HostileProxy(plain_server[1]) as proxy:
        mina.come_in(f"http://127.0.0.1:{proxy.port}", "mina@example.org")
        proxy.cut()
        mark = mina.mark
        mina.gateway.reconnect_now()
        mina.wait(incoming.LinkUp, after=mark, within=3)
        mina.gateway.close()


def test_a_pause_says_goodbye_and_hurrying_ends_it(plain_server: PlainServer, person: MakePerson) -> None:
    mina, jun = person(), person()
    mina.come_in(url(plain_server), "mina@example.org")
    jun.come_in(url(plain_server), "jun@example.org")
    mark = mina.mark
    jun.gateway.pause()
    mina.sees("jun", Status.OFFLINE, after=mark, within=1)
    jun_mark = jun.mark
    jun.gateway.reconnect_now()
    jun.wait(incoming.LinkUp, after=jun_mark, within=3)


def test_closing_is_a_goodbye_and_leaves_no_thread(plain_server: PlainServer, person: MakePerson) -> None:
    mina, jun = person(), person()
    mina.come_in(url(plain_server), "mina@example.org")
    jun.come_in(url(plain_server), "jun@example.org")
    mark, begun = mina.mark, time.monotonic()
    jun.gateway.close()
    assert time.monotonic() - begun < 2
    mina.sees("jun", Status.OFFLINE, after=mark, within=1)


def test_closing_a_link_that_is_dead_takes_no_longer(plain_server: PlainServer, person: MakePerson) -> None:
    mina = person()
    with HostileProxy(plain_server[1]) as proxy:
        mina.come_in(f"http://127.0.0.1:{proxy.port}", "mina@example.org")
        proxy.swallowing = True
        begun = time.monotonic()
        mina.gateway.close()
        assert time.monotonic() - begun < 2.5


def test_where_no_websocket_gets_through_polling_does(
    polling_server: PlainServer, person: MakePerson
) -> None:
    mina, jun = person(), person()
    mina.come_in(url(polling_server), "mina@example.org")
    assert [item.code for item in mina.all(incoming.LinkLost)] == [Code.BAD_ANSWER]
    jun.come_in(url(polling_server), "jun@example.org")
    mina.sees("jun", Status.ONLINE)
    jun.gateway.send(events.StatusUpdate(status=Status.BUSY), ask=7)
    assert jun.wait(incoming.OwnChanged, lambda item: item.ask == 7).update.status is Status.BUSY
    mina.sees("jun", Status.BUSY)
    mark, begun = mina.mark, time.monotonic()
    jun.gateway.close()
    assert time.monotonic() - begun < 2
    mina.sees("jun", Status.OFFLINE, after=mark, within=1)


def test_a_polling_line_that_dies_is_noticed_and_leaves_nothing(
    polling_server: PlainServer, person: MakePerson
) -> None:
    mina = person()
    with HostileProxy(polling_server[1]) as proxy:
        mina.come_in(f"http://127.0.0.1:{proxy.port}", "mina@example.org")
        mark = mina.mark
        proxy.swallowing = True
        mina.wait(incoming.LinkLost, after=mark, within=5)
        mina.gateway.close()


@pytest.mark.parametrize("closed", [True, False])
def test_before_anything_was_asked_there_is_nothing_to_close(person: MakePerson, closed: bool) -> None:
    mina = person()
    if closed:
        mina.gateway.close()
    mina.gateway.send(events.Heartbeat())
    mina.gateway.reconnect_now()
    mina.gateway.close()
    assert mina.news == []
