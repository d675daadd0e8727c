"""The inbox and the search walk an index from the newest arrival on, however many dossiers there are."""

import sqlalchemy as sa
from alembic import op

revision = "0007_quick_lists"
down_revision = "0006_tokens"


def upgrade() -> None:
    with op.batch_alter_table("dossier") as dossier:
        dossier.create_index("ix_dossier_commune_arrived", ["commune", "arrived_at", "id"])
    op.add_column("search_key", sa.Column("arrived_at", sa.String(length=40)))
    op.execute(
        "UPDATE search_key SET arrived_at = "
        "(SELECT dossier.arrived_at FROM dossier WHERE dossier.id = search_key.dossier)"
    )
    with op.batch_alter_table("search_key") as search_key:
        search_key.alter_column("arrived_at", existing_type=sa.String(length=40), nullable=False)
        search_key.drop_index("ix_search_key_commune_key")
        search_key.create_index(
            "ix_search_key_commune_key_arrived", ["commune", "key", "arrived_at", "dossier"]
        )
