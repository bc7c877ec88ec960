"""The app's network loads no more of Socket.IO than it uses."""

import subprocess
import sys

_UNNEEDED = ("asyncio", "aiohttp", "redis", "valkey", "kombu", "aio_pika", "zmq")
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
