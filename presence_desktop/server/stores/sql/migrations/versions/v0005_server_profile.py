"""What the server says of itself: its name."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; a server that was given no name has none."""
    op.create_table(
        "server_profile",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(60)),
        sa.PrimaryKeyConstraint("id", name="pk_server_profile"),
    )
