"""Which web pages may talk to the server, and which address a request counts for."""

from pathlib import Path

import pytest

from tests.fakes.server_process import ServerProcess, running_server

PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
POLL = "/socket.io/?EIO=4&transport=polling"


def allowed(server: ServerProcess, origin: str, path: str = "/healthz") -> str | None:
    """What a browser with a page of this origin is told on a call."""
    return server.get(path, headers={"Origin": origin}).headers.get("access-control-allow-origin")


@pytest.mark.parametrize("path", ["/healthz", POLL], ids=["REST", "Socket.IO"])
def test_pages_from_loopback_and_the_servers_own_may_call(shared: ServerProcess, path: str) -> None:
    for origin in ("http://localhost:5173", "http://127.0.0.1", "https://[::1]:8443", shared.url):
        assert allowed(shared, origin, path) == origin
    for origin in (
        "https://evil.example", "http://localhost.evil.example", "http://127.0.0.1.evil.example", "null",
        "file://", "http://localhost:3000@evil.example",
    ):  # fmt: skip
        assert allowed(shared, origin, path) is None


def test_a_preflight_is_answered_for_those_alone(shared: ServerProcess) -> None:
    good = shared.request("OPTIONS", "/api/users", headers={"Origin": "http://localhost:5173", **PREFLIGHT})
    assert good.status_code == 204
    assert "Authorization" in good.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in good.headers
    bad = shared.request("OPTIONS", "/api/users", headers={"Origin": "https://evil.example", **PREFLIGHT})
    assert bad.status_code == 403
    assert "access-control-allow-origin" not in bad.headers


def test_refusals_can_be_read_by_pages_too(shared: ServerProcess) -> None:
    assert allowed(shared, "http://localhost:5173", "/api/users") == "http://localhost:5173"
    assert allowed(shared, "http://localhost:5173", "/nothing") == "http://localhost:5173"


def test_other_origins_by_setting(tmp_path: Path) -> None:
    with running_server(tmp_path, cors_origins="https://chat.example.org, https://two.example") as server:
        for path in ("/healthz", POLL):
            assert allowed(server, "https://chat.example.org", path) == "https://chat.example.org"
            assert allowed(server, "https://evil.example", path) is None
        server.stop()
        server.settings["PRESENCE_CORS_ORIGINS"] = "*"
        server.start()
        assert allowed(server, "https://anybody.example") == "*"
        assert allowed(server, "https://anybody.example", POLL) in ("*", "https://anybody.example")


def tries(server: ServerProcess, forwarded: str) -> int:
    body = {"email": "x@y", "password": "wrong"}
    return server.post("/api/auth/login", json=body, headers={"X-Forwarded-For": forwarded}).status_code


def test_a_forwarded_address_counts_only_from_a_trusted_proxy(tmp_path: Path) -> None:
    with running_server(tmp_path, sign_in_tries_per_address=2) as server:
        assert [tries(server, f"192.0.2.{number}") for number in range(3)] == [401, 401, 429]
        server.stop()
        server.settings["PRESENCE_TRUSTED_PROXIES"] = "127.0.0.0/8"
        server.start()
        assert [tries(server, f"192.0.2.{number}") for number in range(3)] == [401, 401, 401]
        assert [tries(server, "forged, 198.51.100.7") for _ in range(3)] == [401, 401, 429]
        assert [tries(server, f"2001:db8::{number}") for number in range(1, 4)] == [401, 401, 429]


def test_whoever_comes_through_a_proxy_does_not_become_the_owner(server: ServerProcess) -> None:
    body = {"email": "eve@example.org", "username": "Eve", "password": "correct horse"}
    for header in ("X-Forwarded-For", "Forwarded"):
        answer = server.post("/api/auth/register", json=body, headers={header: "192.0.2.1"})
        assert answer.json()["error"]["code"] == "registration_closed"
    answer = server.post("/api/auth/register", json=body)
    assert (answer.status_code, answer.json()["user"]["role"]) == (201, "owner")
