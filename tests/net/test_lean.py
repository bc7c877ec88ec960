"""The app's network loads no more of Socket.IO than it uses."""

import subprocess
import sys

from presence_desktop.net.lean import UNNEEDED

_PROGRAM = """
import sys
import presence_desktop.net.gateway
print(sorted({name.partition('.')[0] for name in sys.modules} & set(sys.argv[1:])))
import redis
"""


def test_no_message_queue_is_loaded_and_what_was_hidden_can_be_loaded_later() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *UNNEEDED], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
