"""Socket.IO, protocol 5: every case of the official suite, and what a strict server adds to them."""

import json

import pytest

from tests.server.transport.raw_socket import BINARY, RawSocket, connected


async def joined(socket: RawSocket) -> RawSocket:
    await socket.join()
    assert await socket.hear() == '42["auth",{}]'
    return socket


class TestConnect:
    @pytest.mark.parametrize("payload", ["", '{"token":"123"}'])
    @pytest.mark.parametrize("namespace", ["", "/custom,"])
    async def test_a_namespace_lets_in(self, sio_port: int, namespace: str, payload: str) -> None:
        async with connected(sio_port) as socket:
            await socket.hear()
            socket.say(f"40{namespace}{payload}")
            answer = str(await socket.hear())
            assert answer.startswith(f"40{namespace}")
            assert set(json.loads(answer[2 + len(namespace) :])) == {"sid"}
            assert await socket.hear() == f'42{namespace}["auth",{payload or "{}"}]'

    async def test_an_unknown_namespace_does_not(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await socket.hear()
            socket.say("40/random")
            assert await socket.hear() == '44/random,{"message":"Invalid namespace"}'

    @pytest.mark.parametrize("handshake", ["4abc", "4", "40[]", '40"x"', "40{", '401{"a":1}x'])
    async def test_an_invalid_handshake_closes(self, sio_port: int, handshake: str) -> None:
        async with connected(sio_port) as socket:
            await socket.hear()
            socket.say(handshake)
            await socket.closed()

    async def test_silence_closes(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await socket.hear()
            assert (await socket.frame())[1] == b"2"
            await socket.closed()

    @pytest.mark.parametrize(
        "packet", ['42["message"]', '43["x"]', "41", '451-["m",{"_placeholder":true,"num":0}]']
    )
    async def test_nothing_may_come_before(self, sio_port: int, packet: str) -> None:
        async with connected(sio_port) as socket:
            await socket.hear()
            socket.say(packet)
            await socket.closed()

    async def test_twice_closes(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say("40")
            await socket.closed()


class TestDisconnect:
    async def test_the_main_namespace_is_left_and_the_connection_stands(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say("41")
            assert (await socket.frame())[1] == b"2"

    async def test_a_custom_namespace_is_left_alone(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say("40/custom")
            assert str(await socket.hear()).startswith("40/custom,")
            assert await socket.hear() == '42/custom,["auth",{}]'
            socket.say("41/custom")
            socket.say('42["message","message to main namespace"]')
            assert await socket.hear() == '42["message-back","message to main namespace"]'

    async def test_what_comes_after_leaving_closes(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say("41")
            socket.say('42["message",1]')
            await socket.closed()

    async def test_a_namespace_may_be_joined_again(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say("41")
            socket.say("40")
            assert str(await socket.hear()).startswith("40{")
            assert await socket.hear() == '42["auth",{}]'


class TestMessages:
    async def test_plain(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say('42["message",1,"2",{"3":[true]}]')
            assert await socket.hear() == '42["message-back",1,"2",{"3":[true]}]'

    async def test_plain_acknowledged(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say('42456["message-with-ack",1,"2",{"3":[false]}]')
            assert await socket.hear() == '43456[1,"2",{"3":[false]}]'

    async def test_binary(self, sio_port: int) -> None:
        holders = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}'
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say(f'452-["message",{holders}]')
            socket.say_bytes(b"\x01\x02\x03")
            socket.say_bytes(b"\x04\x05\x06")
            assert await socket.hear() == f'452-["message-back",{holders}]'
            assert await socket.hear() == b"\x01\x02\x03"
            assert await socket.hear() == b"\x04\x05\x06"

    async def test_binary_acknowledged(self, sio_port: int) -> None:
        holders = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}'
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say(f'452-789["message-with-ack",{holders}]')
            socket.say_bytes(b"\x01\x02\x03")
            socket.say_bytes(b"\x04\x05\x06")
            assert await socket.hear() == f"462-789[{holders}]"
            assert await socket.hear() == b"\x01\x02\x03"
            assert await socket.frame() == (BINARY, b"\x04\x05\x06")

    async def test_an_event_without_a_handler_is_passed_over(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say('425["nobody"]')
            socket.say('42["*"]')
            socket.say("42[7]")
            socket.say('42["message",1]')
            assert await socket.hear() == '42["message-back",1]'

    @pytest.mark.parametrize(
        "packet",
        [
            "4abc",
            "42{}",
            '42abc["message-with-ack",1,"2",{"3":[false]}]',
            "42",
            "42[]",
            "42[null]",
            "42[true]",
            '42["message"',
            '42"message"',
            '42["connect"]',
            '42["disconnect","a reason"]',
            "43[]",
            "431{}",
            "41{}",
            '44{"message":"x"}',
            "47",
            "4²",
            '42٣["message"]',
            '4299999999999999999999["message"]',
            '42/elsewhere,["message"]',
            '4565-["message"]',
            '451-["message",{"_placeholder":true,"num":1}]',
        ],
    )
    async def test_what_is_malformed_closes(self, sio_port: int, packet: str) -> None:
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say(packet)
            socket.say_bytes(b"x")
            await socket.closed()

    async def test_text_instead_of_an_attachment_closes(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say('451-["message",{"_placeholder":true,"num":0}]')
            socket.say('42["message"]')
            await socket.closed()

    async def test_an_attachment_of_nothing_closes(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say_bytes(b"x")
            await socket.closed()

    async def test_attachments_that_are_too_large_together_close(self, sio_port: int) -> None:
        async with connected(sio_port) as socket:
            await joined(socket)
            socket.say('453-["message",{"_placeholder":true,"num":0}]')
            socket.say_bytes(b"x" * 600_000)
            socket.say_bytes(b"x" * 600_000)
            await socket.closed()
