"""Where people are and what they type, seen from two servers: one picture, whoever hides is nowhere at both."""

from typing import Any

import pytest

from presence_desktop.protocol.events import DeviceState, StatusUpdate
from presence_desktop.protocol.location_events import (
    LocationChanged,
    LocationUpdate,
    TypingChanged,
    TypingUpdate,
)
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.places import NOWHERE, Seen
from presence_desktop.server.services.cluster.chat_peers import ChatCluster
from presence_desktop.server.stores.redis import chat_codec
from tests.fakes.bus import Bus, Server
from tests.fakes.presence import HandClock

X, OTHER, ROOM = 1, 2, 7


class Neighbour:
    """Takes places, and nothing else."""

    def __init__(self, server: Server) -> None:
        self.placed = server.presence.take_place
        self.stale = lambda: None


class Pair:
    """Two servers; `OTHER` has the room open at the second one, on device `o`."""

    def __init__(self) -> None:
        self.clock, self.bus = HandClock(), Bus()
        database: dict[int, Any] = {}
        self.one, self.two = (Server(self.bus, node, self.clock, database) for node in ("n1", "n2"))
        self.chats = [
            ChatCluster(Neighbour(server), node=server.node, clock=self.clock, lease=70_000)  # type: ignore[arg-type]
            for server in (self.one, self.two)
        ]
        for server, chat in zip((self.one, self.two), self.chats, strict=True):
            server.presence.places_to(chat)
            chat.up()
        self.two.presence.connect(OTHER, "o", state=DeviceState(room_id=ROOM))
        self.tick()
        self.two.listener.whispers.clear()

    def presence(self) -> None:
        """What was said of presence arrives."""
        for server in (self.one, self.two):
            server.flush()
        for server in (self.one, self.two):
            server.settle()

    def places(self) -> None:
        """What was said of places arrives."""
        for _ in range(3):
            for chat, other in (self.chats, self.chats[::-1]):
                other.receive(chat_codec.read_packet(chat_codec.packet(chat.outgoing())))

    def tick(self) -> None:
        self.presence()
        self.places()

    def told(self) -> list[str]:
        """What device `o` was told since it was last asked, in short."""
        words = []
        for sids, event in self.two.listener.whispers:
            assert sids == ("o",)
            assert isinstance(event, LocationChanged | TypingChanged)
            assert event.user_id == X
            if isinstance(event, LocationChanged):
                words.append(f"here {event.page}" if event.here else "left")
            else:
                words.append("types" if event.typing else "quiet")
        self.two.listener.whispers.clear()
        return words

    def go(self, server: Server, sid: str, room_id: int | None, page: str | None = None) -> None:
        server.presence.locate(X, sid, LocationUpdate(room_id=room_id, page=page))

    def users(self, server: Server) -> list[int]:
        return server.presence.here(ROOM).users


@pytest.fixture
def pair() -> Pair:
    made = Pair()
    made.one.presence.connect(X, "a")
    made.tick()
    return made


async def test_who_comes_types_and_leaves_at_one_server_does_so_at_the_other(pair: Pair) -> None:
    pair.go(pair.one, "a", ROOM, "p1")
    pair.tick()
    assert pair.told() == ["here p1"]
    assert pair.users(pair.one) == pair.users(pair.two) == [X, OTHER]
    assert pair.one.presence.here(ROOM).pages == pair.two.presence.here(ROOM).pages == {X: "p1"}
    pair.one.presence.type(X, "a", TypingUpdate(conversation_id=ROOM))
    pair.tick()
    pair.one.presence.type(X, "a", TypingUpdate(conversation_id=ROOM))
    pair.tick()
    assert pair.told() == ["types", "types"]
    pair.one.presence.sent(X, ROOM)
    pair.tick()
    assert pair.told() == ["quiet"]
    pair.one.presence.disconnect(X, "a", graceful=True)
    pair.tick()
    assert pair.told() == ["left"]
    assert pair.users(pair.two) == [OTHER]
    assert pair.two.presence.rooms_here() == {ROOM: {OTHER}}


