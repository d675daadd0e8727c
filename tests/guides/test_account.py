"""The walk to a VNeID account: the whole tree as it was decided, and what every page must say."""

import re

import pytest

from kiosk.guides.model import Guide, NodeKind
from kiosk.guides.reach import leading_out, reached
from kiosk.guides.walk import Progress, here
from tests.guides.made import ACCOUNT, FOLDER, all_walks

TREE = {
    "T0": ["T1", "C1", "C3"],
    "T1": ["T2", "S_POLICE_CARD", "S_POLICE_CARD"],
    "T2": ["T3", "S_POLICE_CARD"],
    "T3": ["T4", "S_SIM", "S_SIM"],
    "T4": ["T6", "T5", "T6a"],
    "T5": ["S_POLICE_L2"],
    "T6a": ["T5", "T7", "T9"],
    "T6": ["T9", "T7"],
    "T7": ["T8", "T8b"],
    "T8": ["T12", "S_HOTLINE", "S_LATER"],
    "T8b": ["T12p", "S_HOTLINE", "S_LATER"],
    "T9": ["T12", "R1", "R2", "R3", "R4", "T12p"],
    "R1": ["T12", "R4", "S_POLICE_DATA"],
    "R2": ["T12", "S_HOTLINE"],
    "R3": ["T12", "R3a"],
    "R3a": ["T12", "T12", "S_POLICE_L2"],
    "R4": ["R4a", "S_POLICE_PHONE"],
    "R4a": ["S_LATER", "S_HOTLINE"],
    "T12": ["T13", "T12p", "S_LATER"],
    "T12p": ["T13", "S_HOTLINE", "S_LATER"],
    "T13": ["DONE", "S_POLICE_DATA"],
    "C1": ["T1", "C2"],
    "C2": ["C2a", "S_POLICE_CHILD", "T1"],
    "C2a": ["S_LATER", "S_HOTLINE"],
    "C3": ["T1", "S_TUPHAP"],
}
"""Where each answer leads; the branches that were open end at the hotline, later, or paper."""

EXITS = {
    "S_POLICE_CARD", "S_POLICE_L2", "S_POLICE_DATA", "S_POLICE_PHONE", "S_POLICE_CHILD", "S_SIM",
    "S_HOTLINE", "S_LATER", "S_TUPHAP", "S_PAPER", "DONE",
}  # fmt: skip
WALKS = list(all_walks(ACCOUNT))


def test_every_answer_leads_where_it_was_decided() -> None:
    ways = {node.id: [a.to for a in node.answers] for node in ACCOUNT.nodes.values() if node.answers}
    assert ways == TREE
    assert ACCOUNT.offline.to == "S_PAPER"
    assert {node.id for node in ACCOUNT.exits} == EXITS


def test_every_walk_ends_and_every_end_is_walked_to() -> None:
    ends = {here(ACCOUNT, progress).id for progress in WALKS}
    assert ends == EXITS - {"S_PAPER"}
    assert len(WALKS) > 300
    assert all(len(progress.steps) <= 20 for progress in WALKS)


def test_every_node_is_walked_through() -> None:
    walked = {step.node for progress in WALKS for step in progress.steps}
    assert walked | EXITS | {ACCOUNT.log_out} == set(ACCOUNT.nodes)
    assert reached(ACCOUNT) == leading_out(ACCOUNT) == set(ACCOUNT.nodes)


def test_no_walk_goes_in_circles() -> None:
    for progress in WALKS:
        nodes = [step.node for step in progress.steps]
        assert len(nodes) == len(set(nodes)), progress


def test_where_a_secret_is_typed_the_helper_turns_away() -> None:
    for name in ("T8", "T8b", "R1", "R2", "T12p", "C2a"):
        assert "quay mặt đi" in " ".join(each.text for each in ACCOUNT.nodes[name].must_not), name


def test_what_was_never_tried_says_so() -> None:
    unsure = [each.text for each in ACCOUNT.nodes["T8b"].say if not each.verified]
    assert len(unsure) == 1
    assert "vneid.gov.vn" in unsure[0]


def test_given_wordings_stand_as_they_were_given() -> None:
    level_two = ACCOUNT.nodes["S_POLICE_L2"].sheet
    assert level_two is not None
    assert level_two.where[0].text == "Công an cấp xã gần nhất."
    assert "Không cần tự làm mức 1 trước" in " ".join(each.text for each in level_two.tell)
    sim = ACCOUNT.nodes["S_SIM"].say[0].text
    assert "ra cửa hàng nhà mạng, mang thẻ, để SIM đứng tên mình, rồi quay lại" in sim


def test_a_number_to_call_says_who_gave_it() -> None:
    phones = [phone for node in ACCOUNT.exits if node.sheet for phone in node.sheet.phones]
    assert {phone.number for phone in phones} == {"1900 0368"}
    assert all(phone.source for phone in phones)


def test_the_whole_address_of_merged_communes_is_no_mistake() -> None:
    said = " ".join(each.text for each in ACCOUNT.nodes["T13"].check)
    assert "không phải đi sửa" in said


def sentences(guide: Guide) -> list[str]:
    found = []
    for node in guide.nodes.values():
        found += [node.ask, *(each.text for part in (node.say, node.check) for each in part)]
        found += [answer.text for answer in node.answers]
    return found


@pytest.mark.parametrize("sentence", sentences(ACCOUNT))
def test_sentences_are_short_and_plain(sentence: str) -> None:
    assert len(sentence) <= 200
    assert not re.search(r"\b(login|password|click|app|server|online)\b", sentence.casefold())
    assert "  " not in sentence


def test_questions_ask_and_answers_fit_a_button() -> None:
    for node in ACCOUNT.nodes.values():
        if node.kind is NodeKind.QUESTION and node.id != "R3a":
            assert node.ask.endswith("?"), node.id
        assert len(node.ask) <= 80
        assert all(len(answer.text) <= 50 for answer in node.answers)
        assert 1 <= len(node.answers) <= 6 or node.kind.ends or node.kind is NodeKind.LOG_OUT


def test_every_drawing_is_used_and_is_a_simple_drawing() -> None:
    used = {node.diagram for node in ACCOUNT.nodes.values()}
    drawn = {path.stem for path in (FOLDER / "tai_khoan").glob("*.svg")}
    assert used == drawn == set(ACCOUNT.diagrams)
    for name in drawn:
        drawing = (FOLDER / "tai_khoan" / f"{name}.svg").read_text(encoding="utf-8")
        assert drawing.startswith("<svg")
        assert "<text" not in drawing
        assert "href" not in drawing


def test_every_source_and_reason_is_used() -> None:
    named = {name for node in ACCOUNT.nodes.values() for name in node.sources}
    assert named == set(ACCOUNT.sources)
    reasons = {answer.reason for node in ACCOUNT.nodes.values() for answer in node.answers}
    own = {node.reason for node in ACCOUNT.exits}
    assert (reasons | own | {ACCOUNT.offline.reason}) - {""} == set(ACCOUNT.reasons)


def test_the_beginning_is_the_beginning() -> None:
    assert here(ACCOUNT, Progress()).id == "T0"
