"""Location and typing as rules of presence: who is told, what the row says, what ends it, who is never seen."""

import pytest

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import DeviceState, StatusUpdate
from presence_desktop.protocol.location_events import (
    LocationChanged,
    LocationRoster,
    LocationUpdate,
    TypingChanged,
    TypingUpdate,
)
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.presence import Rules
from presence_desktop.server.services.ports import PresenceRow
from tests.fakes.presence import START, Hand

X, OTHER = 1, 2
HIDE, SHOW = StatusUpdate(status=Status.OFFLINE), StatusUpdate(status=Status.ONLINE)
TYPING = TypingUpdate(conversation_id=7)


@pytest.fixture
def hand() -> Hand:
    """Two people; the other one has room 7 open on device `o`."""
    made = Hand()
    made.service.connect(OTHER, "o", state=DeviceState(room_id=7))
    made.service.connect(X, "a")
    return made


def go(hand: Hand, room_id: int | None, page: str | None = None, sid: str = "a", user_id: int = X) -> None:
    hand.service.locate(user_id, sid, LocationUpdate(room_id=room_id, page=page))


def told(hand: Hand) -> list[object]:
    """What the other's device was told since it was last asked, in short."""
    words: list[object] = []
    for sids, event in hand.listener.whispers:
        assert sids == ("o",)
        if isinstance(event, LocationChanged):
            assert event.user_id == X
            words.append((event.room_id, event.here) if event.page is None else (event.room_id, event.page))
        else:
            assert isinstance(event, TypingChanged)
            words.append(f"{'types' if event.typing else 'quiet'} {event.conversation_id}")
    hand.listener.whispers.clear()
    return words


def row(hand: Hand, user_id: int = X) -> tuple[int | None, bool]:
    """What is about to be written: the room, and whether they type."""
    written: PresenceRow = hand.service._writer._presence[user_id]
    return written.room_id, written.is_typing


def users(hand: Hand, room_id: int = 7) -> list[int]:
    return hand.service.here(room_id).users


# --- location


async def test_who_comes_to_a_room_is_told_to_those_who_have_it_open_and_to_nobody_else(hand: Hand) -> None:
    hand.service.connect(3, "elsewhere", state=DeviceState(room_id=8))
    go(hand, 7)
    assert told(hand) == [(7, True)]
    assert (users(hand), users(hand, 8), users(hand, 9)) == ([X, OTHER], [3], [])
    assert row(hand) == (7, False)
    go(hand, 7)
    assert told(hand) == []
    go(hand, None)
    assert told(hand) == [(7, False)]
    assert row(hand) == (None, False)
    assert users(hand) == [OTHER]


async def test_pages_are_told_beside_the_room(hand: Hand) -> None:
    go(hand, 7, "chapter 1")
    go(hand, 7, "chapter 2")
    assert told(hand) == [(7, "chapter 1"), (7, "chapter 2")]
    assert hand.service.here(7) == LocationRoster(room_id=7, users=[X, OTHER], pages={X: "chapter 2"})


async def test_a_heartbeat_says_it_too_and_one_that_names_no_place_leaves_it(hand: Hand) -> None:
    hand.service.heartbeat(X, "a", DeviceState(room_id=7))
    hand.service.heartbeat(X, "a", DeviceState(idle_seconds=3))
    hand.service.heartbeat(X, "a")
    hand.service.heartbeat(X, "a", DeviceState(locked=True))
    assert told(hand) == [(7, True)]
    hand.service.heartbeat(X, "a", DeviceState(room_id=None))
    assert told(hand) == [(7, False)]


async def test_the_room_of_the_device_that_was_active_last_is_the_current_one(hand: Hand) -> None:
    hand.service.connect(X, "b", state=DeviceState(idle_seconds=60, room_id=8))
    hand.service.heartbeat(X, "a", DeviceState(idle_seconds=100, room_id=7))
    assert row(hand) == (8, False)
    hand.service.heartbeat(X, "a", DeviceState(idle_seconds=5))
    assert row(hand) == (7, False)
    assert (users(hand, 7), users(hand, 8)) == ([X, OTHER], [X])
    hand.service.disconnect(X, "a", graceful=True)
    assert row(hand) == (8, False)
    assert told(hand) == [(7, True), (7, False)]


