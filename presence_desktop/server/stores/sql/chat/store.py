"""Conversations in SQL, the writing half: one transaction loads a ledger, lets it be decided on, and writes it.

The rows of the conversations are locked first, in the order of their ids, so that several servers on one database give
out each number once and never wait for each other in a circle. What is read is `reads`'.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from presence_desktop.protocol.chat import MemberRole
from presence_desktop.server.domain.marks import Marks
from presence_desktop.server.domain.rooms import Circle, Place
from presence_desktop.server.services.chat.ledger import Ledger, Wanted
from presence_desktop.server.services.chat.ports import ChatStore, Collision, Founding, InDoubt
from presence_desktop.server.services.ports import StoreUnavailable
from presence_desktop.server.stores.sql.chat import letter_rows
from presence_desktop.server.stores.sql.chat.letter_rows import chunks
from presence_desktop.server.stores.sql.chat.reads import ChatReads, circle_of, marks_of
from presence_desktop.server.stores.sql.chat.tables import conversation_members as members
from presence_desktop.server.stores.sql.chat.tables import conversations, files, message_mentions, messages
from presence_desktop.server.stores.sql.transaction import Statements, made_once

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_LOCK = made_once(
    select(conversations).where(conversations.c.id.in_(_IDS)).order_by(conversations.c.id).with_for_update()
)
_NEW = made_once(insert(messages))
_NUMBERS = made_once(select(messages.c.number, messages.c.id).where(messages.c.id.in_(_IDS)))
_EVERYBODY = made_once(select(members).where(members.c.conversation_id == bindparam("which")))
_SOME = made_once(_EVERYBODY.where(members.c.user_id.in_(bindparam("who", expanding=True))))
_MENTIONED = made_once(insert(message_mentions))
_COUNT = made_once(
    update(conversations)
    .where(conversations.c.id == bindparam("which"))
    .values(
        last_seq=bindparam("seq"),
        last_change=bindparam("change"),
        version=bindparam("new_version"),
        title=bindparam("new_title"),
        topic=bindparam("new_topic"),
        visibility=bindparam("new_visibility"),
    )
)
_SAME_MEMBER = (
    members.c.conversation_id == bindparam("which"),
    members.c.user_id == bindparam("who"),
)
_MARK = made_once(
    update(members)
    .where(*_SAME_MEMBER)
    .values(
        delivered_seq=bindparam("delivered"),
        read_seq=bindparam("read"),
        shown_delivered_seq=bindparam("shown_delivered"),
        shown_read_seq=bindparam("shown_read"),
    )
)
_GIVE_ROLE = update(members).where(*_SAME_MEMBER).values(role=bindparam("new_role"))
_PUT_OUT = delete(members).where(*_SAME_MEMBER)
_FORGET_MENTIONS_TO = made_once(
    delete(message_mentions).where(
        message_mentions.c.user_id == bindparam("who"),
        message_mentions.c.conversation_id == bindparam("which"),
        message_mentions.c.seq <= bindparam("read"),
    )
)
_FORGET_MENTIONS_OF = made_once(
    delete(message_mentions).where(
        message_mentions.c.conversation_id == bindparam("which"), message_mentions.c.seq == bindparam("place")
    )
)
_REWRITE = made_once(
    update(messages)
    .where(messages.c.id == bindparam("which"))
    .values({name: bindparam(f"new_{name}") for name in (
        "change", "text", "edited_at", "deleted_at", "mentions", "mentions_all", "pinned_at", "pinned_by",
        "reactions",
    )})
)  # fmt: skip
_ATTACH = made_once(
    update(files)
    .where(files.c.id == bindparam("which"))
    .values(message_id=bindparam("on"), position=bindparam("at"))
)


class SqlChat(ChatReads, ChatStore):
    """See `services.chat.ports.ChatStore`."""

    _known: dict[int, tuple[int, Mapping[int, Place]]]

    async def work(self, wanted: Wanted, decide: Callable[[Ledger], None]) -> None:
        """See ChatStore."""
        written = False
        try:
            async with self._database.durable() as transaction:
                ledger = await transaction.run(lambda statements: self._load(statements, wanted))
                decide(ledger)

                async def save(statements: Statements) -> None:
                    nonlocal written
                    await self._save(statements, ledger)
                    written = True

                await transaction.run(save, last=True)
        except IntegrityError as error:
            raise Collision(str(error.orig)) from None
        except StoreUnavailable as error:
            if self._database.collided(error):
                raise Collision(str(error)) from None
            if written:
                raise InDoubt(str(error)) from None
            raise

    async def found(self, founding: Founding) -> tuple[int, bool]:
        """See ChatStore."""
        find = select(conversations.c.id).where(conversations.c.made_as == founding.made_as)
        for _ in range(2):
            async with self._database.reading() as connection:
                there = (await connection.execute(find)).scalar_one_or_none()
            if there is not None:
                return int(there), False
            try:
                return await self._make(founding), True
            except IntegrityError:
                continue
        raise Collision(founding.made_as)

    async def _make(self, founding: Founding) -> int:
        async with self._database.writing(durable=True) as connection:
            made = await connection.execute(
                insert(conversations).values(
                    kind=founding.kind.value,
                    title=founding.title,
                    topic=founding.topic,
                    visibility=founding.visibility.value,
                    version=1,
                    created_at=founding.at,
                    made_as=founding.made_as,
                )
            )
            conversation_id = int(made.lastrowid)
            await connection.execute(
                insert(members),
                [_member(conversation_id, who, place, Marks()) for who, place in founding.people.items()],
            )
        return conversation_id

    # --- loading ------------------------------------------------------------------------------------------------

    async def _load(self, connection: Statements, wanted: Wanted) -> Ledger:
        ledger = Ledger()
        for part in chunks(sorted(wanted.conversations)):
            rows = await connection.execute(_LOCK, {"ids": part})
            for row in rows.all():
                people = await self._people_of(connection, row.id, row.version)
                ledger.circles[row.id] = circle_of(row, dict(people))
        ledger.letters = await letter_rows.by_id(connection, wanted.messages)
        await _load_marks(connection, wanted, ledger)
        for part in chunks(sorted(map(str, wanted.files))):
            complete = files.c.id.in_(part), files.c.complete_at.is_not(None)
            locked = select(files).where(*complete).order_by(files.c.id).with_for_update()
            for row in await connection.execute(locked):
                file = letter_rows.file_of(row)
                if row.message_id != "":
                    ledger.files[file.id] = file
        for conversation_id in wanted.pins:
            pinned = messages.c.conversation_id == conversation_id, messages.c.pinned_at.is_not(None)
            count = await connection.execute(select(func.count()).select_from(messages).where(*pinned))
            ledger.pins[conversation_id] = int(count.scalar_one())
        return ledger

    async def _people_of(
        self, connection: Statements, conversation_id: int, version: int
    ) -> Mapping[int, Place]:
        known = self._known.get(conversation_id)
        if known is not None and known[0] == version:
            return known[1]
        statement = (
            select(members.c.user_id, members.c.role, members.c.joined_at)
            .where(members.c.conversation_id == conversation_id)
            .order_by(members.c.joined_at, members.c.user_id)
        )
        people = {
            row.user_id: Place(MemberRole(row.role), row.joined_at)
            for row in await connection.execute(statement)
        }
        self._known[conversation_id] = version, people
        return people

    # --- writing ------------------------------------------------------------------------------------------------

    async def _save(self, connection: Statements, ledger: Ledger) -> None:
        if ledger.new:
            rows = [letter_rows.row_of(ledger.letters[new]) for new in ledger.new]
            await connection.execute(_NEW, rows)
        if ledger.changed:
            await _rewrite(connection, ledger)
        if ledger.new or ledger.changed:
            await self._index(connection, ledger)
            await _mentions(connection, ledger)
            await _attach(connection, ledger)
        for conversation_id, before in ledger.people.items():
            await _people(connection, ledger, ledger.circles[conversation_id], before)
        counted = [_numbers(ledger.circles[one]) for one in sorted(ledger.counted | ledger.people.keys())]
        if counted:
            await connection.execute(_COUNT, counted)
        await _marks(connection, ledger)

    async def _index(self, connection: Statements, ledger: Ledger) -> None:
        old = {one: letter.text for one, letter in ledger.changed.items()}
        texts = {one: ledger.letters[one].text for one in (*ledger.new, *ledger.changed)}
        differ = [one for one, text in texts.items() if old.get(one, "") != text]
        for part in chunks(differ):
            ids = {str(one): one for one in part}
            rows = await connection.execute(_NUMBERS, {"ids": list(ids)})
            found = [(row.number, ids[row.id]) for row in rows]
            before = {number: old[one] for number, one in found if old.get(one)}
            after = {number: texts[one] for number, one in found if texts[one]}
            if before:
                await self._search.remove(connection, before)
            if after:
                await self._search.add(connection, after)


async def _load_marks(connection: Statements, wanted: Wanted, ledger: Ledger) -> None:
    by_place: dict[int, list[int] | None] = dict.fromkeys(wanted.everyone)
    for conversation_id, user_id in wanted.marks:
        if (people := by_place.setdefault(conversation_id, [])) is not None:
            people.append(user_id)
    for conversation_id, people in by_place.items():
        which = {"which": conversation_id} if people is None else {"which": conversation_id, "who": people}
        for row in await connection.execute(_EVERYBODY if people is None else _SOME, which):
            ledger.marks[conversation_id, row.user_id] = marks_of(row)


async def _rewrite(connection: Statements, ledger: Ledger) -> None:
    rows = []
    for one in ledger.changed:
        values = letter_rows.what_changes(ledger.letters[one])
        rows.append({"which": str(one), **{f"new_{name}": value for name, value in values.items()}})
    await connection.execute(_REWRITE, rows)


async def _mentions(connection: Statements, ledger: Ledger) -> None:
    again = [one for one in ledger.changed if ledger.changed[one].text != ledger.letters[one].text]
    if again:
        places = [ledger.letters[one] for one in again]
        await connection.execute(
            _FORGET_MENTIONS_OF, [{"which": one.conversation_id, "place": one.seq} for one in places]
        )
    rows = []
    for one in (*ledger.new, *again):
        letter = ledger.letters[one]
        people = ledger.circles[letter.conversation_id].people
        who = people if letter.mentions_all else letter.mentions
        rows += [
            {"user_id": user_id, "conversation_id": letter.conversation_id, "seq": letter.seq}
            for user_id in who
            if user_id != letter.sender_id
        ]
    if rows:
        await connection.execute(_MENTIONED, rows)


async def _attach(connection: Statements, ledger: Ledger) -> None:
    rows = [
        {"which": str(file.id), "on": str(one), "at": at}
        for one in ledger.new
        for at, file in enumerate(ledger.letters[one].files)
    ]
    rows += [
        {"which": str(file.id), "on": "", "at": 0}
        for one, before in ledger.changed.items()
        for file in before.files
        if ledger.letters[one].deleted_at is not None
    ]
    if rows:
        await connection.execute(_ATTACH, rows)


async def _people(
    connection: Statements, ledger: Ledger, circle: Circle, before: Mapping[int, Place]
) -> None:
    gone = before.keys() - circle.people.keys()
    if gone:
        await connection.execute(_PUT_OUT, [{"which": circle.id, "who": who} for who in sorted(gone)])
    come = [
        _member(circle.id, who, place, ledger.marks.get((circle.id, who), Marks()))
        for who, place in circle.people.items()
        if who not in before
    ]
    if come:
        await connection.execute(insert(members), come)
    roles = [
        {"which": circle.id, "who": who, "new_role": place.role.value}
        for who, place in circle.people.items()
        if who in before and before[who].role is not place.role
    ]
    if roles:
        await connection.execute(_GIVE_ROLE, roles)


async def _marks(connection: Statements, ledger: Ledger) -> None:
    rows = []
    for (conversation_id, user_id), marks in ((key, ledger.marks[key]) for key in sorted(ledger.moved)):
        rows.append({
            "which": conversation_id, "who": user_id, "delivered": marks.delivered, "read": marks.read,
            "shown_delivered": marks.shown_delivered, "shown_read": marks.shown_read,
        })  # fmt: skip
    if rows:
        await connection.execute(_MARK, rows)
        await connection.execute(
            _FORGET_MENTIONS_TO, [{name: row[name] for name in ("which", "who", "read")} for row in rows]
        )


def _numbers(circle: Circle) -> dict[str, Any]:
    return {
        "which": circle.id,
        "seq": circle.last_seq,
        "change": circle.last_change,
        "new_version": circle.version,
        "new_title": circle.title,
        "new_topic": circle.topic,
        "new_visibility": circle.visibility.value,
    }


def _member(conversation_id: int, user_id: int, place: Place, marks: Marks) -> dict[str, Any]:
    return {
        "conversation_id": conversation_id,
        "user_id": user_id,
        "role": place.role.value,
        "joined_at": place.joined_at,
        "delivered_seq": marks.delivered,
        "read_seq": marks.read,
        "shown_delivered_seq": marks.shown_delivered,
        "shown_read_seq": marks.shown_read,
    }
