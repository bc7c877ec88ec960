"""What every piece of news does, and what is sent for what a person does."""

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.changes import Changes, Notice
from presence_desktop.core.connection import LinkState
from presence_desktop.core.join_link import JoinLink
from presence_desktop.protocol import events
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.rest import Account
from presence_desktop.protocol.status import Status
from tests.core.world import (
    ME,
    SERVER,
    World,
    own,
    up,
    user,
)

LOST = incoming.LinkLost(Code.UNREACHABLE, "", 5_000)


@pytest.fixture
def world() -> World:
    return World()


def test_what_a_person_does_reaches_the_gateway(world: World) -> None:
    client = world.client
    assert client.register(JoinLink((SERVER,), "invite"), "a@b", "Mina", "secret").connection
    assert client.connection.state is LinkState.SIGNING_IN
    assert client.sign_in(SERVER, "a@b", "secret").connection
    assert client.resume(SERVER, "a@b").connection
    assert (client.connection.state, client.server) == (LinkState.CONNECTING, SERVER)
    client.reconnect_now()
    client.pause()
    client.sign_out()
    client.close()
    names = [name for name, _ in world.gateway.calls]
    assert names == ["register", "sign_in", "resume", "reconnect_now", "pause", "sign_out", "close"]


def test_signing_in_opens_the_link(world: World) -> None:
    told = world.client.apply([incoming.SignedIn(SERVER, ME)])
    assert told.connection
    assert told.own
    assert world.client.connection.state is LinkState.CONNECTING
    assert (world.client.me, world.client.server) == (ME, SERVER)
    assert world.gateway.count("connect") == 1


def test_a_failed_sign_in_says_why(world: World) -> None:
    world.client.sign_in(SERVER, "a@b", "wrong")
    told = world.client.apply([incoming.SignInFailed(Code.INVALID_CREDENTIALS, "")])
    assert told == Changes(connection=True)
    assert (world.client.connection.state, world.client.connection.reason) == (
        LinkState.SIGNED_OUT,
        Code.INVALID_CREDENTIALS,
    )


def test_a_lost_link_makes_everybody_unknown_and_keeps_the_rows(world: World) -> None:
    client = world.client
    world.online(user(2), user(3, status=Status.BUSY))
    told = client.apply([LOST])
    assert told.everyone
    assert told.connection
    assert not told.reordered
    assert list(client.order) == [2, 3]
    assert not any(contact.known for contact in client.roster)
    assert (client.connection.reason, client.connection.next_try_at) == (Code.UNREACHABLE, 5_000)
    client.apply([incoming.LinkTrying(1)])
    assert client.connection.next_try_at is None
    assert client.connection.state is LinkState.LOST


def test_an_unreadable_answer_that_paints_nothing_is_let_by(world: World) -> None:
    world.online(user(2))
    assert not world.client.apply(
        [incoming.Unreadable("heartbeat:ack"), incoming.Acked(events.HeartbeatAck(timestamp=1))]
    )
    assert world.gateway.take_sent() == []


def test_a_choice_is_pending_until_the_server_s_word(world: World) -> None:
    client = world.client
    world.online()
    assert client.set_status(Status.BUSY, until=99).own
    assert (client.own.choice, client.own.pending, client.own.shown) == (Status.BUSY, True, Status.ONLINE)
    [(event, ask)] = world.gateway.take_sent()
    assert event == events.StatusUpdate(status=Status.BUSY, until=99)
    assert ask is not None
    word = own(Status.BUSY, 6, Status.BUSY, claim_until=99)
    told = client.apply(
        [incoming.OwnChanged(events.StatusUpdated(user_id=1, status=Status.BUSY, timestamp=1, own=word), ask)]
    )
    assert told == Changes(own=True)
    assert (client.own.choice, client.own.until, client.own.pending) == (Status.BUSY, 99, False)


def test_a_refused_choice_falls_back_and_says_why(world: World) -> None:
    client = world.client
    world.online()
    client.set_status(Status.BUSY)
    ask = world.gateway.take_sent()[0][1]
    refusal = incoming.Refusal("status:update", Code.TOO_MANY_REQUESTS, "", ask)
    assert client.apply([refusal]) == Changes(
        own=True, notices=(Notice(Code.TOO_MANY_REQUESTS, "status:update"),)
    )
    assert (client.own.choice, client.own.pending) == (Status.ONLINE, False)
    assert not client.apply([refusal])


