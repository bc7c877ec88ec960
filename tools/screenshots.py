"""`make screenshots`: every window and state, as pictures in out/screenshots, from real windows on a virtual screen.

Each is drawn by a process of its own from the made-up team of `tests/gui/scene.py`, so that no server and no chance is
in them. Arguments are names of scenes; without any, all are drawn. `--readme` draws those of README.md, into
docs/images.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtGui import QCursor, QImage  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QMenu, QWidget  # noqa: E402

from presence_desktop.core.nearby import NearbyServer  # noqa: E402
from presence_desktop.gui.custom_status import CustomForm, CustomStatusDialog  # noqa: E402
from presence_desktop.gui.language import Language  # noqa: E402
from presence_desktop.gui.theme import Scheme  # noqa: E402
from presence_desktop.gui.words import error_sentence  # noqa: E402
from presence_desktop.protocol.errors import Code  # noqa: E402
from presence_desktop.protocol.status import Status  # noqa: E402
from tests.gui.chat_stage import StagedChats  # noqa: E402
from tests.gui.hosting.stage import KEY  # noqa: E402
from tests.gui.scene import NAMES, NOON, Scene  # noqa: E402
from tools import (  # noqa: E402
    account_scenes,
    bad_day_scenes,
    chat_scenes,
    hosting_scenes,
    ways_scenes,
    writing_scenes,
)
from tools.run_screenless import virtual_screen  # noqa: E402

FOLDER = ROOT / "out" / "screenshots"
IMAGES = ROOT / "docs" / "images"
SETTLED_MS = 500


def welcome(scene: Scene) -> QWidget:
    """The first page."""
    return scene.window


def people(scene: Scene) -> QWidget:
    """The main window with somebody looked at."""
    scene.sign_in()
    scene.window.people.contacts.view.selectRow(4)
    return scene.window


def nobody_chosen(scene: Scene) -> QWidget:
    """The main window as it comes up."""
    scene.sign_in()
    return scene.window


def alone(scene: Scene) -> QWidget:
    """Hosting, and nobody else is there yet."""
    scene.window.show_hosting(hosting_scenes.RUNNING)
    scene.sign_in([])
    return scene.window


def lost(scene: Scene) -> QWidget:
    """The link is down."""
    people(scene)
    scene.lose_link()
    return scene.window


def crowd(scene: Scene) -> QWidget:
    """Ten thousand people."""
    scene.sign_in([f"{NAMES[index % len(NAMES)]} {index}" for index in range(10_000)])
    scene.window.people.contacts.view.selectRow(3)
    return scene.window


def found(scene: Scene) -> QWidget:
    """A search by initial consonants."""
    scene.sign_in()
    scene.window.people.contacts.search.setText("ㅈㅎ")
    return scene.window


def not_found(scene: Scene) -> QWidget:
    """A search that finds nobody."""
    scene.sign_in()
    scene.window.people.contacts.search.setText("Zaphod")
    return scene.window


def menu(scene: Scene) -> QWidget:
    """The status menu."""
    people(scene)
    scene.window.people.selector.open_menu()
    return scene.window


def custom_status(scene: Scene) -> QWidget:
    """The custom status's dialog."""
    dialog = CustomStatusDialog(scene.look, NOON, CustomForm("회의 중", "📅", None), scene.window)
    dialog.show()
    return dialog


def sign_in_error(scene: Scene) -> QWidget:
    """A wrong password."""
    window = scene.window
    window.welcome.sign_in_chosen.emit()
    window.sign_in.prefill("192.168.0.12:3001", "sky@example.org")
    window.sign_in.password.edit.setText("not this one")
    window.sign_in.set_error(error_sentence(Code.INVALID_CREDENTIALS))
    return window


def join(scene: Scene) -> QWidget:
    """Joining, with everything still to be filled in."""
    scene.window.welcome.join_chosen.emit()
    scene.window.join.submit()
    return scene.window


def until(scene: Scene) -> QWidget:
    """Until when one is busy."""
    people(scene)
    scene.client.set_status(Status.BUSY)
    selector = scene.window.people.selector
    selector.refresh()
    selector.open_menu()
    for menu in selector.findChildren(QMenu):
        if menu.title():
            menu.popup(selector.mapToGlobal(selector.rect().bottomRight()))
    return scene.window


def settings_menu(scene: Scene) -> QWidget:
    """What the button beside one's own card offers."""
    people(scene)
    button = scene.window.people.settings_button
    button.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))
    return scene.window


def waiting(scene: Scene) -> QWidget:
    """While the demonstration is prepared."""
    scene.window.show_waiting_for_demo()
    return scene.window


def nearby(scene: Scene) -> QWidget:
    """The first page, with servers that were found in the network."""
    found = (
        NearbyServer("이하늘의 컴퓨터", ("https://192.168.0.12:3001",), KEY),
        NearbyServer("lab-17", ("https://192.168.0.40:3001",), KEY[::-1]),
    )
    scene.window.welcome.nearby.show_found(found)
    return scene.window


