"""``python -m ui``, and the entry of the frozen program."""

import sys

from ui.app import main

if __name__ == "__main__":
    sys.exit(main())
