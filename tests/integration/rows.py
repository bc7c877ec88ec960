"""The table `user_online_statuses` as it lies in the database, read past the server."""

import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

Rows = dict[int, tuple[str, int]]
"""Status and last seen (ms) by user id."""
_QUESTION = "SELECT user_id, status, last_seen_at FROM user_online_statuses"


def of_sqlite(data_dir: Path) -> Rows:
    """From the server's data folder."""
    connection = sqlite3.connect(f"file:{data_dir / 'presence.db'}?mode=ro", uri=True, timeout=10)
    try:
        return {user_id: (status, _millis(seen)) for user_id, status, seen in connection.execute(_QUESTION)}
    finally:
        connection.close()


def of_mariadb(url: str) -> Rows:
    """From a MariaDB at this `PRESENCE_DATABASE_URL`."""
    port = url.rpartition(":")[2].partition("/")[0]
    command = [
        "mariadb",
        "--no-defaults",
        "-h127.0.0.1",
        f"-P{port}",
        "-upresence",
        "-ppresence",
        "-N",
        "presence",
    ]
    done = subprocess.run(command, input=_QUESTION, capture_output=True, text=True, check=True)
    fields = [line.split("\t") for line in done.stdout.splitlines()]
    return {int(user_id): (status, _millis(seen)) for user_id, status, seen in fields}


def _millis(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)
