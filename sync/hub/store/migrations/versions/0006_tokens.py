"""Tokens of points change: the next one and the one before, and since when one is in force."""

import sqlalchemy as sa
from alembic import op

revision = "0006_tokens"
down_revision = "0005_point_reports"


def upgrade() -> None:
    op.add_column("point", sa.Column("next_token_digest", sa.String(length=64)))
    op.add_column("point", sa.Column("old_token_digest", sa.String(length=64)))
    op.add_column("point", sa.Column("token_at", sa.String(length=40), nullable=False, server_default=""))
    op.execute("UPDATE point SET token_at = enrolled_at")