def test_a_refusal_of_something_else_is_told(world: World) -> None:
    world.online()
    told = world.client.apply([incoming.Refusal("status:query", Code.UNKNOWN_USER, "")])
    assert told.notices == (Notice(Code.UNKNOWN_USER, "status:query"),)


def test_a_choice_made_without_a_link_travels_with_the_connect_message(world: World) -> None:
    client = world.client
    world.online()
    client.apply([LOST])
    client.set_status(Status.AWAY)
    claim = events.StatusUpdate(status=Status.AWAY)
    assert world.gateway.take_sent() == []
    assert world.gateway.prepared[2] == claim
    client.apply([up(claim=claim, word=own(Status.AWAY, 9, Status.AWAY))])
    assert (client.own.choice, client.own.pending) == (Status.AWAY, False)
    assert world.gateway.take_sent() == []
    assert world.gateway.prepared[2] is None


def test_a_choice_made_while_the_connect_message_was_under_way_is_sent_after_it(world: World) -> None:
    client = world.client
    world.online()
    client.apply([LOST])
    client.set_status(Status.AWAY)
    client.set_status(Status.BUSY)
    client.apply([up(claim=events.StatusUpdate(status=Status.AWAY), word=own(Status.AWAY, 9, Status.AWAY))])
    assert client.own.choice is Status.BUSY
    assert [event for event, _ in world.gateway.take_sent()] == [events.StatusUpdate(status=Status.BUSY)]


def test_a_choice_that_travelled_but_was_not_taken_is_asked_for_once_more(world: World) -> None:
    client = world.client
    world.online()
    client.apply([LOST])
    client.set_status(Status.AWAY)
    client.apply([up(claim=events.StatusUpdate(status=Status.AWAY), word=own(Status.ONLINE, 9))])
    assert client.own.pending
    assert [event for event, _ in world.gateway.take_sent()] == [events.StatusUpdate(status=Status.AWAY)]


def test_a_plain_server_gets_the_choice_as_an_event(world: World) -> None:
    client = world.client
    world.online(plain=True)
    client.apply([LOST])
    client.set_status(Status.AWAY)
    client.set_custom("lunch")
    told = client.apply([up(plain=True, claim=events.StatusUpdate(status=Status.AWAY))])
    assert told.notices == (Notice(Code.UNKNOWN_EVENT, "status:custom"),)
    [(event, ask)] = world.gateway.take_sent()
    assert event == events.StatusUpdate(status=Status.AWAY)
    client.apply([incoming.OwnChanged(events.StatusUpdated(user_id=1, status=Status.AWAY, timestamp=3), ask)])
    assert (client.own.shown, client.own.choice, client.own.pending) == (Status.AWAY, Status.AWAY, False)
    assert client.set_custom("lunch").notices == (Notice(Code.UNKNOWN_EVENT, "status:custom"),)


def test_an_end_time_that_passed_without_a_link_ends_the_choice(world: World) -> None:
    client = world.client
    world.online()
    client.apply([LOST])
    client.set_status(Status.AWAY, until=world.clock.time + 1000)
    world.clock.time += 1000
    assert client.apply([incoming.LinkTrying(0)]).own
    assert (client.own.choice, client.own.pending) == (Status.ONLINE, False)
    assert world.gateway.prepared[2] is None


def test_a_custom_status_is_asked_for_and_confirmed(world: World) -> None:
    client = world.client
    world.online()
    client.set_custom("점심", "🍜", 77)
    [(event, ask)] = world.gateway.take_sent()
    assert event == events.CustomStatus(text="점심", emoji="🍜", until=77)
    word = own(text="점심", emoji="🍜", text_until=77)
    updated = events.StatusUpdated(user_id=1, status=Status.ONLINE, timestamp=1, own=word)
    client.apply([incoming.OwnChanged(updated, ask)])
    assert (client.own.text, client.own.emoji, client.own.text_until, client.own.pending) == (
        "점심",
        "🍜",
        77,
        False,
    )


