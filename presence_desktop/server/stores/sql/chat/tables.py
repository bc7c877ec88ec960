"""The tables of conversations, for SQLite and MySQL/MariaDB; beside `tables`, which they refer to.

A message is known to clients by its `id` (a UUID), inside the database by its `number`. What SQLite and MySQL search
with differs: `search_sqlite`, `search_mysql`.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Enum,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.mysql import VARCHAR

from presence_desktop.protocol import limits
from presence_desktop.protocol.chat import Kind, MemberRole, Visibility
from presence_desktop.server.stores.sql.tables import metadata

ID = String(36)
NUMBER = BigInteger().with_variant(Integer(), "sqlite")


def exact(length: int) -> String:
    """Text that is compared byte by byte: to MySQL's usual order all emoji are the same."""
    return String(length).with_variant(VARCHAR(length, collation="utf8mb4_bin"), "mysql", "mariadb")


def _words(kind: type[Kind] | type[MemberRole] | type[Visibility], name: str) -> Enum:
    return Enum(*(word.value for word in kind), name=name, create_constraint=True)


def _conversation(*, key: bool = False) -> Column[int]:
    whole = ForeignKey("conversations.id", ondelete="CASCADE")
    return Column("conversation_id", Integer, whole, nullable=False, primary_key=key, autoincrement=False)


def _user() -> Column[int]:
    whole = ForeignKey("users.id", ondelete="CASCADE")
    return Column("user_id", Integer, whole, nullable=False, primary_key=True, autoincrement=False)


conversations = Table(
    "conversations",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", _words(Kind, "kind"), nullable=False),
    Column("title", String(limits.ROOM_TITLE_LENGTH)),
    Column("topic", String(limits.ROOM_TOPIC_LENGTH), nullable=False, server_default=""),
    Column("visibility", _words(Visibility, "visibility"), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("last_seq", BigInteger, nullable=False, server_default=text("0")),
    Column("last_change", BigInteger, nullable=False, server_default=text("0")),
    Column("made_as", String(64), nullable=False),
    UniqueConstraint("made_as"),
    Index("idx_conversations_visibility", "visibility"),
    sqlite_autoincrement=True,
)
"""`made_as` finds a conversation that was made before: a direct one by its people, a room by its maker and its id."""

conversation_members = Table(
    "conversation_members",
    metadata,
    _conversation(key=True),
    _user(),
    Column("role", _words(MemberRole, "member_role"), nullable=False),
    Column("joined_at", BigInteger, nullable=False),
    Column("delivered_seq", BigInteger, nullable=False, server_default=text("0")),
    Column("read_seq", BigInteger, nullable=False, server_default=text("0")),
    Column("shown_delivered_seq", BigInteger, nullable=False, server_default=text("0")),
    Column("shown_read_seq", BigInteger, nullable=False, server_default=text("0")),
    Index("idx_conversation_members_user_id", "user_id"),
)

messages = Table(
    "messages",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("id", ID, nullable=False),
    _conversation(),
    Column("seq", BigInteger, nullable=False),
    Column("change", BigInteger, nullable=False),
    Column("sender_id", Integer, ForeignKey("users.id", ondelete="SET NULL")),
    Column("text", Text, nullable=False),
    Column("sent_at", BigInteger, nullable=False),
    Column("edited_at", BigInteger),
    Column("deleted_at", BigInteger),
    Column("reply_to", ID),
    Column("mentions", Text),
    Column("mentions_all", Boolean(create_constraint=False), nullable=False, server_default=text("0")),
    Column("pinned_at", BigInteger),
    Column("pinned_by", Integer),
    Column("reactions", Text),
    UniqueConstraint("id"),
    Index("uq_messages_place", "conversation_id", "seq", unique=True),
    Index("idx_messages_change", "conversation_id", "change"),
    Index("idx_messages_pinned", "conversation_id", "pinned_at"),
    Index("idx_messages_sender_id", "sender_id"),
    Index("idx_messages_sent_at", "sent_at"),
    sqlite_autoincrement=True,
)
"""`mentions` and `reactions` are JSON: user ids, and pairs of emoji and user ids; null where there are none."""

message_mentions = Table(
    "message_mentions",
    metadata,
    _user(),
    _conversation(key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Index("idx_message_mentions_place", "conversation_id", "seq"),
)
"""Whom unread messages mention; for `@all` there is an entry for each member."""

files = Table(
    "files",
    metadata,
    Column("id", ID, primary_key=True),
    Column("owner_id", Integer, ForeignKey("users.id", ondelete="SET NULL")),
    Column("name", String(limits.FILE_NAME_LENGTH), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("has_thumbnail", Boolean(create_constraint=False), nullable=False, server_default=text("0")),
    Column("begun_at", BigInteger, nullable=False),
    Column("complete_at", BigInteger),
    Column("message_id", ID),
    Column("position", Integer, nullable=False, server_default=text("0")),
    Index("idx_files_owner_id", "owner_id"),
    Index("idx_files_message_id", "message_id"),
    Index("idx_files_begun_at", "begun_at"),
)
"""`message_id` is null until the file is on a message, and empty once that message was deleted."""

message_grams = Table(
    "message_grams",
    metadata,
    Column("gram", exact(2), primary_key=True),
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Index("idx_message_grams_number", "number"),
)
"""Which pairs of characters a message holds. SQLite: of Korean, Chinese, Japanese only (`search_sqlite`)."""
