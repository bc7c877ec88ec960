"""Conversations over REST: the twins of the events, the search, and what no stranger gets to see."""

from typing import Any
from uuid import uuid4

import pytest

from tests.fakes.server_process import Person, ServerProcess

EVERYBODY_MAY = {"/api/conversations", "/api/conversations/direct", "/api/conversations/rooms"}
SAMPLES: dict[str, Any] = {
    "text": "hello",
    "userIds": [1],
    "role": "moderator",
    "visibility": "private",
}


@pytest.fixture(scope="module")
def people(shared: ServerProcess) -> list[Person]:
    """The owner, the other one, and two more."""
    owner, bob = shared.sign_in("owner@example.org"), shared.sign_in("user2@example.org")
    return [owner, bob, shared._register(owner, 3), shared._register(owner, 4)]


def room(server: ServerProcess, owner: Person, *members: Person, **more: Any) -> str:
    """The path of a new room."""
    body = {"id": str(uuid4()), "title": "Lab", "userIds": [one.user_id for one in members], **more}
    made = server.post("/api/conversations/rooms", owner, json=body)
    assert made.status_code == 201, made.text
    return f"/api/conversations/{made.json()['conversation']['id']}"


def send(server: ServerProcess, who: Person, where: str, text: str, **more: Any) -> dict[str, Any]:
    answer = server.post(f"{where}/messages", who, json={"id": str(uuid4()), "text": text, **more})
    assert answer.status_code == 201, answer.text
    message: dict[str, Any] = answer.json()["message"]
    return message


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_conversation_from_its_opening_to_its_search(shared: ServerProcess, people: list[Person]) -> None:
    ann, bob, eve, _ = people
    opened = shared.post("/api/conversations/direct", ann, json={"userId": bob.user_id}).json()
    where = f"/api/conversations/{opened['conversation']['id']}"
    assert shared.get(where, bob).json()["conversation"]["id"] == opened["conversation"]["id"]
    body = {"id": str(uuid4()), "text": "회의는 세 시입니다"}
    first = shared.post(f"{where}/messages", ann, json=body)
    again = shared.post(f"{where}/messages", ann, json=body)
    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())
    message = f"{where}/messages/{body['id']}"
    edited = shared.request("PATCH", message, ann, json={"text": "회의는 네 시입니다"}).json()["message"]
    assert (edited["text"], edited["change"]) == ("회의는 네 시입니다", 2)
    reacted = shared.request("PUT", f"{message}/reactions/👍", bob).json()["message"]
    assert reacted["reactions"] == [{"emoji": "👍", "userIds": [bob.user_id]}]
    assert shared.request("DELETE", f"{message}/reactions/👍", bob).json()["message"]["reactions"] == []
    pinned = shared.request("PUT", f"{message}/pin", bob).json()["message"]
    assert pinned["pinnedBy"] == bob.user_id
    assert shared.get(f"{where}/pins", ann).json()["messages"] == [pinned]
    assert shared.request("DELETE", f"{message}/pin", ann).json()["message"]["pinnedBy"] is None
    for number in range(3):
        send(shared, bob, where, f"number {number}")
    page = shared.get(f"{where}/messages?before=4&limit=2", ann).json()
    assert ([one["seq"] for one in page["messages"]], page["more"], page["lastSeq"]) == ([2, 3], True, 4)
    changes = shared.get(f"{where}/changes?after=6", ann).json()
    assert [one["change"] for one in changes["messages"]] == [7, 8, 9]
    marks = shared.post(f"{where}/marks", ann, json={"readSeq": 3}).json()
    assert (marks["readSeq"], marks["deliveredSeq"], marks["unread"], marks["mentions"]) == (3, 3, 1, 0)
    every = shared.get("/api/conversations", ann).json()["conversations"]
    (listed,) = [one for one in every if where.endswith(f"/{one['id']}")]
    assert (listed["lastSeq"], listed["unread"]) == (4, 1)

    found = shared.get(f"/api/search?q=네 시&conversationId={listed['id']}&limit=1", bob).json()
    assert ([one["id"] for one in found["messages"]], found["next"]) == ([body["id"]], None)
    by_bob = f"/api/search?q=number&fromId={bob.user_id}&conversationId={listed['id']}&limit=2"
    newest = shared.get(by_bob, ann).json()
    assert [one["text"] for one in newest["messages"]] == ["number 2", "number 1"]
    rest = shared.get(f"{by_bob}&cursor={newest['next']}", ann).json()
    assert ([one["text"] for one in rest["messages"]], rest["next"]) == (["number 0"], None)
    assert shared.get("/api/search?q=number", eve).json()["messages"] == []
    deleted = shared.request("DELETE", message, ann).json()["message"]
    assert (deleted["text"], deleted["deletedAt"] is None) == ("", False)


