"""The link that the command line prints, and the settings that say whether the server encrypts."""

import argparse
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from presence_desktop.core.join_link import read_join_link
from presence_desktop.server import config, tls_side
from presence_desktop.server.clock import SystemClock
from presence_desktop.server.commands import link
from presence_desktop.server.transport.web import addresses


def written(found: config.Config, *named: str) -> dict[str, list[str]]:
    text = link.write(found, named or None, "CODE", 5, "연구실")
    read = read_join_link(text)
    assert read is not None
    assert (read.invite, read.until, read.name) == ("CODE", 5, "연구실")
    return parse_qs(urlsplit(text).query)


def test_for_this_machine_alone_it_is_plain_and_says_that_it_serves_nobody_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = written(config.load(data_dir=tmp_path))
    assert (words["server"], "key" in words) == (["http://127.0.0.1:3001"], False)
    assert "this machine only" in capsys.readouterr().err


def test_for_the_network_it_names_its_addresses_and_the_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "of_networks", lambda: ["192.168.0.12", "fd00::2"])
    found = config.load(data_dir=tmp_path, host="0.0.0.0", port=4000)
    words = written(found)
    assert words["server"] == ["https://192.168.0.12:4000", "https://[fd00::2]:4000"]
    assert words["key"] == [tls_side.of(found, SystemClock()).fingerprint]
    assert capsys.readouterr().err == ""
    loopback = config.load(data_dir=tmp_path)  # `serve --host 0.0.0.0` is in no setting
    assert written(loopback, "https://chat.example.org:3001")["key"] == words["key"]
    plain = config.load(data_dir=tmp_path, host="0.0.0.0", plain_http=True)
    assert written(plain)["server"][0].startswith("http://")
    assert "key" not in written(plain)


def test_a_certificate_that_somebody_vouches_for_may_be_renewed(tmp_path: Path) -> None:
    found = config.load(
        data_dir=tmp_path, host="chat.example.org", tls_cert=Path("/c.pem"), tls_key=Path("/k.pem")
    )
    words = written(found)
    assert (words["server"], "key" in words) == (["https://chat.example.org:3001"], False)


@pytest.mark.parametrize(
    "text",
    ["", "a b", "chat.example.org", "ftp://a", "https://", "https://a/b", "https://u@a", "https://a:99999"],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        link.server_address(text)


def test_an_address_is_taken_as_it_is() -> None:
    assert link.server_address("https://a.example.org:3001/") == "https://a.example.org:3001"


@pytest.mark.parametrize(
    ("settings", "on_loopback", "elsewhere"),
    [
        ({}, False, True),
        ({"plain_http": True}, False, False),
        ({"plain_http": False}, True, True),
        ({"tls_cert": "/c.pem", "tls_key": "/k.pem"}, True, True),
    ],
)
def test_when_the_server_encrypts(
    tmp_path: Path, settings: dict[str, object], on_loopback: bool, elsewhere: bool
) -> None:
    found = config.load(data_dir=tmp_path, **settings)
    assert found.encrypts(on_loopback=True) is on_loopback
    assert found.encrypts(on_loopback=False) is elsewhere


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"tls_cert": "/c.pem"}, "belong together"),
        ({"tls_key": "/k.pem"}, "belong together"),
        ({"tls_cert": "/c.pem", "tls_key": "/k.pem", "plain_http": True}, "contradict"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(
    tmp_path: Path, settings: dict[str, object], words: str
) -> None:
    with pytest.raises(config.ConfigError, match=words):
        config.load(data_dir=tmp_path, **settings)


def test_the_addresses_of_this_machine_are_addresses() -> None:
    names = addresses.names()
    assert {"localhost", "127.0.0.1", "::1"} <= set(names)
    assert not any(address.startswith("127.") for address in addresses.of_networks())
