"""Content packs: everything that a law or a commune can change, loaded in one piece."""
