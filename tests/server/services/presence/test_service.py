"""The presence service: what is told, to whom it is told first, what is refused, and what is kept."""

import msgspec
import pytest

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import Cursor as Known
from presence_desktop.protocol.events import (
    CustomStatus,
    DeviceState,
    OnlineUser,
    PresenceChange,
    StatusUpdate,
)
from presence_desktop.protocol.status import Reason, Status
from presence_desktop.server.domain.presence import Change
from presence_desktop.server.services.presence.pictures import change_entry
from tests.fakes.presence import EPOCH, START, Hand, profile

IDLE = DeviceState(idle_seconds=400)
BUSY = StatusUpdate(status=Status.BUSY)
HIDE = StatusUpdate(status=Status.OFFLINE)
ONLINE = StatusUpdate(status=Status.ONLINE)


@pytest.fixture
def hand() -> Hand:
    return Hand()


def told(hand: Hand) -> list[str]:
    """What was said since it was last asked, in order: `confirm` to oneself, statuses to all."""
    words = [
        (f"{what.status.value}!" if what.restated else what.status.value)
        if isinstance(what, Change)
        else "confirm"
        for what in hand.listener.told
    ]
    hand.listener.told.clear()
    return words


# --- coming and going


async def test_somebody_comes_and_goes(hand: Hand) -> None:
    own = hand.service.connect(1, "a")
    assert (own.status, own.reason) == (Status.ONLINE, Reason.ACTIVE)
    hand.service.disconnect(1, "a", graceful=True)
    assert told(hand) == ["confirm", "online", "confirm", "offline"]
    assert hand.service.rows_waiting == 1
    one = hand.service.one(1)
    assert (one.online, one.last_seen) == (False, START)


async def test_a_second_device_that_changes_nothing_sends_nothing(hand: Hand) -> None:
    hand.service.connect(1, "a")
    told(hand)
    hand.service.connect(1, "b")
    hand.service.connect(1, "c", state=IDLE)
    hand.service.disconnect(1, "b", graceful=True)
    assert told(hand) == []
    hand.service.disconnect(1, "a", graceful=True)
    assert told(hand) == ["confirm", "away"]


async def test_a_broken_connection_has_five_seconds_to_come_back(hand: Hand) -> None:
    hand.service.connect(1, "a")
    told(hand)
    hand.service.disconnect(1, "a", graceful=False)
    hand.wait(4.9)
    assert told(hand) == []
    hand.service.connect(1, "b")
    hand.wait(60)
    assert told(hand) == []
    hand.service.disconnect(1, "b", graceful=False)
    hand.wait(5)
    assert told(hand) == ["confirm", "offline"]


async def test_fifty_quick_reconnects_leave_no_session_behind_and_tell_nobody(hand: Hand) -> None:
    hand.service.connect(1, "0")
    told(hand)
    for number in range(50):
        hand.service.disconnect(1, str(number), graceful=False)
        hand.wait(0.1)
        hand.service.connect(1, str(number + 1))
    hand.wait(30)
    assert told(hand) == []
    hand.service.disconnect(1, "50", graceful=True)
    assert hand.status() == "offline"


async def test_a_reconnect_alone_turns_nobody_green(hand: Hand) -> None:
    hand.service.connect(1, "a", state=IDLE)
    assert hand.status() == "away"
    hand.service.disconnect(1, "a", graceful=False)
    hand.service.connect(1, "b", state=IDLE)
    assert [change.status for change in hand.listener.changes] == [Status.AWAY]
    hand.service.heartbeat(1, "b", DeviceState(idle_seconds=0))
    assert hand.status() == "online"


@pytest.mark.parametrize("by", ["heartbeat", "event", "REST"])
async def test_a_device_that_was_silent_for_long_counts_again_beside_an_idle_one(hand: Hand, by: str) -> None:
    hand.service.connect(1, "a")
    hand.wait(1801)
    hand.service.connect(1, "b", state=IDLE)
    assert hand.status() == "away"
    {
        "heartbeat": lambda: hand.service.heartbeat(1, "a"),
        "event": lambda: hand.service.touch(1, "a"),
        "REST": lambda: hand.service.touch(1),
    }[by]()
    assert hand.status() == "online"


async def test_silence_for_half_an_hour_is_offline_and_the_next_sign_of_life_brings_back(hand: Hand) -> None:
    hand.service.connect(1, "a")
    hand.service.connect(2, "b")
    for _ in range(7):
        hand.wait(300)
        hand.service.heartbeat(2, "b")
    assert (hand.status(1), hand.status(2)) == ("offline", "online")
    assert hand.service.own(1).reason is Reason.EXPIRED
    assert hand.service.one(1).last_seen == START
    hand.service.touch(1, "a")
    assert hand.status(1) == "online"
    hand.wait(2400)
    assert hand.status(1) == "offline"
    hand.service.heartbeat(1, "a")
    assert hand.status(1) == "online"


