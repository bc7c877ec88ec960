"""The fault matrix, the server's side: it is killed, its database is killed, the clock is set, its people cut off.

Bounds are the product's (PRODUCT A): clients are back 5 s after the server is reachable, and within 45 s (the pings
and two seconds, here) a client that hears nothing shows every dot as unknown.
"""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes import server_process, shifted_server
from tests.fakes.daemon import Daemon, mariadb
from tests.fakes.hostile_proxy import HostileProxy
from tests.fakes.shifted_server import ClockFile
from tests.integration import rows
from tests.integration.desk import UNKNOWN, desks
from tests.integration.town import REAL, SCALED, Timings, Town, Watch, town
from tests.waiting import eventually

BACK_SECONDS = 5.0
WRITTEN_SECONDS = 2.0
LINK_SLACK = 5.0


def test_a_killed_server_comes_back_with_what_it_knew_and_its_clients_within_5_seconds(
    tmp_path: Path,
) -> None:
    with town(tmp_path, sockets_per_user=3) as place, desks(4) as apps:
        people = [place.person() for _ in apps]
        busy, gone, hidden = people[0], place.person(), place.person()
        for app, who in zip(apps, people, strict=True):
            app.sign_in(place.server.url, who)
        apps[0].client.set_status("busy")
        with_it = [place.client(who).open() for who in (gone, hidden)]
        with_it[1].ask("status:update", {"status": "offline"})
        with Watch(place) as watch:
            watch.agree(
                {**{who.user_id: "online" for who in people}, busy.user_id: "busy", gone.user_id: "online"}
            )
            before = dict(watch.full.picture.versions)
            written = {busy.user_id: "busy", gone.user_id: "online", hidden.user_id: "offline"}
            eventually(
                lambda: written.items() <= _table(place).items(),
                within=WRITTEN_SECONDS,
                what="all is written",
            )
            place.server.kill()
            for client in (watch.plain, watch.full, *with_it):
                assert client.over.wait(10)
                client.close()
        left = rows.of_sqlite(place.server.data_dir)
        assert left[gone.user_id][0] == "online"
        place.server.start()
        began = time.monotonic()
        assert rows.of_sqlite(place.server.data_dir)[gone.user_id] == ("offline", left[gone.user_id][1])
        eventually(lambda: all(app.knows for app in apps), what="everybody is back")
        seconds = time.monotonic() - began
        print(f"| kill -9 of the server: clients back | 0-3 | {seconds:.2f} | 5 |")
        assert seconds <= BACK_SECONDS
        with Watch(place) as watch:
            expected = {**{who.user_id: "online" for who in people}, busy.user_id: "busy"}
            watch.agree(expected)
            hidden_again = place.client(hidden).open()
            assert hidden_again.heard[0].data["status"] == "offline"
            watch.agree(expected)
            one = place.server.get(f"/api/online-status/{gone.user_id}", busy).json()
            assert (one["status"], one["lastSeen"]) == ("offline", left[gone.user_id][1])
            newer = watch.full.picture.versions
            assert all(newer[user_id] > before[user_id] for user_id in newer.keys() & before.keys())
            for app, who in zip(apps, people, strict=True):
                others = {user_id: status for user_id, status in expected.items() if user_id != who.user_id}
                eventually(
                    lambda app=app, others=others: _here(app.dots()) == {**others, watch.me.user_id: "online"}
                )
            hidden_again.close()


def _table(place: Town) -> dict[int, str]:
    return {user_id: status for user_id, (status, _) in rows.of_sqlite(place.server.data_dir).items()}


def _here(dots: dict[int, str]) -> dict[int, str]:
    return {user_id: status for user_id, status in dots.items() if status != "offline"}


def test_a_client_whose_cable_is_pulled_shows_every_dot_as_unknown_in_time(tmp_path: Path) -> None:
    _own_link_lost(tmp_path, SCALED, 45)


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_client_whose_cable_is_pulled_shows_every_dot_as_unknown_within_45_seconds(tmp_path: Path) -> None:
    _own_link_lost(tmp_path, REAL, 45)


def _own_link_lost(folder: Path, timings: Timings, bound: float) -> None:
    with town(folder, timings) as place, HostileProxy(place.server.port) as proxy, desks(1) as (app,):
        who, other = place.person(), place.person()
        socket = place.client(other).open()
        app.sign_in(f"http://127.0.0.1:{proxy.port}", who)
        eventually(lambda: app.dots() == {other.user_id: "online"})
        proxy.swallowing = True
        began = time.monotonic()
        eventually(lambda: not app.knows, within=bound + 5, what="the link is found dead")
        seconds = time.monotonic() - began
        assert app.dots() == {other.user_id: UNKNOWN}
        most = timings.ping_interval + timings.ping_timeout
        print(f"| own link dead: dots unknown | up to {most:g} and 3 | {seconds:.2f} | {bound:g} |")
        assert seconds <= min(bound, most + LINK_SLACK)
        proxy.swallowing = False
        proxy.cut()
        began = time.monotonic()
        eventually(lambda: app.knows, what="it is back")
        seconds = time.monotonic() - began
        print(f"| own link back | 0-3 | {seconds:.2f} | 5 |")
        assert seconds <= BACK_SECONDS
        assert app.dots() == {other.user_id: "online"}
        socket.close()


