"""Secrets that can be told to keep nothing: what the demo signs in with is gone with it."""

from presence_desktop.core.ports import Secrets


class ShortMemory:
    """A keyring in front of which one can stand (`core.ports.Secrets`)."""

    def __init__(self, kept: Secrets) -> None:
        self._kept = kept
        self.forgetting = False
        """True: nothing is read, nothing is kept."""

    def get(self, server: str, account: str) -> str | None:
        """See `core.ports.Secrets`."""
        return None if self.forgetting else self._kept.get(server, account)

    def set(self, server: str, account: str, secret: str) -> None:
        """See `core.ports.Secrets`."""
        if not self.forgetting:
            self._kept.set(server, account, secret)

    def delete(self, server: str, account: str) -> None:
        """See `core.ports.Secrets`."""
        if not self.forgetting:
            self._kept.delete(server, account)
