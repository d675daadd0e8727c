"""How points stand, and messages for them."""

import sqlalchemy as sa
from alembic import op

revision = "0005_point_reports"
down_revision = "0004_deadlines"


def upgrade() -> None:
    op.create_table(
        "point_report",
        sa.Column("point", sa.String(length=36), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("pack", sa.String(length=40), nullable=False),
        sa.Column("queue", sa.Integer(), nullable=False),
        sa.Column("parked", sa.Integer(), nullable=False),
        sa.Column("free_mb", sa.Integer(), nullable=False),
        sa.Column("last_visit", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_point_report_commune")),
        sa.ForeignKeyConstraint(["point"], ["point.id"], name=op.f("fk_point_report_point")),
        sa.PrimaryKeyConstraint("point", name=op.f("pk_point_report")),
    )
    op.create_table(
        "message",
        sa.Column("point", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_message_commune")),
        sa.ForeignKeyConstraint(["point"], ["point.id"], name=op.f("fk_message_point")),
        sa.PrimaryKeyConstraint("point", "number", name=op.f("pk_message")),
    )
