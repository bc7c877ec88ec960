"""The scenes of `make screenshots` with a server on this computer: running, stopped, looked after; a new version."""

from msgspec.structs import replace
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from presence_desktop.core.hosting import HostReport, HostState, HostTrouble
from presence_desktop.gui.upgrade_strip import UpgradeStrip
from tests.gui.hosting.stage import KEY, AnsweringChats, settle
from tests.gui.scene import SERVER, Scene

RUNNING = HostReport(HostState.RUNNING, "http://127.0.0.1:3001", "https://192.168.0.12:3001", reachable=True)


def host(scene: Scene) -> QWidget:
    """Hosting, before."""
    scene.window.welcome.host_chosen.emit()
    return scene.window


def hosting(scene: Scene) -> QWidget:
    """Hosting, running."""
    scene.client.chats = AnsweringChats()
    scene.window.show_hosting(replace(RUNNING, url=SERVER, key=KEY))
    scene.sign_in()
    scene.window.looking_after.invite_when_ready()
    scene.window.show_own_server()
    scene.window.hosting.running.show_choices(findable=True, autostart=False, stays="tray")
    settle(scene.client.chats, scene.window.account.asks)
    return scene.window


def server_name(scene: Scene) -> QWidget:
    """The lower half of the page, from the server's name on."""
    hosting(scene)
    QApplication.processEvents()
    column = scene.window.hosting.findChild(QScrollArea)
    bottom = scene.window.hosting.server.facts.mapTo(column.widget(), QPoint(0, 250))
    column.ensureVisible(0, bottom.y())
    return scene.window


def server_end(scene: Scene) -> QWidget:
    """The end of the page: backups, this computer, the log."""
    hosting(scene)
    QApplication.processEvents()
    bar = scene.window.hosting.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.maximum())
    return scene.window


def hosting_invite(scene: Scene) -> QWidget:
    """The invite, whole."""
    hosting(scene)
    QApplication.processEvents()
    bar = scene.window.hosting.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(320)
    return scene.window


def server_people(scene: Scene) -> QWidget:
    """The accounts of the server, one of them with a new password."""
    hosting(scene)
    chats, asks = scene.client.chats, scene.window.account.asks
    scene.window.hosting.server.look_after_people()
    settle(chats, asks)
    dialog = scene.window.hosting.server.people
    dialog.list.setCurrentIndex(dialog.list.people.index(3, 0))
    return dialog


def server_log(scene: Scene) -> QWidget:
    """Who did what on the server."""
    hosting(scene)
    chats, asks = scene.client.chats, scene.window.account.asks
    chats.server.lines = chats.server.lines[-9:]
    scene.window.hosting.server.look_at_log()
    settle(chats, asks)
    return scene.window.hosting.server.log or scene.window


def host_failed(scene: Scene) -> QWidget:
    """Hosting, the port in use."""
    hosting(scene)
    report = HostReport(HostState.FAILED, trouble=HostTrouble.PORT_BUSY, detail="3001")
    scene.window.show_hosting(report)
    return scene.window


def host_stopped(scene: Scene) -> QWidget:
    """The people, while the server on this computer is stopped."""
    hosting(scene)
    scene.window.show_hosting(HostReport(HostState.STOPPED, SERVER))
    scene.window.show_people()
    scene.lose_link()
    return scene.window


def new_version(scene: Scene) -> QWidget:
    """A new version was installed meanwhile."""
    scene.sign_in()
    strip = UpgradeStrip(scene.look)
    scene.window.setMenuWidget(strip)
    strip.show()
    return scene.window


ALL = (
    host, hosting, hosting_invite, server_name, server_end, server_people, server_log, host_failed, host_stopped,
    new_version,
)  # fmt: skip
