"""RFC 6455 on the wire of the fast transport."""

import asyncio
from typing import Any

import pytest
import socketio
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st
from uvicorn.server import ServerState

from presence_desktop.server.transport.fast.websocket import FastWebSocket
from presence_desktop.server.transport.live.realtime import build
from tests.server.transport.raw_socket import BINARY, CLOSE, PING, PONG, RawSocket, client_frame, connected
from tests.server.transport.serving import Live, live
from tests.waiting import eventually_async

HELLO = b'421["hello"]'
REQUEST = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\n"
    b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Sink(asyncio.Transport):
    """A connection that swallows what is written."""

    def write(self, data: Any) -> None:
        assert data

    def get_write_buffer_size(self) -> int:
        return 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass

    def close(self) -> None:
        pass

    abort = resume_reading = pause_reading = close


@pytest.fixture
def echoing(fast_link: Live) -> Live:
    fast_link.sio.on("hello", lambda sid, *arguments: arguments)
    return fast_link


async def answers(socket: RawSocket) -> bool:
    """Whether the connection still works."""
    socket.say('429["hello"]')
    while (heard := await socket.hear()) != "439[]":
        assert heard
    return True


async def test_deflate_is_not_agreed_on(echoing: Live) -> None:
    offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
    async with connected(echoing.port, headers=offer) as socket:
        assert socket.status == 101
        assert b"xtensions" not in socket.head
        await socket.join()
        assert await answers(socket)


@pytest.mark.parametrize(
    ("key", "version", "status"), [("short", "13", 400), ("", "13", 400), (None, "8", 426)]
)
async def test_a_request_that_is_no_handshake(
    echoing: Live, key: str | None, version: str, status: int
) -> None:
    async with connected(echoing.port, key=key, version=version) as socket:
        assert socket.status == status


async def test_a_message_may_come_in_pieces_with_pings_between(echoing: Live) -> None:
    async with connected(echoing.port) as socket:
        await socket.join()
        for at, byte in enumerate(HELLO):
            opcode = 1 if at == 0 else 0
            socket.write(client_frame(bytes([byte]), opcode, fin=at == len(HELLO) - 1))
            if at == 3:
                socket.write(client_frame(b"are you there", PING))
        assert await socket.frame() == (PONG, b"are you there")
        assert await socket.hear() == "431[]"


async def test_bytes_may_come_one_by_one(echoing: Live) -> None:
    async with connected(echoing.port) as socket:
        await socket.join()
        for byte in client_frame(HELLO):
            socket.write(bytes([byte]))
            await asyncio.sleep(0)
        assert await socket.hear() == "431[]"


async def test_an_unasked_pong_is_nothing(echoing: Live) -> None:
    async with connected(echoing.port) as socket:
        await socket.join()
        socket.write(client_frame(b"x", PONG))
        assert await answers(socket)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (client_frame(HELLO, mask=None), 1002),
        (client_frame(HELLO, bits=0x40), 1002),
        (client_frame(HELLO, 5), 1002),
        (client_frame(b"x" * 200, PING), 1002),
        (client_frame(b"x", PING, fin=False), 1002),
        (client_frame(b"x", 0), 1002),
        (client_frame(b'42["\xff\xfe"]'), 1007),
        (client_frame(b'42["\xed\xa0\x80"]'), 1007),
        (
            client_frame(b"4", fin=False) + client_frame(b"\xc3", 0, fin=False) + client_frame(b"\x28", 0),
            1007,
        ),
        (client_frame(b"\x03", CLOSE), 1002),
        (client_frame((1005).to_bytes(2, "big"), CLOSE), 1002),
        (client_frame((1000).to_bytes(2, "big") + b"\xff", CLOSE), 1007),
        (client_frame(b"4" * 1001), 1009),
        (client_frame(b"4" * 600, fin=False) + client_frame(b"4" * 600, 0), 1009),
        (client_frame(b"4abc"), 1008),
        (client_frame(b"9"), 1008),
    ],
)
async def test_each_violation_has_its_close_code(data: bytes, code: int) -> None:
    async with (
        live(fast=True, max_payload=1000) as link,
        connected(link.port) as broken,
        connected(link.port) as other,
    ):
        await broken.join()
        await other.join()
        broken.write(client_frame(b'42["before"]') + data + client_frame(b'42["after"]'))
        assert (await broken.closed()).code == code
        link.outbox.emit("unharmed")
        assert await other.hear() == '42["unharmed"]'


