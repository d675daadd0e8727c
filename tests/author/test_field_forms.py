"""Forms as they come from the field: odd addresses, missing files, actions beyond a point's reach."""

from pathlib import Path

import pytest

from kiosk.domain.clock import SystemClock
from kiosk.forms import Session, load_form
from tests.author.xforms import asked, bind, checked, codes, session, xform

A = asked("/data/a")


def test_controls_name_their_nodes_relative_to_the_group(tmp_path: Path) -> None:
    body = f'<group ref="/data/g">{asked("b")}<group ref="k">{asked("./c")}{asked("../b")}</group></group>'
    found = session(tmp_path, xform("<g><b/><k><c/></k></g>", bind("/data/g/k/c", 'type="int"'), body))
    assert [one.questions for one in found.screens()] == [("g.b",), ("g.k.c",), ("g.b",)]
    found.answer("g.k.c", "x")
    assert [one.code for one in found.problems()] == ["type"]


def test_controls_name_their_nodes_by_the_id_of_a_bind(tmp_path: Path) -> None:
    model = '<bind id="x" nodeset="/data/a" required="true()"/><bind id="r" nodeset="/data/r"/>'
    model += '<setvalue bind="x" event="xforms-ready">7</setvalue>'
    body = asked("x", by="bind") + f'<group><repeat bind="r">{asked("b")}</repeat></group>'
    found = session(tmp_path, xform("<a/><r><b/></r>", model, body))
    assert found.values() == {"a": "7", "r": "1", "r[1].b": ""}
    found.add_row("r")
    assert found.screens()[1].repeats[0].rows == (("r[1].b",), ("r[2].b",))


def test_binds_inside_binds(tmp_path: Path) -> None:
    model = '<bind nodeset="/data/g"><bind nodeset="a" required="true()"/></bind>' + bind("g/b", 'type="int"')
    found = session(tmp_path, xform("<g><a/><b>x</b></g>", model, asked("g/a") + asked("/data/g/b")))
    assert [(one.name, one.code) for one in found.problems()] == [("g.a", "missing"), ("g.b", "type")]


def test_html_that_only_lays_questions_out(tmp_path: Path) -> None:
    found = session(tmp_path, xform("<a/>", "", f"<h:div><h:p>x</h:p>{A}</h:div>"))
    assert [one.questions for one in found.screens()] == [("a",)]


def test_a_page_with_nothing_but_a_repeat_without_rows(tmp_path: Path) -> None:
    body = f'<group appearance="field-list"><repeat nodeset="/data/r">{asked("/data/r/x")}</repeat></group>'
    found = session(tmp_path, xform('<r jr:template=""><x/></r>', "", body))
    assert [(one.name, one.questions) for one in found.screens()] == [("r", ())]


def test_a_repeat_of_nothing(tmp_path: Path) -> None:
    text = xform("<a/>", "", A + f'<repeat nodeset="/data/no">{asked("/data/no/x")}</repeat>')
    assert codes(tmp_path, text) == {"control_without_node"}
    assert [one.questions for one in session(tmp_path, text).screens()] == [("a",)]


@pytest.mark.parametrize("name", ["c.csv", "c.xml", "c.geojson"])
def test_a_file_that_is_missing_is_an_empty_list(tmp_path: Path, name: str) -> None:
    model = f'<instance id="c" src="jr://file/{name}"/>' + bind(
        "/data/b", "calculate=\"count(instance('c')/root/item)\""
    )
    assert session(tmp_path, xform("<a/><b/>", model, A)).values()["b"] == "0"
    assert codes(tmp_path, xform("<a/><b/>", model, A)) == {"no_list_file"}


POINT = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "x", "properties": {"name": "do",'
    ' "label": "Đỏ", "n": 1}, "geometry": {"type": "Point", "coordinates": [105.8, 21.0]}}]}'
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.csv", "\ufeffname;label;n\ndo;Đỏ;1\n"),
        ("c.csv", "name,label,n\ndo,Đỏ,1,thừa\n"),
        ("c.xml", "<root><item><name>do</name><label>Đỏ</label><n>1</n></item></root>"),
        ("c.geojson", POINT),
    ],
)
def test_files_beside_a_form(tmp_path: Path, name: str, content: str) -> None:
    model = f'<instance id="c" src="jr://file/{name}"/>' + bind(
        "/data/b", "calculate=\"instance('c')/root/item[n = 1]/label\""
    )
    body = (
        '<select1 ref="/data/a"><label>L</label><itemset nodeset="instance(\'c\')/root/item">'
        '<value ref="name"/><label ref="label"/></itemset></select1>'
    )
    found = session(tmp_path, xform("<a/><b/>", model, body), {name: content})
    assert found.values()["b"] == "Đỏ"
    assert [(one.name, one.label) for one in found.question("a").choices] == [("do", "Đỏ")]