async def test_a_rest_heartbeat_counts_for_75_seconds(hand: Hand) -> None:
    assert hand.service.heartbeat(1, None) == START
    hand.wait(74)
    assert hand.status() == "online"
    hand.service.heartbeat(1, None)
    hand.wait(74.9)
    assert hand.status() == "online"
    hand.wait(0.1)
    assert hand.status() == "offline"


async def test_other_calls_connect_nobody_and_nobody_unknown_is_touched(hand: Hand) -> None:
    hand.service.touch(1)
    hand.service.disconnect(1, "a", graceful=True)
    assert hand.service.heartbeat(1, "a") == START
    hand.service.connect(1, "a")
    assert hand.service.heartbeat(1, "unknown") == START
    hand.service.disconnect(1, "a", graceful=True)
    hand.service.touch(1)
    assert hand.status() == "offline"


async def test_nobody_connects_without_an_account(hand: Hand) -> None:
    for call in (lambda: hand.service.connect(5000, "a"), lambda: hand.service.one(5000)):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.code is Code.UNKNOWN_USER


# --- choosing


async def test_a_choice_is_confirmed_to_oneself_before_others_hear_and_said_again_when_made_again(
    hand: Hand,
) -> None:
    hand.service.connect(1, "a")
    told(hand)
    answer = hand.service.claim(1, BUSY)
    assert answer.status is Status.BUSY
    assert answer.own is not None
    assert (answer.own.claim, answer.own.reason) == (Status.BUSY, Reason.MANUAL)
    hand.service.claim(1, BUSY)
    assert told(hand) == ["confirm", "busy", "confirm", "busy!"]


async def test_a_choice_ends_at_its_time_and_uncovers_the_one_below(hand: Hand) -> None:
    hand.service.connect(1, "a")
    hand.service.claim(1, StatusUpdate(status=Status.BUSY, until=START + 60_000))
    hand.service.claim(1, StatusUpdate(status=Status.AWAY, until=START + 30_000))
    assert hand.service.own(1).claim_until == START + 30_000
    told(hand)
    hand.wait(30)
    hand.wait(30)
    assert told(hand) == ["confirm", "busy", "confirm", "online"]


async def test_a_choice_made_without_a_link_travels_with_connect(hand: Hand) -> None:
    own = hand.service.connect(1, "a", claim=BUSY)
    assert (own.status, [change.status for change in hand.listener.changes]) == (Status.BUSY, [Status.BUSY])
    late = StatusUpdate(status=Status.AWAY, until=START)
    assert hand.service.connect(1, "b", claim=late).status is Status.BUSY


async def test_more_than_ten_choices_in_ten_seconds_are_refused_and_change_nothing(hand: Hand) -> None:
    hand.service.connect(1, "a")
    for turn in range(10):
        hand.service.claim(1, BUSY if turn % 2 else ONLINE)
    told(hand)
    for call in (lambda: hand.service.claim(1, HIDE), lambda: hand.service.custom(1, CustomStatus(text="x"))):
        with pytest.raises(Refused) as refused:
            call()
        assert (refused.value.code, refused.value.retry_after) == (Code.TOO_MANY_REQUESTS, 10)
    assert hand.service.connect(1, "b", claim=HIDE).status is Status.BUSY
    assert told(hand) == []
    hand.service.connect(2, "c")
    assert hand.service.claim(2, BUSY).status is Status.BUSY
    hand.wait(10)
    assert hand.service.claim(1, HIDE).status is Status.OFFLINE


async def test_a_custom_status_is_shown_while_one_is_and_goes_at_its_end(hand: Hand) -> None:
    hand.service.custom(1, CustomStatus(text="lunch", emoji="🍜", until=START + 60_000))
    assert hand.listener.changes == []
    hand.service.connect(1, "a")
    change = hand.listener.changes[-1]
    assert (change.text, change.emoji) == ("lunch", "🍜")
    own = hand.service.own(1)
    assert (own.text, own.emoji, own.text_until) == ("lunch", "🍜", START + 60_000)
    told(hand)
    hand.wait(60)
    assert told(hand) == ["confirm", "online"]
    assert hand.listener.told == []
    assert hand.service.own(1).text is None


async def test_a_clock_that_is_set_turns_nobody_offline_and_keeps_nobody_online(hand: Hand) -> None:
    hand.service.connect(1, "a")
    hand.service.connect(2, "b")
    hand.service.disconnect(2, "b", graceful=False)
    for jump in (7_200_000, -90_000_000):
        hand.clock.jump(jump)
        hand.service.pass_time()
        assert (hand.status(1), hand.status(2)) == ("online", "online")
    hand.wait(5)
    assert (hand.status(1), hand.status(2)) == ("online", "offline")
    versions = [change.version for change in hand.listener.changes]
    assert versions == sorted(set(versions))


# --- appearing offline


