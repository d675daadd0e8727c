"""What Vietnamese workbooks call sheets, columns, types and settings; beside it what XLSForm calls them.

This is the only place; ``docs/authoring.md`` shows these tables. Vietnamese and English words may stand in
one workbook. Words are compared in NFC, without case, and ``_`` counts as a space.
"""

import unicodedata
from collections.abc import Mapping

SHEETS = {
    "khảo sát": "survey",
    "câu hỏi": "survey",
    "lựa chọn": "choices",
    "cài đặt": "settings",
    "lựa chọn ngoài": "external_choices",
}
SURVEY_COLUMNS = {
    "loại": "type",
    "mã": "name",
    "nhãn": "label",
    "gợi ý": "hint",
    "hướng dẫn": "guidance_hint",
    "bắt buộc": "required",
    "lời nhắc bắt buộc": "required_message",
    "điều kiện hiện": "relevant",
    "ràng buộc": "constraint",
    "lời nhắc ràng buộc": "constraint_message",
    "công thức": "calculation",
    "mặc định": "default",
    "kiểu hiện": "appearance",
    "lọc lựa chọn": "choice_filter",
    "chỉ đọc": "read_only",
    "số lần lặp": "repeat_count",
    "khi đổi": "trigger",
    "tham số": "parameters",
    "mã trường trên cổng": "bind::portal_key",
    "hình": "media::image",
    "tiếng": "media::audio",
    "phim": "media::video",
    "ghi chú": "note",
}
CHOICE_COLUMNS = {
    "danh sách": "list_name",
    "mã": "name",
    "nhãn": "label",
    "hình": "media::image",
    "tiếng": "media::audio",
    "phim": "media::video",
}
SETTING_COLUMNS = {
    "tên biểu mẫu": "form_title",
    "mã biểu mẫu": "form_id",
    "phiên bản": "version",
    "ngôn ngữ chính": "default_language",
    "cho trùng lựa chọn": "allow_choice_duplicates",
}
TYPES = {
    "chữ": "text",
    "số nguyên": "integer",
    "số thập phân": "decimal",
    "ngày": "date",
    "giờ": "time",
    "ngày giờ": "dateTime",
    "ghi chú": "note",
    "tính": "calculate",
    "ẩn": "hidden",
    "đánh dấu": "acknowledge",
    "khoảng": "range",
    "mã vạch": "barcode",
    "tệp": "file",
    "ảnh": "image",
    "ghi âm": "audio",
    "phim": "video",
    "nhóm": "begin_group",
    "hết nhóm": "end_group",
    "lặp": "begin_repeat",
    "hết lặp": "end_repeat",
    "lúc bắt đầu": "start",
    "lúc kết thúc": "end",
    "hôm nay": "today",
}
LIST_TYPES = {
    "chọn một từ tệp": "select_one_from_file",
    "chọn nhiều từ tệp": "select_multiple_from_file",
    "chọn một": "select_one",
    "chọn nhiều": "select_multiple",
    "xếp thứ tự": "rank",
}
"""Types that are followed by the name of a list (or its file); longer ones first."""
OR_OTHER = {"hoặc khác": "or_other"}
"""What may follow the list of a choice: one more choice, with a line to write on."""
APPEARANCES = {
    "chung trang": "field-list",
    "nhiều dòng": "multiline",
    "gọn": "minimal",
    "tìm kiếm": "autocomplete",
    "ngày khuyết": "partial-date",
    "chữ hoa": "name-upper",
    "số định danh": "id12",
}
ANSWERS = {"có": "yes", "không": "no"}
"""In the columns of what is required or read-only."""
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "survey": SURVEY_COLUMNS,
    "choices": CHOICE_COLUMNS,
    "external_choices": CHOICE_COLUMNS,
    "settings": SETTING_COLUMNS,
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "appearance": APPEARANCES,
    "required": ANSWERS,
    "read_only": ANSWERS,
    "allow_choice_duplicates": ANSWERS,
}


def sheet_name(title: str) -> str:
    """XLSForm's name of a sheet, or the title in small letters."""
    return SHEETS.get(_key(title), title.strip().lower())


def column_name(sheet: str, header: str) -> str:
    """XLSForm's name of a column; a language after ``::`` stays."""
    word, separator, language = header.partition("::")
    columns = _COLUMNS.get(sheet, {})
    english = {each: each for each in columns.values()}
    found = columns.get(_key(word)) or english.get(word.strip().lower())
    return header if found is None else f"{found}{separator}{language}"


def cell(column: str, text: str) -> str:
    """What XLSForm writes in a cell of that column."""
    if column == "type":
        return type_name(text)
    words = _WORDS.get(column, {})
    return words.get(_key(text), text)


def type_name(text: str) -> str:
    """XLSForm's name of a type, with the list it may carry."""
    key = _key(text)
    if key in TYPES:
        return TYPES[key]
    for ours, theirs in LIST_TYPES.items():
        if key == ours:
            return theirs
        if key.startswith(ours + " "):
            return " ".join([theirs, _list(text.split()[len(ours.split()) :])])
    return _in_small_letters(text)


def _in_small_letters(text: str) -> str:
    """An English type that is written in capital letters, as XLSForm writes it."""
    first, *rest = text.split() or [""]
    known = {each.casefold(): each for each in (*TYPES.values(), *LIST_TYPES.values())}
    return " ".join([known[first.casefold()], *rest]) if first.casefold() in known else text


def _list(words: list[str]) -> str:
    """The list's name as it is written, and ``or_other`` where it follows."""
    last = _key(" ".join(words[-2:]))
    if last in OR_OTHER:
        return " ".join([*words[:-2], OR_OTHER[last]])
    return " ".join(words)


def _key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("_", " ").split())
