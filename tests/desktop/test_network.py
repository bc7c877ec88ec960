"""What the system tells of the network is heard: another way to the outside is news, and nothing else is."""

import subprocess
import sys

from pytestqt.qtbot import QtBot

from presence_desktop.desktop.network import Network, way_outside
from presence_desktop.desktop.network_told import Reachability, Told

WATCH = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from presence_desktop.desktop.network import Network
app = QCoreApplication(sys.argv)
network = Network(app)
network.changed.connect(lambda: print("changed", flush=True))
network.watch()
QTimer.singleShot(0, lambda: print("watching", flush=True))
app.exec()
"""


class Namespace:
    """A network of its own, with a watcher in it."""

    def __init__(self) -> None:
        unshare = ["unshare", "--user", "--map-root-user", "--net"]
        self.watcher = subprocess.Popen(
            [*unshare, sys.executable, "-c", WATCH], stdout=subprocess.PIPE, text=True
        )
        assert self.said() == "watching"

    def said(self) -> str:
        """The watcher's next line."""
        assert self.watcher.stdout is not None
        return self.watcher.stdout.readline().strip()

    def ip(self, *words: str) -> None:
        """The command of this name, in there."""
        inside = ["nsenter", "--user", "--net", "--preserve-credentials", f"--target={self.watcher.pid}"]
        subprocess.run([*inside, "ip", *words], check=True, timeout=20)

    def end(self) -> None:
        self.watcher.kill()
        self.watcher.communicate(timeout=10)


def test_a_way_to_the_outside_that_comes_or_is_another_one_is_news() -> None:
    network = Namespace()
    try:
        network.ip("link", "set", "lo", "up")
        network.ip("address", "add", "192.0.2.77/32", "dev", "lo")
        network.ip("route", "add", "default", "dev", "lo", "src", "192.0.2.77")
        assert network.said() == "changed"
        network.ip("address", "add", "192.0.2.78/32", "dev", "lo")  # no news: the way is the same
        network.ip("route", "replace", "default", "dev", "lo", "src", "192.0.2.78")
        assert network.said() == "changed"
    finally:
        network.end()


def test_what_changes_nothing_is_no_news(qtbot: QtBot) -> None:
    network = Network()
    network.watch()
    with qtbot.assertNotEmitted(network.changed):
        network._hear()
        qtbot.waitUntil(lambda: not network._settling.isActive())
    network.end()
    network.end()
    assert way_outside() == way_outside()


def test_where_qt_tells_a_network_that_came_back_is_news_and_a_flicker_is_not(qtbot: QtBot) -> None:
    told = Told()
    with qtbot.assertNotEmitted(told.changed):
        told.reached(Reachability.Online)
        told.reached(Reachability.Site)
        told.reached(Reachability.Disconnected)
    with qtbot.waitSignal(told.changed, timeout=1000):
        told.reached(Reachability.Online)
