"""The server's log: one line an event, as CONTRACT section 10 has it, or one JSON object a line by setting.

Decides the shape only. Who logs gives a short dotted name (`server.listening`) as the message and, where there is more
to say, `extra=fields(url=...)`; while a REST request is answered, each line says which. What looks like a token is
blotted out here as a last line of defence.
"""

import json
import logging
import re
import sys
import time
import warnings
from contextvars import ContextVar
from typing import Any, Literal

_TOKEN = re.compile(r"eyJ[\w-]{8,}\.[\w-]+\.[\w-]+")
_BLOT = "[token]"
_VENDORS = (
    "uvicorn",
    "engineio",
    "socketio",
    "presence.engineio",  # what python-engineio and python-socketio say packet by packet
    "presence.socketio",
    "aiosqlite",
    "sqlalchemy",
    "alembic",
    "asyncio",
)
"""Libraries that say more than an operator wants to read: their warnings and errors only."""

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The name of the request that is being answered."""


def fields(**values: object) -> dict[str, dict[str, object]]:
    """What a line says beside its name, for `extra=`."""
    return {"fields": values}


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        moment = time.localtime(record.created)
        head = f"[{time.strftime('%Y-%m-%d %H:%M:%S', moment)} {moment.tm_zone}] {record.levelname} "
        more = "".join(f" {name}={_plain(value)}" for name, value in _more(record).items())
        text = head + _one_line(record.getMessage()) + more
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        return _TOKEN.sub(_BLOT, text)


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        moment = time.gmtime(record.created)
        line: dict[str, Any] = {
            "time": f"{time.strftime('%Y-%m-%dT%H:%M:%S', moment)}.{int(record.msecs):03d}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_more(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return _TOKEN.sub(_BLOT, json.dumps(line, ensure_ascii=False, default=str))


def _more(record: logging.LogRecord) -> dict[str, object]:
    found = getattr(record, "fields", None)
    more: dict[str, object] = found if isinstance(found, dict) else {}
    name = request_id.get()
    return more if name is None else {**more, "request": name}


def _one_line(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n")


def _plain(value: object) -> str:
    text = _one_line(str(value))
    return json.dumps(text, ensure_ascii=False) if re.search(r'[\s"=]', text) or not text else text


def set_up(form: Literal["text", "json"], level: str) -> None:
    """Send everything that is logged in this process, the web server's own lines included, to standard output."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Text() if form == "text" else _Json())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in _VENDORS:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    # FastAPI names each request's body to pydantic, which says at the first one that it needs no name
    warnings.filterwarnings("ignore", message="The 'alias' attribute with value", category=UserWarning)
