"""The app without its window, in a process of its own, to be killed: `python -m tests.fakes.chat_desk`.

It is the product's client (mind, gateway, cache on the disk). A line of JSON on standard input says who and where; it
signs in and writes one message after another into its outbox, and says so after each. `rest` ends the writing, `show`
has it tell what it keeps of a conversation. When standard input ends, so does it.
"""

import json
import queue
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from presence_desktop.core import incoming
from presence_desktop.core.chat_ports import ChatPorts
from presence_desktop.core.client import Client
from presence_desktop.disk.history import FileHistory
from presence_desktop.net.gateway import Gateway
from tests.net.people import MemorySecrets, SystemClock
from tests.waiting import eventually

TURN_SECONDS = 0.05
PATIENCE_SECONDS = 60.0
MARK = "책상"
"""How everything begins that it writes."""
RUN = 100_000
"""The numbers of one run's messages begin this far above those of the run before."""


class ChatDesk:
    """The process. It may be killed and started again as often as one likes; `end` it at the end."""

    def __init__(
        self, url: str, email: str, password: str, conversations: Sequence[int], folder: Path
    ) -> None:
        self.order = {
            "url": url, "email": email, "password": password, "folder": str(folder),
            "conversations": list(conversations),
        }  # fmt: skip
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None
        self.runs = 0

    def start(self) -> None:
        """Start it; returns when it runs, connected or not."""
        self.folder.mkdir(exist_ok=True)
        self.runs += 1
        with self._log.open("wb") as log:
            command = (sys.executable, "-m", "tests.fakes.chat_desk")
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
        self._tell({**self.order, "first": self.runs * RUN})
        eventually(lambda: "here" in self._log.read_text(), within=30, what=f"it runs: {self._log}")

    def kill(self) -> None:
        """`kill -9`."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            if self.process.stdin is not None:
                with suppress(BrokenPipeError):
                    self.process.stdin.close()
            self.process = None

    end = kill

    def rest(self) -> None:
        """Write nothing new from now on."""
        self._tell("rest")

    def written(self, conversation_id: int) -> list[str]:
        """The texts that stood in its outbox for certain, in order."""
        found = [line for line in self._lines() if line.get("wrote") == conversation_id]
        return [line["text"] for line in found]

    def keeps(self, conversation_id: int, last_seq: int) -> list[dict[str, Any]]:
        """What it keeps of a conversation now: messages as on the wire, up to this place, without a hole."""
        before = len(list(self._lines()))
        self._tell({"show": conversation_id, "below": last_seq + 1})
        told = eventually(
            lambda: [line for line in list(self._lines())[before:] if line.get("shown") == conversation_id],
            within=20,
            what=f"it shows what it keeps: {self._log}",
        )
        messages: list[dict[str, Any]] = told[0]["messages"]
        return messages

    @property
    def _log(self) -> Path:
        return self.folder / f"run{self.runs}.log"

    def _lines(self) -> Iterator[dict[str, Any]]:
        for run in range(1, self.runs + 1):
            for line in (self.folder / f"run{run}.log").read_text().splitlines(keepends=True):
                if line.startswith("{") and line.endswith("}\n"):  # the last one may be half written
                    yield json.loads(line)

    def _tell(self, order: object) -> None:
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()


class _Desk:
    """What runs in the process."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.conversations: list[int] = order["conversations"]
        self.number: int = order["first"]
        self.writing = True
        self.chance = random.Random()
        self.news: queue.Queue[Any] = queue.Queue()
        self.history = FileHistory(Path(order["folder"]) / "history")
        gateway = Gateway(self.news.put, MemorySecrets(), SystemClock())
        self.client = Client(
            gateway, SystemClock(), ChatPorts(gateway.chat, self.history, self.chance.random)
        )
        self.sign_in = lambda: self.client.sign_in(order["url"], order["email"], order["password"])

    def work(self, orders: "queue.Queue[Any]") -> None:
        """Until there are no more orders."""
        self.sign_in()
        tell({"here": True})
        again = 0.0
        while (order := _next(orders)) is not _OVER:
            self.obey(order)
            batch = _gathered(self.news)
            self.client.apply(batch)
            if any(isinstance(item, incoming.SignInFailed) for item in batch):
                again = time.monotonic() + 0.3
            if again and time.monotonic() > again:  # the server was not there
                again = 0.0
                self.sign_in()
            self.client.chats.tick()
            if self.writing and all(map(self.client.chats.get, self.conversations)):
                self.write()
        self.client.close()

    def obey(self, order: Any) -> None:
        """One line of standard input."""
        if order == "rest":
            self.writing = False
        elif isinstance(order, dict):
            kept = self.history.before(order["show"], order["below"], 10**6)
            messages = [msgspec.to_builtins(message, str_keys=True) for message in kept]
            tell({"shown": order["show"], "messages": messages})

    def write(self) -> None:
        """A message into the outbox, and then word of it."""
        where = self.chance.choice(self.conversations)
        self.number += 1
        text = f"{MARK} {self.number}"
        self.client.chats.send(where, text)
        tell({"wrote": where, "text": text})


_OVER = object()


def _next(orders: "queue.Queue[Any]") -> Any:
    return orders.get() if orders.qsize() else None


def _gathered(news: "queue.Queue[Any]") -> tuple[Any, ...]:
    batch = []
    with suppress(queue.Empty):
        batch.append(news.get(timeout=TURN_SECONDS))
        while True:
            batch.append(news.get_nowait())
    return tuple(batch)


def tell(what: object) -> None:
    """A line on standard output, on its way when this returns."""
    print(json.dumps(what, ensure_ascii=False), flush=True)


def main() -> None:
    """Be the desk."""
    desk = _Desk(json.loads(sys.stdin.readline()))
    orders: queue.Queue[Any] = queue.Queue()

    def listen() -> None:
        for line in sys.stdin:
            orders.put(json.loads(line))
        orders.put(_OVER)

    threading.Thread(target=listen, daemon=True).start()
    desk.work(orders)


if __name__ == "__main__":
    main()
