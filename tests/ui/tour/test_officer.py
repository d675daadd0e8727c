"""The officer reads forms as a browser does."""

from pathlib import Path

import pytest

from kiosk.domain.dossier import State
from sync.hub.home import Home
from sync.hub.running import start_trial_hub
from sync.hub.store import dossiers
from tests.support.hub import HubPoint, open_hub
from ui.tour.officer import Officer, forms_of

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


@pytest.mark.parametrize("times", [1, 2])
def test_who_is_asked_whether_sure_says_so(tmp_path: Path, times: int) -> None:
    """An odd code, and the same odd code for another dossier: the page asks once, then twice."""
    hub = start_trial_hub(tmp_path / "hub")
    inside = open_hub(Home(hub.home))
    point = HubPoint(inside)
    events = [point.event() for _ in range(times)]
    point.round(*events)
    officer = Officer(hub.url, hub.authority_file, hub.officer, hub.officer_password)
    for event in events:
        officer.act(event.dossier, "receive", {"portal_code": "x"})
    with inside.database.read() as connection:
        found = [dossiers.find(connection, event.dossier) for event in events]
    assert [one.state for one in found if one] == [State.RECEIVED] * times
    inside.database.close()
    hub.stop()


def test_a_page_without_forms() -> None:
    assert forms_of("<p>Không có gì</p>") == []
