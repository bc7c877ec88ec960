"""No two signs in the rail say the same, and what they say can be guessed from the name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.gui.server_marks import marks, shades

SKY = "sky@example.org"


def of(*names: str) -> list[str]:
    return marks([(name, SKY) for name in names])


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("This computer",), ["TC"]),
        (("studio.example.org",), ["ST"]),
        (("www.lab.org:4000",), ["LA"]),
        (("이하늘의 컴퓨터", "연구실"), ["이컴", "연구"]),
        (("192.168.0.12", "192.168.0.40"), [".12", ".40"]),
        (("192.168.0.1", "192.168.1.1"), ["0.1", "1.1"]),
        (("10.0.0.1", "192.168.0.1"), ["10", "192"]),
        (("192.168.0.7", "192.168.0.7:3002"), [".7", ":3002"]),
        (("This computer", "This computer:8080"), ["TC", ":8080"]),
        (("chat.example.org", "chat.other.org"), ["CE", "CO"]),
        (("Studio Seoul", "Studio Busan", "Sunset Studio Seoul"), ["SS", "SB", "SSS"]),
        (("fe80::1", "fe80::2f"), ["1", "2f"]),
        (("--", "!"), ["--", "!"]),
    ],
)
def test_signs_say_what_tells_servers_apart(names: tuple[str, ...], said: list[str]) -> None:
    assert of(*names) == said


def test_two_accounts_on_one_server_show_whose_they_are() -> None:
    assert marks([("lab.org", "ada@x.org"), ("lab.org", "bob@x.org")]) == ["LA", "LB"]
    assert marks([("lab.org", "ada@x.org"), ("lab.org", "abe@x.org")]) == ["1", "2"]
    assert marks([]) == []


def test_each_server_has_a_colour_of_its_own_in_whatever_order_they_stand() -> None:
    servers = ["http://a", "http://b", "http://a", "https://c.d", "http://i"]
    given = dict(zip(servers, shades(servers, 8), strict=True))
    assert len(set(given.values())) == 4
    assert shades(servers[::-1], 8) == [given[server] for server in servers[::-1]]
    assert shades(servers, 2)[0] in (0, 1)  # more servers than colours
    assert shades([], 8) == []


NAMES = st.one_of(
    st.ip_addresses().map(str),
    st.builds(
        "{}.{}".format, st.sampled_from(("chat", "www.chat", "lab")), st.sampled_from(("a.org", "b.org"))
    ),
    st.text(min_size=1, max_size=9),
    st.builds("192.168.0.{}:{}".format, st.integers(1, 3), st.integers(3000, 3003)),
)


@given(st.lists(st.tuples(NAMES, st.sampled_from(("ada@x", "abe@x", "bob@x", ""))), max_size=9))
def test_whatever_they_are_called_none_is_empty_or_long(accounts: list[tuple[str, str]]) -> None:
    said = marks(accounts)
    assert len(said) == len(accounts)
    assert all(0 < len(mark) <= 5 for mark in said)
