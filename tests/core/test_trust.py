"""What is known of a server, and how a key's fingerprint is written."""

import pytest

from presence_desktop.core.trust import (
    Guard,
    Known,
    MemoryPins,
    Pins,
    read_fingerprint,
    shown_fingerprint,
)

SERVER = "https://chat.example.org"
KEY = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    "text", [KEY, KEY.upper(), ":".join(KEY[at : at + 2] for at in range(0, 64, 2)), f" {KEY}\n"]
)
def test_a_fingerprint_is_read_however_it_is_written(text: str) -> None:
    assert read_fingerprint(text) == KEY


@pytest.mark.parametrize("text", ["", KEY[1:], KEY + "0", "g" * 64, "٠" * 64])
def test_anything_else_is_none(text: str) -> None:
    assert read_fingerprint(text) is None


def test_what_is_shown_can_be_read_again() -> None:
    shown = shown_fingerprint(KEY)
    assert shown.startswith("0123 4567 89ab cdef ")
    assert read_fingerprint(shown) == KEY


def test_the_last_word_on_a_server_counts() -> None:
    pins: Pins = MemoryPins()
    assert pins.known(SERVER) is None
    pins.allow_plain(SERVER)
    assert pins.known(SERVER) == Known(Guard.PLAIN)
    pins.vouch(SERVER)
    assert pins.known(SERVER) == Known(Guard.SYSTEM)
    pins.trust(SERVER, KEY)
    assert pins.known(SERVER) == Known(Guard.KEY, KEY)
    pins.forget(SERVER)
    pins.forget(SERVER)
    assert pins.known(SERVER) is None
