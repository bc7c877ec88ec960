"""What the server said and this app could not read: nothing of it is believed, and the person is told."""

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.changes import Notice
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.status import Status
from tests.core.world import World, user


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize("event", ["online:users", "user:status", "presence:changes"])
def test_a_picture_that_cannot_be_read_leaves_all_as_it_was_and_is_told(world: World, event: str) -> None:
    world.online(user(2))
    told = world.client.apply([incoming.Unreadable(event)])
    assert told.notices == (Notice(Code.MALFORMED),)
    assert world.contact_status(2) is Status.ONLINE
