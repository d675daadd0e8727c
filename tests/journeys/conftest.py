"""The very window of the app, a real hub beside it, and the hands of the tour."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from kiosk.domain.clock import Clock, ShiftedClock
from tests.support.content import DAY, compiled_forms
from ui.hub_access import HubAccess
from ui.local_hub import LocalHub
from ui.tour.course import Commune
from ui.tour.far import Far, own_hub
from ui.tour.session import Bag, Stage
from ui.tour.visit import Visit, load_visit

EXAMPLES = Path(__file__).parents[2] / "examples"
MakeStage = Callable[..., Stage]
MakeBag = Callable[..., Bag]


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Far]:
    """A trial hub that stays up; every point that asks joins it."""
    far = own_hub(tmp_path_factory.mktemp("commune"))
    yield far
    far.stop()


@pytest.fixture
def local_hub(tmp_path: Path) -> Iterator[LocalHub]:
    """A hub of one's own, to be switched off; it comes back at the same address."""
    hub = LocalHub(tmp_path / "hub")
    yield hub
    hub.stop()


@pytest.fixture
def make_stage(qapp: QApplication, tmp_path: Path) -> Iterator[MakeStage]:
    """Opens the app on a point; what was not closed is closed afterwards."""
    made: list[Stage] = []

    def make(
        home: str = "point", access: Callable[[], HubAccess] | None = None, clock: Clock | None = None
    ) -> Stage:
        clock = clock or ShiftedClock(DAY)
        made.append(Stage(tmp_path / home, clock, access=access, compiled=compiled_forms()))
        return made[-1]

    yield make
    for stage in made:
        stage.close()


@pytest.fixture
def make_bag(tmp_path: Path) -> MakeBag:
    """An example visit, changed as the test wants it."""

    def make(name: str = "visit-birth", out: str = "out", **changes: object) -> Bag:
        visit: Visit = load_visit(EXAMPLES / f"{name}.json")
        return Bag(replace_parts(visit, changes), EXAMPLES, tmp_path / out)

    return make


def replace_parts(visit: Visit, changes: dict[str, object]) -> Visit:
    """``answers`` are added to those of the example (``None`` takes one away); other fields are replaced."""
    answers = {**visit.answers, **changes.pop("answers", {})}  # type: ignore[dict-item]
    kept = {name: value for name, value in answers.items() if value is not None}
    return replace(visit, answers=kept, **changes)


def nobody() -> Commune:
    """No officer: the visit must not need one."""

    def log_in() -> None:
        raise AssertionError("nobody works at the commune in this test")

    return Commune(log_in)  # type: ignore[arg-type]
