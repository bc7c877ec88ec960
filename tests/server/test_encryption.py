"""A server that encrypts: what it shows, what it tells those who do not, and what it refuses to start with."""

import contextlib
import datetime
import os
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from cryptography import x509

from tests.fakes.server_process import Person, ServerProcess, running_server
from tests.server.journey import travel
from tests.server.test_check import LINES, check

NOW = round(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).timestamp() * 1000)


@pytest.fixture(scope="module", params=["fast", "stock"])
def secure(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    folder = tmp_path_factory.mktemp(f"tls-{request.param}")
    with running_server(folder, plain_http="false", realtime=request.param) as server:
        yield server


def fingerprint(server: ServerProcess) -> str:
    certificate = x509.load_pem_x509_certificate(server.certificate.read_bytes())
    from cryptography.hazmat.primitives.hashes import SHA256

    return certificate.fingerprint(SHA256()).hex()


def test_the_official_client_finds_everything_and_the_check_proves_it(secure: ServerProcess) -> None:
    people = secure.people(2)
    travel(secure, ["polling", "websocket"], people)
    if secure.settings["PRESENCE_REALTIME"] == "stock":
        return  # the check knows no difference
    found, token = fingerprint(secure), secure.sign_in(people[1].email).token
    status, lines = check(secure.url, token, "--fingerprint", found.upper())
    assert status == 0, lines
    assert len(lines) == len(LINES)
    status, (line,) = check(secure.url, token, "--fingerprint", "ab" * 32)
    assert (status, found in line, "not the one" in line) == (1, True, True)
    status, (line,) = check(secure.url, token)
    assert (status, found in line, "nobody vouches" in line) == (1, True, True)


def test_plain_http_is_told_to_encrypt(secure: ServerProcess) -> None:
    plain = f"http://127.0.0.1:{secure.port}"
    for method in ("GET", "POST"):
        answer = requests.request(method, f"{plain}/api/users", timeout=5, data=b"x" * 1000)
        assert answer.status_code == 426
        assert answer.json() == {
            "success": False,
            "error": {"code": "tls_required", "message": "This server speaks encrypted only: use https."},
        }
    with socket.create_connection(("127.0.0.1", secure.port)) as talker:
        talker.sendall(b"GET / HTTP/1.1\r\n")
        assert talker.recv(1000).startswith(b"HTTP/1.1 426 ")
        talker.sendall(b"Host: somewhere\r\n\r\n")
        with contextlib.suppress(ConnectionResetError):
            assert talker.recv(1000) == b""
    assert secure.get("/healthz").status_code == 200


def test_its_files_are_nobody_elses(secure: ServerProcess) -> None:
    folder = secure.certificate.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        "certificate.pem": 0o600,
        "key.pem": 0o600,
    }


@pytest.mark.slow
def test_it_shows_the_same_key_after_a_restart_and_ends_in_time_with_people_in_it(
    tmp_path: Path,
) -> None:
    with running_server(tmp_path, plain_http="false") as server:
        owner, before = server.add("Owner", email="owner@example.org"), fingerprint(server)
        assert f"fingerprint={before}" in server.log
        with open_websocket(server, owner):
            begun = time.monotonic()
            assert server.stop() == 0
            assert time.monotonic() - begun < 8  # five seconds are promised; the machine may be busy
        server.start()
        assert fingerprint(server) == before
        assert server.get("/api/users", owner).status_code == 200


def open_websocket(server: ServerProcess, who: Person) -> "subprocess.Popen[bytes]":
    """The official client, connected; it stays until the server goes."""
    program = (
        "const {io}=require('socket.io-client');"
        "const s=io(process.env.URL,{auth:{token:process.env.TOKEN},transports:['websocket'],reconnection:false});"
        "s.on('connect',()=>console.log('here'));s.on('disconnect',()=>process.exit(0));"
        "s.on('connect_error',(e)=>{console.log(e.message);process.exit(1)});"
    )
    folder = Path(__file__).resolve().parents[1] / "js"
    environment = {
        **os.environ, "URL": server.url, "TOKEN": who.token, "NODE_EXTRA_CA_CERTS": str(server.certificate),
    }  # fmt: skip
    client = subprocess.Popen(["node", "-e", program], cwd=folder, env=environment, stdout=subprocess.PIPE)
    assert client.stdout is not None
    assert client.stdout.readline() == b"here\n"
    return client
