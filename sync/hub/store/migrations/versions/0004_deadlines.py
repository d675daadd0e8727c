"""Days of return, and whether they were kept."""

import sqlalchemy as sa
from alembic import op

revision = "0004_deadlines"
down_revision = "0003_data_requests"


def upgrade() -> None:
    op.create_table(
        "deadline",
        sa.Column("dossier", sa.String(length=36), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=False),
        sa.Column("done_on", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_deadline_commune")),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name=op.f("fk_deadline_dossier")),
        sa.PrimaryKeyConstraint("dossier", name=op.f("pk_deadline")),
    )
    op.create_index("ix_deadline_commune_done_due", "deadline", ["commune", "done_on", "due_on"])
    for column in ("hamlet", "procedure"):
        op.create_index(
            f"ix_dossier_commune_{column}_arrived", "dossier", ["commune", column, "arrived_at", "id"]
        )
