"""``python -m sync.hub`` is the same program as ``hamlet-hub``."""

from sync.hub.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
