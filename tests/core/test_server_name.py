"""A server's own name is shown as one line that cannot pretend to be anything else."""

import pytest

from presence_desktop.core import incoming
from presence_desktop.core.connection import Connection
from presence_desktop.core.server_name import server_name
from tests.core.world import ME, SERVER, World


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("민지네 연구실", "민지네 연구실"),
        ("  Lab \n\t 7 ", "Lab 7"),
        ("a\u202eb\u0000c", "a b c"),
        ("x" * 59 + " yz", "x" * 59),
        ("\u200b", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_name_is_one_line_of_what_can_be_seen(told: str | None, shown: str) -> None:
    assert server_name(told) == shown


def test_the_link_tells_it_and_it_outlasts_the_link() -> None:
    connection = Connection()
    connection.up("Lab")
    connection.signed_out(None)
    assert connection.server_name == "Lab"
    connection.up(None)
    assert connection.server_name == ""


def test_what_is_known_stays_where_one_comes_back_to_and_not_where_one_goes_instead() -> None:
    world = World()
    world.client.connection.server_name = "Lab"
    world.client.resume(SERVER, ME.email)
    world.client.apply([incoming.SignedIn(SERVER, ME)])
    assert world.client.connection.server_name == "Lab"
    world.client.apply([incoming.SignedOut()])
    world.client.sign_in("http://elsewhere.example", ME.email, "p")
    world.client.apply([incoming.SignedIn("http://elsewhere.example", ME)])
    assert world.client.connection.server_name == ""
