"""People come, go, are put out, get roles, hide, write and read at random: the rules, written down as a table, hold.

Whoever is no member sees nothing and is told nothing; what is refused changes nothing; what others know of somebody's
marks is what was true when that person was last to be seen.
"""

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from presence_desktop.protocol.chat import MemberRole, Message, RoomPatch, SearchQuery, Visibility, Window
from presence_desktop.protocol.errors import Code, Refused
from tests.fakes.ready_database import ready_sqlite
from tests.server.stores.sql.chat.house import House, say, settled

OWNER, MODERATOR, MEMBER = MemberRole.OWNER, MemberRole.MODERATOR, MemberRole.MEMBER
ANYBODY = frozenset({OWNER, MODERATOR, MEMBER})
LEADERS = frozenset({OWNER, MODERATOR})
MAY = {
    "send": ANYBODY,
    "react": ANYBODY,
    "mark": ANYBODY,
    "leave": ANYBODY,
    "edit own": ANYBODY,
    "delete own": ANYBODY,
    "edit another's": frozenset[MemberRole](),
    "delete another's": LEADERS,
    "pin": LEADERS,
    "update": LEADERS,
    "invite to private": LEADERS,
    "invite to public": ANYBODY,
    "give a role": frozenset({OWNER}),
    "put out owner": frozenset({OWNER}),
    "put out moderator": frozenset({OWNER}),
    "put out member": LEADERS,
}
"""Which roles may do it. Whoever has none gets UNKNOWN_CONVERSATION, whoever has another one FORBIDDEN."""
PEOPLE = st.integers(1, 4)
ROLES = st.sampled_from(list(MemberRole))


