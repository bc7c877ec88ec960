"""What a file is, is told by its bytes alone; nothing that a browser runs is called by its name."""

import io
import tarfile
from pathlib import Path

import pytest

from presence_desktop.server.services.files import sniffing
from tests.server.pictures import picture, zipped


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("x"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("GIF"), "image/gif"),
        (picture("WEBP"), "image/webp"),
        (zipped(), "application/zip"),
        (zipped() + b" " * 100_000, "application/zip"),
        (b"%PDF-1.7\n" + b"x" * 50_000 + b"\n%%EOF", "application/pdf"),
        (tarred(), "application/x-tar"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 100, "video/mp4"),
        (b"hello", "text/plain"),
        ("안녕하세요, 세상!\n".encode(), "text/plain"),
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "text/plain"),
        (b"<?xml version='1.0'?><a/>", "text/plain"),
        (b"#!/bin/sh\nrm -rf /\n", "text/plain"),
        (b"BMW is a car", "text/plain"),
        (("가" * 30_000).encode(), "text/plain"),
        (b"x" + ("가" * 30_000).encode(), "text/plain"),
        (b"xx" + ("가" * 30_000).encode(), "text/plain"),
        ("가".encode()[:2], "application/octet-stream"),
        (b"\x00", "application/octet-stream"),
        (bytes(range(200, 256)) * 10, "application/octet-stream"),
        (b"caf\xe9", "application/octet-stream"),
    ],
)
def test_by_its_content(tmp_path: Path, data: bytes, kind: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    assert sniffing.media_type_of(path) == kind
