"""How walkthroughs ended at the points, counted."""

import sqlalchemy as sa
from alembic import op

revision = "0009_guide_ends"
down_revision = "0008_codes_for_known_points"


def upgrade() -> None:
    op.create_table(
        "guide_end",
        sa.Column("point", sa.String(length=36), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("guide", sa.String(length=64), nullable=False),
        sa.Column("exit", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_guide_end_commune")),
        sa.ForeignKeyConstraint(["point"], ["point.id"], name=op.f("fk_guide_end_point")),
        sa.PrimaryKeyConstraint("point", "month", "guide", "exit", "reason", name=op.f("pk_guide_end")),
    )
