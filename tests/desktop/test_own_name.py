"""The name that is suggested to whoever hosts or joins."""

import getpass
import os
import pwd

import pytest

from presence_desktop.desktop.own_name import own_name


def entry(gecos: str) -> pwd.struct_passwd:
    return pwd.struct_passwd(("sky", "x", 1000, 1000, gecos, "/", "/bin/sh"))


@pytest.mark.parametrize(
    ("gecos", "name"),
    [("이하늘,Room 3,,", "이하늘"), ("", "sky"), ("bad\x1bname", "sky")],
)
def test_the_full_name_else_the_accounts(gecos: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    monkeypatch.setattr(pwd, "getpwuid", lambda _uid: entry(gecos))
    monkeypatch.setattr(getpass, "getuser", lambda: "sky")
    assert own_name() == name


def test_somebody_whom_the_system_does_not_know_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> pwd.struct_passwd:
        raise KeyError

    monkeypatch.setattr(os, "getuid", lambda: 1000)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.setattr(getpass, "getuser", unknown)
    assert own_name() == ""


def test_the_administrator_is_nobodys_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 0)
    assert own_name() == ""
