"""The live link as its handlers and clients see it: the same on both transports."""

import asyncio
import logging
from typing import Any

import orjson
import pytest
from socketio.exceptions import ConnectionRefusedError as Refusal

from presence_desktop.server.transport.live import realtime
from tests.server.transport.raw_socket import Poller, connected, request
from tests.server.transport.serving import Live, live
from tests.waiting import eventually_async


class TestConnecting:
    async def test_a_refusal_carries_its_data(self, link: Live) -> None:
        async def connect(sid: str, environ: dict[str, Any], auth: Any) -> None:
            raise Refusal("Sign in first.", {"code": "token_missing"})

        link.sio.on("connect", connect)
        async with connected(link.port) as socket:
            await socket.hear()
            socket.say("40")
            assert await socket.hear() == '44{"message":"Sign in first.","data":{"code":"token_missing"}}'
            socket.say('42["late"]')
            await socket.closed()

    async def test_a_handler_that_fails_refuses(self, link: Live, caplog: pytest.LogCaptureFixture) -> None:
        def connect(sid: str, environ: dict[str, Any], auth: Any) -> None:
            raise KeyError("bug")

        link.sio.on("connect", connect)
        async with connected(link.port) as socket:
            await socket.hear()
            with caplog.at_level(logging.CRITICAL, "presence"):
                socket.say("40")
                answer = str(await socket.hear())
        assert answer.startswith("44")
        assert orjson.loads(answer[2:])["data"] == {"code": "server_error"}

    async def test_a_handler_may_say_no(self, link: Live) -> None:
        link.sio.on("connect", lambda sid, environ, auth: False)
        async with connected(link.port) as socket:
            await socket.hear()
            socket.say("40")
            assert str(await socket.hear()).startswith("44")

    async def test_the_handler_sees_the_request(self, link: Live) -> None:
        seen: list[Any] = []
        link.sio.on("connect", lambda sid, environ, auth: seen.append((environ, auth)))
        async with connected(link.port, headers="User-Agent: me\r\nX-Forwarded-For: 1.2.3.4\r\n") as socket:
            sid = await socket.join('{"token":"t"}')
            environ, auth = seen[0]
            assert auth == {"token": "t"}
            assert environ["REMOTE_ADDR"] == "127.0.0.1"
            assert environ["HTTP_USER_AGENT"] == "me"
            assert environ["HTTP_X_FORWARDED_FOR"] == "1.2.3.4"
            assert environ["asgi.scope"]["client"][1] == socket.writer.get_extra_info("sockname")[1]
            assert link.sio.get_environ(sid) is environ
            assert link.sio.transport(sid) == "websocket"

    async def test_what_is_told_while_asking_comes_after_the_answer(self, link: Live) -> None:
        async def connect(sid: str, environ: dict[str, Any], auth: Any) -> None:
            link.outbox.emit("first", 1, sid)
            await link.sio.emit("second", 2, to=sid)
            await asyncio.sleep(0)
            link.outbox.emit("third", 3, sid)

        link.sio.on("connect", connect)
        async with connected(link.port) as socket:
            await socket.join()
            assert [await socket.hear_event() for _ in range(3)] == [
                ["first", 1],
                ["second", 2],
                ["third", 3],
            ]

    async def test_nothing_reaches_who_was_not_accepted(self, link: Live) -> None:
        asked, decide = asyncio.Event(), asyncio.Event()

        async def connect(sid: str, environ: dict[str, Any], auth: Any) -> bool:
            await link.sio.enter_room(sid, "room")
            link.outbox.emit("secret", None, sid)
            asked.set()
            await decide.wait()
            return False

        link.sio.on("connect", connect)
        async with connected(link.port) as socket:
            await socket.hear()
            socket.say("40")
            await asked.wait()
            link.outbox.emit("secret")
            link.outbox.emit("secret", None, "room")
            await link.sio.emit("secret")
            await link.sio.emit("secret", to="room")
            decide.set()
            assert str(await socket.hear()).startswith("44")
            socket.say("1")
            assert str((await socket.closed()).code) in ("1000", "1005", "None")

    async def test_what_comes_while_asking_waits(self, link: Live) -> None:
        decide = asyncio.Event()

        async def connect(sid: str, environ: dict[str, Any], auth: Any) -> None:
            await decide.wait()

        link.sio.on("connect", connect)
        link.sio.on("hello", lambda sid, *arguments: "back")
        async with connected(link.port) as socket:
            await socket.hear()
            socket.say("40")
            for number in range(200):
                socket.say(f'42{number}["hello"]')
            await socket.writer.drain()
            decide.set()
            assert str(await socket.hear()).startswith("40{")
            assert [await socket.hear() for _ in range(200)] == [
                f'43{number}["back"]' for number in range(200)
            ]


