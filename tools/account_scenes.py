"""The scenes of `make screenshots` with one's own order, accounts on several servers, and what they ask for."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from presence_desktop.core import incoming
from presence_desktop.core.client import Client
from presence_desktop.core.favourites import FAVOURITES, PEOPLE, Section, Sections, person, talk
from presence_desktop.core.trust import MemoryPins, Question
from presence_desktop.core.working_hours import WorkingHours
from presence_desktop.gui.server_key import ServerKeyDialog
from presence_desktop.gui.settings.devices_dialog import DevicesDialog
from presence_desktop.gui.settings.held import Held
from presence_desktop.gui.settings.password_dialog import PasswordDialog
from presence_desktop.gui.trust_dialog import TrustDialog
from presence_desktop.protocol import rest
from presence_desktop.protocol.admin_rest import Device, DevicesList
from presence_desktop.protocol.status import Reason, Status
from tests.gui.chat_stage import StagedChats, message, room
from tests.gui.scene import NAMES, NOON, NotingGateway, Scene, directory, link_up, picture
from tools.chat_scenes import conversation
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
    conversation(scene)
    client = Client(NotingGateway(), scene.clock)
    client.chats = StagedChats([room(1, "Studio", message(1, 12, 3, "The kiln is hot."), unread=12)])
    studio = rest.Account(user_id=1, username="Sky", email="sky@studio.example.org", role="member")
    view = scene.window.accounts.add(client)
    view.take((incoming.SignedIn(_STUDIO, studio), link_up(), picture(NAMES), directory(NAMES)))
    client.own.shown, client.own.reason = Status.BUSY, Reason.MANUAL
    scene.window.rail.refresh()
    QTest.qWait(_DRAWN_MS)
    messages = scene.window.people.chat.view.verticalScrollBar()
    messages.setValue(messages.maximum() // 3)
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


def devices(scene: Scene) -> QWidget:
    """Where one is signed in."""
    scene.sign_in()
    dialog = DevicesDialog(scene.client, scene.look, scene.window.account.asks, scene.clock, scene.window)
    dialog.show()
    listed = DevicesList(
        devices=[
            _device("1", "Presence Desktop 0.1.0, Linux", minutes=0, current=True),
            _device("2", "Presence Desktop 0.1.0, Windows", minutes=95),
            _device("3", "Presence Desktop 0.1.0, macOS", minutes=60 * 24 * 12),
        ]
    )
    scene.window.refresh(scene.client.chats.outcome(listed))
    return scene.window


def working_hours(scene: Scene) -> QWidget:
    """When nothing pops up, and who may break through."""
    settings(scene)
    scene.window.ways.held = lambda: Held(
        notices=True, texts=True, hours=WorkingHours(on=True), closing="system",
        through=((3, "Noah Fischer"), (2, "김민서")), autostart=False, nearby=True,
    )  # fmt: skip
    scene.window.ways.say_held()
    QTest.qWait(_DRAWN_MS)
    page = scene.window.ways.settings_page
    if page is not None:
        area = page.findChildren(QScrollArea)[0]
        area.ensureWidgetVisible(page.closing)
    return scene.window


def server_key(scene: Scene) -> QWidget:
    """By what the server is recognised."""
    scene.sign_in()
    pins = MemoryPins()
    pins.trust(_STUDIO, _KEY)
    ServerKeyDialog(scene.look, pins, _STUDIO, scene.window).show()
    return scene.window


def server_menu(scene: Scene) -> QWidget:
    """What can be done with a server."""
    two_servers(scene)
    sign = scene.window.rail.signs[1]
    scene.window.rail._popup(sign, sign.rect().center())
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


def _device(number: str, name: str, minutes: int, current: bool = False) -> Device:
    used = NOON - minutes * 60_000
    return Device(
        id=number,
        name=name,
        signed_in_at=used - 60_000,
        last_used_at=used,
        connected=current,
        current=current,
    )


def _asked(scene: Scene, question: Question) -> QWidget:
    scene.window.welcome.sign_in_chosen.emit()
    scene.window.sign_in.prefill(question.server, "sky@example.org")
    TrustDialog(scene.look, question, scene.window).show()
    return scene.window


ALL = (
    sections, two_servers, unknown_key, no_encryption, password, devices, working_hours, server_key, server_menu,
    settings_below,
)  # fmt: skip
