"""Engine.IO, protocol 4: every case of the official suite, and what a strict server adds to them."""

import asyncio
import json
from collections.abc import Callable

import pytest

from tests.conformance.server import PING_INTERVAL, PING_TIMEOUT
from tests.server.transport.raw_socket import BINARY, Poller, RawSocket, connected, request
from tests.waiting import eventually_async

MOUNT = "/engine.io/"
SOCKET = MOUNT + "?EIO=4&transport=websocket"
IsPolling = Callable[[str], bool]
HANDSHAKE = {"sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"}


def check_handshake(text: str, upgrades: list[str]) -> None:
    assert text[0] == "0"
    handshake = json.loads(text[1:])
    assert set(handshake) == HANDSHAKE
    assert isinstance(handshake["sid"], str)
    assert handshake["upgrades"] == upgrades
    assert (handshake["pingInterval"], handshake["pingTimeout"]) == (300, 200)
    assert handshake["maxPayload"] == 1_000_000


async def upgraded(port: int, session: Poller, socket: RawSocket) -> None:
    socket.say("2probe")
    assert await socket.hear() == "3probe"
    socket.say("5")


class TestHandshake:
    async def test_polling_opens_a_session(self, echo_port: int) -> None:
        status, _, body = await request(echo_port, "GET", MOUNT + "?EIO=4&transport=polling")
        assert status == 200
        check_handshake(body.decode(), ["websocket"])

    async def test_websocket_opens_a_session(self, echo_port: int) -> None:
        async with connected(echo_port, SOCKET) as socket:
            check_handshake(str(await socket.hear()), [])

    @pytest.mark.parametrize(
        "query",
        ["transport=polling", "EIO=abc&transport=polling", "EIO=4", "EIO=4&transport=abc", "", "EIO=3"],
    )
    async def test_polling_refuses_a_wrong_query(self, echo_port: int, query: str) -> None:
        status, _, _ = await request(echo_port, "GET", MOUNT + "?" + query)
        assert status == 400

    @pytest.mark.parametrize(
        "query", ["transport=websocket", "EIO=abc&transport=websocket", "EIO=4", "EIO=4&transport=abc"]
    )
    async def test_websocket_refuses_a_wrong_query(self, echo_port: int, query: str) -> None:
        async with connected(echo_port, MOUNT + "?" + query) as socket:
            assert socket.status == 400

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
    async def test_a_session_is_opened_with_get_only(self, echo_port: int, method: str) -> None:
        status, _, _ = await request(echo_port, method, MOUNT + "?EIO=4&transport=polling")
        assert status == 400

    async def test_jsonp_is_not_spoken(self, echo_port: int) -> None:
        status, _, _ = await request(echo_port, "GET", MOUNT + "?EIO=4&transport=polling&j=0")
        assert status == 400


