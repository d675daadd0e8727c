"""``hamlet-hub user``: who may log in, told line by line."""

from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import select

from sync.hub.cli import main
from sync.hub.context import Hub
from sync.hub.office import access
from sync.hub.passwords import is_right
from sync.hub.store import audit
from sync.hub.store.officers import Role
from sync.hub.store.tables import office_session
from tests.support.hub import PASSWORD, add_officer
from tests.support.office import OfficeVisitor

OTHER = "mật khẩu khác hẳn"


@pytest.fixture
def password(tmp_path: Path) -> str:
    path = tmp_path / "password"
    path.write_text(f"{OTHER}\n", encoding="utf-8")
    return str(path)


def run(hub: Hub, *words: str) -> int:
    return main(["user", words[0], "--home", str(hub.home.folder), *words[1:]])


def is_in(visitor: OfficeVisitor) -> bool:
    return visitor.web.get("/can-bo", follow_redirects=False).status_code == 200


def test_who_is_removed_is_out_at_once_and_stays_in_the_log(
    hub: Hub, visitor: OfficeVisitor, capsys: pytest.CaptureFixture[str]
) -> None:
    assert is_in(visitor)
    assert run(hub, "remove", "lan") == 0
    assert "lan không đăng nhập được nữa" in capsys.readouterr().out
    assert not is_in(visitor)
    assert visitor.log_in("lan").status_code == 403
    assert visitor.log_in("lan", "").status_code == 403
    with hub.database.read() as connection:
        lines = [(one.actor, one.action, one.detail) for one in audit.latest(connection, hub.commune)]
    assert ("lan", "login", "") in lines
    assert ("hamlet-hub", "user_removed", "lan") in lines
    assert run(hub, "list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "canbo\tofficer\tđăng nhập được",
        "lan\tofficer\tđã ngừng",
    ]


def test_another_password_ends_what_the_old_one_opened(
    hub: Hub, visitor: OfficeVisitor, password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(hub, "password", "LAN", "--password-file", password) == 0
    assert "Đã đổi mật khẩu của lan" in capsys.readouterr().out
    assert not is_in(visitor)
    assert visitor.log_in("lan", PASSWORD).status_code == 403
    assert visitor.log_in("lan", OTHER).status_code == 303
    assert is_in(visitor)


def test_the_last_administrator_stays(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("một", "hai"):
        add_officer(hub, name, Role.ADMIN)
    assert run(hub, "remove", "một") == 0
    assert run(hub, "remove", "một") == 0
    assert run(hub, "remove", "hai") == 1
    assert "quản trị viên cuối cùng" in capsys.readouterr().err


def test_the_name_of_somebody_removed_goes_to_nobody_else(
    hub: Hub, password: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(hub, "remove", "canbo") == 0
    assert run(hub, "add", "canbo", "--password-file", password) == 1
    assert "Đã có người dùng" in capsys.readouterr().err


@pytest.mark.parametrize("name", [" Hoa ", "HOA", "hoa"])
def test_a_name_is_the_same_however_it_is_typed(
    hub: Hub, client: TestClient[Litestar], password: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(hub, "add", name, "--password-file", password) == 0
    assert "Đã thêm người dùng hoa (vai trò officer)" in capsys.readouterr().out
    assert run(hub, "add", "Hoa", "--password-file", password) == 1
    assert OfficeVisitor(client).log_in("HOA ", OTHER).status_code == 303


@pytest.mark.parametrize("name", ["", "  ", "a\u202eb", "<b>", "x" * 65, "a/b"])
def test_an_odd_name_is_refused(
    hub: Hub, password: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(hub, "add", name, "--password-file", password) == 1
    assert "Tên người dùng chỉ gồm" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["remove", "password"])
def test_nobody_of_that_name(
    hub: Hub, password: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ["--password-file", password] if command == "password" else []
    assert run(hub, command, "ai-do", *more) == 1
    assert "hamlet-hub user list" in capsys.readouterr().err


def test_a_log_in_that_was_overtaken_by_a_removal_opens_nothing(
    hub: Hub, visitor: OfficeVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(password: str, kept: str) -> bool:
        assert run(hub, "remove", "lan") == 0
        return is_right(password, kept)

    monkeypatch.setattr(access, "is_right", meanwhile)
    assert visitor.log_in("lan").status_code == 403
    with hub.database.read() as connection:
        assert connection.execute(select(office_session)).first() is None
