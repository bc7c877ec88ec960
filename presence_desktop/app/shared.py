"""What the app's parts have in common: made before all of them, once, and handed to whoever needs it."""

from msgspec import Struct
from PySide6.QtWidgets import QApplication

from presence_desktop.app.kept import Kept
from presence_desktop.core.ports import Clock
from presence_desktop.desktop.notify import Notifications
from presence_desktop.disk.pins import PinFile
from presence_desktop.disk.places import Places
from presence_desktop.disk.shelf import PictureShelf
from presence_desktop.gui.look import Look


class Shared(Struct, frozen=True):
    """One per app."""

    app: QApplication
    home: Places
    clock: Clock
    kept: Kept
    look: Look
    notifications: Notifications
    pins: PinFile
    shelf: PictureShelf
