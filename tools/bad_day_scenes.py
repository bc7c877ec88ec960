"""The scenes of `make screenshots` in which something is wrong: each has a sentence, and a way on."""

from PySide6.QtWidgets import QWidget

from presence_desktop.core import incoming
from presence_desktop.gui.crash import CrashReporter
from presence_desktop.protocol.errors import Code
from tests.gui.scene import SERVER, Scene


def keyring_waits(scene: Scene) -> QWidget:
    """The keyring asks its owner."""
    scene.sign_in()
    scene.lose_link()
    scene.client.resume(SERVER, "sky@example.org")
    scene.feed(incoming.SecretsAwaited())
    return scene.window


def nothing_kept(scene: Scene) -> QWidget:
    """The disk is full, and there is no keyring."""
    scene.sign_in()
    for code in (Code.NOT_KEPT, Code.NO_KEYRING):
        scene.window.tell(code)
    return scene.window


def settings_lost(scene: Scene) -> QWidget:
    """The settings could not be read: the first page says so."""
    scene.window.tell(Code.SETTINGS_BROKEN)
    return scene.window


def crashed(scene: Scene) -> QWidget:
    """Something went wrong that nobody expected."""
    scene.sign_in()
    reporter = CrashReporter(scene.window)
    reporter.window = scene.window
    error = ValueError("nobody sees this")
    reporter.install()
    reporter.caught(ValueError, error, None)
    reporter.remove()
    return scene.window


ALL = (keyring_waits, nothing_kept, settings_lost, crashed)
