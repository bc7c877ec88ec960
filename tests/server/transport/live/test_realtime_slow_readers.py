"""Readers that are slow: bounded, cut with a reason, and nobody else is harmed."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from presence_desktop.server.transport.live import realtime
from tests.server.transport.raw_socket import Poller, RawSocket, connected
from tests.server.transport.serving import Live, live
from tests.waiting import eventually_async

BACKLOG = 200_000
CHUNK = "x" * 20_000


@asynccontextmanager
async def lazy_reader(link: Live) -> AsyncIterator[RawSocket]:
    """A client that joins and then reads nothing any more."""
    async with connected(link.port) as socket:
        await socket.join()
        socket.writer.transport.pause_reading()  # type: ignore[attr-defined]
        yield socket
        socket.writer.transport.abort()


def reasons_of(link: Live) -> list[str]:
    reasons: list[str] = []
    link.sio.on("disconnect", lambda sid, reason: reasons.append(reason))
    return reasons


@pytest.mark.parametrize("room", [None, "small"])
async def test_a_slow_websocket_is_cut_and_the_others_get_everything(fast: bool, room: str | None) -> None:
    async with live(fast=fast, backlog_limit=BACKLOG) as link:
        reasons = reasons_of(link)
        async with lazy_reader(link), connected(link.port) as other:
            sid = await other.join()
            for one in [sid, *(client for client, _ in link.sio.manager.get_participants("/", None))]:
                link.outbox.enter(one, "small")
            said = 0
            while not reasons:
                said += 1
                assert said < 20_000
                link.outbox.emit("n", {"number": said, "filling": CHUNK}, room)
                assert (await other.hear_event())[1]["number"] == said
            assert reasons == [realtime.SLOW_READER]
            link.outbox.emit("end")
            assert await other.hear_event() == ["end"]


async def test_what_waits_for_a_slow_websocket_is_bounded() -> None:
    async with live(fast=True, backlog_limit=BACKLOG) as link:
        reasons = reasons_of(link)
        async with lazy_reader(link):
            session = next(iter(link.sio.eio.sockets.values()))
            most = 0
            while session.link is not None:
                most = max(most, session.link.waiting())
                link.outbox.emit("n", CHUNK)
                await asyncio.sleep(0)
            assert BACKLOG < most < BACKLOG + 3 * len(CHUNK)
            await eventually_async(lambda: reasons)


async def test_one_large_message_is_not_slowness(fast: bool) -> None:
    async with live(fast=fast, backlog_limit=BACKLOG) as link, connected(link.port) as socket:
        sid = await socket.join()
        link.outbox.emit("list", "x" * 10 * BACKLOG, sid)
        assert len((await socket.hear_event())[1]) == 10 * BACKLOG
        link.outbox.emit("end")
        assert await socket.hear_event() == ["end"]


async def test_a_slow_poller_is_cut(fast: bool) -> None:
    async with live(fast=fast, backlog_limit=BACKLOG) as link:
        reasons = reasons_of(link)
        poller = await Poller.open(link.port)
        await poller.push("40")
        await poller.hear()
        for _ in range(BACKLOG // len(CHUNK) + 2):
            link.outbox.emit("n", CHUNK)
            await asyncio.sleep(0)
        await eventually_async(lambda: reasons)
        assert reasons == [realtime.SLOW_READER]
        assert (await poller.poll())[0] == 400


async def test_a_reader_that_pauses_within_its_bound_misses_nothing() -> None:
    async with live(fast=True, backlog_limit=50_000_000) as link, lazy_reader(link) as lazy:
        session = next(iter(link.sio.eio.sockets.values()))
        said = 0
        while not session.paused:
            said += 1
            link.outbox.emit("n", said)
            link.outbox.emit("filling", CHUNK, "nobody")
            link.outbox.emit("filling", CHUNK)
            await asyncio.sleep(0)
        for _ in range(50):
            said += 1
            link.outbox.emit("n", said)
            await asyncio.sleep(0)
        lazy.writer.transport.resume_reading()  # type: ignore[attr-defined]
        numbers = []
        while not numbers or numbers[-1] < said:
            event = await lazy.hear_event()
            if event[0] == "n":
                numbers.append(event[1])
        assert numbers == list(range(1, said + 1))
        assert not session.paused
        link.outbox.emit("n", "ready again")
        assert await lazy.hear_event() == ["n", "ready again"]


async def listen(socket: RawSocket, count: int) -> list[tuple[int, int]]:
    """The next `count` events: who said it, and which of theirs it is."""
    return [tuple((await socket.hear_event())[1]) for _ in range(count)]


async def test_every_reader_gets_every_sequence(fast: bool) -> None:
    """Several senders at once, to everybody, to a wide room and to a small one: each sender's order is kept."""
    readers, senders, each = 8, 4, 150
    async with live(fast=fast) as link, AsyncExitStack() as stack:

        def on_say(sid: str, sender: int, number: int) -> None:
            link.outbox.emit("said", [sender, number], (None, "presence:1", "small")[number % 3])

        link.sio.on("say", on_say)
        clients = [await stack.enter_async_context(connected(link.port)) for _ in range(readers)]
        for client in clients:
            sid = await client.join()
            link.outbox.enter(sid, "presence:1")
            link.outbox.enter(sid, "small")
        listening = [asyncio.create_task(listen(client, senders * each)) for client in clients]
        for number in range(each):
            for sender in range(senders):
                clients[sender].say(f'42["say",{sender},{number}]')
            if number % 20 == 0:
                await asyncio.sleep(0)
        for heard in await asyncio.gather(*listening):
            for sender in range(senders):
                assert [number for who, number in heard if who == sender] == list(range(each))


