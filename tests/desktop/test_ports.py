"""Free ports, and the clock."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from presence_desktop.desktop.clock import SystemClock
from presence_desktop.desktop.ports import first_free_port, is_free, lan_address, lan_addresses

LOOPBACK = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server((LOOPBACK, 0)) as server:
        yield server.getsockname()[1]


def test_a_port_in_use_is_not_free(taken: int) -> None:
    assert not is_free(LOOPBACK, taken)
    assert not is_free("0.0.0.0", taken)


def test_the_first_free_port_lies_behind_those_in_use(taken: int) -> None:
    found = first_free_port(LOOPBACK, taken)
    assert found is not None
    assert taken < found < taken + 100


def test_a_hundred_ports_in_use_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presence_desktop.desktop.ports.is_free", lambda _host, _port: False)
    assert first_free_port(LOOPBACK, 3001) is None


def test_a_port_that_was_just_left_is_free_again() -> None:
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server((LOOPBACK, 0)))
        port = server.getsockname()[1]
        client = stack.enter_context(socket.create_connection((LOOPBACK, port)))
        connection, _ = server.accept()
        connection.close()  # this side waits now
        client.close()
    assert is_free(LOOPBACK, port)


def test_the_networks_address_is_no_loopback() -> None:
    address = lan_address()
    assert address is None or not address.startswith("127.")


def test_the_clock_goes_on() -> None:
    clock = SystemClock()
    before = clock.monotonic()
    assert clock.now() > 1_700_000_000_000
    assert clock.monotonic() >= before


def test_the_addresses_to_hand_out_begin_with_the_one_of_the_way_outside() -> None:
    found, first = lan_addresses(), lan_address()
    assert found[:1] == ((first,) if first else found[:1])
    assert len(set(found)) == len(found) <= 3
    assert not any(address.startswith("127.") for address in found)