def test_where_a_feature_is(tmp_path: Path) -> None:
    line = POINT.replace(
        '"Point", "coordinates": [105.8, 21.0]', '"LineString", "coordinates": [[1, 2], [3, 4]]'
    )
    model = '<instance id="c" src="jr://file/c.geojson"/>' + bind(
        "/data/b", "calculate=\"instance('c')/root/item[id = 'x']/geometry\""
    )
    text = xform("<b/>", model)
    assert session(tmp_path, text, {"c.geojson": POINT}).values()["b"] == "21.0 105.8 0 0"
    assert session(tmp_path, text, {"c.geojson": line}).values()["b"] == "2 1 0 0; 4 3 0 0"


@pytest.mark.parametrize(
    ("name", "content"), [("c.xml", "<root>"), ("c.xml", ""), ("c.geojson", "[1]"), ("c.geojson", "{")]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: str) -> None:
    found = checked(tmp_path, xform("<a/>", f'<instance id="c" src="jr://file/{name}"/>', A), {name: content})
    assert found.runs
    assert "bad_file" in {one.code for one in found.findings if one.error}


def test_what_was_saved_last_is_never_there(tmp_path: Path) -> None:
    model = '<instance id="s" src="jr://instance/last-saved"/>' + bind(
        "/data/b", "calculate=\"concat('[', instance('s')/data/a, ']')\""
    )
    text = xform("<a/><b/>", model, A)
    assert session(tmp_path, text).values()["b"] == "[]"
    assert codes(tmp_path, text) == set()


def test_actions_beyond_a_points_reach_are_named(tmp_path: Path) -> None:
    model = '<odk:setgeopoint ref="/data/a" event="odk-instance-first-load"/>'
    text = xform("<a/>", model, asked("/data/a", '<odk:recordaudio event="odk-instance-load"/>'))
    found = checked(tmp_path, text)
    assert found.sound
    named = {one.params["name"]: one.error for one in found.findings if one.code == "no_capture"}
    assert named == {"setgeopoint": False, "recordaudio": False}


@pytest.mark.parametrize(
    "rule", ["required=\". = ''\"", "readonly=\"/data/a != ''\"", 'calculate="../a + 1"']
)
def test_conditions_that_read_their_own_question(tmp_path: Path, rule: str) -> None:
    found = checked(tmp_path, xform("<a/>", bind("/data/a", rule), A))
    assert found.runs
    assert [(one.code, one.error) for one in found.findings] == [("reads_itself", True)]


def test_every_cycle_is_reported(tmp_path: Path) -> None:
    pairs = [("a", "b"), ("b", "a"), ("c", "e"), ("e", "c")]
    model = "".join(bind(f"/data/{one}", f'calculate="/data/{other}"') for one, other in pairs)
    found = checked(tmp_path, xform("<a/><b/><c/><e/>", model, A))
    assert not found.runs
    assert [one.params["names"] for one in found.findings] == ["/data/a → /data/b", "/data/c → /data/e"]


@pytest.mark.parametrize("before", ["<!DOCTYPE html>", "\ufeff", '<?xml version="1.0"?>'])
def test_what_may_stand_before_a_form(tmp_path: Path, before: str) -> None:
    assert session(tmp_path, xform("<a/>", "", A, before=before)).values() == {"a": ""}


def test_texts_that_are_only_long_or_short(tmp_path: Path) -> None:
    itext = (
        '<itext><translation lang="vi"><text id="a"><value form="short">Ngắn</value></text><text id="b">'
        '<value form="long">Dài</value><value form="short">Ngắn</value></text></translation></itext>'
    )
    body = "".join(f'<input ref="/data/{one}"><label ref="jr:itext(\'{one}\')"/></input>' for one in "ab")
    found = session(tmp_path, xform("<a/><b/>", "", body, itext))
    assert [found.question(one).label for one in "ab"] == ["Ngắn", "Dài"]