async def test_pollers_under_load_miss_nothing(fast: bool) -> None:
    """Many long polls at once, all the while more is said: everybody gets everything in order."""
    pollers, said = 25, 120

    async def hear_all(poller: Poller) -> list[int]:
        numbers: list[int] = []
        while len(numbers) < said:
            packet = await poller.hear()
            if packet.startswith("42"):
                numbers.append(json.loads(packet[2:])[1])
        return numbers

    async with live(fast=fast) as link:
        clients = [await Poller.open(link.port) for _ in range(pollers)]
        for client in clients:
            await client.push("40")
            assert (await client.hear()).startswith("40")
        hearing = [asyncio.create_task(hear_all(client)) for client in clients]
        for number in range(said):
            link.outbox.emit("n", number)
            await asyncio.sleep(0)
        for numbers in await asyncio.gather(*hearing):
            assert numbers == list(range(said))


async def test_what_comes_while_one_large_message_is_on_its_way_does_not_cut(fast: bool) -> None:
    async with live(fast=fast, backlog_limit=BACKLOG) as link, lazy_reader(link) as lazy:
        reasons = reasons_of(link)
        (sid,) = [sid for sid, _ in link.sio.manager.get_participants("/", None)]
        link.outbox.emit("page", "x" * 20 * BACKLOG, sid)
        for number in range(20):
            link.outbox.emit("n", number)
            await asyncio.sleep(0)
        link.outbox.emit("filling", CHUNK)
        assert reasons == []
        lazy.writer.transport.resume_reading()  # type: ignore[attr-defined]
        page = await lazy.hear_event()
        assert (page[0], len(page[1])) == ("page", 20 * BACKLOG)
        assert [await lazy.hear_event() for _ in range(20)] == [["n", number] for number in range(20)]


async def test_a_large_message_to_a_full_reader_is_the_last_but_not_the_end() -> None:
    async with live(fast=True, backlog_limit=BACKLOG) as link, lazy_reader(link):
        reasons = reasons_of(link)
        session = next(iter(link.sio.eio.sockets.values()))
        while not session.paused:
            link.outbox.emit("filling", CHUNK)
            await asyncio.sleep(0)
        link.outbox.emit("page", "x" * 2 * BACKLOG)
        await asyncio.sleep(0)
        link.outbox.emit("n", 1)
        await asyncio.sleep(0)
        assert reasons == []
        while not reasons:
            link.outbox.emit("filling", CHUNK)
            await asyncio.sleep(0)
        assert reasons == [realtime.SLOW_READER]


async def test_a_poller_may_have_one_large_message_waiting_too(fast: bool) -> None:
    async with live(fast=fast, backlog_limit=BACKLOG) as link:
        reasons = reasons_of(link)
        poller = await Poller.open(link.port)
        await poller.push("40")
        await poller.hear()
        link.outbox.emit("page", "x" * 10 * BACKLOG)
        for number in range(20):
            link.outbox.emit("n", number)
            await asyncio.sleep(0)
        assert reasons == []
        assert str(await poller.hear()).startswith('42["page"')
