"""Accounts, sign-ins, invites, and the table of presence (CONTRACT section 6)."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ROLES = ("owner", "admin", "moderator", "member")
_STATUSES = ("online", "away", "busy", "offline")


def upgrade() -> None:
    """Make the first tables."""
    _users()
    _sign_ins()
    _invites()
    _presence()
    _choices()


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("username", sa.String(64), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("avatar", sa.String(255)),
        sa.Column(
            "role",
            sa.Enum(*_ROLES, name="role", create_constraint=True),
            nullable=False,
            server_default="member",
        ),
        sa.Column("disabled", sa.Boolean, nullable=False, server_default=sa.text("0")),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email", name="uq_users_email"),
        sqlite_autoincrement=True,
    )
    op.create_index("idx_users_changed_at", "users", ["changed_at"])


def _sign_ins() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("family", sa.String(32), nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("family", name="pk_sign_ins"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sign_ins_user_id", ondelete="CASCADE"),
    )
    op.create_index("idx_sign_ins_user_id", "sign_ins", ["user_id"])
    op.create_index("idx_sign_ins_revoked_at", "sign_ins", ["revoked_at"])
    op.create_index("idx_sign_ins_expires_at", "sign_ins", ["expires_at"])
    op.create_table(
        "refresh_tokens",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("family", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("token_hash", name="pk_refresh_tokens"),
        sa.ForeignKeyConstraint(
            ["family"], ["sign_ins.family"], name="fk_refresh_tokens_family", ondelete="CASCADE"
        ),
    )
    op.create_index("idx_refresh_tokens_family", "refresh_tokens", ["family"])
    op.create_index("idx_refresh_tokens_expires_at", "refresh_tokens", ["expires_at"])


def _invites() -> None:
    op.create_table(
        "invites",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("made_by", sa.Integer),
        sa.Column("uses_left", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name="fk_invites_made_by", ondelete="SET NULL"),
        sa.UniqueConstraint("code_hash", name="uq_invites_code_hash"),
    )


def _presence() -> None:
    op.create_table(
        "user_online_statuses",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column(
            "status",
            sa.Enum(*_STATUSES, name="status", create_constraint=True),
            server_default="offline",
        ),
        sa.Column("last_seen_at", sa.DateTime, nullable=False),
        sa.Column("is_typing", sa.Boolean, server_default=sa.text("0")),
        sa.Column("current_room_id", sa.Integer),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user_online_statuses"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_user_online_statuses_user_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("user_id", name="uq_user_online_statuses_user_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("idx_user_online_statuses_user_id", "user_online_statuses", ["user_id"])
    op.create_index("idx_user_online_statuses_status", "user_online_statuses", ["status"])
    op.create_index("idx_user_online_statuses_last_seen", "user_online_statuses", ["last_seen_at"])
    op.create_index("idx_user_online_statuses_room", "user_online_statuses", ["current_room_id"])


def _choices() -> None:
    op.create_table(
        "presence_claims",
        sa.Column("user_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("status", sa.Enum(*_STATUSES, name="status", create_constraint=True), nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("user_id", "position", name="pk_presence_claims"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_presence_claims_user_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "custom_statuses",
        sa.Column("user_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("text", sa.String(100)),
        sa.Column("emoji", sa.String(16)),
        sa.Column("ends_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("user_id", name="pk_custom_statuses"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_custom_statuses_user_id", ondelete="CASCADE"
        ),
    )
