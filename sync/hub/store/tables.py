"""The hub's tables. Every one carries its commune; bodies and sentences are sealed bytes.

Times are ISO 8601 texts with their zone: they are shown, never used for order.
"""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _commune() -> Column[str]:
    return Column("commune", String(64), ForeignKey("commune.id"), nullable=False)


commune = Table(
    "commune",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("epoch", String(36), nullable=False),
    Column("receipt_number", Integer, nullable=False),
    Column("safe", Integer, nullable=False),
)

enrol_code = Table(
    "enrol_code",
    metadata,
    Column("digest", String(64), primary_key=True),
    _commune(),
    Column("hamlet", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("point", String(36)),
    Column("renews", String(36)),
)

point = Table(
    "point",
    metadata,
    Column("id", String(36), primary_key=True),
    _commune(),
    Column("hamlet", Text, nullable=False),
    Column("signing_key", String(64), nullable=False),
    Column("sealing_key", String(128), nullable=False),
    Column("token_digest", String(64), nullable=False, unique=True),
    Column("next_token_digest", String(64)),
    Column("old_token_digest", String(64)),
    Column("token_at", String(40), nullable=False, server_default=""),
    Column("enrolled_at", String(40), nullable=False),
    Column("revoked_at", String(40)),
    Column("last_contact", String(40)),
    Column("news_number", Integer, nullable=False),
)

incarnation = Table(
    "incarnation",
    metadata,
    Column("point", String(36), ForeignKey("point.id"), primary_key=True),
    Column("id", String(64), primary_key=True),
    _commune(),
    Column("sequence", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("answer", LargeBinary, nullable=False),
)

dossier = Table(
    "dossier",
    metadata,
    Column("id", String(36), primary_key=True),
    _commune(),
    Column("point", String(36), ForeignKey("point.id"), nullable=False),
    Column("hamlet", Text, nullable=False),
    Column("procedure", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String(32), nullable=False),
    Column("arrived_at", String(40), nullable=False),
    Column("changed_at", String(40), nullable=False),
    Index("ix_dossier_commune_arrived", "commune", "arrived_at", "id"),
    Index("ix_dossier_commune_state_arrived", "commune", "state", "arrived_at", "id"),
    Index("ix_dossier_commune_hamlet_arrived", "commune", "hamlet", "arrived_at", "id"),
    Index("ix_dossier_commune_procedure_arrived", "commune", "procedure", "arrived_at", "id"),
)

event = Table(
    "event",
    metadata,
    Column("id", String(36), primary_key=True),
    _commune(),
    Column("point", String(36), ForeignKey("point.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("dossier", String(36), ForeignKey("dossier.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("arrived_at", String(40), nullable=False),
    Column("receipt_epoch", String(36)),
    Column("receipt_number", Integer),
    Column("received_at", String(40)),
    Column("signature", String(128)),
    Index(
        "uq_event_dossier_revision",
        "dossier",
        "revision",
        unique=True,
        sqlite_where=text("kind = 'dossier'"),
        postgresql_where=text("kind = 'dossier'"),
    ),
    Index("ix_event_point_receipt", "point", "receipt_epoch", "receipt_number"),
    Index("ix_event_dossier", "dossier"),
)

event_paper = Table(
    "event_paper",
    metadata,
    Column("event", String(36), ForeignKey("event.id"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    _commune(),
    Index("ix_event_paper_sha256", "sha256"),
)

paper = Table(
    "paper",
    metadata,
    Column("point", String(36), ForeignKey("point.id"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    _commune(),
    Column("size", Integer, nullable=False),
    Column("arrived_at", String(40), nullable=False),
)

upload = Table(
    "upload",
    metadata,
    Column("id", String(36), primary_key=True),
    _commune(),
    Column("point", String(36), ForeignKey("point.id"), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("length", Integer, nullable=False),
    Column("made_at", String(40), nullable=False),
    Index("ix_upload_point_sha256", "point", "sha256"),
)

news = Table(
    "news",
    metadata,
    Column("point", String(36), ForeignKey("point.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    _commune(),
    Column("dossier", String(36), ForeignKey("dossier.id"), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("made_at", String(40), nullable=False),
)

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _commune(),
    Column("dossier", String(36), ForeignKey("dossier.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("state", String(32), nullable=False),
    Column("note", LargeBinary, nullable=False),
    Index("ix_history_dossier", "dossier", "id"),
)

search_key = Table(
    "search_key",
    metadata,
    Column("dossier", String(36), ForeignKey("dossier.id"), primary_key=True),
    Column("key", String(32), primary_key=True),
    _commune(),
    Column("arrived_at", String(40), nullable=False),
    Index("ix_search_key_commune_key_arrived", "commune", "key", "arrived_at", "dossier"),
)
"""``arrived_at`` is the dossier's own, so that a search finds the newest without reading the others."""

officer = Table(
    "officer",
    metadata,
    Column("id", String(36), primary_key=True),
    _commune(),
    Column("name", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("password", String(256), nullable=False),
    Column("made_at", String(40), nullable=False),
    UniqueConstraint("commune", "name"),
)

office_session = Table(
    "office_session",
    metadata,
    Column("digest", String(64), primary_key=True),
    _commune(),
    Column("officer", String(36), ForeignKey("officer.id"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("expires_at", Integer, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _commune(),
    Column("at", String(40), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("action", String(32), nullable=False),
    Column("dossier", String(36)),
    Column("detail", String(128), nullable=False),
    Index("ix_audit_dossier", "dossier", "id"),
)

result = Table(
    "result",
    metadata,
    Column("dossier", String(36), ForeignKey("dossier.id"), primary_key=True),
    _commune(),
    Column("point", String(36), ForeignKey("point.id"), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_result_point_sha256", "point", "sha256"),
)

data_request = Table(
    "data_request",
    metadata,
    Column("id", String(36), primary_key=True),
    _commune(),
    Column("dossier", String(36), ForeignKey("dossier.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("asked_on", String(10), nullable=False),
    Column("told_at", String(40)),
    Column("done_at", String(40)),
    Index("ix_data_request_commune_done_at", "commune", "done_at"),
)

deadline = Table(
    "deadline",
    metadata,
    Column("dossier", String(36), ForeignKey("dossier.id"), primary_key=True),
    _commune(),
    Column("due_on", String(10), nullable=False),
    Column("done_on", String(10), nullable=False),
    Index("ix_deadline_commune_done_due", "commune", "done_on", "due_on"),
)

point_report = Table(
    "point_report",
    metadata,
    Column("point", String(36), ForeignKey("point.id"), primary_key=True),
    _commune(),
    Column("program", String(40), nullable=False),
    Column("pack", String(40), nullable=False),
    Column("queue", Integer, nullable=False),
    Column("parked", Integer, nullable=False),
    Column("free_mb", Integer, nullable=False),
    Column("last_visit", String(10), nullable=False),
)

guide_end = Table(
    "guide_end",
    metadata,
    Column("point", String(36), ForeignKey("point.id"), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("guide", String(64), primary_key=True),
    Column("exit", String(64), primary_key=True),
    Column("reason", String(64), primary_key=True),
    _commune(),
    Column("times", Integer, nullable=False),
)

message = Table(
    "message",
    metadata,
    Column("point", String(36), ForeignKey("point.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    _commune(),
    Column("body", LargeBinary, nullable=False),
    Column("made_at", String(40), nullable=False),
)
"""Words for a point itself; they share the numbers of its news."""
