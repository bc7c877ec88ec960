"""What a start does without: the sources of what it imports."""

import subprocess
import sys

_START = """
import builtins, linecache, sys
from presence_desktop import app
plain = builtins.__import__
with app._lasting():
    import presence_desktop.app.wiring
assert "PySide6.QtWidgets" in sys.modules
print(builtins.__import__ is plain, sum("presence_desktop" in name for name in linecache.cache))
"""


def test_no_source_is_read_nor_kept() -> None:
    done = subprocess.run([sys.executable, "-c", _START], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "0"]
