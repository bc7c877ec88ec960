"""What counts as unread, and how far a message got, when news comes late, doubled, or in another order."""

from presence_desktop.core import incoming
from presence_desktop.core.chat.entry import Entry
from presence_desktop.core.chat.outbox import Outbox
from presence_desktop.core.chat.row import Delivery
from presence_desktop.protocol import chat_events as wire
from presence_desktop.protocol.chat import Conversation, Kind, Member, MemberRole
from presence_desktop.protocol.location_events import LocationRoster
from tests.core.chat.device import Device
from tests.core.chat.world import NOON, ROOM, ChatServer
from tests.wire.made import made


def conversation(*members: Member, version: int = 1, **fields: object) -> Conversation:
    return made(
        Conversation,
        **{
            "id": ROOM,
            "kind": Kind.ROOM,
            "title": "room",
            "version": version,
            "created_at": NOON,
            "members": members or (Member(user_id=1, joined_at=1), Member(user_id=2, joined_at=2)),
            **fields,
        },
    )


def member(user_id: int, delivered: int = 0, read: int = 0) -> Member:
    return Member(user_id=user_id, joined_at=1, delivered_seq=delivered, read_seq=read)


def online() -> tuple[ChatServer, Device]:
    server = ChatServer()
    server.room()
    return server, Device(server).online()


def test_marks_only_grow() -> None:
    entry = Entry(conversation(member(1), member(2, 5, 3)), 1)
    assert entry.reshape(conversation(member(1), member(2, 4, 4), version=2))
    assert (entry.members[2].delivered_seq, entry.members[2].read_seq) == (5, 4)
    assert entry.reshape(conversation(member(1), member(2, 6, 6), version=2))
    assert entry.members[2].read_seq == 6
    assert entry.reshape(conversation(member(1), member(2), member(4, 1, 1), version=3))
    assert sorted(entry.members) == [1, 2, 4]
    assert not entry.reshape(conversation(version=1))


def test_a_message_got_as_far_as_the_slowest() -> None:
    entry = Entry(conversation(member(1), member(2, 5, 3), member(3, 4, 1)), 1)
    assert [entry.delivery(seq) for seq in (1, 2, 4, 5)] == [
        Delivery.READ,
        Delivery.DELIVERED,
        Delivery.DELIVERED,
        Delivery.SENT,
    ]
    assert Entry(conversation(member(1)), 1).delivery(1) is Delivery.SENT


def test_what_was_heard_before_the_list_came_counts_too() -> None:
    server, device = online()
    device.take(incoming.ChatEvent(wire.NotificationStale()))
    device.answer()
    late = device.inbox.popleft()
    said = server.say("in between")
    device.take(incoming.ChatEvent(wire.MessageNew(message=said)))
    device.take(late)
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert (talk.unread, talk.last_seq, talk.last) == (1, 1, said)


def test_counts_that_are_older_than_what_was_read_here_say_nothing() -> None:
    server, device = online()
    server.fill(3)
    device.move()
    device.see(device.chats.mark_read(ROOM, 3))
    old = wire.NotificationUnread(conversation_id=ROOM, read_seq=1, unread=2, mentions=1)
    device.take(incoming.ChatEvent(old))
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert (talk.unread, talk.read_seq) == (0, 3)


def test_reading_half_leaves_the_count_to_the_server() -> None:
    server, device = online()
    server.fill(4)
    device.move()
    device.see(device.chats.mark_read(ROOM, 2))
    device.move()
    talk = device.chats.get(ROOM)
    assert talk is not None
    assert talk.unread == 2


def test_a_quote_stays_as_it_is_while_its_text_does() -> None:
    server, device = online()
    said = server.say("question")
    device.move()
    device.see(device.chats.open(ROOM))
    device.see(device.chats.send(ROOM, "answer", reply_to=said.id))
    device.move()
    before = device.shown[-1]
    server.change(ROOM, 1, pinned_at=5)
    device.move()
    assert device.shown[-1] is before


def test_a_message_heard_before_its_refusal_was_sent() -> None:
    server, device = online()
    device.see(device.chats.open(ROOM))
    device.move()
    device.see(device.chats.send(ROOM, "there"))
    device.answer(lose_answer=True)
    device.hear()
    assert [row.state for row in device.shown] == [Delivery.SENT]
    assert server.rooms[ROOM].messages[0].text == "there"


def test_marks_of_a_room_left_meanwhile_say_nothing() -> None:
    server, device = online()
    server.fill(1)
    device.move()
    device.see(device.chats.mark_read(ROOM, 1))
    event, number = device.wire.asks.popleft()
    device.take(incoming.ChatEvent(wire.RoomRemoved(conversation_id=ROOM)))
    marks = wire.MessageMarks(conversation_id=ROOM, user_id=1, delivered_seq=1, read_seq=1)
    device.take(incoming.Answered(number, marks))
    assert event.name == "message:mark"
    assert device.chats.ids() == ()


def test_a_room_left_while_it_waits_is_not_caught_up() -> None:
    server, device = online()
    for room in range(20, 26):
        server.room(room)
    device.take(incoming.ChatEvent(wire.NotificationStale()))
    device.move()
    device.lose()
    for room in range(20, 26):
        server.say("x", room_id=room)
    device.link()
    device.answer()
    device.hear()
    device.take(incoming.ChatEvent(wire.RoomRemoved(conversation_id=20)))
    server.asked.clear()
    device.move()
    asked = [event.conversation_id for _, event in server.asked if isinstance(event, wire.MessageMissed)]
    assert 20 not in asked
    assert len(asked) == 5


def test_a_roster_of_another_room_says_nothing() -> None:
    _, device = online()
    device.see(device.chats.open(ROOM))
    _, number = device.wire.asks.pop()
    device.take(incoming.Answered(number, LocationRoster(room_id=99, users=[5], pages={})))
    assert device.chats.here(ROOM) == ()


def test_entering_and_leaving_without_a_link_is_told_later() -> None:
    _, device = online()
    device.lose()
    device.wire.sent.clear()
    device.see(device.chats.open(ROOM))
    device.see(device.chats.leave_view())
    assert device.wire.sent == []
    device.see(device.chats.open(ROOM))
    device.link()
    assert [event.name for event in device.wire.sent] == ["location:update"]


def test_without_anything_kept_resuming_shows_nothing() -> None:
    server = ChatServer()
    device = Device(server)
    told = device.see(device.client.resume("http://127.0.0.1:3001", "nobody@example.org"))
    assert told.connection
    assert device.client.me is None
    assert device.chats.ids() == ()


def test_roles_are_of_rooms() -> None:
    own = Member(user_id=1, joined_at=1, role=MemberRole.MODERATOR)
    assert Entry(conversation(own), 1).talk.leads
    assert not Entry(conversation(own, kind=Kind.DIRECT, title=None), 1).talk.leads


def test_an_outbox_knows_what_it_does_not_have() -> None:
    from uuid import UUID

    outbox = Outbox(lambda: 0.5)
    nothing = UUID(int=1)
    assert outbox.get(nothing) is None
    assert outbox.drop(nothing) is None
    assert outbox.again(nothing) is None
    assert outbox.with_file(nothing) is None
    assert outbox.drop_all(ROOM) == ()
    assert outbox.due(0) == []
