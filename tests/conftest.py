"""For every test: Qt without a screen, before anything imports it."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("QT_QPA_FONTDIR", None)