async def test_choosing_again_to_appear_offline_is_nobodys_business(hand: Hand) -> None:
    hand.service.connect(1, "a")
    hand.service.claim(1, HIDE)
    told(hand)
    hand.service.claim(1, HIDE)
    hand.service.connect(1, "b")
    hand.service.custom(1, CustomStatus(text="here after all"))
    hand.service.heartbeat(1, "a", IDLE)
    hand.service.heartbeat(1, None)
    hand.service.disconnect(1, "b", graceful=True)
    assert set(told(hand)) == {"confirm"}
    assert hand.service.own(1).reason is Reason.MANUAL
    assert hand.service.online() == []
    hand.service.claim(1, ONLINE)
    assert told(hand) == ["confirm", "away"]


# --- pictures


async def test_the_list_holds_whoever_is_visible_in_the_words_of_the_wire(hand: Hand) -> None:
    for user_id in (3, 1, 2):
        hand.service.connect(user_id, "a")
    hand.service.claim(2, HIDE)
    hand.service.claim(3, BUSY)
    plain, full = hand.service.list_for(1, full=False), hand.service.list_for(1, full=True)
    assert plain == {
        "count": 2,
        "users": [
            {"userId": 1, "username": "user1", "status": "online", "avatar": None, "lastSeen": START},
            {"userId": 3, "username": "user3", "status": "busy", "avatar": "/a/3.png", "lastSeen": START},
        ],
    }
    assert (full["count"], full["epoch"], full["version"]) == (2, EPOCH, hand.service.version())
    fields = {field.encode_name for field in msgspec.structs.fields(OnlineUser)}
    assert all(set(user) == fields for user in full["users"])
    assert msgspec.convert(full["users"][1], OnlineUser).reason == Reason.MANUAL
    assert [user.user_id for user in hand.service.online()] == [1, 3]


async def test_a_list_stays_the_same_object_for_a_second_but_never_for_somebody_invisible(hand: Hand) -> None:
    for user_id in (1, 2):
        hand.service.connect(user_id, "a")
    hand.service.claim(2, HIDE)
    hidden = hand.service.list_for(2, full=True)
    kept = hand.service.list_for(1, full=True)
    assert kept is not hidden
    assert kept == hidden == hand.service.list_for(99, full=True)
    assert hand.service.list_for(1, full=True) is kept
    hand.wait(1)
    assert hand.service.list_for(1, full=True) is not kept


async def test_a_client_that_comes_back_gets_what_changed_those_who_left_too(hand: Hand) -> None:
    for user_id in (1, 2, 3):
        hand.service.connect(user_id, "a")
    known = Known(epoch=EPOCH, version=hand.service.version())
    assert hand.service.catch_up(known) == {"epoch": EPOCH, "version": known.version, "changes": []}
    hand.clock.wait(50)
    hand.service.disconnect(1, "a", graceful=True)
    hand.service.claim(3, HIDE)
    missed = hand.service.catch_up(known)
    assert missed is not None
    found = [msgspec.convert(change, PresenceChange) for change in missed["changes"]]
    assert {(change.user_id, change.status, change.reason) for change in found} == {
        (1, Status.OFFLINE, Reason.GONE),
        (3, Status.OFFLINE, Reason.GONE),
    }
    assert {change.last_seen for change in found} == {START + 50}


@pytest.mark.parametrize("known", [None, Known(epoch="old", version=1), Known(epoch=EPOCH, version=2**53)])
async def test_a_cursor_of_another_start_or_of_the_future_helps_nobody(
    hand: Hand, known: Known | None
) -> None:
    hand.service.connect(1, "a")
    assert hand.service.catch_up(known) is None


async def test_a_picture_of_some_holds_those_who_were_never_here_and_passes_over_unknown_ids(
    hand: Hand,
) -> None:
    hand.service.connect(1, "a")
    found = hand.service.picture_of([1, 2, 5000])["changes"]
    assert [(change["userId"], change["status"], change["lastSeen"]) for change in found] == [
        (1, "online", START),
        (2, "offline", None),
    ]


async def test_a_change_says_of_somebody_what_a_picture_says(hand: Hand) -> None:
    hand.service.custom(3, CustomStatus(text="lunch"))
    hand.service.connect(3, "a", state=IDLE)
    who = profile(3)
    assert who is not None
    assert change_entry(hand.listener.changes[-1], who) == hand.service.picture_of([3])["changes"][0]


async def test_one_status_as_of_now(hand: Hand) -> None:
    hand.clock.wait(7)
    answer = hand.service.status_of(2)
    assert (answer.user_id, answer.status, answer.timestamp) == (2, Status.OFFLINE, START + 7)
    assert hand.service.time() == START + 7


async def test_somebody_whose_account_is_deleted_leaves_and_is_forgotten(hand: Hand) -> None:
    hand.service.forget(1)
    hand.service.connect(1, "a", claim=BUSY)
    hand.service.connect(1, "b")
    told(hand)
    hand.service.forget(1)
    assert told(hand) == ["confirm", "offline"]
    assert hand.service.status_and_last_seen(1) == (Status.OFFLINE, None)
    assert hand.service.summary().total == 0
    assert hand.service.own(1).claim is None
