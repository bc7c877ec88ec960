"""What no honest client says, over sockets: a clear error with a code, twice; the connection stays up, nothing changes.

REST's share is held by the tests of REST, malformed packets by those of the protocol suites.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.fakes.server_process import Person
from tests.fakes.socket_client import SocketClient
from tests.integration.town import SCALED, Town, Watch, town

NOTHING = object()
"""The event comes without any payload."""
FUTURE = 2**52
MILLION = 1_000_000
CHANGES = 10
WINDOW_SECONDS = 600


@dataclass(frozen=True)
class Bad:
    """An event, what comes with it, and the code it is answered with; `full`: known to clients of presence 2 only."""

    event: str
    payload: Any
    code: str
    full: bool = False

    def __str__(self) -> str:
        return f"{self.event} {json.dumps(self.payload, default=lambda _: 'nothing')[:40]}"


def update(code: str, **payload: object) -> Bad:
    return Bad("status:update", payload, code)


def custom(code: str, **payload: object) -> Bad:
    return Bad("status:custom", payload, code)


INVALID_STATUSES: list[Any] = [
    "invisible", "ONLINE", "online ", "", "x" * 10_000, "온라인", "\x00", None, 1, True, 1.5, [], {}, ["online"],
    {"status": "online"},
]  # fmt: skip
NO_MOMENTS: list[Any] = [-1, 2**53 + 1, 10**30, "tomorrow", "1700000000000", 1.5, True, [], {}]
PAST: list[int] = [0, 1, 1_700_000_000_000]
NO_USER_IDS: list[Any] = ["1", "abc", "", None, 1.0, 1.5, True, 0, -1, 2**31, 10**30, [], {}, [1]]
NO_EMOJI: list[str] = [
    "a",
    "1",
    "#",
    ":)",
    "🙂🙂",
    "🙂 ",
    " ",
    "가",
    "\u200d",
    "\ufe0f",
    "🙂a",
    "🇰",
    "x" * 10_000,
]
NO_STATES: list[Any] = [1, "idle", [], {"idleSeconds": -1}, {"idleSeconds": "5"}, {"idleSeconds": 10**10},
                        {"idleSeconds": 1.5}, {"locked": "perhaps"}, {"locked": []}]  # fmt: skip
NO_TEXTS: list[Any] = ["x" * 101, "x" * 10_000, "two\nlines", "\x07", 1, [], {}, True]
NO_EVENTS = [
    "status",
    "Status:Update",
    "status:update ",
    "",
    "connected",
    "user:status",
    "*",
    "x" * 10_000,
    "이벤트",
]
NO_PAYLOADS: list[Any] = [1, "busy", True, 1.5, [], ["busy"], [{"status": "busy"}], "x" * 10_000]

BAD = [
    *[update("invalid_status", status=status) for status in INVALID_STATUSES],
    *[update("invalid_end_time", status="busy", until=until) for until in NO_MOMENTS],
    *[update("invalid_end_time", status="busy", until=until) for until in PAST],
    Bad("status:update", NOTHING, "invalid_status"),
    Bad("status:update", None, "invalid_status"),
    Bad("status:update", {}, "invalid_status"),
    *[Bad("status:update", payload, "invalid_payload") for payload in NO_PAYLOADS],
    update("forbidden", status="busy", userId=999_999),
    update("forbidden", status="busy", userId="somebody"),
    *[custom("invalid_end_time", text="lunch", until=until) for until in (*NO_MOMENTS, *PAST)],
    *[custom("invalid_payload", text=text) for text in NO_TEXTS],
    *[custom("invalid_payload", emoji=emoji) for emoji in (*NO_EMOJI, "", 1, [], {})],
    custom("forbidden", text="lunch", userId=999_999),
    *[Bad("status:custom", payload, "invalid_payload") for payload in NO_PAYLOADS],
    *[Bad("status:query", {"targetUserId": user_id}, "invalid_user_id") for user_id in NO_USER_IDS],
    Bad("status:query", {"targetUserId": 2**31 - 1}, "unknown_user"),
    Bad("status:query", NOTHING, "invalid_user_id"),
    Bad("status:query", {}, "invalid_user_id"),
    *[Bad("status:query", payload, "invalid_payload") for payload in NO_PAYLOADS],
    *[Bad("heartbeat", {"state": state}, "invalid_payload") for state in NO_STATES],
    *[Bad("heartbeat", payload, "invalid_payload") for payload in NO_PAYLOADS],
    *[Bad("online:list", payload, "invalid_payload") for payload in NO_PAYLOADS],
    *[Bad("presence:watch", {"userIds": [1, user_id]}, "invalid_user_id", True) for user_id in NO_USER_IDS],
    *[Bad("presence:watch", {"userIds": ids}, "invalid_payload", True) for ids in (1, "1", {}, True, {"1": 1})],
    Bad("presence:watch", {"userIds": [1] * 10_001}, "invalid_payload", True),
    Bad("presence:watch", {"userIds": list(range(1, 100_001))}, "invalid_payload", True),
    *[Bad("presence:watch", payload, "invalid_payload", True) for payload in NO_PAYLOADS],
    *[
        Bad(event, payload, "unknown_event")
        for event in NO_EVENTS
        for payload in (NOTHING, {"status": "busy"}, 1)
    ],
]  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A server that has time: nobody is taken for gone."""
    with town(tmp_path_factory.mktemp("town"), SCALED, status_changes=100_000, sockets_per_user=5) as running:
        yield running


