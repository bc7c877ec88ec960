"""The opening handshake: what may become a websocket, and what is answered otherwise."""

import pytest

from presence_desktop.server.transport.fast.handshake import Unacceptable, parse, response

KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def request(*, method: str = "GET", version: str = "13", key: str = KEY, target: str = "/a%20b?x=1") -> bytes:
    return (
        f"{method} {target} HTTP/1.1\r\nHost: here\r\nSec-WebSocket-Version: {version}\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
    ).encode()


def test_the_answer_of_the_rfc() -> None:
    upgrade = parse(request())
    answer = upgrade.accepted([(b"date", b"today")])
    assert answer.startswith(b"HTTP/1.1 101 ")
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer
    assert b"date: today\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")
    assert b"xtensions" not in answer


def test_the_request_is_taken_apart() -> None:
    upgrade = parse(request())
    assert (upgrade.path, upgrade.raw_path, upgrade.query) == ("/a b", b"/a%20b", b"x=1")
    assert (b"host", b"here") in upgrade.headers


@pytest.mark.parametrize("version", ["8", "14", "", "13,8"])
def test_another_version_is_told_ours(version: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        parse(request(version=version))
    assert refusal.value.answer.startswith(b"HTTP/1.1 426 ")
    assert b"Sec-WebSocket-Version: 13\r\n" in refusal.value.answer


@pytest.mark.parametrize("key", ["", "short", "dGhlIHNhbXBsZSBub25jZQ", "!" * 24, KEY + KEY])
def test_a_key_that_is_none(key: str) -> None:
    with pytest.raises(Unacceptable) as refusal:
        parse(request(key=key))
    assert refusal.value.answer.startswith(b"HTTP/1.1 400 ")


def test_another_method() -> None:
    with pytest.raises(Unacceptable) as refusal:
        parse(request(method="POST"))
    assert refusal.value.answer.startswith(b"HTTP/1.1 405 ")


def test_a_response_says_its_own_length() -> None:
    answer = response(400, [(b"content-type", b"text/plain"), (b"Content-Length", b"999")], b"no")
    assert answer == (
        b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\nContent-Length: 2\r\n"
        b"Connection: close\r\n\r\nno"
    )