class TestHandlers:
    @pytest.mark.parametrize("asynchronous", [True, False])
    async def test_answers(self, link: Live, asynchronous: bool) -> None:
        if asynchronous:

            async def hello(sid: str, *arguments: Any) -> Any:
                return arguments

            link.sio.on("hello", hello)
        else:
            link.sio.on("hello", lambda sid, *arguments: arguments)
        async with connected(link.port) as socket:
            await socket.join()
            socket.say('421["hello",1,{"a":2}]')
            assert await socket.hear() == '431[1,{"a":2}]'
            socket.say('42["hello"]')
            socket.say('422["hello"]')
            assert await socket.hear() == "432[]"

    async def test_a_failing_handler_is_answered_by_the_hook(self, link: Live) -> None:
        failed: list[tuple[str, str]] = []

        def on_error(sid: str, event: str, error: Exception) -> dict[str, Any]:
            failed.append((event, str(error)))
            return {"success": False}

        async def later(sid: str) -> None:
            raise ValueError("later")

        def at_once(sid: str) -> None:
            raise ValueError("at once")

        link.realtime.on_error(on_error)
        link.sio.on("later", later)
        link.sio.on("at_once", at_once)
        async with connected(link.port) as socket:
            await socket.join()
            socket.say('421["later"]')
            assert await socket.hear() == '431[{"success":false}]'
            socket.say('422["at_once"]')
            assert await socket.hear() == '432[{"success":false}]'
        assert failed == [("later", "later"), ("at_once", "at once")]

    async def test_unknown_events_go_to_the_catch_all(self, link: Live) -> None:
        link.sio.on("known", lambda sid: "known")
        link.sio.on("*", lambda event, sid, *arguments: ["unknown", event])
        async with connected(link.port) as socket:
            await socket.join()
            for number, event in enumerate(["known", "other", "*"]):
                socket.say(f'42{number}["{event}"]')
            answers = {await socket.hear() for _ in range(3)}
            assert answers == {'430["known"]', '431[["unknown","other"]]', '432[["unknown","*"]]'}

    async def test_a_client_can_be_asked(self, link: Live) -> None:
        async with connected(link.port) as socket:
            sid = await socket.join()
            question = asyncio.create_task(link.sio.call("how", {"are": "you"}, to=sid, timeout=5))
            assert await socket.hear() == '421["how",{"are":"you"}]'
            socket.say('431["fine"]')
            assert await question == "fine"
            socket.say('439["nobody asked"]')

    async def test_sessions_are_kept(self, link: Live) -> None:
        left: list[Any] = []

        async def disconnect(sid: str, reason: str) -> None:
            left.append((await link.sio.get_session(sid), reason))

        link.sio.on("disconnect", disconnect)
        async with connected(link.port) as socket:
            sid = await socket.join()
            await link.sio.save_session(sid, {"user": 1})
            socket.say("41")
            await eventually_async(lambda: left)
        assert left == [({"user": 1}, realtime.CLIENT_DISCONNECT)]


