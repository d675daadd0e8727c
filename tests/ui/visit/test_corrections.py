"""What is corrected in one draft is said when the other draft of the visit is opened."""

from kiosk.desk import choose, fill, visit_people
from kiosk.domain.dossier import Road
from tests.ui.visit.steps import Visitor, settle


def test_the_other_draft_says_what_was_corrected_and_from_where(visitor: Visitor) -> None:
    first = visitor.prepare()
    visit = visitor.shell.visit.visit
    assert visit is not None
    other = choose.start_dossier(visitor.desk, visit, "khai_sinh", Road.COMMUNE)
    second = fill.open_filling(visitor.desk, other)
    visit_people.fill_known(visitor.desk, second)
    second.answer("loai_khai_sinh", "ca_cha_lan_me")
    fill.save(visitor.desk, second)
    visitor.shell.visit.filling = fill.open_filling(visitor.desk, first.dossier)
    visitor.shell.show("form", question="cha_ho_ten")
    assert not visitor.sees("asked")
    visitor.answer("cha_ho_ten", "Trần Văn Cảm")
    visitor.shell.show("home")
    visitor.shell.show("form", dossier=other)
    settle()
    assert "Đã sửa theo hồ sơ “" in visitor.text("asked")
    assert "Đã sửa theo" not in visitor.text("asked").split("xem lại giúp.", 1)[1]
    visitor.shell.show("form", question="cha_ho_ten")
    box = visitor.question("cha_ho_ten")
    assert visitor.text("edit", box) == "Trần Văn Cảm"
    assert "đã sửa theo hồ sơ" in visitor.text("source", box)
