"""A client in a process of its own, to be killed or frozen: `python -m tests.fakes.client_process`.

It is the app's own line, told on standard input (a line of JSON: url, token, presence, transport) where to connect;
it says `here` when it is greeted, sends heartbeats, and says goodbye when standard input ends.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from presence_desktop.net.line import Line
from presence_desktop.net.trust import Way
from tests.waiting import eventually

HEARTBEAT_SECONDS = 0.5


class ClientProcess:
    """The process. `end` it at the end, whatever was done to it."""

    def __init__(
        self, url: str, token: str, log: Path, *, presence: int = 1, transport: str = "websocket"
    ) -> None:
        self.order = {"url": url, "token": token, "presence": presence, "transport": transport}
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "ClientProcess":
        """Start it, and return when the server has greeted it."""
        with self.log.open("wb") as log:
            command = (sys.executable, "-m", "tests.fakes.client_process")
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(self.order).encode() + b"\n")
        self.process.stdin.flush()
        eventually(
            lambda: "here" in self.log.read_text(), within=30, what=f"the client is greeted: {self.log}"
        )
        return self

    def close(self) -> None:
        """Let it say goodbye; returns at once."""
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.close()

    def signal(self, number: int) -> None:
        """Send it this signal."""
        assert self.process is not None
        os.kill(self.process.pid, number)

    def end(self) -> None:
        """Nothing is left of it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            if self.process.stdin is not None:
                self.process.stdin.close()
            self.process = None


def main() -> None:
    """Be the client."""
    order = json.loads(sys.stdin.readline())
    over = threading.Event()
    line = Line(lambda name, _: print("here", flush=True) if name == "connected" else None, over.set)
    payload = {"token": order["token"], "presence": order["presence"]}
    line.open(Way(order["url"], None), payload, [order["transport"]])
    left = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), left.set()), daemon=True).start()
    while not left.wait(HEARTBEAT_SECONDS) and not over.is_set():
        line.emit("heartbeat", {})
    line.goodbye()


if __name__ == "__main__":
    main()
