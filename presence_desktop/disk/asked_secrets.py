"""Asks the keyring in a process of its own, which is gone with everything it loaded once the answer is there.

Linux' keyring needs libraries that weigh 11 MB for an answer that is needed once a start, and it may wait for its owner
for minutes. One process does one ask: a line of JSON on its standard input, a line of JSON on its standard output, and
no secret in its arguments or its environment. It holds out for no more than a moment once the app is gone.
"""

import json
import logging
import os
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import BinaryIO, cast

from presence_desktop.protocol.errors import Code, Refused

logger = logging.getLogger(__name__)

GRACE_SECONDS = 3
"""What a process that is asked may still take when nobody waits for its answer any more."""


class AskedSecrets:
    """Secrets by server and account (`core.ports.Secrets`), from any thread."""

    def __init__(self, command: Sequence[str]) -> None:
        """`command` starts a process that runs `answer`."""
        self._command = list(command)
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._ended = False

    def get(self, server: str, account: str) -> str | None:
        """See `core.ports.Secrets`."""
        return self._ask("get", server, account)

    def set(self, server: str, account: str, secret: str) -> None:
        """See `core.ports.Secrets`."""
        self._ask("set", server, account, secret)

    def delete(self, server: str, account: str) -> None:
        """See `core.ports.Secrets`."""
        self._ask("delete", server, account)

    def end(self) -> None:
        """Wait for no answer any more: who asks is refused, and so is who still waits."""
        with self._lock:
            self._ended = True
            for process in self._running:
                process.kill()

    def _ask(self, *words: str) -> str | None:
        with self._begun() as process:
            asked, told = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
            try:
                with suppress(BrokenPipeError):
                    asked.write(json.dumps(words).encode() + b"\n")
                    # and it stays open: that it closes is what the process watches
                lines = told.read().splitlines()
            finally:
                with self._lock:
                    self._running.discard(process)
        return _understood(lines)

    def _begun(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._ended:
                raise Refused(Code.KEYRING_CLOSED, "The app is closing.")
            try:
                pipe = subprocess.PIPE
                # without buffers: closing one with words that nobody reads any more would raise
                process = subprocess.Popen(self._command, bufsize=0, stdin=pipe, stdout=pipe)
            except OSError as error:
                logger.warning("the keyring cannot be asked: %s", error.strerror)
                raise Refused(Code.KEYRING_CLOSED, "The keyring cannot be asked.") from error
            self._running.add(process)
            return process


def _understood(lines: Sequence[bytes]) -> str | None:
    """The secret that the last line tells, or None; raises what it refuses."""
    try:
        answer = json.loads(lines[-1])
    except (IndexError, ValueError):
        logger.warning("the keyring was asked and gave no answer")
        raise Refused(Code.KEYRING_CLOSED, "The keyring gave no answer.") from None
    if "code" in answer:
        logger.warning("the keyring was asked and refused: %s", answer["code"])
        raise Refused(Code(answer["code"]), answer["message"])
    secret: str | None = answer["secret"]
    return secret


def answer(asked: BinaryIO, told: BinaryIO) -> int:
    """Do what the first line of `asked` says, and tell what came of it; the exit status."""
    from presence_desktop.disk.secrets import KeyringSecrets

    act, *words = json.loads(asked.readline())
    threading.Thread(target=_end_with, args=(asked,), daemon=True).start()
    secrets = KeyringSecrets()
    acts: dict[str, Callable[..., str | None]] = {
        "get": secrets.get,
        "set": secrets.set,
        "delete": secrets.delete,
    }
    try:
        result: dict[str, str | None] = {"secret": acts[act](*words)}
    except Refused as refused:
        result = {"code": refused.code, "message": refused.message}
    with suppress(BrokenPipeError):
        told.write(json.dumps(result).encode() + b"\n")
        told.flush()
    return 0


def _end_with(asked: BinaryIO) -> None:
    while os.read(asked.fileno(), 1):
        pass
    threading.Event().wait(GRACE_SECONDS)
    os._exit(1)
