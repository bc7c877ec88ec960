"""The hub: every socket gets what was emitted, in that order, however it is reached."""

import asyncio
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.server.transport.fast.hub import Audience, Hub
from presence_desktop.server.transport.link.sio_codec import Encoded, encode_event

ROOMS = (None, "a", "b")


class Pen:
    """A session that keeps what it is sent."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.audience: Audience | None = None
        self.full = False
        self.wire = b""
        self.writes = 0
        self.expected = b""

    def write_of(self) -> Callable[[bytes], None] | None:
        return None if self.full else self._write

    def _write(self, data: bytes) -> None:
        self.writes += 1
        self.wire += data

    def deliver(self, entries: list[Encoded]) -> None:
        self._write(b"".join(entry.frame for entry in entries))

    def tell(self, entry: Encoded) -> None:
        self.hub.catch_up(self)
        self._write(entry.frame)

    def expect(self, entry: Encoded) -> None:
        self.expected += entry.frame


class World:
    """Five sockets and the rules of who should hear what."""

    def __init__(self) -> None:
        self.hub = Hub(["a", "b"])
        self.pens = [Pen(self.hub) for _ in range(5)]
        self.said = 0

    def entry(self) -> Encoded:
        self.said += 1
        return encode_event("e", self.said)

    def say(self, room: str | None, left_out: frozenset[int]) -> None:
        entry, skipped = self.entry(), [self.pens[at] for at in left_out]
        self.hub.broadcast(room, entry, skipped)
        for pen in self.pens:
            if pen.audience and room in pen.audience.rooms and pen not in skipped:
                pen.expect(entry)

    def tell(self, at: int) -> None:
        entry = self.entry()
        self.pens[at].tell(entry)
        self.pens[at].expect(entry)

    def hold(self, at: int) -> None:
        entry = self.entry()
        self.hub.hold(self.pens[at], entry)
        self.pens[at].expect(entry)

    def place(self, at: int, rooms: frozenset[str | None]) -> None:
        self.hub.place(self.pens[at], rooms)

    def fill(self, at: int, full: bool) -> None:
        self.pens[at].full = full
        self.hub.refresh(self.pens[at])


WHO = st.integers(0, 4)
STEP: st.SearchStrategy[Callable[[World], None] | None] = st.one_of(
    st.builds(
        lambda room, left_out: lambda world: world.say(room, left_out),
        st.sampled_from(ROOMS),
        st.frozensets(WHO, max_size=2),
    ),
    st.builds(lambda at: lambda world: world.tell(at), WHO),
    st.builds(lambda at: lambda world: world.hold(at), WHO),
    st.builds(
        lambda at, rooms: lambda world: world.place(at, rooms), WHO, st.frozensets(st.sampled_from(ROOMS))
    ),
    st.builds(lambda at, full: lambda world: world.fill(at, full), WHO, st.booleans()),
    st.none(),
)


@given(st.lists(STEP, max_size=60))
def test_each_reader_gets_its_own_sequence(steps: list[Callable[[World], None] | None]) -> None:
    async def run() -> None:
        world = World()
        for step in steps:
            if step is None:
                await asyncio.sleep(0)
            else:
                step(world)
        await asyncio.sleep(0)
        for pen in world.pens:
            assert pen.wire == pen.expected

    asyncio.run(run())


async def test_a_tick_is_one_write() -> None:
    hub = Hub()
    pens = [Pen(hub) for _ in range(3)]
    for pen in pens:
        hub.place(pen, [None])
    for number in range(10):
        hub.broadcast(None, encode_event("e", number))
    await asyncio.sleep(0)
    assert [pen.writes for pen in pens] == [1, 1, 1]


async def test_what_single_sockets_are_told_in_a_tick_is_one_write_each() -> None:
    hub = Hub()
    pens = [Pen(hub) for _ in range(3)]
    for number in range(10):
        for pen in pens[: 3 if number % 2 else 2]:
            entry = encode_event("e", number)
            hub.hold(pen, entry)
            pen.expect(entry)
    await asyncio.sleep(0)
    assert [pen.writes for pen in pens] == [1, 1, 1]
    assert [pen.wire for pen in pens] == [pen.expected for pen in pens]
    assert not hub.held


async def test_what_is_held_for_the_removed_is_dropped() -> None:
    hub = Hub()
    gone, here = Pen(hub), Pen(hub)
    for pen in (gone, here):
        hub.hold(pen, encode_event("e"))
    hub.remove(gone)
    await asyncio.sleep(0)
    assert (gone.writes, here.writes) == (0, 1)


async def test_the_removed_get_nothing_more() -> None:
    hub = Hub()
    gone, here = Pen(hub), Pen(hub)
    for pen in (gone, here):
        hub.place(pen, [None])
    hub.broadcast(None, encode_event("e"))
    hub.remove(gone)
    await asyncio.sleep(0)
    assert (gone.writes, here.writes) == (0, 1)
    assert not hub.log


async def test_a_write_that_fails_harms_nobody_else() -> None:
    hub = Hub()
    pens = [Pen(hub) for _ in range(3)]

    class Broken(Pen):
        def _write(self, data: bytes) -> None:
            raise RuntimeError("closed")

    broken = Broken(hub)
    for pen in (pens[0], broken, *pens[1:]):
        hub.place(pen, [None])
    hub.broadcast(None, encode_event("e"))
    await asyncio.sleep(0)
    assert [pen.writes for pen in pens] == [1, 1, 1]
    for pen in (pens[0], broken, *pens[1:]):
        hub.hold(pen, encode_event("e"))
    await asyncio.sleep(0)
    assert [pen.writes for pen in pens] == [2, 2, 2]
