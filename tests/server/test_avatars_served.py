"""Avatars over HTTP and sockets: everybody is told at once, wherever they are looked for."""

from collections.abc import Iterator

import pytest
import requests

from tests.fakes.server_process import Person, ServerProcess
from tests.fakes.socket_client import SocketClient
from tests.server.pictures import opened, picture, png_of
from tests.waiting import eventually


def set_avatar(server: ServerProcess, who: Person, data: bytes) -> requests.Response:
    return server.request("PUT", "/api/users/me/avatar", who, data=data)


def everywhere(server: ServerProcess, who: Person, asked_by: Person) -> set[str | None]:
    """What REST calls somebody's avatar."""
    directory = server.get("/api/users", asked_by).json()["users"]
    listed = server.get("/api/online-status", asked_by).json()["users"]
    found = [entry["avatar"] for entry in directory + listed if entry["userId"] == who.user_id]
    return {*found, server.get(f"/api/online-status/{who.user_id}", asked_by).json()["avatar"]}


@pytest.fixture
def listening(shared: ServerProcess, ann: Person, bob: Person) -> Iterator[list[SocketClient]]:
    """Ann's and Bob's clients of presence 2, and a plain one of Bob's."""
    clients = [
        SocketClient(shared.url, ann.token, presence=2),
        SocketClient(shared.url, bob.token, presence=2),
        SocketClient(shared.url, bob.token),
    ]
    for client in clients:
        client.open()
    try:
        yield clients
    finally:
        for client in clients:
            client.close()


def test_everybody_is_told_of_a_new_avatar(
    shared: ServerProcess, ann: Person, bob: Person, listening: list[SocketClient]
) -> None:
    own, other, plain = listening
    before: dict[SocketClient, int] = {}
    for data in (picture(size=(700, 300)), picture("WEBP"), None):
        if data is None:
            taken = shared.request("DELETE", "/api/users/me/avatar", ann).json()["avatar"]
            assert taken is None
        else:
            taken = set_avatar(shared, ann, data).json()["avatar"]
            fetched = shared.get(taken)
            assert opened(fetched.content).size == (256, 256)
            assert fetched.headers["content-type"] == "image/png"
            assert "immutable" in fetched.headers["cache-control"]

        def told(client: SocketClient, taken: str | None = taken) -> int:
            return next(
                (
                    change["version"]
                    for heard in client.heard
                    if heard.name == "presence:changes"
                    for change in heard.data["changes"]
                    if change["userId"] == ann.user_id
                    and change["avatar"] == taken
                    and change["version"] > before.get(client, 0)
                ),
                0,
            )

        for client in (own, other):
            before[client] = eventually(lambda client=client: told(client), what="the change is told")
            assert client.picture.backward == []
        assert everywhere(shared, ann, bob) == {taken}
        plain.ask("online:list")
        lists = [heard.data["users"] for heard in plain.heard if heard.name == "online:users"]
        (entry,) = [user for user in lists[-1] if user["userId"] == ann.user_id]
        assert entry["avatar"] == taken
    assert [heard for heard in plain.all("user:status") if heard.data["userId"] == ann.user_id] == []


def test_the_old_picture_is_gone(shared: ServerProcess, bob: Person) -> None:
    first = set_avatar(shared, bob, picture()).json()["avatar"]
    second = set_avatar(shared, bob, picture()).json()["avatar"]
    gone = shared.get(first)
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "unknown_file")
    assert shared.get(second).status_code == 200
    assert len(list((shared.data_dir / "files" / "avatars").iterdir())) == len(
        {avatar for avatar in all_avatars(shared, bob) if avatar is not None}
    )


def all_avatars(server: ServerProcess, who: Person) -> list[str | None]:
    return [user["avatar"] for user in server.get("/api/users", who).json()["users"]]


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 422, "invalid_image"),
        (b"<svg/>", 422, "invalid_image"),
        (picture("GIF"), 422, "invalid_image"),
        (picture()[:-200], 422, "invalid_image"),
        (png_of(50_000, 50_000), 422, "invalid_image"),
        (b"x" * 2_000_001, 413, "file_too_large"),
        (b"x" * 4_000_001, 413, "file_too_large"),
    ],
    ids=["nothing", "svg", "gif", "cut", "bomb", "large", "larger"],
)
def test_what_is_no_avatar(shared: ServerProcess, ann: Person, data: bytes, status: int, code: str) -> None:
    before = all_avatars(shared, ann)
    answer = set_avatar(shared, ann, data)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert all_avatars(shared, ann) == before
