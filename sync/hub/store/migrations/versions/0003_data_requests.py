"""Requests of persons about their own data."""

import sqlalchemy as sa
from alembic import op

revision = "0003_data_requests"
down_revision = "0002_results"


def upgrade() -> None:
    op.create_table(
        "data_request",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("dossier", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("asked_on", sa.String(length=10), nullable=False),
        sa.Column("told_at", sa.String(length=40), nullable=True),
        sa.Column("done_at", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_data_request_commune")),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name=op.f("fk_data_request_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    op.create_index("ix_data_request_commune_done_at", "data_request", ["commune", "done_at"])
