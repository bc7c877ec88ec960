"""Every data folder that a version ever left is opened by this one: nothing is lost, and everybody stays signed in.

The folders are in `tests/fixtures`; they stay for good.
"""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from presence_desktop.server import cli
from presence_desktop.server.stores.backups import archive
from presence_desktop.server.stores.sql.schema import REVISIONS
from tests.fakes.server_process import PASSWORD, Person, ServerProcess
from tests.fixtures.data_folder import ANSWERS, FOLDER, HERE
from tests.server.stores.backups.house import rows

OLD = sorted(HERE.glob("data_folder_*.tar.gz"))


@pytest.fixture(params=OLD, ids=[path.name.removesuffix(".tar.gz") for path in OLD])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An old data folder; what its server answered lies beside it."""
    with tarfile.open(request.param) as tar:
        tar.extractall(tmp_path, filter="data")
    return tmp_path / FOLDER


@pytest.fixture
def answers(old: Path) -> dict[str, Any]:
    """What the old server answered."""
    told: dict[str, Any] = json.loads((old.parent / ANSWERS).read_text())
    return told


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator[list[ServerProcess]]:
    """Servers that are stopped at the end."""
    servers: list[ServerProcess] = []
    yield servers
    for server in servers:
        if server.process is not None:
            server.stop()


LEAPT = ("lastChange", "version")
"""What a restored conversation counts on from far ahead."""


def holds(now: object, then: object) -> bool:
    """Whether an answer says all that the old one said; it may say more."""
    if isinstance(then, dict) and isinstance(now, dict):
        rest = {name: value for name, value in then.items() if name not in LEAPT}
        leapt = all(now[name] in (then[name], then[name] + 10**9) for name in LEAPT if name in then)
        return leapt and all(name in now and holds(now[name], value) for name, value in rest.items())
    if isinstance(then, list) and isinstance(now, list):
        return len(now) == len(then) and all(map(holds, now, then))
    return now == then


def nothing_is_lost(server: ServerProcess, answers: dict[str, Any]) -> None:
    """All that the old server said holds, with the old tokens, passwords and invites."""
    ann, bob, cho = (
        Person(one["userId"], one["email"], "", one["token"], one["refreshToken"])
        for one in answers["people"]
    )
    for path, then in answers["asked"].items():
        now = server.get(path, ann).json()
        assert holds(now, then), (path, now, then)
    for file, digest in answers["files"].items():
        assert hashlib.sha256(server.get(f"/api/files/{file}", ann).content).hexdigest() == digest
    (avatar,) = [one["avatar"] for one in server.get("/api/users", ann).json()["users"] if one["avatar"]]
    assert hashlib.sha256(server.get(avatar).content).hexdigest() == answers["avatar"]
    assert server.get("/api/users", bob).status_code == 200
    assert server.sign_in(bob.email).user_id == bob.user_id
    renewed = server.post("/api/auth/refresh", json={"refreshToken": bob.refresh_token})
    assert renewed.status_code == 200, renewed.text
    shut_out = server.post("/api/auth/login", json={"email": cho.email, "password": PASSWORD})
    assert shut_out.status_code == 401
    body = {"email": "new@example.org", "username": "New", "password": PASSWORD, "invite": answers["invite"]}
    assert server.post("/api/auth/register", json=body).status_code == 201


def test_an_old_folder_is_opened(old: Path, answers: dict[str, Any], stopped: list[ServerProcess]) -> None:
    stopped.append(ServerProcess(old))
    nothing_is_lost(stopped[0].start(), answers)
    assert rows(old, "presence_claims")[0][:3] == (2, 0, "busy")


def test_a_backup_of_an_old_folder_is_restored(
    old: Path, answers: dict[str, Any], stopped: list[ServerProcess], tmp_path: Path
) -> None:
    schema = rows(old, "alembic_version")
    assert cli.main(["backup", "--data-dir", str(old), "--to", str(tmp_path / "old.tar")]) == 0
    assert rows(old, "alembic_version") == schema  # a backup changes nothing
    with archive.opened(tmp_path / "old.tar") as found:
        assert [(found.manifest.schema_,)] == schema
    fresh = tmp_path / "fresh"
    assert cli.main(["restore", str(tmp_path / "old.tar"), "--data-dir", str(fresh)]) == 0
    assert rows(fresh, "alembic_version") == [(REVISIONS[-1],)]
    stopped.append(ServerProcess(fresh))
    nothing_is_lost(stopped[0].start(), answers)
