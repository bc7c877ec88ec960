"""What packaging/deploy says fits the server it deploys."""

import re
import tomllib
from pathlib import Path

from presence_desktop.server.config import FILE, PREFIX, Config

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "packaging" / "deploy"


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def test_every_setting_that_is_named_exists() -> None:
    named = {
        (path.name, name)
        for path in DEPLOY.iterdir()
        if path.name != FILE
        for name in re.findall(rf"\b{PREFIX}([A-Z_]+)", path.read_text(encoding="utf-8"))
    }
    assert named
    assert {(file, name) for file, name in named if name.lower() not in Config.model_fields} == set()


def test_the_image_holds_what_the_server_alone_needs_for_both_engines() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for extra in ("mysql", "redis") for line in project["optional-dependencies"][extra]]
    image = text("Dockerfile")
    assert "-r requirements-server.txt" in image
    assert [line for line in extras if f'"{line}"' not in image] == []


def test_what_a_server_is_given_to_stop_is_more_than_it_takes() -> None:
    longest = Config.model_fields["shutdown_seconds"].default + 1
    for name, words in (
        ("docker-compose.yml", r"stop_grace_period: (\d+)s"),
        ("presence-server@.service", r"TimeoutStopSec=(\d+)"),
    ):
        (seconds,) = re.findall(words, text(name))
        assert int(seconds) > longest, name


def test_a_proxy_waits_longer_than_a_pings_interval_and_its_answer() -> None:
    fields = Config.model_fields
    longest = fields["ping_interval_seconds"].default + fields["ping_timeout_seconds"].default
    for name, words in (
        ("nginx.conf", r"proxy_read_timeout (\d+)s"),
        ("haproxy.cfg", r"timeout tunnel (\d+)s"),
    ):
        (seconds,) = re.findall(words, text(name))
        assert int(seconds) > longest, name


def test_no_password_is_in_the_files() -> None:
    filled = [
        (path.name, line)
        for path in DEPLOY.iterdir()
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"PASSWORD(=|: )[^P$\"]", line)
    ]
    assert filled == []
