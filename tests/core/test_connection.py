"""The states of the link, full jitter, what a device says of itself, and addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.core.activity import device_state, is_news
from presence_desktop.core.address import server_url
from presence_desktop.core.changes import Changes
from presence_desktop.core.connection import BACKOFF_CAP_SECONDS, Connection, LinkState, backoff
from presence_desktop.protocol.errors import Code


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_a_wait_lies_between_nothing_and_its_ceiling(attempt: int, chance: float) -> None:
    assert 0 <= backoff(attempt, lambda: chance) <= BACKOFF_CAP_SECONDS


def test_waits_use_their_whole_range_and_grow_to_the_cap() -> None:
    assert [backoff(attempt, lambda: 0.0) for attempt in range(3)] == [0, 0, 0]
    ceilings = [backoff(attempt, lambda: 1.0) for attempt in range(6)]
    assert ceilings == sorted(ceilings)
    assert ceilings[-1] == BACKOFF_CAP_SECONDS


def test_the_link_from_sign_in_to_sign_out() -> None:
    link = Connection()
    assert (link.state, link.signed_in) == (LinkState.SIGNED_OUT, False)
    link.signing_in()
    assert not link.signed_in
    link.connecting()
    assert link.signed_in
    link.lost(Code.UNREACHABLE, 77)
    assert (link.state, link.reason, link.next_try_at) == (LinkState.LOST, Code.UNREACHABLE, 77)
    link.trying()
    assert (link.state, link.next_try_at) == (LinkState.LOST, None)
    link.up()
    assert (link.state, link.reason, link.link_known) == (LinkState.ONLINE, None, False)
    link.pictured()
    assert link.link_known
    link.signed_out(Code.TOKEN_REVOKED)
    assert (link.state, link.link_known, link.reason) == (LinkState.SIGNED_OUT, False, Code.TOKEN_REVOKED)


def test_changes_that_changed_nothing_are_false() -> None:
    assert not Changes()
    assert Changes(people=frozenset({1}))


@pytest.mark.parametrize(("seconds", "sent"), [(None, None), (-5, 0), (0, 0), (300, 300), (10**12, 10**9)])
def test_a_device_s_state_stays_within_the_wire_s_bounds(seconds: int | None, sent: int | None) -> None:
    assert device_state(seconds, locked=True).idle_seconds == sent


def test_a_locked_device_is_news_even_at_first() -> None:
    assert is_news(None, device_state(None, locked=True))
    assert is_news(None, device_state(300, locked=False))
    assert not is_news(None, device_state(None, locked=False))


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("example.org", "https://example.org:3001"),
        (" 192.168.0.5:4000/ ", "https://192.168.0.5:4000"),
        ("localhost", "http://localhost:3001"),
        ("127.0.0.1:4000", "http://127.0.0.1:4000"),
        ("http://example.org", "http://example.org"),
        ("https://example.org:8443/", "https://example.org:8443"),
        ("[::1]:3001", "http://[::1]:3001"),
        ("HTTP://EXAMPLE.org", "http://example.org"),
        ("", None),
        ("   ", None),
        ("ftp://example.org", None),
        ("http://", None),
        ("a b", None),
        ("example.org:99999", None),
        ("example.org/path", None),
        ("user:pw@example.org", None),
        ("http://[", None),
        ("https://example.org?x=1", None),
    ],
)
def test_an_address_as_people_type_it(typed: str, url: str | None) -> None:
    assert server_url(typed) == url
