"""What servers say of themselves in the network, and what of it is believed: hostile records are not shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.core.nearby import (
    Announcement,
    NearbyServer,
    instance_name,
    read_nearby,
    write_text,
)

KEY = "0123456789abcdef" * 4
TOLD = Announcement("하늘 컴퓨터", 3001, ("192.168.0.12", "10.0.0.7"), KEY, "1.2.3")
GOOD = {b"name": "하늘 컴퓨터".encode(), b"version": b"1.2.3", b"tls": b"1", b"key": KEY.encode()}
HOST = ["192.168.0.12"]


def test_what_is_written_is_read() -> None:
    text = {name.encode(): value.encode() for name, value in write_text(TOLD).items()}
    urls = ("https://192.168.0.12:3001", "https://10.0.0.7:3001")
    assert read_nearby(text, TOLD.addresses, TOLD.port) == NearbyServer("하늘 컴퓨터", urls, KEY, "1.2.3")


def test_a_server_without_encryption_is_said_to_be_one() -> None:
    plain = Announcement("Lab", 80, ("10.0.0.7",), None, "")
    text = {name.encode(): value.encode() for name, value in write_text(plain).items()}
    assert read_nearby(text, plain.addresses, 80) == NearbyServer("Lab", ("http://10.0.0.7:80",), None, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {b"name": b""},
        {b"name": None},
        {b"name": b"\xff\xfe"},
        {b"name": b"two\nlines"},
        {b"name": "right\u202eleft".encode()},
        {b"name": b"x" * 61},
        {b"version": b"\x00"},
        {b"tls": b"yes"},
        {b"tls": b"0"},
        {b"key": None},
        {b"key": b"short"},
        {b"key": b"\xe2\x82\xac" * 30},
    ],
)
def test_what_is_not_exactly_right_is_not_shown(wrong: dict[bytes, bytes | None]) -> None:
    assert read_nearby({**GOOD, **wrong}, HOST, 3001) is None


@pytest.mark.parametrize("port", [None, 0, -1, 65536])
def test_a_port_that_is_none_is_not_shown(port: int | None) -> None:
    assert read_nearby(GOOD, HOST, port) is None


def test_only_addresses_of_computers_are_taken_and_a_few_of_them() -> None:
    strange = ["nonsense", "224.0.0.1", "0.0.0.0", "255.255.255.255", "fe80::1", "10.0.0.1/evil"]
    assert read_nearby(GOOD, strange, 3001) is None
    many = [f"10.0.0.{number}" for number in range(9)]
    found = read_nearby(GOOD, [*strange, "10.0.0.0", *many], 3001)
    assert found is not None
    assert found.servers == tuple(f"https://10.0.0.{number}:3001" for number in range(4))


@given(st.dictionaries(st.sampled_from([*GOOD, b"x"]), st.none() | st.binary(max_size=255)), st.integers())
def test_nothing_that_a_record_holds_does_harm(text: dict[bytes, bytes | None], port: int) -> None:
    found = read_nearby({**GOOD, **text}, HOST, port)
    assert found is None or (found.name.isprintable() and len(found.name) <= 60)


@pytest.mark.parametrize(
    ("name", "instance"),
    [("a.b  c", "a b c"), ("...", "Presence"), ("가" * 40, "가" * 20)],
)
def test_the_services_name_is_one_short_label(name: str, instance: str) -> None:
    assert instance_name(Announcement(name, 1, (), None, "")) == instance
