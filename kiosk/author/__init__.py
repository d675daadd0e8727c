"""What a clerk does: write, check and build forms. Never loaded on a point."""
