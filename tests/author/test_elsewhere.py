"""Choices that older forms look up by search() or by the query of an input."""

from pathlib import Path

import pytest

from kiosk.author.check import check
from kiosk.domain.clock import SystemClock
from kiosk.forms import Session, load_form
from tests.author.xforms import asked, bind, checked, codes, session, xform

FRUITS = {
    "fruits.csv": "name_key,name,sort,label_fr\ntao,Táo,a,Pomme\nman,Mận,b,Prune\ntao2,Táo tây,b,Rouge\n"
}


def _select(look: str, items: str = "", label: str = "<label>name</label>") -> str:
    own = f"<item>{label}<value>name_key</value></item>"
    return f'<select1 ref="/data/a" appearance="{look}"><label>L</label>{items}{own}</select1>'


def _offered(folder: Path, body: str, **answers: str) -> list[tuple[str, str]]:
    found = session(folder, xform("<a/><b/>", bind("/data/b"), asked("/data/b") + body), FRUITS)
    for name, value in answers.items():
        found.answer(name, value)
    return [(one.name, one.label) for one in found.question("a").choices]


@pytest.mark.parametrize(
    "look", ["search('fruits')", "minimal search( 'fruits' )", "search(&quot;fruits.csv&quot;)"]
)
def test_a_search_offers_the_rows_of_its_file(look: str, tmp_path: Path) -> None:
    assert _offered(tmp_path, _select(look)) == [("tao", "Táo"), ("man", "Mận"), ("tao2", "Táo tây")]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ("'matches', 'sort', 'b'", ["man", "tao2"]),
        ("'contains', 'name', /data/b", ["tao", "tao2"]),
        ("'startswith', 'name_key,sort', 'a'", ["tao"]),
        ("'endswith', 'name_key', concat('2', '')", ["tao2"]),
        ("'contains', 'name', /data/b, 'sort', 'b'", ["tao2"]),
    ],
)
def test_a_search_looks_in_columns(arguments: str, names: list[str], tmp_path: Path) -> None:
    found = _offered(tmp_path, _select(f"quick search('fruits', {arguments})"), b="Táo")
    assert [name for name, _ in found] == names


def test_choices_with_numbers_stay_beside_those_of_the_file(tmp_path: Path) -> None:
    fixed = "<item><label>Không có</label><value>99</value></item>"
    assert _offered(tmp_path, _select("search('fruits')", fixed))[:2] == [("99", "Không có"), ("tao", "Táo")]


def test_the_column_of_labels_may_be_translated(tmp_path: Path) -> None:
    itext = '<itext><translation lang="fr"><text id="n"><value>label_fr</value></text></translation></itext>'
    body = _select("search('fruits')", label="<label ref=\"jr:itext('n')\"/>")
    found = session(tmp_path, xform("<a/>", "", body, itext), FRUITS)
    assert found.question("a").choices[0].label == "Pomme"


@pytest.mark.parametrize(
    "look", ["search(/data/b)", "search('fruits', 'matches')", "search('f', /data/b, 'x', 'y')"]
)
def test_a_search_that_cannot_be_read_is_named(look: str, tmp_path: Path) -> None:
    assert "search_unread" in codes(tmp_path, xform("<a/><b/>", "", _select(look)))


def test_the_look_alone_searches_nothing(tmp_path: Path) -> None:
    assert _offered(tmp_path, _select("search")) == [("name_key", "name")]


def test_a_list_that_is_missing_is_named(tmp_path: Path) -> None:
    assert codes(tmp_path, xform("<a/>", "", _select("search('fruits')"))) == {"no_list_file"}


QUERY = "instance('huyen')/root/item[tinh= /data/b ]"


def test_a_query_reads_the_itemsets_beside_the_form(tmp_path: Path) -> None:
    body = f'{asked("/data/b")}<input ref="/data/a" query="{QUERY}"><label>L</label></input>'
    rows = "list_name,name,label,tinh\nhuyen,h1,Một,t1\nhuyen,h2,Hai,t2\nxa,x1,Xã,t1\n"
    found = session(tmp_path, xform("<a/><b/>", "", body), {"itemsets.csv": rows})
    found.answer("b", "t1")
    assert [(one.name, one.label) for one in found.question("a").choices] == [("h1", "Một")]


def test_a_query_reads_an_instance_of_its_name_first(tmp_path: Path) -> None:
    row = "<item><name>h9</name><label>Chín</label><tinh>t1</tinh></item>"
    own = f"<instance id='huyen'><root>{row}</root></instance>"
    body = f'{asked("/data/b")}<input ref="/data/a" query="{QUERY}"><label>L</label></input>'
    found = session(tmp_path, xform("<a/><b>t1</b>", own, body))
    assert [one.label for one in found.question("a").choices] == ["Chín"]


def test_external_choices_of_a_workbook_travel_inside(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text(
        "| survey |\n| | type | name | label | choice_filter |\n| | text | tinh | Tỉnh | |\n"
        "| | select_one_external huyen | h | Huyện | tinh = ${tinh} |\n"
        "| choices |\n| | list_name | name | label |\n| | x | a | A |\n"
        "| external_choices |\n| | list_name | name | label | tinh |\n| | huyen | h1 | Một & hai | t1 |\n"
        "| | huyen | h2 | Hai | t2 |\n",
        encoding="utf-8",
    )
    found = check(path)
    assert found.runs, found.obstacles
    assert found.compiled is not None
    opened = Session(load_form(found.compiled.form), SystemClock())
    opened.answer("tinh", "t1")
    assert [(one.name, one.label) for one in opened.question("h").choices] == [("h1", "Một & hai")]


def test_choices_of_a_file_by_another_column_are_not_compared(tmp_path: Path) -> None:
    body = _select("search('fruits')") + asked("/data/b")
    text = xform("<a/><b/>", bind("/data/b", "relevant=\"/data/a = 'tao'\""), body)
    assert not checked(tmp_path, text, FRUITS).findings