def test_nobody_signed_in_chooses_nothing(world: World) -> None:
    assert not world.client.set_status(Status.BUSY)
    assert world.gateway.sent == []


def test_another_device_moves_the_selector(world: World) -> None:
    world.online()
    word = own(Status.BUSY, 8, Status.BUSY)
    updated = events.StatusUpdated(user_id=1, status=Status.BUSY, timestamp=1, own=word)
    assert world.client.apply([incoming.OwnChanged(updated)]).own
    assert world.client.own.choice is Status.BUSY


def test_the_tick_is_a_sign_of_life_with_the_device_s_state(world: World) -> None:
    client = world.client
    assert not client.tick()
    assert world.gateway.sent == []
    world.online(user(2))
    client.device_state(12, locked=False)
    assert world.gateway.prepared[1] == events.DeviceState(idle_seconds=12)
    client.tick()
    assert world.gateway.take_sent() == [(events.Heartbeat(state=events.DeviceState(idle_seconds=12)), None)]


def test_a_plain_server_gets_a_bare_heartbeat(world: World) -> None:
    world.online(plain=True)
    world.client.device_state(12, locked=True)
    world.client.tick()
    assert [event for event, _ in world.gateway.take_sent()] == [events.Heartbeat(), events.Heartbeat()]


def test_locking_and_coming_back_are_told_at_once(world: World) -> None:
    client = world.client
    client.device_state(400, locked=False)
    assert world.gateway.sent == []
    world.online()
    sent = []
    for idle, locked in (
        (10, False),
        (20, False),
        (None, False),
        (300, False),
        (310, False),
        (0, True),
        (0, False),
    ):
        client.device_state(idle, locked=locked)
        sent.append(len(world.gateway.take_sent()))
    assert sent == [1, 0, 0, 1, 0, 1, 1]


def test_the_first_state_is_news_only_if_nobody_is_there(world: World) -> None:
    world.online()
    world.client.device_state(5, locked=False)
    assert world.gateway.take_sent() == []


def test_the_tick_asks_again_for_what_did_not_come(world: World) -> None:
    client = world.client
    client.apply([incoming.SignedIn(SERVER, ME), up()])
    client.set_status(Status.BUSY)
    world.gateway.take_sent()
    world.clock.time += 5_000
    client.tick()
    assert [event.name for event, _ in world.gateway.take_sent()] == ["heartbeat", "online:list"]
    world.clock.time += 5_000
    client.tick()
    assert [event.name for event, _ in world.gateway.take_sent()] == [
        "heartbeat",
        "status:update",
        "online:list",
    ]
    assert world.gateway.count("fetch_directory") == 3


def test_search_filters_the_rows(world: World) -> None:
    world.online(user(2, "Ada"), user(3, "Bob"))
    assert world.client.search("ad").reordered
    world.client.order.settle()
    assert list(world.client.order) == [2]
    assert not world.client.search("ad").reordered


@pytest.mark.parametrize("code", [None, Code.TOKEN_REVOKED])
def test_signed_out_nobody_is_known_any_more(world: World, code: Code | None) -> None:
    client = world.client
    world.online(user(2))
    client.set_status(Status.BUSY)
    told = client.apply([incoming.SignedOut(code)])
    assert told.everyone
    assert told.own
    assert told.reordered
    client.order.settle()
    assert (len(client.order), len(client.roster), client.me, client.own.shown) == (0, 0, None, None)
    assert (client.connection.state, client.connection.reason) == (LinkState.SIGNED_OUT, code)
    assert world.gateway.prepared[2] is None


def test_somebody_else_s_sign_in_forgets_the_one_before(world: World) -> None:
    world.online(user(2))
    other = Account(user_id=9, username="Other", email="o@b")
    world.client.apply([incoming.SignedIn(SERVER, other)])
    assert [contact.user_id for contact in world.client.roster] == []
    assert world.client.me == other


def test_the_same_person_resumed_keeps_the_picture(world: World) -> None:
    world.online(user(2))
    world.client.apply([incoming.SignedIn(SERVER, ME)])
    assert world.client.connection.state is LinkState.ONLINE
    assert world.client.roster.get(2) is not None