async def test_a_message_of_just_the_limit_is_taken() -> None:
    async with live(fast=True, max_payload=1000) as link, connected(link.port) as socket:
        link.sio.on("hello", lambda sid, text: len(text))
        await socket.join()
        socket.say('421["hello","' + "x" * 985 + '"]')
        assert await socket.hear() == "431[985]"


@pytest.mark.parametrize("code", [1000, 1001, 3000, 4999, None])
async def test_a_close_is_answered_with_its_code(echoing: Live, code: int | None) -> None:
    async with connected(echoing.port) as socket:
        await socket.join()
        payload = b"" if code is None else code.to_bytes(2, "big") + "안녕".encode()
        socket.write(client_frame(payload, CLOSE))
        assert (await socket.closed()).code == (code or 1005)
        assert await socket.reader.read() == b""


async def test_binary_goes_both_ways(echoing: Live) -> None:
    async with connected(echoing.port) as socket:
        await socket.join()
        socket.say('451-1["hello",{"_placeholder":true,"num":0}]')
        socket.write(client_frame(b"\x01", BINARY, fin=False) + client_frame(b"\x02", 0))
        assert await socket.hear() == '461-1[{"_placeholder":true,"num":0}]'
        assert await socket.frame() == (BINARY, b"\x01\x02")


async def test_a_path_of_nobody_is_refused(echoing: Live) -> None:
    async with connected(echoing.port, "/elsewhere") as socket:
        assert socket.status in (403, 404, 500)


async def test_a_flood_leaves_the_others_their_turn(echoing: Live) -> None:
    flood, taken = 5_000, []
    echoing.sio.on("say", lambda sid, who: taken.append(who))
    async with connected(echoing.port) as loud, connected(echoing.port) as quiet:
        for socket in (loud, quiet):
            await socket.join()
        loud.write(client_frame(b'42["say","loud"]') * flood)
        quiet.say('42["say","quiet"]')
        await eventually_async(lambda: len(taken) == flood + 1)
        assert taken.index("quiet") < flood
        assert await answers(loud)


async def test_a_flood_ends_as_it_would_have_ended(echoing: Live) -> None:
    taken: list[int] = []
    echoing.sio.on("count", lambda sid, number: taken.append(number))
    async with connected(echoing.port) as socket:
        await socket.join()
        stream = b"".join(client_frame(f'42["count",{number}]'.encode()) for number in range(1000))
        socket.write(stream + client_frame(b"x", 5) + client_frame(b'42["count",-1]'))
        assert (await socket.closed()).code == 1002
    assert taken == list(range(1000))


@settings(max_examples=40)
@given(
    st.lists(
        st.binary(max_size=40) | st.sampled_from([client_frame(b"42"), client_frame(HELLO)]), max_size=30
    )
)
def test_no_bytes_are_more_than_a_closed_connection(pieces: list[bytes]) -> None:
    """Whatever comes in, nothing is raised into the event loop, and the handlers are told of the end once."""

    async def run() -> None:
        link = build(fast=True, cors_origins="*")
        ends: list[str] = []
        link.sio.on("hello", lambda sid, *arguments: arguments)
        link.sio.on("disconnect", lambda sid, reason: ends.append(reason))
        config = uvicorn.Config(socketio.ASGIApp(link.sio), log_config=None)
        config.load()
        socket = FastWebSocket(config, ServerState(), {})
        socket.connection_made(Sink())
        socket.data_received(REQUEST)
        await eventually_async(lambda: socket.session is not None)
        socket.data_received(client_frame(b"40"))
        await eventually_async(lambda: list(link.sio.manager.get_participants("/", None)))
        for piece in pieces:
            socket.data_received(piece)
        await asyncio.sleep(0)
        socket.connection_lost(None)
        await eventually_async(lambda: ends)
        await link.close(0.1)
        assert len(ends) == 1

    asyncio.run(run())
