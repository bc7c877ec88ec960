"""Files over HTTP, from a real server: resumed, ranged, harmless to browsers, seen by members only, flat in memory."""

import http.client
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import requests

from tests.fakes.server_process import Person, ServerProcess, running_server
from tests.server.pictures import picture, png_of, sideways, zipped
from tests.waiting import eventually

MEGABYTE = 1_000_000


@pytest.fixture
def eve(shared: ServerProcess) -> Person:
    """Somebody who is in no conversation."""
    return shared.sign_in("user3@example.org")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server that cleans up quickly."""
    settings = {"file_sweep_seconds": 0.1, "file_quota_bytes": 10**9, "uploads_waiting": 1000}
    with running_server(tmp_path_factory.mktemp("files"), **settings) as running:
        running.people(3)
        yield running


def begun(server: ServerProcess, who: Person, size: int, name: str = "x.bin") -> str:
    file_id = str(uuid4())
    answer = server.post("/api/uploads", who, json={"id": file_id, "name": name, "size": size})
    assert answer.status_code == 201, answer.text
    return file_id


def put(server: ServerProcess, who: Person, file_id: str, data: bytes, offset: int = 0) -> requests.Response:
    return server.request("PUT", f"/api/uploads/{file_id}?offset={offset}", who, data=data)


def uploaded(server: ServerProcess, who: Person, data: bytes, name: str = "x.bin") -> str:
    file_id = begun(server, who, len(data), name)
    answer = put(server, who, file_id, data)
    assert answer.json()["file"]["size"] == len(data)
    return file_id


def refused(answer: requests.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.text


def sent(server: ServerProcess, who: Person, file_id: str, *people: Person) -> tuple[int, str]:
    """The file on a message in a new room with these people; the room and the message."""
    body = {"id": str(uuid4()), "title": "Lab", "userIds": [one.user_id for one in people]}
    room = server.post("/api/conversations/rooms", who, json=body).json()["conversation"]["id"]
    message = {"id": str(uuid4()), "attachments": [file_id]}
    answer = server.post(f"/api/conversations/{room}/messages", who, json=message)
    assert answer.status_code == 201, answer.text
    return room, message["id"]


def test_a_picture_there_and_back(shared: ServerProcess, ann: Person) -> None:
    data = sideways((1600, 1000))
    file_id = uploaded(shared, ann, data, "../../고양이.jpg")
    state = shared.get(f"/api/uploads/{file_id}", ann).json()
    assert state["file"] == {
        "id": file_id, "name": "고양이.jpg", "mediaType": "image/jpeg", "size": len(data),
        "width": 1000, "height": 1600, "hasThumbnail": True,
    }  # fmt: skip
    whole = shared.get(f"/api/files/{file_id}", ann)
    assert whole.content == data
    assert whole.headers["content-type"] == "image/jpeg"
    assert whole.headers["content-disposition"].startswith("inline; ")
    small = shared.get(f"/api/files/{file_id}/thumbnail", ann)
    assert small.headers["content-type"] == "image/jpeg"
    assert b"SECRET" not in small.content
    assert len(small.content) < len(data)
    for answer in (whole, small):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert answer.headers["cache-control"] == "private, no-cache"
        again = shared.get(
            answer.url.removeprefix(shared.url), ann, headers={"If-None-Match": answer.headers["etag"]}
        )
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"<html><script>alert(1)</script></html>", "cat.png", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "cat.svg", "text/plain"),
        (zipped(), "cat.png", "application/zip"),
        (picture()[:-300], "cut.png", "image/png"),
        (png_of(60_000, 60_000), "bomb.png", "image/png"),
        (b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", "cat.html", "image/png"),
    ],
    ids=["html", "svg", "zip", "cut", "bomb", "half png half html"],
)
def test_nothing_that_could_do_harm_is_shown_in_place(
    shared: ServerProcess, ann: Person, data: bytes, name: str, media_type: str
) -> None:
    file_id = uploaded(shared, ann, data, name)
    file = shared.get(f"/api/uploads/{file_id}", ann).json()["file"]
    assert (file["mediaType"], file["name"], file["hasThumbnail"]) == (media_type, name, False)
    assert (file["width"], file["height"]) == (None, None)
    answer = shared.get(f"/api/files/{file_id}", ann)
    assert answer.content == data
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    refused(shared.get(f"/api/files/{file_id}/thumbnail", ann), 404, "unknown_file")


@pytest.mark.parametrize("name", ["..", "/", "\x00", "\u202e\u202e"])
def test_a_name_of_which_nothing_is_left(shared: ServerProcess, ann: Person, name: str) -> None:
    body = {"id": str(uuid4()), "name": name, "size": 1}
    refused(shared.post("/api/uploads", ann, json=body), 422, "invalid_file_name")


def test_too_much_is_refused_before_it_is_sent(shared: ServerProcess, ann: Person) -> None:
    body = {"id": str(uuid4()), "name": "x", "size": 5_000_000_000}
    refused(shared.post("/api/uploads", ann, json=body), 413, "file_too_large")
    refused(shared.get(f"/api/uploads/{body['id']}", ann), 404, "unknown_file")
    file_id = begun(shared, ann, 10)
    refused(put(shared, ann, file_id, b"x" * 11), 413, "file_too_large")
    refused(put(shared, ann, file_id, b"x" * 101 * MEGABYTE), 413, "file_too_large")
    assert shared.get(f"/api/uploads/{file_id}", ann).json()["received"] == 0


def test_the_body_of_other_calls_is_as_small_as_before(shared: ServerProcess, ann: Person) -> None:
    refused(shared.post("/api/uploads", ann, data=b"x" * 1_000_001), 413, "payload_too_large")


def test_an_upload_that_was_cut_goes_on(shared: ServerProcess, ann: Person) -> None:
    data = os.urandom(3 * MEGABYTE)
    file_id = begun(shared, ann, len(data))
    connection = http.client.HTTPConnection("127.0.0.1", shared.port, timeout=10)
    connection.putrequest("PUT", f"/api/uploads/{file_id}?offset=0")
    connection.putheader("Authorization", f"Bearer {ann.token}")
    connection.putheader("Content-Length", str(len(data)))
    connection.endheaders()
    connection.send(data[: 2 * MEGABYTE])
    connection.close()

    def received() -> int:
        return int(shared.get(f"/api/uploads/{file_id}", ann).json()["received"])

    eventually(lambda: received() == 2 * MEGABYTE, what="what arrived is kept")
    refused(put(shared, ann, file_id, data, 0), 409, "wrong_offset")
    answer = put(shared, ann, file_id, data[2 * MEGABYTE :], 2 * MEGABYTE)
    assert answer.json()["file"]["mediaType"] == "application/octet-stream"
    assert shared.get(f"/api/files/{file_id}", ann).content == data


def test_a_hanging_upload_does_not_stand_in_the_way(shared: ServerProcess, ann: Person) -> None:
    file_id = begun(shared, ann, 100)
    connection = hung(shared, ann, "PUT", f"/api/uploads/{file_id}?offset=0", b"0123456789")
    assert put(shared, ann, file_id, b"x" * 100).json()["received"] == 100
    connection.send(b"0123456789" * 9)
    assert connection.getresponse().status == 409
    connection.close()
    assert shared.get(f"/api/files/{file_id}", ann).content == b"x" * 100


@pytest.mark.parametrize(
    ("asked", "status", "found"),
    [
        ("bytes=0-9", 206, range(10)),
        ("bytes=-10", 206, range(99_990, 100_000)),
        ("bytes=50000-", 206, range(50_000, 100_000)),
        ("bytes=1-2,5-6", 200, range(100_000)),
        ("bytes=100000-", 416, range(0)),
        ("nonsense", 200, range(100_000)),
    ],
)
def test_a_part_of_a_file(shared: ServerProcess, ann: Person, asked: str, status: int, found: range) -> None:
    data = os.urandom(100_000)
    path = f"/api/files/{uploaded(shared, ann, data)}"
    answer = shared.get(path, ann, headers={"Range": asked})
    assert answer.status_code == status
    assert answer.content == data[found.start : found.stop]
    assert answer.headers["content-length"] == str(len(found))
    if status == 206:
        assert answer.headers["content-range"] == f"bytes {found.start}-{found.stop - 1}/100000"
    if status == 416:
        assert answer.headers["content-range"] == "bytes */100000"
    tag = shared.get(path, ann).headers["etag"]
    for if_range, code in ((tag, 206), ('"other"', 200)):
        again = shared.get(path, ann, headers={"Range": "bytes=0-9", "If-Range": if_range})
        assert again.status_code == code


def test_nobody_but_members_sees_a_file(shared: ServerProcess, ann: Person, bob: Person, eve: Person) -> None:
    file_id = uploaded(shared, ann, picture(), "cat.png")
    paths = [f"/api/files/{file_id}", f"/api/files/{file_id}/thumbnail"]

    def seen() -> list[str]:
        found = []
        for who in (ann, bob, eve):
            answers = [shared.get(path, who) for path in paths]
            assert len({answer.status_code for answer in answers}) == 1
            if answers[0].status_code == 200:
                found.append(who.username)
            else:
                for answer in answers:
                    refused(answer, 404, "unknown_file")
        return found

    assert seen() == [ann.username]
    room, message = sent(shared, ann, file_id, bob)
    assert seen() == [ann.username, bob.username]
    refused(shared.request("DELETE", f"/api/uploads/{file_id}", ann), 409, "id_taken")
    for method, path in (("GET", ""), ("PUT", "?offset=0"), ("DELETE", "")):
        refused(shared.request(method, f"/api/uploads/{file_id}{path}", bob), 404, "unknown_file")
    assert shared.request("DELETE", f"/api/conversations/{room}/members/{bob.user_id}", ann).ok
    assert seen() == [ann.username]
    assert shared.request("DELETE", f"/api/conversations/{room}/messages/{message}", ann).ok
    assert seen() == []
    eventually(lambda: not on_disk(shared, file_id), what="the bytes of a deleted message's file go")


def on_disk(server: ServerProcess, file_id: str) -> list[Path]:
    return list((server.data_dir / "files" / "uploads").rglob(f"{file_id}*"))


def test_what_is_given_up_is_gone(shared: ServerProcess, ann: Person) -> None:
    file_id = begun(shared, ann, 10)
    put(shared, ann, file_id, b"01234")
    assert len(on_disk(shared, file_id)) == 1
    assert shared.request("DELETE", f"/api/uploads/{file_id}", ann).json() == {"success": True}
    refused(shared.get(f"/api/uploads/{file_id}", ann), 404, "unknown_file")
    assert on_disk(shared, file_id) == []


@pytest.mark.parametrize("file_id", ["x", "..%2f..%2fsecret.key", "%00", str(UUID(int=0)), "1" * 500])
def test_ids_that_are_none(shared: ServerProcess, ann: Person, file_id: str) -> None:
    for method, path in (
        ("GET", f"/api/uploads/{file_id}"),
        ("PUT", f"/api/uploads/{file_id}?offset=0"),
        ("DELETE", f"/api/uploads/{file_id}"),
        ("GET", f"/api/files/{file_id}"),
        ("GET", f"/api/files/{file_id}/thumbnail"),
        ("GET", f"/api/avatars/{file_id}"),
    ):
        answer = shared.request(method, path, ann)
        assert (answer.status_code, answer.json()["success"]) in ((404, False), (422, False)), path


@pytest.mark.parametrize(
    "offset", ["", "?offset=", "?offset=-1", "?offset=1.5", "?offset=x", f"?offset={2**60}"]
)
def test_offsets_that_are_none(shared: ServerProcess, ann: Person, offset: str) -> None:
    file_id = begun(shared, ann, 10)
    refused(shared.request("PUT", f"/api/uploads/{file_id}{offset}", ann, data=b"x"), 422, "invalid_payload")


def test_without_a_token_nothing_is_told(shared: ServerProcess, ann: Person) -> None:
    file_id = uploaded(shared, ann, picture())
    for method, path in (
        ("POST", "/api/uploads"),
        ("GET", f"/api/uploads/{file_id}"),
        ("PUT", f"/api/uploads/{file_id}?offset=0"),
        ("DELETE", f"/api/uploads/{file_id}"),
        ("GET", f"/api/files/{file_id}"),
        ("GET", f"/api/files/{file_id}/thumbnail"),
        ("PUT", "/api/users/me/avatar"),
        ("DELETE", "/api/users/me/avatar"),
    ):
        refused(shared.request(method, path), 401, "token_missing")


def test_a_web_page_may_ask_for_parts_and_read_what_it_got(shared: ServerProcess, ann: Person) -> None:
    path = f"/api/files/{uploaded(shared, ann, b'hello')}"
    origin = {"Origin": "http://localhost:5173"}
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization,range"}
    preflight = shared.request("OPTIONS", path, headers={**origin, **asked})
    assert preflight.status_code == 204
    assert {"Authorization", "Range"} <= set(preflight.headers["access-control-allow-headers"].split(", "))
    answer = shared.get(path, ann, headers={**origin, "Range": "bytes=0-1"})
    assert (answer.status_code, answer.content) == (206, b"he")
    assert {"Content-Range", "ETag"} <= set(answer.headers["access-control-expose-headers"].split(", "))


def test_what_was_begun_outlives_a_kill_and_a_stop(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        (ann,) = server.people(1)
        data = os.urandom(20 * MEGABYTE)
        file_id, half = begun(server, ann, len(data)), begun(server, ann, 100)
        put(server, ann, file_id, data[:600_000])
        avatar = server.request("PUT", "/api/users/me/avatar", ann, data=picture()).json()["avatar"]
        lost = server.data_dir / "files" / "uploads" / "00" / f"{UUID(int=7)}.part"
        lost.parent.mkdir(exist_ok=True)
        lost.write_bytes(b"of no file")
        server.kill()
        server.start()
        eventually(lambda: not lost.exists(), what="bytes of no file are removed at the start")
        assert server.get(f"/api/uploads/{file_id}", ann).json()["received"] == 600_000
        assert put(server, ann, file_id, data[600_000:], 600_000).json()["file"] is not None
        hanging = [
            hung(server, ann, "GET", f"/api/files/{file_id}"),
            hung(server, ann, "PUT", f"/api/uploads/{half}?offset=0", b"0123456789"),
        ]
        assert server.get("/healthz").status_code == 200
        assert server.stop() == 0
        assert "Traceback" not in server.log
        for connection in hanging:
            connection.close()
        server.start()
        assert server.get(f"/api/uploads/{half}", ann).json()["received"] == 10
        assert server.get(f"/api/files/{file_id}", ann).content == data
        assert server.get("/api/users", ann).json()["users"][0]["avatar"] == avatar
        assert server.get(avatar).status_code == 200


def hung(
    server: ServerProcess, who: Person, method: str, path: str, first: bytes = b""
) -> http.client.HTTPConnection:
    """A call that sends 10 bytes of 100, or takes nothing of what it is sent."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.putrequest(method, path)
    connection.putheader("Authorization", f"Bearer {who.token}")
    if first:
        connection.putheader("Content-Length", "100")
    connection.endheaders()
    connection.send(first)
    return connection


