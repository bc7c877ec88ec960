"""The tables of the file that keeps an account's conversations, and how an older file becomes a newer one."""

import sqlite3

VERSION = 1

_STEPS = (
    """
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE people (
        user_id INTEGER PRIMARY KEY, username TEXT NOT NULL, avatar TEXT, role TEXT NOT NULL, last_seen INTEGER
    );
    CREATE TABLE talks (
        id INTEGER PRIMARY KEY,
        box INTEGER NOT NULL UNIQUE,
        shape TEXT NOT NULL,
        known_change INTEGER NOT NULL DEFAULT 0,
        last_seq INTEGER NOT NULL DEFAULT 0,
        read_seq INTEGER NOT NULL DEFAULT 0,
        unread INTEGER NOT NULL DEFAULT 0,
        mentions INTEGER NOT NULL DEFAULT 0,
        muted INTEGER NOT NULL DEFAULT 0,
        draft TEXT NOT NULL DEFAULT ''
    );
    CREATE TABLE messages (
        box INTEGER NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL, change INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (box, seq)
    );
    CREATE INDEX messages_by_id ON messages (id);
    CREATE TABLE unsent (
        id BLOB PRIMARY KEY, conversation_id INTEGER NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE rubbish (box INTEGER PRIMARY KEY);
    """,
)
"""One script for each version, from the one before.

`box` is where a conversation's messages are: another one after they were given up, so that nobody waits for their end.
"""


class NewerFile(sqlite3.DatabaseError):
    """A newer version of this app wrote the file."""


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables, or bring them up to date. Raises `sqlite3.Error`; `NewerFile`."""
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > VERSION:
        raise NewerFile(f"version {found}")
    for number, script in enumerate(_STEPS[found:], found + 1):
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
