"""The selector: the newest ask wins, answers to older ones never move it, and it never sticks."""

from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.core.own_status import REPEAT_AFTER_MS, OwnStatus
from presence_desktop.protocol.events import Connected, CustomStatus, StatusUpdate, StatusUpdated
from presence_desktop.protocol.status import Reason, Status
from tests.core.world import own


def updated(
    status: Status, version: int = 10, claim: Status | None = None, *, plain: bool = False
) -> StatusUpdated:
    word = None if plain else own(status, version, claim)
    return StatusUpdated(user_id=1, status=status, timestamp=version, own=word)


def test_before_the_first_word_nothing_is_shown() -> None:
    mine = OwnStatus()
    assert (mine.shown, mine.choice, mine.until, mine.pending) == (None, Status.ONLINE, None, False)


def test_an_answer_to_an_older_ask_does_not_move_the_selector() -> None:
    mine = OwnStatus()
    first = mine.ask(StatusUpdate(status=Status.BUSY))
    second = mine.ask(StatusUpdate(status=Status.AWAY, until=9))
    mine.confirm(updated(Status.BUSY, 10, Status.BUSY), first.number)
    assert (mine.shown, mine.choice, mine.until, mine.pending) == (Status.BUSY, Status.AWAY, 9, True)
    assert not mine.refuse(first.number)
    mine.confirm(updated(Status.AWAY, 11, Status.AWAY), second.number)
    assert (mine.choice, mine.pending) == (Status.AWAY, False)


def test_an_older_word_is_dropped_but_still_answers() -> None:
    mine = OwnStatus()
    mine.confirm(updated(Status.AWAY, 20, Status.AWAY), None)
    ask = mine.ask(StatusUpdate(status=Status.BUSY))
    mine.confirm(updated(Status.BUSY, 19, Status.BUSY), ask.number)
    assert (mine.shown, mine.choice, mine.pending) == (Status.AWAY, Status.AWAY, False)


def test_a_late_mark_as_sent_does_not_bring_an_ask_back() -> None:
    mine = OwnStatus()
    ask = mine.ask(StatusUpdate(status=Status.BUSY))
    mine.refuse(ask.number)
    mine.sent(ask, 5)
    assert not mine.pending


def test_asks_go_out_once_and_again_when_unanswered() -> None:
    mine = OwnStatus()
    claim, custom = mine.ask(StatusUpdate(status=Status.BUSY)), mine.ask(CustomStatus(text="x"))
    assert mine.unsent(0) == (claim, custom)
    mine.sent(claim, 0)
    mine.sent(custom, 1)
    assert mine.unsent(REPEAT_AFTER_MS - 1) == ()
    assert [ask.number for ask in mine.unsent(REPEAT_AFTER_MS)] == [claim.number]
    mine.link_lost()
    assert [ask.number for ask in mine.unsent(2)] == [claim.number, custom.number]


def test_outdated_asks_are_dropped() -> None:
    mine = OwnStatus()
    mine.ask(StatusUpdate(status=Status.BUSY, until=100))
    mine.ask(CustomStatus(text="x"))
    assert not mine.outdated(99)
    assert mine.outdated(100)
    assert mine.pending_claim is None
    assert mine.pending
    assert mine.drop_custom()
    assert not mine.drop_custom()


def test_a_plain_server_s_status_counts_as_chosen() -> None:
    mine = OwnStatus()
    mine.connected(Connected(user_id=1, username="m", status=Status.BUSY, timestamp=7), None)
    assert (mine.shown, mine.choice, mine.since) == (Status.BUSY, Status.BUSY, 7)
    mine.confirm(updated(Status.BUSY, 9, plain=True), None)
    assert mine.since == 7


def test_versions_begin_anew_with_each_connection() -> None:
    mine = OwnStatus()
    mine.confirm(updated(Status.BUSY, 1000, Status.BUSY), None)
    greeting = Connected(
        user_id=1, username="m", status=Status.AWAY, timestamp=7, epoch="e2", own=own(Status.AWAY, 3)
    )
    mine.connected(greeting, None)
    assert mine.shown is Status.AWAY


def test_what_everybody_is_told_counts_by_version() -> None:
    mine = OwnStatus()
    mine.confirm(updated(Status.ONLINE, 10), None)
    assert not mine.seen(Status.AWAY, Reason.IDLE, 9, 1)
    assert mine.seen(Status.AWAY, Reason.IDLE, 11, 1)
    assert (mine.shown, mine.reason, mine.since, mine.choice) == (Status.AWAY, Reason.IDLE, 1, Status.ONLINE)


@given(st.lists(st.sampled_from(["claim", "confirm", "refuse", "lose", "other"]), max_size=30), st.randoms())
def test_when_all_asks_are_answered_the_selector_shows_the_server_s_word(
    doings: list[str], chance: object
) -> None:
    mine, open_asks = OwnStatus(), []
    for version, doing in enumerate(doings, 1):
        status = chance.choice(list(Status))  # type: ignore[attr-defined]
        if doing == "claim":
            open_asks.append(mine.ask(StatusUpdate(status=status)))
        elif doing == "lose":
            mine.link_lost()
        elif doing == "other":
            mine.confirm(updated(status, version, status), None)
        elif open_asks:
            ask = open_asks.pop(0)
            if doing == "refuse":
                mine.refuse(ask.number)
            else:
                mine.confirm(updated(status, version, status), ask.number)
    for ask in open_asks:
        mine.refuse(ask.number)
    assert not mine.pending
    assert mine.shown is None or mine.choice is mine.shown