async def test_a_person_with_devices_at_both_leaves_when_the_last_one_does(pair: Pair) -> None:
    pair.two.presence.connect(X, "b")
    pair.tick()
    pair.go(pair.one, "a", ROOM)
    pair.go(pair.two, "b", ROOM)
    pair.tick()
    assert pair.told() == ["here None"]
    pair.go(pair.two, "b", None)
    pair.tick()
    assert pair.told() == []
    assert pair.users(pair.one) == pair.users(pair.two) == [X, OTHER]
    pair.one.presence.put_out(X, ROOM)
    pair.tick()
    assert pair.told() == ["left"]


@pytest.mark.parametrize("first", ["presence", "places"])
async def test_whoever_begins_to_appear_offline_is_nowhere_at_once_and_back_afterwards(
    pair: Pair, first: str
) -> None:
    pair.go(pair.one, "a", ROOM)
    pair.one.presence.type(X, "a", TypingUpdate(conversation_id=ROOM))
    pair.tick()
    assert pair.told() == ["here None", "types"]
    pair.one.presence.claim(X, StatusUpdate(status=Status.OFFLINE))
    getattr(pair, first)()
    assert pair.told() == ["quiet", "left"]
    assert pair.users(pair.two) == [OTHER]
    pair.tick()
    pair.go(pair.one, "a", ROOM, "secret")
    pair.tick()
    assert pair.told() == []
    pair.one.presence.claim(X, StatusUpdate(status=Status.ONLINE))
    getattr(pair, first)()
    pair.tick()
    assert pair.told()[0] == "here secret"
    assert pair.users(pair.two) == [X, OTHER]


async def test_a_choice_made_where_no_device_is_hides_at_both(pair: Pair) -> None:
    pair.go(pair.one, "a", ROOM)
    pair.tick()
    pair.told()
    pair.two.presence.claim(X, StatusUpdate(status=Status.OFFLINE))
    assert pair.told() == ["left"]  # the peer has not even heard of it
    pair.tick()
    assert pair.told() == []
    assert pair.users(pair.one) == [OTHER]


async def test_a_peer_that_is_gone_takes_the_places_of_its_people_along(pair: Pair) -> None:
    pair.go(pair.one, "a", ROOM)
    pair.tick()
    pair.told()
    pair.chats[1].receive(pair.chats[0].goodbye())
    assert pair.told() == ["left"]


async def test_who_hears_typing_that_was_not_known_before_is_told_again(pair: Pair) -> None:
    pair.go(pair.one, "a", ROOM)
    pair.one.presence.type(X, "a", TypingUpdate(conversation_id=ROOM))
    pair.tick()
    pair.told()
    pair.two.presence.still_types(X, ROOM)
    pair.two.presence.still_types(X, 8)
    pair.two.presence.still_types(OTHER, ROOM)
    assert pair.told() == ["types"]


async def test_rooms_of_several_devices_and_peers_are_one_set(pair: Pair) -> None:
    take = pair.two.presence.take_place
    take("n8", X, Seen({ROOM: None, 8: "x"}, 8))
    take("n9", X, Seen({ROOM: "p"}, None, frozenset({9})))
    pair.two.presence.connect(X, "b")
    pair.go(pair.two, "b", 5)
    assert pair.two.presence._places_afar._seen(X) == Seen({ROOM: "p", 8: "x", 5: None}, 5, frozenset({9}))
    pair.two.presence.disconnect(X, "b", graceful=True)
    assert pair.two.presence._places_afar.row(X) == (8, True)
    take("n8", X, NOWHERE)
    take("n9", X, NOWHERE)
    assert pair.users(pair.two) == [OTHER]


async def test_without_peers_it_serves_alone() -> None:
    alone = Server(Bus(), "n1", HandClock(), {})
    alone.presence.connect(X, "a", state=DeviceState(room_id=ROOM))
    alone.presence.type(X, "a", TypingUpdate(conversation_id=ROOM))
    assert alone.presence.here(ROOM).users == [X]
    assert alone.presence._places_afar.row(X) == (ROOM, True)
