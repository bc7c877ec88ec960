"""Keeps secrets in the keyring of the desktop (Secret Service, Keychain, Credential Locker), and nowhere else.

Calls block, for minutes if a locked keyring asks its owner: never from the GUI thread. Where there is no keyring,
`Refused(NO_KEYRING)` says so; where it fails or its owner declines, `Refused(KEYRING_CLOSED)`. A backend that writes
plain text to disk counts as none.
"""

import logging

import keyring
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from presence_desktop.protocol.errors import Code, Refused

logger = logging.getLogger(__name__)

MOST_CHARACTERS = 1_200
"""Windows' Credential Locker takes 1,280; a longer secret is refused everywhere alike."""
_SERVICE = "presence-desktop"


class KeyringSecrets:
    """Secrets by server and account (`core.ports.Secrets`)."""

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        """`backend` None: the one that keyring chooses for this desktop, at the first use."""
        self._given = backend

    def get(self, server: str, account: str) -> str | None:
        """See `core.ports.Secrets`."""
        try:
            return self._backend().get_password(_service(server), account)
        except Exception as error:
            raise _none(error) from error

    def set(self, server: str, account: str, secret: str) -> None:
        """See `core.ports.Secrets`."""
        if len(secret) > MOST_CHARACTERS:
            raise Refused(Code.NO_KEYRING, "The secret is too long for a keyring.")
        try:
            self._backend().set_password(_service(server), account, secret)
        except Exception as error:
            raise _none(error) from error

    def delete(self, server: str, account: str) -> None:
        """See `core.ports.Secrets`."""
        try:
            backend = self._backend()
            if backend.get_password(_service(server), account) is not None:
                backend.delete_password(_service(server), account)
        except Exception as error:
            raise _none(error) from error

    def end(self) -> None:
        """Nothing of it runs on (`disk.asked_secrets` has more to end)."""

    def _backend(self) -> KeyringBackend:
        backend = self._given or keyring.get_keyring()
        for used in backend.backends if isinstance(backend, chainer.ChainerBackend) else [backend]:
            if not _safe(used):
                raise Refused(Code.NO_KEYRING, "There is no keyring.")
        return backend


def _safe(backend: KeyringBackend) -> bool:
    """Whether it keeps secrets, and not as plain text (the `keyrings.alt` family does)."""
    return not isinstance(backend, (fail.Keyring, null.Keyring)) and not type(backend).__module__.startswith(
        "keyrings."
    )


def _service(server: str) -> str:
    return f"{_SERVICE} {server}"


def _none(error: Exception) -> Refused:
    """Any failure of a backend, whose kinds are endless; its words are not passed on."""
    if isinstance(error, Refused):
        return error
    logger.warning("the keyring cannot be used: %s", type(error).__name__)
    return Refused(Code.KEYRING_CLOSED, "The keyring cannot be used.")
