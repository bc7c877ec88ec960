"""The server loads no more of its libraries than it needs, and all of it where it does."""

import subprocess
import sys

LOOK = """
import sys
from presence_desktop.server import lean
lean.load()
import presence_desktop.server.main
print(*[name for name in (*lean.UNNEEDED, "PySide6", "aiohttp", "alembic", "PIL") if name in sys.modules])
import redis.asyncio, requests, cryptography
print("there when needed")
"""


def test_what_nobody_needs_is_not_loaded_and_still_there_for_who_does() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["", "there when needed"], done.stderr
