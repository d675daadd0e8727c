"""Copies of results, sealed to their points."""

import sqlalchemy as sa
from alembic import op

revision = "0002_results"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "result",
        sa.Column("dossier", sa.String(length=36), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("point", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_result_commune")),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name=op.f("fk_result_dossier")),
        sa.ForeignKeyConstraint(["point"], ["point.id"], name=op.f("fk_result_point")),
        sa.PrimaryKeyConstraint("dossier", name=op.f("pk_result")),
    )
    op.create_index("ix_result_point_sha256", "result", ["point", "sha256"])
