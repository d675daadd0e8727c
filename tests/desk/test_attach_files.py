"""A file that answers a question is kept with the papers, travels with its answer, and goes with it."""

import hashlib
import io
from dataclasses import replace

import pytest
from PIL import Image

from kiosk.desk import attach_files, hand_over
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.domain.errors import WorldError
from kiosk.domain.paper import Paper
from kiosk.forms import Session
from kiosk.storage import papers
from tests.forms.made import form
from tests.support.visits import begin

SOUND = b"OggS" + b"\0" * 64
WAVE = b"RIFF\x24\x00\x00\x00WAVEfmt "
FILES = """
| | type | name | label | relevant |
| | image | anh | Ảnh | |
| | audio | tieng | Tiếng | ${anh} != '' |
"""


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def asking(desk: Desk) -> Filling:
    """A draft, as if its form asked for a picture and a recording."""
    return replace(begin(desk)[1], session=Session(form(FILES), desk.clock))


def kept(desk: Desk, filling: Filling) -> list[Paper]:
    with desk.database.read() as connection:
        return papers.of_dossier(connection, filling.dossier)


def test_the_answer_is_the_name_of_what_is_kept(desk: Desk, asking: Filling) -> None:
    answer = attach_files.attach_file(desk, asking.dossier, "image/*", [picture()])
    (paper,) = kept(desk, asking)
    assert (paper.kind, paper.media_type) == (attach_files.KIND, "image/jpeg")
    assert answer == f"{paper.sha256[:12]}.jpg" == attach_files.name_of(paper)
    assert attach_files.attach_file(desk, asking.dossier, "image/*", [picture()]) == answer
    assert len(kept(desk, asking)) == 1, "the same again is the same"


@pytest.mark.parametrize(
    ("accepts", "data", "ending"),
    [("audio/*", SOUND, "ogg"), ("audio/*", WAVE, "wav"), ("application/*", b"PK\x03\x04 docx", "zip"),
     ("video/*", b"\0\0\0\x18ftypmp42", "mp4"), ("", SOUND, "ogg"), ("application/*", picture(), "jpg")],
    ids=["ogg", "wav", "zip", "mp4", "any", "picture"],
)  # fmt: skip
def test_recordings_and_documents_are_kept_as_they_are(
    desk: Desk, asking: Filling, accepts: str, data: bytes, ending: str
) -> None:
    assert attach_files.attach_file(desk, asking.dossier, accepts, [data]).endswith(f".{ending}")
    (paper,) = kept(desk, asking)
    if ending != "jpg":
        assert paper.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("accepts", "files", "code"),
    [("audio/*", [b"what is this"], "file.kind"), ("video/*", [WAVE], "file.kind"),
     ("audio/*", [SOUND, SOUND], "file.one"), ("image/*", [SOUND], "paper.not_image"),
     ("application/*", [b"MZ program"], "paper.not_image"), ("audio/*", [], "file.kind"),
     ("image/*", [], "paper.empty"), ("audio/*", [b"OggS" + b"\0" * (21 << 20)], "paper.too_big")],
)  # fmt: skip
def test_what_does_not_fit_is_refused(
    desk: Desk, asking: Filling, accepts: str, files: list[bytes], code: str
) -> None:
    with pytest.raises(WorldError) as caught:
        attach_files.attach_file(desk, asking.dossier, accepts, files)
    assert caught.value.code == code
    assert kept(desk, asking) == []


def test_a_file_that_no_answer_names_goes(desk: Desk, asking: Filling) -> None:
    for colour in ("red", "blue"):
        asking.answer("anh", attach_files.attach_file(desk, asking.dossier, "image/*", [picture(colour)]))
    attach_files.drop_unnamed(desk, asking)
    assert [attach_files.name_of(paper) for paper in kept(desk, asking)] == [asking.value("anh")]


def test_a_file_whose_question_does_not_apply_stays_at_the_point(desk: Desk, asking: Filling) -> None:
    asking.answer("anh", attach_files.attach_file(desk, asking.dossier, "image/*", [picture()]))
    asking.answer("tieng", attach_files.attach_file(desk, asking.dossier, "audio/*", [SOUND]))
    image, sound = kept(desk, asking)
    assert all(attach_files.goes_along(asking, paper) for paper in (image, sound))
    asking.answer("anh", "")
    attach_files.drop_unnamed(desk, asking)
    assert kept(desk, asking) == [sound], "a hidden answer is kept"
    assert not attach_files.goes_along(asking, sound)
    assert hand_over._papers(desk, asking) == []


def test_a_closed_draft_takes_no_file(desk: Desk) -> None:
    with pytest.raises(WorldError) as caught:
        attach_files.attach_file(desk, "nobody", "image/*", [picture()])
    assert caught.value.code == "draft.closed"
