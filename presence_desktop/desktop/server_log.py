"""What the server on this computer says: its last lines, as a person reads them.

Decides how one line of its log (JSON) is shown, and how many are kept; nothing is written to disk here.
"""

import json
from collections import deque
from collections.abc import Mapping
from datetime import datetime

MOST_LINES = 500
_HEAD = ("time", "level", "logger", "message", "traceback")


class ServerLog:
    """The last lines."""

    def __init__(self) -> None:
        self._lines: deque[str] = deque(maxlen=MOST_LINES)

    def take(self, line: str) -> Mapping[str, object]:
        """Keep a line; what it says as an event, empty where it is none."""
        event = read(line)
        self._lines.append(shown(event) if event else line)
        return event

    def text(self) -> str:
        """All of it, the newest at the end."""
        return "\n".join(self._lines)


def read(line: str) -> Mapping[str, object]:
    """A line of the log as an event; empty where it is anything else."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) and isinstance(event.get("message"), str) else {}


def shown(event: Mapping[str, object]) -> str:
    """An event as a line for people: local time, level, name, what belongs to it; a traceback below."""
    more = [f"{name}={value}" for name, value in event.items() if name not in _HEAD]
    level = str(event.get("level", ""))
    words = [
        _local(str(event.get("time", ""))),
        "" if level == "INFO" else level,
        str(event["message"]),
        *more,
    ]
    line = " ".join(word for word in words if word)
    traceback = event.get("traceback")
    return f"{line}\n{traceback}" if traceback else line


def _local(moment: str) -> str:
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return moment
