"""Frames of RFC 6455: what is put together, and what is refused with which code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.server.transport.link.frames import (
    BINARY,
    CLOSE,
    CONTINUATION,
    INVALID_DATA,
    PING,
    PONG,
    PROTOCOL_ERROR,
    TEXT,
    TOO_BIG,
    FrameReader,
    Violation,
    close_frame,
    frame,
    read_close,
    unmask,
)
from tests.server.transport.raw_socket import client_frame

LIMIT = 100_000


def read(*pieces: bytes, limit: int = LIMIT) -> tuple[list[tuple[int, bytes]], int | None]:
    """All messages, and the code of the violation."""
    reader = FrameReader(limit)
    messages = [message for piece in pieces for message in reader.feed(piece)]
    return messages, None if reader.violation is None else reader.violation.code


@given(
    messages=st.lists(
        st.tuples(st.sampled_from([TEXT, BINARY]), st.lists(st.binary(max_size=300), min_size=1, max_size=4)),
        max_size=6,
    ),
    pings=st.booleans(),
    step=st.integers(1, 400),
)
def test_messages_arrive_whole_however_they_are_cut(
    messages: list[tuple[int, list[bytes]]], pings: bool, step: int
) -> None:
    stream, expected = b"", []
    for opcode, parts in messages:
        for at, part in enumerate(parts):
            kind = opcode if at == 0 else CONTINUATION
            stream += client_frame(part, kind, fin=at == len(parts) - 1)
            if pings and at < len(parts) - 1:
                stream += client_frame(b"p", PING)
                expected.append((PING, b"p"))
        expected.append((opcode, b"".join(parts)))
    pieces = [stream[at : at + step] for at in range(0, len(stream), step)]
    assert read(*pieces) == (expected, None)


@given(st.binary(max_size=2000), st.binary(min_size=4, max_size=4))
def test_masking_is_its_own_inverse(data: bytes, mask: bytes) -> None:
    assert unmask(unmask(data, mask), mask) == data
    assert unmask(data, mask) == bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536, LIMIT])
def test_every_length_is_read_and_written(size: int) -> None:
    payload = b"x" * size
    assert read(client_frame(payload)) == ([(TEXT, payload)], None)
    written = frame(BINARY, payload)
    assert written == client_frame(payload, BINARY, mask=None)


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        (client_frame(b"hi", mask=None), PROTOCOL_ERROR),
        (client_frame(b"hi", bits=0x40), PROTOCOL_ERROR),
        (client_frame(b"hi", bits=0x20), PROTOCOL_ERROR),
        (client_frame(b"hi", bits=0x10), PROTOCOL_ERROR),
        (client_frame(b"hi", 3), PROTOCOL_ERROR),
        (client_frame(b"hi", 7), PROTOCOL_ERROR),
        (client_frame(b"hi", 11), PROTOCOL_ERROR),
        (client_frame(b"hi", 15), PROTOCOL_ERROR),
        (client_frame(b"x" * 126, PING), PROTOCOL_ERROR),
        (client_frame(b"x", PING, fin=False), PROTOCOL_ERROR),
        (client_frame(b"x", CLOSE, fin=False), PROTOCOL_ERROR),
        (client_frame(b"x", CONTINUATION), PROTOCOL_ERROR),
        (client_frame(b"a", fin=False) + client_frame(b"b"), PROTOCOL_ERROR),
        (client_frame(b"a", fin=False) + client_frame(b"b", BINARY), PROTOCOL_ERROR),
        (b"\x81\xfe\x00\x7d" + b"\0" * 4, PROTOCOL_ERROR),
        (b"\x81\xff" + (65535).to_bytes(8, "big"), PROTOCOL_ERROR),
        (b"\x81\xff" + (1 << 63).to_bytes(8, "big"), PROTOCOL_ERROR),
        (b"\x81\xff" + (LIMIT + 1).to_bytes(8, "big"), TOO_BIG),
        (client_frame(b"x" * LIMIT, fin=False) + b"\x00\x81", TOO_BIG),
    ],
)
def test_a_broken_stream_is_refused(stream: bytes, code: int) -> None:
    assert read(client_frame(b"before"), stream, client_frame(b"after")) == ([(TEXT, b"before")], code)


def test_a_size_is_refused_before_it_is_read() -> None:
    assert read(b"\x81\xff" + (10**12).to_bytes(8, "big")) == ([], TOO_BIG)


def test_control_frames_may_come_between_the_pieces_of_a_message() -> None:
    stream = client_frame(b"a", fin=False) + client_frame(b"!", PING) + client_frame(b"?", PONG)
    stream += client_frame(b"b", CONTINUATION, fin=False) + client_frame(b"", CONTINUATION)
    assert read(stream) == ([(PING, b"!"), (PONG, b"?"), (TEXT, b"ab")], None)


@pytest.mark.parametrize("code", [1000, 1001, 1003, 1007, 1011, 1014, 3000, 4999])
def test_close_codes_that_may_be_sent(code: int) -> None:
    assert read_close(code.to_bytes(2, "big") + "이유".encode()) == code


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535])
def test_close_codes_that_may_not_be_sent(code: int) -> None:
    with pytest.raises(Violation) as violation:
        read_close(code.to_bytes(2, "big"))
    assert violation.value.code == PROTOCOL_ERROR


@pytest.mark.parametrize(("payload", "code"), [(b"\x03", PROTOCOL_ERROR), (b"\x03\xe8\xff", INVALID_DATA)])
def test_close_payloads_that_are_none(payload: bytes, code: int) -> None:
    with pytest.raises(Violation) as violation:
        read_close(payload)
    assert violation.value.code == code


def test_a_close_frame_without_a_code() -> None:
    assert read_close(b"") == 1005


def test_a_close_reason_is_cut_between_characters() -> None:
    text = close_frame(1000, "한" * 100)[4:]
    assert len(text) == 123
    assert text.decode() == "한" * 41
