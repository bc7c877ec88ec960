"""Servers on a bus in the hand: what each says and hears, who is taken for dead, what is written."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from presence_desktop.protocol.events import CustomStatus, DeviceState, StatusUpdate
from presence_desktop.protocol.status import Reason, Status
from presence_desktop.server.domain.claims import Choices, Claim
from presence_desktop.server.domain.feeds import Message, Touched, Word
from presence_desktop.server.domain.nodes import Chosen, Contribution, State
from presence_desktop.server.services.cluster import peers as clusters
from presence_desktop.server.services.cluster.shared_presence import Nobody
from presence_desktop.server.services.cluster.watch import ClusterWatch
from presence_desktop.server.services.ports import ChoicesRow, StoreUnavailable
from tests.fakes.bus import LEASE, Bus, Server
from tests.fakes.presence import START, HandClock
from tests.waiting import eventually_async

BUSY = Choices((Claim(Status.BUSY, START),))


class Pair:
    """Two servers that know each other."""

    def __init__(self) -> None:
        self.clock, self.bus = HandClock(), Bus()
        self.database: dict[int, tuple[int, Choices | None]] = {}
        self.one = Server(self.bus, "n1", self.clock, self.database)
        self.two = Server(self.bus, "n2", self.clock, self.database)
        self.tick()
        for server in (self.one, self.two):
            server.listener.told.clear()

    def tick(self) -> None:
        """What was said arrives."""
        for server in (self.one, self.two):
            server.flush()
        for server in (self.one, self.two):
            server.settle()

    def rows(self, server: Server) -> dict[int, str]:
        """What a server means to write."""
        return {row.user_id: row.status for row in server.presence._writer._presence.values()}


@pytest.fixture
def pair() -> Pair:
    return Pair()


def test_without_peers_nothing_is_said() -> None:
    nobody = Nobody()
    assert not nobody.due(1, 1)
    nobody.say(1, Contribution(State.ACTIVE, 1))
    nobody.touched(1, 1)
    nobody.chosen(Chosen(1, 1, None))


def test_each_server_writes_the_rows_of_its_own_people_only(pair: Pair) -> None:
    pair.one.presence.connect(1, "a")
    pair.tick()
    assert (pair.rows(pair.one), pair.rows(pair.two)) == ({1: "online"}, {})
    assert (pair.one.presence._served(), pair.two.presence._served()) == ([1], [])
    pair.one.presence.disconnect(1, "a", graceful=True)
    pair.tick()
    assert (pair.rows(pair.one), pair.rows(pair.two)) == ({1: "offline"}, {})
    assert [change.status for change in pair.two.changes] == [Status.ONLINE, Status.OFFLINE]


def test_a_dead_servers_people_go_and_their_rows_and_choices_are_written(pair: Pair) -> None:
    pair.one.presence.connect(1, "a")
    pair.one.presence.claim(1, StatusUpdate(status=Status.BUSY))
    pair.tick()
    pair.clock.wait(LEASE)
    pair.two.cluster._silence._looked = pair.clock.ticks()
    assert pair.two.cluster.look() == []
    pair.clock.wait(1)
    assert pair.two.cluster.look() == ["n1"]
    assert pair.two.shown(1) == ("offline", None)
    assert pair.two.presence.own(1).reason is Reason.LOST
    assert pair.rows(pair.two) == {1: "offline"}
    assert [row.choices for row in pair.two.presence._writer._choices.values()] == [BUSY]


def test_without_the_link_the_others_go_but_their_rows_stay(pair: Pair) -> None:
    pair.one.presence.connect(1, "a")
    pair.tick()
    pair.two.cluster.down()
    pair.two.presence.connect(2, "b")
    assert pair.two.cluster.outgoing().items == ()  # it will be in the whole picture
    pair.clock.wait(LEASE // 5)
    pair.two.cluster.look()
    for _ in range(10):
        pair.clock.wait(LEASE // 5)
        pair.two.cluster.look()
    assert pair.two.shown(1) == ("offline", None)
    assert pair.rows(pair.two) == {2: "online"}
    pair.two.link()
    pair.tick()
    assert pair.one.shown(2) == pair.two.shown(1) == ("online", None)


def test_a_server_that_slept_takes_nobody_for_dead(pair: Pair) -> None:
    pair.one.presence.connect(1, "a")
    pair.tick()
    pair.clock.wait(10 * LEASE)
    assert pair.two.cluster.look() == []
    assert pair.two.shown(1) == ("online", None)
    assert pair.two.cluster.peers == ["n1"]


def test_a_goodbye_takes_its_people_along_and_the_lease_of_whoever_is_met_goes_on(pair: Pair) -> None:
    pair.one.presence.connect(1, "a")
    pair.tick()
    pair.two.cluster.receive(pair.one.cluster.outgoing(leaving=True))
    assert pair.two.shown(1) == ("offline", None)
    assert pair.two.presence.own(1).reason is Reason.SIGNED_OUT
    pair.two.cluster.meet("n2", 5)
    pair.two.cluster.meet("n9", 5000)
    pair.two.cluster.meet("n9", LEASE)
    assert pair.two.cluster.wanted() == pair.two.cluster.peers == ["n9"]
    pair.clock.wait(5001)
    assert pair.two.cluster.look() == ["n9"]


def test_a_sign_of_life_is_worth_a_word_once_a_minute(pair: Pair) -> None:
    pair.one.presence.connect(1, "a")
    pair.tick()
    pair.clock.wait(59_000)
    pair.one.presence.heartbeat(1, "a", DeviceState(idle_seconds=0))
    assert pair.one.cluster.outgoing().items == ()
    pair.clock.wait(1000)
    pair.one.presence.heartbeat(1, "a")
    heard = START // 1000 + 60
    assert pair.one.cluster.outgoing().items == (Word(1, Contribution(State.ACTIVE, heard)),)
    pair.one.cluster.say(9, Contribution(State.SIGNED_OUT, heard))  # nobody was told of them
    pair.one.presence.heartbeat(2, "unknown")
    pair.one.presence.touch(3)
    assert pair.one.cluster.outgoing().items == ()


def test_a_call_at_another_server_is_a_sign_of_life_where_the_person_is(pair: Pair) -> None:
    pair.one.presence.connect(1, "a")
    pair.tick()
    pair.clock.wait(1_900_000)
    pair.one.presence.pass_time()
    pair.tick()
    assert pair.one.shown(1) == pair.two.shown(1) == ("offline", None)
    pair.two.presence.touch(1)
    message = pair.two.cluster.outgoing()
    assert message.items == (Touched(1, START // 1000 + 1900),)
    pair.two.presence.touch(1)
    assert pair.two.cluster.outgoing().items == ()
    pair.one.cluster.receive(message)
    pair.tick()
    assert pair.one.shown(1) == pair.two.shown(1) == ("online", None)
    pair.one.presence.take_touch(2, 1)
    pair.clock.wait(60_000)
    pair.two.cluster.look()
    assert pair.two.cluster._touched == {}


def test_every_choice_by_hand_is_told_everywhere_a_text_only_if_it_differs(pair: Pair) -> None:
    pair.one.presence.connect(1, "a")
    pair.one.presence.claim(1, StatusUpdate(status=Status.BUSY))
    pair.tick()
    pair.two.listener.told.clear()
    pair.clock.wait(1000)
    pair.one.presence.claim(1, StatusUpdate(status=Status.BUSY))
    pair.one.presence.custom(1, CustomStatus(text=None))
    pair.tick()
    assert [(change.status, change.restated) for change in pair.two.changes] == [(Status.BUSY, True)]
    assert [own.claim for user, own, _ in (t for t in pair.two.listener.told if isinstance(t, tuple))] == [
        Status.BUSY
    ] * 2


def test_a_choice_of_somebody_nobody_knows_is_kept_and_an_older_one_is_no_news(pair: Pair) -> None:
    presence = pair.two.presence
    assert presence.take_chosen(Chosen(5, 10, None))
    assert not presence.take_chosen(Chosen(5, 9, BUSY))
    presence.take_rows([ChoicesRow(5, BUSY, 11)])
    assert presence.own(5).claim is Status.BUSY
    pair.two.presence.connect(5, "a")
    assert pair.two.shown(5) == ("busy", None)


def test_choices_are_kept_for_peers_for_half_an_hour(pair: Pair) -> None:
    pair.one.presence.claim(1, StatusUpdate(status=Status.BUSY))
    pair.tick()
    assert [chosen.user_id for chosen in pair.two.cluster.fresh()[1].chosen] == [1]
    pair.tick()
    pair.clock.wait(clusters.RECENT)
    pair.two.cluster.look()
    assert pair.two.cluster.fresh()[1].chosen == ()


def test_clocks_that_differ_are_allowed_for_and_named_once(
    pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    for seq, at in ((2, START - 3_600_000), (3, START - 3_600_000), (4, START)):
        word = Contribution(State.ACTIVE, at // 1000 + seq)
        pair.one.cluster.receive(Message("n5", seq, at, 1, (Word(seq, word),), fresh=seq == 2))
        pair.bus.send(Message("n5", seq, at, 1, (Word(seq, word),)))
        pair.one.read()
        person = pair.one.presence._people.get(seq)
        assert person is not None
        assert person.heard == START // 1000 + seq
    assert [record.message for record in caplog.records].count("cluster.clocks-differ") == 1


def test_versions_grow_past_those_of_peers(pair: Pair) -> None:
    pair.one.cluster.receive(Message("n5", 1, START, START + 5000))
    pair.one.presence.connect(1, "a")
    assert pair.one.presence.newest == START + 5001


def test_words_of_unknown_people_and_pictures_of_unknown_servers_change_nothing(pair: Pair) -> None:
    pair.one.presence.take("n2", 77, Contribution(State.SIGNED_OUT, 1))
    assert pair.one.presence._people.get(77) is None
    picture = pair.bus.picture("n2")
    assert picture is not None
    pair.two.cluster._feeds.clear()
    pair.two.cluster.adopt(picture)
    pair.two.cluster.receive(pair.two.cluster.outgoing())
    assert pair.two.changes == []


def test_somebody_whose_account_is_not_known_yet_is_told_when_it_is(pair: Pair) -> None:
    profiles: dict[int, Any] = {}
    original: Callable[[int], Any] = pair.two.presence._profiles
    pair.two.presence._profiles = lambda user_id: profiles.get(user_id)
    pair.one.presence.connect(1, "a")
    pair.one.presence.connect(2, "b")
    pair.tick()
    pair.one.presence.disconnect(2, "b", graceful=True)
    pair.tick()
    before = pair.two.changes[-1].version
    pair.two.presence.name()
    profiles |= {1: original(1), 2: original(2)}
    pair.two.listener.told.clear()
    pair.two.presence.name()
    pair.two.presence.name()
    (change,) = pair.two.changes
    assert (change.user_id, change.before, change.status) == (1, Status.OFFLINE, Status.ONLINE)
    assert change.version > before


def test_at_the_end_whoever_is_connected_elsewhere_too_keeps_the_row(pair: Pair) -> None:
    async def scene() -> None:
        await pair.one.presence.start()
        pair.one.presence.connect(1, "a")
        pair.one.presence.connect(2, "b")
        pair.two.presence.connect(2, "c")
        pair.tick()
        await pair.one.presence.stop()
        assert {user: row.status for user, row in pair.one.presence._rows.rows.items()} == {
            1: "offline",
            2: "online",
        }

    asyncio.run(scene())


def test_an_account_that_is_deleted_is_gone_everywhere(pair: Pair) -> None:
    pair.one.presence.connect(1, "a")
    pair.tick()
    pair.one.presence.forget(1)
    pair.tick()
    assert pair.two.shown(1) == ("offline", None)


class Watched:
    """A watch over the second server of a pair, with rows and choices that can be broken."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.broken = False
        self.choices: list[ChoicesRow] = []
        self.asked: list[int] = []
        self.up: list[int] = []
        self.cleared: list[str] = []
        pair.two.presence._rows = self
        self.watch = ClusterWatch(
            pair.two.cluster,
            pair.two.presence,
            claims=self,
            clock=pair.clock,
            clear_up=self.clear_up,
            period=0.001,
            settling=10,
        )

    async def load(self, since: int = 0) -> list[ChoicesRow]:
        self.asked.append(since)
        if self.broken:
            raise StoreUnavailable("gone")
        return self.choices

    async def left_up(self) -> list[int]:
        return self.up

    async def save(self, rows: object) -> None:
        raise AssertionError

    async def clear_up(self, nodes: Any) -> None:
        self.cleared.extend(nodes)


