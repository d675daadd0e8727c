"""Files that answer a question of the form: fetched from the scanner or the telephone's folder."""

from kiosk.desk import attach_files
from ui.screens.form_view import FormView
from ui.screens.visit_screen import VisitScreen


def serve_files(screen: VisitScreen, view: FormView) -> None:
    """Fetch the files that a page wants, and let go of those that no answer names any more."""
    view.file_wanted.connect(lambda name: _fetch(screen, view, name))
    view.file_removed.connect(lambda: _drop(screen))


def _fetch(screen: VisitScreen, view: FormView, name: str) -> None:
    """Take what lies on the scanner, or in the telephone's folder, as the answer of a question."""
    desk, filling, scanner = screen.desk, screen.filling, screen.shell.devices.scanner
    accepts = filling.session.question(name).parameters.get("mediatype", "")

    def work() -> str:
        return attach_files.attach_file(desk, filling.dossier, accepts, scanner.scan())

    screen.start_loading(screen.texts("form.fetching"))
    screen.run(work, lambda value: view.take_file(name, value))


def _drop(screen: VisitScreen) -> None:
    desk, filling = screen.desk, screen.filling
    screen.run(lambda: attach_files.drop_unnamed(desk, filling), lambda _none: None)
