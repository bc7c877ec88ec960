"""Joins settings, certificate and listening sockets: whether the server encrypts, and with what.

Decides nothing itself: the settings say whether, `stores.certificate` what can serve.
"""

import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress

import uvicorn

from presence_desktop.server.config import Config
from presence_desktop.server.own_program import own_program
from presence_desktop.server.services.ports import Clock
from presence_desktop.server.stores.certificate import Certificate, given, is_made, made
from presence_desktop.server.transport.web import addresses, listening, tls

_PATIENCE = 30.0
"""Seconds until the other process has made a certificate."""


def certificate(config: Config, bound: Sequence[socket.socket], clock: Clock) -> Certificate | None:
    """What the server on these sockets shows; None: it speaks plain HTTP. Raises as `of`."""
    if not config.encrypts(on_loopback=listening.on_loopback(bound)):
        return None
    if config.tls_cert is None and not is_made(config.data_dir):
        _make_apart(config)
    return of(config, clock)


def _make_apart(config: Config) -> None:
    """Have it made by a process that takes what that needs along (14 MB); what does not succeed there is done here."""
    nowhere, command = subprocess.DEVNULL, own_program("certificate", "--data-dir", str(config.data_dir))
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, timeout=_PATIENCE, check=False)


def of(config: Config, clock: Clock) -> Certificate:
    """What these settings name, or the data folder's own, made at first need.

    Raises CertificateUnusable, FolderUnusable.
    """
    if config.tls_cert is not None and config.tls_key is not None:
        return given(config.tls_cert, config.tls_key)
    names = [] if is_made(config.data_dir) else addresses.names()  # asking for them may take seconds
    return made(config.data_dir, names, clock.now())


def fitted(server: uvicorn.Config, shown: Certificate | None) -> uvicorn.Config:
    """The web server's settings, loaded, with this certificate."""
    server.load()
    if shown is not None:
        server.ssl = tls.context(shown.path, shown.key)
    return server
