"""Administration over REST: owner, admin and member against a real server, and one's own password and devices."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import requests

from presence_desktop import __version__
from presence_desktop.protocol import admin_rest
from tests.fakes.live_client import LiveClient
from tests.fakes.server_process import PASSWORD, Person, ServerProcess, running_server
from tests.waiting import eventually

ADMIN = "/api/admin"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with running_server(tmp_path_factory.mktemp("administration")) as running:
        running.people(4)
        yield running


@pytest.fixture
def owner(served: ServerProcess) -> Person:
    return served.sign_in("owner@example.org")


@pytest.fixture
def member(served: ServerProcess) -> Person:
    return served.sign_in("user2@example.org")


@pytest.fixture
def admin(served: ServerProcess, owner: Person) -> Person:
    served.post(f"{ADMIN}/people/3/role", owner, json={"role": "admin"}).raise_for_status()
    return served.sign_in("user3@example.org")


def refused(answer: requests.Response, status: int, code: str, reason: str | None = None) -> None:
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error.get("reason")) == (status, code, reason), answer.text


def acts(served: ServerProcess, who: Person, **page: int) -> list[tuple[str | None, str, int | None]]:
    answer = served.get(f"{ADMIN}/audit", who, params=page)
    entries = msgspec.json.decode(answer.content, type=admin_rest.AuditPage).entries
    return [(entry.actor, entry.act, entry.target_id) for entry in entries]


async def told_name(url: str, token: str) -> str | None:
    """What the server calls itself to a client."""
    client = await LiveClient(token).connect(url)
    await client.close()
    return client.server_name


CALLS = [
    ("GET", "/people"), ("POST", "/people/4/password"), ("POST", "/people/4/disable"),
    ("POST", "/people/4/enable"), ("POST", "/people/4/role"), ("GET", "/invites"), ("POST", "/invites"),
    ("DELETE", "/invites/1"), ("GET", "/server"), ("PUT", "/server/name"), ("POST", "/backup"), ("GET", "/audit"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_members_and_strangers_are_let_do_nothing(
    served: ServerProcess, member: Person, method: str, path: str
) -> None:
    bodies = {"role": {"role": "admin"}, "name": {"name": "Mine"}}
    word = path.rpartition("/")[2]
    body = {"json": bodies[word]} if word in bodies else {}
    refused(served.request(method, ADMIN + path, member, **body), 403, "forbidden")
    refused(served.request(method, ADMIN + path, **body), 401, "token_missing")


def test_people_page_by_page(served: ServerProcess, owner: Person, admin: Person) -> None:
    first = msgspec.json.decode(
        served.get(f"{ADMIN}/people", owner, params={"limit": 3}).content, type=admin_rest.AdminPeoplePage
    )
    assert ([person.user_id for person in first.people], first.next) == ([1, 2, 3], 3)
    last = served.get(f"{ADMIN}/people", owner, params={"after": 3}).json()
    assert (last["people"][0]["userId"], last["next"]) == (4, None)
    (found,) = served.get(f"{ADMIN}/people", owner, params={"find": "USER2@"}).json()["people"]
    assert (found["email"], found["role"], found["disabled"]) == ("user2@example.org", "member", False)
    assert found["devices"] >= 1
    refused(served.get(f"{ADMIN}/people", owner, params={"limit": 0}), 422, "invalid_payload")


def test_a_password_that_is_reset_is_told_once(served: ServerProcess, admin: Person) -> None:
    before = served.sign_in("user4@example.org")
    answer = served.post(f"{ADMIN}/people/4/password", admin)
    made = answer.json()["password"]
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", made)
    assert answer.headers["Cache-Control"] == "no-store"
    refused(served.get("/api/users", before), 401, "token_revoked")
    assert served.sign_in("user4@example.org", made)
    given = served.post(f"{ADMIN}/people/4/password", admin, json={"password": PASSWORD})
    assert given.json() == {"success": True, "password": None}
    assert served.sign_in("user4@example.org")
    refused(
        served.post(f"{ADMIN}/people/4/password", admin, json={"password": "short"}), 422, "invalid_payload"
    )
    refused(served.post(f"{ADMIN}/people/99/password", admin), 404, "unknown_user")
    refused(served.post(f"{ADMIN}/people/x/password", admin), 400, "invalid_user_id")
    assert made not in served.log


def test_an_admin_shuts_members_out_and_touches_nobody_above(
    served: ServerProcess, owner: Person, admin: Person
) -> None:
    shut = served.post(f"{ADMIN}/people/4/disable", admin).json()["person"]
    assert (shut["disabled"], shut["devices"]) == (True, 0)
    login = {"email": "user4@example.org", "password": PASSWORD}
    refused(served.post("/api/auth/login", json=login), 401, "invalid_credentials")
    assert not served.post(f"{ADMIN}/people/4/enable", admin).json()["person"]["disabled"]
    refused(served.post(f"{ADMIN}/people/1/disable", admin), 403, "forbidden")
    refused(served.post(f"{ADMIN}/people/4/role", admin, json={"role": "admin"}), 403, "forbidden")
    refused(served.post(f"{ADMIN}/people/1/disable", owner), 403, "forbidden")
    assert acts(served, owner)[:2] == [("user3", "account.enabled", 4), ("user3", "account.disabled", 4)]
    refused(served.post(f"{ADMIN}/people/4/role", owner, json={"role": "god"}), 422, "invalid_payload")


def test_the_server_is_handed_over_and_back(served: ServerProcess, owner: Person) -> None:
    assert (
        served.post(f"{ADMIN}/people/2/role", owner, json={"role": "owner"}).json()["person"]["role"]
        == "owner"
    )
    refused(served.post(f"{ADMIN}/people/2/role", owner, json={"role": "owner"}), 403, "forbidden")
    roles = {user["userId"]: user["role"] for user in served.get("/api/users", owner).json()["users"]}
    assert (roles[1], roles[2]) == ("admin", "owner")
    done = served.command("user", "disable", "user2@example.org")
    assert (done.returncode, "last_owner" in done.stderr) == (1, True)
    new = served.sign_in("user2@example.org")
    served.post(f"{ADMIN}/people/1/role", new, json={"role": "owner"}).raise_for_status()
    served.post(f"{ADMIN}/people/2/role", owner, json={"role": "member"}).raise_for_status()
    assert acts(served, owner, limit=3) == [
        ("Owner", "role.member", 2), ("user2", "role.owner", 1), ("Owner", "role.owner", 2),
    ]  # fmt: skip


def test_invites_and_the_reasons_why_they_do_not_hold(served: ServerProcess, owner: Person) -> None:
    made = served.post(f"{ADMIN}/invites", owner, json={"uses": 1}).json()
    assert served.post(f"{ADMIN}/invites", owner).json()["uses"] == 10
    refused(served.post(f"{ADMIN}/invites", owner, json={"until": 5}), 422, "invalid_end_time")
    refused(served.post(f"{ADMIN}/invites", owner, json={"uses": 0}), 422, "invalid_payload")

    def register(name: str, invite: str) -> requests.Response:
        body = {"email": f"{name}@example.org", "username": name, "password": PASSWORD, "invite": invite}
        return served.post("/api/auth/register", json=body)

    assert register("eve", made["invite"]).status_code == 201
    refused(register("fay", made["invite"]), 403, "invite_invalid", "invite_used_up")
    other = served.post("/api/invites", owner).json()["invite"]
    newest = msgspec.json.decode(
        served.get(f"{ADMIN}/invites", owner, params={"limit": 1}).content, type=admin_rest.InvitesPage
    )
    (row,) = newest.invites
    assert (row.made_by, row.uses_left, row.state, newest.next) == (1, 10, "open", row.id)
    assert served.request("DELETE", f"{ADMIN}/invites/{row.id}", owner).json() == {"success": True}
    refused(register("fay", other), 403, "invite_invalid", "invite_revoked")
    refused(register("fay", "nonsense"), 403, "invite_invalid", "invite_unknown")
    refused(served.request("DELETE", f"{ADMIN}/invites/9999", owner), 404, "not_found")
    states = {one["id"]: one["state"] for one in served.get(f"{ADMIN}/invites", owner).json()["invites"]}
    assert (states[made["id"]], states[row.id]) == ("used_up", "revoked")


def test_how_the_server_stands(served: ServerProcess, owner: Person) -> None:
    facts = msgspec.json.decode(served.get(f"{ADMIN}/server", owner).content, type=admin_rest.ServerFacts)
    assert facts.version == __version__
    assert facts.people >= 4
    assert 0 <= facts.uptime_seconds < 120
    assert (facts.connected, facts.connections, facts.tls.on) == (0, 0, False)
    assert (facts.disk.database or 0) > 50_000
    assert (facts.disk.free or 0) > 0


def test_another_password_of_ones_own_and_devices(served: ServerProcess, tmp_path: Path) -> None:
    login = {"email": "user4@example.org", "password": PASSWORD, "device": "Laptop"}
    token = served.post("/api/auth/login", json=login).json()["token"]
    here = served.sign_in("user4@example.org")
    there = Person(4, here.email, here.username, token, "")

    def devices(who: Person) -> list[admin_rest.Device]:
        return msgspec.json.decode(
            served.get("/api/auth/devices", who).content, type=admin_rest.DevicesList
        ).devices

    (laptop,) = (device for device in devices(here) if device.name == "Laptop")
    assert (laptop.current, laptop.connected) == (False, False)
    assert sum(device.current for device in devices(here)) == 1
    assert served.request("DELETE", f"/api/auth/devices/{laptop.id}", here).status_code == 200
    refused(served.get("/api/users", there), 401, "token_revoked")
    refused(served.request("DELETE", "/api/auth/devices/none", here), 404, "not_found")

    other = served.sign_in("user4@example.org")
    change = {"oldPassword": PASSWORD, "newPassword": "battery staple"}
    refused(
        served.post("/api/auth/password", here, json=change | {"oldPassword": "no"}), 403, "wrong_password"
    )
    assert served.post("/api/auth/password", here, json=change).status_code == 200
    refused(served.get("/api/users", other), 401, "token_revoked")
    assert [device.current for device in devices(here)] == [True]
    assert served.sign_in("user4@example.org", "battery staple")
    back = {"oldPassword": "battery staple", "newPassword": PASSWORD}
    served.post("/api/auth/password", here, json=back).raise_for_status()
    assert "battery" not in served.log


def test_the_command_lines_acts_are_in_the_log_too(served: ServerProcess, owner: Person) -> None:
    assert served.command("user", "disable", "user4@example.org").returncode == 0
    assert served.command("user", "enable", "user4@example.org").returncode == 0
    assert served.command("invite").returncode == 0
    assert acts(served, owner, limit=3) == [
        (None, "invite.made", None), (None, "account.enabled", 4), (None, "account.disabled", 4),
    ]  # fmt: skip


def test_the_owner_names_the_server_and_clients_are_told(
    served: ServerProcess, owner: Person, admin: Person
) -> None:
    path = f"{ADMIN}/server/name"
    for name in ("", " lab", "l\u202eab", "x" * 61, 7):
        refused(served.request("PUT", path, owner, json={"name": name}), 422, "invalid_payload")
    refused(served.request("PUT", path, admin, json={"name": "Mine"}), 403, "forbidden")
    named = served.request("PUT", path, owner, json={"name": "민지네 연구실"})
    assert named.json() == {"success": True, "name": "민지네 연구실"}
    assert served.get(f"{ADMIN}/server", admin).json()["name"] == "민지네 연구실"
    assert asyncio.run(told_name(served.url, owner.token)) == "민지네 연구실"
    assert served.command("name").stdout == "민지네 연구실\n"
    assert "invalid_payload" in served.command("name", "x" * 61).stderr
    assert served.command("name", "--none").returncode == 0
    eventually(lambda: served.get(f"{ADMIN}/server", owner).json()["name"] is None, within=10)
    assert acts(served, owner, limit=2) == [(None, "server.renamed", None), ("Owner", "server.renamed", None)]


def test_lines_of_the_log_are_found_by_kind_and_by_person(
    served: ServerProcess, owner: Person, admin: Person
) -> None:
    served.post(f"{ADMIN}/people/4/role", owner, json={"role": "member"}).raise_for_status()
    served.post(f"{ADMIN}/people/2/disable", admin).raise_for_status()
    served.post(f"{ADMIN}/people/2/enable", admin).raise_for_status()

    def found(**words: str) -> list[tuple[str | None, str, int | None]]:
        lines = served.get(f"{ADMIN}/audit", owner, params=words).json()["entries"]
        return [(line["actor"], line["act"], line["targetId"]) for line in lines]

    assert found(kind="role")[0] == ("Owner", "role.member", 4)
    assert {act.partition(".")[0] for _, act, _ in found(kind="account")} == {"account"}
    assert found(find="USER2@")[:2] == [("user3", "account.enabled", 2), ("user3", "account.disabled", 2)]
    assert all(who == "user3" or target == 3 for who, _, target in found(find="user3"))
    assert found(kind="role", find="nobody") == []
    refused(served.get(f"{ADMIN}/audit", owner, params={"kind": "weather"}), 422, "invalid_payload")


def test_a_backup_is_made_when_somebody_asks(served: ServerProcess, owner: Person) -> None:
    answer = served.post(f"{ADMIN}/backup", owner)
    assert answer.status_code == 201
    made = msgspec.json.decode(answer.content, type=admin_rest.BackupMade).backup
    facts = msgspec.json.decode(served.get(f"{ADMIN}/server", owner).content, type=admin_rest.ServerFacts)
    assert facts.backups == [made]
    assert facts.disk.backups == made.size
    assert acts(served, owner, limit=1) == [("Owner", "backup.made", None)]
