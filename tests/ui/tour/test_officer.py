"""The officer reads forms as a browser does."""

from ui.tour.officer import forms_of

PAGE = """
<form method="post" action="/can-bo/ho-so/1/ask">
  <input type="hidden" name="_csrf_token" value="t1">
  <input type="checkbox" name="papers" value="giay_chung_sinh">
  <input type="checkbox" name="copy" value="1" checked>
  <textarea name="sentence"></textarea>
  <button type="submit" name="go" value="1">Gửi</button>
</form>
<input name="outside" value="x">
<form method="post" action="/can-bo/ho-so/1/result">
  <input type="hidden" name="_csrf_token" value="t2">
  <input type="file" name="ket_qua">
</form>
"""


def test_forms_in_order_with_what_a_browser_would_send() -> None:
    ask, result = forms_of(PAGE)
    assert ask.action == "/can-bo/ho-so/1/ask"
    assert ask.fields == {"_csrf_token": "t1", "copy": "1", "sentence": ""}
    assert ask.files == []
    assert result.fields == {"_csrf_token": "t2"}
    assert result.files == ["ket_qua"]


def test_a_page_without_forms() -> None:
    assert forms_of("<p>Không có gì</p>") == []
