"""How the cache of conversations keeps its rows: versions of the app before and after this one read them too."""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from presence_desktop.disk.history import FileHistory
from presence_desktop.protocol.chat import UNREADABLE
from tests.disk.test_history import EMAIL, SERVER, message, talk


def test_what_is_usual_of_a_message_takes_no_room(tmp_path: Path) -> None:
    history = FileHistory(tmp_path)
    history.open(SERVER, EMAIL)
    history.put_talk(talk(3))
    told = [message(3, 1), message(3, 2, mentions_all=True, kind=UNREADABLE, pinned_at=4)]
    history.put_messages(told)
    assert history.after(3, 0, 9) == told
    history.close()
    (path,) = tmp_path.glob("*.sqlite3")
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT body FROM messages ORDER BY seq").fetchall()
    plain, special = (set(msgspec.json.decode(body)) for (body,) in rows)
    assert plain == {"id", "conversationId", "seq", "change", "senderId", "text", "sentAt"}
    assert special - plain == {"mentionsAll", "kind", "pinnedAt"}
