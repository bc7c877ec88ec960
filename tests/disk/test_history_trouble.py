"""A broken file, a full disk, another program: nothing is raised, nothing is half kept, the outbox is saved."""

import logging
import sqlite3
import threading
from pathlib import Path

import pytest

from presence_desktop.core.chat_ports import Kept, Progress
from presence_desktop.disk import history_schema
from presence_desktop.disk.checkpoints import EVERY
from presence_desktop.disk.history import FileHistory
from tests.disk.test_history import EMAIL, ME, SERVER, message, talk, unsent
from tests.waiting import eventually


@pytest.fixture
def history(tmp_path: Path) -> FileHistory:
    history = FileHistory(tmp_path)
    history.open(SERVER, EMAIL)
    history.put_account(ME)
    history.put_talk(talk(7))
    for number in (1, 2, 3):
        history.put_unsent(unsent(7, number))
    return history


def file_in(folder: Path) -> Path:
    return next(path for path in folder.iterdir() if path.suffix == ".sqlite3")


def aside_in(folder: Path) -> list[str]:
    return [path.suffix for path in folder.iterdir() if path.suffix == ".broken"]


def spoil(path: Path, table: str) -> None:
    """Overwrite the pages of a table with nonsense."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xee" * size)


def test_what_is_no_database_is_put_aside(
    tmp_path: Path, history: FileHistory, caplog: pytest.LogCaptureFixture
) -> None:
    history.close()
    file_in(tmp_path).write_bytes(b"this was never a database" * 100)
    with caplog.at_level(logging.WARNING):
        assert history.open(SERVER, EMAIL) == Kept()
    assert "put aside" in caplog.text
    assert aside_in(tmp_path) == [".broken"]
    history.put_talk(talk(7))
    assert not history.failing
    history.close()
    assert len(history.open(SERVER, EMAIL).talks) == 1
    history.close()


def test_the_outbox_is_saved_from_a_broken_file(
    tmp_path: Path, history: FileHistory, caplog: pytest.LogCaptureFixture
) -> None:
    history.close()
    spoil(file_in(tmp_path), "talks")
    with caplog.at_level(logging.WARNING):
        kept = history.open(SERVER, EMAIL)
        if kept.talks == () and not aside_in(tmp_path):
            kept = history.open(SERVER, EMAIL)
    assert [one.number for one in kept.unsent] == [1, 2, 3]
    assert kept.account == ME
    assert aside_in(tmp_path) == [".broken"]
    assert "3 messages that wait to be sent were saved" in caplog.text
    history.close()


def test_a_file_that_breaks_while_it_is_open_is_replaced(
    tmp_path: Path, history: FileHistory, caplog: pytest.LogCaptureFixture
) -> None:
    history.put_messages([message(7, 1)])
    history.close()
    spoil(file_in(tmp_path), "sqlite_autoindex_messages_1")
    history.open(SERVER, EMAIL)
    with caplog.at_level(logging.WARNING), history.together():
        history.put_messages([message(7, 2)])
        history.put_draft(7, "x")
    assert aside_in(tmp_path) == [".broken"]
    history.put_messages([message(7, 3)])
    history.put_talk(talk(7))
    history.put_messages([message(7, 4)])
    assert [one.seq for one in history.after(7, 3, 5)] == [4]
    assert not history.failing
    history.close()
    kept = history.open(SERVER, EMAIL)
    assert [one.number for one in kept.unsent] == [1, 2, 3]
    history.close()


def test_a_file_of_a_newer_version_is_put_aside(
    tmp_path: Path, history: FileHistory, caplog: pytest.LogCaptureFixture
) -> None:
    history.close()
    connection = sqlite3.connect(file_in(tmp_path))
    connection.execute(f"PRAGMA user_version = {history_schema.VERSION + 1}")
    connection.close()
    with caplog.at_level(logging.WARNING):
        kept = history.open(SERVER, EMAIL)
    assert [one.number for one in kept.unsent] == [1, 2, 3]
    assert kept.talks == ()
    history.close()


def test_a_full_disk_keeps_nothing_of_the_step_and_says_so(
    tmp_path: Path, history: FileHistory, caplog: pytest.LogCaptureFixture
) -> None:
    history.put_progress(7, Progress(known_change=4))
    connection = history._file._connection
    assert connection is not None
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with caplog.at_level(logging.WARNING), history.together():
        history.put_draft(7, "half")
        history.put_messages([message(7, seq, text="가" * 3000) for seq in range(1, 40)])
        history.put_draft(7, "after")
    assert history.failing
    assert caplog.text.count("not kept") == 1
    assert history.before(7, 40, 50) == []
    connection.execute("PRAGMA max_page_count = 100000")
    history.put_messages([message(7, 50)])
    history.put_progress(7, Progress(known_change=50, last_seq=50))
    assert not history.failing
    (one,) = history.open(SERVER, EMAIL).talks
    assert one.draft == ""
    assert (one.progress.known_change, one.progress.last_seq) == (4, 50)
    history.close()


def test_a_file_held_by_another_program_is_tried_again(tmp_path: Path, history: FileHistory) -> None:
    other = sqlite3.connect(file_in(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    history.put_draft(7, "now")
    assert history.failing
    other.execute("ROLLBACK")
    other.close()
    history.put_draft(7, "later")
    assert not history.failing
    assert history.open(SERVER, EMAIL).talks[0].draft == "later"
    history.close()


def test_without_permission_nothing_is_kept_and_nothing_fails(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    history = FileHistory(blocked / "conversations")
    with caplog.at_level(logging.WARNING):
        assert history.open(SERVER, EMAIL) == Kept()
    assert history.failing
    with history.together():
        history.put_talk(talk(7))
    assert history.before(7, 1, 1) == []
    history.close()


def test_what_cannot_be_understood_is_left_out(
    tmp_path: Path, history: FileHistory, caplog: pytest.LogCaptureFixture
) -> None:
    history.close()
    connection = sqlite3.connect(file_in(tmp_path))
    connection.execute("UPDATE unsent SET body = '{}' WHERE number = 2")
    connection.commit()
    connection.close()
    with caplog.at_level(logging.WARNING):
        kept = history.open(SERVER, EMAIL)
    assert [one.number for one in kept.unsent] == [1, 3]
    assert "could not be understood" in caplog.text
    history.close()


def test_the_log_is_brought_into_the_file_while_it_is_open(tmp_path: Path, history: FileHistory) -> None:
    before = file_in(tmp_path).stat().st_size
    for seq in range(1, 2 * EVERY):
        history.put_messages([message(7, seq)])
    eventually(lambda: file_in(tmp_path).stat().st_size > before)
    history.close()
    assert not any(thread.name == "checkpoint" for thread in threading.enumerate())


def test_a_step_that_fails_is_undone(history: FileHistory) -> None:
    class Oops(Exception):
        pass

    def step() -> None:
        with history.together():
            history.put_draft(7, "x")
            raise Oops

    with pytest.raises(Oops):
        step()
    history.put_draft(7, "y")
    assert history.open(SERVER, EMAIL).talks[0].draft == "y"
    history.close()
