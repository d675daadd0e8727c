"""A one-time code may be for a point that is known already and lost its keys."""

import sqlalchemy as sa
from alembic import op

revision = "0008_codes_for_known_points"
down_revision = "0007_quick_lists"


def upgrade() -> None:
    op.add_column("enrol_code", sa.Column("renews", sa.String(length=36)))
