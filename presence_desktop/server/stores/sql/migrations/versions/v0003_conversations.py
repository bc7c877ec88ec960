"""Conversations: their members, messages, files, and what is searched with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mysql import VARCHAR

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.String(36)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ZERO = sa.text("0")


def _enum(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, create_constraint=True)


def _count(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False, server_default=_ZERO)


def _to(table: str, column: str, other: str, rule: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [other], name=f"fk_{table}_{column}", ondelete=rule)


def upgrade() -> None:
    """Make the tables."""
    _conversations()
    _members()
    _messages()
    _mentions()
    _files()
    _search()


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("kind", _enum("kind", "direct", "room"), nullable=False),
        sa.Column("title", sa.String(80)),
        sa.Column("topic", sa.String(250), nullable=False, server_default=""),
        sa.Column("visibility", _enum("visibility", "public", "private"), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        _count("last_seq"),
        _count("last_change"),
        sa.Column("made_as", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("made_as", name="uq_conversations_made_as"),
        sqlite_autoincrement=True,
    )
    op.create_index("idx_conversations_visibility", "conversations", ["visibility"])


def _members() -> None:
    table = "conversation_members"
    op.create_table(
        table,
        sa.Column("conversation_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("role", _enum("member_role", "owner", "moderator", "member"), nullable=False),
        sa.Column("joined_at", sa.BigInteger, nullable=False),
        _count("delivered_seq"),
        _count("read_seq"),
        _count("shown_delivered_seq"),
        _count("shown_read_seq"),
        sa.PrimaryKeyConstraint("conversation_id", "user_id", name=f"pk_{table}"),
        _to(table, "conversation_id", "conversations.id"),
        _to(table, "user_id", "users.id"),
    )
    op.create_index(f"idx_{table}_user_id", table, ["user_id"])


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("conversation_id", sa.Integer, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("change", sa.BigInteger, nullable=False),
        sa.Column("sender_id", sa.Integer),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sent_at", sa.BigInteger, nullable=False),
        sa.Column("edited_at", sa.BigInteger),
        sa.Column("deleted_at", sa.BigInteger),
        sa.Column("reply_to", _ID),
        sa.Column("mentions", sa.Text),
        sa.Column("mentions_all", sa.Boolean, nullable=False, server_default=_ZERO),
        sa.Column("pinned_at", sa.BigInteger),
        sa.Column("pinned_by", sa.Integer),
        sa.Column("reactions", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_messages"),
        sa.UniqueConstraint("id", name="uq_messages_id"),
        _to("messages", "conversation_id", "conversations.id"),
        _to("messages", "sender_id", "users.id", "SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_messages_place", "messages", ["conversation_id", "seq"], unique=True)
    op.create_index("idx_messages_change", "messages", ["conversation_id", "change"])
    op.create_index("idx_messages_pinned", "messages", ["conversation_id", "pinned_at"])
    op.create_index("idx_messages_sender_id", "messages", ["sender_id"])
    op.create_index("idx_messages_sent_at", "messages", ["sent_at"])


def _mentions() -> None:
    table = "message_mentions"
    op.create_table(
        table,
        sa.Column("user_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "conversation_id", "seq", name=f"pk_{table}"),
        _to(table, "user_id", "users.id"),
        _to(table, "conversation_id", "conversations.id"),
    )
    op.create_index(f"idx_{table}_place", table, ["conversation_id", "seq"])


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("id", _ID, nullable=False),
        sa.Column("owner_id", sa.Integer),
        sa.Column("name", sa.String(150), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("has_thumbnail", sa.Boolean, nullable=False, server_default=_ZERO),
        sa.Column("begun_at", sa.BigInteger, nullable=False),
        sa.Column("complete_at", sa.BigInteger),
        sa.Column("message_id", _ID),
        sa.Column("position", sa.Integer, nullable=False, server_default=_ZERO),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
        _to("files", "owner_id", "users.id", "SET NULL"),
    )
    for column in ("owner_id", "message_id", "begun_at"):
        op.create_index(f"idx_files_{column}", "files", [column])


def _search() -> None:
    gram = sa.String(2).with_variant(VARCHAR(2, collation="utf8mb4_bin"), "mysql", "mariadb")
    op.create_table(
        "message_grams",
        sa.Column("gram", gram, nullable=False),
        sa.Column("number", _NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("gram", "number", name="pk_message_grams"),
    )
    op.create_index("idx_message_grams_number", "message_grams", ["number"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE message_texts USING fts5"
            "(text, content='messages', content_rowid='number', tokenize='trigram')"
        )
