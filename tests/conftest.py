"""For every test: Qt without a screen, before anything imports it; no time limit on generated examples."""

import os

from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("QT_QPA_FONTDIR", None)

settings.register_profile("steady", deadline=None)  # a busy machine is no failure
settings.load_profile("steady")
from ui.lasting_true import make_true_last  # noqa: E402 - after the environment is set

make_true_last()
