"""The window over a conversation: what it shows, where rows come from, that nothing jumps."""

from uuid import UUID

import msgspec
import pytest

from presence_desktop.core import incoming
from presence_desktop.core.chat.chat_window import KEPT_ROWS, MOST_ROWS, ChatWindow
from presence_desktop.core.chat.row import Delivery
from presence_desktop.core.chat.window_news import Changed, Inserted, Removed, Replaced
from presence_desktop.protocol import chat_events as wire
from presence_desktop.protocol.errors import Code
from tests.core.chat.device import Device
from tests.core.chat.world import ROOM, ChatServer

DAY = 86_400_000


@pytest.fixture
def server() -> ChatServer:
    server = ChatServer()
    server.room()
    return server


def opened(server: ChatServer, *, read: bool = True) -> tuple[Device, ChatWindow]:
    """A device that has the conversation open, with nothing kept before."""
    if read:
        room = server.rooms[ROOM]
        last = len(room.messages)
        room.members[1] = msgspec.structs.replace(room.members[1], read_seq=last)
    device = Device(server).online()
    device.see(device.chats.open(ROOM))
    device.move()
    window = device.chats.window
    assert window is not None
    device.seen.clear()
    return device, window


def steps(device: Device) -> list[object]:
    """What a view was told since the window was opened."""
    return [step for changes in device.seen for step in changes.chat]


def seqs(window: ChatWindow) -> tuple[int, int]:
    """The first and the last place shown, once it is sure that none between them is missing."""
    shown = [row.message.seq for row in window.rows if row.message.seq]
    assert shown == list(range(shown[0], shown[-1] + 1))
    return shown[0], shown[-1]


def test_it_opens_at_the_newest(server: ChatServer) -> None:
    server.fill(1000)
    _, window = opened(server)
    assert seqs(window) == (901, 1000)
    assert (window.has_older, window.has_newer, window.loading, window.target) == (True, False, False, None)


def test_it_shows_what_is_kept_without_asking(server: ChatServer) -> None:
    server.fill(150)
    device, _ = opened(server)
    device.see(device.chats.leave_view())
    device.lose()
    told = device.see(device.chats.open(ROOM))
    assert told.chat == (Replaced(),)
    window = device.chats.window
    assert window is not None
    assert seqs(window) == (51, 150)
    assert not [event for event, _ in device.wire.asks if isinstance(event, wire.MessageHistory)]


def test_nothing_kept_and_no_link_says_so_and_is_mended(server: ChatServer) -> None:
    server.fill(150)
    device = Device(server).online()
    device.chats._engine.history.drop_messages(ROOM)
    device.lose()
    device.see(device.chats.open(ROOM))
    window = device.chats.window
    assert window is not None
    assert window.loading
    device.lose()
    assert (window.loading, window.error, device.shown) == (False, Code.UNREACHABLE, [])
    device.link()
    device.move()
    assert window.error is None
    assert seqs(window) == (1, 150)


def test_older_rows_come_in_at_the_top(server: ChatServer) -> None:
    server.fill(350)
    device, window = opened(server)
    first = window.rows[0].key
    device.see(window.fetch_older())
    assert window.loading_older
    assert not device.see(window.fetch_older()).chat
    device.move()
    assert seqs(window) == (151, 350)
    assert window.rows[100].key == first
    assert Inserted(0, 100) in steps(device)
    device.see(window.fetch_older())
    device.move()
    device.see(window.fetch_older())
    device.move()
    assert seqs(window) == (1, 350)
    assert not window.has_older
    assert not device.see(window.fetch_older())
    assert not device.see(window.fetch_newer()).chat


def test_a_handful_of_rows_is_not_left_alone(server: ChatServer) -> None:
    server.fill(50)
    device = Device(server).online()
    device.see(device.chats.open(ROOM))
    window = device.chats.window
    assert window is not None
    assert window.loading  # the list brought the last one only
    device.move()
    assert seqs(window) == (1, 50)


def test_far_up_the_newest_go_and_come_back(server: ChatServer) -> None:
    server.fill(1000)
    device, window = opened(server)
    for _ in range(5):
        device.see(window.fetch_older())
        device.move()
    assert seqs(window) == (401, 900)
    assert window.has_newer
    server.say("unseen")
    device.move()
    device.see(device.chats.set_draft(ROOM, "x"))
    assert seqs(window) == (401, 900)
    device.see(window.fetch_newer())
    assert seqs(window) == (601, 1000)
    assert window.has_newer
    device.see(window.fetch_newer())
    assert window.rows[-1].message.text == "unseen"
    assert not window.has_newer


