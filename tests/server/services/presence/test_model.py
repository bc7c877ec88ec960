"""Registry, sessions and claims against a plain model that keeps everything and works everything out anew."""

import asyncio
from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from presence_desktop.protocol.events import CustomStatus, DeviceState, StatusUpdate
from presence_desktop.protocol.status import Reason, Status
from presence_desktop.server.domain.claims import DEEPEST
from presence_desktop.server.domain.limits import Window
from presence_desktop.server.domain.presence import Change, Rules
from tests.fakes.presence import Hand

USERS = st.integers(1, 3)
SIDS = st.sampled_from(["a", "b", "c"])
STATES = st.sampled_from(
    [
        None,
        DeviceState(),
        DeviceState(idle_seconds=299),
        DeviceState(idle_seconds=300),
        DeviceState(idle_seconds=3, locked=True),
    ]
)
RULES = Rules(clean_up=0.001)


@dataclass
class Device:
    active: bool
    heard: int
    ends: int | None = None


@dataclass
class Truth:
    """One person, told in the plainest way."""

    devices: dict[str, Device] = field(default_factory=dict)
    claims: list[tuple[Status, int | None]] = field(default_factory=list)
    text: tuple[str, int | None] | None = None

    def status(self, now: int) -> Status:
        live = [
            device
            for device in self.devices.values()
            if (device.ends is None or now < device.ends)
            and now < (device.heard + 1 + RULES.entry_life) * 1000
        ]
        held = [status for status, until in self.claims if until is None or now < until]
        if not live or (held and held[-1] is Status.OFFLINE):
            return Status.OFFLINE
        if held:
            return held[-1]
        return Status.ONLINE if any(device.active for device in live) else Status.AWAY

    def shown_text(self, now: int) -> str | None:
        gone = self.status(now) is Status.OFFLINE or self.text is None
        return None if gone or self.text is None or (self.text[1] or now + 1) <= now else self.text[0]


def active(state: DeviceState | None) -> bool:
    return state is None or not (state.locked or (state.idle_seconds or 0) >= RULES.idle)


