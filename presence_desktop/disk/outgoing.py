"""Pictures that were pasted, kept as files until they are sent, and a good while longer: they are shown from here."""

from contextlib import suppress
from pathlib import Path

KEPT_MS = 60 * 24 * 3_600_000
"""Longer than anything waits in an outbox."""


def forget_old(folder: Path, now: int) -> None:
    """Remove what has lain there for too long; `now` in ms."""
    for path in folder.glob("*"):
        with suppress(OSError):
            if path.is_file() and path.stat().st_mtime_ns // 1_000_000 < now - KEPT_MS:
                path.unlink()