def test_newer_rows_that_are_not_kept_are_asked_for(server: ChatServer) -> None:
    server.fill(1000)
    device, window = opened(server)
    device.see(window.jump(500))
    device.move()
    assert window.target == server.rooms[ROOM].messages[499].id
    assert seqs(window) == (450, 549)
    device.see(window.fetch_newer())
    assert window.loading_newer
    assert not device.see(window.fetch_newer()).chat
    device.move()
    assert seqs(window) == (450, 649)
    device.see(window.fetch_newer())
    device.lose()
    assert (window.loading_newer, window.error) == (False, Code.UNREACHABLE)
    device.link()
    device.move()
    assert seqs(window) == (450, 749)
    device.see(window.to_newest())
    assert seqs(window) == (901, 1000)
    assert window.target is None


def test_a_jump_within_the_window_only_says_where(server: ChatServer) -> None:
    server.fill(80)
    device, window = opened(server)
    told = device.see(window.jump(40))
    assert told.chat == ()
    assert told.window
    assert window.target == server.rooms[ROOM].messages[39].id


def test_a_jump_to_what_is_kept_asks_nobody(server: ChatServer) -> None:
    server.fill(400)
    device, window = opened(server)
    for _ in range(3):
        device.see(window.fetch_older())
        device.move()
    device.see(device.chats.leave_view())
    device.see(device.chats.open(ROOM))
    window = device.chats.window  # type: ignore[assignment]
    device.lose()
    device.see(window.jump(100))
    assert seqs(window) == (51, 150)
    assert window.has_newer
    assert window.target == server.rooms[ROOM].messages[99].id


def test_a_jump_past_the_end_shows_the_last(server: ChatServer) -> None:
    server.fill(300)
    device, window = opened(server)
    device.see(window.jump(5000))
    device.move()
    assert window.target in {None, server.rooms[ROOM].messages[-1].id}


def test_it_opens_at_the_first_unread(server: ChatServer) -> None:
    server.fill(60)
    device, window = opened(server, read=False)
    assert window.target == window.first_unread_key == server.rooms[ROOM].messages[0].id
    device.see(device.chats.mark_read(ROOM, 40))
    device.see(device.chats.leave_view())
    device.see(device.chats.open(ROOM))
    window = device.chats.window  # type: ignore[assignment]
    assert window.first_unread_key == server.rooms[ROOM].messages[40].id
    assert [row.new_line for row in window.rows].index(True) == 40
    assert sum(row.new_line for row in window.rows) == 1


def test_far_behind_it_opens_where_one_stopped_reading(server: ChatServer) -> None:
    server.fill(100)
    server.rooms[ROOM].members[1] = msgspec.structs.replace(server.rooms[ROOM].members[1], read_seq=100)
    server.fill(400)
    _, window = opened(server, read=False)
    assert window.target == window.first_unread_key == server.rooms[ROOM].messages[100].id
    assert window.has_newer
    assert window.index(UUID(int=404)) is None


def test_looking_away_draws_a_line(server: ChatServer) -> None:
    server.fill(3)
    device, window = opened(server)
    assert window.first_unread_key is None
    device.see(window.draw_line())
    server.say("mine", 1)
    server.say("new")
    server.say("newer")
    device.move()
    assert [row.new_line for row in window.rows] == [False] * 4 + [True, False]
    device.see(window.draw_line())
    assert window.rows[4].new_line
    device.see(device.chats.mark_read(ROOM, 6))
    device.see(window.draw_line())
    assert not any(row.new_line for row in window.rows)


def test_a_full_window_lets_go_of_its_top(server: ChatServer) -> None:
    server.fill(1000)
    device, window = opened(server)
    for _ in range(4):
        device.see(window.fetch_older())
        device.move()
    assert len(window.rows) == MOST_ROWS
    server.say("one more")
    device.move()
    assert len(window.rows) == KEPT_ROWS
    assert seqs(window)[1] == 1001
    assert not window.rows[0].new_day or window.rows[0].message.seq == 1
    assert steps(device)[-2:] == [Inserted(500, 1), Removed(0, 101)]


def test_who_reads_far_up_is_not_disturbed(server: ChatServer) -> None:
    server.fill(1000)
    device, window = opened(server)
    for _ in range(4):
        device.see(window.fetch_older())
        device.move()
    window.at_end = False
    server.say("one more")
    device.move()
    assert seqs(window) == (501, 1000)
    assert window.has_newer


