"""The first tables. There is no way back: a hub that must go back restores its copy."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _add_commune()
    _add_audit()
    _add_enrol_code()
    _add_officer()
    _add_point()
    _add_dossier()
    _add_incarnation()
    _add_office_session()
    _add_paper()
    _add_upload()
    _add_event()
    _add_history()
    _add_news()
    _add_search_key()
    _add_event_paper()


def _add_commune() -> None:
    op.create_table(
        "commune",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("receipt_number", sa.Integer(), nullable=False),
        sa.Column("safe", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commune")),
    )


def _add_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("dossier", sa.String(length=36), nullable=True),
        sa.Column("detail", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_audit_commune")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_dossier", ["dossier", "id"], unique=False)


def _add_enrol_code() -> None:
    op.create_table(
        "enrol_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("hamlet", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.Column("point", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_enrol_code_commune")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_enrol_code")),
    )


def _add_officer() -> None:
    op.create_table(
        "officer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password", sa.String(length=256), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_officer_commune")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("commune", "name", name=op.f("uq_officer_commune_name")),
    )


def _add_point() -> None:
    op.create_table(
        "point",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("hamlet", sa.Text(), nullable=False),
        sa.Column("signing_key", sa.String(length=64), nullable=False),
        sa.Column("sealing_key", sa.String(length=128), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("enrolled_at", sa.String(length=40), nullable=False),
        sa.Column("revoked_at", sa.String(length=40), nullable=True),
        sa.Column("last_contact", sa.String(length=40), nullable=True),
        sa.Column("news_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_point_commune")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_point_token_digest")),
    )


def _add_dossier() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("point", sa.String(length=36), nullable=False),
        sa.Column("hamlet", sa.Text(), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("arrived_at", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_dossier_commune")),
        sa.ForeignKeyConstraint(["point"], ["point.id"], name=op.f("fk_dossier_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
    )
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.create_index(
            "ix_dossier_commune_state_arrived", ["commune", "state", "arrived_at", "id"], unique=False
        )


def _add_incarnation() -> None:
    op.create_table(
        "incarnation",
        sa.Column("point", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_incarnation_commune")),
        sa.ForeignKeyConstraint(["point"], ["point.id"], name=op.f("fk_incarnation_point")),
        sa.PrimaryKeyConstraint("point", "id", name=op.f("pk_incarnation")),
    )


def _add_office_session() -> None:
    op.create_table(
        "office_session",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("officer", sa.String(length=36), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_office_session_commune")),
        sa.ForeignKeyConstraint(["officer"], ["officer.id"], name=op.f("fk_office_session_officer")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_office_session")),
    )


def _add_paper() -> None:
    op.create_table(
        "paper",
        sa.Column("point", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_paper_commune")),
        sa.ForeignKeyConstraint(["point"], ["point.id"], name=op.f("fk_paper_point")),
        sa.PrimaryKeyConstraint("point", "sha256", name=op.f("pk_paper")),
    )


def _add_upload() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("point", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_upload_commune")),
        sa.ForeignKeyConstraint(["point"], ["point.id"], name=op.f("fk_upload_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index("ix_upload_point_sha256", ["point", "sha256"], unique=False)


def _add_event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("point", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("dossier", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("arrived_at", sa.String(length=40), nullable=False),
        sa.Column("receipt_epoch", sa.String(length=36), nullable=True),
        sa.Column("receipt_number", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.String(length=40), nullable=True),
        sa.Column("signature", sa.String(length=128), nullable=True),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_event_commune")),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name=op.f("fk_event_dossier")),
        sa.ForeignKeyConstraint(["point"], ["point.id"], name=op.f("fk_event_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_dossier", ["dossier"], unique=False)
        batch_op.create_index(
            "ix_event_point_receipt", ["point", "receipt_epoch", "receipt_number"], unique=False
        )
        batch_op.create_index(
            "uq_event_dossier_revision",
            ["dossier", "revision"],
            unique=True,
            sqlite_where=sa.text("kind = 'dossier'"),
            postgresql_where=sa.text("kind = 'dossier'"),
        )


def _add_history() -> None:
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("dossier", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_history_commune")),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name=op.f("fk_history_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index("ix_history_dossier", ["dossier", "id"], unique=False)


def _add_news() -> None:
    op.create_table(
        "news",
        sa.Column("point", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.Column("dossier", sa.String(length=36), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_news_commune")),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name=op.f("fk_news_dossier")),
        sa.ForeignKeyConstraint(["point"], ["point.id"], name=op.f("fk_news_point")),
        sa.PrimaryKeyConstraint("point", "number", name=op.f("pk_news")),
    )


def _add_search_key() -> None:
    op.create_table(
        "search_key",
        sa.Column("dossier", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_search_key_commune")),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.id"], name=op.f("fk_search_key_dossier")),
        sa.PrimaryKeyConstraint("dossier", "key", name=op.f("pk_search_key")),
    )
    with op.batch_alter_table("search_key", schema=None) as batch_op:
        batch_op.create_index("ix_search_key_commune_key", ["commune", "key"], unique=False)


def _add_event_paper() -> None:
    op.create_table(
        "event_paper",
        sa.Column("event", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("commune", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["commune"], ["commune.id"], name=op.f("fk_event_paper_commune")),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_event_paper_event")),
        sa.PrimaryKeyConstraint("event", "sha256", name=op.f("pk_event_paper")),
    )
    with op.batch_alter_table("event_paper", schema=None) as batch_op:
        batch_op.create_index("ix_event_paper_sha256", ["sha256"], unique=False)
