"""Whatever is wrong with a REST call gets a clear refusal in the contract's shape, and changes nothing."""

import pytest
import requests

from tests.fakes.server_process import PASSWORD, Person, ServerProcess
from tests.server.minting import claims_of, expired, forged, signed, unsigned

LOGIN, REGISTER, REFRESH = "/api/auth/login", "/api/auth/register", "/api/auth/refresh"
JSON = {"Content-Type": "application/json"}
GOOD = {"email": "new@example.org", "username": "New", "password": PASSWORD}


def refused(answer: requests.Response, status: int, code: str) -> None:
    """It is this refusal, in the one shape that there is."""
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert set(body) == {"success", "error"}
    assert {"code", "message"} <= set(body["error"]) <= {"code", "message", "reason"}
    assert (body["success"], body["error"]["code"]) == (False, code)
    assert body["error"]["message"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", [LOGIN, REGISTER, REFRESH])
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"no json", b"\xff\xfe", b'{"email": ', b"[" * 100_000, b"NaN}"],
    ids=["none", "open", "words", "bytes", "cut", "deep", "nan"],
)
def test_a_body_that_is_no_json(shared: ServerProcess, path: str, body: bytes) -> None:
    refused(shared.post(path, data=body, headers=JSON), 400, "malformed")


def test_a_form_is_no_json(shared: ServerProcess) -> None:
    refused(shared.post(LOGIN, data={"email": "a@b", "password": PASSWORD}), 400, "malformed")


@pytest.mark.parametrize(
    "body",
    [
        [], 7, "text", {}, {"email": "a@b"}, {"email": 7, "password": PASSWORD},
        {"email": "a@b", "password": None}, {"email": "a@b", "password": ["x"]},
        {"email": "x" * 255, "password": PASSWORD}, {"email": "a@b", "password": "x" * 1025},
        {"email": "a@b", "password": "\ud800"},
    ],
)  # fmt: skip
def test_a_sign_in_of_the_wrong_shape(shared: ServerProcess, body: object) -> None:
    refused(shared.post(LOGIN, json=body), 422, "invalid_payload")


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "no address"}, {"email": "a b@example.org"}, {"email": "@"}, {"email": "a\x85@b"},
        {"username": "Ann\nBob"}, {"username": "Ann\u202e"}, {"username": ""},
        {"username": " Ann"}, {"username": "x" * 65}, {"password": "short"}, {"password": "x" * 1025},
        {"invite": 7}, {"invite": "x" * 201},
    ],
)  # fmt: skip
def test_a_registration_of_the_wrong_shape(
    shared: ServerProcess, ann: Person, wrong: dict[str, object]
) -> None:
    before = shared.get("/api/users", ann).json()
    refused(shared.post(REGISTER, json={**GOOD, **wrong}), 422, "invalid_payload")
    assert shared.get("/api/users", ann).json() == before


def test_what_is_refused_never_comes_back_in_the_answer(shared: ServerProcess) -> None:
    secret = "hunter2-" * 200
    answer = shared.post(REGISTER, json={**GOOD, "password": secret})
    refused(answer, 422, "invalid_payload")
    assert "hunter2" not in answer.text
    assert "hunter2" not in shared.log


def test_registering(shared: ServerProcess, ann: Person) -> None:
    refused(shared.post(REGISTER, json=GOOD), 403, "invite_required")
    refused(shared.post(REGISTER, json={**GOOD, "invite": "WRONG"}), 403, "invite_invalid")
    invite = shared.post("/api/invites", ann).json()["invite"]
    taken = {**GOOD, "email": "OWNER@example.org", "invite": invite}
    refused(shared.post(REGISTER, json=taken), 409, "email_taken")


def test_the_same_answer_whether_the_address_or_the_password_is_wrong(shared: ServerProcess) -> None:
    tries = [("owner@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", ""), ("no address", "x")]
    answers = [shared.post(LOGIN, json={"email": email, "password": word}) for email, word in tries]
    for answer in answers:
        refused(answer, 401, "invalid_credentials")
    assert len({answer.content for answer in answers}) == 1
    own = {"date", "x-request-id"}  # of each request
    headers = [
        {name: value for name, value in answer.headers.items() if name not in own} for answer in answers
    ]
    assert all(found == headers[0] for found in headers)


