"""A conversation of 100,000 messages on the screen: opened, scrolled, written into.

`python -m tests.bench.chat_view [messages]`; without a screen, on a virtual one. Everything is the app's own: the cache
on the disk, `core`'s window, the pane in a real window. Told in ms, of the clock and of the processor: opening (from
the click until it is painted), one step of scrolling up by the wheel until it is painted (the second time without a
pause in which rows are measured ahead), fetching what lies above included, and one message more.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import msgspec
from PySide6.QtWidgets import QApplication

from presence_desktop.core import incoming
from presence_desktop.core.chat_ports import ChatPorts, Progress
from presence_desktop.core.client import Client
from presence_desktop.desktop.clock import SystemClock
from presence_desktop.disk.history import FileHistory
from presence_desktop.gui.chat.pane import ChatPane
from presence_desktop.gui.look import Look
from presence_desktop.protocol.chat import Conversation, Kind, Member, Message
from presence_desktop.protocol.chat_events import MessageNew
from tests.core.chat.device import Device
from tests.core.chat.world import ROOM, SERVER, ChatServer
from tests.core.world import ME, entry
from tests.wire.made import made
from tools.run_screenless import virtual_screen

NOON = 1_763_899_200_000
WHEEL = 120
STEPS = 400
APPENDED = 60
WORDS = (
    "오늘 회의는 **세 시**로 옮겼어요.",
    "The build is green again, see https://ci.example.org/builds/4821 for the log.",
    "`make test` takes nine minutes here; what about you?",
    "좋아요! 점심 먹고 바로 볼게요.",
    "- palette\n- type scale\n- dark mode",
    "I read the whole thread twice and would keep the old name for one more release, for the sake of all scripts.",
    "```python\nfor row in rows:\n    print(row.key, row.state)\n```",
    "👍",
)


def messages(count: int) -> Iterator[Message]:
    """What a team said in a year."""
    for number in range(1, count + 1):
        reactions = [{"emoji": "👍", "userIds": [2, 3]}] if number % 17 == 0 else []
        yield made(Message, id=UUID(int=number), conversation_id=ROOM, seq=number, change=number,
                sender_id=1 + number // 3 % 9, text=f"{WORDS[number % len(WORDS)]} {number}",
                sent_at=NOON - (count - number) * 300_000, reactions=reactions)  # fmt: skip


def fill(folder: Path, count: int) -> None:
    """A cache that holds them all."""
    history = FileHistory(folder)
    history.open(SERVER, ME.email)
    people = [entry(number, f"Person {number}") for number in range(1, 10)]
    members = [Member(user_id=person.user_id, joined_at=1) for person in people]
    with history.together():
        history.put_account(ME)
        history.put_people(people)
        for room in (ROOM, ROOM + 1):
            history.put_talk(
                Conversation(
                    id=room, kind=Kind.ROOM, title=f"room {room}", version=1, created_at=1, members=members
                )
            )
        history.put_progress(ROOM, Progress(known_change=count, last_seq=count, read_seq=count))
    page: list[Message] = []
    for message in messages(count):
        page.append(message)
        if len(page) == 2_000 or message.seq == count:
            history.put_messages(page)
            page = []
    history.close()


class Spent:
    """What some calls took, until all they caused was painted."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.processor: list[float] = []

    def measure(self, act: Callable[[], object]) -> None:
        """Do it, and see it painted."""
        begun, used = time.perf_counter(), time.process_time()
        act()
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        self.wall.append(1000 * (time.perf_counter() - begun))
        self.processor.append(1000 * (time.process_time() - used))

    def told(self) -> str:
        """Median, the 95th of a hundred, the worst."""
        return f"clock {_spread(self.wall)}   processor {_spread(self.processor)}"


def _spread(values: list[float]) -> str:
    ordered = sorted(values)
    place = min(len(ordered) - 1, round(len(ordered) * 0.95))
    return f"median {ordered[len(ordered) // 2]:6.1f}  p95 {ordered[place]:6.1f}  max {ordered[-1]:6.1f}"


def settle(pane: ChatPane) -> None:
    """Let whatever is measured ahead be measured, as it is while somebody reads."""
    for _ in range(3_000):
        QApplication.processEvents()
        if not pane.view._idle.isActive():
            return


def run(count: int) -> dict[str, Spent]:
    """Everything, once."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    figures = {name: Spent() for name in ("open", "open again", "scroll", "scroll on", "append")}
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), count)
        device = Device(ChatServer(), history=FileHistory(Path(folder)))
        client = Client(device.gateway, SystemClock(), ChatPorts(device.wire, device.history))
        pane = ChatPane(client, Look(app), SystemClock())
        pane.changed.connect(pane.refresh)
        pane.resize(900, 800)
        pane.show()
        client.resume(SERVER, ME.email)
        QApplication.processEvents()
        figures["open"].measure(lambda: pane.show_talk(ROOM))
        for _ in range(5):
            pane.show_talk(ROOM + 1)
            QApplication.processEvents()
            figures["open again"].measure(lambda: pane.show_talk(ROOM))
        _scroll(pane, figures)
        pane.view.show_end()
        _append(client, pane, figures, count)
        pane.close()
        client.close()
    return figures


def _scroll(pane: ChatPane, figures: dict[str, Spent]) -> None:
    bar = pane.view.verticalScrollBar()
    for name, calm in (("scroll", True), ("scroll on", False)):
        pane._go_to_newest()
        settle(pane)
        for _ in range(STEPS):
            figures[name].measure(lambda: bar.setValue(bar.value() - WHEEL))
            if calm:
                settle(pane)


def _append(client: Client, pane: ChatPane, figures: dict[str, Spent], count: int) -> None:
    pane._go_to_newest()
    settle(pane)
    for number in range(count + 1, count + 1 + APPENDED):
        came = msgspec.structs.replace(
            next(messages(1)), id=UUID(int=number), seq=number, change=number, sent_at=NOON + number
        )
        news = incoming.ChatEvent(MessageNew(message=came))
        figures["append"].measure(lambda news=news: pane.refresh(client.apply((news,))))  # type: ignore[misc]


def main() -> None:
    if "DISPLAY" not in os.environ:
        with tempfile.TemporaryDirectory() as folder, virtual_screen(Path(folder)) as variables:
            command = [sys.executable, "-m", "tests.bench.chat_view", *sys.argv[1:]]
            subprocess.run(command, env={**os.environ, **variables}, check=True)
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for name, spent in run(count).items():
        sys.stdout.write(f"{count:>7} messages  {name:<11} ms: {spent.told()}\n")


if __name__ == "__main__":
    main()
