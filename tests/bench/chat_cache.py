"""What the desktop keeps of a conversation of 100,000 messages: opened, paged through, added to; `make bench-chat`.

All of it happens in the window's own thread, so each call must be over within a few ms.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

from presence_desktop.core.chat_ports import Unsent
from presence_desktop.disk.history import FileHistory
from presence_desktop.protocol.chat import Conversation, Kind, Message

MESSAGES = 100_000
PAGE = 200
TIMES = 200
TEXTS = (
    "Morning! The build from last night is green, I am deploying it to staging now",
    "좋은 아침이에요. 어제 회의록을 공유했으니 확인 부탁드립니다",
    "ok",
)


def message(seq: int) -> Message:
    """The message at this place."""
    return Message(
        id=UUID(int=seq),
        conversation_id=1,
        seq=seq,
        change=seq,
        sender_id=1 + seq % 7,
        text=f"{TEXTS[seq % len(TEXTS)]} {seq}",
        sent_at=1_700_000_000_000 + seq * 60_000,
    )


def unsent(number: int) -> Unsent:
    """A message that waits."""
    return Unsent(uuid4(), 1, number, "좋아요", 1_700_000_000_000)


def measured(what: str, call: Callable[[int], object], times: int = TIMES) -> str:
    """A row of the table: how long a call takes, in ms."""
    took = []
    for number in range(times):
        began = time.perf_counter()
        call(number)
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return f"| {what} | {took[times // 2]:.2f} | {took[int(times * 0.95)]:.2f} | {took[-1]:.2f} |"


def main() -> None:
    """Fill it, measure, tell."""
    with tempfile.TemporaryDirectory() as folder:
        history = FileHistory(Path(folder))
        history.open("http://here", "me@here")
        history.put_talk(Conversation(id=1, kind=Kind.ROOM, title="all", version=1, created_at=1, members=[]))
        pages = [range(start, min(start + PAGE, MESSAGES + 1)) for start in range(1, MESSAGES + 1, PAGE)]
        began = time.perf_counter()
        for page in pages:
            history.put_messages([message(seq) for seq in page])
        filled = time.perf_counter() - began
        assert not history.failing
        rows = [
            measured("opened", lambda _: history.open("http://here", "me@here"), 20),
            measured("the newest 200", lambda _: history.before(1, MESSAGES + 1, PAGE)),
            measured("100 older ones", lambda number: history.before(1, MESSAGES - 400 * number, 100)),
            measured("100 newer ones", lambda number: history.after(1, 400 * number, 100)),
            measured(
                "a message comes", lambda number: history.put_messages([message(MESSAGES + 1 + number)])
            ),
            measured("a message into the outbox", lambda number: history.put_unsent(unsent(number))),
        ]
        assert not history.failing
        assert len(history.before(1, MESSAGES + 1, PAGE)) == PAGE
        history.close()
    print(f"{MESSAGES:,} messages, kept in {filled:.1f} s\n")
    print("| kept on the desktop's disk | median, ms | p95, ms | most, ms |\n| --- | --- | --- | --- |")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
