"""A home in which the app was used: an account with people, rooms and their last messages, as it lies on the disk.

`fill` writes it by the app's own stores. The account's server does not answer: what is shown is what was kept.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from presence_desktop.core.chat_ports import Progress
from presence_desktop.disk.history import FileHistory
from presence_desktop.disk.settings import KnownServer, Settings, SettingsFile
from presence_desktop.protocol import rest
from presence_desktop.protocol.chat import Conversation, Kind, Member, Message
from presence_desktop.protocol.status import Status

SERVER = "http://127.0.0.1:9"
ME = rest.Account(user_id=1, username="Mina", email="mina@example.org")
NOON = 1_763_899_200_000
_GIVE_SECRET = "import json, keyring, sys; keyring.set_password(*json.load(sys.stdin))"


def fill(home: Path, people: int = 200, rooms: int = 20, messages: int = 100) -> None:
    """Write the settings and the cache of a home."""
    known = Settings(servers=(KnownServer(server=SERVER, account=ME.email),), language="en")
    SettingsFile(home / "config" / "settings.json").save(known)
    history = FileHistory(home / "data" / "conversations")
    history.open(SERVER, ME.email)
    with history.together():
        history.put_account(ME)
        history.put_people([_person(number) for number in range(1, people + 1)])
        for room in range(1, rooms + 1):
            members = [Member(user_id=1 + (room + step) % people, joined_at=1) for step in range(30)]
            members += (
                [] if any(member.user_id == 1 for member in members) else [Member(user_id=1, joined_at=1)]
            )
            talk = Conversation(
                id=room, kind=Kind.ROOM, title=f"Room {room}", version=1, created_at=1, members=members
            )
            history.put_talk(talk)
            history.put_progress(room, Progress(known_change=messages, last_seq=messages, read_seq=messages))
            history.put_messages([_message(room, seq) for seq in range(1, messages + 1)])
    history.close()


def keep_secret(variables: Mapping[str, str]) -> None:
    """Put what signs the account in into the keyring of a seat."""
    words = json.dumps([f"presence-desktop {SERVER}", ME.email, "kept from the last time"])
    subprocess.run([sys.executable, "-c", _GIVE_SECRET], env=variables, input=words, text=True, check=True)


def _person(number: int) -> rest.DirectoryEntry:
    return rest.DirectoryEntry(
        user_id=number, username=f"Person {number:03}", avatar=None, status=Status.ONLINE, last_seen=NOON
    )


def _message(room: int, seq: int) -> Message:
    return Message(
        id=UUID(int=room * 1_000_000 + seq), conversation_id=room, seq=seq, change=seq,
        sender_id=1 + (room + seq) % 30, text=f"What was said in room {room}, number {seq}.", sent_at=NOON + seq,
    )  # fmt: skip
