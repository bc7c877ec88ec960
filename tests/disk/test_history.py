"""What is kept of conversations is what was put, on the disk as in memory, from run to run."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from presence_desktop.core.chat.memory_history import MemoryHistory
from presence_desktop.core.chat.row import LocalFile
from presence_desktop.core.chat_ports import History, Kept, OutFile, Progress, Unsent
from presence_desktop.disk.history import REMOVED_AT_ONCE, FileHistory
from presence_desktop.protocol import rest
from presence_desktop.protocol.chat import UNREADABLE, Attachment, Conversation, Kind, Member, Message
from presence_desktop.protocol.chat_events import MessageHistory
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.status import Status
from tests.core.chat.device import Device
from tests.core.chat.world import ROOM, ChatServer

SERVER = "https://chat.example.org:3001"
EMAIL = "Mina@example.org"
ME = rest.Account(user_id=1, username="Mina", email=EMAIL)


def talk(conversation_id: int, version: int = 1) -> Conversation:
    return Conversation(
        id=conversation_id,
        kind=Kind.ROOM,
        title=f"방 {conversation_id}",
        version=version,
        created_at=5,
        members=[Member(user_id=1, joined_at=5), Member(user_id=2, joined_at=6)],
    )


def message(
    conversation_id: int, seq: int, change: int | None = None, text: str = "안녕", **more: Any
) -> Message:
    return Message(
        id=UUID(int=conversation_id * 10**6 + seq),
        conversation_id=conversation_id,
        seq=seq,
        change=seq if change is None else change,
        sender_id=2,
        text=text,
        sent_at=1000 + seq,
        **more,
    )


def unsent(conversation_id: int, number: int, failed: Code | None = None) -> Unsent:
    local = LocalFile("/tmp/사진.png", "사진.png", 12, "image/png", 3, 4)
    return Unsent(
        UUID(int=number),
        conversation_id,
        number,
        "아직",
        77,
        UUID(int=3),
        (OutFile(UUID(int=9), local, uploaded=True),),
        failed,
    )


@pytest.fixture(params=["memory", "file"])
def history(request: pytest.FixtureRequest, tmp_path: Path) -> History:
    return MemoryHistory() if request.param == "memory" else FileHistory(tmp_path / "conversations")


def again(history: History) -> Kept:
    history.close()
    return history.open(SERVER, EMAIL.lower())


def test_everything_is_there_in_the_next_run(history: History) -> None:
    assert history.open(SERVER, EMAIL) == Kept()
    person = rest.DirectoryEntry(
        user_id=2, username="준", avatar="/a.png", status=Status.OFFLINE, last_seen=9, role="owner"
    )
    history.put_account(ME)
    history.put_people([person])
    history.put_talk(talk(7))
    progress = Progress(5, 4, 3, 2, 1, muted=True)
    history.put_progress(7, progress)
    history.put_draft(7, "쓰다 만")
    history.put_progress(99, progress)
    history.put_draft(99, "nowhere")
    history.put_messages([message(7, 1), message(7, 2)])
    history.put_unsent(unsent(7, 2, Code.FORBIDDEN))
    history.put_unsent(unsent(7, 1))
    kept = again(history)
    assert kept.account == ME
    assert kept.people == (person,)
    assert kept.unsent == (unsent(7, 1), unsent(7, 2, Code.FORBIDDEN))
    (one,) = kept.talks
    assert (one.conversation, one.progress, one.draft, one.last) == (
        talk(7),
        progress,
        "쓰다 만",
        message(7, 2),
    )
    history.close()
    assert history.open(SERVER, "somebody@else.org") == Kept()
    history.close()
    assert history.open("http://other", EMAIL) == Kept()
    history.close()


def test_a_conversation_told_anew_keeps_how_far_one_is(history: History) -> None:
    history.open(SERVER, EMAIL)
    history.put_talk(talk(7))
    history.put_progress(7, Progress(9, 8, 7))
    history.put_messages([message(7, 1)])
    history.put_talk(talk(7, version=2))
    (one,) = again(history).talks
    assert (one.conversation.version, one.progress, one.last) == (2, Progress(9, 8, 7), message(7, 1))
    history.close()


def test_messages_are_read_up_to_the_first_hole(history: History) -> None:
    history.open(SERVER, EMAIL)
    history.put_talk(talk(7))
    history.put_messages([message(7, seq) for seq in (1, 2, 4, 5, 6)])
    assert [one.seq for one in history.before(7, 7, 10)] == [4, 5, 6]
    assert [one.seq for one in history.before(7, 7, 2)] == [5, 6]
    assert history.before(7, 4, 10) == []
    assert [one.seq for one in history.before(7, 3, 10)] == [1, 2]
    assert [one.seq for one in history.after(7, 0, 10)] == [1, 2]
    assert history.after(7, 2, 10) == []
    assert [one.seq for one in history.after(7, 3, 2)] == [4, 5]
    assert (history.newest(7), history.newest(8)) == (6, 0)
    assert history.before(8, 7, 10) == history.after(8, 0, 10) == []
    found = history.messages(7, {message(7, 2).id, message(7, 5).id, message(7, 3).id, message(8, 1).id})
    assert sorted(one.seq for one in found) == [2, 5]
    history.close()


def test_an_older_state_never_replaces_a_newer_one(history: History) -> None:
    history.open(SERVER, EMAIL)
    history.put_talk(talk(7))
    history.put_messages([message(7, 1, change=5, text="new")])
    history.put_messages([message(7, 1, change=1, text="old")])
    assert history.before(7, 2, 1)[0].text == "new"
    history.put_messages([message(7, 1, change=6, text="newest")])
    assert history.before(7, 2, 1)[0].text == "newest"
    history.put_messages([])
    history.put_messages([message(99, 1)])
    assert history.before(99, 2, 1) == []
    history.close()


def test_an_acknowledged_message_leaves_the_outbox_with_the_same_step(history: History) -> None:
    history.open(SERVER, EMAIL)
    history.put_talk(talk(7))
    waiting = unsent(7, 1)
    history.put_unsent(waiting)
    history.put_unsent(unsent(7, 2))
    history.put_messages([msgspec.structs.replace(message(7, 1), id=waiting.id)])
    assert [one.number for one in again(history).unsent] == [2]
    history.drop_unsent(UUID(int=2))
    assert again(history).unsent == ()
    history.close()


def test_what_is_dropped_is_gone(history: History) -> None:
    history.open(SERVER, EMAIL)
    for conversation_id in (7, 8):
        history.put_talk(talk(conversation_id))
        history.put_messages([message(conversation_id, 1)])
        history.put_draft(conversation_id, "x")
    history.put_unsent(unsent(7, 1))
    history.drop_messages(8)
    assert history.before(8, 2, 5) == []
    history.put_messages([message(8, 2)])
    assert [one.seq for one in history.before(8, 3, 5)] == [2]
    history.drop_talk(7)
    kept = again(history)
    assert [(one.conversation.id, one.draft) for one in kept.talks] == [(8, "x")]
    assert kept.unsent == ()
    history.put_talk(talk(7))
    assert history.before(7, 2, 5) == []
    assert history.before(8, 3, 5) == [message(8, 2)]
    history.close()


def photo(number: int) -> Attachment:
    return Attachment(id=UUID(int=number), name='사진 "attachments".jpg', media_type="image/jpeg", size=9)


def test_the_files_of_a_conversation_are_known(history: History) -> None:
    history.open(SERVER, EMAIL)
    for conversation_id in (7, 8):
        history.put_talk(talk(conversation_id))
    pictured = message(7, 2, attachments=[photo(1), photo(2)])
    other = message(8, 1, attachments=[photo(3)])
    history.put_messages([message(7, 1, text='"attachments": [{"id": 5}]'), pictured, other])
    assert history.files(7) == [UUID(int=1), UUID(int=2)]
    history.drop_talk(7)
    assert history.files(7) == []
    assert history.files(8) == [UUID(int=3)]
    history.close()


@pytest.mark.parametrize("body", ['{"attachments"', '{"attachments":[{"id":5},{"id":"x"},{},7]}', "[]"])
def test_of_what_cannot_be_read_no_files_are_known(tmp_path: Path, body: str) -> None:
    history = FileHistory(tmp_path)
    history.open(SERVER, EMAIL)
    history.put_talk(talk(7))
    history.put_messages([message(7, 1), message(7, 2, attachments=[photo(1)])])
    with closing(sqlite3.connect(next(tmp_path.glob("*.sqlite3")))) as file, file:
        file.execute("UPDATE messages SET body = ? WHERE seq = 1", (body,))
    assert history.files(7) == [UUID(int=1)]
    assert not history.failing
    history.close()


def test_given_up_messages_go_bit_by_bit(tmp_path: Path) -> None:
    history = FileHistory(tmp_path)
    history.open(SERVER, EMAIL)
    history.put_talk(talk(7))
    history.put_messages([message(7, seq) for seq in range(1, REMOVED_AT_ONCE + 11)])
    history.drop_messages(7)
    history.put_messages([message(7, 1)])
    history.close()
    history.open(SERVER, EMAIL)
    history.put_messages([message(7, 2)])
    history.put_messages([message(7, 3)])
    assert [one.seq for one in history.before(7, 4, 9)] == [1, 2, 3]
    history.close()


def test_another_version_reads_anew_what_the_one_before_could_not(tmp_path: Path) -> None:
    server = ChatServer()
    room = server.room()
    server.say('not of "kind":"poll" at all')
    server.say("", kind="poll")
    server.say("between")
    server.say("", kind=UNREADABLE)

    def run(version: str) -> tuple[list[tuple[str, str]], int]:
        """What is shown of the room, and how many pages were asked for."""
        device = Device(server, history=FileHistory(tmp_path, version))
        server.asked.clear()
        device.online()
        device.see(device.chats.open(ROOM))
        device.move()
        device.lose()
        device.client.close()
        asked = sum(isinstance(event, MessageHistory) for _user, event in server.asked)
        return [(row.message.kind or "text", row.message.text) for row in device.shown], asked

    strange, pages = run("1")
    assert [kind for kind, _text in strange] == ["text", "poll", "text", UNREADABLE]
    assert pages == 1
    assert run("1") == (strange, 0)
    for at in (1, 3):  # as the next version will understand them
        told = room.messages[at]
        room.messages[at] = message(ROOM, told.seq, told.change, "Shall we?")
    assert run("1") == (strange, 0)
    understood, pages = run("2")
    assert [text for _kind, text in understood] == [
        room.messages[0].text,
        "Shall we?",
        "between",
        "Shall we?",
    ]
    assert pages > 0
    assert run("2") == (understood, 0)


def test_of_a_forgotten_account_nothing_stays_nor_of_what_was_put_aside(tmp_path: Path) -> None:
    history = FileHistory(tmp_path)
    for email in (EMAIL, "jun@example.org"):
        history.open(SERVER, email)
        history.put_talk(talk(7))
        history.close()
    for path in list(tmp_path.iterdir()):
        path.with_name(f"{path.name}.broken").write_text("no database")
    assert len(list(tmp_path.iterdir())) == 4
    history.forget(SERVER, EMAIL.lower())
    assert len(list(tmp_path.iterdir())) == 2
    history.forget(SERVER, EMAIL)
    assert [one.conversation.id for one in history.open(SERVER, "jun@example.org").talks] == [7]
    history.close()


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    history = FileHistory(tmp_path / "deep" / "conversations")
    history.open(SERVER, EMAIL)
    history.put_talk(talk(7))
    files = list((tmp_path / "deep" / "conversations").iterdir())
    assert any(path.name.startswith("chat.example.org-3001-") for path in files)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    history.close()


def test_it_moves_to_another_folder_with_the_next_account(tmp_path: Path) -> None:
    history = FileHistory(tmp_path / "one")
    history.open(SERVER, EMAIL)
    history.put_talk(talk(7))
    history.move(tmp_path / "two")
    assert history.open(SERVER, EMAIL) == Kept()
    history.move(tmp_path / "one")
    assert len(history.open(SERVER, EMAIL).talks) == 1
    history.close()


class Alike(RuleBasedStateMachine):
    """The file and the memory say the same, whatever is done to both, restarts included."""

    folder: Path
    runs = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).runs += 1
        self.both: tuple[History, History] = (
            MemoryHistory(),
            FileHistory(self.folder / str(type(self).runs)),
        )
        self.run_again()

    @rule()
    def run_again(self) -> None:
        for history in self.both:
            history.close()
        first, second = (history.open(SERVER, EMAIL) for history in self.both)
        assert sorted(first.talks, key=lambda one: one.conversation.id) == list(second.talks)
        assert first.unsent == second.unsent

    @rule(conversation=st.integers(1, 3), version=st.integers(1, 3))
    def tell(self, conversation: int, version: int) -> None:
        for history in self.both:
            history.put_talk(talk(conversation, version))

    @rule(
        conversation=st.integers(1, 3),
        told=st.lists(st.tuples(st.integers(1, 8), st.integers(1, 20)), max_size=6),
    )
    def hear(self, conversation: int, told: list[tuple[int, int]]) -> None:
        for history in self.both:
            with history.together():
                history.put_messages(
                    [message(conversation, seq, change, str(change)) for seq, change in told]
                )

    @rule(conversation=st.integers(1, 3), number=st.integers(1, 4))
    def write(self, conversation: int, number: int) -> None:
        for history in self.both:
            history.put_unsent(unsent(conversation, number))

    @rule(conversation=st.integers(1, 3), whole=st.booleans())
    def drop(self, conversation: int, whole: bool) -> None:
        for history in self.both:
            if whole:
                history.drop_talk(conversation)
            else:
                history.drop_messages(conversation)

    @invariant()
    def they_say_the_same(self) -> None:
        first, second = self.both
        for conversation in (1, 2, 3):
            for seq in (0, 3, 9):
                assert first.before(conversation, seq, 3) == second.before(conversation, seq, 3)
                assert first.after(conversation, seq, 3) == second.after(conversation, seq, 3)

    def teardown(self) -> None:
        for history in self.both:
            history.close()


def test_file_and_memory_are_alike(tmp_path: Path) -> None:
    Alike.folder = tmp_path
    run_state_machine_as_test(
        Alike,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
