"""The app's network loads no more of Socket.IO than it uses."""

import subprocess
import sys

_UNNEEDED = (
    "asyncio",
    "aiohttp",
    "redis",
    "valkey",
    "kombu",
    "aio_pika",
    "zmq",
    "charset_normalizer",
    "chardet",
)
_PROGRAM = """
import sys
import presence_desktop.net.gateway
import socketio
socketio.Client(handle_sigint=False)
print(sorted({name.partition('.')[0] for name in sys.modules} & set(sys.argv[1:])))
print(socketio.AsyncServer.__name__, socketio.Client is socketio.client.Client, socketio.exceptions.__name__)
from engineio import AsyncServer
"""


def test_no_server_and_no_message_queue_is_loaded_and_whoever_asks_for_one_gets_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *_UNNEEDED], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["[]", "AsyncServer True socketio.exceptions"]


def test_the_app_holds_no_keyring_no_cryptography_no_pydantic_and_no_network_of_qt() -> None:
    """They would weigh 30 MB: the keyring is asked in a process of its own, the others are loaded by who hosts.

    What surrounds the window is loaded after its first paint, looking after a server when somebody does.
    """
    told = "import sys, presence_desktop.app.wiring, presence_desktop.net.gateway\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    unneeded = {
        "keyring", "secretstorage", "cryptography", "pydantic", "PySide6.QtNetwork", "xml", "html", "zeroconf",
    }  # fmt: skip
    later = {"presence_desktop.app.around", "presence_desktop.core.administration"}
    assert (unneeded | later) & set(done.stdout.split()) == set()