class TestTelling:
    async def test_rooms(self, link: Live) -> None:
        async with connected(link.port) as one, connected(link.port) as two, connected(link.port) as three:
            sids = [await socket.join() for socket in (one, two, three)]
            link.outbox.enter(sids[0], "room")
            link.outbox.enter(sids[1], "room")
            await link.sio.enter_room(sids[2], "other")
            link.outbox.emit("a", 1, "room")
            link.outbox.emit("b", 2, "room", sids[0])
            link.outbox.emit("c", 3)
            link.outbox.emit("d", 4, skip=sids[1])
            await link.sio.emit("e", 5, to=["room", "other"])
            await link.sio.emit("f", 6, skip_sid=[sids[0], sids[1]])
            link.outbox.leave(sids[0], "room")
            link.outbox.emit("g", 7, "room")
            link.outbox.emit("end")
            heard = []
            for socket in (one, two, three):
                heard.append("")
                while (event := await socket.hear_event())[0] != "end":
                    heard[-1] += event[0]
        assert heard == ["acde", "abceg", "cdef"]
        await eventually_async(lambda: link.sio.rooms(sids[1]) == [])

    async def test_nobody_is_told_of_the_unknown(self, link: Live) -> None:
        link.outbox.emit("x", 1)
        link.outbox.emit("x", 1, "nowhere")
        link.outbox.enter("nobody", "room")
        link.outbox.leave("nobody", "room")
        link.outbox.disconnect("nobody")
        assert not link.outbox.accepted("nobody")

    async def test_order_is_kept_whatever_the_way(self, link: Live) -> None:
        async with connected(link.port) as one, connected(link.port) as two:
            sids = [await socket.join() for socket in (one, two)]
            for sid in sids:
                link.outbox.enter(sid, "presence:1")
                link.outbox.enter(sid, "small")
            expected: list[list[Any]] = [[], []]
            for number in range(200):
                room = (None, "presence:1", "small", sids[0])[number % 4]
                skip = sids[number // 4 % 2] if number % 3 == 0 else None
                if number % 7 == 0:
                    await link.sio.emit("n", number, to=room, skip_sid=skip)
                else:
                    link.outbox.emit("n", number, room, skip)
                for at, sid in enumerate(sids):
                    if sid != skip and (room != sids[0] or at == 0):
                        expected[at].append(["n", number])
            for at, socket in enumerate((one, two)):
                assert [await socket.hear_event() for _ in expected[at]] == expected[at]

    async def test_encoded_once_sent_to_many(self, link: Live) -> None:
        entry = link.outbox.encode("list", {"users": orjson.Fragment(b"[1,2]")})
        poller = await Poller.open(link.port)
        async with connected(link.port) as socket:
            sid = await socket.join()
            await poller.push("40")
            assert (await poller.hear()).startswith("40")
            link.outbox.send(entry, sid)
            link.outbox.send(entry)
            assert await socket.hear() == '42["list",{"users":[1,2]}]'
            assert await socket.hear() == '42["list",{"users":[1,2]}]'
            assert await poller.hear() == '42["list",{"users":[1,2]}]'

    async def test_binary_reaches_everybody(self, link: Live) -> None:
        poller = await Poller.open(link.port)
        async with connected(link.port) as socket:
            await socket.join()
            await poller.push("40")
            await poller.hear()
            link.outbox.emit("b", {"data": b"\x01\x02"})
            for hear in (socket.hear, poller.hear):
                assert await hear() == '451-["b",{"data":{"_placeholder":true,"num":0}}]'
            assert await socket.hear() == b"\x01\x02"
            assert await poller.hear() == "bAQI="

    async def test_namespaces_are_apart(self, fast: bool) -> None:
        async with live(fast=fast, namespaces=("/", "/custom")) as link, connected(link.port) as socket:
            await socket.join()
            socket.say("40/custom,")
            await socket.hear()
            link.outbox.emit("main")
            await link.sio.emit("custom", {"a": 1}, namespace="/custom")
            assert await socket.hear() == '42["main"]'
            assert await socket.hear() == '42/custom,["custom",{"a":1}]'


class TestOrigins:
    async def test_only_named_origins_are_let_in(self, fast: bool) -> None:
        async with live(fast=fast, cors_origins=lambda origin, environ: origin == "https://ours") as link:
            path = "/socket.io/?EIO=4&transport=polling"
            status, head, _ = await request(link.port, "GET", path, headers="Origin: https://ours\r\n")
            assert status == 200
            assert b"access-control-allow-origin: https://ours" in head.lower()
            assert b"allow-credentials" not in head.lower()
            status, _, _ = await request(link.port, "GET", path, headers="Origin: https://theirs\r\n")
            assert status == 400
            async with connected(link.port, headers="Origin: https://theirs\r\n") as socket:
                assert socket.status == 400
            async with connected(link.port, headers="Origin: https://ours\r\n") as socket:
                assert socket.status == 101

    async def test_no_origins_named_is_one_s_own_only(self, fast: bool) -> None:
        async with live(fast=fast, cors_origins=[]) as link:
            path = "/socket.io/?EIO=4&transport=polling"
            own = f"Origin: http://127.0.0.1:{link.port}\r\n"
            assert (await request(link.port, "GET", path, headers=own))[0] == 200
            assert (await request(link.port, "GET", path, headers="Origin: https://theirs\r\n"))[0] == 400
