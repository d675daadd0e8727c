"""What the hub shows of a dossier: every paper that the citizen prints, by the same names and conditions."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.consent import Consent
from kiosk.domain.dossier import Answer, Source
from kiosk.domain.errors import WorldError
from kiosk.envelope.payload import Payload
from kiosk.packs.content import Content, assets_folder
from sync.hub.library import Library
from sync.hub.office.words import shown_day
from tests.documents.samples import flat, pdf_text
from tests.packs.test_as_printed import NEXT, OURS, content_with
from tests.support.content import real_content
from tests.support.next_form import NEW, OLD

BUNDLE = "lien_thong_khai_sinh"


def payload(content: Content, slug: str, *answers: tuple[str, str]) -> Payload:
    procedure = content.catalogue.by_slug(slug)
    return Payload(
        dossier="d",
        revision=1,
        procedure=procedure.code,
        point="p",
        hamlet="Thôn 1",
        form=procedure.form_id,
        form_version=content.newest_version(procedure.form_id),
        prepared_on="2026-11-21",
        base_digest="",
        papers=(),
        consent=Consent(frozenset(), "1", "2026-11-21", "v"),
        answers=tuple(Answer(name, value, Source.TYPED) for name, value in answers),
    )


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(real_content())


def test_a_bundle_shows_every_paper_of_its_parts(library: Library) -> None:
    sent = payload(library.content, BUNDLE, ("tre_ho_ten", "Trần Nguyễn Bảo Ngọc"))
    titles = library.papers(sent)
    prints = library.content.catalogue.by_slug(BUNDLE).prints
    assert len(titles) >= 2
    assert set(titles) <= set(range(1, len(prints) + 1))
    for number in titles:
        paper = library.paper(sent, number)
        assert (paper.number, paper.title) == (number, titles[number])
        assert "Bảo Ngọc".upper() in flat(pdf_text(paper.pdf)).upper()


def test_what_does_not_apply_is_refused(library: Library) -> None:
    sent = payload(library.content, BUNDLE)
    for number in (0, 99):
        with pytest.raises(WorldError, match=r"office\.no_layout"):
            library.paper(sent, number)


def test_a_form_that_this_hub_does_not_have_has_no_papers(library: Library) -> None:
    sent = replace(payload(library.content, "khai_sinh"), form_version="1999.1")
    assert library.papers(sent) == {}
    with pytest.raises(WorldError, match=r"office\.no_layout"):
        library.paper(sent, 1)


@pytest.mark.parametrize("day", ["", "not a day", "0000-00-00", "2026-02-30"])
def test_what_is_no_day_leaves_the_answers_as_they_came(library: Library, day: str) -> None:
    sent = replace(payload(library.content, "khai_sinh"), prepared_on=day)
    assert library.session(sent) is None
    assert library.papers(sent) == {}
    assert shown_day(sent.prepared_on) == ""


def test_a_dossier_with_an_older_form_is_printed_as_its_own_pack_does(tmp_path: Path) -> None:
    content = content_with(tmp_path, assets_folder())
    sent = payload(content, "khai_sinh", ("tre_ho_ten", "Trần Nguyễn Bảo Ngọc"))
    for version, title in ((NEW, NEXT), (OLD, OURS)):
        paper = Library(content).paper(replace(sent, form_version=version), 1)
        assert title in flat(pdf_text(paper.pdf))