def test_what_is_never_sent_is_removed_and_what_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    with running_server(tmp_path, upload_seconds=1, file_sweep_seconds=0.2) as server:
        (ann,) = server.people(1)
        half = begun(server, ann, 10)
        put(server, ann, half, b"01234")
        whole = uploaded(server, ann, picture())
        eventually(lambda: not on_disk(server, half) + on_disk(server, whole), what="both are removed")
        refused(server.get(f"/api/files/{whole}", ann), 404, "unknown_file")
        folder = server.data_dir / "files"
        shutil.rmtree(folder)
        folder.write_text("no folder")
        body = {"id": str(uuid4()), "name": "x", "size": 1}
        refused(server.post("/api/uploads", ann, json=body), 503, "unavailable")
        refused(server.get(f"/api/uploads/{body['id']}", ann), 404, "unknown_file")
        refused(server.request("PUT", "/api/users/me/avatar", ann, data=picture()), 503, "unavailable")
        assert server.get("/api/users", ann).json()["users"][0]["avatar"] is None
        assert "Traceback" not in server.log


def test_memory_stays_flat_while_large_files_go_up_and_down(shared: ServerProcess, ann: Person) -> None:
    uploaded(shared, ann, picture())
    Path(f"/proc/{shared.pid}/clear_refs").write_text("5")  # what earlier tests took at most is forgotten
    before = resident(shared.pid)
    data = os.urandom(100 * MEGABYTE)
    file_id = uploaded(shared, ann, data)
    with requests.get(
        f"{shared.url}/api/files/{file_id}", headers=ann.headers, stream=True, timeout=30
    ) as answer:
        assert sum(len(piece) for piece in answer.iter_content(MEGABYTE)) == len(data)
    assert peak(shared.pid) - before < 16 * 1024, "KiB"
    assert shared.request("DELETE", f"/api/uploads/{file_id}", ann).ok


def resident(pid: int) -> int:
    return _status(pid, "VmRSS")


def peak(pid: int) -> int:
    return _status(pid, "VmHWM")


def _status(pid: int, what: str) -> int:
    found = re.search(rf"^{what}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1])
