"""By version, never by arrival; unversioned news in the order it came; a whole picture replaces."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.core.roster import Roster
from presence_desktop.protocol.events import PresenceChange, PresenceChanges, UserStatus
from presence_desktop.protocol.status import Reason, Status
from tests.core.world import change, entry, picture, plain, user


def batch(*entries: PresenceChange, epoch: str = "e1") -> PresenceChanges:
    return PresenceChanges(epoch=epoch, version=max(one.version for one in entries), changes=list(entries))


def drawn(roster: Roster) -> dict[int, tuple[object, ...]]:
    """What the screen shows of everybody."""
    return {
        contact.user_id: (
            contact.status,
            contact.known,
            contact.version,
            contact.reason,
            contact.since,
            contact.last_seen if contact.status is Status.OFFLINE else None,
        )
        for contact in roster
    }


@st.composite
def histories(draw: st.DrawFn) -> list[PresenceChange]:
    """Changes of a few people, with versions as one server gives them: unique and growing."""
    moves = draw(st.lists(st.tuples(st.integers(2, 5), st.sampled_from(Status)), max_size=20))
    return [
        change(who, status, 11 + index, seen=1000 + index if status is Status.OFFLINE else None)
        for index, (who, status) in enumerate(moves)
    ]


@given(histories(), st.randoms(use_true_random=False), st.integers(1, 5))
def test_any_order_of_arrival_ends_the_same(history: list[PresenceChange], chance: object, size: int) -> None:
    in_order, shuffled = Roster(), Roster()
    for roster in (in_order, shuffled):
        roster.replace(picture(user(2), user(3)))
    for one in history:
        in_order.apply(batch(one))
    mixed = history + history[: len(history) // 2]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    for start in range(0, len(mixed), size):
        shuffled.apply(batch(*mixed[start : start + size]))
    assert drawn(in_order) == drawn(shuffled)
    assert in_order.cursor == shuffled.cursor


@given(histories(), st.integers(0, 20))
def test_a_picture_in_the_midst_changes_nothing_that_was_known(
    history: list[PresenceChange], at: int
) -> None:
    told, asked = Roster(), Roster()
    for roster in (told, asked):
        roster.replace(picture(user(2), user(3)))
    newest: dict[int, PresenceChange] = {}
    for index, one in enumerate(history):
        if index == at:
            here = [
                msgspec.structs.replace(
                    user(who, version=last.version, status=last.status), since=last.since, reason=last.reason
                )
                for who, last in newest.items()
                if last.status is not Status.OFFLINE
            ]
            untouched = [user(who) for who in (2, 3) if who not in newest]
            asked.replace(picture(*here, *untouched, version=10 + index))
        newest[one.user_id] = one
        told.apply(batch(one))
        asked.apply(batch(one))
    assert {who: row[0] for who, row in drawn(told).items()} == {
        who: row[0] for who, row in drawn(asked).items()
    }


def test_an_older_version_is_dropped_and_an_equal_one_is_no_news() -> None:
    roster = Roster()
    roster.replace(picture(user(2, version=5)))
    assert roster.apply(batch(change(2, Status.BUSY, 7))) == {2}
    assert roster.apply(batch(change(2, Status.AWAY, 6))) == set()
    assert roster.apply(batch(change(2, Status.AWAY, 7))) == set()
    assert drawn(roster)[2][0] is Status.BUSY


def test_a_contact_stays_the_same_object() -> None:
    roster = Roster()
    roster.replace(picture(user(2)))
    before = roster.get(2)
    roster.apply(batch(change(2, Status.BUSY, 7, name="renamed")))
    roster.replace(picture(user(2, "again", version=8), version=20))
    assert roster.get(2) is before
    assert before is not None
    assert (before.username, before.sort_name) == ("again", "again")


def test_who_is_not_in_the_picture_is_offline_unless_newer_news_came_before_it() -> None:
    roster = Roster()
    roster.replace(picture(user(2), user(3), user(4)))
    roster.apply(batch(change(4, Status.BUSY, 50)))
    assert roster.replace(picture(user(2), version=20)) == {2, 3}
    assert [drawn(roster)[who][0] for who in (2, 3, 4)] == [Status.ONLINE, Status.OFFLINE, Status.BUSY]


def test_an_entry_of_the_picture_that_is_older_than_what_is_known_is_dropped() -> None:
    roster = Roster()
    roster.replace(picture(user(2)))
    roster.apply(batch(change(2, Status.BUSY, 50)))
    assert roster.replace(picture(user(2, version=40), version=45)) == set()
    assert drawn(roster)[2][0] is Status.BUSY


def test_another_epoch_begins_with_no_versions() -> None:
    roster = Roster()
    roster.replace(picture(user(2, version=1000), version=1000))
    assert not roster.follows(batch(change(2, Status.BUSY, 3), epoch="e2"))
    roster.replace(picture(user(2, version=3, status=Status.AWAY), epoch="e2", version=3))
    assert drawn(roster)[2][0] is Status.AWAY
    assert roster.cursor is not None
    assert (roster.cursor.epoch, roster.cursor.version) == ("e2", 3)


def test_a_plain_picture_has_no_cursor_and_goes_by_arrival() -> None:
    roster = Roster()
    roster.replace(picture(user(2, version=None), epoch=None))
    assert roster.cursor is None
    roster.change(plain(2, Status.BUSY, at=300).change)
    roster.change(plain(2, Status.AWAY, at=250).change)
    contact = roster.get(2)
    assert contact is not None
    assert (contact.status, contact.since, contact.last_seen) == (Status.AWAY, 250, 300)


def test_a_plain_change_of_a_stranger_makes_a_contact() -> None:
    roster = Roster()
    roster.replace(picture(epoch=None))
    assert roster.change(plain(9, Status.ONLINE, name="New").change) == {9}
    assert drawn(roster)[9][:2] == (Status.ONLINE, True)


def test_a_plain_change_that_changes_nothing_keeps_the_reason() -> None:
    roster = Roster()
    roster.replace(picture(user(2)))
    roster.apply(batch(change(2, Status.BUSY, 7)))
    roster.change(UserStatus(user_id=2, username="user2", status=Status.BUSY, timestamp=9))
    assert drawn(roster)[2][3] is Reason.ACTIVE
    roster.change(UserStatus(user_id=2, username="user2", status=Status.AWAY, timestamp=9))
    assert drawn(roster)[2][3] is None


def test_the_directory_tells_who_there_is_but_not_who_is_here() -> None:
    roster = Roster()
    roster.replace(picture(user(2, seen=500)))
    listed = [entry(2, "Renamed", last_seen=400, role="owner"), entry(3, last_seen=70), entry(4)]
    assert roster.enlist(listed, pictured=True) == {2, 3, 4}
    known = {contact.user_id: (contact.status, contact.known, contact.last_seen) for contact in roster}
    assert known == {
        2: (Status.ONLINE, True, 500),
        3: (Status.OFFLINE, True, 70),
        4: (Status.OFFLINE, True, None),
    }
    second = roster.get(2)
    assert second is not None
    assert (second.username, second.role) == ("Renamed", "owner")


def test_without_a_picture_the_directory_knows_nobody_s_status() -> None:
    roster = Roster()
    roster.enlist([entry(2)], pictured=False)
    assert drawn(roster)[2][1] is False


def test_doubt_and_trust() -> None:
    roster = Roster()
    roster.replace(picture(user(2)))
    roster.doubt()
    assert drawn(roster)[2][:2] == (Status.ONLINE, False)
    roster.trust()
    assert drawn(roster)[2][:2] == (Status.ONLINE, True)


def test_a_gap_leaves_no_cursor_until_the_next_picture() -> None:
    roster = Roster()
    assert not roster.miss()
    roster.replace(picture(user(2)))
    assert roster.cursor is not None
    assert roster.miss()
    assert not roster.miss()
    assert roster.cursor is None
    assert not roster.follows(batch(change(2, Status.BUSY, 11)))
    roster.replace(picture(user(2)))
    assert roster.cursor is not None


def test_oneself_is_known_whenever_it_is_told() -> None:
    roster = Roster()
    roster.replace(picture(user(1)))
    roster.set_me(1)
    roster.set_me(7)
    roster.enlist([entry(7)], pictured=True)
    assert [contact.is_me for contact in roster] == [True, True]
    roster.clear()
    assert len(roster) == 0
    roster.enlist([entry(7)], pictured=True)
    assert [contact.is_me for contact in roster] == [False]
