"""Answers while they may be read, and that nothing of them stays."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy.exc import DatabaseError

from kiosk.domain.dossier import Answer, Source, State
from kiosk.domain.ids import new_id
from kiosk.domain.paper import Paper
from kiosk.storage import drafts, outbox, papers, secrets, visits
from kiosk.storage.database import Database
from kiosk.storage.secrets import PointSecrets
from tests.support.points import AT, CONSENT, KEY, add_draft, outbox_item

NAME = Answer("tre_ho_ten", "Trần Nguyễn Bảo Ngọc")


@pytest.fixture
def draft(database: Database) -> drafts.DossierRow:
    with database.write() as connection:
        return add_draft(connection)


def save(database: Database, row: drafts.DossierRow, *answers: Answer, place: str = "form") -> bool:
    with database.write() as connection:
        return drafts.save(connection, row.id, 1, answers, place, AT)


def kept(database: Database, row: drafts.DossierRow) -> list[Answer]:
    with database.read() as connection:
        return drafts.answers_of(connection, row.id, 1)


def test_a_dossier_comes_back_as_it_was_put(database: Database, draft: drafts.DossierRow) -> None:
    with database.read() as connection:
        assert drafts.load(connection, draft.id) == draft
        assert drafts.by_slip_code(connection, draft.slip_code) == draft
        assert drafts.open_drafts(connection) == [draft]
        assert drafts.load(connection, new_id()) is None


def test_a_later_answer_replaces_the_earlier_with_its_source(
    database: Database, draft: drafts.DossierRow
) -> None:
    save(database, draft, Answer("me_ho_ten", "Nguyễn Thị Bưởi", Source.CARD), NAME)
    save(database, draft, Answer("me_ho_ten", "", Source.TYPED))
    assert kept(database, draft) == [Answer("me_ho_ten", "", Source.TYPED), NAME]


def test_the_place_is_kept_without_any_answer(database: Database, draft: drafts.DossierRow) -> None:
    assert save(database, draft, place="trang_me")
    with database.read() as connection:
        assert drafts.open_drafts(connection)[0].place == "trang_me"


def test_values_keep_every_sign(database: Database, draft: drafts.DossierRow) -> None:
    value = '  Đường "30/4"; DROP TABLE answers;--\n\tấp Ỷ La 🙂 ' + "ằ" * 5000
    save(database, draft, Answer("yc_noi_cu_tru.chi_tiet", value))
    assert kept(database, draft)[0].value == value


def test_what_was_handed_over_cannot_be_edited(database: Database, draft: drafts.DossierRow) -> None:
    with database.write() as connection:
        drafts.change(connection, draft.id, draft=None, state=State.QUEUED)
    assert not save(database, draft, NAME)
    assert kept(database, draft) == []


def test_names_can_be_forgotten(database: Database, draft: drafts.DossierRow) -> None:
    save(database, draft, NAME, Answer("con[2].ho_ten", "B"))
    with database.write() as connection:
        drafts.forget_answers(connection, draft.id, 1, ["con[2].ho_ten"])
    assert kept(database, draft) == [NAME]


def test_papers_are_rows_and_come_back_byte_for_byte(database: Database, draft: drafts.DossierRow) -> None:
    paper = Paper(new_id(), "giay_chung_sinh", "image/jpeg", 1, 4, "a" * 64)
    with database.write() as connection:
        papers.add(connection, draft.id, paper, b"\x00\xff\x01\x02")
        assert papers.of_dossier(connection, draft.id) == [paper]
        assert papers.body_of(connection, paper.id) == b"\x00\xff\x01\x02"
        papers.remove(connection, paper.id)
        papers.remove(connection, paper.id)
        with pytest.raises(KeyError):
            papers.body_of(connection, paper.id)


def decrypted(page: bytes, skip: int = 0) -> bytes:
    """A page as who holds the raw key sees it: AES-256-CBC; its last 80 bytes are the IV and the MAC."""
    cipher = Cipher(algorithms.AES(KEY), modes.CBC(page[-80:-64])).decryptor()
    return cipher.update(page[skip:-80]) + cipher.finalize()


def everything_on_the_disk(home: Path) -> bytes:
    """All pages of the file (its first 16 bytes are the salt) and of the log, deleted ones too."""
    content, log = (home / "point.db").read_bytes(), (home / "point.db-wal").read_bytes()
    pages = [decrypted(content[at : at + 4096], 16 if at == 0 else 0) for at in range(0, len(content), 4096)]
    frames = [decrypted(log[at + 24 : at + 24 + 4096]) for at in range(32, len(log), 24 + 4096)]
    return b"".join(pages + frames)


def test_wiping_leaves_nothing_even_for_who_has_the_key(
    database: Database, draft: drafts.DossierRow, home: Path
) -> None:
    save(database, draft, NAME)
    scan = b"SCANNED" * 3000
    with database.write() as connection:
        paper = Paper(new_id(), "k", "image/jpeg", 1, len(scan), "a" * 64)
        papers.add(connection, draft.id, paper, scan)
    before = everything_on_the_disk(home)
    assert b"SCANNEDSCANNED" in before
    assert "Bảo Ngọc".encode() in before
    with database.write() as connection:
        drafts.wipe(connection, draft.id)
    database.tidy()
    after = everything_on_the_disk(home)
    assert draft.slip_code.encode() in after
    assert b"SCANNED" not in after
    assert "Bảo Ngọc".encode() not in after


def test_a_practice_dossier_can_never_be_queued(database: Database) -> None:
    with database.write() as connection:
        row = add_draft(connection, practice=True)

    def queue() -> None:
        with database.write() as connection:
            outbox.add(connection, outbox_item(row.id))

    with pytest.raises(DatabaseError, match="practice dossier can never be queued"):
        queue()
    with database.read() as connection:
        assert outbox.waiting(connection, 1 << 20) == []


@pytest.mark.parametrize(
    "values", [{"practice": False}, {"state": State.QUEUED}, {"state": State.FILED_ON_PORTAL}]
)
def test_a_practice_dossier_stays_one(database: Database, values: dict[str, object]) -> None:
    with database.write() as connection:
        row = add_draft(connection, practice=True)

    def cheat() -> None:
        with database.write() as connection:
            drafts.change(connection, row.id, **values)

    with pytest.raises(DatabaseError):
        cheat()


def test_a_contact_is_kept_and_forgotten(database: Database, draft: drafts.DossierRow) -> None:
    with database.write() as connection:
        assert drafts.contact_of(connection, draft.id) is None
        drafts.save_contact(connection, draft.id, "Bưởi", "0900000001", "2026.1", AT)
        drafts.save_contact(connection, draft.id, "Bưởi", "0900000002", "2026.1", AT)
        assert drafts.contact_of(connection, draft.id) == ("Bưởi", "0900000002")
        drafts.forget_contact(connection, draft.id)
        assert drafts.contact_of(connection, draft.id) is None


def test_the_same_person_is_noticed_among_living_dossiers_only(database: Database) -> None:
    with database.write() as connection:
        rows = [add_draft(connection) for _ in range(3)]
        for row in rows:
            drafts.change(connection, row.id, person_mark="m1")
        drafts.change(connection, rows[2].id, state=State.ERASED)
        found = drafts.same_person(connection, "m1", but=rows[0].id)
    assert [row.id for row in found] == [rows[1].id]


def test_a_visit_keeps_the_proof_of_consent_and_ends_once(
    database: Database, draft: drafts.DossierRow
) -> None:
    with database.write() as connection:
        assert visits.consent_of(connection, draft.visit) == CONSENT
        visits.end(connection, draft.visit, "2026-11-21T10:00:00+07:00")
        visits.end(connection, draft.visit, "2026-11-21T11:00:00+07:00")
        ended = connection.exec_driver_sql("SELECT ended_at FROM visits").scalar_one()
    assert ended == "2026-11-21T10:00:00+07:00"


def test_secrets_come_back_whole_or_not_at_all(database: Database) -> None:
    mine = PointSecrets("ab" * 32, "AGE-SECRET-KEY-1TEST", b"m" * 32)
    with database.write() as connection:
        assert secrets.load(connection) is None
        secrets.save(connection, mine)
        assert secrets.load(connection) == mine
        connection.exec_driver_sql("DELETE FROM secrets WHERE name = 'mark_key'")
        assert secrets.load(connection) is None
    assert "AGE-SECRET" not in repr(mine)
    assert "abab" not in repr(mine)
