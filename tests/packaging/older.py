"""Makes of a .deb the same with a lower version, to upgrade from."""

import io
import re
import tarfile
from pathlib import Path

_MAGIC, _HEAD = b"!<arch>\n", 60
_CONTROL = b"control.tar.gz"


def older(package: Path, folder: Path) -> Path:
    """The package before this one, in this folder: the same files, version 0.0.1."""
    archive = package.read_bytes()
    assert archive.startswith(_MAGIC)
    made, at = [_MAGIC], len(_MAGIC)
    while at < len(archive):
        head, size = archive[at : at + _HEAD], int(archive[at + 48 : at + 58])
        content = archive[at + _HEAD : at + _HEAD + size]
        at += _HEAD + size + size % 2
        if head.startswith(_CONTROL):
            content = _lowered(content)
            head = head[:48] + b"%-10d" % len(content) + head[58:]
        made.append(head + content + b"\n" * (len(content) % 2))
    path = folder / "presence-desktop_0.0.1.deb"
    path.write_bytes(b"".join(made))
    return path


def _lowered(control: bytes) -> bytes:
    written = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(control), mode="r:gz") as before,
        tarfile.open(fileobj=written, mode="w:gz") as after,
    ):
        for member in before:
            file = before.extractfile(member)
            content = file.read() if file is not None else b""
            if member.name.strip("./") == "control":
                content = re.sub(rb"^Version: .*$", b"Version: 0.0.1", content, flags=re.MULTILINE)
                member.size = len(content)
            after.addfile(member, io.BytesIO(content))
    return written.getvalue()
