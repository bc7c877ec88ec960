"""Where this app keeps its files. `PRESENCE_HOME` moves everything into one folder."""

import logging
import os
import tempfile
from pathlib import Path

import platformdirs
from msgspec import Struct

_APP = "presence-desktop"
_FOLDER_MODE = 0o700
_TRIED_BYTES = 64 * 1024

logger = logging.getLogger(__name__)


class Places(Struct, frozen=True):
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
    def pins(self) -> Path:
        """The file with what is known of servers: by what each is recognised."""
        return self.data / "pins.json"

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

    def can_keep(self) -> bool:
        """Whether something can be written here: no full disk, no folder that is read-only or somebody else's."""
        try:
            self.make()
            with tempfile.TemporaryFile(dir=self.data) as file:
                file.write(bytes(_TRIED_BYTES))
                file.flush()
        except OSError as error:
            logger.warning("nothing can be kept: %s", error.strerror)
            return False
        return True


def places() -> Places:
    """The folders of this run."""
    home = os.environ.get("PRESENCE_HOME")
    if home:
        return Places(config=Path(home) / "config", data=Path(home) / "data", cache=Path(home) / "cache")
    folders = platformdirs.PlatformDirs(_APP, appauthor=False, roaming=False)
    return Places(config=folders.user_config_path, data=folders.user_data_path, cache=folders.user_cache_path)
