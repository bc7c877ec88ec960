"""Settings: where they come from, which is stronger, that docs/hosting.md tells each one; the shape of the log."""

import json
import logging
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from presence_desktop.protocol.status import Status
from presence_desktop.server import config, log

HOSTING = Path(__file__).resolve().parents[2] / "docs" / "hosting.md"


def test_options_beat_variables_beat_the_file_beats_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / config.FILE).write_text(
        'port = 1\ngrace_seconds = 1.5\nidle_seconds = 7\ncors_origins = ["https://a"]'
    )
    monkeypatch.setenv("PRESENCE_PORT", "2")
    monkeypatch.setenv("PRESENCE_GRACE_SECONDS", "2.5")
    found = config.load(data_dir=tmp_path, port=3, host=None)
    assert (found.port, found.grace_seconds, found.idle_seconds, found.host) == (3, 2.5, 7, "127.0.0.1")
    assert found.cors_origins == ("https://a",)
    monkeypatch.setenv("PRESENCE_CORS_ORIGINS", "https://b, https://c")
    monkeypatch.setenv("PRESENCE_DATA_DIR", str(tmp_path))
    found = config.load()
    assert (found.data_dir, found.port, found.cors_origins) == (tmp_path, 2, ("https://b", "https://c"))
    assert found.key_path == tmp_path / "secret.key"
    assert found.database == f"sqlite+aiosqlite:///{tmp_path}/presence.db"


def test_passwords_in_settings_are_not_shown(tmp_path: Path) -> None:
    found = config.load(data_dir=tmp_path, database_url="mysql://me:tiger@db/x", redis_url="redis://:tiger@r")
    assert "tiger" not in repr(found)
    assert found.database == "mysql://me:tiger@db/x"


def test_every_setting_is_told_with_its_default() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", HOSTING.read_text(encoding="utf-8"), re.MULTILINE))
    told = {
        name: default.strip().strip("`")
        for name, default in told.items()
        if name in config.Config.model_fields
    }
    assert set(told) == set(config.Config.model_fields)
    for name, field in config.Config.model_fields.items():
        if isinstance(field.default, bool):
            assert told[name] == str(field.default).lower(), name
        elif isinstance(field.default, int | float):
            assert float(told[name]) == field.default, name


@pytest.fixture
def root_log() -> Iterator[None]:
    """Puts the process's log back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def line_of(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert err == ""
    return out.rstrip("\n")


TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"


@pytest.mark.usefixtures("root_log")
def test_a_line_of_text(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("text", "info")
    logger = logging.getLogger("presence.test")
    head = r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+\] "
    logger.info("socketio.initialized")
    assert re.fullmatch(head + r"INFO socketio\.initialized", line_of(capsys))
    logger.warning(
        "a.b", extra=log.fields(url="http://x", reason='two words "so"', nothing="", status=Status.AWAY)
    )
    assert re.fullmatch(
        head + r'WARNING a\.b url=http://x reason="two words \\"so\\"" nothing="" status=away',
        line_of(capsys),
    )
    logger.info("forged\n[2026-01-01 00:00:00 UTC] INFO x", extra=log.fields(token=TOKEN))
    told = line_of(capsys)
    assert "\n" not in told
    assert TOKEN not in told
    logger.debug("not told")
    logging.getLogger("uvicorn.error").info("not told either")
    assert line_of(capsys) == ""
    logging.getLogger("uvicorn.error").error("told")
    assert "ERROR told" in line_of(capsys)


@pytest.mark.usefixtures("root_log")
def test_what_libraries_say_of_each_other_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        log.set_up("text", "info")
        warnings.warn("The 'alias' attribute with value 'tried' was provided to the `Field()`", stacklevel=1)
        assert line_of(capsys) == ""
        warnings.warn("a disk is nearly full", stacklevel=1)
    assert "a disk is nearly full" in line_of(capsys)


@pytest.mark.usefixtures("root_log")
def test_a_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up("json", "debug")
    try:
        raise ValueError(TOKEN)
    except ValueError:
        logging.getLogger("presence.test").exception("it.failed", extra=log.fields(user=7))
    line = line_of(capsys)
    assert TOKEN not in line
    told = json.loads(line)
    assert (told["level"], told["message"], told["user"], told["logger"]) == (
        "ERROR",
        "it.failed",
        7,
        "presence.test",
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told["time"])
    assert "ValueError" in told["traceback"]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.usefixtures("root_log")
def test_a_line_names_the_request_it_is_about(
    capsys: pytest.CaptureFixture[str], form: Literal["text", "json"]
) -> None:
    log.set_up(form, "info")
    name = log.request_id.set("abc-1")
    try:
        logging.getLogger("presence.test").info("it.happened", extra=log.fields(user=7))
    finally:
        log.request_id.reset(name)
    line = line_of(capsys)
    assert "user=7 request=abc-1" in line if form == "text" else json.loads(line)["request"] == "abc-1"