class TestMessages:
    @pytest.mark.parametrize(
        "payload",
        ["4hello", "4test1\x1e4test2\x1e4test3", "4hello\x1ebAQIDBA==", '4{"a":1}', "4true", "4한글"],
    )
    async def test_polling_echoes(self, echo_port: int, payload: str) -> None:
        session = await Poller.open(echo_port, MOUNT)
        assert await session.push(payload) == (200, "ok")
        assert await session.poll() == (200, payload)

    async def test_polling_takes_as_many_packets_as_fit(self, echo_port: int) -> None:
        session = await Poller.open(echo_port, MOUNT)
        payload = "\x1e".join(f"4{number}" for number in range(300))
        assert await session.push(payload) == (200, "ok")
        assert await session.poll() == (200, payload)

    @pytest.mark.parametrize("payload", ["abc", "", "4ok\x1e", "9", "0{}", "2", "²", "b!"])
    async def test_a_malformed_push_closes_the_session(self, echo_port: int, payload: str) -> None:
        session = await Poller.open(echo_port, MOUNT)
        assert (await session.push(payload))[0] == 400
        assert (await session.poll())[0] == 400

    async def test_a_push_that_is_not_text_closes_the_session(self, echo_port: int) -> None:
        session = await Poller.open(echo_port, MOUNT)
        status, _, _ = await request(echo_port, "POST", session.path, b"4\xff\xfe")
        assert status == 400
        assert (await session.poll())[0] == 400

    async def test_a_push_that_is_too_large_closes_the_session(self, echo_port: int) -> None:
        session = await Poller.open(echo_port, MOUNT)
        assert (await session.push("4" + "x" * 1_000_000))[0] == 400
        assert (await session.poll())[0] == 400

    async def test_a_second_poll_closes_the_session(self, echo_port: int) -> None:
        session = await Poller.open(echo_port, MOUNT)
        first = asyncio.create_task(session.poll())
        second = asyncio.create_task(session.poll())
        answers = sorted([await first, await second])
        assert answers[0] == (200, "1")
        assert answers[1][0] == 400
        assert (await session.poll())[0] == 400

    async def test_a_poll_called_off_closes_the_session(self, echo_port: int, is_polling: IsPolling) -> None:
        session = await Poller.open(echo_port, MOUNT)
        _, writer = await asyncio.open_connection("127.0.0.1", echo_port)
        writer.write(f"GET {session.path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        await eventually_async(lambda: is_polling(session.sid))
        writer.close()
        await writer.wait_closed()
        await eventually_async(lambda: not is_polling(session.sid))
        assert (await session.poll())[0] == 400

    async def test_websocket_echoes_text_and_binary(self, echo_port: int) -> None:
        async with connected(echo_port, SOCKET) as socket:
            await socket.hear()
            socket.say("4hello")
            assert await socket.hear() == "4hello"
            socket.say_bytes(b"\x01\x02\x03\x04")
            assert await socket.frame() == (BINARY, b"\x01\x02\x03\x04")

    @pytest.mark.parametrize("packet", ["abc", "", "9", "0{}", "2", "bAQIDBA=="])
    async def test_a_malformed_packet_closes_the_websocket(self, echo_port: int, packet: str) -> None:
        async with connected(echo_port, SOCKET) as socket:
            await socket.hear()
            socket.say(packet)
            await socket.closed()


class TestHeartbeat:
    async def test_polling_pings(self, echo_port: int) -> None:
        session = await Poller.open(echo_port, MOUNT)
        for _ in range(3):
            assert await session.poll() == (200, "2")
            assert await session.push("3") == (200, "ok")

    async def test_polling_times_out(self, echo_port: int) -> None:
        session = await Poller.open(echo_port, MOUNT)
        await asyncio.sleep(
            PING_INTERVAL + PING_TIMEOUT
        )  # the suite's own wait: it is the time-out that is held
        assert (await session.poll())[0] == 400

    async def test_websocket_pings(self, echo_port: int) -> None:
        async with connected(echo_port, SOCKET) as socket:
            await socket.hear()
            for _ in range(3):
                assert (await socket.frame())[1] == b"2"
                socket.say("3")

    async def test_websocket_times_out(self, echo_port: int) -> None:
        loop = asyncio.get_running_loop()
        async with connected(echo_port, SOCKET) as socket:
            begun = loop.time()
            await socket.hear()
            assert (await socket.frame())[1] == b"2"
            await socket.closed()
            assert PING_INTERVAL <= loop.time() - begun + 0.05 <= PING_INTERVAL + PING_TIMEOUT + 1


class TestClose:
    async def test_polling_closes_by_the_client(self, echo_port: int, is_polling: IsPolling) -> None:
        session = await Poller.open(echo_port, MOUNT)
        poll = asyncio.create_task(session.poll())
        await eventually_async(lambda: is_polling(session.sid))
        assert (await session.push("1"))[0] == 200
        assert await poll == (200, "6")
        assert (await session.poll())[0] == 400

    async def test_websocket_closes_by_the_client(self, echo_port: int) -> None:
        async with connected(echo_port, SOCKET) as socket:
            await socket.hear()
            socket.say("1")
            await socket.closed()


class TestUpgrade:
    async def test_polling_becomes_websocket(self, echo_port: int) -> None:
        session = await Poller.open(echo_port, MOUNT)
        async with connected(echo_port, f"{SOCKET}&sid={session.sid}") as socket:
            socket.say("2probe")
            assert await socket.hear() == "3probe"
            assert await session.poll() == (200, "6")
            socket.say("5")
            socket.say("4hello")
            assert await socket.hear() == "4hello"

    async def test_a_waiting_poll_is_ended(self, echo_port: int, is_polling: IsPolling) -> None:
        session = await Poller.open(echo_port, MOUNT)
        poll = asyncio.create_task(session.poll())
        await eventually_async(lambda: is_polling(session.sid))
        async with connected(echo_port, f"{SOCKET}&sid={session.sid}") as socket:
            socket.say("2probe")
            assert await socket.hear() == "3probe"
            assert await poll == (200, "6")
            socket.say("5")
            socket.say("4hello")
            assert await socket.hear() == "4hello"

    async def test_polls_are_refused_afterwards(self, echo_port: int) -> None:
        session = await Poller.open(echo_port, MOUNT)
        async with connected(echo_port, f"{SOCKET}&sid={session.sid}") as socket:
            await upgraded(echo_port, session, socket)
            socket.say("4hello")
            assert await socket.hear() == "4hello"
            assert (await session.poll())[0] == 400
            assert (await session.push("4lost"))[0] == 400
            socket.say("4again")
            assert await socket.hear() == "4again"

    async def test_a_second_websocket_is_closed(self, echo_port: int) -> None:
        session = await Poller.open(echo_port, MOUNT)
        async with connected(echo_port, f"{SOCKET}&sid={session.sid}") as socket:
            await upgraded(echo_port, session, socket)
            socket.say("4hello")
            assert await socket.hear() == "4hello"
            async with connected(echo_port, f"{SOCKET}&sid={session.sid}") as second:
                assert second.status == 101
                await second.closed()
            socket.say("4again")
            assert await socket.hear() == "4again"

    async def test_what_waited_comes_first(self, echo_port: int) -> None:
        session = await Poller.open(echo_port, MOUNT)
        async with connected(echo_port, f"{SOCKET}&sid={session.sid}") as socket:
            socket.say("2probe")
            assert await socket.hear() == "3probe"
            assert await session.push("4first\x1e4second") == (200, "ok")
            socket.say("5")
            socket.say("4third")
            assert [await socket.hear() for _ in range(3)] == ["4first", "4second", "4third"]

    @pytest.mark.parametrize("words", [["2other"], ["4hello"], ["2probe", "4hello"], ["5"]])
    async def test_a_probe_that_fails_leaves_the_session(self, echo_port: int, words: list[str]) -> None:
        session = await Poller.open(echo_port, MOUNT)
        async with connected(echo_port, f"{SOCKET}&sid={session.sid}") as socket:
            for word in words:
                socket.say(word)
            await socket.closed()
        assert await session.push("4still here") == (200, "ok")
        assert await session.hear() in ("4still here", "6")

    async def test_a_probe_that_vanishes_leaves_the_session(self, echo_port: int) -> None:
        session = await Poller.open(echo_port, MOUNT)
        async with connected(echo_port, f"{SOCKET}&sid={session.sid}") as socket:
            socket.say("2probe")
            assert await socket.hear() == "3probe"
        assert await session.push("4still here") == (200, "ok")
        heard = ""
        async with asyncio.timeout(1):
            while heard != "4still here":
                heard = await session.hear()

    async def test_an_unknown_session_is_refused(self, echo_port: int) -> None:
        async with connected(echo_port, f"{SOCKET}&sid=nobody") as socket:
            assert socket.status == 400
        assert (await Poller(echo_port, "nobody", MOUNT).poll())[0] == 400
        assert (await Poller(echo_port, "nobody", MOUNT).push("4x"))[0] == 400