GUARDED = [
    ("GET", "/api/online-status"),
    ("GET", "/api/online-status/1"),
    ("GET", "/api/online-status/stats/summary"),
    ("POST", "/api/online-status/heartbeat"),
    ("GET", "/api/users"),
    ("POST", "/api/invites"),
    ("POST", "/api/auth/logout"),
]


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_without_a_good_token_nothing_is_told(
    shared: ServerProcess, ann: Person, method: str, path: str
) -> None:
    def with_header(value: str) -> requests.Response:
        return shared.request(method, path, headers={"Authorization": value})

    refused(shared.request(method, path), 401, "token_missing")
    refused(with_header("Basic YTpi"), 401, "token_missing")
    refused(with_header("Bearer"), 401, "token_missing")
    refused(with_header("Bearer x.y.z"), 401, "token_invalid")
    refused(with_header(f"Bearer {forged(ann)}"), 401, "token_invalid")
    refused(with_header(f"Bearer {unsigned(ann)}"), 401, "token_invalid")
    refused(with_header(f"Bearer {signed(shared, {**claims_of(ann), 'sub': '999'})}"), 401, "token_invalid")
    refused(with_header(f"Bearer {expired(shared, ann)}"), 401, "token_expired")


def test_a_token_after_signing_out(shared: ServerProcess, ann: Person) -> None:
    assert shared.post("/api/auth/logout", ann).json() == {"success": True}
    refused(shared.get("/api/users", ann), 401, "token_revoked")
    refused(shared.post(REFRESH, json={"refreshToken": ann.refresh_token}), 401, "token_revoked")
    refused(shared.post("/api/auth/logout", ann), 401, "token_revoked")


def test_a_refresh_token_alone_signs_out(shared: ServerProcess, ann: Person) -> None:
    answer = shared.post("/api/auth/logout", json={"refreshToken": ann.refresh_token})
    assert answer.json() == {"success": True}
    refused(shared.get("/api/users", ann), 401, "token_revoked")
    refused(shared.post("/api/auth/logout", json={"refreshToken": "unknown"}), 401, "token_invalid")


@pytest.mark.parametrize("user_id", ["x", "1.0", "1e3", "+1", "1_000", "%201", "0x1", "1;2", "¹", "null"])
def test_an_id_that_is_no_integer(shared: ServerProcess, ann: Person, user_id: str) -> None:
    refused(shared.get(f"/api/online-status/{user_id}", ann), 400, "invalid_user_id")


@pytest.mark.parametrize("user_id", ["999", "0", "-1", "2147483648", "9" * 18, "9" * 5000])
def test_an_id_that_is_nobodys(shared: ServerProcess, ann: Person, user_id: str) -> None:
    refused(shared.get(f"/api/online-status/{user_id}", ann), 404, "unknown_user")


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=501", "limit=x", "after=-1", "after=x", "after=99999999999", "ofset=1"]
)
def test_a_page_that_cannot_be(shared: ServerProcess, ann: Person, query: str) -> None:
    refused(shared.get(f"/api/users?{query}", ann), 422, "invalid_payload")


def test_paths_and_methods_that_are_not_there(shared: ServerProcess, ann: Person) -> None:
    refused(shared.get("/api/nothing", ann), 404, "not_found")
    refused(shared.get("/api/users/", ann), 404, "not_found")
    answer = shared.request("DELETE", "/api/users", ann)
    refused(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize("said", [True, False], ids=["announced", "chunked"])
def test_a_body_of_ten_megabytes(shared: ServerProcess, said: bool) -> None:
    size, block = 10_000_000, b"x" * 100_000
    body = b"x" * size if said else (block for _ in range(size // len(block)))
    refused(shared.post(LOGIN, data=body, headers=JSON), 413, "payload_too_large")
    assert shared.get("/healthz").status_code == 200


def test_only_owner_and_admins_invite(shared: ServerProcess, ann: Person, bob: Person) -> None:
    refused(shared.post("/api/invites", bob), 403, "forbidden")
    made = shared.post("/api/invites", ann)
    assert made.status_code == 201
    assert made.json()["uses"] == 10
    assert made.headers["cache-control"] == "no-store"


def test_too_many_tries_are_told_when_to_come_back(server: ServerProcess) -> None:
    server.stop()
    server.settings["PRESENCE_SIGN_IN_TRIES_PER_ACCOUNT"] = "3"
    server.start()
    server.add("Ann")
    body = {"email": "ann@example.org", "password": "wrong"}
    for _ in range(2):
        refused(server.post(LOGIN, json=body), 401, "invalid_credentials")
    answer = server.post(LOGIN, json={**body, "password": PASSWORD})
    refused(answer, 429, "too_many_requests")
    assert 0 < int(answer.headers["retry-after"]) <= 60
