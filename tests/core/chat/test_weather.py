"""Links that break, answers and news that are lost, doubled and late, apps that are killed: in the end all is there."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from presence_desktop.core import incoming
from presence_desktop.core.chat.row import Delivery
from presence_desktop.protocol import chat_events as wire
from presence_desktop.protocol.chat import Kind
from tests.core.chat.device import Device, settle
from tests.core.chat.world import ROOM, ChatServer


def is_message(item: incoming.Incoming) -> bool:
    """Whether it tells of a message."""
    return isinstance(item, incoming.ChatEvent) and isinstance(
        item.event, wire.MessageNew | wire.MessageChanged
    )


SAID = 4
"""So many messages are there before the weather breaks."""


class Weather(RuleBasedStateMachine):
    """Two people, three devices, links that break, answers and news that are lost, doubled and late, apps that are
    killed. In the end all have the same, and everything written was sent once, in its order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.server = ChatServer()
        self.server.room()
        self.server.room(8, (1, 2), Kind.DIRECT)
        self.devices = [Device(self.server, 1), Device(self.server, 1), Device(self.server, 2)]
        self.server.fill(SAID)
        for device in self.devices:
            device.online()
            device.see(device.chats.open(ROOM))
            device.move()
        self.written: dict[tuple[int, int], list[str]] = {}
        self.number = 0

    @rule(at=st.integers(0, 2), room=st.sampled_from([ROOM, 8]), count=st.integers(1, 3))
    def write(self, at: int, room: int, count: int) -> None:
        for _ in range(count):
            self.number += 1
            text = f"{at}.{self.number}"
            self.written.setdefault((at, room), []).append(text)
            self.devices[at].see(self.devices[at].chats.send(room, text))

    @rule(at=st.integers(0, 2), place=st.floats(0, 1), deleted=st.booleans())
    def change(self, at: int, place: float, deleted: bool) -> None:
        messages = self.server.rooms[ROOM].messages
        if messages:
            message = messages[int(place * (len(messages) - 1))]
            if message.deleted_at is None:
                chats = self.devices[at].chats
                if deleted:
                    self.devices[at].see(chats.delete(ROOM, message.id))
                else:
                    self.devices[at].see(chats.react(ROOM, message.id, "👍", True))

    @rule(at=st.integers(0, 2), room=st.sampled_from([ROOM, 8]), read=st.booleans())
    def look(self, at: int, room: int, read: bool) -> None:
        device = self.devices[at]
        device.see(device.chats.open(room))
        if read:
            device.see(device.chats.mark_read(room, len(self.server.rooms[room].messages)))

    @rule(at=st.integers(0, 2), lost=st.booleans(), count=st.integers(1, 6))
    def answer(self, at: int, lost: bool, count: int) -> None:
        for _ in range(count if self.devices[at].linked else 0):
            self.devices[at].answer(lose_answer=lost)

    @rule(at=st.integers(0, 2), order=st.randoms(use_true_random=False), doubled=st.booleans())
    def hear_in_any_order(self, at: int, order: object, doubled: bool) -> None:
        device = self.devices[at]
        items = list(device.inbox) * (2 if doubled else 1)
        order.shuffle(items)  # type: ignore[attr-defined]
        device.inbox.clear()
        if items:
            device.take(*items)

    @rule(at=st.integers(0, 2), which=st.sets(st.integers(0, 5)), told=st.booleans())
    def miss(self, at: int, which: set[int], told: bool) -> None:
        device = self.devices[at]
        lost = [item for number, item in enumerate(device.inbox) if number in which and is_message(item)]
        for item in lost:
            device.inbox.remove(item)
        if lost and told:
            device.inbox.append(incoming.ChatEvent(wire.NotificationStale()))

    @rule(at=st.integers(0, 2), lost=st.floats(0, 1), heard=st.floats(0, 1))
    def slip(self, at: int, lost: float, heard: float) -> None:
        """One change is lost to a device, another one after it is not."""
        alive = [one.seq for one in self.server.rooms[ROOM].messages if one.deleted_at is None]
        device = self.devices[at]
        if alive and device.linked:
            self.server.change(ROOM, alive[int(lost * (len(alive) - 1))], edited_at=self.number)
            device.inbox.pop()
            self.server.change(ROOM, alive[int(heard * (len(alive) - 1))], edited_at=self.number)

    @rule(at=st.integers(0, 2), ms=st.integers(1, 5000))
    def wait(self, at: int, ms: int) -> None:
        self.devices[at].wait(ms)

    @rule(at=st.integers(0, 2))
    def lose_or_link(self, at: int) -> None:
        if self.devices[at].linked:
            self.devices[at].lose()
        else:
            self.devices[at].link()

    @rule(at=st.integers(0, 2))
    def kill(self, at: int) -> None:
        self.devices[at].start()
        self.devices[at].sign_in()

    @rule()
    def calm(self) -> None:
        settle(*(device for device in self.devices if device.linked))

    def teardown(self) -> None:
        for device in self.devices:
            if device.linked:
                device.lose()
            device.link()
        for _ in range(4):
            settle(*self.devices)
            for device in self.devices:
                device.wait(10_000)
        for room in (ROOM, 8):
            self.same(room)

    def same(self, room: int) -> None:
        kept = self.server.rooms[room].messages
        for at in (0, 1, 2):
            sent = [
                one.text or "deleted"
                for one in kept
                if one.deleted_at is not None or one.text.startswith(f"{at}.")
            ]
            wanted = self.written.get((at, room), [])
            assert [text for text in sent if text != "deleted"] == [text for text in wanted if text in sent]
        written = sum(len(texts) for (_, where), texts in self.written.items() if where == room)
        assert len(kept) == written + (SAID if room == ROOM else 0)
        assert len({one.id for one in kept}) == len(kept)
        for device in self.devices:
            device.see(device.chats.open(room))
            device.move()
            assert [row.message for row in device.shown] == kept
            assert all(row.state >= Delivery.SENT for row in device.shown)
            talk = device.chats.get(room)
            assert talk is not None
            assert talk.unsent == 0
            assert talk.last == (kept[-1] if kept else None)
            assert talk.unread == len(self.server.rooms[room].unread(device.user))


@pytest.mark.parametrize("runs", [30, pytest.param(600, marks=pytest.mark.slow)])
def test_in_the_end_all_have_the_same(runs: int) -> None:
    run_state_machine_as_test(
        Weather,
        settings=settings(
            max_examples=runs,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