async def test_without_the_link_choices_are_followed_and_rows_taken_down_when_all_are_back(
    pair: Pair,
) -> None:
    held = Watched(pair)
    pair.one.presence.connect(1, "a")
    pair.two.presence.connect(2, "b")
    pair.tick()
    pair.two.cluster.down()
    held.choices = [ChoicesRow(2, BUSY, 10**15)]
    await held.watch.look()
    assert pair.two.shown(2) == ("busy", None)
    assert held.asked == [START - 600_000]
    pair.two.link()
    held.up = [1, 2, 3, 4]
    pair.two.presence._people.obtain(3)
    await held.watch.look()
    assert len(held.asked) == 1
    pair.clock.wait(10_000)
    pair.tick()
    pair.two.presence._writer._presence.clear()
    await held.watch.look()
    await held.watch.look()
    assert len(held.asked) == 2
    assert pair.rows(pair.two) == {3: "offline"}
    pair.two.cluster.down()
    await held.watch.look()
    assert held.asked[-1] == START + 10_000 - 600_000


async def test_the_watch_clears_up_after_the_dead_and_says_once_that_choices_cannot_be_read(
    pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    held = Watched(pair)
    pair.two.cluster.down()
    held.broken = True
    held.watch.start()
    await eventually_async(lambda: len(held.asked) > 2)
    held.broken = False
    asked = len(held.asked)
    await eventually_async(lambda: len(held.asked) > asked + 1)
    for _ in range(6):
        pair.clock.wait(LEASE // 5)
        pair.two.cluster.look()
    pair.two.cluster.meet("n7", 0)
    pair.clock.wait(10)
    await eventually_async(lambda: held.cleared == ["n7"])
    await held.watch.stop()
    await held.watch.stop()
    assert [record.message for record in caplog.records].count("cluster.choices-not-read") == 1
