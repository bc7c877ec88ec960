"""Servers telling each other of conversations, over a channel in the hand: lost, late, dead, nobody left unasked."""

from collections.abc import Collection, Mapping
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from presence_desktop.server.domain.places import NOWHERE, Seen
from presence_desktop.server.services.cluster import chat_peers
from presence_desktop.server.services.cluster.chat_peers import ChatCluster, Packet
from presence_desktop.server.stores.redis import chat_codec
from tests.fakes.presence import HandClock

LEASE = 70_000
ROOM = Seen({7: "page"}, 7, frozenset({7}))


class Notes:
    """What a server was told to do, and where it believes people are, by who said so."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []
        self.places: dict[tuple[str, int], Seen] = {}
        self.moves = 0
        self.stales = 0

    def deliver(self, user_ids: Collection[int], event: str, payload: Mapping[str, Any]) -> None:
        self.done.append((tuple(user_ids), event, payload))

    def changed(self, conversation_id: int) -> None:
        self.done.append(("changed", conversation_id))

    def gone(self, conversation_id: int, user_id: int) -> None:
        self.done.append(("gone", conversation_id, user_id))

    def placed(self, node: str, user_id: int, seen: Seen) -> None:
        self.moves += 1
        self.places.pop((node, user_id), None)
        if seen is not NOWHERE:
            self.places[node, user_id] = seen

    def stale(self) -> None:
        self.stales += 1


class Node:
    """One server."""

    def __init__(self, name: str, clock: HandClock) -> None:
        self.notes = Notes()
        self.cluster = ChatCluster(self.notes, node=name, clock=clock, lease=LEASE)
        self.woken = 0
        self.cluster.wake = self.wake

    def wake(self) -> None:
        self.woken += 1


class Channel:
    """Carries packets to all that are linked, through the codec."""

    def __init__(self, count: int = 2) -> None:
        self.clock = HandClock()
        self.nodes = [Node(f"n{at}", self.clock) for at in range(count)]

    def link(self) -> "Channel":
        for node in self.nodes:
            node.cluster.up()
        self.flush()
        return self

    def flush(self) -> None:
        for _ in range(3):  # asked for, answered, heard
            for node in self.nodes:
                self.say(node)

    def say(self, node: Node) -> None:
        while node.cluster.linked:
            self.carry(node.cluster.outgoing())
            if not node.cluster.waiting:
                break

    def carry(self, packet: Packet, *, but: Node | None = None) -> None:
        for other in self.nodes:
            if other.cluster.linked and other is not but:
                other.cluster.receive(chat_codec.read_packet(chat_codec.packet(packet)))


@pytest.fixture
def pair() -> Channel:
    return Channel().link()


def test_events_changes_and_people_put_out_arrive_in_order_and_at_the_others_only(pair: Channel) -> None:
    one, two = pair.nodes
    assert (one.cluster.peers, two.cluster.peers) == (["n1"], ["n0"])
    one.woken = 0
    one.cluster.tell([1, 2], "message:new", {"message": {"text": "안녕"}})
    one.cluster.tell([], "nobody", {})
    one.cluster.changed(7)
    one.cluster.gone(7, 2)
    assert one.woken == 3
    pair.flush()
    assert two.notes.done == [
        ((1, 2), "message:new", {"message": {"text": "안녕"}}),
        ("changed", 7),
        ("gone", 7, 2),
    ]
    assert (one.notes.done, one.notes.stales, two.notes.stales) == ([], 0, 0)


def test_where_people_are_is_known_to_who_comes_later_too_and_ends_with_their_server(pair: Channel) -> None:
    one, two = pair.nodes
    one.cluster.placed(1, ROOM)
    one.cluster.placed(2, NOWHERE)
    one.cluster.placed(3, ROOM)
    pair.flush()
    assert two.notes.places == {("n0", 1): ROOM, ("n0", 3): ROOM}
    one.cluster.placed(3, NOWHERE)
    late = Node("late", pair.clock)
    pair.nodes.append(late)
    late.cluster.up()
    pair.flush()
    assert late.notes.places == two.notes.places == {("n0", 1): ROOM}
    assert late.notes.stales <= 1
    pair.carry(one.cluster.goodbye())
    assert late.notes.places == two.notes.places == {}
    assert (late.cluster.peers, two.notes.stales) == (["n1"], 0)


def test_whole_pictures_take_away_who_went_and_move_nobody_who_stayed(pair: Channel) -> None:
    one, two = pair.nodes
    one.cluster.placed(1, ROOM)
    one.cluster.placed(2, ROOM)
    pair.flush()
    two.notes.moves = 0
    two.cluster.down()
    one.cluster.placed(2, NOWHERE)
    pair.say(one)
    two.cluster.up()
    pair.flush()
    assert two.notes.places == {("n0", 1): ROOM}
    assert two.notes.moves == 2


def test_a_packet_that_is_missing_has_all_clients_ask_again_and_places_told_anew(pair: Channel) -> None:
    one, two = pair.nodes
    one.cluster.tell([1], "lost", {})
    one.cluster.placed(1, ROOM)
    pair.carry(one.cluster.outgoing(), but=two)
    pair.clock.wait(5_000)
    pair.say(one)  # a sign of life is enough to notice
    assert two.notes.stales == 1
    pair.flush()
    assert two.notes.places == {("n0", 1): ROOM}
    assert two.notes.stales == 1


def test_what_was_said_without_a_link_is_noticed_as_missing(pair: Channel) -> None:
    one, two = pair.nodes
    one.cluster.tell([1], "never sent", {})
    one.cluster.down()
    one.cluster.tell([1], "never said", {})
    one.cluster.placed(1, ROOM)
    pair.clock.wait(1_000)
    one.cluster.up()
    pair.flush()
    assert (two.notes.stales, two.notes.done) == (1, [])
    assert two.notes.places == {("n0", 1): ROOM}
    one.cluster.down()
    one.cluster.up()
    pair.flush()
    assert two.notes.stales == 1  # nothing was said meanwhile


def test_clients_are_asked_once_in_a_while_and_in_the_end_for_certain(pair: Channel) -> None:
    one, two = pair.nodes
    one.cluster.stale()
    one.cluster.stale()
    pair.flush()
    assert (two.notes.stales, one.notes.stales) == (1, 0)
    pair.clock.wait(chat_peers.STALE_EVERY)
    assert two.cluster.look() == []
    assert two.cluster.look() == []
    assert two.notes.stales == 2


def test_a_silent_server_is_dead_and_may_have_said_less_than_it_stored(pair: Channel) -> None:
    one, two = pair.nodes
    one.cluster.placed(1, ROOM)
    pair.flush()
    for _ in range(LEASE // 5_000):
        pair.clock.wait(5_000)
        assert two.cluster.look() == []
    pair.clock.wait(5_000)
    assert two.cluster.look() == ["n0"]
    assert (two.notes.places, two.notes.stales, two.cluster.peers) == ({}, 1, [])
    one.cluster.placed(2, ROOM)
    pair.flush()
    assert two.cluster.peers == ["n0"]


def test_who_was_stopped_takes_nobody_for_dead(pair: Channel) -> None:
    _, two = pair.nodes
    pair.clock.wait(LEASE * 2)
    assert two.cluster.look() == []
    assert two.notes.stales == 0


def test_many_words_travel_in_several_packets(pair: Channel) -> None:
    one, two = pair.nodes
    for user_id in range(1, 2 * chat_peers.AT_ONCE + 2):
        one.cluster.placed(user_id, ROOM)
    one.cluster.down()
    one.cluster.up()
    first = one.cluster.outgoing()
    assert (len(first.items), first.fresh, one.cluster.waiting) == (chat_peers.AT_ONCE, True, True)
    pair.carry(first)
    pair.flush()
    assert len(two.notes.places) == 2 * chat_peers.AT_ONCE + 1
    pair.clock.wait(2_000)
    pair.flush()
    assert len(two.notes.places) == 2 * chat_peers.AT_ONCE + 1


class AnyWeather(RuleBasedStateMachine):
    """Links break, packets are lost: whoever was not told of an event has its clients ask again."""

    def __init__(self) -> None:
        super().__init__()
        self.channel = Channel(3).link()
        self.count = 0
        self.owed: list[dict[str, int]] = [{}, {}, {}]
        """Events that a node was not told of, with how often it had its clients ask again by then."""

    @rule(at=st.integers(0, 2), lost=st.sets(st.integers(0, 2)))
    def tell(self, at: int, lost: set[int]) -> None:
        teller = self.channel.nodes[at]
        self.channel.say(teller)
        self.count += 1
        event = f"event {self.count}"
        for number, node in enumerate(self.channel.nodes):
            if number != at:
                self.owed[number][event] = node.notes.stales
        teller.cluster.tell([1], event, {})
        if teller.cluster.linked:
            packet = teller.cluster.outgoing()
            for number, node in enumerate(self.channel.nodes):
                if number != at and node.cluster.linked and number not in lost:
                    node.cluster.receive(packet)
        for number, node in enumerate(self.channel.nodes):
            for _, name, _ in node.notes.done:
                self.owed[number].pop(name, None)

    @rule(at=st.integers(0, 2), seen=st.sampled_from([NOWHERE, ROOM, Seen({8: None}, 8)]))
    def place(self, at: int, seen: Seen) -> None:
        self.channel.nodes[at].cluster.placed(at + 1, seen)

    @rule(at=st.integers(0, 2))
    def break_or_mend(self, at: int) -> None:
        cluster = self.channel.nodes[at].cluster
        if cluster.linked:
            cluster.down()
        else:
            cluster.up()

    @rule()
    def quiet(self) -> None:
        """All are linked, and a while passes."""
        for node in self.channel.nodes:
            if not node.cluster.linked:
                node.cluster.up()
        self.channel.flush()
        self.channel.clock.wait(chat_peers.STALE_EVERY)
        for node in self.channel.nodes:
            node.cluster.look()
        self.channel.flush()
        for number, node in enumerate(self.channel.nodes):
            assert all(stales < node.notes.stales for stales in self.owed[number].values())
            self.owed[number].clear()
            placed = {
                (other.cluster.node, who): seen
                for other in self.channel.nodes
                if other is not node
                for who, seen in other.cluster._placed.items()
            }
            assert node.notes.places == placed


TestAnyWeather = AnyWeather.TestCase
TestAnyWeather.settings = settings(max_examples=60, stateful_step_count=25)
