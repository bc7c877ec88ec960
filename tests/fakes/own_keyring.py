"""Keyrings for an app in a process of its own, by PYTHON_KEYRING_BACKEND: one in a file, one that never answers."""

import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from keyring.backend import KeyringBackend


class InFile(KeyringBackend):
    """Keeps all in the JSON file that OWN_KEYRING names."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        found = self._kept().get(f"{service}\n{username}")
        return None if found is None else str(found)

    def set_password(self, service: str, username: str, password: str) -> None:
        with self._alone():
            self._keep({**self._kept(), f"{service}\n{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        with self._alone():
            self._keep(
                {name: kept for name, kept in self._kept().items() if name != f"{service}\n{username}"}
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Each act is a process of its own, and two of them at once may change the file."""
        with Path(f"{os.environ['OWN_KEYRING']}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _kept(self) -> dict[str, object]:
        path = Path(os.environ["OWN_KEYRING"])
        return dict(json.loads(path.read_text())) if path.exists() else {}

    def _keep(self, kept: dict[str, object]) -> None:
        path = Path(os.environ["OWN_KEYRING"])
        whole = path.with_suffix(".whole")  # somebody may be reading
        whole.write_text(json.dumps(kept))
        whole.replace(path)


class Locked(KeyringBackend):
    """Waits for an owner who never comes."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        threading.Event().wait()
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        threading.Event().wait()


class Broken(KeyringBackend):
    """Fails, and tells in its words what it was given."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(password)