async def test_two_devices_in_one_room_are_one_person_who_leaves_with_the_last(hand: Hand) -> None:
    go(hand, 7)
    hand.service.connect(X, "b", state=DeviceState(room_id=7))
    hand.service.disconnect(X, "a", graceful=True)
    assert told(hand) == [(7, True)]
    hand.service.disconnect(X, "b", graceful=True)
    assert told(hand) == [(7, False)]
    assert row(hand) == (None, False)


async def test_a_lost_connection_keeps_its_place_for_the_grace_and_one_that_is_back_is_not_noticed(
    hand: Hand,
) -> None:
    go(hand, 7)
    hand.service.disconnect(X, "a", graceful=False)
    hand.wait(4.9)
    hand.service.connect(X, "b", state=DeviceState(room_id=7))
    assert told(hand) == [(7, True)]
    hand.service.disconnect(X, "b", graceful=False)
    hand.wait(5)
    assert told(hand) == [(7, False)]


async def test_who_is_silent_for_half_an_hour_is_nowhere_until_the_next_sign_of_life() -> None:
    hand = Hand(rules=Rules(clean_up=1))
    hand.service.connect(OTHER, "o", state=DeviceState(room_id=7))
    hand.service.connect(X, "a", state=DeviceState(room_id=7))
    told(hand)
    for _ in range(181):
        hand.service.heartbeat(OTHER, "o")
        hand.wait(10)
    assert (told(hand), users(hand)) == ([(7, False)], [OTHER])
    hand.service.heartbeat(X, "a")
    assert (told(hand), users(hand)) == ([(7, True)], [X, OTHER])


async def test_a_place_of_a_socket_that_is_not_there_is_passed_over(hand: Hand) -> None:
    for user_id, sid in ((X, "unknown"), (999, "a")):
        go(hand, 7, sid=sid, user_id=user_id)
        hand.service.type(user_id, sid, TYPING)
    hand.service.sent(999, 7)
    assert (told(hand), users(hand)) == ([], [OTHER])


async def test_a_deleted_account_leaves_nothing(hand: Hand) -> None:
    go(hand, 7)
    hand.service.type(X, "a", TYPING)
    hand.service.forget(X)
    assert told(hand) == [(7, True), "types 7", "quiet 7", (7, False)]
    assert users(hand) == [OTHER]


# --- typing


async def test_typing_is_told_for_six_seconds_and_a_word_more_renews_it(hand: Hand) -> None:
    hand.service.type(X, "a", TYPING)
    assert (told(hand), row(hand)) == (["types 7"], (None, True))
    hand.wait(5.9)
    hand.service.type(X, "a", TYPING)
    hand.wait(5.9)
    assert told(hand) == ["types 7"]
    hand.wait(0.1)
    assert (told(hand), row(hand)) == (["quiet 7"], (None, False))


@pytest.mark.parametrize(
    "how", ["sent", "stopped", "left", "moved", "heartbeat", "goodbye", "lost", "hidden"]
)
async def test_everything_that_ends_typing_ends_it_at_once(hand: Hand, how: str) -> None:
    go(hand, 7)
    hand.service.type(X, "a", TYPING)
    told(hand)
    {
        "sent": lambda: hand.service.sent(X, 7),
        "stopped": lambda: hand.service.type(X, "a", TypingUpdate(conversation_id=7, typing=False)),
        "left": lambda: go(hand, None),
        "moved": lambda: go(hand, 8),
        "heartbeat": lambda: hand.service.heartbeat(X, "a", DeviceState(room_id=8)),
        "goodbye": lambda: hand.service.disconnect(X, "a", graceful=True),
        "lost": lambda: hand.service.disconnect(X, "a", graceful=False),
        "hidden": lambda: hand.service.claim(X, HIDE),
    }[how]()
    stays = how in ("sent", "stopped", "lost")
    assert told(hand) == (["quiet 7"] if stays else ["quiet 7", (7, False)])
    assert not row(hand)[1]
    hand.wait(4)
    assert told(hand) == []


