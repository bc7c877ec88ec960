"""The certificate: made once and kept, and nothing that could not serve is ever shown."""

import datetime
import ssl
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from presence_desktop.server import tls_side
from presence_desktop.server.clock import SystemClock
from presence_desktop.server.config import load
from presence_desktop.server.stores import self_made
from presence_desktop.server.stores.certificate import CertificateUnusable, given, made
from presence_desktop.server.stores.folder import FolderUnusable
from presence_desktop.server.transport.web import addresses

NOW = round(datetime.datetime.now(datetime.UTC).timestamp() * 1000)  # noqa: TID251 - OpenSSL asks the real clock
DAY = 86_400_000
NAMES = ["localhost", "127.0.0.1", "::1", "localhost"]
Files = tuple[Path, Path]


def written(folder: Path, now: int = NOW, name: str = "a") -> Files:
    pair = self_made.certificate(NAMES, now)
    files = folder / f"{name}-cert.pem", folder / f"{name}-key.pem"
    for path, content in zip(files, (pair.certificate, pair.key), strict=True):
        path.write_bytes(content)
    return files


def test_it_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    first = made(tmp_path, NAMES, NOW)
    assert made(tmp_path, ["elsewhere"], NOW) == first
    assert first.self_made
    assert first.path.parent == tmp_path / "tls"
    assert [entry.name for entry in tmp_path.iterdir()] == ["tls"]
    for path in (first.path, first.key):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    certificate = x509.load_pem_x509_certificate(first.path.read_bytes())
    assert certificate.fingerprint(hashes.SHA256()).hex() == first.fingerprint
    assert round(certificate.not_valid_after_utc.timestamp() * 1000) == first.until
    assert NOW + 24 * 365 * DAY < first.until < NOW + 26 * 365 * DAY
    named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert named.get_values_for_type(x509.DNSName) == ["localhost"]
    assert len(named.get_values_for_type(x509.IPAddress)) == 2


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderUnusable):
        made(tmp_path / "file", NAMES, NOW)


def test_an_own_one_with_its_chain_is_taken(tmp_path: Path) -> None:
    path, key = written(tmp_path)
    alone = given(path, key)
    other, _ = written(tmp_path, name="b")
    path.write_bytes(path.read_bytes() + other.read_bytes())
    assert given(path, key).fingerprint == alone.fingerprint
    assert not alone.self_made


def locked(folder: Path) -> Files:
    path, key = written(folder)
    private = serialization.load_pem_private_key(key.read_bytes(), None)
    secret = serialization.BestAvailableEncryption(b"tiger")
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    key.write_bytes(private.private_bytes(pem, form, secret))
    return path, key


def of_two(folder: Path) -> Files:
    return written(folder)[0], written(folder, name="b")[1]


def no_key(folder: Path) -> Files:
    path, key = written(folder)
    key.unlink()
    return path, key


def no_certificate(folder: Path) -> Files:
    path, key = written(folder)
    path.unlink()
    return path, key


def nonsense(folder: Path) -> Files:
    path, key = written(folder)
    path.write_text("nothing of the kind")
    return path, key


def broken(folder: Path) -> Files:
    path, key = written(folder)
    path.write_text(f"{ssl.PEM_HEADER}\nAAAA\n{ssl.PEM_FOOTER}\n")
    return path, key


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (locked, "a-key.pem: the key cannot be used; it must be in PEM form, without a password"),
        (of_two, "b-key.pem: the key does not belong to the certificate a-cert.pem"),
        (no_key, "a-key.pem: No such file or directory"),
        (no_certificate, "a-cert.pem: No such file or directory"),
        (nonsense, "a-cert.pem: there is no certificate in PEM form in it"),
        (broken, "the key cannot be used"),
        (lambda folder: written(folder, NOW - 26 * 365 * DAY), "a-cert.pem: the certificate has expired"),
        (lambda folder: written(folder, NOW + 3 * DAY), "does not hold yet; is the clock right?"),
    ],
)
def test_what_cannot_serve_is_refused_with_its_reason(
    tmp_path: Path, files: Callable[[Path], Files], words: str
) -> None:
    path, key = files(tmp_path)
    with pytest.raises(CertificateUnusable) as refusal:
        given(path, key)
    assert words in str(refusal.value)


def test_this_machine_is_asked_for_its_names_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where names are not answered, each question takes seconds."""
    asked: list[str] = []
    monkeypatch.setattr(addresses, "names", lambda: asked.append("names") or NAMES)
    settings = load(data_dir=tmp_path)
    assert tls_side.of(settings, SystemClock()) == tls_side.of(settings, SystemClock())
    assert asked == ["names"]
