"""The tables, one model for SQLite and MySQL/MariaDB.

`user_online_statuses` is CONTRACT section 6 to the letter. The other tables keep moments as integer milliseconds, which
no database rounds. The migrations make what stands here; a test compares the two.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from presence_desktop.protocol import limits
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.accounts import Role

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
_HASH = String(64)


def words(kind: type[Status] | type[Role], name: str) -> Enum:
    """One of a few words: ENUM on MySQL, VARCHAR with a CHECK on SQLite."""
    return Enum(*(word.value for word in kind), name=name, create_constraint=True)


users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("email", String(limits.EMAIL_LENGTH), nullable=False),
    Column("username", String(limits.USERNAME_LENGTH), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("avatar", String(255)),
    Column("role", words(Role, "role"), nullable=False, server_default=Role.MEMBER.value),
    Column("disabled", Boolean(create_constraint=False), nullable=False, server_default=text("0")),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    UniqueConstraint("email"),
    Index("idx_users_changed_at", "changed_at"),
    sqlite_autoincrement=True,
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("family", String(32), primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("device", String(limits.DEVICE_NAME_LENGTH)),
    Column("used_at", BigInteger),
    Index("idx_sign_ins_user_id", "user_id"),
    Index("idx_sign_ins_revoked_at", "revoked_at"),
    Index("idx_sign_ins_expires_at", "expires_at"),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("token_hash", _HASH, primary_key=True),
    Column("family", String(32), ForeignKey("sign_ins.family", ondelete="CASCADE"), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    Index("idx_refresh_tokens_family", "family"),
    Index("idx_refresh_tokens_expires_at", "expires_at"),
)

invites = Table(
    "invites",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("code_hash", _HASH, nullable=False),
    Column("made_by", Integer, ForeignKey("users.id", ondelete="SET NULL")),
    Column("uses_left", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("uses", Integer, nullable=False, server_default=text("1")),
    UniqueConstraint("code_hash"),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("actor_id", Integer),
    Column("actor", String(limits.USERNAME_LENGTH)),
    Column("act", String(32), nullable=False),
    Column("target_id", Integer),
    Column("target", String(limits.EMAIL_LENGTH)),
    Column("detail", String(250)),
    sqlite_autoincrement=True,
)
"""Only grows: triggers refuse everything but INSERT. It names people as they were then, and refers to no row."""

server_profile = Table(
    "server_profile",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String(limits.SERVER_NAME_LENGTH)),
)
"""What the server says of itself: one row, with the id 1; none as long as nothing was set."""

user_online_statuses = Table(
    "user_online_statuses",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("user_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("status", words(Status, "status"), server_default=Status.OFFLINE.value),
    Column("last_seen_at", DateTime, nullable=False),
    Column("is_typing", Boolean(create_constraint=False), server_default=text("0")),
    Column("current_room_id", Integer),
    Column("created_at", DateTime, nullable=False),
    Column("updated_at", DateTime, nullable=False),
    UniqueConstraint("user_id"),
    Index("idx_user_online_statuses_user_id", "user_id"),
    Index("idx_user_online_statuses_status", "status"),
    Index("idx_user_online_statuses_last_seen", "last_seen_at"),
    Index("idx_user_online_statuses_room", "current_room_id"),
    sqlite_autoincrement=True,
)

presence_choices = Table(
    "presence_choices",
    metadata,
    Column(
        "user_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("stamp", BigInteger, nullable=False),
    Index("idx_presence_choices_stamp", "stamp"),
)

presence_claims = Table(
    "presence_claims",
    metadata,
    Column(
        "user_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("status", words(Status, "status"), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger),
)

custom_statuses = Table(
    "custom_statuses",
    metadata,
    Column(
        "user_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("text", String(limits.STATUS_TEXT_LENGTH)),
    Column("emoji", String(limits.STATUS_EMOJI_LENGTH)),
    Column("ends_at", BigInteger),
)
