"""The scenes of `make screenshots` with one's own order, accounts on several servers, and what they ask for."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from presence_desktop.core import incoming
from presence_desktop.core.client import Client
from presence_desktop.core.favourites import FAVOURITES, PEOPLE, Section, Sections, person, talk
from presence_desktop.core.trust import Question
from presence_desktop.gui.settings.password_dialog import PasswordDialog
from presence_desktop.gui.trust_dialog import TrustDialog
from presence_desktop.protocol import rest
from tests.gui.chat_stage import StagedChats
from tests.gui.scene import NAMES, NotingGateway, Scene, directory, link_up, picture
from tools.ways_scenes import settings

_STUDIO = "https://studio.example.org"
_KEY = "3f9a0c5be1d27748" * 4
_DRAWN_MS = 100


def sections(scene: Scene) -> QWidget:
    """Favourites and sections of one's own above the rest."""
    scene.sign_in()
    own = Sections((
        Section(FAVOURITES, "", (person(11), talk(1))),
        Section(1, "프로젝트 X", (talk(3), person(6))),
        Section(2, "Family", (), folded=True),
    ))  # fmt: skip
    scene.window.people.contacts.sections.begin(own.fold(PEOPLE, folded=True))
    scene.window.people.open_talk(3)
    return scene.window


def two_servers(scene: Scene) -> QWidget:
    """A second server beside the first."""
    scene.sign_in()
    client = Client(NotingGateway(), scene.clock)
    client.chats = StagedChats()
    studio = rest.Account(user_id=1, username="Sky", email="sky@studio.example.org", role="member")
    view = scene.window.accounts.add(client)
    view.take((incoming.SignedIn(_STUDIO, studio), link_up(), picture(NAMES), directory(NAMES)))
    scene.window.people.open_talk(1)
    return scene.window


def unknown_key(scene: Scene) -> QWidget:
    """A server whose key nobody here has seen."""
    return _asked(scene, Question("https://192.168.0.12:3001", _KEY))


def no_encryption(scene: Scene) -> QWidget:
    """A server that does not encrypt."""
    return _asked(scene, Question("http://192.168.0.12:3001", None))


def password(scene: Scene) -> QWidget:
    """Another password."""
    scene.sign_in()
    PasswordDialog(scene.client, scene.look, scene.window.account.asks, scene.window).show()
    return scene.window


def settings_below(scene: Scene) -> QWidget:
    """The settings, scrolled to their end."""
    settings(scene)
    QTest.qWait(_DRAWN_MS)
    page = scene.window.ways.settings_page
    if page is not None:
        for area in page.findChildren(QScrollArea):
            area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    return scene.window


def _asked(scene: Scene, question: Question) -> QWidget:
    scene.window.welcome.sign_in_chosen.emit()
    scene.window.sign_in.prefill(question.server, "sky@example.org")
    TrustDialog(scene.look, question, scene.window).show()
    return scene.window


ALL = (sections, two_servers, unknown_key, no_encryption, password, settings_below)
