"""What a hamlet point knows and does: no Qt, no network."""
