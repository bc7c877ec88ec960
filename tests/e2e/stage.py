"""The stage of a play: a seat, a server, Ada on the left and Bora on the right, each with an app of their own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.person import Person
from tests.e2e.reader import Reader
from tests.e2e.seat import Seat, seat
from tests.fakes.daemon import Daemon, accepts, free_port

PASSWORD = "correct horse battery"


class Stage:
    """The seat, the server, Ada and Bora."""

    def __init__(self, place: Path, taken: Seat) -> None:
        self.place, self.seat = place, taken
        self.port = free_port()
        data = str(place / "server")
        serve = [sys.executable, "-m", "presence_desktop", "server", "serve", "--data-dir", data]
        self.server = Daemon(
            [*serve, "--port", str(self.port)], lambda: accepts(self.port), place / "server.log"
        )
        for name in ("ada", "bora"):
            add = [sys.executable, "-m", "presence_desktop", "server", "user", "add", f"{name}@example.org"]
            more = ["--username", name.title(), "--password-stdin", "--data-dir", data]
            subprocess.run([*add, *more], input=f"{PASSWORD}\n", text=True, check=True, capture_output=True)
        self.reader = Reader(taken.variables["DBUS_SESSION_BUS_ADDRESS"])
        self.ada = Person(taken, self.reader, place / "ada", 5)
        self.bora = Person(taken, self.reader, place / "bora", 1005)


@contextmanager
def staged(place: Path, *, hangul: bool = False) -> Iterator[Stage]:
    """A stage with everything on it, cleared at the end; with `hangul` people can type Korean."""
    with seat(place) as taken:
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
