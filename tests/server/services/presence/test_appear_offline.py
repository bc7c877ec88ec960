"""Appearing offline is having left: whatever an observer can ask or be told is the same, to the letter."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from presence_desktop.protocol.events import Cursor, CustomStatus, DeviceState, StatusUpdate
from presence_desktop.protocol.location_events import LocationUpdate, TypingUpdate
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.limits import Window
from tests.fakes.presence import EPOCH, Hand

X, OTHER = 1, 2
STATES = st.sampled_from(
    [
        None,
        DeviceState(idle_seconds=0),
        DeviceState(idle_seconds=900),
        DeviceState(locked=True),
        DeviceState(room_id=7, page="p"),
        DeviceState(room_id=None),
    ]
)
HIDDEN_LIFE = st.one_of(
    st.tuples(st.just("connect"), st.sampled_from("bcd"), STATES),
    st.tuples(st.just("close"), st.sampled_from("abcd"), st.booleans()),
    st.tuples(st.just("heartbeat"), st.sampled_from("abcd"), STATES),
    st.tuples(st.just("rest"), st.booleans(), st.none()),
    st.tuples(st.just("look"), st.booleans(), st.none()),
    st.tuples(st.just("claim"), st.sampled_from([60, 3600]), st.none()),
    st.tuples(st.just("custom"), st.sampled_from(["", "secret"]), st.sampled_from([None, 20])),
    st.tuples(st.just("locate"), st.sampled_from("abcd"), st.sampled_from([None, 7, 8])),
    st.tuples(st.just("type"), st.sampled_from("abcd"), st.sampled_from([7, 8])),
    st.tuples(st.just("sent"), st.sampled_from([7, 8]), st.none()),
)
SCRIPT = st.lists(st.tuples(HIDDEN_LIFE, st.sampled_from([0.0, 0.5, 6, 80, 400])), max_size=15)


def act(hand: Hand, what: tuple[str, Any, Any], open_sockets: set[str]) -> None:
    """One thing that somebody invisible may do without being seen."""
    service, (kind, one, two) = hand.service, what
    if kind == "connect" and one not in open_sockets:
        open_sockets.add(one)
        service.connect(X, one, state=two)
    elif kind == "close" and one in open_sockets:
        open_sockets.discard(one)
        service.disconnect(X, one, graceful=two)
    elif kind == "heartbeat":
        service.heartbeat(X, one, two)
    elif kind == "rest":
        service.heartbeat(X, None) if one else service.touch(X)
    elif kind == "look":
        service.list_for(X, full=one)
        service.online()
    elif kind == "claim":
        service.claim(X, StatusUpdate(status=Status.OFFLINE))
    elif kind == "custom":
        service.custom(
            X, CustomStatus(text=one, until=None if two is None else hand.clock.now() + two * 1000)
        )


def act_in_a_room(hand: Hand, what: tuple[str, Any, Any]) -> None:
    """One thing that somebody invisible may do in a room without being seen."""
    service, (kind, one, two) = hand.service, what
    if kind == "locate":
        service.locate(X, one, LocationUpdate(room_id=two, page=None if two is None else "p"))
    elif kind == "type":
        service.type(X, one, TypingUpdate(conversation_id=two))
    elif kind == "sent":
        service.sent(X, one)


def everything_an_observer_can_see(hand: Hand, known: Cursor) -> list[Any]:
    service = hand.service
    return [
        list(hand.listener.changes),
        dict(service.list_for(OTHER, full=False)),
        dict(service.list_for(OTHER, full=True)),
        service.online(),
        service.one(X),
        service.status_of(X),
        service.status_and_last_seen(X),
        service.summary(),
        service.catch_up(known),
        service.picture_of([X, OTHER]),
        service.version(),
        service.own(OTHER),
        service.here(7),
        service.here(8),
        [event for sids, event in hand.listener.whispers if "o" in sids],
    ]


@settings(max_examples=80)
@given(SCRIPT, st.booleans())
def test_what_others_can_see_of_somebody_invisible_is_what_they_see_of_somebody_gone(
    script: list[tuple[tuple[str, Any, Any], float]], busy_before: bool
) -> None:
    hiding, leaving = Hand(pace=Window(10**6, 1)), Hand(pace=Window(10**6, 1))
    open_sockets = {"a"}
    for hand in (hiding, leaving):
        hand.service.connect(OTHER, "o", state=DeviceState(room_id=7))
        hand.service.connect(X, "a", state=DeviceState(room_id=7))
        if busy_before:
            hand.service.type(X, "a", TypingUpdate(conversation_id=7))
        hand.service.custom(X, CustomStatus(text="here", emoji="🍜"))
        if busy_before:
            hand.service.claim(X, StatusUpdate(status=Status.BUSY))
        hand.wait(10)
    known = Cursor(epoch=EPOCH, version=hiding.service.version())
    hiding.service.claim(X, StatusUpdate(status=Status.OFFLINE))
    leaving.service.disconnect(X, "a", graceful=True)
    for what, seconds in script:
        assert everything_an_observer_can_see(hiding, known) == everything_an_observer_can_see(leaving, known)
        act(hiding, what, open_sockets)
        act_in_a_room(hiding, what)
        for hand in (hiding, leaving):
            hand.wait(seconds)
            hand.service.heartbeat(OTHER, "o")
            hand.service.type(OTHER, "o", TypingUpdate(conversation_id=7))
    assert everything_an_observer_can_see(hiding, known) == everything_an_observer_can_see(leaving, known)