class PresenceMachine(RuleBasedStateMachine):
    """Everything clients can do, in any order, with time passing in between."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.hand = Hand(rules=RULES, pace=Window(10**6, 1))
        self.people = {user_id: Truth() for user_id in (1, 2, 3)}
        self.picture: dict[int, Change] = {}
        self.seen = 0

    def teardown(self) -> None:
        self.loop.close()

    @property
    def now(self) -> int:
        return self.hand.clock.now()

    @property
    def second(self) -> int:
        return self.now // 1000

    @initialize(jump=st.integers(0, 10**6))
    def begin(self, jump: int) -> None:
        self.hand.clock.wait(jump)

    @rule(user=USERS, sid=SIDS, state=STATES)
    def connect(self, user: int, sid: str, state: DeviceState | None) -> None:
        devices = self.people[user].devices
        if sid in devices:
            return
        devices.pop("", None)
        broken = next((old for old, device in devices.items() if device.ends is not None), None)
        if broken is not None:
            del devices[broken]
        devices[sid] = Device(active(state), self.second)
        self.hand.service.connect(user, sid, state=state)

    @rule(user=USERS, sid=SIDS, graceful=st.booleans())
    def disconnect(self, user: int, sid: str, graceful: bool) -> None:
        device = self.people[user].devices.get(sid)
        if device is None or device.ends is not None:
            return
        if graceful:
            del self.people[user].devices[sid]
        else:
            device.heard, device.ends = self.second, self.now + 5000
        self.hand.service.disconnect(user, sid, graceful=graceful)

    @rule(user=USERS, sid=SIDS, state=STATES)
    def heartbeat(self, user: int, sid: str, state: DeviceState | None) -> None:
        device = self.people[user].devices.get(sid)
        if device is None or device.ends is not None:
            return
        device.heard = self.second
        if state is not None:
            device.active = active(state)
        assert self.hand.service.heartbeat(user, sid, state) == self.now

    @rule(user=USERS)
    def poll(self, user: int) -> None:
        devices = self.people[user].devices
        for device in devices.values():
            device.heard = self.second
        if all(device.ends is not None for device in devices.values()):
            devices.pop("", None)
            devices[""] = Device(True, self.second, self.now + 75_000)
        self.hand.service.heartbeat(user, None)

    @rule(user=USERS)
    def touch(self, user: int) -> None:
        for device in self.people[user].devices.values():
            device.heard = self.second
        self.hand.service.touch(user)

    @rule(
        user=USERS,
        status=st.sampled_from(Status),
        length=st.sampled_from([None, 500, 5000, 60_000, 4_000_000]),
    )
    def claim(self, user: int, status: Status, length: int | None) -> None:
        truth = self.people[user]
        until = None if length is None else self.now + length
        truth.claims = [(old, end) for old, end in truth.claims if end is None or end > self.now]
        if status is Status.ONLINE:
            truth.claims = []
        else:
            if truth.claims and truth.claims[-1][0] is status:
                truth.claims.pop()
            truth.claims = [*truth.claims, (status, until)][-DEEPEST:]
        answer = self.hand.service.claim(user, StatusUpdate(status=status, until=until))
        assert answer.status is truth.status(self.now)

    @rule(
        user=USERS, text=st.sampled_from(["lunch", "home", ""]), length=st.sampled_from([None, 1000, 60_000])
    )
    def custom(self, user: int, text: str, length: int | None) -> None:
        until = None if length is None else self.now + length
        self.people[user].text = (text, until) if text else None
        self.hand.service.custom(user, CustomStatus(text=text, until=until))

    @rule(seconds=st.sampled_from([0.0, 0.001, 0.4, 1, 4.999, 5, 30, 75, 1800, 1801]))
    def wait(self, seconds: float) -> None:
        self.hand.wait(seconds)
        self._forget_what_ended()

    @precondition(lambda self: self.now > 10**12)
    @rule(seconds=st.integers(3, 10**6), back=st.booleans())
    def set_clock(self, seconds: int, back: bool) -> None:
        """Somebody sets the machine's clock: how long ago things were stays; end times are moments and stay too."""
        shift = -seconds if back else seconds
        self.hand.clock.jump(shift * 1000)
        for truth in self.people.values():
            for device in truth.devices.values():
                device.heard += shift
                device.ends = None if device.ends is None else device.ends + shift * 1000
        self.hand.service.pass_time()
        self._forget_what_ended()

    def _forget_what_ended(self) -> None:
        for truth in self.people.values():
            truth.devices = {
                sid: device
                for sid, device in truth.devices.items()
                if device.ends is None or device.ends > self.now
            }
            truth.claims = [(status, end) for status, end in truth.claims if end is None or end > self.now]
            if truth.text is not None and truth.text[1] is not None and truth.text[1] <= self.now:
                truth.text = None

    @invariant()
    def everybody_is_shown_as_they_are(self) -> None:
        service = self.hand.service
        expected = {user: truth.status(self.now) for user, truth in self.people.items()}
        assert {user: service.one(user).status for user in self.people} == expected
        visible = {user: status for user, status in expected.items() if status is not Status.OFFLINE}
        assert {user.user_id: user.status for user in service.online()} == visible
        counts = service.summary().by_status
        assert (counts.online, counts.away, counts.busy) == tuple(
            list(visible.values()).count(status) for status in (Status.ONLINE, Status.AWAY, Status.BUSY)
        )

    @invariant()
    def whoever_follows_the_changes_has_the_picture(self) -> None:
        changes = self.hand.listener.changes
        for change in changes[self.seen :]:
            old = self.picture.get(change.user_id)
            before = Status.OFFLINE if old is None else old.status
            assert change.before is before
            if change.restated:
                assert old is not None
                assert (change.version, change.status) == (old.version, old.status)
            else:
                assert change.version > max((known.version for known in self.picture.values()), default=0)
            assert (change.status is Status.OFFLINE) == (change.reason is Reason.GONE)
            self.picture[change.user_id] = change
        self.seen = len(changes)
        for user, truth in self.people.items():
            known = self.picture.get(user)
            assert (Status.OFFLINE if known is None else known.status) is truth.status(self.now)
            assert (None if known is None else known.text) == truth.shown_text(self.now)


PresenceMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
TestPresence = PresenceMachine.TestCase
