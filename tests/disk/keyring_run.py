"""Runs on a session bus of its own (`dbus-run-session`): starts a real gnome-keyring, then does what it is told.

`python -m tests.disk.keyring_run unlocked|locked SERVER ACCOUNT SECRET`; prints one JSON line of what came of it.
"""

import json
import subprocess
import sys

from presence_desktop.disk.secrets import KeyringSecrets
from presence_desktop.protocol.errors import Refused


def main(mode: str, server: str, account: str, secret: str) -> None:
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
    if mode == "unlocked":
        command.append("--unlock")
    daemon = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert daemon.stdin is not None
    daemon.stdin.write(b"test")
    daemon.stdin.close()
    try:
        print(json.dumps(use(KeyringSecrets(), server, account, secret)))
    finally:
        daemon.terminate()
        daemon.wait(10)


def use(secrets: KeyringSecrets, server: str, account: str, secret: str) -> list[str | None]:
    try:
        secrets.set(server, account, secret)
        secrets.set("http://other", account, "another")
        found = [
            secrets.get(server, account),
            secrets.get(server, "nobody"),
            secrets.get("http://other", account),
        ]
        secrets.delete(server, account)
        secrets.delete(server, account)
        return [*found, secrets.get(server, account), secrets.get("http://other", account)]
    except Refused as refused:
        return [refused.code]


if __name__ == "__main__":
    main(*sys.argv[1:5])
