"""How the database came to its present shape: numbered steps, each run once, in one transaction.

A step is frozen once released: it names its own SQL and never looks at ``tables``.
"""

from collections.abc import Callable

from sqlalchemy import Connection

from kiosk.domain.errors import WorldError

_FIRST = (
    "CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE enrolment (
        id INTEGER PRIMARY KEY CHECK (id = 1), point TEXT NOT NULL, hamlet TEXT NOT NULL,
        commune TEXT NOT NULL, hub_url TEXT NOT NULL, authority TEXT NOT NULL, hub_key TEXT NOT NULL,
        commune_key TEXT NOT NULL, trial INTEGER NOT NULL, token TEXT NOT NULL) STRICT""",
    """CREATE TABLE link (
        id INTEGER PRIMARY KEY CHECK (id = 1), incarnation TEXT NOT NULL, sequence INTEGER NOT NULL,
        epoch TEXT NOT NULL, receipt INTEGER NOT NULL, safe INTEGER NOT NULL, cursor INTEGER NOT NULL,
        last_contact TEXT NOT NULL, last_error TEXT NOT NULL) STRICT""",
    """CREATE TABLE visits (
        id TEXT PRIMARY KEY, started_at TEXT NOT NULL, ended_at TEXT, purposes TEXT NOT NULL,
        text_version TEXT NOT NULL, witness TEXT NOT NULL, address_as TEXT NOT NULL,
        practice INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE dossiers (
        id TEXT PRIMARY KEY, visit TEXT NOT NULL REFERENCES visits (id), slug TEXT NOT NULL,
        procedure TEXT NOT NULL, form TEXT NOT NULL, form_version TEXT NOT NULL, road TEXT NOT NULL,
        state TEXT NOT NULL, revision INTEGER NOT NULL, draft INTEGER, place TEXT NOT NULL,
        practice INTEGER NOT NULL, slip_code TEXT NOT NULL UNIQUE, portal_code TEXT NOT NULL,
        base_digest TEXT NOT NULL, person_mark TEXT NOT NULL, sentence TEXT NOT NULL,
        asked_papers TEXT NOT NULL, reason TEXT NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL,
        CHECK (practice = 0 OR state IN ('draft', 'ready', 'withdrawn', 'erased'))) STRICT, WITHOUT ROWID""",
    "CREATE INDEX dossiers_by_mark ON dossiers (person_mark) WHERE person_mark <> ''",
    """CREATE TABLE answers (
        dossier TEXT NOT NULL REFERENCES dossiers (id), revision INTEGER NOT NULL, name TEXT NOT NULL,
        value TEXT NOT NULL, source TEXT NOT NULL,
        PRIMARY KEY (dossier, revision, name)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE draft_papers (
        id TEXT PRIMARY KEY, dossier TEXT NOT NULL REFERENCES dossiers (id), kind TEXT NOT NULL,
        media_type TEXT NOT NULL, pages INTEGER NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL,
        body BLOB NOT NULL) STRICT""",
    "CREATE INDEX draft_papers_by_dossier ON draft_papers (dossier)",
    """CREATE TABLE contacts (
        dossier TEXT PRIMARY KEY REFERENCES dossiers (id), name TEXT NOT NULL, phone TEXT NOT NULL,
        consent_version TEXT NOT NULL, given_at TEXT NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE outbox (
        position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
        dossier TEXT NOT NULL REFERENCES dossiers (id), revision INTEGER NOT NULL, procedure TEXT NOT NULL,
        body BLOB NOT NULL, digest TEXT NOT NULL, papers TEXT NOT NULL, queued_at TEXT NOT NULL,
        attempts INTEGER NOT NULL, state TEXT NOT NULL
            CHECK (state IN ('waiting', 'accepted', 'received', 'safe', 'parked')),
        reason TEXT NOT NULL, sentence TEXT NOT NULL) STRICT""",
    "CREATE INDEX outbox_by_dossier ON outbox (dossier)",
    "CREATE INDEX outbox_by_state ON outbox (state)",
    """CREATE TRIGGER practice_is_never_queued BEFORE INSERT ON outbox
        WHEN (SELECT practice FROM dossiers WHERE id = NEW.dossier) <> 0
        BEGIN SELECT RAISE(ABORT, 'a practice dossier can never be queued'); END""",
    """CREATE TRIGGER practice_is_for_life BEFORE UPDATE OF practice ON dossiers
        WHEN OLD.practice <> NEW.practice
        BEGIN SELECT RAISE(ABORT, 'a practice dossier stays one'); END""",
    """CREATE TABLE sealed_papers (
        sealed_sha256 TEXT PRIMARY KEY, event TEXT NOT NULL REFERENCES outbox (id), size INTEGER NOT NULL,
        upload_url TEXT, arrived INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    "CREATE INDEX sealed_papers_by_event ON sealed_papers (event)",
    """CREATE TABLE receipts (
        epoch TEXT NOT NULL, number INTEGER NOT NULL, event TEXT NOT NULL, dossier TEXT NOT NULL,
        revision INTEGER NOT NULL, digest TEXT NOT NULL, received_at TEXT NOT NULL, signature TEXT NOT NULL,
        PRIMARY KEY (epoch, number)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX receipts_by_event ON receipts (event)",
    """CREATE TABLE news (
        number INTEGER PRIMARY KEY, dossier TEXT NOT NULL, revision INTEGER NOT NULL, state TEXT NOT NULL,
        at TEXT NOT NULL, sentence TEXT NOT NULL, portal_code TEXT NOT NULL, papers TEXT NOT NULL,
        answers TEXT NOT NULL, form TEXT NOT NULL, form_version TEXT NOT NULL) STRICT""",
    "CREATE TABLE log_padding (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT",
    "CREATE INDEX news_by_dossier ON news (dossier)",
)


def _create_everything(connection: Connection) -> None:
    for statement in _FIRST:
        connection.exec_driver_sql(statement)


def _keep_dropped_answers(connection: Connection) -> None:
    """Answers whose question a newer form does not ask: readable as long as the draft is."""
    connection.exec_driver_sql(
        """CREATE TABLE dropped_answers (
            dossier TEXT NOT NULL REFERENCES dossiers (id), form_version TEXT NOT NULL, name TEXT NOT NULL,
            label TEXT NOT NULL, text TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL,
            dropped_at TEXT NOT NULL, PRIMARY KEY (dossier, form_version, name)) STRICT, WITHOUT ROWID"""
    )


def _keep_people_of_a_visit(connection: Connection) -> None:
    """What one visit's dossiers told of its persons, until the visit ends."""
    connection.exec_driver_sql(
        """CREATE TABLE visit_people (
            visit TEXT NOT NULL REFERENCES visits (id), role TEXT NOT NULL, part TEXT NOT NULL,
            value TEXT NOT NULL, PRIMARY KEY (visit, role, part)) STRICT, WITHOUT ROWID"""
    )


def _keep_walks(connection: Connection) -> None:
    """Walkthroughs under way and how often each ended where; neither knows of anybody."""
    connection.exec_driver_sql(
        """CREATE TABLE walks (
            code TEXT PRIMARY KEY, guide TEXT NOT NULL, version TEXT NOT NULL, visit TEXT NOT NULL,
            path TEXT NOT NULL, kept INTEGER NOT NULL, practice INTEGER NOT NULL,
            changed_at TEXT NOT NULL) STRICT, WITHOUT ROWID"""
    )
    connection.exec_driver_sql(
        """CREATE TABLE guide_ends (
            month TEXT NOT NULL, guide TEXT NOT NULL, exit TEXT NOT NULL, reason TEXT NOT NULL,
            times INTEGER NOT NULL, PRIMARY KEY (month, guide, exit, reason)) STRICT, WITHOUT ROWID"""
    )


def _keep_ticks(connection: Connection) -> None:
    """What the volunteer acknowledged before a draft is signed and handed over."""
    connection.exec_driver_sql(
        """CREATE TABLE ticks (
            dossier TEXT NOT NULL REFERENCES dossiers (id), key TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (dossier, key)) STRICT, WITHOUT ROWID"""
    )


def _keep_results(connection: Connection) -> None:
    """Copies of results, sealed to this point, and the record that one was handed over."""
    connection.exec_driver_sql(
        """CREATE TABLE results (
            dossier TEXT PRIMARY KEY REFERENCES dossiers (id), sealed_sha256 TEXT NOT NULL,
            sealed_size INTEGER NOT NULL, plain_sha256 TEXT NOT NULL, original_at TEXT NOT NULL,
            body BLOB NOT NULL) STRICT"""
    )
    connection.exec_driver_sql(
        """CREATE TABLE hand_backs (
            dossier TEXT PRIMARY KEY REFERENCES dossiers (id), at TEXT NOT NULL, volunteer TEXT NOT NULL,
            pages INTEGER NOT NULL) STRICT, WITHOUT ROWID"""
    )


def _keep_when_sets_were_compared(connection: Connection) -> None:
    """When the hub was last asked whether it still holds everything."""
    connection.exec_driver_sql(
        "CREATE TABLE compared (id INTEGER PRIMARY KEY CHECK (id = 1), at TEXT NOT NULL) STRICT"
    )


def _keep_the_next_token(connection: Connection) -> None:
    """A token that this point made for itself and that the hub may not know yet."""
    connection.exec_driver_sql("ALTER TABLE enrolment ADD COLUMN next_token TEXT NOT NULL DEFAULT ''")


def _keep_corrections(connection: Connection) -> None:
    """Which facts of a person were corrected in this draft by hand, and which by another draft."""
    connection.exec_driver_sql(
        """CREATE TABLE corrections (
            dossier TEXT NOT NULL REFERENCES dossiers (id), name TEXT NOT NULL, told_by TEXT NOT NULL,
            PRIMARY KEY (dossier, name)) STRICT, WITHOUT ROWID"""
    )


def _keep_appointments(connection: Connection) -> None:
    """The day that the commune named: to come, or of return."""
    connection.exec_driver_sql("ALTER TABLE news ADD COLUMN day TEXT NOT NULL DEFAULT ''")


def _keep_stick_copies(connection: Connection) -> None:
    """Which queued events were copied to which memory stick, and when."""
    connection.exec_driver_sql(
        """CREATE TABLE stick_copies (
            event TEXT PRIMARY KEY REFERENCES outbox (id) ON DELETE CASCADE, stick TEXT NOT NULL,
            at TEXT NOT NULL) STRICT, WITHOUT ROWID"""
    )


def _walk_the_queue_without_its_bodies(connection: Connection) -> None:
    """Counting and planning read these columns of every event that waits; the rows beside them are long."""
    connection.exec_driver_sql("DROP INDEX outbox_by_state")
    connection.exec_driver_sql("CREATE INDEX outbox_line ON outbox (state, dossier, attempts, id, queued_at)")


def _count_short_words(connection: Connection) -> None:
    """Those that are no dossiers: few among many, and told apart by a column that no index held."""
    connection.exec_driver_sql(
        "CREATE INDEX outbox_small ON outbox (state) WHERE kind NOT IN ('dossier', 'supplement')"
    )


def _keep_when_a_stick_came_back(connection: Connection) -> None:
    """An answer that came on foot is an answer, too."""
    connection.exec_driver_sql("ALTER TABLE link ADD COLUMN last_stick TEXT NOT NULL DEFAULT ''")


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _create_everything,
    _keep_dropped_answers,
    _keep_people_of_a_visit,
    _keep_walks,
    _keep_ticks,
    _keep_results,
    _keep_when_sets_were_compared,
    _keep_the_next_token,
    _keep_corrections,
    _keep_appointments,
    _keep_stick_copies,
    _walk_the_queue_without_its_bodies,
    _count_short_words,
    _keep_when_a_stick_came_back,
)
"""Step ``n`` (counted from 1) leads to ``user_version`` ``n``."""


def version_of(connection: Connection) -> int:
    """The version that the database's file says it has; 0 for a new file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(connection: Connection) -> None:
    """Bring the database to the newest version; the caller holds the write transaction.

    Raises ``WorldError("database.newer")`` where a newer program wrote the file: nothing is touched.
    """
    now = version_of(connection)
    if now > len(MIGRATIONS):
        raise WorldError("database.newer", found=now, known=len(MIGRATIONS))
    for number, step in enumerate(MIGRATIONS[now:], start=now + 1):
        step(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {number}")
