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
    cache: Path
    """What can be had again: it may be emptied at any time."""

    @property
    def settings(self) -> Path:
        """The settings' file."""
        return self.config / "settings.json"

    @property
    def hosting(self) -> Path:
        """The data folder of the server that this app hosts."""
        return self.data / "server"

    @property
    def conversations(self) -> Path:
        """The folder of what is kept of conversations, with what waits to be sent."""
        return self.data / "conversations"

    @property
    def outgoing(self) -> Path:
        """The folder of pictures that were pasted, until they are sent."""
        return self.data / "outgoing"

    @property
    def pictures(self) -> Path:
        """The folder of thumbnails, avatars and files that were looked at."""
        return self.cache / "pictures"

    def make(self) -> None:
        """Make the folders where they are missing. Raises `OSError`."""
        for folder in (self.config, self.data, self.outgoing):
            folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)


def places() -> Places:
    """The folders of this run."""
    home = os.environ.get("PRESENCE_HOME")
    if home:
        return Places(config=Path(home) / "config", data=Path(home) / "data", cache=Path(home) / "cache")
    folders = platformdirs.PlatformDirs(_APP, appauthor=False, roaming=False)
    return Places(config=folders.user_config_path, data=folders.user_data_path, cache=folders.user_cache_path)
