"""Floor of the start: the least Widgets window that still shows something. ``stack`` also imports ours."""

import importlib
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget

MODULES = {
    "PySide6-Essentials": ("PySide6.QtWidgets",),
    "PySide6-Pdf": ("PySide6.QtPdf",),
    "SQLAlchemy": ("sqlalchemy",),
    "sqlcipher3": ("sqlcipher3.dbapi2",),
    "requests": ("requests",),
    "reportlab": ("reportlab.pdfgen.canvas",),
    "Pillow": ("PIL.Image",),
    "cryptography": ("cryptography.x509",),
    "pyrage": ("pyrage",),
    "msgspec": ("msgspec",),
    "zstandard": ("zstandard",),
    "zxing-cpp": ("zxingcpp",),
    "segno": ("segno",),
    "rapidfuzz": ("rapidfuzz.process",),
    "holidays": ("holidays",),
    "platformdirs": ("platformdirs",),
}
"""What the app needs after its first frame, by the names of pyproject; imported and not used."""
STACK = [name for names in MODULES.values() for name in names]


def main() -> int:
    app = QApplication(sys.argv[:1])
    window, middle = QMainWindow(), QWidget()
    column = QVBoxLayout(middle)
    column.addWidget(QLabel("Thôn điện tử"))
    column.addWidget(QPushButton("Bắt đầu"))
    window.setCentralWidget(middle)
    window.resize(1366, 768)
    window.show()
    if sys.argv[1:] == ["stack"]:
        QTimer.singleShot(0, lambda: [importlib.import_module(name) for name in STACK])
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
