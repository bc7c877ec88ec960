"""The stage of a play: a seat, a server, Ada on the left and Bora on the right, each with an app of their own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from presence_desktop.protocol.rest import Register
from tests.e2e.person import Person
from tests.e2e.reader import Reader
from tests.e2e.seat import Seat, seat
from tests.fakes import new_account, new_database
from tests.fakes.daemon import Daemon, accepts, free_port

PASSWORD = "correct horse battery"


class Stage:
    """The seat, the server, Ada and Bora."""

    def __init__(self, place: Path, taken: Seat) -> None:
        self.place, self.seat = place, taken
        self.port = free_port()
        data = place / "server"
        serve = [sys.executable, "-m", "presence_desktop", "server", "serve", "--data-dir", str(data)]
        self.server = Daemon(
            [*serve, "--port", str(self.port)], lambda: accepts(self.port), place / "server.log"
        )
        new_database.lay(data / "presence.db")
        for name in ("ada", "bora"):
            wanted = Register(email=f"{name}@example.org", username=name.title(), password=PASSWORD)
            new_account.make(data, {}, wanted)
        self.reader = Reader(taken.variables["DBUS_SESSION_BUS_ADDRESS"])
        self.ada = Person(taken, self.reader, place / "ada", 5)
        self.bora = Person(taken, self.reader, place / "bora", 1005)


@contextmanager
def staged(place: Path, *, hangul: bool = False) -> Iterator[Stage]:
    """A stage with everything on it, cleared at the end; with `hangul` people can type Korean."""
    with seat() as taken:
        if hangul:
            taken.take_hangul()
        made = Stage(place, taken)
        try:
            made.server.start()
            yield made
        finally:
            for person in (made.ada, made.bora):
                person.kill_app()
            made.server.kill()
            made.reader.close()


def sign_in(person: Person, name: str, port: int) -> None:
    """Sign in on the first page."""
    person.start_app()
    person.click_on("I have an account: sign in")
    person.see("Welcome back")
    person.type_into("Server address", f"127.0.0.1:{port}")
    person.type_into("E-mail address", f"{name.lower()}@example.org")
    person.type_into("Password", PASSWORD)
    person.press("Return")
    person.see(f"{name}, you are: Online")
