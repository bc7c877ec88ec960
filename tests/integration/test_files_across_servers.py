"""Two servers, one folder of files: an upload goes on at the other server, an avatar is told at both."""

import os
import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
import requests

from tests.fakes.server_process import ServerProcess
from tests.fakes.several import Several, several
from tests.fakes.socket_client import SocketClient
from tests.server.pictures import picture


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Several]:
    """Two servers that the tests share."""
    with several(tmp_path_factory.mktemp("two"), 2, database="mariadb") as running:
        yield running


def call(server: ServerProcess, method: str, path: str, token: str, **more: object) -> requests.Response:
    return server.request(method, path, headers={"Authorization": f"Bearer {token}"}, **more)


def test_an_upload_goes_on_at_the_other_server(two: Several) -> None:
    one, other = two.servers
    ((_, token),) = two.people(1).items()
    data = os.urandom(700_000)
    new = {"id": str(uuid4()), "name": "x.bin", "size": len(data)}
    assert call(one, "POST", "/api/uploads", token, json=new).status_code == 201
    assert call(other, "POST", "/api/uploads", token, json=new).status_code == 200
    path = f"/api/uploads/{new['id']}"
    assert call(one, "PUT", f"{path}?offset=0", token, data=data[:300_000]).json()["received"] == 300_000
    assert call(other, "GET", path, token).json()["received"] == 300_000
    assert call(other, "PUT", f"{path}?offset=300000", token, data=data[300_000:]).json()["file"] is not None
    for server in (one, other):
        assert call(server, "GET", f"/api/files/{new['id']}", token).content == data
        assert not (server.data_dir / "files").exists()


def test_both_take_the_last_byte_at_once(two: Several) -> None:
    ((_, token),) = two.people(1).items()
    data = picture("PNG", (900, 600))
    new = {"id": str(uuid4()), "name": "x.png", "size": len(data)}
    path = f"/api/uploads/{new['id']}"
    call(two.servers[0], "POST", "/api/uploads", token, json=new)
    call(two.servers[0], "PUT", f"{path}?offset=0", token, data=data[:-1])
    answers: list[requests.Response] = []

    def last(server: ServerProcess) -> None:
        answers.append(call(server, "PUT", f"{path}?offset={len(data) - 1}", token, data=data[-1:]))

    threads = [threading.Thread(target=last, args=(server,)) for server in two.servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} <= {200, 409}
    for server in two.servers:
        assert call(server, "GET", path, token).json()["file"]["hasThumbnail"] is True
        assert call(server, "GET", f"/api/files/{new['id']}", token).content == data
        assert call(server, "GET", f"/api/files/{new['id']}/thumbnail", token).status_code == 200


def test_an_avatar_is_told_at_both_servers(two: Several) -> None:
    one, other = two.servers
    (ann, ann_token), (_, bob_token) = two.people(2).items()
    client = SocketClient(other.url, bob_token, presence=2).open()
    try:
        taken = call(one, "PUT", "/api/users/me/avatar", ann_token, data=picture()).json()["avatar"]

        def told(changes: dict[str, list[dict[str, object]]]) -> bool:
            return (ann, taken) in [(entry["userId"], entry["avatar"]) for entry in changes["changes"]]

        client.wait("presence:changes", told, within=10)
        assert client.picture.backward == []
        for server in two.servers:
            assert server.get(taken).status_code == 200
    finally:
        client.close()
