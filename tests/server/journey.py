"""The journeys of the official JavaScript client: through all that the contract says, and through a conversation."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.fakes.server_process import Person, ServerProcess
from tests.server.minting import expired, forged

JS = Path(__file__).resolve().parent.parent / "js"
STEPS = [
    "connected", "snapshot unasked", "somebody comes", "upgrade", "status change seen by another", "list on demand",
    "query", "heartbeat", "refused requests", "refused token", "somebody goes",
    "signing out cuts the socket, telling why",
]  # fmt: skip


CHAT_STEPS = [
    "connected", "direct conversation", "typing", "send", "edit", "react", "many without waiting", "marks", "missed",
    "room", "put out while connected",
]  # fmt: skip


def travel(server: ServerProcess, transports: list[str], users: Sequence[Person]) -> None:
    """Make the contract's journey over these transports, with these two people; every step must hold."""
    more = {"forged": forged(users[0]), "expired": expired(server, users[0])}
    _travel(server, "journey.js", STEPS, transports, users, **more)


def converse(server: ServerProcess, transports: list[str], users: Sequence[Person]) -> None:
    """Hold a conversation over these transports, with these three people; every step must hold."""
    _travel(server, "chat_journey.js", CHAT_STEPS, transports, users)


def _travel(
    server: ServerProcess,
    script: str,
    steps: list[str],
    transports: list[str],
    users: Sequence[Person],
    **more: str,
) -> None:
    plan = {
        "url": server.url,
        "transports": transports,
        "users": [{"userId": user.user_id, "username": user.username, "token": user.token} for user in users],
        **more,
    }
    done = subprocess.run(
        ["node", script],
        cwd=JS,
        env={**os.environ, "PLAN": json.dumps(plan), "NODE_EXTRA_CA_CERTS": str(server.certificate)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = json.loads(done.stdout or "{}")
    assert told.get("error") is None, f"{told['step']}: {told['error']}\n{server.log}"
    assert told["done"] == steps, done.stderr
