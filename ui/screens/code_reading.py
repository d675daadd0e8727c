"""A QR code from a picture: where there is no reader, a scanner or a telephone sees it."""

from collections.abc import Callable

from ui.screens.screen import Screen


def read_code(
    screen: Screen, loading: str, then: Callable[[str], None], failed: Callable[[Exception], None]
) -> None:
    """Fetch the page that lies ready and read its code in the background; ``then`` gets the text."""
    shell = screen.shell
    scanner = shell.devices.scanner

    def work() -> str:
        from kiosk.desk import welcome

        return welcome.code_in(scanner.scan()[0])

    def deliver(text: str) -> None:
        if shell.screen is screen:
            screen.stop_loading()
            then(text)

    screen.show_mends([])
    screen.start_loading(loading)
    shell.run(work, deliver, failed)