class Witness:
    """Somebody who says bad things over a plain and a full client, and an observer who must hear of none of it."""

    def __init__(self, place: Town) -> None:
        self.place = place
        self.who = place.person()
        self.plain = place.client(self.who).open()
        self.full = place.client(self.who, presence=2).open()
        self.watch = Watch(place)
        self.before: Any = None
        """What `own` was at the start, and has to stay."""

    def own(self) -> Any:
        """What the server holds of the person, as a connection that comes in is told."""
        client = self.place.client(self.who, presence=2).open()
        client.close()
        return client.heard[0].data["own"]


@pytest.fixture(scope="module")
def witness(place: Town) -> Iterator[Witness]:
    """One for all rows: what a row changed, the next would notice."""
    one = Witness(place)
    with one.watch:
        one.plain.ask("status:update", {"status": "away"})
        one.full.ask("status:custom", {"text": "as it was", "emoji": "🙂"})
        one.watch.sees(one.who.user_id, "away")
        one.before = one.own()
        yield one
        one.plain.close()
        one.full.close()


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_a_bad_request_is_refused_with_a_code_and_changes_nothing(bad: Bad, witness: Witness) -> None:
    since = witness.watch.fence()
    for client in [witness.full] if bad.full else [witness.plain, witness.full]:
        _refused(client, bad)
    assert witness.own() == witness.before
    witness.watch.fence()
    assert witness.watch.told_of(witness.who.user_id, since) == ([], [])


def _refused(client: SocketClient, bad: Bad) -> None:
    before = len(client.heard)
    answer = client.ask(bad.event, *([] if bad.payload is NOTHING else [bad.payload]))
    assert answer["success"] is False
    assert answer["error"]["code"] == bad.code
    assert answer["error"]["message"]
    told = client.wait("request:error", after=before).data
    assert told == {"event": bad.event[:64], **answer["error"]}
    client.fence()
    assert [heard.name for heard in client.heard[before:]] == ["request:error", "heartbeat:ack"]


@pytest.mark.parametrize(
    "event", ["heartbeat", "status:update", "status:query", "status:custom", "online:list", "what"]
)
def test_a_binary_payload_is_refused_with_a_code(event: str, witness: Witness) -> None:
    answer = witness.full.ask_binary(event, b"\x00\xff" * 500)
    assert answer["error"]["code"] == ("unknown_event" if event == "what" else "invalid_payload")
    witness.full.fence()
    assert witness.own() == witness.before


def test_watching_is_unknown_to_a_plain_client(witness: Witness) -> None:
    _refused(witness.plain, Bad("presence:watch", {"userIds": [1]}, "unknown_event"))


def test_without_an_acknowledgement_the_error_comes_as_an_event(witness: Witness) -> None:
    before = len(witness.plain.heard)
    witness.plain.emit("status:update", {"status": "gone"})
    told = witness.plain.wait("request:error", after=before).data
    assert (told["event"], told["code"]) == ("status:update", "invalid_status")


def test_a_watch_list_of_a_million_is_too_much_for_the_connection_and_for_nobody_else(place: Town) -> None:
    """2 MB and more: above the limit of a payload, whatever is in it. It is cut, and may come back."""
    who = place.person()
    with Watch(place) as watch:
        client = place.client(who, presence=2).open()
        watch.sees(who.user_id, "online")
        since = watch.fence()
        client.emit("presence:watch", {"userIds": [1] * MILLION})
        assert client.over.wait(10)
        assert client.close_code == 1009
        client.close()
        again = place.client(who, presence=2).open()
        watch.fence()
        assert watch.told_of(who.user_id, since) in (([], []), (["offline", "online"], ["offline", "online"]))
        assert watch.shown(who.user_id) == "online"
        again.close()


def test_a_watch_list_of_a_million_is_refused_where_so_large_a_payload_is_let_in(
    tmp_path_factory: Any,
) -> None:
    with (
        town(tmp_path_factory.mktemp("large"), SCALED, payload_bytes=20_000_000) as place,
        Watch(place) as watch,
    ):
        client = place.client(place.person(), presence=2).open()
        _refused(client, Bad("presence:watch", {"userIds": list(range(1, MILLION + 1))}, "invalid_payload"))
        heard = client.fence()
        other = place.client(place.person()).open()
        assert client.wait("presence:changes", after=heard)
        watch.fence()
        other.close()
        client.close()


CURSORS = [
    {"epoch": "right", "version": FUTURE},
    {"epoch": "right", "version": 2**53},
    {"epoch": "wrong", "version": 0},
    {"epoch": "wrong", "version": FUTURE},
    {"epoch": "", "version": 1},
]