@pytest.mark.parametrize("path", ["/data", "/data/g[1]/x"])
def test_what_cannot_be_repeated(tmp_path: Path, path: str) -> None:
    text = xform("<g><x/></g>", "", f'<repeat nodeset="{path}">{asked("/data/g/x")}</repeat>')
    found = checked(tmp_path, text)
    assert found.runs == (path != "/data")
    assert {one.code for one in found.findings} & {"repeat_there", "control_without_node"}


@pytest.mark.parametrize("count", ["num", "./num", "../num", "/data/g/num"])
def test_a_count_may_be_read_from_the_group_around_the_repeat(tmp_path: Path, count: str) -> None:
    repeat = f'<group><repeat nodeset="/data/g/r" jr:count="{count}">{asked("/data/g/r/x")}</repeat></group>'
    body = f'<group ref="/data/g">{asked("/data/g/num")}{repeat}</group>'
    text = xform('<g><num>2</num><r jr:template=""><x/></r></g>', bind("/data/g/num", 'type="int"'), body)
    assert session(tmp_path, text).values()["g.r"] == "2"


def test_pulldata_finds_rows_by_an_attribute(tmp_path: Path) -> None:
    rows = '<item vung="bac"><value>Hà Giang</value></item><item><value>Huế</value></item>'
    model = f'<instance id="tinh"><root>{rows}</root></instance>'
    model += bind("/data/b", "calculate=\"pulldata('tinh', 'value', '@vung', /data/a)\"")
    found = session(tmp_path, xform("<a/><b/>", model, A))
    assert found.values()["b"] == ""
    found.answer("a", "bac")
    assert found.values()["b"] == "Hà Giang"


ROWS = (
    '<group ref="/data/r"><label>R</label><repeat nodeset="/data/r">'
    + asked("/data/r/d")
    + "</repeat></group>"
)


def test_an_action_sets_the_row_that_its_address_means(tmp_path: Path) -> None:
    action = '<setvalue event="xforms-value-changed" ref="/data/r[position()=2]/d" value="/data/a"/>'
    found = session(tmp_path, xform("<a/><r><d/></r>", "", asked("/data/a", action) + ROWS))
    found.add_row("r")
    found.add_row("r")
    found.answer("a", "x")
    assert [found.values()[f"r[{row}].d"] for row in (1, 2, 3)] == ["", "x", ""]


def test_an_action_at_the_beginning_sets_the_rows_that_its_address_means(tmp_path: Path) -> None:
    model = '<setvalue event="odk-instance-first-load" ref="/data/r[d = \'b\']/d">mới</setvalue>'
    found = session(tmp_path, xform("<r><d>a</d></r><r><d>b</d></r>", model, ROWS))
    assert [found.values()[f"r[{row}].d"] for row in (1, 2)] == ["a", "mới"]


def test_an_address_that_means_nothing_sets_nothing(tmp_path: Path) -> None:
    action = '<setvalue event="xforms-value-changed" ref="/data/r[9]/d">x</setvalue>'
    found = session(tmp_path, xform("<a/><r><d/></r>", "", asked("/data/a", action) + ROWS))
    found.answer("a", "x")
    assert found.values()["r[1].d"] == ""


@pytest.mark.parametrize(("event", "again"), [("odk-instance-load", "2"), ("odk-instance-first-load", "1")])
def test_an_action_of_every_loading_acts_on_a_draft_too(tmp_path: Path, event: str, again: str) -> None:
    model = f'<setvalue event="{event}" ref="/data/b" value="coalesce(/data/b, 0) + 1"/>'
    text = xform("<a/><b/>", model, A + asked("/data/b"))
    first = session(tmp_path, text)
    assert first.values()["b"] == "1"
    compiled = checked(tmp_path, text).compiled
    assert compiled is not None
    later = Session(load_form(compiled.form), SystemClock(), list(first.values().items()))
    assert later.values()["b"] == again


def test_a_group_cannot_ask_inside_whether_it_is_shown(tmp_path: Path) -> None:
    body = f'<group ref="/data/g"><label>G</label>{asked("/data/g/a")}</group>'
    text = xform("<g><a/></g>", bind("/data/g", "relevant=\"./a = 'user'\""), body)
    assert codes(tmp_path, text) == {"cycle_inside"}
