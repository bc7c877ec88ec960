"""Pasted pictures stay longer than anything waits in an outbox, and not for ever."""

import os
from pathlib import Path

from presence_desktop.disk.outgoing import KEPT_MS, forget_old

NOW = 1_800_000_000_000


def test_what_is_old_goes_and_what_is_not_or_is_no_file_stays(tmp_path: Path) -> None:
    for name, age in (("old.png", KEPT_MS + 1000), ("young.png", KEPT_MS - 1000)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, ((NOW - age) / 1000, (NOW - age) / 1000))
    (tmp_path / "folder").mkdir()
    os.utime(tmp_path / "folder", (1, 1))
    forget_old(tmp_path, NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "young.png"]
    forget_old(tmp_path / "missing", NOW)
