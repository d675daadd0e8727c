"""The tables as queries see them. What creates them is ``migrations``; a test compares the two."""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

METADATA = MetaData()

secrets = Table(
    "secrets",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

enrolment = Table(
    "enrolment",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("point", Text, nullable=False),
    Column("hamlet", Text, nullable=False),
    Column("commune", Text, nullable=False),
    Column("hub_url", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("hub_key", Text, nullable=False),
    Column("commune_key", Text, nullable=False),
    Column("trial", Integer, nullable=False),
    Column("token", Text, nullable=False),
    Column("next_token", Text, nullable=False, server_default=""),
)

link = Table(
    "link",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("incarnation", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("receipt", Integer, nullable=False),
    Column("safe", Integer, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("last_contact", Text, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("last_stick", Text, nullable=False),
)

visits = Table(
    "visits",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("started_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("purposes", Text, nullable=False),
    Column("text_version", Text, nullable=False),
    Column("witness", Text, nullable=False),
    Column("address_as", Text, nullable=False),
    Column("practice", Integer, nullable=False),
)

dossiers = Table(
    "dossiers",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("visit", Text, nullable=False),
    Column("slug", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("form_version", Text, nullable=False),
    Column("road", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("draft", Integer),
    Column("place", Text, nullable=False),
    Column("practice", Integer, nullable=False),
    Column("slip_code", Text, nullable=False),
    Column("portal_code", Text, nullable=False),
    Column("base_digest", Text, nullable=False),
    Column("person_mark", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("asked_papers", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)

answers = Table(
    "answers",
    METADATA,
    Column("dossier", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("source", Text, nullable=False),
)

dropped_answers = Table(
    "dropped_answers",
    METADATA,
    Column("dossier", Text, primary_key=True),
    Column("form_version", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("label", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("dropped_at", Text, nullable=False),
)

visit_people = Table(
    "visit_people",
    METADATA,
    Column("visit", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

corrections = Table(
    "corrections",
    METADATA,
    Column("dossier", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("told_by", Text, nullable=False),
)

ticks = Table(
    "ticks",
    METADATA,
    Column("dossier", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("at", Text, nullable=False),
)

draft_papers = Table(
    "draft_papers",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("dossier", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

contacts = Table(
    "contacts",
    METADATA,
    Column("dossier", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("consent_version", Text, nullable=False),
    Column("given_at", Text, nullable=False),
)

outbox = Table(
    "outbox",
    METADATA,
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("dossier", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("digest", Text, nullable=False),
    Column("papers", Text, nullable=False),
    Column("queued_at", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("sentence", Text, nullable=False),
)

sealed_papers = Table(
    "sealed_papers",
    METADATA,
    Column("sealed_sha256", Text, primary_key=True),
    Column("event", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("upload_url", Text),
    Column("arrived", Integer, nullable=False),
)

receipts = Table(
    "receipts",
    METADATA,
    Column("epoch", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("event", Text, nullable=False),
    Column("dossier", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("signature", Text, nullable=False),
)

stick_copies = Table(
    "stick_copies",
    METADATA,
    Column("event", Text, primary_key=True),
    Column("stick", Text, nullable=False),
    Column("at", Text, nullable=False),
)

news = Table(
    "news",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("dossier", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("portal_code", Text, nullable=False),
    Column("papers", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("form_version", Text, nullable=False),
    Column("day", Text, nullable=False),
)

results = Table(
    "results",
    METADATA,
    Column("dossier", Text, primary_key=True),
    Column("sealed_sha256", Text, nullable=False),
    Column("sealed_size", Integer, nullable=False),
    Column("plain_sha256", Text, nullable=False),
    Column("original_at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

hand_backs = Table(
    "hand_backs",
    METADATA,
    Column("dossier", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("volunteer", Text, nullable=False),
    Column("pages", Integer, nullable=False),
)

walks = Table(
    "walks",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("guide", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("visit", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("practice", Integer, nullable=False),
    Column("changed_at", Text, nullable=False),
)

guide_ends = Table(
    "guide_ends",
    METADATA,
    Column("month", Text, primary_key=True),
    Column("guide", Text, primary_key=True),
    Column("exit", Text, primary_key=True),
    Column("reason", Text, primary_key=True),
    Column("times", Integer, nullable=False),
)

log_padding = Table(
    "log_padding",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""Always empty; see ``Database.tidy``."""

compared = Table(
    "compared",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
)
