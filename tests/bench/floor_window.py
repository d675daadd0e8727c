"""Floor of the start: the least Widgets window that still shows something. ``stack`` also imports ours."""

import importlib
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget

STACK = (
    "sqlalchemy", "sqlcipher3.dbapi2", "requests", "reportlab.pdfgen.canvas", "PIL.Image",
    "cryptography.x509", "pyrage", "msgspec", "zstandard", "zxingcpp", "segno", "rapidfuzz.process",
)  # fmt: skip
"""What the app needs after its first frame, imported and not used."""


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