TALKING = {
    scene.__name__: scene
    for scene in (*chat_scenes.ALL, *writing_scenes.ALL, *ways_scenes.ALL, *account_scenes.ALL)
}
"""The scenes with conversations in them."""
TROUBLED = {scene.__name__: scene for scene in bad_day_scenes.ALL}
SCENES: dict[str, Callable[[Scene], QWidget]] = TALKING | TROUBLED | {
    scene.__name__: scene
    for scene in (
        welcome, people, nobody_chosen, alone, lost, crowd, found, not_found, menu, custom_status,
        sign_in_error, join, nearby, until, settings_menu, waiting, *hosting_scenes.ALL,
    )
}  # fmt: skip
LIGHT_EN, DARK_EN, LIGHT_KO, DARK_KO = "light-en-1", "dark-en-1", "light-ko-1", "dark-ko-1"
BOTH = (LIGHT_EN, DARK_KO)
WAYS = {
    **dict.fromkeys((*TALKING, *TROUBLED), BOTH),
    "conversation": (LIGHT_EN, DARK_EN, LIGHT_KO, DARK_KO, "dark-ko-2"),
    **dict.fromkeys(
        ("unknown_key", "settings_below", "sections", "keyring_waits"), (*BOTH, "light-en-2", "dark-ko-2")
    ),
    "settings": (LIGHT_EN, DARK_KO, "light-ko-2"),
    "status_page": (LIGHT_EN, DARK_KO, "light-ko-2"),
    "talks": (LIGHT_EN, DARK_EN, LIGHT_KO, "dark-ko-2"),
    "welcome": (LIGHT_EN, DARK_KO, "light-ko-2"),
    "people": (LIGHT_EN, DARK_EN, LIGHT_KO, DARK_KO, "light-en-2", "dark-ko-2"),
    "lost": (LIGHT_EN, DARK_KO),
    "sign_in_error": (LIGHT_EN, DARK_KO),
    "join": (LIGHT_EN, "light-ko-2"),
    "hosting": (LIGHT_EN, DARK_KO, "light-ko-2"),
    "nearby": (LIGHT_EN, DARK_KO),
    **dict.fromkeys(
        ("server_people", "server_log", "server_name", "host_stopped", "new_version"), (*BOTH, "light-ko-2")
    ),
    **dict.fromkeys(("menu", "until", "settings_menu", "waiting", "hosting_invite", "server_end"), BOTH),
    "custom_status": (LIGHT_EN, DARK_KO),
}
"""Theme, language and scale of each picture; once, light and in English, where nothing is said."""


README = {
    "conversation-dark-korean": ("conversation", DARK_KO),
    "two-servers-light": ("two_servers", LIGHT_EN),
    "hosting-light": ("hosting", LIGHT_EN),
    "switcher-dark-korean": ("switcher", DARK_KO),
    "why-away-light": ("status_page", LIGHT_EN),
    "answering-light": ("answering", LIGHT_EN),
}
"""The pictures of README.md, by their names in docs/images."""
_SMALLEST = 0
"""Qt's quality of a PNG: packed as small as it can be, and not a point of it is another."""


def draw(name: str, way: str) -> None:
    """Draw one scene, in this process."""
    scheme, language, _scale = way.split("-")
    app = QApplication([])
    app.setCursorFlashTime(0)
    QCursor.setPos(app.primaryScreen().geometry().bottomRight())
    scene = Scene(app, Scheme(scheme), Language(language), StagedChats() if name in TALKING else None)
    scene.window.show()
    scene.window.activateWindow()
    QTest.qWaitForWindowActive(scene.window)
    widget = SCENES[name](scene)
    QTest.qWait(SETTLED_MS)
    at, screen = widget.mapToGlobal(widget.rect().topLeft()), widget.screen()
    picture = screen.grabWindow(0, at.x(), at.y(), widget.width(), widget.height())
    picture.save(str(FOLDER / f"{name}-{way}.png"))
    scene.leave()


def main(names: list[str]) -> int:
    """Draw the scenes of these names, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, virtual_screen(Path(folder), "2400x1500x24") as variables:
        for name in names or SCENES:
            for way in WAYS.get(name, (LIGHT_EN,)):
                scale = {"QT_SCALE_FACTOR": way[-1], "PYTHONPATH": str(ROOT)}
                command = [sys.executable, __file__, "--draw", name, way]
                subprocess.run(command, env={**os.environ, **variables, **scale}, check=True, cwd=ROOT)
                print(FOLDER / f"{name}-{way}.png")
    return 0


def keep_for_readme() -> int:
    """Put the pictures of README.md where it looks for them."""
    status = main(list(dict.fromkeys(name for name, _way in README.values())))
    for kept, (name, way) in README.items():
        QImage(str(FOLDER / f"{name}-{way}.png")).save(str(IMAGES / f"{kept}.png"), "PNG", _SMALLEST)
    return status


if __name__ == "__main__":
    if sys.argv[1:2] == ["--draw"]:
        draw(*sys.argv[2:4])
    elif sys.argv[1:] == ["--readme"]:
        sys.exit(keep_for_readme())
    else:
        sys.exit(main(sys.argv[1:]))