def test_a_room_from_its_making_to_its_end(shared: ServerProcess, people: list[Person]) -> None:
    ann, bob, eve, dan = people
    body = {"id": str(uuid4()), "title": "열린 방", "visibility": "public"}
    made = shared.post("/api/conversations/rooms", ann, json=body)
    again = shared.post("/api/conversations/rooms", ann, json=body)
    where = f"/api/conversations/{made.json()['conversation']['id']}"
    assert (made.status_code, again.status_code, again.json()) == (201, 200, made.json())
    (found,) = shared.get("/api/conversations/rooms", eve).json()["rooms"]
    assert (found["title"], found["joined"]) == ("열린 방", False)
    joined = shared.post(f"{where}/members", eve, json={"userIds": [eve.user_id]})
    assert joined.status_code == 200
    invited = shared.post(f"{where}/members", eve, json={"userIds": [bob.user_id, dan.user_id]}).json()
    assert len(invited["conversation"]["members"]) == 4
    role = shared.request("PATCH", f"{where}/members/{bob.user_id}", ann, json={"role": "moderator"})
    assert role.status_code == 200
    renamed = shared.request("PATCH", where, bob, json={"title": "방", "visibility": "private"}).json()
    assert (renamed["conversation"]["title"], renamed["conversation"]["visibility"]) == ("방", "private")
    assert refusal(shared.request("PATCH", where, dan, json={"title": "mine"})) == (403, "forbidden")
    refused = shared.request("PATCH", where, bob, json={"title": " " * 9})
    assert refused.json()["error"]["message"].endswith("(title: of 1 to 80 characters)")
    assert refusal(shared.request("DELETE", f"{where}/members/{ann.user_id}", bob)) == (403, "forbidden")
    for who, gone in ((bob, dan), (eve, eve), (bob, bob)):
        out = shared.request("DELETE", f"{where}/members/{gone.user_id}", who)
        assert (out.status_code, out.json()) == (200, {"success": True})
    assert [one["userId"] for one in shared.get(where, ann).json()["conversation"]["members"]] == [
        ann.user_id
    ]
    assert shared.request("DELETE", f"{where}/members/{ann.user_id}", ann).status_code == 200
    assert refusal(shared.get(where, ann)) == (404, "unknown_conversation")


def calls_of(server: ServerProcess) -> list[tuple[str, str, dict[str, Any] | None]]:
    """Every call about one conversation, as the document has them: method, path, a good body."""
    document = server.get("/openapi.json").json()
    found = []
    for path, operations in document["paths"].items():
        if path.startswith("/api/conversations") and path not in EVERYBODY_MAY:
            assert "{conversationId}" in path
            for method, operation in operations.items():
                found.append((method.upper(), path, _body(document, operation)))
    return found


def _body(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any] | None:
    if "requestBody" not in operation:
        return None
    name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    schema = document["components"]["schemas"][name]
    return {
        key: str(uuid4()) if key == "id" else SAMPLES[key]
        for key in schema["properties"]
        if key in schema.get("required", ()) or key in ("text", "visibility")
    }


def test_strangers_former_members_and_those_put_out_find_nothing(
    shared: ServerProcess, people: list[Person]
) -> None:
    ann, bob, eve, dan = people
    where = room(shared, ann, bob, dan)
    message = send(shared, ann, where, "secret zebra")
    assert shared.request("DELETE", f"{where}/members/{bob.user_id}", ann).status_code == 200
    assert shared.request("DELETE", f"{where}/members/{dan.user_id}", dan).status_code == 200
    before = shared.get(where, ann).json()
    calls = calls_of(shared)
    assert len(calls) >= 16
    for who in (bob, eve, dan):
        for method, path, body in calls:
            url = (
                path.replace("/api/conversations/{conversationId}", where)
                .replace("{messageId}", message["id"])
                .replace("{userId}", str(ann.user_id))
                .replace("{emoji}", "👍")
            )
            for place in (url, url.replace(where, "/api/conversations/2147483647")):
                answer = shared.request(method, place, who, json=body)
                assert refusal(answer) == (404, "unknown_conversation"), f"{method} {path}"
        assert shared.get("/api/search?q=zebra", who).json()["messages"] == []
        assert where.rpartition("/")[2] not in [
            str(one["id"]) for one in shared.get("/api/conversations", who).json()["conversations"]
        ]
    assert shared.get(where, ann).json() == before


