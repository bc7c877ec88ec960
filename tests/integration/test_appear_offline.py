"""Appear offline: what others receive while somebody is invisible is what they would receive with that person gone.

The same story is told twice, on two servers: in one the person (`hidden`) appears offline and goes on living behind it,
in the other the person leaves. All that observers receive is recorded, by sockets and REST, and the two recordings are
compared word by word. Moments and versions (which are moments) become the step of the story they fall into.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from presence_desktop.server.clock import SystemClock
from tests.fakes.server_process import Person
from tests.fakes.socket_client import SocketClient
from tests.integration import rows
from tests.integration.town import SCALED, Town, town
from tests.waiting import eventually

MOMENTS_FROM = 10**12
AT_ONCE, LATER = "at once", "later"
AT_ONCE_SECONDS = 1.0
STATES = [
    {"idleSeconds": 900, "locked": False},
    {"idleSeconds": 0, "locked": True},
    {"idleSeconds": 0, "locked": False},
]
LIVE = "live"


class Recorder:
    """Writes down all that observers receive, with the step of the story in which it came."""

    def __init__(self, place: Town, people: list[Person]) -> None:
        self.place = place
        self.hidden, self.other, self.observer = people
        self.clock = SystemClock()
        self.steps: list[tuple[str, int, float]] = []
        self.clients: dict[str, SocketClient] = {}
        self.marks: dict[str, int] = {}
        self.recording: list[tuple[str, Any]] = []

    def observe(self, name: str, **more: object) -> SocketClient:
        """One more socket of the observer's, recorded under this name from its first word on."""
        self.clients[name] = self.place.client(self.observer, **more).open()
        self.marks[name] = 0
        return self.clients[name]

    def step(
        self, name: str, happens: Callable[[], object], *, known_by: Callable[[], object] = lambda: True
    ) -> None:
        """Something happens; then everything that observers received and can ask for is written down."""
        before = self.clock.now()
        eventually(lambda: self.clock.now() > before, what="the next millisecond")
        self.steps.append((name, self.clock.now(), time.monotonic()))
        happens()
        eventually(known_by, what=f"{name} is known")
        for client in self.clients.values():
            client.fence()
        self._write_down(name)

    def _write_down(self, step: str) -> None:
        for name, client in self.clients.items():
            for heard in client.heard[self.marks[name] :]:
                if heard.name != "heartbeat:ack":
                    timing = AT_ONCE if heard.at - self.steps[-1][2] < AT_ONCE_SECONDS else LATER
                    self.recording.append((f"{step}: {name} hears {heard.name}, {timing}", heard.data))
            self.marks[name] = len(client.heard)
        for path in (
            "/api/online-status",
            f"/api/online-status/{self.hidden.user_id}",
            f"/api/online-status/{self.other.user_id}",
            "/api/online-status/stats/summary",
            "/api/users",
        ):
            answer = self.place.server.get(path, self.observer)
            own = {"date", "x-request-id"}  # of each request
            headers = sorted(pair for pair in answer.headers.items() if pair[0].lower() not in own)
            self.recording.append((f"{step}: {path} {answer.status_code}", [headers, answer.json()]))
        answers = {
            "online:list": lambda client: client.ask("online:list"),
            "status:query": lambda client: client.ask("status:query", {"targetUserId": self.hidden.user_id}),
        }
        for event, ask in answers.items():
            for name in ("plain", "full"):
                self.recording.append((f"{step}: {name} asks {event}", ask(self.clients[name])))
        for client in self.clients.values():
            client.fence()
        self.marks = {name: len(client.heard) for name, client in self.clients.items()}

    def told(self) -> list[tuple[str, Any]]:
        """The recording without what differs between any two runs."""
        return [(what, self._plain(data)) for what, data in self.recording]

    def _plain(self, data: Any, key: str = "") -> Any:
        if isinstance(data, dict):
            here = data.get("status") not in (None, "offline")
            return {
                name: LIVE if name == "lastSeen" and here else self._plain(value, name)
                for name, value in data.items()
            }
        if isinstance(data, list | tuple):
            return [self._plain(entry, key) for entry in data]
        if key == "epoch":
            return "epoch"
        if isinstance(data, int) and data >= MOMENTS_FROM:
            return next((name for name, began, _ in reversed(self.steps) if began <= data), "before")
        return data


