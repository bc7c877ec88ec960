"""What is known of servers survives a restart; a file that cannot be read trusts nobody."""

import json
import os
import stat
from pathlib import Path

import pytest

from presence_desktop.core.trust import Guard, Known, Pins
from presence_desktop.disk.pins import PinFile

HERE = "https://192.168.0.12:3001"
OLD = "http://192.168.0.9:3001"
KEY = "ab" * 32


def test_what_is_known_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "new" / "pins.json"
    pins: Pins = PinFile(path)
    assert pins.known(HERE) is None
    pins.trust(HERE, KEY)
    pins.allow_plain(OLD)
    pins.vouch("https://chat.example.org")
    again = PinFile(path)
    assert again.known(HERE) == Known(Guard.KEY, KEY)
    assert again.known(OLD) == Known(Guard.PLAIN)
    assert again.known("https://chat.example.org") == Known(Guard.SYSTEM)
    again.forget(HERE)
    again.forget("never known")
    assert PinFile(path).known(HERE) is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["pins.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"servers": {"x": {"guard": "any"}}}',
        b'{"servers": {"x": {"guard": "key", "fingerprint": "zz"}}}',
        b'{"servers": {"x": {"guard": "key", "fingerprint": "' + KEY.encode() + b'\\n"}}}',
        b'{"servers": {"x": {"guard": "plain", "more": 1}}}',
        b'{"servers": {"' + b"x" * 1001 + b'": {"guard": "plain"}}}',
        b'{"servers": {}, "more": 1}',
        b"[" * 100_000,
        b"\xff" * 100,
    ],
)
def test_a_file_that_cannot_be_understood_is_put_aside_and_nobody_is_trusted(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "pins.json"
    path.write_bytes(content)
    pins = PinFile(path)
    assert pins.known("x") is None
    assert (tmp_path / "pins.json.broken").read_bytes() == content
    pins.trust(HERE, KEY)
    assert PinFile(path).known(HERE) == Known(Guard.KEY, KEY)


def test_where_nothing_can_be_written_it_holds_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    pins = PinFile(tmp_path / "file" / "pins.json")
    pins.trust(HERE, KEY)
    assert pins.known(HERE) == Known(Guard.KEY, KEY)
    (tmp_path / "pins.json").mkdir()
    folder = PinFile(tmp_path / "pins.json")
    folder.trust(HERE, KEY)
    assert folder.known(HERE) == Known(Guard.KEY, KEY)
    assert sorted(os.listdir(tmp_path)) == ["file", "pins.json"]


def test_no_fingerprint_is_no_key(tmp_path: Path) -> None:
    path = tmp_path / "pins.json"
    for wrong in ("", "AB" * 32, "ab", KEY + "\n"):
        with pytest.raises(ValueError, match=r"no fingerprint|matching regex"):
            PinFile(path).trust(HERE, wrong)
    assert not path.exists()


def test_the_file_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pins.json"
    kept = {HERE: {"guard": "key", "fingerprint": KEY}, OLD: {"guard": "plain", "fingerprint": ""}}
    path.write_text(json.dumps({"servers": kept}))
    pins = PinFile(path)
    assert (pins.known(HERE), pins.known(OLD)) == (Known(Guard.KEY, KEY), Known(Guard.PLAIN))
    pins.forget(OLD)
    assert json.loads(path.read_text()) == {"servers": {HERE: kept[HERE]}}