def test_a_message_of_one_s_own_shows_the_newest(server: ChatServer) -> None:
    server.fill(500)
    device, window = opened(server)
    device.see(window.jump(100))
    device.move()
    assert window.has_newer
    told = device.see(device.chats.send(ROOM, "here I am"))
    assert told.chat == (Replaced(),)
    assert window.rows[-1].message.text == "here I am"
    device.move()
    assert seqs(window)[1] == 501


def test_days_and_headers(server: ChatServer) -> None:
    server.say("a")
    server.time += 4 * 60_000
    server.say("b")
    server.time += 6 * 60_000
    server.say("c")
    server.say("d", 1)
    server.time += 2 * DAY
    server.say("e", 1)
    _, window = opened(server)
    assert [row.follows for row in window.rows] == [False, True, False, False, False]
    assert [row.new_day for row in window.rows] == [True, False, False, False, True]


def test_an_older_row_shortens_the_header_below(server: ChatServer) -> None:
    server.fill(101)
    device, window = opened(server)
    assert not window.rows[0].follows
    device.see(window.fetch_older())
    device.move()
    assert [row.follows for row in window.rows[:3]] == [False, True, True]
    assert Changed(1, 1) in steps(device)


def test_what_comes_out_of_order_waits_for_its_place(server: ChatServer) -> None:
    device, window = opened(server)
    device.see(device.chats.send(ROOM, "mine"))
    first = server.say("theirs")
    event, number = device.wire.asks.popleft()
    answer = server.answer(1, event)  # type: ignore[arg-type]
    device.inbox.clear()
    device.take(incoming.Answered(number, answer))
    assert [(row.message.text, row.state) for row in window.rows] == [("mine", Delivery.SENT)]
    assert window.rows[0].message.seq == 2
    device.take(incoming.ChatEvent(wire.MessageNew(message=first)))
    assert [row.message.text for row in window.rows] == ["theirs", "mine"]
    device.move()
    assert [row.message.text for row in window.rows] == ["theirs", "mine"]


def test_a_server_that_has_less_than_it_says_is_not_asked_for_ever(server: ChatServer) -> None:
    server.fill(5)
    device, window = opened(server)
    ghost = msgspec.structs.replace(server.rooms[ROOM].messages[-1], id=UUID(int=9), seq=9, change=6)
    device.take(incoming.ChatEvent(wire.MessageNew(message=ghost)))
    device.move()
    assert window.error is Code.BAD_ANSWER
    assert device.texts()[-1] == "message 4"


def test_a_server_without_the_beginning_is_not_asked_for_ever(server: ChatServer) -> None:
    server.fill(300)
    device, window = opened(server)
    device.see(window.fetch_older())
    _, number = device.wire.asks.popleft()
    empty = wire.MessagePage(conversation_id=ROOM, messages=[], more=False, last_seq=300, last_change=300)
    device.take(incoming.Answered(number, empty))
    assert not window.has_older
    assert not device.see(window.fetch_older())


def test_older_rows_below_which_the_top_went_are_only_kept(server: ChatServer) -> None:
    server.fill(800)
    device, window = opened(server)
    for _ in range(4):
        device.see(window.fetch_older())
        device.move()
    device.see(window.fetch_older())
    low = window.rows[0].message.seq
    server.fill(1)
    device.hear()
    assert seqs(window) == (402, 801)
    device.move()
    assert seqs(window) == (402, 801)
    device.see(window.fetch_older())
    assert not window.loading_older
    assert seqs(window) == (302, 801)
    assert low == 301


def test_an_answer_for_a_window_that_moved_on_changes_nothing(server: ChatServer) -> None:
    server.fill(600)
    device, window = opened(server)
    device.see(window.fetch_older())
    device.see(window.jump(100))
    device.see(window.jump(300))
    device.move()
    assert window.target == server.rooms[ROOM].messages[299].id
    assert window.error is None
    device.see(window.fetch_older())
    device.see(window.jump(600))
    device.lose()
    assert not window.loading_older


def test_a_conversation_given_up_is_shown_anew(server: ChatServer) -> None:
    server.fill(20)
    device, window = opened(server)
    device.lose()
    server.rooms[ROOM].messages.clear()
    server.rooms[ROOM].change = 0
    server.say("a new life")
    device.link()
    device.move()
    assert device.texts() == ["a new life"]
    assert not window.loading