def test_nobody_can_tell_whether_somebody_appears_offline_or_left(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as both:
        stories = [both.submit(_told, tmp_path / name, name == "hiding") for name in ("hiding", "leaving")]
        hiding, leaving = [story.result() for story in stories]
    assert [what for what, _ in hiding] == [what for what, _ in leaving]
    for (what, hidden), (_, gone) in zip(hiding, leaving, strict=True):
        assert hidden == gone, what


def _told(folder: Path, hiding: bool) -> list[tuple[str, Any]]:
    folder.mkdir()
    with town(folder, SCALED, idle_seconds=300, heartbeat_row_seconds=0.2) as place:
        recorder = Recorder(place, [place.person() for _ in range(3)])
        _story(recorder, hiding)
        return recorder.told()


def _story(recorder: Recorder, hiding: bool) -> None:
    """While `hidden` is away or hides, everything is done behind the curtain in the one, and nothing in the other."""
    place, hidden, other = recorder.place, recorder.hidden, recorder.other
    own = place.client(hidden, presence=2).open()
    own.ask("status:custom", {"text": "on the phone", "emoji": "📞"})
    plain, full = recorder.observe("plain"), recorder.observe("full", presence=2)
    recorder.observe("watching", presence=2).ask("presence:watch", {"userIds": [hidden.user_id]})
    others = place.client(other).open()
    recorder.step("all are here", lambda: None, known_by=lambda: full.picture.here == plain.picture.here)

    def go() -> None:
        if hiding:
            own.ask("status:update", {"status": "offline"})
        else:
            own.close()

    recorder.step("it goes", go, known_by=lambda: hidden.user_id not in full.picture.here)
    cursor = {"epoch": full.heard[0].data["epoch"], "version": full.picture.cursor and full.picture.cursor[1]}

    for name, happens in _behind_the_curtain(place, hidden, own):
        recorder.step(name, happens if hiding else lambda: None)

    recorder.step("another chooses", lambda: others.ask("status:update", {"status": "busy"}))
    recorder.step("one looks anew", lambda: recorder.observe("new plain"))
    recorder.step("one looks anew at presence 2", lambda: recorder.observe("new full", presence=2))
    recorder.step("one comes with a cursor", lambda: recorder.observe("knowing", presence=2, known=cursor))

    def come() -> None:
        if hiding:
            own.ask("status:update", {"status": "online"})
        else:
            place.client(hidden, presence=2).open()

    def back() -> bool:
        return all(
            client.picture.here.get(hidden.user_id) == "online" for client in recorder.clients.values()
        )

    recorder.step("it comes back", come, known_by=back)


def _behind_the_curtain(
    place: Town, who: Person, own: SocketClient
) -> list[tuple[str, Callable[[], object]]]:
    """What an invisible person does, none of which may be seen."""
    devices: list[SocketClient] = []

    def second_comes() -> None:
        devices.append(place.client(who, presence=2, state=STATES[0]).open())

    def lose_one() -> None:
        lost = place.client(who).open()
        lost.drop()
        kept = own.fence()
        deadline = time.monotonic() + 1.5 * SCALED.grace
        eventually(lambda: own.fence() >= kept and time.monotonic() > deadline, what="its grace is over")

    return [
        ("custom text", lambda: own.ask("status:custom", {"text": "not for you", "emoji": "🤫"})),
        ("custom text ends", lambda: own.ask("status:custom", {})),
        ("custom text as before", lambda: own.ask("status:custom", {"text": "on the phone", "emoji": "📞"})),
        *[
            (f"heartbeat {state}", lambda state=state: own.ask("heartbeat", {"state": state}))
            for state in STATES
        ],
        ("heartbeat over REST", lambda: place.server.post("/api/online-status/heartbeat", who)),
        ("its list", lambda: own.ask("online:list")),
        ("its REST", lambda: place.server.get("/api/users", who)),
        ("offline again", lambda: own.ask("status:update", {"status": "offline"})),
        ("a second device comes", second_comes),
        ("a second device says offline", lambda: devices[0].ask("status:update", {"status": "offline"})),
        ("a second device goes", lambda: devices.pop().close()),
        ("a third is lost", lose_one),
        ("refused", lambda: own.ask("status:update", {"status": "hidden"})),
    ]


def test_the_row_of_somebody_who_appears_offline_says_what_a_row_of_somebody_gone_says(
    tmp_path: Path,
) -> None:
    with town(tmp_path, heartbeat_row_seconds=0.2) as place:
        who = place.person()
        client = place.client(who).open()
        client.ask("status:update", {"status": "offline"})
        eventually(lambda: _row(place, who)[0] == "offline", what="the row says offline")
        row = _row(place, who)
        seen = place.server.get(f"/api/online-status/{who.user_id}", who).json()["lastSeen"]
        assert abs(row[1] - seen) < 1000
        ends = time.monotonic() + 1.0
        eventually(lambda: client.ask("heartbeat", {"state": STATES[2]}) and time.monotonic() > ends)
        assert _row(place, who) == row
        assert place.server.get(f"/api/online-status/{who.user_id}", who).json()["lastSeen"] == seen


def _row(place: Town, who: Person) -> tuple[str, int]:
    return rows.of_sqlite(place.server.data_dir).get(who.user_id, ("", 0))
