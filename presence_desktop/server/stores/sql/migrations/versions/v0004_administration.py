"""The audit log, how often an invite was good for, and what is known of the device of a sign-in."""

import logging

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ONLY_GROWS = "the audit log only grows"
_FAILS = f"BEGIN SELECT RAISE(ABORT, '{_ONLY_GROWS}'); END"
"""In the words of SQLite."""
_log = logging.getLogger("presence.server")


def upgrade() -> None:
    """Make the log and the columns; of older invites what is left is all that is known."""
    op.create_table(
        "audit_log",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor_id", sa.Integer),
        sa.Column("actor", sa.String(64)),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("target_id", sa.Integer),
        sa.Column("target", sa.String(254)),
        sa.Column("detail", sa.String(250)),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
        sqlite_autoincrement=True,
    )
    op.add_column("invites", sa.Column("uses", sa.Integer, nullable=False, server_default=sa.text("1")))
    op.execute("UPDATE invites SET uses = uses_left")
    op.add_column("sign_ins", sa.Column("device", sa.String(100)))
    op.add_column("sign_ins", sa.Column("used_at", sa.BigInteger))
    for event in ("UPDATE", "DELETE"):
        _refuse(event)
    if (
        op.get_bind().dialect.name == "sqlite"
    ):  # what REPLACE removes there, the trigger above is not asked about
        there = "WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)"
        op.execute(f"CREATE TRIGGER audit_log_no_replace BEFORE INSERT ON audit_log {there} {_FAILS}")


def _refuse(event: str) -> None:
    """A trigger that refuses; no code of the server tries, this is for everybody else."""
    name = f"audit_log_no_{event.lower()}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON audit_log {_FAILS}")
        return
    fails = f"FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{_ONLY_GROWS}'"
    try:
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON audit_log {fails}")
    except (
        sa.exc.DBAPIError
    ) as error:  # the right to make triggers is not everybody's (and needs more with a binary log)
        _log.warning("database.no-trigger", extra={"fields": {"name": name, "reason": str(error.orig)}})
