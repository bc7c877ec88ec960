"""The journey of the official JavaScript client through all that the contract says (tests/js/journey.js)."""

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


def travel(server: ServerProcess, transports: list[str], users: Sequence[Person]) -> None:
    """Make the journey over these transports, with these two people; every step must hold."""
    plan = {
        "url": server.url,
        "transports": transports,
        "users": [{"userId": user.user_id, "username": user.username, "token": user.token} for user in users],
        "forged": forged(users[0]),
        "expired": expired(server, users[0]),
    }
    done = subprocess.run(
        ["node", "journey.js"],
        cwd=JS,
        env={**os.environ, "PLAN": json.dumps(plan)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = json.loads(done.stdout or "{}")
    assert told.get("error") is None, f"{told['step']}: {told['error']}\n{server.log}"
    assert told["done"] == STEPS, done.stderr
