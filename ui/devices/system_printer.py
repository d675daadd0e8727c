"""The printers of the system: CUPS by its own program, elsewhere Qt's."""

import subprocess

from kiosk.domain.errors import WorldError

_DOTS_PER_INCH = 300
_PATIENCE = 60


class LpPrinter:
    """Gives the PDF to ``lp`` by its standard input: no temporary file holds a citizen's paper."""

    def __init__(self, program: str) -> None:
        self._program = program

    def print_pdf(self, data: bytes, title: str, copies: int = 1) -> None:
        command = [self._program, "-s", "-n", str(copies), "-t", title, "-"]
        try:
            subprocess.run(command, input=data, capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603 - a fixed program
        except (OSError, subprocess.SubprocessError) as error:
            raise WorldError("printer.failed") from error

    def forget(self, title: str) -> None:
        """The system's queue drops a document once it is printed."""


class QtPrinter:
    """Draws the pages of the PDF on the system's default printer."""

    def print_pdf(self, data: bytes, title: str, copies: int = 1) -> None:
        from PySide6.QtCore import QBuffer, QByteArray, QIODevice
        from PySide6.QtPdf import QPdfDocument
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        if QPrinterInfo.defaultPrinter().isNull():
            raise WorldError("printer.none")
        document, buffer = QPdfDocument(), QBuffer(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        printer = QPrinter(QPrinterInfo.defaultPrinter(), QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        printer.setCopyCount(copies)
        _draw(document, printer)
        document.close()

    def forget(self, title: str) -> None:
        """Pages are drawn straight to the printer."""


def _draw(document: object, printer: object) -> None:
    """One page after another, at 300 dots to the inch. Raises printer.failed."""
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QPainter
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

    assert isinstance(document, QPdfDocument)  # noqa: S101 - the type is not known before the import
    assert isinstance(printer, QPrinter)  # noqa: S101 - the same
    painter = QPainter()
    if not painter.begin(printer):
        raise WorldError("printer.failed")
    for page in range(document.pageCount()):
        if page and not printer.newPage():
            raise WorldError("printer.failed")
        points = document.pagePointSize(page)
        size = QSize(
            round(points.width() * _DOTS_PER_INCH / 72), round(points.height() * _DOTS_PER_INCH / 72)
        )
        painter.drawImage(painter.viewport(), document.render(page, size))
    painter.end()