def test_without_a_token_nothing_is_told(shared: ServerProcess) -> None:
    paths = shared.get("/openapi.json").json()["paths"]
    found = [path for path in paths if path.startswith(("/api/conversations", "/api/search"))]
    assert len(found) >= len(EVERYBODY_MAY) + 10
    for path in found:
        url = path.replace("{messageId}", str(uuid4())).replace("{conversationId}", "1")
        for method in paths[path]:
            answer = shared.request(method.upper(), url.replace("{userId}", "1"), json={})
            assert refusal(answer) == (401, "token_missing"), f"{method} {path}"


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("GET", "/api/conversations/abc", None, (400, "malformed")),
        ("GET", "/api/conversations/1.0", None, (400, "malformed")),
        ("GET", f"/api/conversations/{'9' * 400}", None, (404, "unknown_conversation")),
        ("GET", "/api/conversations/-1", None, (404, "unknown_conversation")),
        ("PATCH", "/api/conversations/1/members/abc", {"role": "owner"}, (400, "invalid_user_id")),
        ("PATCH", "/api/conversations/1/messages/abc", {"text": "x"}, (400, "malformed")),
        (
            "PUT",
            f"/api/conversations/1/messages/{uuid4()}/reactions/{'x' * 65}",
            None,
            (422, "invalid_reaction"),
        ),
        ("POST", "/api/conversations/direct", {"userId": "2"}, (422, "invalid_payload")),
        ("POST", "/api/conversations/direct", {"userId": 99_999}, (404, "unknown_user")),
        ("POST", "/api/conversations/rooms", {"id": str(uuid4()), "title": ""}, (422, "invalid_payload")),
        ("GET", "/api/conversations/1/messages?before=x", None, (422, "invalid_payload")),
        ("GET", "/api/conversations/1/messages?befor=3", None, (422, "invalid_payload")),
        ("GET", "/api/conversations/1/messages?limit=201", None, (422, "invalid_payload")),
        ("GET", "/api/conversations/1/messages?before=1&after=1", None, (422, "invalid_payload")),
        ("GET", "/api/search", None, (422, "invalid_payload")),
        ("GET", "/api/search?q=%20", None, (422, "invalid_text")),
        ("GET", "/api/search?q=x&cursor=-", None, (422, "invalid_payload")),
        ("GET", f"/api/search?q={'x' * 201}", None, (422, "invalid_payload")),
    ],
)
def test_what_makes_no_sense_is_refused(
    shared: ServerProcess, ann: Person, method: str, path: str, body: object, expected: tuple[int, str]
) -> None:
    assert refusal(shared.request(method, path, ann, json=body)) == expected


def test_texts_that_are_too_long_or_too_many_are_refused_and_nothing_is_stored(
    shared: ServerProcess, people: list[Person]
) -> None:
    ann, _, eve, _ = people
    where = room(shared, ann, eve)
    for text, code in (("x" * 8001, "text_too_long"), ("x\x00", "invalid_text"), ("\u202ex", "invalid_text")):
        body = {"id": str(uuid4()), "text": text}
        assert refusal(shared.post(f"{where}/messages", ann, json=body)) == (422, code)
    assert (
        shared.post(f"{where}/messages", ann, json={"id": str(uuid4()), "text": "x" * 8000}).status_code
        == 201
    )
    huge = {"id": str(uuid4()), "text": "x" * 1_000_001}
    assert refusal(shared.post(f"{where}/messages", ann, json=huge)) == (413, "payload_too_large")
    surrogate = shared.post(
        f"{where}/messages",
        ann,
        data=f'{{"id": "{uuid4()}", "text": "\\ud800"}}',
        headers={"Content-Type": "application/json"},
    )
    assert refusal(surrogate)[0] in (400, 422)
    assert shared.get(where, ann).json()["conversation"]["lastSeq"] == 1
