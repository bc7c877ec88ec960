"""Conversations without a server: `Chats` as the window sees it, with a team's talk in it; asks are only noted."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from msgspec.structs import replace

from presence_desktop.core.changes import Changes, Lost, Outcome
from presence_desktop.core.chat.chats import Chats
from presence_desktop.core.chat.files import FileState
from presence_desktop.core.chat.row import Row
from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.chat.window_news import Replaced
from presence_desktop.core.rest_call import RestCall
from presence_desktop.protocol.chat import Attachment, Kind, Member, MemberRole, Message, Visibility
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.wire import Wire
from tests.gui.scene import NOON

SPACE = UUID("5a9c9a2e-1f2e-4d51-9a52-0c6a3a7f1d10")
MINUTE = 60_000


def message(talk_id: int, seq: int, sender: int, text: str, ago: int = 5, **more: object) -> Message:
    """A message, so many minutes before noon."""
    return Message(
        id=uuid5(SPACE, f"{talk_id}/{seq}"),
        conversation_id=talk_id,
        seq=seq,
        change=seq,
        sender_id=sender,
        text=text,
        sent_at=NOON - ago * MINUTE,
        **more,
    )


def members(*user_ids: int, owner: int = 1, moderator: int = 0) -> tuple[Member, ...]:
    roles = {owner: MemberRole.OWNER, moderator: MemberRole.MODERATOR}
    return tuple(
        Member(user_id=user_id, role=roles.get(user_id, MemberRole.MEMBER), joined_at=NOON - 1000 * MINUTE)
        for user_id in user_ids
    )


def room(talk_id: int, title: str | None, last: Message | None = None, **more: object) -> Talk:
    """A room in which one is an owner, unless said otherwise."""
    fields: dict[str, object] = {
        "id": talk_id, "kind": Kind.ROOM, "title": title, "topic": "", "visibility": Visibility.PUBLIC,
        "members": members(1, 2, 3, 4, 5), "my_role": MemberRole.OWNER, "other": None, "unread": 0, "mentions": 0,
        "last": last, "last_at": last.sent_at if last else NOON - 600 * MINUTE, "last_seq": last.seq if last else 0,
        "read_seq": 0, "draft": "", "typing": (), "muted": False,
    }  # fmt: skip
    return Talk(**(fields | more))  # type: ignore[arg-type]


def direct(talk_id: int, other: int, last: Message | None = None, **more: object) -> Talk:
    """A direct conversation."""
    fields: dict[str, object] = {
        "kind": Kind.DIRECT, "other": other, "members": members(1, other, owner=0), "my_role": MemberRole.MEMBER,
        "visibility": Visibility.PRIVATE,
    }  # fmt: skip
    return room(talk_id, None, last, **(fields | more))


def picture_file(name: str) -> Attachment:
    return Attachment(id=uuid5(SPACE, name), name=name, media_type="image/png", size=9, width=4, height=3)


TEAM: tuple[Talk, ...] = (
    room(
        1, "디자인", message(1, 40, 2, "새 시안 올렸어요. **금요일**까지 의견 주세요 🙏", 2),
        topic="화면, 아이콘, 글꼴", unread=3, mentions=1,
    ),
    direct(2, 3, message(2, 12, 3, "Lunch at noon? The new place around the corner."), unread=1),
    room(
        3, "Release 1.0", message(3, 7, 1, "Frozen at five, then we test.", 31), topic="What ships, and when",
        visibility=Visibility.PRIVATE, members=members(1, 2, 3, 4, 5, 6, 7, moderator=3), typing=(7, 9),
    ),
    direct(4, 2, message(4, 3, 2, "", 75, attachments=[picture_file("스케치.png")])),
    direct(5, 9, message(5, 2, 1, "Thanks!", 190), draft="And one more thing"),
    room(
        6, "Random", message(6, 300, 12, "`make coffee` still fails on my machine", 1500), unread=128, muted=True,
        my_role=MemberRole.MEMBER, members=members(1, 2, 3, 12, owner=12),
    ),
    direct(7, 6, message(7, 1, 6, "Can you look at the build?", 5000), failed=1, unsent=1),
)  # fmt: skip


class StagedWindow:
    """Rows that stand."""

    has_older = has_newer = loading_older = loading_newer = loading = False
    error = target = first_unread_key = None

    def __init__(self, conversation_id: int, rows: Sequence[Row]) -> None:
        self.conversation_id, self.rows = conversation_id, rows
        self.jumps: list[int] = []

    def index(self, key: UUID) -> int | None:
        return next((at for at, row in enumerate(self.rows) if row.key == key), None)

    def jump(self, seq: int) -> Changes:
        self.jumps.append(seq)
        return Changes()

    def fetch_older(self) -> Changes:
        return Changes()

    fetch_newer = to_newest = draw_line = fetch_older


class StagedChats(Chats):
    """What the window asks is noted in `calls`; `outcome` ends the last ask."""

    available = True
    known = True
    window = None
    mentions_total = 0

    def __init__(self, talks: Sequence[Talk] = TEAM) -> None:
        self.talks = {talk.id: talk for talk in talks}
        self.rows: dict[int, Sequence[Row]] = {}
        """What stands in a conversation, where it is more than its last message."""
        self.files: dict[UUID, FileState] = {}
        self.calls: list[tuple[object, ...]] = []
        self.asks = 100

    def put(self, talk: Talk) -> Changes:
        """A conversation is another now."""
        before = self.ids()
        self.talks[talk.id] = talk
        return Changes(talks=frozenset({talk.id}), talks_moved=before != self.ids())

    def change(self, talk_id: int, **fields: object) -> Changes:
        return self.put(replace(self.talks[talk_id], **fields))

    def drop(self, talk_id: int) -> Changes:
        """One was put out of it."""
        gone = self.talks.pop(talk_id)
        lost = (Lost(gone.title, gone.other, (gone.draft,) if gone.draft else ()),)
        lost = lost if gone.kind is Kind.ROOM or gone.draft else ()
        return Changes(talks=frozenset({talk_id}), talks_moved=True, lost=lost)

    def outcome(self, answer: Wire | None = None, code: Code | None = None) -> Changes:
        """The last ask ends so."""
        return Changes(outcomes=(Outcome(self.asks, "test", answer, code),))

    def ids(self) -> Sequence[int]:
        return sorted(self.talks, key=lambda talk_id: (-self.talks[talk_id].last_at, talk_id))

    def get(self, conversation_id: int) -> Talk | None:
        return self.talks.get(conversation_id)

    def find_direct(self, user_id: int) -> int | None:
        found = (
            talk.id for talk in self.talks.values() if talk.kind is Kind.DIRECT and talk.other == user_id
        )
        return next(found, None)

    @property
    def unread_total(self) -> int:
        return sum(talk.unread for talk in self.talks.values() if not talk.muted)

    def here(self, conversation_id: int) -> tuple[int, ...]:
        return (3, 7)

    def readers(self, conversation_id: int, seq: int) -> tuple[int, ...]:
        return ()

    def file(self, file_id: UUID) -> FileState:
        return self.files.get(file_id, FileState())

    def set_draft(self, conversation_id: int, text: str) -> Changes:
        return Changes()

    def typing(self, conversation_id: int, on: bool = True) -> None:
        """Nobody is told."""

    def fetch_thumbnail(self, file_id: UUID) -> None:
        """Nothing comes."""

    def tick(self) -> Changes:
        return Changes()

    def open(self, conversation_id: int) -> Changes:
        self.calls.append(("open", conversation_id))
        talk = self.talks[conversation_id]
        last = () if talk.last is None else (Row(talk.last.id, talk.last, new_day=True),)
        rows = self.rows.get(conversation_id, last)
        self.window = StagedWindow(conversation_id, rows)
        return Changes(window=True, chat=(Replaced(),))

    def leave_view(self) -> Changes:
        self.calls.append(("leave_view",))
        self.window = None
        return Changes(window=True, chat=(Replaced(),))

    def mark_read(self, conversation_id: int, seq: int) -> Changes:
        self.calls.append(("mark_read", conversation_id, seq))
        return Changes()

    def mute(self, conversation_id: int, on: bool) -> Changes:
        self.calls.append(("mute", conversation_id, on))
        return self.change(conversation_id, muted=on)

    def _ask(self, *call: object) -> Changes:
        self.calls.append(call)
        self.asks += 1
        return Changes(asked=self.asks)

    def fetch_pins(self, conversation_id: int) -> Changes:
        return self._ask("fetch_pins", conversation_id)

    def search(self, text: str, cursor: str | None = None) -> Changes:
        return self._ask("search", text, cursor)

    def open_direct(self, user_id: int) -> Changes:
        return self._ask("open_direct", user_id)

    def create_room(
        self,
        title: str,
        topic: str = "",
        visibility: Visibility = Visibility.PRIVATE,
        user_ids: Sequence[int] = (),
    ) -> Changes:
        return self._ask("create_room", title, topic, visibility, tuple(user_ids))

    def update_room(
        self,
        conversation_id: int,
        title: str | None = None,
        topic: str | None = None,
        visibility: Visibility | None = None,
    ) -> Changes:
        return self._ask("update_room", conversation_id, title, topic, visibility)

    def invite(self, conversation_id: int, user_ids: Sequence[int]) -> Changes:
        return self._ask("invite", conversation_id, tuple(user_ids))

    def join(self, conversation_id: int) -> Changes:
        return self._ask("join", conversation_id)

    def leave(self, conversation_id: int) -> Changes:
        return self._ask("leave", conversation_id)

    def remove(self, conversation_id: int, user_id: int) -> Changes:
        return self._ask("remove", conversation_id, user_id)

    def give_role(self, conversation_id: int, user_id: int, role: MemberRole) -> Changes:
        return self._ask("give_role", conversation_id, user_id, role)

    def fetch_public_rooms(self) -> Changes:
        return self._ask("fetch_public_rooms")

    def set_avatar(self, data: bytes | None) -> Changes:
        return self._ask("set_avatar", data)

    def call(self, call: RestCall[Wire]) -> Changes:
        return self._ask("call", call)
