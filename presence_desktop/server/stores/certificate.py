"""The server's certificate: the operator's own, or one made at first need in the data folder.

Decides where that lies, that its key is nobody else's to read, and that what cannot serve is refused before anybody
connects: unreadable, not belonging together, expired. What is in a self-made one is decided in `self_made`.
"""

import hashlib
import os
import secrets
import shutil
import ssl
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from presence_desktop.server.stores.folder import FolderUnusable

FOLDER = "tls"
_CERTIFICATE, _KEY = "certificate.pem", "key.pem"
_EXPIRED, _NOT_YET = 10, 9
"""OpenSSL's numbers of what is wrong with a certificate's dates."""


class CertificateUnusable(Exception):
    """The certificate or its key cannot serve; the text says why."""


class Certificate(Struct, frozen=True):
    """A certificate that was found to work with its key."""

    path: Path
    key: Path
    fingerprint: str
    """SHA-256 of the certificate (DER), 64 hexadecimal digits."""
    until: int
    """When it expires, in ms."""
    self_made: bool


def given(path: Path, key: Path) -> Certificate:
    """The operator's own. Raises CertificateUnusable."""
    return _proved(path, key, self_made=False)


def is_made(data_dir: Path) -> bool:
    """Whether this data folder has one of its own."""
    return (data_dir / FOLDER / _CERTIFICATE).exists()


def made(data_dir: Path, names: Sequence[str], now: int) -> Certificate:
    """The one of this data folder, made if there is none, for these host names and addresses; `now` in ms.

    Raises CertificateUnusable, FolderUnusable.
    """
    folder = data_dir / FOLDER
    if not is_made(data_dir):
        try:
            _make(folder, names, now)
        except OSError as error:
            raise FolderUnusable(f"{folder}: {error.strerror}") from None
    return _proved(folder / _CERTIFICATE, folder / _KEY, self_made=True)


def _make(folder: Path, names: Sequence[str], now: int) -> None:
    """Both files in one step: two that make one at the same time end up with the same."""
    from presence_desktop.server.stores import self_made

    pair = self_made.certificate(names, now)
    fresh = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}")
    try:
        fresh.mkdir(mode=0o700)
        for name, content in ((_KEY, pair.key), (_CERTIFICATE, pair.certificate)):
            descriptor = os.open(fresh / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        with suppress(FileExistsError):
            fresh.rename(folder)
    except OSError:
        if not (folder / _CERTIFICATE).exists():
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _proved(path: Path, key: Path, *, self_made: bool) -> Certificate:
    """Read both, and let them shake hands with a client that trusts them."""
    try:
        der = ssl.PEM_cert_to_DER_cert(_first(path.read_text(encoding="ascii")))
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(path, key, password=_no_password)
    except ssl.SSLError as error:
        raise CertificateUnusable(_why_not(path, key, error)) from None
    except OSError as error:
        where = key if error.filename is None else error.filename
        raise CertificateUnusable(f"{where}: {error.strerror}") from None
    except ValueError:
        raise CertificateUnusable(f"{path}: there is no certificate in PEM form in it") from None
    try:
        until = _shake_hands(server, der)
    except ssl.SSLCertVerificationError as error:
        raise CertificateUnusable(f"{path}: {_why_refused(error)}") from None
    except ssl.SSLError as error:
        raise CertificateUnusable(f"{path}: no connection can be made with it ({error.reason})") from None
    return Certificate(path, key, hashlib.sha256(der).hexdigest(), until, self_made)


def _first(text: str) -> str:
    """The first certificate of a file that may hold the whole chain. Raises ValueError."""
    begin, end = text.index(ssl.PEM_HEADER), text.index(ssl.PEM_FOOTER)
    return text[begin : end + len(ssl.PEM_FOOTER)] + "\n"


def _no_password() -> str:
    """Asked for a key that is locked; nobody is there to type one."""
    return ""


def _why_not(path: Path, key: Path, error: ssl.SSLError) -> str:
    if error.reason == "KEY_VALUES_MISMATCH":
        return f"{key}: the key does not belong to the certificate {path.name}"
    return f"{key}: the key cannot be used; it must be in PEM form, without a password"


def _why_refused(error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code == _EXPIRED:
        return "the certificate has expired"
    if error.verify_code == _NOT_YET:
        return "the certificate does not hold yet; is the clock right?"
    return f"the certificate cannot serve: {error.verify_message}"


def _shake_hands(server: ssl.SSLContext, der: bytes) -> int:
    """Connect in memory; when the certificate expires, in ms. Raises `ssl.SSLError`."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    client.load_verify_locations(cadata=der)
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    asking, answering = client.wrap_bio(back, there), server.wrap_bio(there, back, server_side=True)
    for _ in range(3):
        for side in (asking, answering):
            with suppress(ssl.SSLWantReadError):
                side.do_handshake()
    shown = asking.getpeercert() or {}
    return round(ssl.cert_time_to_seconds(str(shown["notAfter"])) * 1000)