def test_without_its_database_presence_goes_on_and_the_rows_are_written_when_it_is_back(
    tmp_path: Path,
) -> None:
    daemon, url = mariadb(tmp_path)
    try:
        with town(tmp_path, database_url=url) as place, Watch(place) as watch:
            _database_gone(place, watch, daemon, url)
    finally:
        daemon.kill()


def _database_gone(place: Town, watch: Watch, daemon: Daemon, url: str) -> None:
    stays, leaves, comes = (place.person() for _ in range(3))
    socket, leaving = place.client(stays).open(), place.client(leaves).open()
    watch.agree({stays.user_id: "online", leaves.user_id: "online"})
    eventually(lambda: rows.of_mariadb(url).get(leaves.user_id, ("",))[0] == "online", within=WRITTEN_SECONDS)
    daemon.kill()
    began = time.monotonic()
    assert socket.ask("status:update", {"status": "busy"})["status"] == "busy"
    leaving.close()
    arriving = place.client(comes, presence=2).open()
    told = max(
        watch.sees(user_id, status, within=1.0)
        for user_id, status in [
            (stays.user_id, "busy"),
            (leaves.user_id, "offline"),
            (comes.user_id, "online"),
        ]
    )
    print(f"| kill -9 of the database: changes go on | 0 | {told - began:.2f} | 1 |")
    watch.agree({stays.user_id: "busy", comes.user_id: "online"})
    eventually(lambda: _lines(place, "presence.not_written"), what="the log says so")
    assert arriving.ask("status:custom", {"text": "here all the same"})["status"] == "online"
    daemon.start()
    began = time.monotonic()
    eventually(lambda: _lines(place, "presence.written_again"), what="it is written")
    print(f"| database back: rows written | 0-1 | {time.monotonic() - began:.2f} | 5 |")
    assert time.monotonic() - began <= BACK_SECONDS
    table = {user_id: status for user_id, (status, _) in rows.of_mariadb(url).items()}
    assert table[stays.user_id] == "busy"
    assert table[leaves.user_id] == "offline"
    assert table[comes.user_id] == "online"
    assert len(_lines(place, "presence.not_written")) == len(_lines(place, "presence.written_again")) == 1
    watch.agree({stays.user_id: "busy", comes.user_id: "online"})
    for client in (socket, arriving):
        client.close()
    watch.agree({})


def _lines(place: Town, word: str) -> list[str]:
    return [line for line in place.server.log.splitlines() if f" {word}" in line]


@pytest.mark.parametrize("jump", [7200, -7200])
def test_when_the_clock_is_set_nobody_comes_or_goes_and_no_version_goes_back(
    jump: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = ClockFile(tmp_path / "clock")
    monkeypatch.setenv(shifted_server.VARIABLE, str(clock.path))
    monkeypatch.setattr(server_process, "COMMAND", shifted_server.COMMAND)
    with town(tmp_path, replace(SCALED, lease=75.0)) as place, Watch(place) as watch:
        _clock_set(place, watch, clock, jump)


def _clock_set(place: Town, watch: Watch, clock: ClockFile, jump: int) -> None:
    still, polling, until, lost = (place.person() for _ in range(4))
    sockets = [place.client(who).open() for who in (still, until, lost)]
    place.server.post("/api/online-status/heartbeat", polling)
    now = sockets[0].ask("heartbeat")["timestamp"]
    sockets[1].ask("status:update", {"status": "busy", "until": now + 3_600_000})
    here = {still.user_id: "online", polling.user_id: "online", until.user_id: "busy", lost.user_id: "online"}
    watch.agree(here)
    since = watch.fence()
    clock.set(jump)
    began = time.monotonic()
    eventually(
        lambda: abs(sockets[0].ask("heartbeat")["timestamp"] - now - jump * 1000) < 60_000,
        what="the clock is set",
    )
    if jump > 0:
        watch.sees(until.user_id, "online", within=2.0)
        print(f"| clock set {jump:+d} s: a claim ends | 0-1 | {time.monotonic() - began:.2f} | 2 |")
        here[until.user_id] = "online"
    watch.agree(here)
    began = time.monotonic()
    sockets[2].drop()
    seconds = watch.sees(lost.user_id, "offline") - began
    print(f"| clock set {jump:+d} s, then connection reset | {place.timings.grace:g} | {seconds:.2f} | 10 |")
    assert place.timings.grace <= seconds <= place.timings.grace + place.timings.slack
    del here[lost.user_id]
    sockets[0].ask("status:update", {"status": "away"})
    watch.agree({**here, still.user_id: "away"})
    told = {
        user_id: watch.told_of(user_id, since)[1]
        for user_id in (still.user_id, polling.user_id, lost.user_id)
    }
    assert told == {still.user_id: ["away"], polling.user_id: [], lost.user_id: ["offline"]}
    for socket in sockets[:2]:
        socket.close()
    watch.agree({polling.user_id: "online"})