async def test_whoever_types_elsewhere_no_longer_types_here(hand: Hand) -> None:
    hand.service.type(X, "a", TYPING)
    hand.service.type(X, "a", TypingUpdate(conversation_id=8))
    assert (told(hand), row(hand)) == (["types 7", "quiet 7"], (None, True))


async def test_leaving_another_room_does_not_end_typing(hand: Hand) -> None:
    go(hand, 8)
    hand.service.type(X, "a", TYPING)
    go(hand, None)
    go(hand, 7)
    go(hand, 7, "p")
    assert told(hand) == ["types 7", (7, True), (7, "p")]


async def test_two_devices_type_until_the_last_of_them_stops(hand: Hand) -> None:
    hand.service.connect(X, "b")
    hand.service.type(X, "a", TYPING)
    hand.service.type(X, "b", TYPING)
    hand.service.disconnect(X, "b", graceful=True)
    assert told(hand) == ["types 7", "types 7"]
    hand.wait(6)
    assert told(hand) == ["quiet 7"]


async def test_the_earlier_of_two_ends_is_looked_at_first(hand: Hand) -> None:
    hand.service.claim(X, StatusUpdate(status=Status.BUSY, until=START + 2000))
    hand.service.type(X, "a", TYPING)
    assert hand.service._agenda.first() == START + 2000
    hand.wait(2)
    assert hand.service._agenda.first() == START + 6000
    hand.service.claim(X, StatusUpdate(status=Status.BUSY, until=START + 60_000))
    assert hand.service._agenda.first() == START + 6000


async def test_a_clock_that_is_set_neither_ends_nor_prolongs_it(hand: Hand) -> None:
    go(hand, 7)
    hand.service.type(X, "a", TYPING)
    told(hand)
    hand.clock.jump(3_600_000)
    hand.wait(5.9)
    assert told(hand) == []
    hand.wait(1)
    assert told(hand) == ["quiet 7"]


# --- too much of it


async def test_thirty_words_in_ten_seconds_are_enough(hand: Hand) -> None:
    for number in range(30):
        go(hand, number + 1)
    for refused in (lambda: go(hand, 7), lambda: hand.service.type(X, "a", TYPING)):
        with pytest.raises(Refused) as refusal:
            refused()
        assert refusal.value.code is Code.TOO_MANY_REQUESTS
    hand.service.heartbeat(X, "a", DeviceState(room_id=7))
    assert row(hand) == (30, False)
    hand.wait(10)
    hand.service.heartbeat(X, "a", DeviceState(room_id=7))
    assert row(hand) == (7, False)


# --- appearing offline


async def test_somebody_invisible_is_in_no_roster_and_types_for_nobody(hand: Hand) -> None:
    go(hand, 7)
    hand.service.claim(X, HIDE)
    assert told(hand) == [(7, True), (7, False)]
    assert row(hand) == (None, False)
    go(hand, 7, "secret")
    hand.service.type(X, "a", TYPING)
    hand.service.connect(X, "b", state=DeviceState(room_id=7))
    hand.service.heartbeat(X, "b", DeviceState(idle_seconds=0))
    hand.service.sent(X, 7)
    hand.wait(7)
    assert (told(hand), users(hand)) == ([], [OTHER])
    go(hand, 7, "secret", user_id=OTHER, sid="o")
    assert [sids for sids, _ in hand.listener.whispers] == [("a", "b")], "they see, as they are not seen"
    hand.listener.whispers.clear()
    hand.service.type(X, "a", TYPING)
    hand.service.claim(X, SHOW)
    assert told(hand) == [(7, True)], "what was typed unseen is not told later"
