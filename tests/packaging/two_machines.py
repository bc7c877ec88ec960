"""`make package-test`: from the installer to people who see each other online, by the clock, on two clean machines.

Takes the .deb of dist/. Ada installs it and hosts; Bora installs it, finds Ada's server in the network by itself and
joins with the invite's code; Carl, at Bora's machine, joins by clicking on the invite's link. Then Ada's package is
upgraded and removed, and what people wrote is there still. Root, some minutes; pictures go to out/two-machines/.
"""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.person import Person
from tests.e2e.reader import Reader
from tests.packaging.machine import Machine, two_machines
from tests.packaging.older import older

PASSWORD = "correct horse battery"
MOST_SECONDS, MOST_CLICKS = 120, 6
PICTURES = Path("out", "two-machines")
LEFT, RIGHT = 5, 1005


class Somebody(Person):
    """A person at a clean machine, whose clicks are counted."""

    def __init__(self, machine: Machine, name: str, left: int, *words: str) -> None:
        self.machine, self.name, self.clicks = machine, name, 0
        reader = Reader(machine.seat.variables["DBUS_SESSION_BUS_ADDRESS"])
        super().__init__(
            machine.seat, reader, machine.folder / name, left, machine.inside("presence-desktop", *words)
        )
        self.end_reading = reader.close

    def click_on(self, *parts: str) -> None:
        """Click, and count it."""
        super().click_on(*parts)
        self.clicks += 1

    def fill_in(self, *lines: str) -> None:
        """Type into one field after the other, from the one that has the keyboard on, and finish."""
        for number, line in enumerate(lines):
            if number:
                self.press("Tab")
            self.press("ctrl+a")
            self.type_more(line)
        self.photograph("form")
        self.press("Return")

    def photograph(self, what: str) -> None:
        """Their screen as it is."""
        self.machine.seat.screenshot(PICTURES / f"{self.name}-{what}.png")


def main() -> int:
    """All of it; what took how long."""
    if os.geteuid() != 0:
        sys.exit("Two machines need root: namespaces and mounts.")
    packages = sorted(Path("dist").glob("*.deb"))
    if len(packages) != 1:
        sys.exit("There is no package in dist/: `make package` first.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pd-", dir="/tmp") as folder:
        before = older(packages[0], Path(folder))
        with two_machines(Path(folder)) as (one, two):
            assert not one.has("python3"), "a clean machine has no Python"
            meet(one, two, before)
            upgrade(one, packages[0])
            remove(one)
    return 0


def meet(one: Machine, two: Machine, package: Path) -> None:
    """From the installer to two people online, and a third by the link."""
    begun = time.monotonic()
    with ThreadPoolExecutor() as both:
        list(both.map(lambda machine: machine.install(package), (one, two)))
    installed = time.monotonic() - begun
    assert not one.has("python3"), "the package brings a Python from outside"
    ada, bora = Somebody(one, "ada", LEFT), Somebody(two, "bora", LEFT)
    link = ""
    with ended(ada, bora):
        code, link = host(ada)
        join_what_was_found(bora, code)
        ada.click_on("Go to the people")
        bora.see("Ada, Online")
        ada.see("Bora, Online")
        took = time.monotonic() - begun
        ada.photograph("online")
        bora.photograph("online")
        print(f"Installed after {installed:.0f} s, both online after {took:.0f} s;", end=" ")
        print(f"clicks: Ada {ada.clicks}, Bora {bora.clicks}.")
        assert took < MOST_SECONDS
        assert max(ada.clicks, bora.clicks) <= MOST_CLICKS
        join_by_link(two, link, ada)


def host(ada: Somebody) -> tuple[str, str]:
    """Ada hosts; the invite's code and its link."""
    ada.start_app()
    ada.see("See who is there")
    ada.photograph("welcome")
    ada.click_on("Host on this computer")
    ada.see("Your name")
    ada.fill_in("Ada", "ada@example.org", PASSWORD)
    ada.see("The server is running", within=40)
    link = ada.value_of("Invite link")
    ada.photograph("hosting")
    return ada.value_of("Invite code"), link


def join_what_was_found(bora: Somebody, code: str) -> None:
    """Bora's first page lists Ada's server."""
    bora.start_app()
    bora.see("Found on your network", within=20)
    bora.photograph("found")
    bora.click_on("Join ", platform.node())  # both machines have this computer's name
    bora.see("Invite code")
    bora.fill_in(code, "Bora", "bora@example.org", PASSWORD)
    bora.see("Is this the right server?")  # nobody vouches for a key that was announced
    bora.photograph("key")
    bora.click_on("Trust this key")


def join_by_link(machine: Machine, link: str, ada: Somebody) -> None:
    """Carl clicks on the link: the desktop asks the package's entry what to start, and starts it."""
    handler = machine.run("xdg-mime", "query", "default", "x-scheme-handler/presence").strip()
    assert handler == "presence-desktop.desktop", handler
    carl = Somebody(machine, "carl", RIGHT, "--home", str(machine.folder / "carl"))
    with ended(carl):
        carl.start_app(link, shows="Join Ada's team")
        carl.see("Your name")
        carl.fill_in("Carl", "carl@example.org", PASSWORD)
        carl.see("Ada, Online")
        ada.see("Carl, Online")
        carl.photograph("online")
        print(f"Carl is in by the link; clicks: {carl.clicks}.")


def upgrade(machine: Machine, package: Path) -> None:
    """Ada installs the next version: her account, her server and Bora are there as before, without a password."""
    earlier = version(machine)
    machine.install(package)
    assert version(machine) != earlier
    ada = Somebody(machine, "ada", LEFT)
    with ended(ada):
        ada.start_app()
        ada.see("Ada, you are: Online", within=30)
        ada.see("Bora, Offline")
        ada.photograph("upgraded")
    print(f"Upgraded from {earlier} to {version(machine)}: the account, the server and the people are there.")


def remove(machine: Machine) -> None:
    """The package goes, the data stays, and where is said."""
    said = machine.run("apt-get", "purge", "-y", "presence-desktop", seconds=120)
    assert "~/.local/share/presence-desktop" in said, said
    assert not machine.has("presence-desktop")
    assert not (machine.root / "usr/lib/presence-desktop").exists()
    kept = Path(machine.seat.variables["XDG_DATA_HOME"], "presence-desktop")
    assert (kept / "server" / "presence.db").stat().st_size > 0
    assert list((kept / "conversations").iterdir())
    print("Removed: nothing of the package is left, people's data is, and where is said.")


def version(machine: Machine) -> str:
    """What is installed, by the package and by the program alike."""
    return machine.run("dpkg-query", "-W", "-f", "${Version}", "presence-desktop").strip()


@contextmanager
def ended(*people: Somebody) -> Iterator[None]:
    """Their apps end with this, as a desktop ends them; a picture shows how it was if something went wrong."""
    try:
        yield
        for person in people:
            person.close_app()
    except BaseException:
        for person in people:
            person.photograph("last")
        raise
    finally:
        for person in people:
            person.kill_app()
            person.end_reading()


if __name__ == "__main__":
    sys.exit(main())