@pytest.mark.parametrize("known", CURSORS, ids=lambda known: f"{known['epoch']}, {known['version']}")
def test_a_cursor_from_the_future_or_of_another_epoch_gets_the_whole_list(
    known: dict[str, Any], place: Town, witness: Witness
) -> None:
    epoch = witness.full.heard[0].data["epoch"]
    cursor = {**known, "epoch": epoch if known["epoch"] == "right" else known["epoch"]}
    client = place.client(place.person(), presence=2, known=cursor).open()
    assert [heard.name for heard in client.heard[:2]] == ["connected", "online:users"]
    assert client.heard[1].data["version"] <= client.heard[0].data["timestamp"] + 1000
    assert client.picture.statuses[witness.who.user_id] == "away"
    client.close()


BAD_HELLOS: list[dict[str, Any]] = [
    {"known": {"epoch": "x" * 65, "version": 1}},
    {"known": {"epoch": 1, "version": 1}},
    {"known": {"epoch": "e", "version": -1}},
    {"known": {"epoch": "e", "version": 2**53 + 1}},
    {"known": {"epoch": "e", "version": "1"}},
    {"known": {"epoch": "e", "version": 1.5}},
    {"known": {"epoch": "e"}},
    {"known": "e"},
    {"presence": "2"},
    {"presence": 0},
    {"presence": 1.5},
    {"state": 1},
    {"state": {"idleSeconds": -1}},
    {"claim": {"status": "invisible"}},
    {"claim": {"status": "busy", "until": "later"}},
    {"claim": 1},
]


@pytest.mark.parametrize("hello", BAD_HELLOS, ids=str)
def test_a_bad_hello_is_refused_and_nobody_comes(
    hello: dict[str, Any], place: Town, witness: Witness
) -> None:
    who = place.person()
    client = place.client(who, **{"presence": 2, **hello}).open()
    assert client.refused is not None
    assert client.refused["data"]["code"] == "invalid_payload"
    assert [heard.name for heard in client.heard] == []
    client.close()
    assert witness.watch.shown(who.user_id) == "offline"


@pytest.mark.parametrize("auth", [None, {}, {"token": None}, {"token": ""}, {"token": 1}, {"token": "x"}])
def test_a_hello_without_a_good_token_is_refused(auth: Any, place: Town, witness: Witness) -> None:
    since = witness.watch.fence()
    client = place.client(witness.who)
    client.auth = auth
    client.open()
    assert client.refused is not None
    assert client.refused["data"]["code"] in ("token_missing", "token_invalid")
    client.close()
    witness.watch.fence()
    assert witness.watch.told_of(witness.who.user_id, since) == ([], [])


@pytest.mark.parametrize("auth", [[], "token"])
def test_a_hello_that_is_no_object_ends_the_connection(auth: Any, place: Town, witness: Witness) -> None:
    since = witness.watch.fence()
    client = place.client(witness.who)
    client.auth = auth
    client.open()
    assert client.over.is_set()
    assert client.heard == []
    client.close()
    witness.watch.fence()
    assert witness.watch.told_of(witness.who.user_id, since) == ([], [])


def test_a_claim_that_ended_while_there_was_no_link_is_dropped(place: Town) -> None:
    client = place.client(
        place.person(), presence=2, claim={"status": "busy", "until": 1_700_000_000_000}
    ).open()
    assert client.heard[0].data["own"]["claim"] is None
    assert client.heard[0].data["status"] == "online"
    client.close()


def test_too_many_status_changes_are_refused_and_counted_for_the_person_not_the_socket(
    tmp_path_factory: Any,
) -> None:
    folder = tmp_path_factory.mktemp("paced")
    settings = {"status_changes": CHANGES, "status_window_seconds": WINDOW_SECONDS}
    with town(folder, SCALED, **settings) as place, Watch(place) as watch:
        who = place.person()
        sockets = [place.client(who).open(), place.client(who, presence=2).open()]
        for number in range(CHANGES):
            status = "busy" if number % 2 else "away"
            assert sockets[number % 2].ask("status:update", {"status": status})["status"] == status
        watch.sees(who.user_id, "busy")
        since = watch.fence()
        for client in sockets:
            _refused(client, Bad("status:update", {"status": "away"}, "too_many_requests"))
            _refused(client, Bad("status:custom", {"text": "quick"}, "too_many_requests"))
        watch.fence()
        assert watch.told_of(who.user_id, since) == ([], [])
        assert place.server.get(f"/api/online-status/{who.user_id}", _any(watch)).json()["status"] == "busy"
        for client in sockets:
            client.close()


def _any(watch: Watch) -> Person:
    return watch.me


def test_one_more_connection_than_one_may_have_is_refused(place: Town) -> None:
    who = place.person()
    sockets = [place.client(who).open() for _ in range(6)]
    assert [socket.refused is None for socket in sockets] == [True] * 5 + [False]
    assert sockets[-1].refused is not None
    assert sockets[-1].refused["data"]["code"] == "too_many_connections"
    for socket in sockets:
        socket.close()
