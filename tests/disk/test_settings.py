"""The settings' file: written whole or not at all, for its owner's eyes, never a reason to fail."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError
from msgspec.structs import asdict

from presence_desktop.core.favourites import Sections, person, talk
from presence_desktop.core.working_hours import WorkingHours
from presence_desktop.disk.places import places
from presence_desktop.disk.settings import (
    Hosting,
    KnownServer,
    Notices,
    Settings,
    SettingsFile,
    watched_as,
)

_DAY = {"start": 540, "end": 1080}
EARLIER = {
    "servers": [{"server": "http://a", "account": "x@y", "stay": True, "called": "우리"}],
    "opened": "http://a x@y",
    "status_everywhere": True,
    "stay_signed_in": True,
    "language": "ko",
    "theme": "dark",
    "side": 312,
    "window": "AbC=",
    "hosting": {"port": 3001, "reachable": False, "running": True, "hosted": True, "findable": True},
    "nearby": False,
    "notices": {"on": False, "texts": True},
    "closing": "keep",
    "told_of_tray": True,
    "watched": {"http://a 1": {"7": "once", "8": "always"}},
    "sections": {
        "http://a 1": [
            {"key": 0, "name": "", "items": [["person", 3]], "folded": False},
            {"key": 1, "name": "팀", "items": [["talk", 7]], "folded": False},
        ]
    },
    "folded": {"http://a 1": [-1]},
    "recent": {"http://a 1": [["talk", 7], ["person", 3]]},
    "through": {"http://a 1": [3]},
    "hours": {"on": True, "days": [_DAY, _DAY, _DAY, _DAY, None, None, None]},
    "quiet_until": 1_789_000_000_000,
    "loud_until": None,
    "recent_emoji": ["👍"],
}
"""All of it, as earlier versions wrote it."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_what_is_saved_is_loaded(path: Path) -> None:
    wanted = Settings().changed(
        language="ko", theme="dark", window="AbC=", hosting={"port": 3002, "reachable": True}
    )
    wanted = wanted.signed_in("http://a", "mina@example.org")
    assert SettingsFile(path).save(wanted)
    loaded = SettingsFile(path).load()
    assert loaded == wanted
    assert loaded.hosting == Hosting(port=3002, reachable=True)


def test_only_the_owner_may_read_it(path: Path) -> None:
    SettingsFile(path).save(Settings())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert os.listdir(path.parent) == ["settings.json"]


def test_before_the_first_save_the_defaults_serve(path: Path) -> None:
    assert SettingsFile(path).load() == Settings()


def test_accounts_stand_side_by_side_and_each_says_whether_it_comes_back() -> None:
    kept = Settings().signed_in("http://a", "x@y").signed_in("http://b", "x@y").signed_in("http://a", "x@y")
    kept = kept.signed_out("http://b", "x@y")
    assert [(one.name, one.stay) for one in kept.accounts] == [
        ("http://a x@y", True),
        ("http://b x@y", False),
    ]
    kept = kept.arranged([("http://b", "x@y"), ("http://c", "x@y")])
    assert [one.name for one in kept.accounts] == ["http://b x@y", "http://a x@y"]
    assert [one.name for one in kept.without("http://b", "x@y").accounts] == ["http://a x@y"]


@pytest.mark.parametrize("stayed", [True, False])
def test_of_the_servers_of_an_earlier_version_the_last_used_comes_back(path: Path, stayed: bool) -> None:
    known = [{"server": "http://b", "account": "x@y"}, {"server": "http://a", "account": "x@y"}]
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"servers": known, "stay_signed_in": stayed}))
    loaded = SettingsFile(path).load()
    assert [one.stay for one in loaded.accounts] == [stayed, False]
    assert [one.stay for one in loaded.signed_in("http://a", "x@y").accounts] == [stayed, True]


@pytest.mark.parametrize(
    ("broken", "lost"),
    [
        (b"", True),
        (b"{", True),
        (b"\xff\x00", True),
        (b"[]", True),
        (b"[" * 100_000, True),
        (b'{"sounds": "\xff"}', True),
        (b'{"theme": "pink"}', False),
        (b'{"theme": "pink", "side": -1}', False),
        (b'{"side": 10001}', False),
        (b'{"hosting": {"port": 99999}}', False),
        (b'{"hosting": {"port": 0}}', False),
        (b'{"hosting": []}', False),
        (b'{"servers": [{"server": "http://a"}]}', False),
        (b'{"watched": {"http://a 1": {"seven": "once"}}}', False),
        (b'{"recent": {"http://a 1": [["nobody", 3]]}}', False),
    ],
)
def test_a_broken_file_is_put_aside(path: Path, broken: bytes, lost: bool) -> None:
    path.parent.mkdir()
    path.write_bytes(broken)
    file = SettingsFile(path)
    assert file.load() == Settings()
    assert file.lost is lost
    assert path.with_name("settings.json.broken").read_bytes() == broken
    assert not path.exists()


def test_one_wrong_field_does_not_cost_the_others(path: Path) -> None:
    path.parent.mkdir()
    known = {"server": "http://127.0.0.1:3001", "account": "mina@example.org"}
    path.write_text(json.dumps({"theme": "pink", "language": "ko", "servers": [known]}))
    kept = SettingsFile(path).load()
    assert (kept.theme, kept.language, kept.servers[0].account) == ("system", "ko", "mina@example.org")


def test_fields_of_a_newer_version_are_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"theme": "dark", "sounds": {"loud": True}}))
    file = SettingsFile(path)
    assert file.save(file.load().changed(language="en"))
    kept = json.loads(path.read_text())
    assert (kept["sounds"], kept["theme"], kept["language"]) == ({"loud": True}, "dark", "en")


