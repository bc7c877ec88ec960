"""A small file that its owner alone may read: written whole or not at all, put aside where it cannot be understood.

Decides how; what is in it is its keeper's business.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """A new file beside it, then one step in place of the old; its folder is made. Raises `OSError`: the old stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise


def put_aside(path: Path) -> str:
    """Rename it, if that can be done, for whoever wants to look into it; its new name."""
    aside = path.with_name(path.name + ".broken")
    with suppress(OSError):
        os.replace(path, aside)
    return aside.name
