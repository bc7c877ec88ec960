"""A view that follows the window's steps shows the window's rows, whatever happens."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from presence_desktop.core.chat.chat_window import MOST_ROWS, PAGE_ROWS, ChatWindow
from tests.core.chat.device import Device
from tests.core.chat.world import ROOM, ChatServer

DAY = 86_400_000


class Following(RuleBasedStateMachine):
    """Whatever happens in a conversation and to its window: a view that follows the steps shows the window's rows, rows
    stand in order without a hole, and a row that stays keeps its key.
    """

    def __init__(self) -> None:
        super().__init__()
        self.server = ChatServer()
        self.server.room()
        self.server.fill(260)
        self.device = Device(self.server).online()
        self.device.see(self.device.chats.open(ROOM))
        self.device.move()

    @property
    def window(self) -> ChatWindow:
        window = self.device.chats.window
        assert window is not None
        return window

    @rule(count=st.integers(1, 120), own=st.booleans())
    def others_say(self, count: int, own: bool) -> None:
        self.server.fill(count, sender=1 if own else 2)
        self.device.move() if self.device.linked else None

    @rule(text=st.sampled_from(["a", "b"]))
    def send(self, text: str) -> None:
        self.device.see(self.device.chats.send(ROOM, text))

    @rule(at=st.floats(0, 1), deleted=st.booleans())
    def change(self, at: float, deleted: bool) -> None:
        seq = 1 + int(at * (len(self.server.rooms[ROOM].messages) - 1))
        if self.server.rooms[ROOM].messages[seq - 1].deleted_at is None:
            fields = {"text": "", "deleted_at": 5} if deleted else {"text": f"changed {seq}"}
            self.server.change(ROOM, seq, **fields)

    @rule()
    def older(self) -> None:
        self.device.see(self.window.fetch_older())

    @rule()
    def newer(self) -> None:
        self.device.see(self.window.fetch_newer())

    @rule()
    def newest(self) -> None:
        self.device.see(self.window.to_newest())

    @rule(at=st.floats(0, 1))
    def jump(self, at: float) -> None:
        self.device.see(self.window.jump(1 + int(at * (len(self.server.rooms[ROOM].messages) - 1))))

    @rule(far=st.booleans())
    def look(self, far: bool) -> None:
        self.window.at_end = not far

    @rule()
    def look_away(self) -> None:
        self.device.see(self.window.draw_line())

    @rule()
    def reopen(self) -> None:
        self.device.see(self.device.chats.leave_view())
        self.device.see(self.device.chats.open(ROOM))

    @rule()
    def one_step(self) -> None:
        self.device.answer()
        self.device.hear()

    @precondition(lambda self: self.device.linked)
    @rule()
    def lose(self) -> None:
        self.device.lose()

    @precondition(lambda self: not self.device.linked)
    @rule()
    def link(self) -> None:
        self.device.link()

    @invariant()
    def rows_are_whole(self) -> None:
        rows = self.window.rows
        places = [row.message.seq for row in rows if row.message.seq]
        stored = [place for place in places if place <= self.window._list.high]
        assert stored == list(range(stored[0], stored[-1] + 1)) if stored else True
        assert len({row.key for row in rows}) == len(rows)
        assert self.window._list.stored <= MOST_ROWS + PAGE_ROWS
        assert sum(row.new_line for row in rows) <= 1

    def teardown(self) -> None:
        if not self.device.linked:
            self.device.link()
        self.device.move()
        self.device.see(self.window.to_newest())
        for _ in range(3):
            self.device.wait(10_000)
            self.device.move()
        kept = self.server.rooms[ROOM].messages
        rows = self.window.rows
        assert [row.message for row in rows] == kept[-len(rows) :]
        talk = self.device.chats.get(ROOM)
        assert talk is not None
        assert talk.unread == len(self.server.rooms[ROOM].unread(1))
        assert talk.last == kept[-1]


def test_a_view_that_follows_the_steps_shows_the_window() -> None:
    run_state_machine_as_test(
        Following,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
