"""The settings that hold now, and their keeping.

Decides nothing; whoever changes one says so here, and it is written at once.
"""

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from presence_desktop.disk.settings import Settings, SettingsFile


class Kept(QObject):
    """One per app."""

    refused = Signal()
    """What was changed holds for this run, but could not be written."""

    def __init__(self, file: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._now = file.load()

    @property
    def lost(self) -> bool:
        """Whether what was kept could not be understood."""
        return self._file.lost

    def now(self) -> Settings:
        """What holds."""
        return self._now

    def keep(self, **fields: object) -> None:
        """These fields are others from now on. Raises `msgspec.ValidationError` for a wrong value."""
        self.put(self._now.changed(**fields))

    def put(self, settings: Settings) -> None:
        """These settings hold from now on."""
        self._now = settings
        if not self._file.save(settings):
            self.refused.emit()

    def keep_hosting(self, **fields: object) -> None:
        """These fields of `Settings.hosting` are others from now on."""
        self.keep(hosting=replace(self._now.hosting, **fields))
