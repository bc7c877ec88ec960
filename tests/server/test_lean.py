"""The server loads no more of its libraries than it needs, and all of it where it does."""

import subprocess
import sys
from pathlib import Path

import pytest

UNNEEDED = ("redis", "requests", "websocket", "cryptography", "PySide6", "aiohttp", "alembic", "PIL")
LOOK = """
import sys
from presence_desktop import lean
lean.open_socketio()
lean.load_without("jwt", "cryptography")
import presence_desktop.server.main
print(*[name for name in sys.argv[1:] if name in sys.modules])
import redis.asyncio, requests, cryptography
print("there when needed")
"""


def test_what_nobody_needs_is_not_loaded_and_still_there_for_who_does() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK, *UNNEEDED], capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["", "there when needed"], done.stderr


MIGRATE = """
import asyncio, sys
from pathlib import Path
from presence_desktop.server import account_side, config
from presence_desktop.server.stores.sql import schema
async def run():
    sys.executable = sys.argv[2]
    async with account_side.opened(config.load(data_dir=Path(sys.argv[1])), lasting=True) as database:
        print("due" if await schema.is_due(database) else "done", "alembic" in sys.modules)
asyncio.run(run())
"""


CERTIFY = """
import sys
from pathlib import Path
from presence_desktop.server import config, tls_side
from presence_desktop.server.clock import SystemClock
from presence_desktop.server.transport.web import listening
sys.executable = sys.argv[2]
bound = listening.listen("0.0.0.0", 0)
shown = tls_side.certificate(config.load(data_dir=Path(sys.argv[1])), bound, SystemClock())
print("done" if shown else "plain", "cryptography" in sys.modules)
listening.close(bound)
"""


@pytest.mark.parametrize("work", [MIGRATE, CERTIFY], ids=["migrate", "certify"])
@pytest.mark.parametrize(("program", "outcome"), [(sys.executable, "done False"), ("/nowhere", "done True")])
def test_what_is_done_once_is_done_by_another_process_or_where_that_cannot_be_by_the_server(
    tmp_path: Path, work: str, program: str, outcome: str
) -> None:
    command = [sys.executable, "-c", work, str(tmp_path), program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == outcome, done.stderr


HASH = """
import asyncio, sys
from presence_desktop import lean
from presence_desktop.server.services.accounts.passwords import Passwords
lean.give_back_large_blocks()
def resident():
    pages = open("/proc/self/statm").read().split()[1]
    return int(pages) * 4096 / 1e6
async def hashes():
    passwords = Passwords(2)
    before = resident()
    await asyncio.gather(*(passwords.hash("word") for _ in range(8)))
    print(round(resident() - before))
    passwords.close()
asyncio.run(hashes())
"""


def test_what_hashing_passwords_took_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", HASH], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 10
