"""A clerk's mistake is shown with its file and line."""

from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError, line_of, read_toml, refuse

SAMPLE = """\
# a comment
name = "x"

[fee]
text = "y"

[[papers]]
key = "one"

[[papers]]
key = "two"
when = { question = "q" }

[persons.fields]
"giay_to.so" = "z"
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.toml"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (("name",), 2),
        (("fee",), 4),
        (("fee", "text"), 5),
        (("fee", "missing"), 4),
        (("papers", 0, "key"), 8),
        (("papers", 1, "key"), 11),
        (("papers", 1, "when", "values"), 12),
        (("papers", 1, "nothing"), 10),
        (("persons", "fields", "giay_to", "so"), 15),
        (("nowhere",), 1),
    ],
)
def test_the_line_of_a_key_or_of_its_table(sample: Path, where: tuple[str | int, ...], line: int) -> None:
    assert line_of(sample, where) == line


def test_a_refusal_names_file_line_key_and_reason(sample: Path) -> None:
    error = refuse(sample, ("papers", 1, "key"), "twice")
    assert str(error) == f"{sample}:11: papers[1].key: twice"
    assert (error.path, error.line) == (sample, 11)


def test_a_mistake_of_writing_is_shown_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('a = "x"\nb = \n', encoding="utf-8")
    with pytest.raises(BadContentError, match=r"bad\.toml:2: not TOML"):
        read_toml(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadContentError, match=r"none\.toml:0: the file is missing"):
        read_toml(tmp_path / "none.toml")


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.toml"
    path.write_bytes('a = "Bưởi"'.encode("utf-16"))
    with pytest.raises(BadContentError, match="not UTF-8"):
        read_toml(path)
