"""The link that lets somebody join: what is one, and what is none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.core.join_link import JoinLink, read_join_link, write_join_link

HERE = "http://192.168.0.12:3001"
CHAT = "https://chat.example.org"
KEY = "ab" * 32


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("presence://join/?server=http://192.168.0.12:3001&invite=a-b_c", JoinLink((HERE,), "a-b_c")),
        ("presence://join?server=http%3A%2F%2F192.168.0.12%3A3001", JoinLink((HERE,))),
        ("presence://join/?server=https://chat.example.org", JoinLink((CHAT,))),
        (
            f"presence://join/?server={CHAT}&server={HERE}&server={CHAT}&invite=a&key={KEY}&until=1763899200000",
            JoinLink((CHAT, HERE), "a", KEY, 1763899200000),
        ),
        (f"presence://join/?server={CHAT}&key={'AB:' * 31}AB", JoinLink((CHAT,), key=KEY)),
    ],
)
def test_a_link_says_where_and_with_which_invite(text: str, link: JoinLink) -> None:
    assert read_join_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://join/?server=192.168.0.12",
        "presence://leave/?server=192.168.0.12",
        "presence://join/more?server=192.168.0.12",
        "presence://join/?invite=abc",
        "presence://join/?server=file:///etc/passwd",
        "presence://[join/?server=192.168.0.12",
        "presence://join/?server=192.168.0.12\n&invite=abc",
        f"presence://join/?server=192.168.0.12&invite={'a' * 201}",
        f"presence://join/?server=192.168.0.12&invite={'a' * 1000}",
        "presence://join/?server=a" + "&b=c" * 20,
        f"presence://join/?server={CHAT}&server=file:///etc/passwd",
        "presence://join/?" + "&".join(f"server=a{number}" for number in range(6)),
        f"presence://join/?server={CHAT}&key=abc",
        f"presence://join/?server={CHAT}&key={'g' * 64}",
        f"presence://join/?server={CHAT}&until=soon",
        f"presence://join/?server={CHAT}&until=-5",
        f"presence://join/?server={CHAT}&until=9999999999999999",
    ],
)
def test_anything_else_is_no_link(text: str) -> None:
    assert read_join_link(text) is None


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    read_join_link(text)
    read_join_link(f"presence://{text}")
    read_join_link(f"presence://join/?server={text}")


@pytest.mark.parametrize(
    "link",
    [
        JoinLink((HERE,), "a b&c=d/한"),
        JoinLink((CHAT,)),
        JoinLink((CHAT, HERE), "a", KEY, 5),
        JoinLink((CHAT,), "a", KEY, 5, "민지네 & co"),
    ],
)
def test_what_was_written_is_read(link: JoinLink) -> None:
    assert read_join_link(write_join_link(link)) == link


def test_a_name_is_only_told_where_there_is_room_for_it() -> None:
    many = tuple(f"https://chat{number}.example.org:44{number}3" for number in range(5))
    link = JoinLink(many, "a" * 190, KEY, 10**13, "한" * 60)
    assert read_join_link(write_join_link(link)) == replace(link, name="")


def test_a_name_that_pretends_is_no_harm() -> None:
    read = read_join_link("presence://join/?server=192.168.0.12&name=%E2%80%AELab%0A7")
    assert read is not None
    assert read.name == "Lab 7"


def test_the_invite_stays_out_of_logs() -> None:
    assert "geheim" not in repr(JoinLink((HERE,), "geheim"))


def test_it_is_over_when_its_time_has_come() -> None:
    assert not JoinLink((HERE,)).is_over(10**13)
    assert not JoinLink((HERE,), until=1000).is_over(999)
    assert JoinLink((HERE,), until=1000).is_over(1000)


def test_the_first_address_is_the_one_to_show() -> None:
    assert JoinLink((CHAT, HERE)).server == CHAT
