"""Who is there is known once the picture came; what was missed is asked for again, once."""

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.changes import Changes
from presence_desktop.core.connection import LinkState
from presence_desktop.protocol import events
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.status import Reason, Status
from tests.core.world import ME, SERVER, World, change, changes, entry, picture, plain, up, user

LOST = incoming.LinkLost(Code.UNREACHABLE, "", 5_000)


@pytest.fixture
def world() -> World:
    return World()


def test_dots_are_known_only_once_the_picture_came(world: World) -> None:
    client = world.client
    client.apply([incoming.SignedIn(SERVER, ME), up()])
    assert client.connection.state is LinkState.ONLINE
    assert not client.connection.link_known
    assert world.gateway.count("fetch_directory") == 1
    told = client.apply([incoming.People(picture(user(1), user(2)))])
    assert told.everyone
    assert told.connection
    assert told.reordered
    assert client.connection.link_known
    client.order.settle()
    assert list(client.order) == [2]


def test_back_with_changes_alone_the_rest_is_known_again(world: World) -> None:
    client = world.client
    world.online(user(2), user(3))
    client.apply([LOST])
    known, _, _ = world.gateway.prepared
    assert known == events.Cursor(epoch="e1", version=10)
    told = client.apply([up(), changes(change(3, Status.OFFLINE, 12, seen=90), version=14)])
    assert told.everyone
    assert all(contact.known for contact in client.roster)
    assert world.contact_status(3) is Status.OFFLINE
    assert world.gateway.prepared[0] == events.Cursor(epoch="e1", version=14)
    assert world.gateway.count("fetch_directory") == 0


def test_another_role_is_looked_up_in_the_directory_at_once(world: World) -> None:
    client = world.client
    world.online(user(1, ME.username), user(2))
    seen = client.roster.get(2)
    assert seen is not None
    seen.since, seen.reason = 12, Reason.ACTIVE
    client.apply([changes(change(2, Status.ONLINE, 12))])  # nothing of it is new but the version
    assert world.gateway.count("fetch_directory") == 1
    told = client.apply(
        [incoming.DirectoryArrived((entry(1, ME.username, role="admin"), entry(2)), last=True)]
    )
    assert told.connection
    assert client.me is not None
    assert client.me.role == "admin"
    told = client.apply([incoming.DirectoryArrived((entry(1, ME.username, role="admin"),), last=True)])
    assert not told.connection
    client.apply([changes(change(2, Status.BUSY, 13)), changes(change(7, Status.ONLINE, 14))])
    assert world.gateway.count("fetch_directory") == 1  # that was news


def test_among_very_many_only_ones_own_role_is_looked_up(world: World) -> None:
    client = world.client
    world.online(user(1, ME.username), user(2))
    client.apply([incoming.DirectoryArrived([entry(one) for one in range(3, 600)], last=True)])
    for one in (1, 2):
        contact = client.roster.get(one)
        assert contact is not None
        contact.since, contact.reason = 12 + one, Reason.ACTIVE
    client.apply([changes(change(2, Status.ONLINE, 14))])
    assert world.gateway.count("fetch_directory") == 0
    client.apply([changes(change(1, Status.ONLINE, 13, name=ME.username))])
    assert world.gateway.count("fetch_directory") == 1


def test_who_left_unseen_is_looked_up_in_the_directory(world: World) -> None:
    world.online(user(2), user(3))
    world.client.apply([LOST, up(), incoming.People(picture(user(2), version=20))])
    assert world.contact_status(3) is Status.OFFLINE
    assert world.gateway.count("fetch_directory") == 1


def test_changes_tell_who_to_repaint(world: World) -> None:
    world.online(user(2), user(3))
    told = world.client.apply([changes(change(2, Status.BUSY, 11), change(3, Status.ONLINE, 2))])
    assert told == Changes(people=frozenset({2}), reordered=True)
    told = world.client.apply([plain(3, Status.AWAY)])
    assert told.people == {3}


def test_a_gap_asks_again_once(world: World) -> None:
    world.online(user(2))
    world.client.apply([incoming.Unreadable("presence:changes"), incoming.Unreadable("presence:changes")])
    assert world.gateway.take_sent() == [(events.OnlineList(), None)]
    assert world.gateway.prepared[0] is None
    world.client.apply([changes(change(2, Status.BUSY, 11))])
    assert world.contact_status(2) is Status.ONLINE
    world.client.apply([incoming.People(picture(user(2, status=Status.BUSY, version=11), version=11))])
    assert world.contact_status(2) is Status.BUSY
    world.client.apply([changes(change(2, Status.AWAY, 12))])
    assert world.contact_status(2) is Status.AWAY
    assert world.gateway.take_sent() == []


def test_changes_of_another_epoch_are_a_gap(world: World) -> None:
    world.online(user(2))
    world.client.apply([changes(change(2, Status.BUSY, 99), epoch="e2")])
    assert world.contact_status(2) is Status.ONLINE
    assert world.gateway.take_sent() == [(events.OnlineList(), None)]


def test_what_others_see_of_oneself_is_shown(world: World) -> None:
    world.online(user(1))
    told = world.client.apply([changes(change(1, Status.AWAY, 30))])
    assert told.own
    assert world.client.own.shown is Status.AWAY
    assert world.client.own.choice is Status.ONLINE
    assert not world.client.apply([changes(change(1, Status.AWAY, 31))]).own


def test_the_directory_fills_the_list(world: World) -> None:
    world.online(user(2))
    told = world.client.apply([incoming.DirectoryArrived((entry(2), entry(3, last_seen=9)), last=True)])
    assert told.people == {2, 3}
    world.client.order.settle()
    assert list(world.client.order) == [2, 3]