def test_so_are_those_within_a_server_the_hosting_and_the_notices(path: Path) -> None:
    path.parent.mkdir()
    servers = [{"server": f"http://{one}", "account": "x@y", "colour": one} for one in ("a", "b")]
    found = {"servers": servers, "hosting": {"port": 3001, "name": "N"}, "notices": {"on": False, "from": []}}
    path.write_text(json.dumps(found))
    file = SettingsFile(path)
    wanted = file.load().arranged([("http://b", "x@y")]).signed_in("http://c", "x@y")
    assert file.save(wanted.changed(hosting=Hosting(port=3002), notices={"on": True}))
    kept = json.loads(path.read_text())
    assert [one.get("colour") for one in kept["servers"]] == ["b", "a", None]
    assert (kept["hosting"]["name"], kept["hosting"]["port"]) == ("N", 3002)
    assert (kept["notices"]["from"], kept["notices"]["on"]) == ([], True)
    assert file.save(file.load().without("http://a", "x@y"))
    assert file.save(file.load().signed_in("http://a", "x@y"))
    assert [one.get("colour") for one in json.loads(path.read_text())["servers"]] == ["b", None, None]


def test_the_file_of_an_earlier_version_is_read_and_written_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps(EARLIER))
    file = SettingsFile(path)
    kept = file.load()
    assert kept.accounts == (KnownServer(server="http://a", account="x@y", stay=True, called="우리"),)
    assert (kept.hosting, kept.notices) == (Hosting(port=3001, running=True, hosted=True), Notices(on=False))
    assert (kept.language, kept.theme, kept.side, kept.closing) == ("ko", "dark", 312, "keep")
    assert kept.watched == {"http://a 1": {7: "once", 8: "always"}}
    assert kept.sections == {"http://a 1": Sections().add("팀").put(person(3), 0).put(talk(7), 1).all}
    assert kept.recent == {"http://a 1": (talk(7), person(3))}
    assert (kept.folded, kept.through) == ({"http://a 1": frozenset({-1})}, {"http://a 1": frozenset({3})})
    assert kept.hours == WorkingHours(True).with_day(4, None)
    assert (kept.quiet_until, kept.loud_until) == (1_789_000_000_000, None)
    assert file.save(kept.changed(**asdict(kept)))
    assert json.loads(path.read_text()) == EARLIER
    assert not path.with_name("settings.json.broken").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"theme": "pink"},
        {"side": -1},
        {"side": True},
        {"hosting": Hosting(port=65_536)},
        {"hosting": {"port": 0}},
        {"watched": {"http://a 1": {7: "never"}}},
        {"opened": "\ud800"},
    ],
)
def test_a_wrong_value_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((ValidationError, UnicodeError)):
        Settings().changed(**wrong)


def test_a_failed_save_keeps_the_old_ones(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = SettingsFile(path)
    file.save(Settings().changed(theme="dark"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert not file.save(Settings())
    monkeypatch.undo()
    assert file.load().theme == "dark"
    assert os.listdir(path.parent) == ["settings.json"]


def test_a_folder_in_the_way_is_no_reason_to_fail(path: Path) -> None:
    path.mkdir(parents=True)
    assert SettingsFile(path).load() == Settings()
    assert not SettingsFile(path).save(Settings())


@given(st.binary(max_size=200))
def test_no_content_makes_loading_fail(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_bytes(content)
    assert isinstance(SettingsFile(path).load(), Settings)


_names = st.sampled_from(
    ["servers", "hosting", "notices", "hours", "recent", "side", "server", "port", "newer"]
)
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda within: st.lists(within, max_size=3) | st.dictionaries(_names, within, max_size=3),
)


@given(st.dictionaries(_names, _values))
def test_whatever_stands_in_it_what_is_saved_afterwards_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, object]
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_text(json.dumps(content))
    file = SettingsFile(path)
    kept = file.load().signed_in("http://a", "x@y")
    assert file.save(kept)
    assert SettingsFile(path).load() == kept
    assert json.loads(path.read_text()).get("newer") == content.get("newer")


def test_one_variable_moves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESENCE_HOME", str(tmp_path / "home"))
    here = places()
    here.make()
    here.make()
    assert here.settings == tmp_path / "home" / "config" / "settings.json"
    assert here.hosting.parent == tmp_path / "home" / "data"
    assert stat.S_IMODE(here.config.stat().st_mode) == 0o700


def test_otherwise_files_are_where_the_system_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRESENCE_HOME", raising=False)
    assert str(places().config).endswith("config/presence-desktop")
    assert str(places().data).endswith("data/presence-desktop")


def test_whom_one_waits_for_is_kept_by_account(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    account = watched_as("http://127.0.0.1:3001", 1)
    assert file.save(Settings().changed(watched={account: {7: "once", 8: "always"}}))
    assert file.load().watched == {account: {7: "once", 8: "always"}}


def test_what_a_forgotten_account_arranged_goes_and_no_other() -> None:
    names = [watched_as("http://a", 1), watched_as("http://a", 11), watched_as("http://ab", 1)]
    watched = {name: {2: "once"} for name in names}
    opened = KnownServer(server="http://a", account="x@y").name
    held = Settings().changed(watched=watched, through={name: [2] for name in names}, opened=opened)
    held = held.signed_in("http://a", "x@y")
    assert set(held.without_orders("http://a", 1).watched) == {names[1], names[2]}
    nobody = held.without_orders("http://a", None)
    assert (set(nobody.watched), set(nobody.through)) == ({names[2]}, {names[2]})
    assert held.without("http://a", "x@y").opened == ""
    assert held.without("http://ab", "x@y").opened == opened
