"""What the log says of requests: each line names its request, and no secret ever stands in one."""

from collections.abc import Iterator

import pytest
import socketio

from tests.fakes.server_process import PASSWORD, ServerProcess, running_server


@pytest.fixture(scope="module")
def talkative(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with running_server(tmp_path_factory.mktemp("talkative"), log_level="debug", metrics=True) as running:
        yield running


@pytest.fixture(scope="module")
def quiet_secrets(talkative: ServerProcess) -> list[str]:
    """Everything that must not be logged, each of it used in every way there is, rightly and wrongly."""
    owner, other = talkative.people(2)
    secrets = [PASSWORD, owner.token, owner.refresh_token, other.token, other.refresh_token]
    invite = talkative.post("/api/admin/invites", owner, json={"uses": 1}).json()["invite"]
    wrong = {
        "email": "x@example.org",
        "username": "x",
        "password": "wrong secret one",
        "invite": "WRONG-CODE",
    }
    talkative.post("/api/auth/register", json=wrong)
    talkative.post("/api/auth/login", json={"email": owner.email, "password": "wrong secret two"})
    talkative.post("/api/auth/login", data=b'{"password": "broken secret')
    talkative.post("/api/auth/login", json={"email": 5, "password": "typed secret"})
    made = talkative.post(f"/api/admin/people/{other.user_id}/password", owner).json()["password"]
    change = {"oldPassword": PASSWORD, "newPassword": "another secret"}
    talkative.post("/api/auth/password", owner, json=change)
    pair = talkative.post("/api/auth/refresh", json={"refreshToken": owner.refresh_token}).json()
    talkative.get(f"/api/users?token={owner.token}", owner)
    talkative.get("/api/users", headers={"Authorization": "Bearer made.up.token"})
    client = socketio.Client(reconnection=False)
    client.connect(talkative.url, auth={"token": pair["token"]}, transports=["polling"], wait_timeout=10)
    client.disconnect()
    return [
        *secrets, invite, made, pair["token"], pair["refreshToken"], "wrong secret one", "wrong secret two",
        "WRONG-CODE", "broken secret", "typed secret", "another secret", "made.up.token",
    ]  # fmt: skip


def test_no_secret_is_in_the_log(talkative: ServerProcess, quiet_secrets: list[str]) -> None:
    log = talkative.log
    assert "rest.answered" in log
    assert [secret for secret in quiet_secrets if secret in log] == []


def test_every_line_of_a_request_names_it(talkative: ServerProcess, quiet_secrets: list[str]) -> None:
    talkative.get("/api/users", headers={"X-Request-ID": "mine-1"})
    lines = [line for line in talkative.log.splitlines() if "mine-1" in line]
    (line,) = (line for line in lines if "rest.answered" in line)
    assert "method=GET path=/api/users status=401" in line
    answered = [line for line in talkative.log.splitlines() if "rest.answered" in line]
    assert len(answered) > 10
    assert all(" request=" in line for line in answered)