class Room(RuleBasedStateMachine):
    """One room, made by user 1."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.database = ready_sqlite(Path(self.folder.name))
        self.house: House = self.run(settled(self.database, names=["ann", "bob", "eve", "joe"]))

    def teardown(self) -> None:
        self.members_see_the_same_and_strangers_nothing()
        self.run(self.house.committer.stop())
        self.run(self.database.close())
        self.runner.close()
        self.folder.cleanup()

    def run(self, doing: Awaitable[Any]) -> Any:
        async def done() -> Any:
            return await doing

        return self.runner.run(done())

    @initialize(public=st.booleans())
    def make(self, public: bool) -> None:
        self.visibility = Visibility.PUBLIC if public else Visibility.PRIVATE
        self.roles = {1: OWNER}
        self.messages: dict[UUID, Message] = {}
        self.order: list[UUID] = []
        self.true_marks: dict[int, int] = {}
        self.known_marks: dict[int, int] = {1: 0}
        self.room: int = self.run(self.house.room(visibility=self.visibility))

    # --- the table ----------------------------------------------------------------------------------------------

    def tries(self, verb: str, who: int, doing: Awaitable[Any], *more: Code | None) -> Any:
        """Do it; it goes as the table says, or is refused for the first of `more` that is no None."""
        before, members = self.picture(), set(self.roles)
        self.house.heard.take()
        role = self.roles.get(who)
        expected: Code | None = Code.UNKNOWN_CONVERSATION
        if role is not None:
            expected = next((one for one in more if one), None) if role in MAY[verb] else Code.FORBIDDEN
        self.members_before = members
        if expected is None:
            return True, self.run(doing)
        assert self.refusal(doing) is expected, (verb, role)
        assert self.house.heard.told == []
        assert self.picture() == before
        return False, None

    def refusal(self, doing: Awaitable[Any]) -> Code:
        with pytest.raises(Refused) as caught:
            self.run(doing)
        return caught.value.code

    def picture(self) -> object:
        return self.run(self.house.store.overview(1)), self.run(
            self.house.store.window(self.room, 1, Window())
        )

    def told_nobody_else(self) -> None:
        inside = self.members_before | set(self.roles)
        for user_ids, _ in self.house.heard.take():
            assert set(user_ids) <= inside

    # --- messages -----------------------------------------------------------------------------------------------

    def pick(self, at: int) -> UUID | None:
        return self.order[at % len(self.order)] if self.order else None

    @rule(
        who=PEOPLE,
        text=st.sampled_from(["hello", "김치찌개", "@all", "@bob"]),
        reply=st.none() | st.integers(0, 9),
    )
    def send(self, who: int, text: str, reply: int | None) -> None:
        new = say(text, reply_to=None if reply is None else self.pick(reply))
        done, answer = self.tries("send", who, self.house.chat.send(who, self.room, new))
        if done:
            self.keep(answer[0])
        self.told_nobody_else()

    @rule(who=PEOPLE, at=st.integers(0, 9))
    def edit(self, who: int, at: int) -> None:
        which = self.pick(at)
        if which is not None:
            old = self.messages[which]
            dead = Code.MESSAGE_DELETED if old.deleted_at else None
            verb = "edit own" if old.sender_id == who or dead else "edit another's"
            done, new = self.tries(
                verb, who, self.house.chat.edit(who, self.room, which, old.text + "!"), dead
            )
            if done:
                self.keep(new)
            self.told_nobody_else()

    @rule(who=PEOPLE, at=st.integers(0, 9))
    def delete(self, who: int, at: int) -> None:
        which = self.pick(at)
        if which is not None:
            verb = "delete own" if self.messages[which].sender_id == who else "delete another's"
            done, new = self.tries(verb, who, self.house.chat.delete(who, self.room, which))
            if done:
                self.keep(new)
            self.told_nobody_else()

    @rule(who=PEOPLE, at=st.integers(0, 9), on=st.booleans(), pin=st.booleans())
    def react_or_pin(self, who: int, at: int, on: bool, pin: bool) -> None:
        which = self.pick(at)
        if which is not None:
            chat = self.house.chat
            dead = Code.MESSAGE_DELETED if self.messages[which].deleted_at else None
            doing = (
                chat.pin(who, self.room, which, on=on)
                if pin
                else chat.react(who, self.room, which, "👍", on=on)
            )
            done, new = self.tries("pin" if pin else "react", who, doing, dead)
            if done:
                self.keep(new)
            self.told_nobody_else()

    def keep(self, message: Message) -> None:
        if message.id not in self.messages:
            self.order.append(message.id)
        self.messages[message.id] = message

    # --- people -------------------------------------------------------------------------------------------------

    @rule(who=PEOPLE, guest=PEOPLE)
    def invite(self, who: int, guest: int) -> None:
        doing = self.house.rooms.invite(who, self.room, [guest])
        done, _ = self.tries(f"invite to {self.visibility.value}", who, doing)
        if done:
            self.come(guest)
        self.told_nobody_else()

    @rule(who=PEOPLE)
    def join(self, who: int) -> None:
        doing = self.house.rooms.join(who, self.room)
        if self.visibility is Visibility.PUBLIC or who in self.roles:
            self.run(doing)
            self.come(who)
        else:
            assert self.refusal(doing) is Code.UNKNOWN_CONVERSATION
        self.house.heard.take()

    def come(self, who: int) -> None:
        if who not in self.roles:
            self.roles[who] = MEMBER if self.roles else OWNER
            self.true_marks[who] = self.known_marks[who] = len(self.order)

    def last_owner(self, who: int) -> Code | None:
        owners = [one for one, role in self.roles.items() if role is OWNER]
        return Code.LAST_OWNER if owners == [who] else None

    @rule(who=PEOPLE)
    def leave(self, who: int) -> None:
        if self.roles == {who: OWNER}:
            return  # an empty room has nobody to ask
        done, _ = self.tries("leave", who, self.house.rooms.leave(who, self.room), self.last_owner(who))
        if done:
            self.go(who)
        self.told_nobody_else()

    @rule(who=PEOPLE, other=PEOPLE)
    def put_out(self, who: int, other: int) -> None:
        if who == other:
            return
        role = self.roles.get(other, MEMBER)
        missing = None if other in self.roles else Code.UNKNOWN_USER
        doing = self.house.rooms.remove(who, self.room, other)
        done, _ = self.tries(f"put out {role.value}", who, doing, missing)
        if done:
            self.go(other)
        self.told_nobody_else()

    def go(self, who: int) -> None:
        del self.roles[who]
        assert self.house.put_out[-1] == (self.room, who)

    @rule(who=PEOPLE, other=PEOPLE, role=ROLES)
    def give_role(self, who: int, other: int, role: MemberRole) -> None:
        missing = None if other in self.roles else Code.UNKNOWN_USER
        alone = self.last_owner(other) if role is not OWNER else None
        doing = self.house.rooms.give_role(who, self.room, other, role)
        done, _ = self.tries("give a role", who, doing, missing, alone)
        if done:
            self.roles[other] = role
        self.told_nobody_else()

    @rule(who=PEOPLE, public=st.booleans())
    def update(self, who: int, public: bool) -> None:
        wanted = Visibility.PUBLIC if public else Visibility.PRIVATE
        doing = self.house.rooms.update(who, self.room, RoomPatch(visibility=wanted))
        done, _ = self.tries("update", who, doing)
        if done:
            self.visibility = wanted
        self.told_nobody_else()

    # --- marks --------------------------------------------------------------------------------------------------

    @rule(who=PEOPLE, read=st.sampled_from([0, 1, 2, 5, 2**53]))
    def mark(self, who: int, read: int) -> None:
        hidden = who in self.house.hidden
        done, _ = self.tries("mark", who, self.house.chat.mark(who, self.room, delivered=0, read=read))
        if done:
            self.true_marks[who] = max(self.true_marks.get(who, 0), min(read, len(self.order)))
            if not hidden:
                self.known_marks[who] = self.true_marks[who]
            else:
                assert all(user_ids == [who] for user_ids, _ in self.house.heard.told)
        self.told_nobody_else()

    @rule(who=PEOPLE, hides=st.booleans())
    def hide_or_show(self, who: int, hides: bool) -> None:
        if hides:
            self.house.hidden.add(who)
            return
        self.house.hidden.discard(who)
        self.run(self.house.chat.appeared([who]))
        if who in self.roles:
            self.known_marks[who] = self.true_marks.get(who, 0)

    # --- what is true at any time -------------------------------------------------------------------------------

    @rule()
    def members_see_the_same_and_strangers_nothing(self) -> None:
        reading = self.house.reading
        for who in range(1, 5):
            seen = {one.id: one for one in self.run(reading.overview(who))}
            found, _ = self.run(reading.search(who, SearchQuery(q="김치")))
            if who not in self.roles:
                assert self.room not in seen
                assert found == []
                continue
            page = self.run(reading.history(who, self.room, Window(limit=200)))
            assert [message.id for message in page.messages] == self.order
            assert [message.seq for message in page.messages] == list(range(1, len(self.order) + 1))
            assert page.messages == [self.messages[one] for one in self.order] or self.quotes_differ(
                page.messages
            )
            assert {one.id for one in found} == {
                one.id for one in self.messages.values() if "김치" in one.text and not one.deleted_at
            }
            self.members_are_shown_right(who, seen[self.room])

    def quotes_differ(self, messages: list[Message]) -> bool:
        """A quote shows the answered message as it is now."""
        return [msgspec.structs.replace(one, reply_to=None) for one in messages] == [
            msgspec.structs.replace(self.messages[one], reply_to=None) for one in self.order
        ]

    def members_are_shown_right(self, who: int, room: Any) -> None:
        assert {one.user_id: one.role for one in room.members} == self.roles
        for member in room.members:
            known = self.true_marks if member.user_id == who else self.known_marks
            assert member.read_seq == known.get(member.user_id, 0)
        unread = [
            one
            for one in self.messages.values()
            if one.seq > self.true_marks.get(who, 0) and one.sender_id != who and not one.deleted_at
        ]
        assert room.unread == len(unread)


TestRoom = Room.TestCase
TestRoom.settings = settings(max_examples=15, stateful_step_count=30)
