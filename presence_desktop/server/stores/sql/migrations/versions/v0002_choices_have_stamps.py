"""When choices were made, so that of two servers' writings the newer one holds; told even where nothing is chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of stamps; choices without one are older than all others."""
    op.create_table(
        "presence_choices",
        sa.Column("user_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("stamp", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_presence_choices"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_presence_choices_user_id", ondelete="CASCADE"
        ),
    )
    op.create_index("idx_presence_choices_stamp", "presence_choices", ["stamp"])
