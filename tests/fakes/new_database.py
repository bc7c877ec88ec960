"""An empty database as a server's first start leaves it, made once and copied: a first start of each test's own server
would take two seconds more. What a first start does is tried where a test starts a server on an empty folder.
"""

import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path


def lay(path: Path) -> None:
    """Put the database here, in a folder that is its owner's alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copy2(Path(_made().name) / "presence.db", path)


@cache
def _made() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="presence-")
    words = ("server", "migrate", "--data-dir", folder.name)
    subprocess.run((sys.executable, "-m", "presence_desktop", *words), capture_output=True, check=True)
    return folder
