"""Where this app keeps its files. `PRESENCE_HOME` moves everything into one folder."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

_APP = "presence-desktop"
_FOLDER_MODE = 0o700


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of this app; only their owner may look inside."""

    config: Path
    data: Path

    @property
    def settings(self) -> Path:
        """The settings' file."""
        return self.config / "settings.json"

    @property
    def hosting(self) -> Path:
        """The data folder of the server that this app hosts."""
        return self.data / "server"

    def make(self) -> None:
        """Make the folders where they are missing. Raises `OSError`."""
        for folder in (self.config, self.data):
            folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)


def places() -> Places:
    """The folders of this run."""
    home = os.environ.get("PRESENCE_HOME")
    if home:
        return Places(config=Path(home) / "config", data=Path(home) / "data")
    folders = platformdirs.PlatformDirs(_APP, appauthor=False, roaming=False)
    return Places(config=folders.user_config_path, data=folders.user_data_path)
